"""A report refuses what cannot be shown truly, and drops only what no document can hold."""

from datetime import date

import pytest

from throughline.analytics.planwriting.facts import day
from throughline.analytics.planwriting.report import Cell, Column, Report, Table, cell, lines_of, plain, title_of


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="'Overdue'"):
        Table((Column("Number"), Column("Action")), (("1", "Do it"), ("2",)), "Overdue")


def test_what_no_document_can_hold_is_dropped_and_nothing_else():
    assert plain("a\x00b\x0bc\ud800d\ufffee") == "abcde"
    assert plain("Nîmes & <b> 1:1:1\t£5\n🙂") == "Nîmes & <b> 1:1:1\t£5\n🙂"


@pytest.mark.parametrize(
    ("value", "held"),
    [
        ("one\n\n two ", Cell(("one", "two"))), ("", Cell()), (1204, Cell(("1,204",), number=1204)),
        (0.5, Cell(("0.5",), number=0.5)), (Cell(("a\x01",), listed=True, tone="red"), Cell(("a",), listed=True, tone="red")),
    ],
)
def test_cells(value, held):
    assert cell(value) == held


def test_lines_and_titles():
    assert lines_of(" a \r\n\n b") == ("a", "b")
    assert title_of(Report(" A\nplan ")) == "A plan"
    assert title_of(Report("\x00")) == "Untitled"


def test_days_are_printed_as_people_say_them():
    assert day(date(2026, 3, 3)) == "3 March 2026"
