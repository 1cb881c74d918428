"""Learns the shape of records from one that the parser has read.

A supplier's system writes every record in the same way: the same elements in the same order, with the same space
between them. What one record shows is enough to read the next at a stroke.
"""

import re
from collections.abc import Iterator

from throughline.analytics.formats.nccis.record import WITHDRAWN
from throughline.analytics.formats.nccis.shape import GAP, TAG, TOKEN, Part, Shape
from throughline.analytics.formats.nccis.tags import CODE, CODES, CONTAINERS, LEAVES, RECORD, SPACE, YEARS, field_of, plain

_GUARANTEE = "septemberguarantee"


class _IrregularError(Exception):
    """Raised where a record is written in no regular way."""


def learn(record: str) -> Shape | None:
    """The shape of a record, from its first character to its last; None where it is written in no regular way."""
    tokens = TOKEN.split(record)
    if tokens[0] or tokens[-1]:
        return None
    try:
        parts = list(_Lesson(tokens).parts())
    except _IrregularError:
        return None
    fields = [field for part in parts for field in part.fields]
    return Shape(parts) if len(set(fields)) == len(fields) else None


class _Lesson:
    """Walks the tokens of one record: text at even places, tags at odd ones."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._one_tag = any(token.endswith("/>") for token in tokens[1::2])

    def parts(self) -> Iterator[Part]:
        """Each part in order."""
        place = 1
        while place < len(self._tokens):
            tag, name = self._tag(place)
            if name in (CODES, CODE):
                end = self._end_of_codes(place)
                yield Part(self._run_of_codes(tag), self._tokens[end - 1], ("characteristics",), loose=True, may_lack=True)
            elif name in YEARS:
                part, end = self._year(place, tag, name)
                yield part
            elif name in LEAVES:
                end = place + (2 if tag[5] else 4)
                pattern, fields = self._leaf(place, tag, name, "")
                yield Part(pattern, self._tokens[end - 1], fields, may_lack=True)
            else:
                end = place + 2
                yield from self._container(tag, name, self._tokens[end - 1])
            place = end

    def _tag(self, place: int) -> tuple[re.Match[str], str]:
        """A tag and its plain name; only elements with values may have words after their first tag."""
        tag = TAG.fullmatch(self._tokens[place]) if place < len(self._tokens) else None
        if tag is None:
            raise _IrregularError
        name = plain(tag[2])
        if self._tokens[place + 1].strip(SPACE) and name not in LEAVES:
            raise _IrregularError
        return tag, name

    def _leaf(self, place: int, tag: re.Match[str], name: str, year: str) -> tuple[str, tuple[str, ...]]:
        """The pattern of an element with a value, and the field of its group if it has one."""
        field = field_of(name, year)
        if tag[1] or (field is None and name not in WITHDRAWN):
            raise _IrregularError
        opening, closing = f"<{tag[2]}>", f"</{tag[2]}>"
        if not tag[5]:
            ending, _ = self._tag(place + 2)
            if not ending[1] or ending[2] != tag[2]:
                raise _IrregularError
            opening, closing = tag[0], ending[0]
        value = r"[\w -]*" if field is None else "([^<]*+)"
        pattern = f"{re.escape(opening)}{value}{re.escape(closing)}"
        if self._one_tag:  # what is empty may be one tag where the record writes anything so
            pattern = f"(?:{pattern}|<{re.escape(tag[2])}{GAP}/>)"
        return pattern, (field,) if field else ()

    def _container(self, tag: re.Match[str], name: str, space: str) -> Iterator[Part]:
        if name not in CONTAINERS or (name == RECORD and tag[5]):
            raise _IrregularError
        if name != _GUARANTEE:
            yield Part(re.escape(tag[0]), space)
            return
        # The guarantee may be empty, and be written as one tag then.
        opening, closing = f"<{re.escape(tag[2])}>", f"</{re.escape(tag[2])}>"
        if tag[5] or not tag[1]:
            yield Part(f"(?:<{re.escape(tag[2])}{GAP}/>|{opening}", space, loose=True)
        if tag[5] or tag[1]:
            yield Part(f"{closing})", space, loose=True)

    def _year(self, place: int, tag: re.Match[str], name: str) -> tuple[Part, int]:
        """A block of the guarantee, which may be left out as a whole, and where it ends."""
        if tag[1] or tag[5]:
            raise _IrregularError
        pattern, fields, place = re.escape(tag[0]), list[str](), place + 2
        while True:
            inner, within = self._tag(place)
            if within == name and inner[1]:
                whole = f"(?:{pattern}{GAP}{re.escape(inner[0])})?"
                return Part(whole, self._tokens[place + 1], tuple(fields), loose=True, may_lack=True), place + 2
            written, of_group = self._leaf(place, inner, within, name)
            pattern, fields = f"{pattern}{GAP}{written}", [*fields, *of_group]
            place += 2 if inner[5] else 4

    def _end_of_codes(self, place: int) -> int:
        while place < len(self._tokens):
            tag = TAG.fullmatch(self._tokens[place])
            if tag is None or plain(tag[2]) not in (CODES, CODE):
                break
            if self._tokens[place + 1].strip(SPACE) and (tag[1] or tag[5] or plain(tag[2]) == CODES):
                raise _IrregularError
            place += 2
        return place

    def _run_of_codes(self, tag: re.Match[str]) -> str:
        """Any number of characteristics, in blocks of their own or in one."""
        prefix = re.escape(tag[2][: -len(tag[3])])
        outer, inner = self._spelt(CODES), self._spelt(CODE)
        leaf = f"(?:<{prefix}{inner}>[^<]*+</{prefix}{inner}>|<{prefix}{inner}{GAP}/>)"
        block = f"(?:<{prefix}{outer}>(?:{GAP}{leaf})*{GAP}</{prefix}{outer}>|<{prefix}{outer}{GAP}/>)"
        return f"((?:(?:{block}|{leaf}){GAP})*)"

    def _spelt(self, name: str) -> str:
        """An element's name as this record spells it; as the department does where it does not name it."""
        for token in self._tokens[1::2]:
            tag = TAG.fullmatch(token)
            if tag is not None and tag[3].lower() == name:
                return re.escape(tag[3])
        return "Characteristics" if name == CODES else "CharacteristicCode"
