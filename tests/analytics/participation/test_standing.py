"""What somebody counts as at a month end, and since when they have been NEET."""

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.codechanges import Change, Place, laid_over
from throughline.analytics.participation.codesets import CodeSet, load_codeset
from throughline.analytics.participation.cohort import load_cohort
from throughline.analytics.participation.currency import load_currency
from throughline.analytics.participation.standing import Standing, current, neet_since, stood

CODES = load_codeset(settings.DEFINITIONS, "activity")
OCTOBER = date(2026, 10, 31)
RULES = load_currency(settings.DEFINITIONS).on(OCTOBER)


def activity(code: str, start: str, verified: str | None = None, ends: str | None = None) -> Activity:
    days = [date.fromisoformat(day) if day else None for day in (verified, ends)]
    return Activity(code, date.fromisoformat(start), verified=days[0], predicted_end=days[1])


STANDINGS = [
    ([], "not_known", False),
    ([activity("230", "2026-09-05", "2026-10-01", "2027-07-31")], "participating", False),
    ([activity("230", "2025-09-05", "2026-06-01", "2027-07-31")], "not_known", True),  # not confirmed since the summer
    ([activity("619", "2024-09-05", "2024-10-01")], "neet", False),  # NEET does not lapse
    ([activity("330", "2026-01-05", "2026-05-01")], "other", False),
    ([activity("330", "2026-01-05", "2026-04-30")], "not_known", True),
    ([activity("810", "2026-09-01")], "not_known", False),
    ([activity("619", "2026-09-01"), activity("310", "2026-10-31", "2026-10-31")], "participating", False),
    ([activity("619", "2026-09-01"), activity("310", "2026-11-01", "2026-11-01")], "neet", False),
    ([activity("110", "2026-09-03", "2026-09-03", "2027-08-31")], "before", False),
    ([activity("110", "2021-09-03", "2026-05-01", "2026-08-31")], "not_known", True),  # left school, and nobody has heard since
    ([activity("710", "2020-09-01", "2020-09-01")], "excluded", False),
    ([activity("999", "2026-09-01")], "not_known", False),
]


@pytest.mark.parametrize(("activities", "standing", "lapsed"), STANDINGS)
def test_standing(activities, standing, lapsed):
    found = stood(activities, OCTOBER, CODES, RULES)
    assert (found.standing, found.lapsed) == (standing, lapsed)


def test_of_two_from_one_day_the_one_confirmed_last_counts():
    told = [activity("619", "2026-09-01", "2026-10-09"), activity("230", "2026-09-01", "2026-10-08")]
    assert current(told, OCTOBER) is told[0]
    assert current(reversed(told), OCTOBER) is told[0]


def told(code: str, start: str, since: str) -> Activity:
    return Activity(code, date.fromisoformat(start), neet_start=date.fromisoformat(since))


SPELLS = [
    ([told("619", "2026-03-01", "2025-11-20")], "2025-11-20"),
    ([activity("619", "2026-03-01"), told("615", "2026-06-01", "2026-01-05")], "2026-01-05"),
    ([told("619", "2026-03-01", "2025-11-20"), activity("230", "2026-04-01"), activity("619", "2026-06-01")], "2026-06-01"),
    ([activity("230", "2026-02-01"), told("619", "2026-03-01", "2025-11-20")], "2026-03-01"),  # we hold what broke it
    ([activity("230", "2026-02-01"), told("619", "2026-03-01", "2026-02-15")], "2026-02-15"),
    ([told("619", "2026-03-01", "2026-05-01")], "2026-03-01"),  # a spell cannot begin within itself
    ([told("230", "2026-03-01", "2025-11-20")], None),
    ([], None),
    ([activity("619", "2026-03-01")], "2026-03-01"),
    ([activity("619", "2026-03-01"), activity("615", "2026-06-01"), activity("619", "2026-09-15")], "2026-03-01"),
    ([activity("619", "2026-03-01"), activity("230", "2026-09-01")], None),
    ([activity("619", "2026-03-01"), activity("810", "2026-05-01"), activity("619", "2026-07-01")], "2026-07-01"),
    ([activity("619", "2026-11-01")], None),
]


@pytest.mark.parametrize(("activities", "since"), SPELLS)
def test_a_neet_spell_is_carried_through_neet_codes_only(activities, since):
    assert neet_since(activities, OCTOBER, CODES) == (date.fromisoformat(since) if since else None)


def turning(*turns: tuple[str, str, str]) -> CodeSet:
    """The list of activities with codes that count in another group from a day on: code, day, group."""
    changes = [Change(Place(code, date.fromisoformat(day), onward=True), {"group": group}) for code, day, group in turns]
    return laid_over(CODES, changes).codes


TURNED = [
    ([activity("530", "2025-09-01")], [("530", "2026-01-01", "neet")], "2026-01-01"),
    ([activity("619", "2025-09-01")], [("619", "2026-01-01", "other")], None),
    ([activity("619", "2025-09-01")], [("619", "2026-01-01", "other"), ("619", "2026-03-01", "neet")], "2026-03-01"),
    ([activity("619", "2025-09-01"), activity("530", "2025-11-01"), activity("619", "2026-02-01")],
     [("530", "2025-10-01", "neet"), ("530", "2026-01-01", "other")], "2026-02-01"),
    ([activity("619", "2025-09-01"), activity("530", "2025-11-01"), activity("619", "2025-12-01")],
     [("530", "2025-10-01", "neet"), ("530", "2026-01-01", "other")], "2025-09-01"),  # it turned when nobody was in it
    ([activity("530", "2026-01-01")], [("530", "2026-01-01", "neet")], "2026-01-01"),
    ([told("530", "2025-12-01", "2025-10-01")], [("530", "2026-01-01", "neet")], "2026-01-01"),  # told of before it counted so
    ([activity("530", "2025-12-01"), told("619", "2026-03-01", "2025-11-01")], [("530", "2026-01-01", "neet")], "2026-01-01"),
    ([activity("230", "2025-09-01")], [("230", "2026-01-01", "other")], None),
]


@pytest.mark.parametrize(("activities", "turns", "since"), TURNED)
def test_a_spell_begins_and_ends_where_a_code_comes_and_ceases_to_count_as_neet(activities, turns, since):
    assert neet_since(activities, OCTOBER, turning(*turns)) == (date.fromisoformat(since) if since else None)


@pytest.mark.parametrize(("day", "standing"), [("2026-09-30", "other"), ("2026-10-01", "neet"), ("2026-10-31", "neet")])
def test_a_day_is_judged_by_what_is_said_of_it(day, standing):
    codes = turning(("530", "2026-10-01", "neet"))
    assert stood([activity("530", "2026-09-10", "2026-09-10")], date.fromisoformat(day), codes, RULES).standing == standing


HISTORIES = st.lists(st.builds(
    Activity, st.sampled_from(sorted(CODES.by_code)), st.dates(date(2025, 1, 1), date(2026, 12, 31)),
), unique_by=lambda told: told.start, max_size=8)


@given(HISTORIES, st.lists(st.tuples(
    st.sampled_from(sorted(CODES.usable(OCTOBER))), st.dates(date(2025, 1, 2), OCTOBER).map(str),
    st.sampled_from(list(Standing)),
), max_size=12, unique_by=lambda turn: turn[:2]))
def test_a_neet_spell_begins_where_day_by_day_they_became_neet(history, turns):
    codes = turning(*turns)
    since, today = None, date(2025, 1, 1)
    while today <= OCTOBER:
        doing = current(history, today)
        since = (since or today) if doing and doing.code in codes.where(today, "group", "neet") else None
        today = date.fromordinal(today.toordinal() + 1)
    assert neet_since(history, OCTOBER, codes) == since


@pytest.mark.parametrize(("born", "plan", "tracked"), [
    ("2010-08-31", False, True), ("2010-09-01", False, False), ("2008-09-01", False, True), ("2008-08-31", False, False),
    ("2008-08-31", True, True), ("2001-09-01", True, True), ("2001-08-31", True, False),
])
def test_whom_an_authority_tracks(born, plan, tracked):
    assert load_cohort(settings.DEFINITIONS).on(OCTOBER).tracks(date.fromisoformat(born), plan, OCTOBER) is tracked
