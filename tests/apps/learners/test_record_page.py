"""A learner's page: now, due, the timeline with its table, as known on another day, what changed and who looked."""

import csv
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.performance.reading import page_of
from throughline.apps.accounts.models import AuditEntry, User
from throughline.apps.learners.actions import activities, circumstances, learners, membership
from throughline.apps.learners.actions.believing import told_by
from throughline.apps.learners.facts import sort_of
from throughline.apps.learners.history import steps_of
from throughline.apps.learners.models import FACTS
from throughline.apps.learners.sight import sight_of
from throughline.ui.formats import day as in_words

SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def client(cast):
    return cast("tracking_officer")


def text_of(answer) -> str:
    return " ".join(" ".join(page_of(answer).find(".//main").itertext()).split())


def test_a_learner_of_whom_nothing_is_known(client, enrol):
    learner = enrol("Siobhán", "O'Neill-D'Arcy")
    words = text_of(client.get(f"/learners/{learner.pk}/"))
    assert "Siobhán O'Neill-D'Arcy" in words
    assert "Not known" in words
    for empty in ("No activity is recorded.", "Find out what they are doing", "There is nobody to speak to yet.", "Not known"):
        assert empty in words


def test_now_and_what_is_due(client, learner):
    activities.record_activity(by=None, learner=learner, code="616", start=SEPTEMBER, ascertained=SEPTEMBER, verified=SEPTEMBER,
                               review=timezone.localdate() + timedelta(days=10), establishment_name="Marlbeck <College>")
    words = text_of(client.get(f"/learners/{learner.pk}/"))
    assert "NEET since 1 September 2026" in words
    assert "Find out whether they started" in words
    assert "Speak to them at the latest" in words
    assert "Marlbeck <College>" in words


def test_whoever_left_counts_as_nothing_and_nothing_is_due_of_them(client, learner, officer):
    activities.record_activity(by=None, learner=learner, code="619", start=SEPTEMBER, ascertained=SEPTEMBER, verified=SEPTEMBER,
                               review=timezone.localdate() - timedelta(days=3))
    today = timezone.localdate()
    membership.end_membership(by=officer, learner=learner, status="D", left_on=today)
    words = text_of(client.get(f"/learners/{learner.pk}/"))
    assert "Counts as Left the cohort Activity 619 " in words
    assert f"They left the cohort on {in_words(today)}. Left: died. Nothing is due of them." in words
    assert "What is due Nothing is due: they left the cohort. What the return" in words
    assert f"the return of {today:%B %Y} would be written now. It tells that they left." in words
    assert not any(said in words for said in ("Speak to them", "Overdue", "NEET since", "urrent until", "count as not known",
                                              "Open a support"))
    before = (today - timedelta(days=1)).isoformat()
    assert "Counts as NEET" in text_of(client.get(f"/learners/{learner.pk}/?on={before}"))
    listed = text_of(client.post("/learners/", {"records": "left"}, follow=True))
    assert ("Okafor, Ade" in listed, "Left the cohort 1 September 2026" in listed) == (True, True)
    assert ",Left the cohort,619," in client.get("/learners/learners.csv?search=kept").content.decode()


NEVER, AGAIN = "They never left: take it back", "In the cohort again from today"


@pytest.mark.parametrize(("ago", "offered", "pressed", "told"), [
    (0, [NEVER], NEVER, "in the cohort again, as before: that they left is taken back."),
    (1, [NEVER, AGAIN], NEVER, "in the cohort again, as before: that they left is taken back."),
    (1, [NEVER, AGAIN], AGAIN, "in the cohort again from today."),
])
def test_whoever_left_is_taken_back_by_a_button_on_their_page(client, learner, officer, ago, offered, pressed, told):
    day = timezone.localdate() - timedelta(days=ago)
    membership.end_membership(by=officer, learner=learner, status="D", left_on=day)
    forms = {" ".join("".join(form.itertext()).split()): form.get("action")
             for form in page_of(client.get(f"/learners/{learner.pk}/")).findall(".//form[@class='app-button-form']")}
    assert [said for said in forms if said in (NEVER, AGAIN)] == offered
    answer = client.post(forms[pressed], follow=True)
    assert f"They are {told}" in answer.content.decode()
    assert "Leaving the cohort" in text_of(answer)


def test_a_review_that_says_never_is_shown_and_nothing_lapses_by_it(client, learner):
    activities.record_activity(by=None, learner=learner, code="350", start=SEPTEMBER, ascertained=SEPTEMBER, verified=SEPTEMBER,
                               review=date.max)
    words = text_of(client.get(f"/learners/{learner.pk}/"))
    assert "Temporary employment" in words
    assert "urrent until" not in words


def test_the_timeline_has_its_table_and_the_table_its_files(client, learner):
    activities.record_activity(by=None, learner=learner, code="210", start=date(2025, 9, 1), verified=date(2025, 9, 10),
                               ascertained=date(2025, 9, 10))
    activities.record_activity(by=None, learner=learner, code="619", start=SEPTEMBER)
    page = page_of(client.get(f"/learners/{learner.pk}/"))
    pictures = page.findall(".//svg")
    assert len([one for one in pictures if "app-timeline" in one.get("class", "")]) == 2
    assert len(page.findall(".//table[@id='activities']/tbody/tr")) == 2
    listed = client.get(f"/learners/{learner.pk}/activities.csv").content.decode("utf-8-sig")
    assert listed.splitlines()[1].startswith("210,Full-time education: school sixth form,2025-09-01,2026-08-31")
    assert client.get(f"/learners/{learner.pk}/activities.xlsx").status_code == 200


@pytest.mark.parametrize(("told", "now", "history", "row", "listed"), [
    (date(2026, 9, 10), "Since 1 September 2026 Last confirmed 10 September 2026", "from 1 September 2026, confirmed 10 ",
     "2026-09-10", "1 September 2026 10 September 2026"),
    (None, "Was to start on 1 September 2026 Last confirmed Not yet",
     "was to start on 1 September 2026, not confirmed by anybody yet", "", "1 September 2026 Not yet"),
])
def test_a_planned_start_is_told_as_one_and_not_as_confirmed(client, learner, told, now, history, row, listed):
    learner.activities.create(code="310", start=SEPTEMBER, ascertained=told, verified=told)
    page = client.get(f"/learners/{learner.pk}/")
    assert now in text_of(page)
    assert history in text_of(page)
    assert [cells.text for cells in page_of(page).findall(".//table[@id='activities']//td[@data-label='Last confirmed']")] == [
        in_words(told) or "Not yet"]
    (one,) = csv.DictReader(client.get(f"/learners/{learner.pk}/activities.csv").content.decode("utf-8-sig").splitlines())
    assert one["Last confirmed"] == row
    assert listed in text_of(client.get("/learners/"))
    (one,) = csv.DictReader(client.get("/learners/learners.csv").content.decode("utf-8-sig").splitlines())
    assert one["Last confirmed"] == row


def test_why_they_left_and_what_they_meant_is_on_the_page_in_the_history_and_in_the_file(client, learner):
    activities.record_activity(by=None, learner=learner, code="230", start=SEPTEMBER, predicted_end=date(2026, 10, 20),
                               leaving_reason="3", intended_next="311")
    words = text_of(client.get(f"/learners/{learner.pk}/"))
    said = "Left because: Injury or illness; Meant to do next: Employment with training, apprenticeships included"
    assert words.count(said) == 2
    row = client.get(f"/learners/{learner.pk}/activities.csv").content.decode("utf-8-sig").splitlines()[1]
    assert "Injury or illness" in row


def test_particulars_as_they_were_known_on_another_day(client, learner, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now - timedelta(days=30))
    other = learners.add_learner(by=None, area="358", born=date(2010, 2, 28), given="Bo", family="Ng", gender="M")
    monkeypatch.setattr(timezone, "now", lambda: now)
    learners.amend_details(by=None, learner=other, born=date(2008, 2, 29), gender="F", ethnic_group="BAFR",
                           source=told_by(by=None, area="358", name="Parent or carer"))
    words = text_of(client.get(f"/learners/{other.pk}/"))
    assert all(said in words for said in ("29 February 2008", "Female", "Black African"))
    assert "born 29 February 2008, Female, Black African Nobody Parent or carer" in words.replace(" – ", " Nobody ")
    then = (timezone.localdate() - timedelta(days=20)).isoformat()
    before = text_of(client.get(f"/learners/{other.pk}/?known={then}"))
    assert all(said in before for said in ("28 February 2010", "Male"))
    assert not any(said in before for said in ("2008", "Female", "Black African"))
    earlier = (timezone.localdate() - timedelta(days=90)).isoformat()
    assert "Nothing was known of them yet" in text_of(client.get(f"/learners/{other.pk}/?known={earlier}"))


def test_the_page_as_it_was_known_on_another_day(client, learner, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now - timedelta(days=30))
    made = activities.record_activity(by=None, learner=learner, code="619", start=SEPTEMBER, ascertained=SEPTEMBER)
    monkeypatch.setattr(timezone, "now", lambda: now)
    activities.correct_activity(by=None, activity=made, code="230", establishment_name="Marlbeck College")
    assert "Full-time education: further education" in text_of(client.get(f"/learners/{learner.pk}/"))
    then = (timezone.localdate() - timedelta(days=20)).isoformat()
    words = text_of(client.get(f"/learners/{learner.pk}/?known={then}"))
    assert "as it was known on" in words
    assert "619 Seeking employment, education or training" in words
    assert "Marlbeck College" not in words
    assert "Record an activity" not in words
    before = (timezone.localdate() - timedelta(days=90)).isoformat()
    assert "No activity is recorded." in text_of(client.get(f"/learners/{learner.pk}/?known={before}"))


ASKED = ("known=banana", "on=2026-02-30", "known=", "on=9999-12-31", "known=9999-12-31", "on=0001-01-01")


@pytest.mark.parametrize("asked", ASKED)
def test_any_day_may_be_asked(client, learner, asked):
    answer = client.get(f"/learners/{learner.pk}/?{asked}")
    assert answer.status_code == 200
    assert ("must be a real day" in text_of(answer)) == (asked in ASKED[:2])


def test_what_changed_and_who_looked_are_on_the_page(client, officer, learner):
    circumstances.add_contact(by=officer, learner=learner, phone="01632 960001", name="Ngozi Okafor")
    client.get(f"/learners/{learner.pk}/")
    words = text_of(client.get(f"/learners/{learner.pk}/"))
    assert "Recorded: whom to speak to: Ngozi Okafor" in words
    assert "tracking.officer@example.org Looked at" in words


def test_what_can_be_undone_is_said_in_words(client, officer, learner):
    circumstances.add_trait(by=officer, learner=learner, trait="sen_support")
    words = text_of(client.get(f"/learners/{learner.pk}/"))
    assert ": a characteristic. Undo this change" in words
    assert "Recorded: a characteristic: SEN support" in words


def test_every_sort_of_fact_has_its_words():
    assert {sort_of(model()) for model in FACTS} >= {"a characteristic", "whom to speak to"}


def test_the_last_change_is_undone_from_the_page(client, learner):
    activities.record_activity(by=None, learner=learner, code="619", start=SEPTEMBER)
    page = page_of(client.get(f"/learners/{learner.pk}/"))
    at = page.find(".//input[@name='at']").get("value")
    client.post(f"/learners/{learner.pk}/undo/", {"at": at})
    assert not learner.activities.known().exists()
    officer = User.objects.get(role="tracking_officer")
    [undone] = [step for step in steps_of(learner, sight_of(officer, learner)) if not step.came]
    assert undone.who == str(officer)
    client.post(f"/learners/{learner.pk}/undo/", {"at": at})
    assert not learner.activities.known().exists()
    assert client.post(f"/learners/{learner.pk}/undo/", {"at": "banana"}).status_code == 302


def test_the_audit_has_no_name_anywhere(client, enrol):
    learner = enrol("Zebedee", "Quillfeather", line_1="1 Quillfeather Row", postcode="sa11aa", town="Saltmere")
    client.get(f"/learners/{learner.pk}/")
    assert "Quillfeather" in client.post("/learners/", {"words": "Quillfeather"}, follow=True).content.decode()
    said = " ".join(f"{one.subject_label} {one.path} {one.detail}" for one in AuditEntry.objects.all())
    assert "uillfeather" not in said
    assert "Zebedee" not in said
