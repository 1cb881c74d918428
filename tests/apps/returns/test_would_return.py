"""What the next return would have is told before a code or a rule is said so, and is what it has once it is."""

from collections import Counter
from datetime import date

import pytest
from django.urls import reverse

from tests.apps.returns.closed import learner
from tests.cast import make_user, signed_in_client
from throughline.analytics.participation.codechanges import Change
from throughline.analytics.participation.codechanges import Place as PlaceInList
from throughline.analytics.participation.stated import Place
from throughline.apps.codelists import actions, queries, ruling
from throughline.apps.learners.actions.circumstances import add_trait
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.models import Learner
from throughline.apps.learners.returned import records
from throughline.apps.learners.would_change import Table, would_change
from throughline.apps.returns.checking import Checked

pytestmark = pytest.mark.django_db
TODAY, NOVEMBER, DECEMBER = date(2026, 11, 28), date(2026, 11, 30), date(2026, 12, 31)
WORK, GONE = PlaceInList("330", None), {"valid_to": "2026-08-31"}
# What is said otherwise, of which list or file, from which day on where from one, and the rows of the table that differ by it.
SAID = {
    "a code may be used no longer": ("activity", WORK, GONE, None, {"Errors of priority 1": 2, "Rule 201, of priority 1": 2}),
    "nor from a day to come on": ("activity", PlaceInList("330", date(2026, 12, 9), onward=True), {"valid_to": "2026-12-15"},
                                  date(2026, 12, 9), {"Errors of priority 1": 2, "Rule 201, of priority 1": 2}),
    "a code is called otherwise": ("activity", WORK, {"label": "Work"}, None, {}),
    "a code is of another family": ("activity", PlaceInList("240", None), {"family": "employment"}, None,
                                    {"Errors of priority 1": -1, "Rule 259, of priority 1": -1}),
    "no plan of a 19-year-old counts": ("cohort", Place(date(2016, 9, 1), ("ages_with_a_plan", "0")), 20, None,
                                         {"Records": -1, "Errors of priority 1": -1}),
    "a rule is less pressing": ("returns", Place(date(2019, 4, 1), ("rule", "100", "priority")), 2, None,
                                {"Errors of priority 1": -5, "Errors of priority 2": 5}),
}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day is 28 November 2026, wherever it is asked."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda value=None, *args: value.date() if value else TODAY)


@pytest.fixture
def register():
    """Two at work, one at college, one in higher education to no known end, one tracked by a plan; and a restricted record."""
    found = [learner(code="330"), learner(code="330"), learner(), learner(code="240"), learner(born=date(2007, 3, 1))]
    add_trait(by=None, learner=found[4], trait="ehc_plan", starts=date(2024, 9, 1))
    shut = learner(code="330")
    set_restriction(by=None, learner=shut, restricted=True, protected_address=False, reason="A test")
    return found


def _then(name, place, value, since):
    if isinstance(place, PlaceInList):
        return queries.tried(name, Change(place, value)).codes
    return ruling.tried(name, place, value, since)


def _save(name, place, value, since):
    if isinstance(place, PlaceInList):
        actions.amend(by=None, codeset=name, place=place, says=value, reason="A test")
    else:
        actions.amend_rule(by=None, file=name, place=place, value=value, since=since, reason="A test")


def _has(month_end: date) -> Counter[str]:
    """What the return of a month has of all but restricted records, as it is written and checked."""
    checked = Checked("358", month_end)
    open_to_all = Learner.objects.filter(restricted=False).values_list("pk", flat=True)
    found = Counter(Records=len(list(checked.through(records("358", month_end, only=list(open_to_all))))))
    for error in checked.errors:
        found[f"Errors of priority {error.rule.priority}" if error.rule.priority < 3 else "Warnings"] += 1
    return found


def _table(then, name, since) -> Table:
    [table] = [each for each in would_change(make_user("data_officer", email=f"{name}@example.org"), name, then, since).tables
               if each.id == "return"]
    return table


@pytest.mark.parametrize("what", SAID)
def test_what_is_told_before_is_what_the_return_has_after(register, what):
    name, place, value, since, differs = SAID[what]
    end = DECEMBER if since else NOVEMBER
    told, before = _table(_then(name, place, value, since), name, since), _has(end)
    assert _has(end) == before, "nothing is said yet"
    _save(name, place, value, since)
    after = _has(end)
    rows = [("Records"), "Errors of priority 1", "Errors of priority 2", "Warnings"]
    assert told.rows[:4] == [(words, before[words], after[words]) for words in rows]
    assert {words: then - now for words, now, then in told.rows if words in differs or words in rows and then != now} == differs
    assert f"{end:%B %Y}" in told.title


PLANS = Place(date(2016, 9, 1), ("ages_with_a_plan", "0"))
GROWN = ("Of the records, {} by what holds and {} by what you say are of young people who have grown too old to be tracked: they "
         "are returned once more, as leavers.")


@pytest.mark.parametrize(("held", "first", "records", "leavers"), [
    (18, 19, (3, 3), (0, 1)), (18, 20, (3, 2), (0, 1)), (20, 18, (2, 3), (1, 0)), (20, 19, (2, 3), ()), (18, 18, (3, 3), ()),
])
def test_why_the_records_do_not_go_by_who_is_tracked_is_told(held, first, records, leavers):
    for born in (date(2009, 10, 1), date(2008, 3, 1), date(2007, 3, 1)):  # of academic age 16, 18 and 19
        add_trait(by=None, learner=learner(born=born), trait="ehc_plan", starts=date(2024, 9, 1))
    if held != 18:
        actions.amend_rule(by=None, file="cohort", place=PLANS, value=held, reason="A test")
    table = _table(ruling.tried("cohort", PLANS, first), "cohort", None)
    assert (table.rows[0], table.told) == (("Records", *records), GROWN.format(*leavers) if leavers else "")


def test_nothing_is_told_of_who_is_a_leaver_either_way():
    add_trait(by=None, learner=learner(born=date(2008, 3, 1)), trait="ehc_plan", starts=date(2024, 9, 1), ends=date(2026, 11, 20))
    learner()
    table = _table(ruling.tried("cohort", PLANS, 19), "cohort", None)
    assert (table.rows[0], table.told) == (("Records", 2, 2), "")


@pytest.mark.parametrize(("name", "place", "value", "told"), [
    ("retention", Place(date(2016, 9, 1), ("years_after",)), 4,
     "what your young people count as; who is tracked; the next return; the worklists"),
    ("worklists", Place(date(2015, 4, 1), ("list", "about_to_lapse", "days")), 14, "who is tracked; the next return"),
])
def test_what_does_not_go_by_it_is_said_not_to_be_tried(register, name, place, value, told):
    file = [name, f"{place.edition}", place.dotted]
    shown = signed_in_client("data_officer").post(reverse("learners:amend_rule", args=file), {
        "value": str(value), "confidence": "high", "source": "A test", "when": "always", "reason": "A test"}).content.decode()
    assert "Nothing is saved yet" in shown and told in shown


def test_the_page_tells_the_errors_before_a_code_is_saved(register):
    typed = {"label": "Employment without training", "family": "employment", "group": "other", "participation_type": "",
             "duty_class": "not_participating", "sensitive": "alike", "valid_from": "", "valid_to": "2026-08-31",
             "confidence": "high", "source": "A test", "when": "always", "reason": "A test"}
    shown = signed_in_client("data_officer").post(reverse("learners:amend_code", args=["activity", "330", "always"]), typed)
    page = shown.content.decode()
    assert "What the return of November 2026 would have" in page
    assert "Rule 201, of priority 1" in page
