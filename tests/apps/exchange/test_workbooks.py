"""A workbook of several sheets: those under the same headings are one list, and the others are told of wherever it is shown."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from tests.apps.exchange.returns_made import ADE, made, record
from throughline.apps.exchange.models import Delivery

pytestmark = pytest.mark.django_db
HEADINGS = ("Forename", "Surname", "DOB", "Activity")
SHEETS = {"Cover": [("Leavers of Marlbeck School",)], "Year 12": [HEADINGS, ("Ade", "O'Brien", "05/11/2009", "sixth form")],
          "Year 13": [HEADINGS, ("Bo", "Ng", "31/02/2009", "went fishing"), ("Ade", "O'Brien", "05/11/2009", "sixth form")],
          "Tutors": [("Tutor", "Room"), ("Mr Poe", "B4")]}
UNREAD = "The sheet “Tutors” has 1 row that is not under the headings of the sheet “Year 12”, so nothing of it was read"


def workbook() -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in SHEETS.items():
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
