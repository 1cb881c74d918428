"""The pages of readings: who may, another authority's 404, refused files, both texts of a stale save, undo, escaping."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.plans.reading_marlshire import DOCUMENT, NAME, fresh, read_marlshire


@pytest.fixture
def reading(by):
    """Marlshire's file, read."""
    return read_marlshire(by)


@pytest.fixture
def at(reading) -> str:
    """The address of its page."""
    return f"/readings/{reading.pk}/"


def _given(content: bytes = DOCUMENT.encode(), name: str = NAME, **more):
    return {"file": SimpleUploadedFile(name, content), **more}


def _page(client, address: str) -> str:
    return client.get(address).content.decode()


def _boxes(page: str) -> dict[str, str]:
    """What a form holds when it is opened: its hidden version and its boxes."""
    boxes = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    areas = re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', page)
    boxes |= {name: value.replace("&#39;", "'") for name, value in areas}
    boxes |= dict(re.findall(r'<select[^>]*name="(\w+)".*?<option value="([^"]*)" selected', page, re.DOTALL))
    return {name: value for name, value in boxes.items() if name != "csrfmiddlewaretoken"}


PAGES = ["", "accept/", "relate/", "plan/change/", "s1/change/", "a1/change/", "m1/change/", "a1/split/", "u1/place/",
         "add/action/", "add/section/", "add/measure/", "plan.json", "outline.txt", "file/", "unread.csv", "unread.xlsx"]
POSTS = ["discard/", "take-up-again/", "a2/join/", "a1/remove/", "a1/restore/", "corrections/0/undo/"]


@pytest.mark.parametrize("role", ["strategy_lead", "school_improvement_officer", "data_officer", "councillor"])
def test_whoever_edits_plans_reads_them_in(cast, at, role):
    from throughline.apps.accounts.permissions import Permission
    from throughline.apps.accounts.roles import ROLES

    allowed = Permission.EDIT_PLANS in ROLES[role].permissions
    client = cast(role)
    assert {client.get(at + page).status_code for page in PAGES} == {200 if allowed else 403}
    assert client.get("/readings/").status_code == (200 if allowed else 403)
    assert {client.post(at + page).status_code for page in POSTS} == {302 if allowed else 403}


def test_another_authoritys_reading_is_not_there(cast, at):
    other = cast("strategy_lead", email="other@example.org", area="355")
    assert {other.get(at + page).status_code for page in PAGES} == {404}
    assert {other.post(at + page).status_code for page in POSTS} == {404}
    assert NAME.replace("'", "&#39;") not in _page(other, "/readings/")


@pytest.mark.parametrize("page", [
    "a99/change/", "s99/change/", "m99/remove/", "u99/place/", "u1/change/", "x1/change/", "changes/",
])
def test_a_part_that_is_not_there_is_not_found(lead, at, page):
    assert (lead.post if "remove" in page else lead.get)(at + page).status_code == 404


def test_a_file_is_given_and_its_reading_shown(lead):
    answer = lead.post("/readings/", _given(), follow=True)
    page = answer.content.decode()
    assert "The file is read" in page and "Marlshire&#39;s plan.md" in page
    assert "These very bytes were read already" in lead.post("/readings/", _given(), follow=True).content.decode()


@pytest.mark.parametrize(("content", "name", "said"), [
    (b"", "plan.txt", "The file is empty"), (b"MZ", "plan.exe", "save the plan as a Word document"),
    (b"%PDF-1.4 broken", "plan.pdf", "plan.pdf"), (b"PK\x03\x04 broken", "plan.docx", "plan.docx"),
])
def test_a_file_that_cannot_be_read_is_answered_in_words(lead, content, name, said):
    from throughline.apps.plans.models import Reading

    answer = lead.post("/readings/", _given(content, name))
    assert answer.status_code in (200, 422) and said in answer.content.decode()
    assert not Reading.objects.exists()


def test_a_file_that_is_too_large_is_refused(lead, monkeypatch):
    from throughline.apps.plans.forms import reading as forms

    monkeypatch.setattr(forms, "LARGEST", 10)
    assert "larger than 30 MB" in lead.post("/readings/", _given()).content.decode()


def test_one_plan_is_followed_or_added_to_and_not_both(lead, plan):
    answer = lead.post("/readings/", _given(next_version_of=plan.pk, supplement_of=plan.pk))
    assert "choose one of the two" in answer.content.decode()


def test_the_source_and_the_result_lead_to_each_other(lead, at):
    page = _page(lead, at)
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert len(re.findall(r' id="([^"]+)"', page)) == len(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    source = page[page.index('id="source"'):]
    assert re.search(r'<tr id="t1-r2">.*?href="#a1">Action 1.1<', source, re.DOTALL)
    assert re.search(r'<tr id="t2-r3">.*?href="#u3">Left unread<', source, re.DOTALL)
    assert re.search(r'id="a1".*?href="#t1-r2">Who<', page, re.DOTALL)


@pytest.mark.parametrize("said", [
    "Nobody knows this code", "“see 9.9”", "Targets that cannot be judged (1)", "Left unread", "d u • Ir p",
    "Owners whom nobody knows (1)", "By 30 September 2026",
])
def test_what_is_in_doubt_is_said(lead, at, said):
    assert said in _page(lead, at)


def test_a_field_is_put_right_marked_and_undone(lead, at, reading):
    boxes = _boxes(_page(lead, f"{at}a1/change/"))
    assert boxes["owners"].splitlines() == ["HOI", "QQZ"]
    answer = lead.post(f"{at}a1/change/", boxes | {"text": "Say <b>who's</b> told", "owners": "HOI"}, follow=True)
    page = answer.content.decode()
    assert "Say &lt;b&gt;who&#39;s&lt;/b&gt; told" in page and "<b>who" not in page
    assert page.count(">Corrected<") == 2 and "Owners whom nobody knows" not in page
    assert "Changed what is to be done and who of action 1.1" in page
    lead.post(f"{at}corrections/0/undo/")
    assert fresh(reading).tree == fresh(reading).read
    assert "Undone by Strategy lead Example" in _page(lead, at)


def test_a_time_is_told_before_it_is_saved(lead, at, reading):
    boxes = _boxes(_page(lead, f"{at}a1/change/"))
    page = lead.post(f"{at}a1/change/", boxes | {"when": "by 3 March 2027", "check": "1"}).content.decode()
    assert "By 3 March 2027" in page and "Nothing is saved yet" in page
    assert fresh(reading).corrections == []


def test_a_stale_save_is_answered_with_both_texts(lead, at, reading):
    opened = _boxes(_page(lead, f"{at}a1/change/"))
    lead.post(f"{at}a1/change/", opened | {"text": "The first to save"})
    page = lead.post(f"{at}a1/change/", opened | {"text": "The second to save"}).content.decode()
    assert "Somebody else changed this" in page and "The first to save" in page and "The second to save" in page
    assert len(fresh(reading).corrections) == 1
    lead.post(f"{at}a1/change/", _boxes(page))
    assert fresh(reading).tree["sections"][0]["actions"][0]["text"] == "The second to save"


def test_a_change_elsewhere_is_no_clash(lead, at, reading):
    opened = _boxes(_page(lead, f"{at}a1/change/"))
    lead.post(f"{at}a2/change/", _boxes(_page(lead, f"{at}a2/change/")) | {"text": "Visit every family"})
    lead.post(f"{at}a1/change/", opened | {"text": "Agree it"})
    assert [each["text"] for each in fresh(reading).tree["sections"][0]["actions"]][:2] == ["Agree it", "Visit every family"]


@pytest.mark.parametrize(("key", "empty", "said"), [
    ("a1", {"text": ""}, "Enter what is to be done"), ("s1", {"title": ""}, "Enter the section"),
    ("m1", {"text": ""}, "Enter what is measured"), ("m1", {"trajectory": "85%"}, "Begin each line with its year"),
])
def test_what_must_be_there_is_asked_for(lead, at, reading, key, empty, said):
    boxes = _boxes(_page(lead, f"{at}{key}/change/"))
    page = lead.post(f"{at}{key}/change/", boxes | {"kind": "priority"} | empty).content.decode()
    assert said in page
    assert fresh(reading).corrections == []


def test_a_part_is_added_split_joined_taken_out_and_brought_back(lead, at, reading):
    lead.post(f"{at}add/action/?under=s1", {"text": "Ask the schools", "under": "s1"})
    lead.post(f"{at}a1/split/", {"first": "Agree who tells whom", "second": "when a learner leaves", "number": "1.1a"})
    lead.post(f"{at}a3/join/")
    lead.post(f"{at}a4/remove/")
    page = _page(lead, at)
    assert "<s>Action 2.1: Publish one prospectus</s>" in page and "Joined with the action above" in page
    actions = [each["text"] for section in fresh(reading).tree["sections"] for each in section["actions"]]
    assert actions == ["Agree who tells whom", "when a learner leaves", "Ring every family 1.3 Write the year's report and",
                       "Ask the schools"]
    lead.post(f"{at}a4/restore/")
    assert fresh(reading).tree["sections"][1]["actions"][0]["text"] == "Publish one prospectus"


def test_unread_words_are_worked_down(lead, at, reading):
    answer = lead.post(f"{at}u3/place/", {"taken_as": "step", "into": "a4", "text": "d u • Ir p"})
    assert answer["Location"] == f"{at}#unread"
    assert lead.post(f"{at}u1/place/", {"taken_as": "nothing", "why": "a slip of the pen"})["Location"] == f"{at}#u2"
    assert "Say why there is nothing to place" in lead.post(f"{at}u2/place/", {"taken_as": "nothing"}).content.decode()
    assert [each["source"] for each in fresh(reading).tree["unread"]] == ["table 1, row 3"]
    page = _page(lead, at)
    assert "a slip of the pen" in page and "2 placed by hand" in page
    assert "a slip of the pen" in lead.get(f"{at}unread.csv").content.decode("utf-8-sig")


def test_a_reading_is_accepted_after_what_is_open_was_shown(lead, at, reading):
    page = _page(lead, f"{at}accept/")
    for said in ("2 sections", "4 actions", "Head of Inclusion", "Left unread (3)", "“QQZ”", "much better"):
        assert said in page
    answer = lead.post(f"{at}accept/", _boxes(page), follow=True)
    assert "Marlshire participation plan is now a plan, as a draft" in answer.content.decode()
    assert "The plan made of it is" in _page(lead, at) and "Left unread" in _page(lead, at)
    assert lead.get(f"{at}a1/change/").status_code == 404
    assert "stays as it was" in lead.post(f"{at}a1/remove/", follow=True).content.decode()


def test_a_reading_is_discarded_and_taken_up_again(lead, at, reading):
    lead.post(f"{at}discard/")
    assert fresh(reading).state == "discarded" and "Take it up again" in _page(lead, at)
    lead.post(f"{at}take-up-again/")
    assert fresh(reading).state == "waiting"


def test_a_next_version_shows_what_changed(lead, at, reading):
    from throughline.apps.plans.models import Plan

    lead.post(f"{at}accept/", {"title": "Marlshire plan", "stamp": "0"})
    held = Plan.objects.get()
    text = DOCUMENT.replace("Ring every family", "Ring <each> family & friend")
    lead.post("/readings/", _given(text.encode(), next_version_of=held.pk))
    newer = f"/readings/{held.readings.model.objects.first().pk}/"
    page = _page(lead, f"{newer}changes/")
    assert "Reworded (1)" in page and "Ring every family" in page
    assert "Ring every family" in lead.get(f"{newer}changes/changes.csv").content.decode("utf-8-sig")
    lead.post(f"{newer}accept/", {"title": "Marlshire plan", "stamp": "0"})
    assert Plan.objects.get(previous=held).state == "draft"


def test_downloads_are_files_that_no_browser_runs(lead, at, reading):
    answer = lead.get(f"{at}file/")
    assert answer.content == DOCUMENT.encode() and answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
    lead.post(f"{at}a2/change/", _boxes(_page(lead, f"{at}a2/change/")) | {"text": "Visit every family"})
    assert json.loads(lead.get(f"{at}plan.json").content)["sections"][0]["actions"][1]["text"] == "Visit every family"
    assert "Visit every family" in lead.get(f"{at}outline.txt").content.decode()


@pytest.mark.parametrize("relation", ["next_version_of", "supplement_of"])
def test_which_plan_it_has_to_do_with_can_be_said_later(lead, at, reading, plan, relation):
    boxes = _boxes(_page(lead, f"{at}relate/"))
    lead.post(f"{at}relate/", boxes | {relation: str(plan.pk)})
    assert getattr(fresh(reading), relation) == plan and plan.title in _page(lead, at)
    lead.post(f"{at}accept/", {"title": "Ours", "stamp": "0"})
    made = fresh(reading).plan
    assert {"next_version_of": made.previous, "supplement_of": made.supplement_of}[relation] == plan


def test_another_authoritys_plan_cannot_be_followed(lead, at, reading, plan):
    plan.area = "355"
    plan.save(update_fields=["area"])
    assert plan.title not in _page(lead, f"{at}relate/")
    answer = lead.post(f"{at}relate/", {"next_version_of": str(plan.pk)})
    assert answer.status_code == 200 and fresh(reading).next_version_of is None
