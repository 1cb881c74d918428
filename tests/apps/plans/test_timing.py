"""When something is due: the words behind a time, its last day, and what counts as overdue."""

from datetime import date

import pytest

from throughline.apps.plans.models import Action, Milestone
from throughline.apps.plans.timing import (
    NOT_UNDERSTOOD,
    action_timed,
    coming_up,
    meaning,
    milestone_overdue,
    overdue,
    timed,
)

TODAY = date(2026, 10, 1)


@pytest.mark.parametrize(("printed", "means", "last_day"), [
    ("by 30 September 2026", "By 30 September 2026", date(2026, 9, 30)),
    ("September 2026", "Between 1 September 2026 and 30 September 2026", date(2026, 9, 30)),
    ("from September 2026", "From 1 September 2026", None),
    ("on 4 May 2026", "On 4 May 2026", date(2026, 5, 4)),
    ("Termly", "Every term", None),
    ("ongoing", "Ongoing", None),
    ("Half termly from September 2026", "From 1 September 2026; every half term", None),
    ("when the money comes", NOT_UNDERSTOOD, None),
    ("", "", None),
])
def test_a_time_is_said_back(printed, means, last_day):
    read = timed(printed)
    assert (meaning(read["when"]), read["due_on"]) == (means, last_day)


def test_what_is_left_over_is_said():
    said = meaning(timed("by July 2026 or later that year")["when"])
    assert said == "By 31 July 2026; the rest could not be read"


@pytest.mark.parametrize(("printed", "state", "late"), [
    ("by 30 September 2026", "open", True),
    ("by 1 October 2026", "open", False),
    ("by 30 September 2026", "done", False),
    ("by 30 September 2026", "stopped", False),
    ("termly, by 30 September 2026", "open", False),
    ("ongoing, by 30 September 2026", "open", False),
    ("from 30 September 2025", "open", False),
    ("", "open", False),
])
def test_overdue_is_open_past_its_last_day(printed, state, late):
    assert overdue(Action(state=state, **action_timed(printed)), TODAY) is late


@pytest.mark.parametrize(("met_on", "late"), [(None, True), (date(2026, 9, 1), False)])
def test_a_milestone_that_was_met_is_not_overdue(met_on, late):
    assert milestone_overdue(Milestone(text="", met_on=met_on, **timed("by September 2026")), TODAY) is late


@pytest.mark.parametrize(("printed", "soon"), [
    ("by 1 October 2026", True), ("by 29 October 2026", True), ("by 30 October 2026", False), ("by 30 September 2026", False),
])
def test_coming_up_is_within_four_weeks(printed, soon):
    assert coming_up(Action(**action_timed(printed)), TODAY) is soon
