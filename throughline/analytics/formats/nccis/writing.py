"""Writes a return as the department's XML: the same records always give the same bytes, and one is held at a time."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import BinaryIO
from xml.sax.saxutils import escape

from throughline.analytics.formats.nccis.layout import Element, Layout
from throughline.analytics.formats.nccis.record import PLACE, PRINTED, Header, Record
from throughline.analytics.formats.nccis.tags import ILLEGAL

_AT_ONCE = 512  # records joined before they are written
_RETURN = {"\r": "&#13;"}
Values = Mapping[str, str | tuple[str, ...]]


class UnwritableError(ValueError):
    """Raised for a value that no XML can hold, such as a control character; names the learner and the value."""


def write_return(stream: BinaryIO, header: Header, records: Iterable[Record], layout: Layout) -> int:
    """Write a whole return, and say how many records it has. Space around a value is left away, as it is in reading.

    Raises UnwritableError; what was written by then stays in the stream, so write to a new file and put it in place after.
    """
    stream.write(_opening(header, layout).encode())
    write, text, count = _RecordWriter(layout).text, list[str](), 0
    for record in records:
        text.append(write(record))
        if len(text) == _AT_ONCE:
            stream.write("".join(text).encode())
            count += len(text)
            text.clear()
    stream.write(("".join(text) + f"</{layout.root}>\n").encode())
    return count + len(text)


def _opening(header: Header, layout: Layout) -> str:
    values: dict[str, str | tuple[str, ...]] = {
        "databaseid": header.database_ids,
        "leacode": header.authorities,
        "dateofsend": header.sent.isoformat(),
        "periodend": header.period_end.isoformat(),
        "suppliername": header.supplier or layout.otherwise.get("SupplierName", ""),
        "supplierxmlversion": header.supplier_version or layout.otherwise.get("SupplierXMLVersion", ""),
        "xmlschemaversion": header.schema_version or layout.otherwise.get("XMLSchemaVersion", ""),
    }
    printed = "".join(_element(element, values, layout.indent, 1) for element in layout.header)
    return f"{layout.declaration}\n<{layout.root}>\n{printed}"


def _element(element: Element, values: Values, indent: str, depth: int) -> str:
    """An element in full, on lines of its own."""
    space = indent * depth
    if element.within:
        inner = "".join(_element(each, values, indent, depth + 1) for each in element.within)
        empty = element.sometimes and not _any_filled(element, values)
        return "" if empty else f"{space}<{element.tag}>\n{inner}{space}</{element.tag}>\n"
    value = values[element.name]
    each = value if isinstance(value, tuple) else (value,)
    return "".join(f"{space}<{element.tag}>{_escaped(one)}</{element.tag}>\n" for one in each)


def _any_filled(element: Element, values: Values) -> bool:
    return any(_any_filled(each, values) for each in element.within) if element.within else bool(values[element.name])


class _RecordWriter:
    """One record's text: a template with a place for every value that is always written and for each part that is not.

    Parts that are written only sometimes are of few kinds, and each is made once.
    """

    def __init__(self, layout: Layout) -> None:
        self._indent = layout.indent
        self._fields: list[str] = []
        self._parts: list[tuple[Element, int]] = []
        inner = "".join(self._template(element, 2) for element in layout.record)
        space, tag = layout.indent, layout.record_element
        self._whole = f"{space}<{tag}>\n{inner}{space}</{tag}>\n"
        # What is picked of a record's fields with its sometimes-parts behind them, in the template's order.
        behind = iter(range(len(Record._fields), len(Record._fields) + len(self._parts)))
        self._pick = itemgetter(*(PLACE[field] if field else next(behind) for field in self._fields))
        self._filled = [itemgetter(*_places(element)) for element, _ in self._parts]
        self._part = lru_cache(maxsize=4096)(self._made)

    def _template(self, element: Element, depth: int) -> str:
        space = self._indent * depth
        if element.sometimes or element.many:
            self._fields.append("")
            self._parts.append((element, depth))
            return "%s"
        if element.within:
            inner = "".join(self._template(each, depth + 1) for each in element.within)
            return f"{space}<{element.tag}>\n{inner}{space}</{element.tag}>\n"
        self._fields.append(element.name)
        return f"{space}<{element.tag}>%s</{element.tag}>\n"

    def text(self, record: Record) -> str:
        """The record as it is written."""
        parts = [self._part(place, filled(record)) for place, filled in enumerate(self._filled)]
        values = self._pick((*record, *parts))
        together = "|" + "|".join(_printed(record)) + "|"
        if not together.isprintable() or any(mark in together for mark in ("&", "<", ">", " |", "| ")):
            values = self._pick((*(_escaped(value) if isinstance(value, str) else value for value in record), *parts))
        return self._whole % values

    def _made(self, place: int, values: object) -> str:
        """A sometimes-part, from the values of the fields that stand in it."""
        element, depth = self._parts[place]
        names = _names(element)
        given = dict(zip(names, values if len(names) > 1 else (values,), strict=True))  # type: ignore[call-overload]
        return _element(element, given, self._indent, depth)


def _names(element: Element) -> list[str]:
    return [name for each in element.within for name in _names(each)] if element.within else [element.name]


def _places(element: Element) -> list[int]:
    return [PLACE[name] for name in _names(element)]


_printed: Callable[[Record], tuple[str, ...]] = itemgetter(*(PLACE[field] for field in PRINTED))


def _escaped(value: str) -> str:
    """A value as it stands between tags."""
    value = value.strip()
    illegal = ILLEGAL.search(value.replace("]]>", ""))
    if illegal:
        raise UnwritableError(f"“{value!r}” holds a character that no XML may hold: take it out")
    return escape(value, _RETURN)
