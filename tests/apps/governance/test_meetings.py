"""Meetings: the calendar, the agenda, papers, who came, and minutes that stay as they were agreed."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import links, main, table
from tests.cast import make_user
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.governance.actions import meetings as actions
from throughline.apps.governance.models import AgendaItem, Attendance, Meeting, Paper
from throughline.apps.organisations.actions.boards import add_board, add_member

pytestmark = pytest.mark.django_db


def _typed(of, **changed) -> dict[str, str]:
    return {"board": str(of.pk), **day_in("day", date(2026, 7, 3)), "time": "2pm", "place": "Room 1", "purpose": "",
            "state": "planned", **changed}


@pytest.mark.parametrize(("typed", "clock"), [("14:00", "14:00"), ("2pm", "14:00"), ("9.30am", "09:30"), ("2:15 PM", "14:15")])
def test_a_meeting_is_added_at_a_local_time(lead, board, typed, clock):
    answer = lead.post("/meetings/add/", _typed(board, time=typed), follow=True)
    assert "Meeting of 3 July 2026" in main(answer)
    assert f"{timezone.localtime(Meeting.objects.get().starts_at):%H:%M}" == clock
    assert boxes(lead.get(f"/meetings/{Meeting.objects.get().pk}/change/"))["time"] == clock


@pytest.mark.parametrize(("wrong", "said"), [
    ({"time": "noonish"}, "Enter a time such as 14:00 or 2pm"), ({"day_day": "31", "day_month": "2"}, "Day must be a real day"),
    ({"board": ""}, "Choose a board"), ({"board": "999999"}, "Select a valid choice"),
])
def test_what_is_refused_is_said(lead, board, wrong, said):
    assert said in main(lead.post("/meetings/add/", _typed(board, **wrong)))
    assert not Meeting.objects.exists()


def test_the_calendar_lists_what_is_coming_the_readers_own_boards_first(cast, board, enter, meet):
    councillor = make_user("councillor")
    scrutiny = add_board(by=None, area="358", name="Scrutiny")
    add_member(by=None, board=scrutiny, party=enter("Councillor", user=councillor), capacity="member", since=date(2026, 1, 1))
    later, sooner, own = meet(20), meet(0), meet(9, of=scrutiny)
    meet(-1)
    answer = cast("councillor").get("/meetings/")
    meetings = [link for link in links(answer) if link.startswith("/meetings/") and link.rstrip("/")[-1].isdigit()]
    assert meetings == [f"/meetings/{meeting.pk}/" for meeting in (own, sooner, later)]
    past = cast("councillor").get("/meetings/?when=past")
    assert [row[-1] for row in table(past, "others") if len(row) > 1] == ["To be written"]
    assert cast("councillor").get("/meetings/meetings.csv?when=all").content.count(b"\r\n") == 5
    assert [len(table(cast("councillor").get(f"/meetings/?board={scrutiny.pk}"), "own"))] == [2]


def test_an_agenda_with_its_papers_is_made_read_and_printed(lead, meet):
    meeting = meet(3)
    for number, title, purpose, presenter in (("2", "NEET & <i>not known</i>", "decision", "Head of Skills"),
                                              ("1", "Welcome", "information", "")):
        typed = {"number": number, "title": title, "purpose": purpose, "presenter": presenter}
        lead.post(f"/meetings/{meeting.pk}/items/add/", typed)
    item = AgendaItem.objects.get(number=2)
    lead.post(f"/meetings/{meeting.pk}/papers/add/", {
        "number": "2", "title": "The figures", "kind": "report", "item": item.pk, "address": "",
        "upload": SimpleUploadedFile("figures.pdf", b"%PDF-1.7 invented", "application/pdf")})
    rows = table(lead.get(f"/meetings/{meeting.pk}/"), "agenda")
    assert [row[0] for row in rows] == ["1. Welcome", "2. NEET & <i>not known</i>"]
    assert rows[1][3].startswith("The figures")
    printed = main(lead.get(f"/meetings/{meeting.pk}/agenda/"))
    assert "NEET & <i>not known</i> For decision, Head of Skills Paper 2: The figures" in printed


def test_a_paper_is_handed_over_as_the_file_it_was_and_that_is_recorded(lead, cast, meet):
    held = SimpleUploadedFile("..\\evil\\page.html", b"<script>alert(1)</script>")
    paper = actions.add_paper(by=None, meeting=meet(3), title="A page", kind="report", upload=held)
    answer = cast("inspector").get(f"/meetings/papers/{paper.pk}/")
    assert (answer.content, answer["Content-Disposition"]) == (b"<script>alert(1)</script>", 'attachment; filename="page.html"')
    assert answer["X-Content-Type-Options"] == "nosniff"
    said = AuditEntry.objects.latest("id")
    assert (said.verb, said.subject_kind, said.subject_label) == ("downloaded", "paper", "A page")


@pytest.mark.parametrize(("address", "said"), [
    ("javascript:alert(1)", "begins with / or https://"), ("//elsewhere.example", "begins with / or https://"),
    ("/\\elsewhere.example", "begins with / or https://"), ("", "Choose a file, or give the address"),
])
def test_a_paper_is_a_file_or_a_safe_address(lead, meet, address, said):
    meeting = meet(3)
    typed = {"number": "1", "title": "Report", "kind": "report", "item": "", "address": address}
    assert said in main(lead.post(f"/meetings/{meeting.pk}/papers/add/", typed))
    assert not Paper.objects.exists()
    lead.post(f"/meetings/{meeting.pk}/papers/add/", {**typed, "address": "/reports/7/"})
    assert "/reports/7/" in links(lead.get(f"/meetings/{meeting.pk}/"))
    assert lead.get(f"/meetings/papers/{Paper.objects.get().pk}/").status_code == 404


def test_a_file_that_is_too_large_or_empty_is_refused(lead, meet, monkeypatch):
    monkeypatch.setattr("throughline.apps.governance.forms.LARGEST_PAPER", 10)
    meeting = meet(3)
    typed = {"number": "1", "title": "Report", "kind": "report", "item": "", "address": ""}
    for octets, said in ((b"x" * 11, "larger than 20 MB"), (b"", "empty")):
        answer = lead.post(f"/meetings/{meeting.pk}/papers/add/", {**typed, "upload": SimpleUploadedFile("a.txt", octets)})
        assert said in main(answer)
    assert not Paper.objects.exists()


def test_who_came_is_recorded_for_those_who_sat_that_day(lead, board, enter, meet):
    meeting = meet(-10)
    for name, since in (("Chair", 100), ("Late joiner", 5)):
        add_member(by=None, board=board, party=enter(name), capacity="member", since=timezone.localdate() - timedelta(days=since))
    guest = enter("A guest")
    form = boxes(lead.get(f"/meetings/{meeting.pk}/attendance/"))
    [seat] = [name for name in form if name.startswith("party_")]
    answer = lead.post(f"/meetings/{meeting.pk}/attendance/", {**form, seat: "apologies", "other": guest.pk}, follow=True)
    assert "Present A guest Sent apologies Chair Absent Nobody" in main(answer)
    again = boxes(lead.get(f"/meetings/{meeting.pk}/attendance/"))
    lead.post(f"/meetings/{meeting.pk}/attendance/", {**again, f"party_{guest.pk}": "not_recorded"})
    assert [kept.party.name for kept in Attendance.objects.all()] == ["Chair"]
    said = AuditEntry.objects.filter(subject_kind="meeting", verb="changed").latest("id").detail
    assert said == {f"entry {guest.pk}": ["present", ""]}


def test_minutes_are_written_agreed_and_then_stay(lead, meet):
    meeting = meet(-10)
    path = f"/meetings/{meeting.pk}/minutes/write/"
    agreed = day_in("minutes_agreed_on", timezone.localdate())
    lead.post(path, {"minutes": "1. The chair's welcome.\n2. <b>Noted</b>.", **agreed})
    answer = lead.get(f"/meetings/{meeting.pk}/minutes/")
    assert "2. <b>Noted</b>." in main(answer)
    assert "Agreed by the board on" in main(answer)
    meeting.refresh_from_db()
    assert meeting.state == "held"
    refused = lead.post(path, {"minutes": "Something else", **agreed})
    assert "To change them, take that day away" in main(refused)
    lead.post(path, {"minutes": "Something else", **day_in("minutes_agreed_on", timezone.localdate() + timedelta(days=7))})
    meeting.refresh_from_db()
    assert meeting.minutes == "Something else"


def test_what_minutes_said_before_is_kept_whether_or_not_it_was_agreed(lead, meet):
    meeting = meet(-10)
    path, today = f"/meetings/{meeting.pk}/minutes/write/", timezone.localdate()
    no_day = dict.fromkeys(day_in("minutes_agreed_on", today), "")
    lead.post(path, {**boxes(lead.get(path)), "minutes": "A <i>draft</i>"})
    lead.post(path, {**boxes(lead.get(path)), "minutes": "Put right", **day_in("minutes_agreed_on", today)})
    lead.post(path, {**boxes(lead.get(path)), "minutes": "Put right again", **no_day})
    kept = [(version.minutes, version.minutes_agreed_on) for version in meeting.minutes_versions.all()]
    assert kept == [("Put right again", None), ("Put right", today), ("A <i>draft</i>", None)]
    shown = main(lead.get(f"/meetings/{meeting.pk}/"))
    assert "What the minutes said before (2)" in shown
    assert "A <i>draft</i> Not agreed. Saved" in shown
    assert "draft" not in main(lead.get(f"/meetings/{meeting.pk}/minutes/"))


def test_minutes_are_printed_once_there_are_any(lead, cast, meet):
    meeting = meet(-10)
    page, printed = f"/meetings/{meeting.pk}/", f"/meetings/{meeting.pk}/minutes/"
    assert printed not in links(cast("inspector").get(page))
    assert "not agreed" not in main(cast("inspector").get(printed))
    actions.write_minutes(by=None, meeting=meeting, minutes="Noted")
    assert printed in links(cast("inspector").get(page))
    assert "Draft, not agreed yet" in main(cast("inspector").get(printed))


@pytest.mark.parametrize(("minutes", "days", "said"), [
    ("", 0, "Write the minutes that were agreed"), ("Noted", -11, "before the meeting"),
])
def test_minutes_that_cannot_have_been_agreed(lead, meet, minutes, days, said):
    typed = {"minutes": minutes, **day_in("minutes_agreed_on", timezone.localdate() + timedelta(days=days))}
    assert said in main(lead.post(f"/meetings/{meet(-10).pk}/minutes/write/", typed))
    assert Meeting.objects.get().minutes == ""


def test_two_secretaries_at_once_lose_no_minutes(lead, meet):
    path = f"/meetings/{meet(-10).pk}/minutes/write/"
    opened = boxes(lead.get(path))
    lead.post(path, {**opened, "minutes": "Theirs"})
    answer = lead.post(path, {**opened, "minutes": "Mine"})
    assert "Saved by somebody else Theirs Typed by you Mine" in main(answer)
    assert Meeting.objects.get().minutes == "Theirs"
    lead.post(path, boxes(answer))
    assert Meeting.objects.get().minutes == "Mine"


def test_the_audit_holds_no_word_of_the_minutes(lead, meet):
    lead.post(f"/meetings/{meet(-10).pk}/minutes/write/", {"minutes": "Two learners were discussed"})
    said = AuditEntry.objects.filter(verb="changed").latest("id").detail
    assert said == {"minutes": ["", "4 words"], "state": ["planned", "held"]}


def test_an_item_a_paper_and_a_decision_are_removed_and_brought_back(lead, meet):
    meeting = meet(3)
    item = actions.add_item(by=None, meeting=meeting, number=1, title="Welcome")
    paper = actions.add_paper(by=None, meeting=meeting, title="Report", address="/reports/1/")
    for at in (f"items/{item.pk}", f"papers/{paper.pk}"):
        answer = lead.post(f"/meetings/{at}/remove/", follow=True)
        assert "You can bring it back at the end of this page" in main(answer)
        assert "Removed (1)" in main(answer)
        assert "Removed" not in main(lead.post(f"/meetings/{at}/bring-back/", follow=True))
    assert (AgendaItem.objects.count(), Paper.objects.count()) == (1, 1)
    verbs = AuditEntry.objects.filter(subject_kind="agenda item").order_by("id").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb != "looked"] == ["created", "removed", "changed"]
