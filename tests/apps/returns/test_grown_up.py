"""Whoever grows out of what is tracked is a leaver of the return, once."""

from datetime import date

import pytest

from tests.apps.returns.closed import OCTOBER, SEPTEMBER, learner, told
from throughline.apps.learners.actions.circumstances import add_trait
from throughline.apps.learners.actions.membership import end_membership, rejoin
from throughline.apps.returns.actions.closing import close_month
from throughline.apps.returns.models import MonthClose

pytestmark = pytest.mark.django_db
AUGUST = date(2026, 8, 31)


def grown_up(born: date = date(2008, 8, 31), plan_ends: date | None = None):
    """Somebody of academic age 17 until August 2026, or born on another day, who stays in the register; with a plan to a day."""
    found = learner(born=born, start=date(2025, 9, 8))
    if plan_ends:
        add_trait(by=None, learner=found, trait="ehc_plan", starts=date(2024, 9, 1), ends=plan_ends)
    return found


def test_whoever_reaches_the_upper_age_is_a_leaver_once():
    found = grown_up()
    assert told(AUGUST) == ["P"]
    assert told(SEPTEMBER) == ["A"]
    assert MonthClose.objects.get(month_end=SEPTEMBER).leavers == [found.return_number]
    assert told(OCTOBER) == []
    assert told(SEPTEMBER, "An address was wrong") == ["A"]
    assert told(OCTOBER, "An address was wrong") == []
    end_membership(by=None, learner=found, status="A", left_on=date(2026, 10, 20))
    assert told(OCTOBER, "They were ended by hand") == []


def test_whoever_reached_the_upper_age_is_told_in_the_first_month_that_is_closed():
    grown_up()
    assert told(OCTOBER) == ["A"]
    assert told(SEPTEMBER) == []


def test_whoever_is_over_the_age_and_whose_plan_ended_is_a_leaver_of_that_month():
    grown_up(date(2007, 8, 31), plan_ends=date(2026, 10, 15))
    assert told(SEPTEMBER) == ["P"]
    assert told(OCTOBER) == ["A"]
    assert told(SEPTEMBER, "An address was wrong") == ["P"]


def test_whoever_joined_after_they_had_reached_the_upper_age_never_left():
    found = grown_up()
    end_membership(by=None, learner=found, status="E", left_on=date(2026, 8, 20))
    rejoin(by=None, learner=found, since=date(2026, 9, 10))
    assert told(OCTOBER) == []


def test_reaching_the_upper_age_is_no_error_and_moves_no_headline():
    learner()
    grown_up()
    before, after = (close_month(by=None, area="358", month_end=end) for end in (AUGUST, SEPTEMBER))
    number = after.leavers[0]
    assert {error["rule"] for error in after.errors if error["number"] == number} <= {
        error["rule"] for error in before.errors if error["number"] == number}
    assert after.figures["now"]["cohort"] == 1


def test_whoever_grows_into_what_the_headline_counts_or_out_of_it_moves_it():
    for born in (date(2007, 8, 31), date(2007, 9, 1), date(2008, 8, 31), date(2008, 9, 1), date(2009, 8, 31), date(2009, 9, 1),
                 date(2010, 8, 31), date(2010, 9, 1)):
        learner(code="619", start=date(2026, 7, 1), born=born)
    close = close_month(by=None, area="358", month_end=SEPTEMBER)
    moved = sorted((move["change"], move["reason"]) for move in close.moved)
    assert moved == [(-1, "aged_out"), (-1, "aged_out"), (1, "aged_in"), (1, "aged_in")]
    assert (close.figures["before"]["cohort"], close.figures["now"]["cohort"]) == (4, 4)
