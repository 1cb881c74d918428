"""Records of one shape, read at a stroke: one regular expression for the way in which a supplier's system writes them.

A shape only ever matches what the parser would have read in the same way; anything else is left to the parser.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from operator import itemgetter

from throughline.analytics.formats.nccis.record import PRINTED, Record
from throughline.analytics.formats.nccis.tags import CODE, ILLEGAL, KNOWN_REFERENCE, LONGEST, REFERENCES, plain

TOKEN = re.compile(r"(<[^>]*>)")
GAP = "[ \t\r\n]*+"  # gives nothing back, so that a long run of space costs nothing
_WORD = rf"[ \t\r\n]++[\w.:-]++{GAP}={GAP}"
ATTRIBUTE = re.compile(rf"""(?P<word>{_WORD})(?P<quote>["'])[^<>&]*?(?P=quote)""")
TAG = re.compile(
    r"<(?P<end>/?)(?P<name>(?:[\w.-]+:)?(?P<local>[\w.-]+))"
    rf"""(?P<attributes>(?:{_WORD}(?:"[^"<>&]*+"|'[^'<>&]*+'))*+)(?P<space>{GAP})(?P<one>/?)>""")
_MARKED = re.compile("\0(amp|lt|gt|quot|apos)")  # a reference found, before it is resolved


@dataclass(frozen=True)
class Part:
    """One part of a shape: a tag around others, an element with a value, or several that may be left out together.

    fields are those of its groups, in order. loose: any space may stand around it; otherwise space is what stands after
    it. may_lack: a record may do without it; sometimes: one did, so that the pattern must let it be left out. section: the
    part of a record that it opens, if any.
    """

    pattern: str
    space: str
    fields: tuple[str, ...] = ()
    loose: bool = False
    may_lack: bool = False
    sometimes: bool = False
    section: str = ""

    @property
    def once(self) -> tuple[str, ...]:
        """What a record may have in only one of its parts."""
        return (*self.fields, self.section) if self.section else self.fields

    @property
    def whole(self) -> str:
        """The pattern, with that it may be left out."""
        return f"(?:{self.pattern}{GAP})?" if self.sometimes else self.pattern


class Shape:
    """One way of writing records, from its parts in order, no field in two of them."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        self.pattern = _pattern(self.parts)
        self._match = re.compile(self.pattern + "()").match
        # Fields the shape lacks are taken from the last group, which is always empty.
        fields = [field for part in self.parts for field in part.fields]
        groups = {field: group for group, field in enumerate(fields)}
        self._pick = itemgetter(*(groups.get(field, len(fields)) for field in PRINTED))
        self._codes = groups.get("characteristics", len(fields))

    def match(self, text: str, start: int, line: int) -> tuple[Record, int] | None:
        """The record that begins at start, and where it ends; None where the parser must decide."""
        found = self._match(text, start)
        if found is None or found.end() - start > LONGEST:
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


def _pattern(parts: Sequence[Part]) -> str:
    """Space is as it was found, but any where something may be left out."""
    written, loose, space = "", False, ""
    for part in parts:
        gap = GAP if loose or part.loose else re.escape(space)
        written += (gap if written else "") + part.whole
        loose, space = part.loose, part.space
    return written


def united(one: Shape, other: Shape) -> Shape | None:
    """A shape for the records of two, which leave out different elements; None where they differ in more than that."""
    parts: list[Part] = []
    matcher = SequenceMatcher(None, [part.pattern for part in one.parts], [part.pattern for part in other.parts], autojunk=False)
    for kind, first, last, first_other, last_other in matcher.get_opcodes():
        if kind == "equal":
            pairs = zip(one.parts[first:last], other.parts[first_other:last_other], strict=True)
            parts += [replace(mine, loose=True, sometimes=mine.sometimes or theirs.sometimes) for mine, theirs in pairs]
        else:
            apart = (*one.parts[first:last], *other.parts[first_other:last_other])
            if not all(part.may_lack for part in apart):
                return None
            parts += [replace(part, loose=True, sometimes=True) for part in apart]
    return shaped(parts)


def shaped(parts: Sequence[Part]) -> Shape | None:
    """The shape of these parts; None where two of them are the same field or section."""
    once = [name for part in parts for name in part.once]
    return Shape(parts) if len(set(once)) == len(once) else None


def _unwound(values: tuple[str, ...], together: str) -> tuple[str, ...] | None:
    """Values with their references resolved and without space around them; None where that needs a parser."""
    if ILLEGAL.search(together):
        return None
    if "&" in together:
        values = tuple(KNOWN_REFERENCE.sub("\0\\1", value) if "&" in value else value for value in values)
        if any("&" in value for value in values):
            return None
        values = tuple(_resolved(value) for value in values)
    return tuple(value.strip() for value in values)


def _resolved(value: str) -> str:
    return _MARKED.sub(lambda found: REFERENCES[found[1]], value) if "\0" in value else value


@lru_cache(maxsize=4096)
def _codes(printed: str) -> tuple[str, ...] | None:
    """The codes of a run of characteristics, as the learnt pattern lets it through."""
    if "&" in printed or ILLEGAL.search(printed):
        return None
    tokens = TOKEN.split(printed)
    texts = (tokens[place + 1] for place in range(1, len(tokens), 2) if _is_open_code(tokens[place]))
    return tuple(text.strip() for text in texts if text.strip())


def _is_open_code(tag: str) -> bool:
    found = TAG.fullmatch(tag)
    return found is not None and not found["end"] and not found["one"] and plain(found["name"]) == CODE
