"""What many learners count as at once is what each counts as alone; what is due follows from it; bars are drawn to scale."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughline.analytics.participation.codechanges import Place
from throughline.analytics.participation.standing import Standing
from throughline.apps.codelists.actions import amend
from throughline.apps.learners import timeline
from throughline.apps.learners.due import due_of
from throughline.apps.learners.models import Activity, Learner
from throughline.apps.learners.standings import standing_on, standings_of

pytestmark = pytest.mark.django_db
DAY, FROM = date(2026, 12, 31), date(2026, 10, 1)
HISTORIES = st.lists(st.lists(st.tuples(st.sampled_from(("110", "210", "310", "330", "619", "810", "710", "260")),
                                        st.integers(0, 900), st.integers(0, 400)), max_size=4, unique_by=lambda one: one[1]),
                     min_size=1, max_size=4)


@given(HISTORIES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_many_at_once_count_as_each_does_alone(enrol, histories):
    made = []
    for history in histories:
        learner = enrol()
        made.append(learner.pk)
        for code, ago, later in history:
            start = DAY - timedelta(days=ago - 30)
            Activity.objects.create(learner=learner, code=code, start=start, verified=start + timedelta(days=later))
    learners = Learner.objects.filter(pk__in=made)
    alone = {one.pk: standing_on(one.activities.known(), DAY, True).stood for one in learners}
    assert standings_of(learners, DAY) == alone


def _due(code, today=date(2026, 10, 30), **days):
    now = standing_on([Activity(code=code, **{"start": date(2026, 9, 1), "verified": date(2026, 9, 1), **days})], today, True)
    return [(due.what, due.day, due.state(today)) for due in due_of(now, today)]


WHAT_IS_DUE = {
    "NEET: to be spoken to": ("619", {}, [("Speak to them", date(2026, 9, 29), "Overdue"),
                                          ("Speak to them at the latest", date(2026, 11, 30), "Later")]),
    "a start that was agreed": ("616", {"review": date(2026, 11, 9)}, [
        ("Speak to them", date(2026, 9, 29), "Overdue"), ("Find out whether they started", date(2026, 11, 9), "Soon"),
        ("Speak to them at the latest", date(2026, 11, 30), "Later")]),
    "a course": ("210", {"predicted_end": date(2027, 7, 1)}, [
        ("Confirm what they are doing", date(2027, 7, 1), "Later"), ("Ask what comes next", date(2027, 7, 1), "Later")]),
    "not known": ("810", {}, [("Find out what they are doing", date(2026, 9, 1), "Overdue")]),
}


@pytest.mark.parametrize("why", WHAT_IS_DUE)
def test_what_is_due(why):
    code, days, expected = WHAT_IS_DUE[why]
    assert _due(code, **days) == expected


def test_a_bar_is_as_long_as_its_activity():
    first = date(2024, 9, 1)
    shown = timeline.bars([Activity(code="110", start=first), Activity(code="210", start=first + timedelta(days=100)),
                           Activity(code="619", start=first + timedelta(days=400))], first + timedelta(days=499), True)
    widths = [float(width) for width in re.findall(r'class="app-timeline__bar[^"]*" x="[\d.]+" y="\d+" width="([\d.]+)"',
                                                   timeline.drawn(shown))]
    assert [round(width / sum(widths) * 500) for width in widths] == [100, 300, 100]
    assert [bar.last - bar.first for bar in shown] == [timedelta(days=99), timedelta(days=299), timedelta(days=99)]


@pytest.fixture
def turned():
    """From 1 October 2026 on re-engagement counts as NEET."""
    amend(by=None, codeset="activity", place=Place("530", FROM, onward=True), says={"group": "neet"}, reason="Theirs")


def test_an_activity_whose_code_turns_has_a_bar_for_each_time(turned):
    shown = timeline.bars([Activity(code="530", start=date(2026, 9, 1))], date(2026, 10, 31), True)
    assert [(bar.standing, bar.first, bar.last, bar.goes_on) for bar in shown] == [
        (Standing.OTHER, date(2026, 9, 1), date(2026, 9, 30), False), (Standing.NEET, FROM, date(2026, 10, 31), True)]
    assert len(re.findall('<rect class="app-timeline__bar', timeline.drawn(shown))) == 2


@pytest.mark.parametrize(("day", "words", "since"), [
    (date(2026, 9, 30), "In other activity", None), (FROM, "NEET", FROM), (date(2026, 10, 31), "NEET", FROM),
])
def test_a_learner_counts_as_what_is_said_of_the_day(turned, day, words, since):
    now = standing_on([Activity(code="530", start=date(2026, 9, 1))], day, True)
    assert (now.words, now.neet_since) == (words, since)


def test_what_is_no_longer_current_is_shaded_and_read_out():
    today = timezone.localdate()
    ago = today - timedelta(days=800)
    shown = timeline.bars([Activity(code="310", start=ago, verified=ago)], today, True)
    assert "app-timeline__lapsed" in timeline.drawn(shown)
    assert "no longer current from" in timeline.drawn(shown)


def test_every_word_of_a_label_stands_in_the_drawing():
    today = timezone.localdate()
    shown = timeline.bars([Activity(code="110", start=today - timedelta(days=700)),
                           Activity(code="310", start=today - timedelta(days=9))], today, True)
    for width in (timeline.WIDE, timeline.NARROW):
        drawn = str(timeline.drawn(shown, width))
        said = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn))
        assert all(bar.told.coded in said for bar in shown)
        assert re.search(rf'x="{width - 4}"[^>]*text-anchor="end">310 ', drawn)


def test_nothing_is_drawn_of_nothing():
    assert timeline.drawn(timeline.bars([], DAY, True)) == ""
