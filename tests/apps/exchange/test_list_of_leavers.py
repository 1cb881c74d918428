"""A list of leavers from the file to the register: what its page says would end, and what is held once it is accepted."""

from datetime import date

import pytest

from tests.apps.exchange.returns_made import ADE, BO, made, record
from throughline.apps.learners.models import Activity

pytestmark = pytest.mark.django_db


def test_a_list_of_leavers_without_an_activity_ends_what_is_held_and_says_why(accepted, bring, cast):
    """Nobody has to say what they were doing; the page tells what would end, and whom of nothing could."""
    accepted(made(record(ADE), record(BO)))
    text = "Forename,Surname,DOB,Date left,Reason,Destination\nAde,O'Brien,05/11/2009,20/10/2026,Ill health,Apprenticeship\n"
    delivery = bring(f"{text}Bo,Ng,15/01/2010,20/10/2026,Personal,Job\n".encode(), "leavers.csv", as_at=date(2026, 10, 31),
                     establishment="3584000")
    page = cast("data_officer").get(f"/files/{delivery.pk}/").content.decode()
    assert "Nothing in this list says what anybody is doing" not in page
    assert "reason for leaving: Injury or illness" in page
    assert [problem["field"] for row in delivery.rows.filter(outcome="same") for problem in row.problems] == ["leaving"]
    accepted(f"{text}".encode(), "leavers2.csv", as_at=date(2026, 10, 31), establishment="3584000")
    left = Activity.objects.known().get(code="230")
    assert (left.predicted_end, left.leaving_reason, left.intended_next) == (date(2026, 10, 20), "3", "311")
    assert left.source.kind == "import"
