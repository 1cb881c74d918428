"""Whatever bytes a file holds, opening it gives a document or a refusal in words; it never fails in any other way."""

import io
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.analytics.planreading.containers.written import STYLE, pdf_bytes
from throughline.analytics.planreading.containers.open import READERS, open_document
from throughline.analytics.planreading.document import Document
from throughline.core.problems import RefusedFileError

ZIPPED = (".docx", ".xlsx", ".xlsm")
PAGE = f"{STYLE}<h1>Plan</h1><ul><li>Visit</ul><table><tr><th rowspan=2>Num<th>Action<tr><td colspan=3>Visit</table>".encode()
TEXT = {
    ".html": PAGE, ".md": b"# Plan\n\n- Visit\n\n| Num | Action |\n|---|---|\n| 1 | <b>Visit |\n",
    ".tsv": b"Plan\nNum\tAction\n1\t\"Visit\n2\tx", ".csv": b"Num,Action\n1,\"Visit, soon\"\n",
    ".txt": b"Plan\n\nNum\tAction\n1.1\tVisit <ul><li>soon</li></ul>\n",
}
PIECES = [b"\0", b"\xff", b"<", b">", b"<td colspan=99999999>", b"<table>", b"</", b"&#x110000;", b"\t", b"\n", b'"', b"|", b"%",
          b"-->", b"<w:vMerge/>", b'"99999999999999999999"', b"PK\x03\x04", b"endobj", b"/Length 9", b"<![CDATA[",
          b"\xf0\x9f\x98\x80", b" Tj "]


def word() -> bytes:
    held, document = io.BytesIO(), docx.Document()
    document.add_heading("Plan", 1)
    document.add_paragraph("Visit", style="List Number")
    document.add_table(2, 2).rows[0].cells[0].merge(document.tables[0].rows[1].cells[1]).text = "Visit\nsoon"
    document.save(held)
    return held.getvalue()


def book() -> bytes:
    held, filled = io.BytesIO(), openpyxl.Workbook()
    filled.active.append(["Num", "=A2", 0.98])
    filled.active["C1"].number_format = "0%"
    filled.active.merge_cells("A2:B3")
    filled.save(held)
    return held.getvalue()


def mutated(draw: st.DrawFn, content: bytes) -> bytes:
    """content with a few pieces cut out, put in or doubled."""
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 30)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=12), st.just(content[start:end] * 2)))
        content = content[:start] + piece + content[end:]
    return content


@st.composite
def spoilt(draw: st.DrawFn, content: bytes, packed: bool) -> bytes:
    """A sound file spoilt: its bytes, or one of the parts packed in it; or just any bytes."""
    kind = draw(st.sampled_from(["bytes", "inside" if packed else "bytes", "any"]))
    if kind == "any":
        return content[:8] * draw(st.booleans()) + draw(st.binary(max_size=300))
    if kind == "bytes":
        return mutated(draw, content)
    with zipfile.ZipFile(io.BytesIO(content)) as sound:
        members = {name: sound.read(name) for name in sound.namelist()}
    name = draw(st.sampled_from(sorted(members)))
    members[name] = mutated(draw, members[name])
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as written:
        for each, inside in members.items():
            written.writestr(each, inside)
    return held.getvalue()


@pytest.fixture(scope="module")
def sound() -> dict[str, bytes]:
    """A sound file of each kind, by its ending."""
    return {**TEXT, ".htm": PAGE, ".markdown": TEXT[".md"], ".docx": word(), ".xlsx": book(), ".xlsm": book(),
            ".pdf": pdf_bytes(PAGE.decode())}


@pytest.mark.parametrize("suffix", sorted(READERS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_are_read_or_refused_in_words(sound, tmp_path, suffix, data):
    path = tmp_path / f"plan{suffix}"
    path.write_bytes(data.draw(spoilt(sound[suffix], suffix in ZIPPED)))
    answered(path)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_the_sound_files_are_read(sound, tmp_path, suffix):
    (tmp_path / f"plan{suffix}").write_bytes(sound[suffix])
    assert open_document(tmp_path / f"plan{suffix}").blocks


@given(text=st.text())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(text="<table>" * 500)
@example(text="<b>" * 60_000 + "x")
@example(text="> " * 500 + "x")
@example(text="<ol><li>" * 500)
def test_any_text_is_read_or_refused_in_words(tmp_path, text):
    for suffix in TEXT:
        path = tmp_path / f"plan{suffix}"
        path.write_text(text, encoding="utf-8", errors="replace")
        answered(path)


def answered(path) -> None:
    """Open path, and see that the answer is one of the two there are."""
    try:
        assert isinstance(open_document(path), Document)
    except RefusedFileError as refused:
        assert all(problem.file == path.name and problem.remedy and problem.rule for problem in refused.problems)
