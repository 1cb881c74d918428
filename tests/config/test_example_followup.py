"""The invented authority's follow-up: made once by its own officers, through what officers do, and left alone afterwards."""

import re
from datetime import date

import pytest
from django.utils import timezone

from throughline.apps.followup.models import (
    BulkUpdate,
    Following,
    ListedLearner,
    LoggedContact,
    ParticipationMeeting,
    SupportCase,
)
from throughline.apps.followup.queries import caseloads
from throughline.apps.learners import models as learners
from throughline.apps.learners.actions.learners import add_learner
from throughline.config.example.followup import FOLLOWUP_PARTS, make_followup
from throughline.core.ages import academic_year

AREA = "899"


@pytest.fixture
def officer(db):
    from tests.cast import make_user

    return make_user("tracking_officer", area=AREA, email="anybody@example.org")


@pytest.fixture
def young_people(db):
    """Forty-four of whom nothing is known, every fifth of a vulnerable group, the last four of another district."""
    born = date(academic_year(timezone.localdate()) - 16, 3, 4)
    for at in range(44):
        learner = add_learner(by=None, area=AREA, born=born, given="Ade", family="Invented", since=date(2025, 9, 1),
                              line_1="1 Quay", district="E07999901" if at < 40 else "E07999902")
        day = date(2026, 1, 5)
        learners.Activity.objects.create(learner=learner, code="810", start=day, ascertained=day, verified=day)
        if at % 5 == 0:
            learners.Trait.objects.create(learner=learner, trait="110", starts=day)


def test_it_is_made_once(officer, young_people):
    parts = []
    said = make_followup(AREA, lambda: parts.append(1))
    assert (len(parts), "four meetings" in said) == (FOLLOWUP_PARTS, True)
    before, now, later = ParticipationMeeting.objects.filter(district="E07999901").order_by("month")
    assert [bool(each.closed_at) for each in (before, now, later)] == [True, True, False]
    assert before.prepared_at < before.closed_at < timezone.now()
    assert [each.listed.count() for each in (before, now)] == [8, 6], "seven of a group and one with a case; two take part since"
    assert (now.impact["listed"], now.impact["participating"], now.impact["decided"], now.impact["done"]) == (8, 2, 5, 4)
    assert now.listed.filter(carried=True).count() == 1
    days = [{one.learner_id: _days_told(one) for one in each.listed.all()} for each in (before, now)]
    both = days[0].keys() & days[1].keys()
    between = (now.prepared_at.date() - before.prepared_at.date()).days
    assert {days[1][pk] - days[0][pk] for pk in both} == {between}, "each is told as on the day of its own list"
    assert not ParticipationMeeting.objects.get(district="E07999902").closed_at
    assert [bool(each.undone_at) for each in BulkUpdate.objects.order_by("at")] == [False, True]
    assert Following.objects.filter(next_contact__lt=timezone.localdate()).exists()
    assert SupportCase.objects.filter(closed_on=None).count() == 2
    assert min(row["many"] for row in caseloads(AREA)) > 0
    assert make_followup(AREA, lambda: None).startswith("up to date")


def _days_told(listed: ListedLearner) -> int:
    """How many days ago somebody was last heard of, as the paper has it."""
    [ago] = [found[1] for why in listed.told["why"] if (found := re.search(r"last heard of (\d+) days ago", why, re.IGNORECASE))]
    return int(ago)


def test_what_few_may_open_is_left_off_the_meeting_and_one_was_opened_for_a_reason(officer, young_people):
    make_followup(AREA, lambda: None)
    (restricted,) = learners.Learner.objects.filter(restricted=True)
    assert restricted.traits.known().filter(trait="170").exists()
    assert not ListedLearner.objects.filter(learner=restricted).exists()
    assert set(ParticipationMeeting.objects.filter(district="E07999901").values_list("left_out", flat=True)) == {1}
    assert learners.Learner.objects.get(protected_address=True).addresses.get().district == "E07999902"


def test_it_is_left_out_where_nobody_follows_up(young_people):
    assert make_followup(AREA, lambda: None) == "left out: nobody works for 899"
    assert not LoggedContact.objects.exists()
