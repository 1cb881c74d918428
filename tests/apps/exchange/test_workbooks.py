"""A workbook of several sheets: those under the same headings are one list, and the others are told of wherever it is shown."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from tests.apps.exchange.returns_made import ADE, made, record
from throughline.apps.exchange.models import Delivery

pytestmark = pytest.mark.django_db
HEADINGS = ("Forename", "Surname", "DOB", "Activity")
SHEETS = {"Cover": [("Leavers of Marlbeck School",)], "Year 12": [HEADINGS, ("Ade", "O'Brien", "05/11/2009", "sixth form")],
          "Year 13": [HEADINGS, ("Bo", "Ng", "31/02/2009", "went fishing"), ("Ade", "O'Brien", "05/11/2009", "sixth form")],
          "Tutors": [("Tutor", "Room"), ("Mr Poe", "B4")]}
UNREAD = "The sheet “Tutors” has 1 row that is not under the headings of the sheet “Year 12”, so nothing of it was read"


def workbook(sheets=SHEETS) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        for row in rows:
            made.append(row)
    book.save(content)
    return content.getvalue()


def _words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_officer_is_told_where_a_row_is_and_which_sheet_was_not_read(cast, bring, accepted):
    accepted(made(record(ADE)))
    delivery, officer = bring(workbook(), "leavers.xlsx"), cast("data_officer")
    assert delivery.rows.count() == 3
    page = _words(officer.get(f"/files/{delivery.pk}/"))
    for told in (UNREAD, "The sheets that are read: Year 12, Year 13", 'data-label="Line">2<span class="app-sub">Year 13</span>',
                 "The same young person as line 2 of the sheet “Year 12”"):
        assert told in page
    table = officer.get(f"/files/{delivery.pk}/problems.csv").content.decode()
    assert "2,Year 13,DOB,31/02/2009" in table
    assert "Tutors" in table
    row = delivery.rows.get(outcome="unmatched")
    assert "line 2 of the sheet “Year 13”" in _words(officer.get(f"/files/rows/{row.pk}/"))


def test_the_sender_is_told_too(cast):
    school = cast("provider_staff", establishment="3584000", organisation="Marlbeck School")
    page = _words(school.post("/files/sent/", {"file": SimpleUploadedFile("leavers.xlsx", workbook())}, follow=True))
    assert UNREAD in page
    assert "Everything was read" not in page
    assert "<dd>3</dd>" in page


def test_the_command_prints_it(tmp_path, capsys, officer):
    path = tmp_path / "leavers.xlsx"
    path.write_bytes(workbook())
    call_command("import", str(path), "--area", "358")
    printed = " ".join(capsys.readouterr().out.split())
    assert f"leavers.xlsx: t{UNREAD[1:]}" in printed
    assert "leavers.xlsx, sheet “Year 13”, line 2, column DOB “31/02/2009”" in printed
    assert Delivery.objects.get().unread_sheets[0][1:] == f"{UNREAD[1:]}; send it as a file of its own"


@pytest.mark.parametrize(("name", "read", "asked"), [
    ("Tracking 2026-10-05.xlsx", "Oct 2026", ""),
    ("Tracking 2026-11-02.xlsx", "Sept 2026", "2 November 2026, but the name of its sheet “Sept 2026” says “Sept 2026”"),
])
def test_a_workbook_is_read_from_the_sheet_of_its_own_day_or_the_day_is_asked(cast, bring, monkeypatch, name, read, asked):
    monkeypatch.setattr(timezone, "localdate", lambda value=None, *args: value.date() if value else date(2026, 11, 28))
    months = {"Sept 2026": SHEETS["Year 12"], "Oct 2026": SHEETS["Year 12"]}
    delivery = bring(workbook(months), name)
    page = _words(cast("data_officer").get(f"/files/{delivery.pk}/"))
    assert f"The sheet that is read: {read}" in page
    assert ("Say of which day it speaks" in page, asked in page) == (bool(asked), True)
