"""Whoever left what they did, on a day that is known or not, is told so: on the page, drawn, in the history, in the file."""

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.performance.reading import page_of
from tests.cast import make_user, sign_in
from throughline.apps.learners import timeline
from throughline.apps.learners.actions.activities import confirm_activity
from throughline.apps.learners.due import due_of
from throughline.apps.learners.history import steps_of
from throughline.apps.learners.models import Activity
from throughline.apps.learners.sight import sight_of
from throughline.apps.learners.standings import standing_on
from throughline.apps.organisations.actions.amending import RefusedError

TODAY, START, TOLD, LAST = date(2026, 11, 28), date(2026, 9, 1), date(2026, 9, 10), date(2026, 10, 20)
SCHOOL = "3584001"
COURSE = {"code": "230", "start": START, "verified": TOLD, "leaving_reason": "3"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day is 28 November 2026."""
    monkeypatch.setattr(timezone, "localdate", lambda value=None, *args: value.date() if value else TODAY)


def _left(code="230", **more) -> Activity:
    return Activity(**{**COURSE, "code": code, **more})


def _page(client, learner) -> tuple[str, str]:
    """All that a learner's page says, and when what was done last ends by its table."""
    page = page_of(client.get(f"/learners/{learner.pk}/")).find(".//main")
    to = page.findall(".//table[@id='activities']//td[@data-label='To']")[-1]
    return " ".join(" ".join(page.itertext()).split()), " ".join("".join(to.itertext()).split())


@pytest.mark.parametrize(("end", "how", "to"), [
    (None, "left, day not known", "left, day not known"), (LAST, "left on 20 October 2026", "2026-10-20"),
])
def test_the_page_the_drawing_the_history_and_the_file_say_that_they_left(officer, learner, end, how, to):
    learner.activities.create(predicted_end=end, **COURSE)
    client = sign_in(Client(), officer)
    said, until = _page(client, learner)
    assert until == how
    assert f"L{how[1:]}" in said  # beneath what they did, now
    assert f"confirmed 10 September 2026, {how}. Left because: Injury or illness" in said
    assert ("Nobody has confirmed" in said, "Still doing it" in said, "goes on" in said) == (False, False, False)
    assert "Find out what they are doing" in said
    drawing = client.get(f"/learners/{learner.pk}/").content.decode()
    assert f"Full-time education: further education from 1 September 2026, {how}" in drawing
    (row,) = csv.DictReader(client.get(f"/learners/{learner.pk}/activities.csv").content.decode("utf-8-sig").splitlines())
    assert row["To"] == to


@pytest.mark.parametrize(("told", "said"), [
    (TOLD, "They left, day not known. Find out what they do now."),
    (date(2025, 9, 10), "They left, day not known, so that they count as not known until somebody finds out what they do now."),
])
def test_what_they_count_as_says_why(officer, learner, told, said):
    learner.activities.create(code="230", start=date(2025, 9, 1), verified=told, leaving_reason="3")
    assert said in _page(sign_in(Client(), officer), learner)[0]


LEFT = {
    "on an unknown day, and still current": (_left(review=date(2027, 1, 5)), [("Find out what they are doing", TODAY)]),
    "on an unknown day, lapsed": (_left(start=date(2025, 9, 1), verified=date(2025, 9, 10)),
                                  [("Find out what they are doing", date(2026, 8, 31))]),
    "on a day": (_left(predicted_end=LAST), [("Find out what they are doing", LAST)]),
    "soon": (_left(predicted_end=date(2026, 12, 18)), [("Confirm what they are doing", date(2026, 12, 18)),
                                                       ("Ask what comes next", date(2026, 12, 18))]),
    "and was there today": (_left(verified=TODAY), [("Confirm what they are doing", date(2027, 8, 31))]),
    "something that counts as NEET": (_left("619", verified=date(2026, 11, 27)), [
        ("Speak to them", date(2026, 12, 25)), ("Find out what they are doing", TODAY),
        ("Speak to them at the latest", date(2027, 2, 25))]),
}


@pytest.mark.parametrize("what", LEFT)
def test_what_is_due_of_whoever_left(db, what):
    activity, expected = LEFT[what]
    found = [(due.what, due.day) for due in due_of(standing_on([activity], TODAY, True), TODAY)]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_a_school_is_told_nothing_of_it(learner):
    learner.activities.create(**COURSE)
    learner.school_at_16 = SCHOOL
    learner.save()
    school = make_user("provider_staff", establishment=SCHOOL, organisation="Marlbeck School")
    said, to = _page(sign_in(Client(), school), learner)
    assert to == "goes on"
    assert "eft" not in said.replace("Left the cohort", "")


@pytest.mark.parametrize("sensitive", [True, False])
def test_the_history_says_it_to_whoever_is_told_what_is_said_on_leaving(officer, learner, sensitive):
    learner.activities.create(**COURSE)
    steps = steps_of(learner, replace(sight_of(officer, learner), sensitive=sensitive))
    assert ("left, day not known" in "; ".join(step.says for step in steps)) is sensitive


def test_only_the_latest_is_told_so_and_what_follows_ends_the_others(db):
    bars = timeline.bars([_left(), Activity(code="619", start=LAST, verified=LAST)], TODAY, True)
    assert [(bar.left, bar.to, bar.latest) for bar in bars] == [("", LAST - timedelta(days=1), False), ("", TODAY, True)]


def test_the_drawing_is_paler_from_the_day_on_which_they_may_have_left(db):
    (bar,) = timeline.bars([_left()], TODAY, True)
    assert bar.gone_from == TOLD + timedelta(days=1)
    assert "app-timeline__lapsed" in timeline.drawn([bar])
    (still,) = timeline.bars([Activity(code="230", start=START, verified=TOLD)], TODAY, True)
    assert "app-timeline__lapsed" not in timeline.drawn([still])


def test_what_was_left_on_an_unknown_day_is_not_confirmed(learner, officer):
    held = learner.activities.create(**COURSE)
    with pytest.raises(RefusedError, match="We hold why they left this"):
        confirm_activity(by=officer, activity=held)
