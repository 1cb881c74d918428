"""A report as plain text: headings led by "#" for their level, a list's entries by "-", a table's cells parted by tabs."""

from throughline.analytics.planreading.tree import Plan
from throughline.analytics.planwriting.composition import plan_report
from throughline.analytics.planwriting.facts import Facts
from throughline.analytics.planwriting.report import (
    Block,
    Bullets,
    Figures,
    Heading,
    Paragraph,
    Report,
    Table,
    Value,
    cell,
    lines_of,
    plain,
    title_of,
)


def write_text(plan: Plan, facts: Facts | None = None) -> str:
    """The plan as plain text that any editor opens; facts add whose it is and how its actions stand."""
    return report_text(plan_report(plan, facts or Facts()))


def report_text(report: Report) -> str:
    """The report as plain text, its parts set apart by empty lines."""
    front = [_line(report.subtitle), title_of(report), _line(report.status)]
    details = "\n\n".join(f"{label}: {_line(words)}" for label, words in report.details)
    notes = "\n".join(f"[{place}] {_line(note)}" for place, note in enumerate(report.footnotes, start=1))
    parts = [*front, details, *map(_block, report.blocks), notes]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * min(level, 6)} {_line(text)}"
        case Paragraph(text, label):
            first, *rest = lines_of(text) or ("",)
            return "\n\n".join([f"{label} {first}".strip(), *rest])
        case Bullets(items):
            return "\n".join(f"- {_line(item)}" for item in items)
        case Figures(pairs):
            return "\n".join(f"{_line(label)}: {_line(value)}" for label, value in pairs)
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    heads = "\t".join(_line(column.heading) for column in table.columns)
    rows = ["\t".join(_cell(value) for value in row) for row in table.rows]
    note = [f"\n{_line(table.note)}"] if table.note else []
    return "\n".join([heads, *rows, *note])


def _cell(value: Value) -> str:
    """A cell on one line: a list's entries each behind a bullet; two spaces part one paragraph from the next."""
    held = cell(value)
    return "  ".join(f"• {_line(line)}" if held.listed else _line(line) for line in held.lines)


def _line(text: str) -> str:
    """The words on one line, with no tab in them: a tab would move what follows into the next column."""
    return " ".join(plain(text).split())
