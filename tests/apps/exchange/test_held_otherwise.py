"""A list that says something else of a day than is held: nothing is taken, and its page asks in words which is so."""

from datetime import date
from html import unescape

import pytest

from tests.apps.exchange.returns_made import BO, made, record
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.models import Delivery
from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.models import Activity, Learner

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
SIXTH, WORK = "Full-time education: school sixth form", "Apprenticeship"
WE_HOLD = ("on 20 November 2026 we hold 230 Full-time education: further education from 20 November 2026, "
           "confirmed 20 November 2026; find out which is so, and record it")
HEADINGS = "Forename,Surname,DOB,Activity,Start date\n"


@pytest.fixture
def officer_browser(cast, accepted, officer):
    """A data officer's browser. Bo was NEET, and somebody said on the very day of the lists that they go to a college now."""
    accepted(made(record(BO)))
    record_activity(by=officer, learner=Learner.objects.get(), code="230", start=TODAY, ascertained=TODAY, verified=TODAY)
    return cast("data_officer")


def _held():
    return list(Activity.objects.known().order_by("start").values_list("code", "start", "verified"))


def _page(officer_browser, address):
    return " ".join(unescape(officer_browser.get(address).content.decode()).split())


@pytest.mark.parametrize(("row", "says"), [
    ("Bo,Ng,15/01/2010,Sixth form,03/09/2026", f"“Sixth form”</strong>: that is 210 {SIXTH}"),
    ("Bo,Ng,15/01/2010,310,05/10/2026", f"“310”</strong>: that is {WORK}"),
])
def test_a_list_that_contradicts_what_was_said_that_day_asks_and_takes_nothing(officer_browser, bring, officer, row, says):
    delivery, before = bring(f"{HEADINGS}{row}\n".encode(), "list.csv", as_at=TODAY), _held()
    page = _page(officer_browser, f"/files/{delivery.pk}/")
    assert f"{says}; {WE_HOLD}" in page
    assert "added to the history" not in page
    assert WE_HOLD in _page(officer_browser, f"/files/{delivery.pk}/problems/")
    accept(by=officer, delivery=Delivery.objects.get(pk=delivery.pk))
    assert _held() == before


def test_a_list_of_the_day_before_is_of_the_past_and_is_kept(officer_browser, accepted):
    yesterday = date(2026, 11, 19)
    accepted(f"{HEADINGS}Bo,Ng,15/01/2010,Sixth form,08/09/2026\n".encode(), "list.csv", as_at=yesterday)
    assert _held()[1:] == [("210", date(2026, 9, 8), yesterday), ("230", TODAY, TODAY)]
