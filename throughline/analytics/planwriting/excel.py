"""A report as an Excel workbook: its words on the first sheet, each table on a sheet that filters and prints."""

import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from throughline.analytics.planreading.tree import Plan
from throughline.analytics.planwriting import style
from throughline.analytics.planwriting.composition import plan_workbook
from throughline.analytics.planwriting.facts import Facts
from throughline.analytics.planwriting.report import (
    Bullets,
    Cell,
    Figures,
    Heading,
    Paragraph,
    Report,
    Table,
    cell,
    lines_of,
    plain,
    title_of,
)

MOST_LETTERS = 32_767  # Excel drops a cell that holds more
_CUT = " […] The rest is cut: a cell of Excel holds 32,767 characters. The Word document has it whole."
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_SHEET_MM = 2.1  # of a column one character wide, near enough at our size
_FRONT_WIDTH = 130
_OLDEST = date(1980, 1, 1)


def write_excel(plan: Plan, facts: Facts) -> bytes:
    """The plan as an Excel workbook (.xlsx): sheets Plan, Actions, Measures, Cross references, and any glossary."""
    return report_excel(plan_workbook(plan, facts), front="Plan")


def report_excel(report: Report, front: str = "Report") -> bytes:
    """The report as an Excel workbook (.xlsx), the same bytes every time; front names the sheet of its words."""
    written = io.BytesIO()
    moment = datetime.combine(report.as_at or _OLDEST, datetime.min.time())
    tables = [block for block in report.blocks if isinstance(block, Table)]
    names = _names(front, tables)
    with Workbook(written, {"in_memory": True}) as book:
        said = {"title": title_of(report), "author": plain(report.author), "subject": plain(report.status)}
        book.set_properties({**said, "created": moment})
        formats = _Formats(book)
        _write_front(formats, _sheet(book, front, report), report, names)
        for name, table in zip(names, tables, strict=True):
            _write_table(formats, _sheet(book, name, report), table)
    return written.getvalue()


class _Formats:
    """The formats of one workbook, each made once: one for each cell would make a slow and swollen file."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def words(self, points: float) -> Any:
        """Of the front sheet: a heading of so many points, or running text at 0."""
        heading = {"font_size": points, "bold": True, "font_color": f"#{style.BAND}"}
        return self._kept(f"words {points}", heading if points else {"font_size": style.BODY_POINTS})

    def link(self) -> Any:
        """A link to another sheet."""
        return self._kept("link", {"font_size": style.BODY_POINTS, "font_color": f"#{style.BAND}", "underline": 1})

    def heading(self) -> Any:
        """The heading of a column."""
        said = {"bold": True, "font_color": f"#{style.PAPER}", "bg_color": f"#{style.BAND}", "border": 1}
        return self._kept("heading", {**said, "font_size": style.TABLE_POINTS})

    def cell(self, tone: str = "", number: float | None = None) -> Any:
        """A cell of a table, in its tone; a whole number is shown whole."""
        said: dict[str, Any] = {"font_size": style.TABLE_POINTS, "border": 1, "border_color": f"#{style.RULE}"}
        if number is not None:
            said["num_format"] = "#,##0" if float(number).is_integer() else "#,##0.0##"
        if tone in style.TONES:
            colours = style.TONES[tone]
            said |= {"bold": True, "font_color": f"#{colours.ink}", "bg_color": f"#{colours.paper}"}
        return self._kept(f"cell {tone} {said.get('num_format')}", said)

    def _kept(self, name: str, said: dict[str, Any]) -> Any:
        if name not in self._made:
            shared = {"font_name": style.WORD_FONT, "valign": "top", "text_wrap": True, "font_color": f"#{style.INK}"}
            self._made[name] = self._book.add_format({**shared, **said})
        return self._made[name]


def _sheet(book: Workbook, name: str, report: Report) -> Any:
    """A new sheet that prints on A4 on its side, as wide as the page, with the page's number at the foot."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{title_of(report).replace('&', '&&')[:150]}&RPage &P of &N")
    return sheet


def _names(front: str, tables: list[Table]) -> list[str]:
    """A name for each table's sheet: its caption as far as Excel allows, no two alike."""
    taken = {front.casefold()}
    names = []
    for table in tables:
        wanted = " ".join(_NOT_IN_NAMES.sub(" ", plain(table.caption)).split()) or "Table"
        name, place = wanted[:_LONGEST_NAME].strip(), 2
        while name.casefold() in taken:
            name = f"{wanted[:_LONGEST_NAME - 4].strip()} {place}"
            place += 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _write_front(formats: _Formats, sheet: Any, report: Report, names: list[str]) -> None:
    """The report's words down one column, with a link where a table stands on a sheet of its own."""
    sheet.set_column(0, 0, _FRONT_WIDTH)
    sheets = iter(names)
    lines = _front_lines(report)
    for block in report.blocks:
        lines += [_Line(next(sheets), link=True)] if isinstance(block, Table) else _lines(block)
    lines += [_Line("Notes", style.HEADING_POINTS[0])] * bool(report.footnotes)
    lines += [_Line(f"{place}. {note}") for place, note in enumerate(report.footnotes, start=1)]
    for row, line in enumerate(line for line in lines if line.text.strip()):
        if line.link:
            sheet.write_url(row, 0, f"internal:'{line.text}'!A1", formats.link(), f"See the sheet {line.text}")
        else:
            sheet.write_string(row, 0, _fitting(plain(line.text)), formats.words(line.points))


@dataclass(frozen=True)
class _Line:
    """A line of the front sheet: its size in points, 0 for running text; or the name of the sheet it leads to."""

    text: str
    points: float = 0
    link: bool = False


def _front_lines(report: Report) -> list[_Line]:
    opening = [_Line(report.subtitle), _Line(title_of(report), style.TITLE_POINTS), _Line(report.status, style.BODY_POINTS)]
    return opening + [_Line(f"{label}: {words}") for label, words in report.details]


def _lines(block: Heading | Paragraph | Bullets | Figures) -> list[_Line]:
    match block:
        case Heading(text, level):
            return [_Line(" ".join(lines_of(text)), style.HEADING_POINTS[min(level, 6) - 1])]
        case Paragraph(text, label):
            first, *rest = lines_of(text) or ("",)
            return [_Line(f"{label} {first}".strip()), *map(_Line, rest)]
        case Bullets(items):
            return [_Line(f"• {' '.join(lines_of(item))}") for item in items]
        case Figures(pairs):
            return [_Line(f"{label}: {value}") for label, value in pairs]


def _write_table(formats: _Formats, sheet: Any, table: Table) -> None:
    """The heading row frozen and repeated in print, a filter on it, and the rows beneath in wrapped text."""
    widths = style.shares([column.width for column in table.columns], style.WIDTH_MM)
    for n, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.set_column(n, n, max(9, width / _SHEET_MM))
        sheet.write_string(0, n, plain(column.heading), formats.heading())
    for line, row in enumerate(table.rows, start=1):
        for n, value in enumerate(row):
            _write_cell(formats, sheet, (line, n), cell(value))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(table.columns) - 1)}{len(table.rows) + 1}"})
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    if table.note:
        sheet.write_string(len(table.rows) + 2, 0, plain(table.note))


def _write_cell(formats: _Formats, sheet: Any, where: tuple[int, int], held: Cell) -> None:
    """Text as text, so that nothing in it is ever a formula; an amount as a number."""
    if held.number is not None:
        sheet.write_number(*where, held.number, formats.cell(held.tone, held.number))
        return
    words = "\n".join(f"• {line}" if held.listed else line for line in held.lines)
    if words:
        sheet.write_string(*where, _fitting(words), formats.cell(held.tone))
    else:
        sheet.write_blank(*where, None, formats.cell())


def _fitting(words: str) -> str:
    """The words as far as a cell holds them, saying so where it does not hold them all."""
    return words if len(words) <= MOST_LETTERS else words[:MOST_LETTERS - len(_CUT)] + _CUT
