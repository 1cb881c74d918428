"""A fault is told with its file, line, column, value, remedy and rule; what is not known is left out."""

import pytest

from throughline.core.problems import Problem, RefusedFileError

SENTENCES = [
    (Problem("a.csv", 3, "Years", "20x", "readable period", "give a year"),
     "a.csv, line 3, column Years “20x”: give a year (readable period)"),
    (Problem("a.csv", 1, "Years", "", "column present", "add it"), "a.csv, line 1, column Years: add it (column present)"),
    (Problem("a.csv", 1, "Column 2, without a heading", "x", "a name", "give it"),
     "a.csv, line 1, column 2, without a heading “x”: give it (a name)"),
    (Problem("a.csv", None, "", "", "a text file", "save it as CSV"), "a.csv: save it as CSV (a text file)"),
]


@pytest.mark.parametrize(("problem", "sentence"), SENTENCES)
def test_a_problem_is_a_sentence(problem, sentence):
    assert problem.sentence() == sentence


def test_a_problem_is_plain_values():
    assert SENTENCES[0][0].as_dict() == {
        "file": "a.csv", "line": 3, "field": "Years", "value": "20x", "rule": "readable period", "remedy": "give a year",
        "sheet": "",
    }


def test_a_refusal_carries_every_problem_a_line_each():
    problems = [problem for problem, _ in SENTENCES]
    refusal = RefusedFileError(tuple(problems))
    assert refusal.problems == problems
    assert str(refusal).splitlines() == [sentence for _, sentence in SENTENCES]
