"""The day of an agreed start, or of looking again: asked with a contact of what waits for it, and of nothing else."""

from datetime import date, timedelta

import pytest

from tests.apps.followup.conftest import TODAY
from tests.apps.organisations.boxes import day_in
from tests.apps.performance.reading import page_of
from throughline.apps.followup.actions.refusals import SAME, tick_of
from throughline.apps.learners.codes import activity_label

YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize(("held", "said", "box", "wrong", "expected"), [
    ("619", "616", "starts_on", "", date(2026, 12, 1)), ("619", "615", "starts_on", "", date(2026, 12, 1)),
    ("619", "260", "review", "", date(2026, 12, 1)), ("616", SAME, "starts_on", "", date(2026, 12, 1)),
    ("619", "616", "start", "belongs under “When do they start?”", None),
    ("619", "310", "start", "What is yet to start is an agreed start (615, 616)", None),
    ("619", "310", "starts_on", "Leave this empty, or choose what it is for: Start date agreed (other); Start date", None),
    ("619", "616", "review", "Leave this empty, or choose what it is for: Gap year student", None),
    ("619", SAME, "starts_on", "Leave this empty", None),
])
def test_the_day_of_an_agreed_start_or_of_looking_again_is_asked_with_what_waits_for_it(
    client, enrol, held, said, box, wrong, expected,
):
    learner = enrol(code=held, ago=100)
    typed = {"channel": "telephone", "outcome": "reached_young_person", **day_in("on", TODAY), "said": said,
             **day_in(box, date(2026, 12, 1))}
    answer = client.post(f"/follow-up/learners/{learner.pk}/log/", typed, follow=True)
    page = page_of(answer)
    told = " ".join(" ".join(page.find(".//main").itertext()).split())
    assert learner.activities.known().order_by("start").last().review == expected
    if expected:
        assert "rule 262" not in told
    else:
        assert wrong in told
        assert page.find(f".//a[@href='#id_{box}-day']") is not None


@pytest.mark.parametrize(("on", "back"), [(TODAY, 1), (YESTERDAY, 2)])
def test_a_start_that_was_over_when_it_was_agreed_is_refused_in_its_box(client, enrol, on, back):
    typed = {"channel": "telephone", "outcome": "reached_young_person", **day_in("on", on), "said": "616",
             **day_in("starts_on", TODAY - timedelta(days=back))}
    page = page_of(client.post(f"/follow-up/learners/{enrol().pk}/log/", typed))
    assert page.find(".//a[@href='#id_starts_on-day']").text.startswith("This was over on the day of the contact")


def test_what_was_left_in_a_box_that_a_tick_hides_is_not_taken(client, enrol):
    learner = enrol(code="616")
    typed = {"channel": "telephone", "outcome": "refused", **day_in("on", TODAY), tick_of("refused"): "on",
             **day_in("starts_on", date(2026, 12, 1))}
    assert client.post(f"/follow-up/learners/{learner.pk}/log/", typed).status_code == 302
    assert [(one.code, one.review) for one in learner.activities.known().order_by("start")] == [("616", None), ("830", None)]


def test_only_what_waits_for_a_day_wants_its_box(client, enrol):
    page = page_of(client.get(f"/follow-up/learners/{enrol(code='616').pk}/log/"))
    again = "; ".join(activity_label(code) for code in ("260", "290", "350", "710"))
    assert again in page.find(".//*[@id='id_review-hint']").text
    wants = {each.get("value"): each.get("data-wants") for each in page.findall(".//select[@id='id_said']/option")}
    held = {each.get("data-by"): each.find(".//input").get("name") for each in page.findall(".//div[@class='app-if-wanted']")}
    assert held == {"1": "starts_on_day", "2": "review_day"}
    assert {code: by for code, by in wants.items() if by} == {
        SAME: "1", "615": "1", "616": "1", "260": "2", "290": "2", "350": "2", "710": "2"}
