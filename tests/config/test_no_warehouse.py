"""Pages before the warehouse has been built: words instead of a fault, and none where no figure is needed."""

import pytest
from django.test import Client

from tests.cast import signed_in_client


@pytest.fixture
def unbuilt(db, settings, tmp_path) -> Client:
    """A data officer's browser on a site whose warehouse has not been built."""
    settings.WAREHOUSE = tmp_path / "never-built.duckdb"
    return signed_in_client("data_officer", area="358")


@pytest.mark.parametrize("address", ["/authorities/", "/measures/", "/freshness/", "/compare/"])
def test_a_page_of_figures_says_what_is_missing_and_what_makes_it(unbuilt, address):
    answer = unbuilt.get(address, follow=True)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "There are no figures yet" in page
    assert "throughline build-warehouse" in page
    assert "never-built" not in page


def test_indicators_entered_by_hand_need_no_warehouse(unbuilt):
    from datetime import date

    from tests.cast import make_user
    from throughline.apps.indicators import actions
    from throughline.apps.indicators.judgements import judge_all

    by = make_user("data_officer")
    made = actions.register_indicator(by=by, area="358", title="Places", unit="number", target_words="at least 5")
    actions.enter_value(by=by, indicator=made, period="2024/25", value=6.0)
    assert judge_all([made], date(2026, 1, 1), entered=True)[made.pk].verdict.value == "met"


def test_another_fault_is_left_alone(rf):
    from throughline.config.no_warehouse import NoWarehouse

    assert NoWarehouse(lambda request: None).process_exception(rf.get("/"), ZeroDivisionError()) is None
