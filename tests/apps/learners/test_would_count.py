"""How many would count otherwise is told before a code or a rule is said so, and is what they count as once it is."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cast import make_user
from throughline.analytics.participation.codechanges import Change
from throughline.analytics.participation.codechanges import Place as PlaceInList
from throughline.analytics.participation.stated import Place
from throughline.apps.codelists import actions, queries, ruling
from throughline.apps.learners.actions.circumstances import add_trait
from throughline.apps.learners.models import Activity, Learner
from throughline.apps.learners.standings import WORDS, standing_on
from throughline.apps.learners.would_change import would_change
from throughline.apps.learners.would_count import would_count
from throughline.core.ages import academic_year

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=40)
MONTHS, PLANS = Place(date(2015, 4, 1), ("rule", "310", "months")), Place(date(2016, 9, 1), ("ages_with_a_plan", "0"))
# What is said otherwise, from which day on where from one, and how many of the cohort below it moves.
SAID = {
    "an apprenticeship lapses sooner": (MONTHS, 3, None, 2),
    "and from a day on that is past": (MONTHS, 3, TODAY - timedelta(days=9), 2),
    "and from a day to come, by when a third was confirmed long ago": (MONTHS, 3, SOON, 3),
    "a code counts as NEET": (PlaceInList("330", None), {"group": "neet"}, None, 1),
    "and from a day to come": (PlaceInList("330", SOON, onward=True), {"group": "neet"}, SOON, 1),
    "a code is called otherwise": (PlaceInList("330", None), {"label": "Work"}, None, 0),
}


@pytest.fixture
def cohort(enrol):
    """Three apprentices who were confirmed long ago, lately and in between, one at work, one NEET, one of whom nothing is known;
    and a restricted record, one who is not of the cohort yet and one of another authority, who would all move too.
    """
    def add(code: str, ago: int, **words) -> Learner:
        learner, day = enrol(**words), TODAY - timedelta(days=ago)
        Activity.objects.create(learner=learner, code=code, start=day, verified=day)
        return learner

    found = [add("310", 150), add("310", 200), add("310", 70), add("330", 10), add("619", 10), enrol()]
    add("310", 150, area="202")
    add("310", 150, since=TODAY + timedelta(days=60))
    Learner.objects.filter(pk=add("310", 150).pk).update(restricted=True)
    return found


def _counted(cohort: list[Learner], day: date) -> Counter:
    """What each counts as alone, once it is said."""
    return Counter(standing_on(one.activities.known(), day, True).words for one in cohort)


@pytest.mark.parametrize("what", SAID)
def test_what_is_told_before_is_what_holds_after(cohort, what):
    place, value, since, moved = SAID[what]
    day, officer, is_code = max(since or TODAY, TODAY), make_user("data_officer"), isinstance(place, PlaceInList)
    then = queries.tried("activity", Change(place, value)).codes if is_code else ruling.tried("currency", place, value, since)
    told, before = would_count(officer, "activity" if is_code else "currency", then, since), _counted(cohort, day)
    assert _counted(cohort, day) == before, "nothing is said yet"
    if is_code:
        actions.amend(by=None, codeset="activity", place=place, says=value, reason="A test")
    else:
        actions.amend_rule(by=None, file="currency", place=place, value=value, since=since, reason="A test")
    after = _counted(cohort, day)
    always = {WORDS[each] for each in ("participating", "other", "neet", "not_known")}
    assert told.rows == [(words, before[words], after[words]) for words in WORDS.values()
                         if words in always or before[words] or after[words]]
    assert (told.day, told.ahead, told.moved, told.of) == (day, day > TODAY, moved, len(cohort))


TAKING_PART, TOWARDS, ON_A_BREAK = "Taking part", "Working towards taking part", "Temporary break from learning"
NOT, UNKNOWN = "Not taking part", "Current situation not known"
CLASSES = {TAKING_PART: 3, TOWARDS: 0, ON_A_BREAK: 0, NOT: 2, UNKNOWN: 1}  # of the cohort, as the rules are


@pytest.mark.parametrize(("place", "value", "differs", "moved"), [
    (PlaceInList("330", None), {"duty_class": "working_towards"}, {TOWARDS: 1, NOT: 1}, 1),
    (PlaceInList("330", None), {"duty_class": "temporary_break"}, {ON_A_BREAK: 1, NOT: 1}, 1),
    (PlaceInList("619", None), {"duty_class": "not_applicable"}, {NOT: 1, "Not applicable": 1}, 1),
    (PlaceInList("310", None), {"duty_class": "not_participating"}, {TAKING_PART: 0, NOT: 5}, 3),
    (PlaceInList("330", None), {"label": "Work"}, {}, 0),
    (MONTHS, 3, {TAKING_PART: 1, UNKNOWN: 3}, 2),
])
def test_how_many_are_of_each_class_under_the_duty_is_told(cohort, place, value, differs, moved):
    is_code = isinstance(place, PlaceInList)
    then = queries.tried("activity", Change(place, value)).codes if is_code else ruling.tried("currency", place, value)
    told = would_change(make_user("data_officer"), "activity" if is_code else "currency", then, None)
    [table] = [each for each in told.tables if each.id == "duty"]
    assert table.rows == [(words, CLASSES.get(words, 0), now) for words, now in (CLASSES | differs).items()]
    assert (table.title, table.told) == ("Under the duty to take part today", f"{moved} of 6 would be of another class.")


def test_whoever_lapsed_is_of_no_class_until_they_are_heard_of_and_whoever_is_in_custody_stays_in_theirs(enrol):
    long_ago = TODAY - timedelta(days=900)
    for code in ("330", "710", "619"):
        Activity.objects.create(learner=enrol(), code=code, start=long_ago, verified=long_ago)
    then = queries.tried("activity", Change(PlaceInList("330", None), {"duty_class": "participating"})).codes
    told = would_count(make_user("data_officer"), "activity", then, None)
    assert {words: now for words, now, _ in told.classes if now} == {UNKNOWN: 1, NOT: 1, "Excluded": 1}
    assert (told.moved, told.reclassed) == (0, 0)


def test_classes_that_tell_of_health_or_family_are_told_to_those_alone_who_may_see_what_is_sensitive(enrol):
    Activity.objects.create(learner=enrol(), code="640", start=TODAY, verified=TODAY, establishment="3584000")
    then = queries.tried("activity", Change(PlaceInList("640", None), {"duty_class": "not_participating"})).codes
    at_school = make_user("provider_staff", establishment="3584000")
    assert would_count(at_school, "activity", then, None).of == 1
    assert [each.id for each in would_change(at_school, "activity", then, None).tables if each.id == "duty"] == []
    assert would_count(make_user("data_officer"), "activity", then, None).reclassed == 1


def test_what_has_nothing_to_do_with_it_and_who_sees_nobody_are_told_no_numbers(cohort):
    cohort_rules, sooner = ruling.tried("cohort", PLANS, 19), ruling.tried("currency", MONTHS, 3)
    assert would_count(make_user("data_officer"), "cohort", cohort_rules, None) is None
    assert would_count(make_user("data_officer", area="", email="nowhere@example.org"), "currency", sooner, None) is None
    assert would_count(make_user("employer"), "currency", sooner, None) is None
    assert would_change(make_user("employer", email="another@example.org"), "cohort", cohort_rules, None) is None


@pytest.mark.parametrize(("first", "rows", "told"), [
    (19, [("Tracked", 2, 1)], "1 would be tracked no more, and 0 would come in"),
    (20, [("Tracked", 2, 1)], "1 would be tracked no more, and 0 would come in"),
    (18, [("Tracked", 2, 2)], "0 would be tracked no more, and 0 would come in"),
])
def test_who_would_be_tracked_is_told(enrol, first, rows, told):
    enrol(born=date(academic_year(TODAY) - 17, 9, 1))
    eighteen = enrol(born=date(academic_year(TODAY) - 18, 8, 31))
    add_trait(by=None, learner=eighteen, trait="ehc_plan", starts=date(2025, 9, 1))
    enrol(born=date(academic_year(TODAY) - 18, 8, 31))
    then = ruling.tried("cohort", PLANS, first)
    [table] = [each for each in would_change(make_user("data_officer"), "cohort", then, None).tables if each.id == "tracked"]
    assert table.rows == rows
    assert table.told.startswith(told)


def test_who_would_come_in_is_told_once_a_rule_keeps_them_out(enrol):
    add_trait(by=None, learner=enrol(born=date(academic_year(TODAY) - 18, 8, 31)), trait="ehc_plan", starts=date(2025, 9, 1))
    actions.amend_rule(by=None, file="cohort", place=PLANS, value=19, reason="A test")
    then = ruling.tried("cohort", PLANS, 18)
    [table] = [each for each in would_change(make_user("data_officer"), "cohort", then, None).tables if each.id == "tracked"]
    assert (table.rows, table.told[:47]) == ([("Tracked", 0, 1)], "0 would be tracked no more, and 1 would come in")


SURE = {"confidence": "high", "source": "The requirement of 2026-27", "when": "always", "reason": "Read there"}
RULE = ["currency", "2015-04-01", MONTHS.dotted]
WORK = {"label": "Employment without training", "family": "employment", "group": "neet", "participation_type": "",
        "duty_class": "not_participating", "sensitive": "alike", "valid_from": "", "valid_to": ""}


@pytest.mark.parametrize(("name", "args", "typed", "told"), [
    ("amend_rule", RULE, {"value": "3"}, "<strong>2 of 6</strong> would count otherwise today"),
    ("amend_code", ["activity", "330", "always"], WORK, "<strong>1 of 6</strong> would count otherwise today"),
    ("amend_rule", RULE, {"value": "12"}, "Nobody of the 6 would count otherwise today"),
    ("amend_code", ["activity", "330", "always"], WORK | {"group": "other", "duty_class": "working_towards"},
     "<p class=\"govuk-body\">1 of 6 would be of another class.</p>"),
])
def test_both_pages_tell_it_before_anything_is_saved(cast, cohort, name, args, typed, told):
    shown = cast("data_officer").post(reverse(f"learners:{name}", args=args), SURE | typed).content.decode()
    assert "Nothing is saved yet" in shown
    assert told in shown


def test_a_rule_about_something_else_is_looked_over_without_numbers(cast, cohort):
    address = reverse("learners:amend_rule", args=["worklists", "2015-04-01", "list.about_to_lapse.days"])
    shown = cast("data_officer").post(address, SURE | {"value": "14"}).content.decode()
    assert "Nothing is saved yet" in shown and "count otherwise" not in shown
