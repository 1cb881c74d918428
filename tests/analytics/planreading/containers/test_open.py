"""A file is opened by its ending and its first bytes; one that cannot be is refused with what it is and what to do."""

import zipfile

import pytest

from tests.analytics.planreading.containers.written import outline, pdf_bytes, word_file, workbook_file
from throughline.analytics.planreading.containers import refusal
from throughline.analytics.planreading.containers.open import open_document
from throughline.core.problems import RefusedFileError

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LOCKED = OLD + "EncryptedPackage".encode("utf-16-le")
RUBBISH = bytes(range(256)) * 4


@pytest.mark.parametrize(("name", "content"), [
    ("plan.html", b"<p>Words"), ("plan.HTM", b"<p>Words"), ("plan.md", b"Words"), ("plan.markdown", b"Words"),
    ("plan.txt", b"Words"), ("plan.tsv", b"Words"), ("plan.csv", b"Words"),
])
def test_files_of_text(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert [block.text for block in open_document(tmp_path / name).blocks] == ["Words"]


def test_word_excel_and_pdf(tmp_path):
    word = word_file(tmp_path / "plan.docx", lambda document: document.add_paragraph("Words"))
    assert outline(open_document(word)) == [("", "Words")]
    book = workbook_file(tmp_path / "plan.xlsx", lambda book, sheet: sheet.append(["Words"]))
    assert outline(open_document(book)) == [("h1", "Sheet"), ("", "Words")]
    (tmp_path / "plan.pdf").write_bytes(pdf_bytes("<p>Words"))
    assert outline(open_document(tmp_path / "plan.pdf")) == [("", "Words")]


@pytest.mark.parametrize(("name", "content", "said"), [
    ("plan.docx", b"", "this one is empty"),
    ("plan.docx", b"%PDF-1.7\n...", "this is a PDF; give its name the ending .pdf"),
    ("plan.txt", b"%PDF-1.7\n...", "this is a PDF; give its name the ending .pdf"),
    ("plan.docx", OLD, "this is a Word or Excel file of before 2007; open it and save it as .docx or .xlsx"),
    ("plan.xlsx", LOCKED, "take the password off and save it again"),
    ("plan.doc", OLD, "save it as .docx"),
    ("plan.xls", OLD, "save it as .xlsx"),
    ("plan.docx", b"{\\rtf1 words}", "this is rich text; open it in Word and save it as .docx"),
    ("plan.docx", RUBBISH, "this is not what a .docx file holds"),
    ("plan.docx", b"PK\x03\x04" + RUBBISH, "it is damaged"),
    ("plan.pdf", RUBBISH, "this is not a PDF"),
    ("plan.pdf", b"%PDF-1.7\n" + RUBBISH, "this one is damaged"),
    ("plan.txt", b"PK\x03\x04" + RUBBISH, "this is a zip, Word or Excel file"),
    ("plan.odt", b"PK\x03\x04", "save the plan as a Word document (.docx)"),
    ("plan", b"Words", "save the plan as a Word document (.docx)"),
])
def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RefusedFileError) as refused:
        open_document(tmp_path / name)
    assert [problem.file for problem in refused.value.problems] == [name]
    assert said in refused.value.problems[0].remedy


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(RefusedFileError, match="there is no such file"):
        open_document(tmp_path / "plan.docx")
    with pytest.raises(RefusedFileError, match="there is no such file"):
        open_document(tmp_path)


def test_a_workbook_named_as_a_word_document(tmp_path):
    path = workbook_file(tmp_path / "plan.xlsx", lambda book, sheet: sheet.append(["Words"]))
    with pytest.raises(RefusedFileError, match="some other kind of file under that name"):
        open_document(path.rename(tmp_path / "plan.docx"))


def test_a_small_file_that_unpacks_to_a_large_one(tmp_path, monkeypatch):
    monkeypatch.setattr(refusal, "LARGEST_TEXT", 1_000_000)
    path = word_file(tmp_path / "plan.docx", lambda document: document.add_paragraph("Words"))
    open_document(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/more.xml", b" " * 2_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(RefusedFileError, match="unpacks to more than any plan holds"):
        open_document(path)


def test_a_pdf_with_a_password(tmp_path):
    key = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"00" * 32 + b"> /U <" + b"11" * 32 + b"> >>"
    (tmp_path / "plan.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\n"
        b"trailer << /Root 1 0 R /ID [<00> <00>] " + key + b" >>\n%%EOF")
    with pytest.raises(RefusedFileError, match="save the PDF without its password"):
        open_document(tmp_path / "plan.pdf")
