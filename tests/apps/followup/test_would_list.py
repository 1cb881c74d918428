"""How many would stand on each worklist is told before a code or a rule is said so, and is how many do once it is."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.apps.followup.conftest import OURS, TODAY
from tests.cast import make_user, signed_in_client
from throughline.analytics.participation.codechanges import Change
from throughline.analytics.participation.codechanges import Place as PlaceInList
from throughline.analytics.participation.stated import Place
from throughline.apps.codelists import actions, queries, ruling
from throughline.apps.followup.register import register
from throughline.apps.followup.worklist import counts
from throughline.apps.learners.would_change import Table, would_change

pytestmark = pytest.mark.django_db
OF_2015, OF_2016 = date(2015, 4, 1), date(2016, 9, 1)
NOT_KNOWN, LAPSING, NEET, STARTS, LEFT = ("Not known", "About to lapse", "NEET and contact overdue", "Agreed start has passed",
                                          "Left without a next place")
DUE = "NEET, and due to be spoken to"
# What is said otherwise, of which list or file, from which day on where from one, and how many more stand on each list.
SAID = {
    "listed sooner before it lapses": ("worklists", Place(OF_2015, ("list", "about_to_lapse", "days")), 120, None, {LAPSING: 1}),
    "a start has passed sooner": ("worklists", Place(OF_2015, ("list", "agreed_start_passed", "days")), 7, None, {STARTS: 1}),
    "no longer listed so long after": ("worklists", Place(OF_2015, ("list", "without_next_place", "days")), 10, None, {LEFT: -1}),
    "spoken to sooner": ("cohort", Place(None, ("contact", "priority_days")), 14, None, {DUE: 2}),
    "overdue later": ("cohort", Place(None, ("contact", "overdue_days")), 150, None, {NEET: -2}),
    "a plan counts from a later age": ("cohort", Place(OF_2016, ("ages_with_a_plan", "0")), 19, None, {NEET: -1, DUE: -1}),
    "an apprenticeship lapses sooner": ("currency", Place(OF_2015, ("rule", "310", "months")), 6, None, {NOT_KNOWN: 1}),
    "a code counts as NEET": ("activity", PlaceInList("310", None), {"group": "neet"}, None, {NEET: 1, DUE: 1}),
    "a code counts as NEET from a day to come": (
        "activity", PlaceInList("310", TODAY + timedelta(days=9), onward=True), {"group": "neet"}, TODAY + timedelta(days=9),
        {NEET: 1, DUE: 1}),
    "a code is called otherwise": ("activity", PlaceInList("310", None), {"label": "Apprentice"}, None, {}),
}


@pytest.fixture
def people(enrol):
    """An apprentice of long ago; three who are NEET: for long, for long and tracked by a plan, and of late; one who agreed a
    start; one who left college; and a restricted record.
    """
    enrol(code="310", ago=300)
    enrol(ago=100)
    enrol(ago=100, born=date(2008, 3, 4), traits=["ehc_plan"])
    enrol(ago=20)
    enrol(code="615", ago=20)
    enrol(code="230", ago=200, predicted_end=TODAY - timedelta(days=30))
    enrol(code="310", ago=300, restricted=True)


def _table(name: str, then, since) -> Table:
    user = make_user("data_officer", area=OURS, email=f"{name}@example.org")
    [table] = [each for each in would_change(user, name, then, since).tables if each.id == "lists"]
    return table


@pytest.mark.parametrize("what", SAID)
def test_what_is_told_before_is_who_stands_there_after(people, what):
    name, place, value, since, more = SAID[what]
    is_code = isinstance(place, PlaceInList)
    then = queries.tried(name, Change(place, value)).codes if is_code else ruling.tried(name, place, value, since)
    stood = counts(register(OURS, since))
    told = _table(name, then, since)
    assert {words: after - before for words, before, after in told.rows if after != before} == more
    assert counts(register(OURS, since)) == stood, "nothing is said yet"
    if is_code:
        actions.amend(by=None, codeset=name, place=place, says=value, reason="A test")
    else:
        actions.amend_rule(by=None, file=name, place=place, value=value, since=since, reason="A test")
    stands = counts(register(OURS, since))
    titles = {title: each.title for title, each in register(OURS, since).rules.worklists.lists.items()}
    assert {titles[each]: stands[each] - stood[each] for each in stands if stands[each] != stood[each]}.keys() <= more.keys()
    assert [now for _, now, _ in _table("worklists", ruling.rule("worklists"), since).rows] == [then for _, _, then in told.rows]


def test_the_page_of_a_rule_of_worklists_tells_it(people):
    shown = signed_in_client("data_officer").post(
        reverse("learners:amend_rule", args=["worklists", "2015-04-01", "list.about_to_lapse.days"]),
        {"value": "120", "confidence": "high", "source": "A test", "when": "always", "reason": "A test"}).content.decode()
    assert "Who would stand on each worklist today" in shown and "were not tried" in shown
