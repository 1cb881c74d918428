"""Plain text as headings, paragraphs and tables, with what a converter leaves in it."""

import pytest

from throughline.analytics.planreading.containers.text import document_of, read_text
from throughline.analytics.planreading.document import Heading, Paragraph, Table
from throughline.core.problems import RefusedFileError


def blocks(text):
    """The blocks of a text, each in short."""
    shown = []
    for block in document_of(text).blocks:
        match block:
            case Heading(words, level, source):
                shown.append((level, words, str(source)))
            case Paragraph(words, source, bullet):
                shown.append((bullet, words, str(source)))
            case Table(rows, source):
                shown.append(([row.cells for row in rows], str(source)))
    return shown


@pytest.mark.parametrize(("text", "found"), [
    ("## A *plan* of **ours**\n\nWords of it.", [(2, "A plan of ours", "line 1"), ("", "Words of it.", "line 3")]),
    ("A heading alone\n\nWords of it.", [(0, "A heading alone", "line 1"), ("", "Words of it.", "line 3")]),
    ("1. ORIGIN\n\nWords.", [(0, "1. ORIGIN", "line 1"), ("", "Words.", "line 3")]),
    ("What of it?\n\n- one\n- two", [(0, "What of it?", "line 1"), ("-", "one", "line 3"), ("-", "two", "line 4")]),
    ("Leads:\n\nNo stop in these\nlines\n",
     [("", "Leads:", "line 1"), ("", "No stop in these", "line 3"), ("", "lines", "line 4")]),
    ("**Bold over\ntwo lines**", [("", "Bold over two lines", "lines 1-2")]),
    ("- An entry that\n  goes on\n- next", [("-", "An entry that goes on", "lines 1-2"), ("-", "next", "line 3")]),
    ("A paragraph that a page has cut in the middle of\n\n12\n\nits only sentence.",
     [("", "A paragraph that a page has cut in the middle of its only sentence.", "lines 1-5")]),
    ("IV. Fourth\n", [("IV.", "Fourth", "line 1")]),
    ("Page 3 of 9\n- 4 -\n7\nwords.", [("", "words.", "line 4")]),
    ("<u>Under</u> &amp; <i>slanted</i>.", [("", "Under & slanted.", "line 1")]),
])
def test_lines_become_blocks(text, found):
    assert blocks(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("a\tb\nc\td\n", [([("a", "b"), ("c", "d")], "lines 1-2")]),
    ("a\tb\n\nc\td\n", [([("a", "b")], "line 1"), ([("c", "d")], "line 3")]),
    ("a\tb\n--\t---\nc\t\n\t\n", [([("a", "b"), ("c", "")], "lines 1-3")]),
    ("a\tb\n\n67\n\nc\td", [([("a", "b")], "line 1"), ([("c", "d")], "line 5")]),
    ("<ul> <li>one</li> <li>6<sup>th</sup></li> </ul>\tx", [([("• one\n• 6th", "x")], "line 1")]),
    ("one  two\tx", [([("one\ntwo", "x")], "line 1")]),
    ("**Year 12**\t A*/A, 5 A*-C", [([("Year 12", "A*/A, 5 A*-C")], "line 1")]),
    ("a\tb\nwords after.", [([("a", "b")], "line 1"), ("", "words after.", "line 2")]),
])
def test_lines_with_tabs_become_tables(text, found):
    assert blocks(text) == found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_that_windows_writes(encoding, tmp_path):
    path = tmp_path / "plan.txt"
    path.write_bytes("Ada’s plan – £5\r\n".encode(encoding))
    assert [block.text for block in read_text(path).blocks] == ["Ada’s plan – £5"]


@pytest.mark.parametrize(("content", "rule"), [(b"", "something in the file"), (bytes(range(32)) * 9, "text")])
def test_what_is_no_text_is_refused(content, rule, tmp_path):
    path = tmp_path / "plan.txt"
    path.write_bytes(content)
    with pytest.raises(RefusedFileError) as refused:
        read_text(path)
    assert [problem.rule for problem in refused.value.problems] == [rule]
