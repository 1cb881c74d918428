"""Separated values are a title and one table, whatever separates them and whatever is in their cells."""

import pytest

from tests.analytics.planreading.containers.written import outline
from throughline.analytics.planreading.containers.tsv import read
from throughline.core.problems import RefusedFileError

ROWS = [("Num", "Action"), ("1.1", "Visit, soon"), ("1.2", "")]


@pytest.mark.parametrize(("name", "text"), [
    ("plan.tsv", "Marlshire plan\n\nNum\tAction\n1.1\tVisit, soon\n1.2\n"),
    ("plan.csv", 'Marlshire plan,\n,\nNum,Action\n1.1,"Visit, soon"\n1.2,\n'),
    ("plan.csv", "Marlshire plan\r\nNum;Action\r\n1.1;Visit, soon\r\n1.2;\r\n"),
])
def test_a_title_and_a_table(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    assert outline(read(tmp_path / name)) == [("", "Marlshire plan"), ("table", ROWS)]


def test_rows_are_counted_as_lines_of_the_file(tmp_path):
    (tmp_path / "plan.tsv").write_text('Num\tAction\n1\t"two\nlines"\n\n2\tx\n', encoding="utf-8")
    rows = read(tmp_path / "plan.tsv").blocks[0].rows
    assert [(row.source.row, row.cells[1]) for row in rows] == [(1, "Action"), (2, "two\nlines"), (5, "x")]


def test_quotation_marks_that_are_only_words(tmp_path):
    (tmp_path / "plan.tsv").write_text('1\t"Good" to great\n2\t"waiting well\n3\tx\n', encoding="utf-8")
    assert outline(read(tmp_path / "plan.tsv")) == [("table", [("1", '"Good" to great'), ("2", '"waiting well'), ("3", "x")])]


@pytest.mark.parametrize("content", ["Num\t£".encode("cp1252"), "Num\t£".encode("utf-16"), "Num\t£".encode("utf-8-sig")])
def test_encodings(tmp_path, content):
    (tmp_path / "plan.tsv").write_bytes(content)
    assert outline(read(tmp_path / "plan.tsv")) == [("table", [("Num", "£")])]


def test_what_is_no_text_is_refused(tmp_path):
    (tmp_path / "plan.tsv").write_bytes(b"a\0b")
    with pytest.raises(RefusedFileError, match="something else than text"):
        read(tmp_path / "plan.tsv")
