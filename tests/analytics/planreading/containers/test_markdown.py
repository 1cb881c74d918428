"""Markdown is read by its specification, with the lines of its file as sources."""

import pytest

from tests.analytics.planreading.containers.written import outline
from throughline.analytics.planreading.containers.markdown import read
from throughline.analytics.planreading.document import Source, Table

PLAN = """---
title: Marlshire plan
owner: The board
---
# Plan

What we *will*
do.

- visit
  - schools

3. report

    not **a** program

| Num | Action | RAG |
|-----|--------|-----|
| 1.1 | Visit<br>schools <ul><li>all</li><li>soon</li></ul> | G |
| 1.2 | | |

<p>Said in <b>HTML</b></p>
"""


@pytest.fixture
def read_back(tmp_path):
    (tmp_path / "plan.md").write_text(PLAN, encoding="utf-8")
    return read(tmp_path / "plan.md")


def test_every_part_is_read(read_back):
    assert outline(read_back) == [
        ("h1", "Plan"), ("", "What we will do."), ("•", "visit"), ("•", "schools"), ("3.", "report"), ("", "not a program"),
        ("table", [("Num", "Action", "RAG"), ("1.1", "Visit\nschools\n• all\n• soon", "G"), ("1.2", "", "")]),
        ("", "Said in HTML"),
    ]


def test_sources_are_lines_of_the_file(read_back):
    assert read_back.blocks[0].source == Source(line=5, last_line=5)
    assert read_back.blocks[1].source == Source(line=7, last_line=8)
    table = next(block for block in read_back.blocks if isinstance(block, Table))
    assert [(row.source.row, row.source.line) for row in table.rows] == [(1, 17), (2, 19), (3, 20)]


def test_the_fields_at_the_top_are_no_text(read_back):
    assert read_back.title == "Marlshire plan"
    assert read_back.unread == ((Source(line=3), "“owner: The board” stands among the fields at the top of the file"),)
