"""Tables and charts as files: CSV that Excel opens safely, XLSX with its notes, SVG and PNG."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.timezone import is_aware, make_naive
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_ACTS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDEST = 60


@dataclass(frozen=True)
class Column:
    """One column of a download: the key in each row, its heading, and the decimal places of its numbers in XLSX."""

    key: str
    heading: str
    decimals: int | None = None


def csv_response(name: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """The rows as UTF-8 CSV with a byte order mark, so that Excel reads accents; an absent key is an empty cell."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([_harmless(c.heading) for c in columns])
    writer.writerows([_harmless(row.get(c.key)) for c in columns] for row in rows)
    return _attachment(written.getvalue().encode("utf-8-sig"), name, "csv", "text/csv; charset=utf-8")


def xlsx_response(
    name: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], notes: Sequence[str], title: str = ""
) -> HttpResponse:
    """The rows as an Excel workbook: headings frozen and bold; notes, one a line, on the sheet About these figures."""
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"title": title or name})
        _write_rows(book, book.add_worksheet("Figures"), columns, list(rows))
        _write_notes(book, book.add_worksheet("About these figures"), title or name, notes)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _attachment(written.getvalue(), name, "xlsx", kind)


def table_response(
    kind: str, name: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], notes: Sequence[str], title: str = ""
) -> HttpResponse:
    """The rows as CSV when kind is "csv", otherwise as an Excel workbook with its notes."""
    return csv_response(name, columns, rows) if kind == "csv" else xlsx_response(name, columns, rows, notes, title)


def svg_response(name: str, svg: str | bytes) -> HttpResponse:
    """A chart as a drawing that scales."""
    octets = svg.encode() if isinstance(svg, str) else svg
    return _attachment(octets, name, "svg", "image/svg+xml; charset=utf-8")


def png_response(name: str, png: bytes) -> HttpResponse:
    """A chart as a picture."""
    return _attachment(png, name, "png", "image/png")


def _attachment(octets: bytes, name: str, ending: str, kind: str) -> HttpResponse:
    response = HttpResponse(octets, content_type=kind)
    filename = f"{slugify(name) or 'download'}.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
    return response


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula is led by an apostrophe; numbers are left alone."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_ACTS_AS_FORMULA):
        return f"'{value}"
    return value.isoformat() if isinstance(value, date) else value


def _write_rows(book: Workbook, sheet: Worksheet, columns: Sequence[Column], rows: list[Mapping[str, Any]]) -> None:
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    days = book.add_format({"num_format": "d mmmm yyyy", "align": "left"})
    for n, column in enumerate(columns):
        cells = [row.get(column.key) for row in rows]
        sheet.set_column(n, n, _width(column, cells), _number_format(book, column))
        sheet.write_string(0, n, column.heading, heading)
        for line, value in enumerate(cells, start=1):
            _write_cell(sheet, line, n, value, days)
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _write_cell(sheet: Worksheet, line: int, n: int, value: Any, days: Format) -> None:
    """One cell by its type; text is written as text, so that nothing in it is ever a formula."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(line, n, "yes" if value else "no")
    elif isinstance(value, datetime):
        sheet.write_datetime(line, n, make_naive(value) if is_aware(value) else value, days)
    elif isinstance(value, date):
        sheet.write_datetime(line, n, value, days)
    elif isinstance(value, int | float):
        sheet.write_number(line, n, value)
    else:
        sheet.write_string(line, n, str(value))


def _number_format(book: Workbook, column: Column) -> Format | None:
    if column.decimals is None:
        return None
    return book.add_format({"num_format": "#,##0" + ("." + "0" * column.decimals if column.decimals else "")})


def _width(column: Column, cells: list[Any]) -> int:
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return min(_WIDEST, max(10, longest + 2, min(len(column.heading) + 2, 24)))


def _write_notes(book: Workbook, sheet: Worksheet, title: str, notes: Sequence[str]) -> None:
    sheet.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    sheet.write_string(0, 0, title, book.add_format({"bold": True}))
    for line, note in enumerate(notes, start=2):
        sheet.write_string(line, 0, note)
