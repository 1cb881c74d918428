"""Plans of an invented authority, each as a converter might leave one of the layouts met so far."""

from pathlib import Path

_FOLDER = Path(__file__).with_name("marlshire")


def _plan(name: str) -> str:
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")


# Priorities under recommendations; steps and measures in Roman; rows cut by pages, their heading not repeated.
RECOMMENDATIONS = _plan("recommendations")
# Everything in tables: the priority, its success, the headings, rows over two pages; a glossary at the end.
PRIORITIES_IN_TABLES = _plan("priorities_in_tables")
# What, why, how, who, when, cost, successful if, cross-references; blank and missing columns.
WHAT_WHY_HOW = _plan("what_why_how")
# Years side by side, their words cut by the columns.
YEARS = _plan("years")
# A grid of indicators in groups, with notes on what became of them.
GRID = _plan("grid")
# An inspector's letter: recommendations in a table, in a list and in paragraphs.
INSPECTION = _plan("inspection")
# A report to a cabinet in numbered paragraphs.
REPORT = _plan("report")
