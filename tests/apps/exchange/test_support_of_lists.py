"""What a list says of support: as the school census codes it, and asked about where a row contradicts itself."""

from datetime import date

import pytest

from tests.apps.exchange.returns_made import ADE, BO, made, record

pytestmark = pytest.mark.django_db
_SUPPORT = {"E": "ehc_plan", "K": "sen_support"}


def test_support_is_recorded_as_the_school_census_codes_it(accepted, bring):
    """A census E is a plan and a K is support without one, whichever of the two the heading asks for."""
    accepted(made(record(ADE), record(BO)))
    for number, (heading, ade, bo) in enumerate([("SEN", "E", "K"), ("EHCP", "K", "E"), ("SEN status", "N", "N")]):
        text = f"Forename,Surname,DOB,{heading}\nAde,O'Brien,05/11/2009,{ade}\nBo,Ng,15/01/2010,{bo}\n"
        delivery = bring(text.encode(), f"{number}.csv", as_at=date(2026, 10, 5))
        said = [row.values.get("traits", []) for row in delivery.rows.order_by("line")]
        assert said == [[_SUPPORT[cell]] if cell in _SUPPORT else [] for cell in (ade, bo)]


@pytest.mark.parametrize("heading", ["EHCP", "EHCP (Y/N)"])
def test_a_plan_beside_no_support_at_all_is_asked_about_on_its_row(accepted, bring, cast, heading):
    accepted(made(record(ADE), record(BO)))
    text = f"Forename,Surname,DOB,{heading},SEND\nAde,O'Brien,05/11/2009,Y,N\nBo,Ng,15/01/2010,Y,E\n"
    delivery = bring(text.encode(), "list.csv", as_at=date(2026, 10, 5))
    assert [row.values.get("traits", []) for row in delivery.rows.order_by("line")] == [[], ["ehc_plan"]]
    page = " ".join(cast("tracking_officer").get(f"/files/{delivery.pk}/").content.decode().split())
    asked = "<strong>Has an education, health and care plan “EHC plan: a plan; SEN status: no”</strong>: the cells of this row"
    assert asked in page
