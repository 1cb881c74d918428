"""A baseline that was taken from figures is told to whoever may see those figures, and to nobody else; history names groups."""

import pytest

from tests.apps.performance.reading import main
from tests.cast import make_user
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.indicators import actions
from throughline.apps.indicators.changes import change_rows

OWN = "neet_16_17_month_register"
GIVEN = {"baseline_printed": "17.3 (March 2026)", "baseline_value": 17.3, "baseline_period": "March 2026"}


@pytest.fixture
def started(registered):
    """An indicator of the authority's own register, with a target, whose baseline was put in from its figures."""
    made = registered(title="NEET", target_words="Reduce by at least 2 points by September 2027", measure=OWN)
    actions.amend_indicator(by=make_user("data_officer"), indicator=made, reason="As counted.", **GIVEN)
    return made


def _answers(client, indicator) -> str:
    """Everything that the pages and files say of an indicator."""
    pages = ("/indicators/", "/indicators/trajectories/", f"/indicators/{indicator.pk}/")
    own = f"/indicators/{indicator.pk}/download"
    files = ["/indicators/register.csv", f"{own}/history.csv", f"{own}/over-time.csv"]
    said = [main(client.get(path)) for path in pages]
    taken = [client.get(path) for path in files]
    assert [answer.status_code for answer in taken] == [200, 200, 200]
    return " ".join([*said, *(answer.content.decode() for answer in taken)])


def test_a_baseline_from_figures_that_a_reader_may_not_see_is_withheld(started, officer, cast):
    assert "17.3" in _answers(officer, started)
    theirs = _answers(cast("provider_staff", area="358"), started)
    assert [theirs[at - 80:at + 40] for at in range(len(theirs)) if theirs.startswith("17.3", at)] == []
    assert "withheld, with its figures" in theirs


def test_a_baseline_that_the_plan_prints_is_read_by_whoever_may_read_the_plan(registered, cast):
    made = registered(title="NEET", target_words="At most 5%", measure=OWN, baseline_printed="17.3 (March 2026)")
    assert "17.3" in _answers(cast("provider_staff", area="358"), made)


def test_a_baseline_whose_figure_is_suppressed_is_not_told(registered, by_hand_of_few, judged):
    made = by_hand_of_few
    actions.amend_indicator(by=make_user("data_officer"), indicator=made, reason="As entered.", baseline_printed="4 (2024/25)",
                            baseline_value=4.0, baseline_period="2024/25")
    made.refresh_from_db()
    result = judged(made)
    assert (result.baseline_told, result.baseline) == (False, None)


@pytest.fixture
def by_hand_of_few(valued):
    """An indicator of so few young people that its value is suppressed."""
    return valued({"2024/25": 4}, title="Young people in custody", unit="number", decimals=0)


def test_the_audit_holds_no_baseline(started):
    assert not [entry for entry in AuditEntry.objects.filter(room="indicators") if "17.3" in str(entry.detail)]


def test_history_says_measures_breakdowns_and_groups_by_name(registered):
    made = registered(title="NEET")
    actions.amend_indicator(by=make_user("data_officer"), indicator=made, reason="Chosen.", measure=OWN,
                            breakdown="vulnerable_group", group="any")
    after = [row["after"] for row in change_rows(made.changes.all())]
    assert {"Breakdown: Vulnerable group", "Group: Any vulnerable group"} <= set(after)
    assert any(said.startswith("Measure it follows: Young people aged 16 and 17 who are NEET") for said in after)
