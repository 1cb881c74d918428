"""Where a list says that everybody on it is, and what becomes of the place that is held where it says nothing of that."""

from datetime import date

import pytest

from tests.apps.exchange.returns_made import ADE, made, record
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.learners.models import Learner

pytestmark = pytest.mark.django_db
AS_AT = date(2026, 10, 5)
ADES = "Forename,Surname,DOB,Activity\nAde,O'Brien,05/11/2009,{}\n"


def _words(answer) -> str:
    return " ".join(answer.content.decode().split())


def _last() -> tuple[str, str]:
    """What Ade is held to do last, and where."""
    now = Learner.objects.get().activities.known().latest("start")
    return now.code, now.establishment


@pytest.mark.parametrize(("code", "place", "said"), [
    ("220", "3584000", "new, at the place that is held): Full-time education: sixth form college (220) from 5 October 2026, "
     "at Marlbeck College"),
    ("210", "", "new, at no place, since the list names none): Full-time education: school sixth form (210) from"),
])
def test_a_list_without_a_place_takes_none_away_within_a_kind_and_says_what_will_be(
        accepted, bring, officer, cast, code, place, said):
    accepted(made(record(ADE)))  # 230 at the college
    delivery = bring(ADES.format(code).encode(), "list.csv", as_at=AS_AT)
    assert said in _words(cast("tracking_officer").get(f"/files/{delivery.pk}/"))
    accept(by=officer, delivery=delivery)
    assert _last() == (code, place)


def test_a_place_for_the_whole_list_is_taken(accepted):
    accepted(made(record(ADE)))
    accepted(ADES.format("220").encode(), "list.csv", as_at=AS_AT, establishment="3584001")
    assert _last() == ("220", "3584001")
