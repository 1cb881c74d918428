"""Records of one shape, read at a stroke: a pattern learnt from one record that the parser has read.

A supplier's system writes every record in the same way: the same elements in the same order, with the same space
between them. What one record showed is made into one regular expression, and the records that match it need no parser.
A shape only ever matches what the parser would have read in the same way; anything else is left to the parser.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from throughline.analytics.formats.nccis.record import PRINTED, WITHDRAWN, Record
from throughline.analytics.formats.nccis.tags import (
    CODE,
    CODES,
    CONTAINERS,
    ILLEGAL,
    KNOWN_REFERENCE,
    LEAVES,
    RECORD,
    REFERENCES,
    SPACE,
    YEARS,
    field_of,
    plain,
)

_TOKEN = re.compile(r"(<[^>]*>)")
_TAG = re.compile(r"<(/?)((?:[\w.-]+:)?([\w.-]+))([ \t\r\n]*)(/?)>")
_MARKED = re.compile("\0(amp|lt|gt|quot|apos)")  # a reference found, before it is resolved
_GAP = "[ \t\r\n]*"


class Shape:
    """One way of writing records. match(text, start) gives the record there and where it ends, or None."""

    def __init__(self, pattern: str, fields: list[str]) -> None:
        self.pattern = pattern
        self._match = re.compile(pattern + "()").match
        # Fields the shape lacks are taken from the last group, which is always empty.
        groups = {field: group for group, field in enumerate(fields)}
        self._pick = itemgetter(*(groups.get(field, len(fields)) for field in PRINTED))
        self._codes = groups.get("characteristics", len(fields))

    def match(self, text: str, start: int, line: int) -> tuple[Record, int] | None:
        """The record that begins at start, and where it ends; None where the parser must decide."""
        found = self._match(text, start)
        if found is None:
            return None
        groups = found.groups("")
        values = self._pick(groups)
        together = "|" + "|".join(values) + "|"
        if not together.isprintable() or "&" in together or " |" in together or "| " in together or ">" in together:
            unwound = _unwound(values, together)
            if unwound is None:
                return None
            values = unwound
        codes = groups[self._codes]
        if codes:
            read = _codes(codes)
            if read is None:
                return None
            return tuple.__new__(Record, (*values, read, line)), found.end()
        return tuple.__new__(Record, (*values, (), line)), found.end()


def _unwound(values: tuple[str, ...], together: str) -> tuple[str, ...] | None:
    """Values with their references resolved and without space around them; None where that needs a parser."""
    if ILLEGAL.search(together):
        return None
    if "&" in together:
        values = tuple(KNOWN_REFERENCE.sub("\0\\1", value) if "&" in value else value for value in values)
        if any("&" in value for value in values):
            return None
        values = tuple(_resolved(value) for value in values)
    values = tuple(value.strip() for value in values)
    return None if "\r" in together and any("\r" in value for value in values) else values


def _resolved(value: str) -> str:
    return _MARKED.sub(lambda found: REFERENCES[found[1]], value) if "\0" in value else value


@lru_cache(maxsize=4096)
def _codes(printed: str) -> tuple[str, ...] | None:
    """The codes of a run of characteristics, as the learnt pattern lets it through."""
    if "&" in printed or ILLEGAL.search(printed):
        return None
    tokens = _TOKEN.split(printed)
    texts = (tokens[place + 1] for place in range(1, len(tokens), 2) if _is_open_code(tokens[place]))
    return tuple(text.strip() for text in texts if text.strip())


def _is_open_code(tag: str) -> bool:
    found = _TAG.fullmatch(tag)
    return found is not None and not found[1] and not found[5] and plain(found[2]) == CODE


def learn(record: str) -> Shape | None:
    """The shape of a record, from its first character to its last; None where it is written in no regular way."""
    tokens = _TOKEN.split(record)
    if tokens[0] or tokens[-1]:
        return None
    learning = _Learning(tokens)
    pattern = learning.pattern()
    return None if pattern is None else Shape(pattern, learning.fields)


class _Learning:
    """Walks the tokens of one record: text at even places, tags at odd ones."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.fields: list[str] = []  # in the order of the pattern's groups
        self.year = ""
        self.regular = True
        self.one_tag = any(token.endswith("/>") for token in tokens[1::2])

    def pattern(self) -> str | None:
        """The pattern, or None. Space is as the record has it, but any where something may be left out."""
        written, loose_before, gap = "", True, ""
        for part, loose, space in self._parts():
            if written:
                written += _GAP if loose or loose_before else re.escape(gap)
            written, loose_before, gap = written + part, loose, space
        if not self.regular or len(set(self.fields)) != len(self.fields):
            return None
        return written

    def _parts(self) -> Iterator[tuple[str, bool, str]]:
        """Each part's pattern, whether the space around it may be any, and the space after it."""
        place = 1
        while place < len(self.tokens):
            tag = _TAG.fullmatch(self.tokens[place])
            name = plain(tag[2]) if tag else ""
            if tag is None or self.tokens[place + 1].strip(SPACE) and name not in LEAVES:
                self.regular = False
                return
            if name in (CODES, CODE):
                place = self._end_of_codes(place)
                part = self._run_of_codes(tag)
            elif name in LEAVES:
                part = self._leaf(place, tag, name)
                place += 2 if tag[5] else 4
            else:
                part = self._container(tag, name)
                place += 2
            loose = name in (CODES, CODE, *YEARS, "septemberguarantee")
            yield part, loose, self.tokens[place - 1]

    def _leaf(self, place: int, tag: re.Match[str], name: str) -> str:
        field = field_of(name, self.year)
        if tag[1] or (field is None and name not in WITHDRAWN):
            self.regular = False
            return ""
        opening, closing = f"<{tag[2]}>", f"</{tag[2]}>"
        if not tag[5]:
            opening, closing = self.tokens[place], self.tokens[place + 2] if place + 2 < len(self.tokens) else ""
            ending = _TAG.fullmatch(closing)
            if ending is None or not ending[1] or ending[2] != tag[2]:
                self.regular = False
        if name in WITHDRAWN:
            return self._or_one_tag(tag, rf"{re.escape(opening)}[\w -]*{re.escape(closing)}")
        self.fields.append(str(field))
        return self._or_one_tag(tag, rf"{re.escape(opening)}([^<]*){re.escape(closing)}")

    def _or_one_tag(self, tag: re.Match[str], pattern: str) -> str:
        """The pattern of a leaf, which may be one tag when it is empty where the record writes any so."""
        return rf"(?:{pattern}|<{re.escape(tag[2])}{_GAP}/>)" if self.one_tag else pattern

    def _container(self, tag: re.Match[str], name: str) -> str:
        if name not in CONTAINERS or (name == RECORD and tag[5]):
            self.regular = False
        if name in YEARS:
            return self._year(tag, name)
        if name == "septemberguarantee":
            return self._guarantee(tag)
        return re.escape(tag[0])

    def _year(self, tag: re.Match[str], name: str) -> str:
        """A block of the guarantee may be left out."""
        if tag[5]:
            self.regular = False
        self.year = "" if tag[1] else name
        return f"{re.escape(tag[0])}{_GAP})?" if tag[1] else f"(?:{re.escape(tag[0])}"

    def _guarantee(self, tag: re.Match[str]) -> str:
        """The guarantee may be empty, and be written as one tag then."""
        empty = f"<{re.escape(tag[2])}{_GAP}/>"
        if tag[5]:
            return f"(?:{empty}|<{re.escape(tag[2])}>{_GAP}</{re.escape(tag[2])}>)"
        return f"{re.escape(tag[0])})" if tag[1] else f"(?:{empty}|{re.escape(tag[0])}"

    def _end_of_codes(self, place: int) -> int:
        while place < len(self.tokens):
            tag = _TAG.fullmatch(self.tokens[place])
            if tag is None or plain(tag[2]) not in (CODES, CODE):
                break
            if self.tokens[place + 1].strip(SPACE) and (tag[1] or tag[5] or plain(tag[2]) == CODES):
                self.regular = False
            place += 2
        return place

    def _run_of_codes(self, tag: re.Match[str]) -> str:
        """Any number of characteristics, in blocks of their own or in one."""
        self.fields.append("characteristics")
        prefix = re.escape(tag[2][: -len(tag[3])])
        outer, inner = self._spelt(CODES), self._spelt(CODE)
        leaf = rf"(?:<{prefix}{inner}>[^<]*</{prefix}{inner}>|<{prefix}{inner}{_GAP}/>)"
        block = rf"(?:<{prefix}{outer}>(?:{_GAP}{leaf})*{_GAP}</{prefix}{outer}>|<{prefix}{outer}{_GAP}/>)"
        return f"((?:(?:{block}|{leaf}){_GAP})*)"

    def _spelt(self, name: str) -> str:
        """An element's name as this record spells it; as the department does where it does not name it."""
        for token in self.tokens[1::2]:
            tag = _TAG.fullmatch(token)
            if tag is not None and tag[3].lower() == name:
                return re.escape(tag[3])
        return "Characteristics" if name == CODES else "CharacteristicCode"
