"""Learns the shape of records from one that the parser has read.

A supplier's system writes every record in the same way: the same elements in the same order, with the same attributes
and the same space between them. What one record shows is enough to read the next at a stroke.
"""

import re
from collections.abc import Iterator

from throughline.analytics.formats.nccis.record import WITHDRAWN
from throughline.analytics.formats.nccis.shape import ATTRIBUTE, GAP, TAG, TOKEN, Part, Shape, shaped
from throughline.analytics.formats.nccis.tags import CODE, CODES, CONTAINERS, LEAVES, RECORD, SPACE, YEARS, field_of, plain

_GUARANTEE = "septemberguarantee"
_ILLEGAL = r"\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
# A value that is read past: nothing in it would stop the parser or be noted by it.
_PASSED = f"[^<>&{_ILLEGAL}]*+"
_PASSED_OVER = f"{_PASSED}(?:&(?:amp|lt|gt|quot|apos);{_PASSED})*+"


class _IrregularError(Exception):
    """Raised where a record is written in no regular way."""


def learn(record: str) -> Shape | None:
    """The shape of a record, from its first character to its last; None where it is written in no regular way."""
    tokens = TOKEN.split(record)
    if tokens[0] or tokens[-1]:
        return None
    try:
        return shaped(list(_Lesson(tokens).parts()))
    except _IrregularError:
        return None


class _Lesson:
    """Walks the tokens of one record: text at even places, tags at odd ones."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._one_tag = any(token.endswith("/>") for token in tokens[1::2])
        self._open: list[str] = []
        attributes = (found for token in tokens[1::2] for found in ATTRIBUTE.finditer(token))
        self._nil = next((_may_lack(found) for found in attributes if _is_nil(found)), "")

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
            elif name not in CONTAINERS and self._holds_a_value(place, tag):
                end = place + (2 if tag["one"] else 4)
                pattern, fields = self._leaf(place, tag, name, "")
                yield Part(pattern, self._tokens[end - 1], fields, may_lack=True)
            else:
                end = place + 2
                yield from self._container(tag, name, self._tokens[end - 1])
            place = end
        if self._open:
            raise _IrregularError

    def _tag(self, place: int) -> tuple[re.Match[str], str]:
        """A tag and its plain name; no words may stand between the parts that are known."""
        tag = TAG.fullmatch(self._tokens[place]) if place < len(self._tokens) else None
        if tag is None or (tag["end"] and (tag["attributes"] or tag["one"])):
            raise _IrregularError
        name = plain(tag["name"])
        if self._tokens[place + 1].strip(SPACE) and name in CONTAINERS:
            raise _IrregularError
        return tag, name

    def _holds_a_value(self, place: int, tag: re.Match[str]) -> bool:
        following = self._tokens[place + 2] if place + 2 < len(self._tokens) else ""
        return not tag["end"] and (bool(tag["one"]) or following.startswith("</"))

    def _leaf(self, place: int, tag: re.Match[str], name: str, year: str) -> tuple[str, tuple[str, ...]]:
        """The pattern of an element with a value, and the field of its group if it has one.

        The value of an element that is not known is passed over: the parser has noted its name by now.
        """
        field = field_of(name, year)
        known = name in CONTAINERS or name in LEAVES - WITHDRAWN
        if tag["end"] or (field is None and known):
            raise _IrregularError
        opening, closing = f"<{re.escape(tag['name'])}{self._attributes(tag)}", f"</{tag['name']}>"
        space = ""
        if not tag["one"]:
            ending, _ = self._tag(place + 2)
            if not ending["end"] or ending["name"] != tag["name"]:
                raise _IrregularError
            space, closing = tag["space"], ending[0]
        value = _PASSED_OVER if field is None else "([^<]*+)"
        rest = f"{re.escape(space)}>{value}{re.escape(closing)}"
        if self._one_tag:  # what is empty may be one tag where the record writes anything so
            rest = f"(?:{rest}|{GAP}/>)"
        return opening + rest, (field,) if field else ()

    def _attributes(self, tag: re.Match[str]) -> str:
        """The pattern of a tag's attributes: of these names, with any value that the parser would pass over.

        What is empty may be said to be nil where the record says so of anything.
        """
        found = list(ATTRIBUTE.finditer(tag["attributes"]))
        written = "".join(_may_lack(each) if _is_nil(each) else _attribute(each) for each in found)
        return written if any(_is_nil(each) for each in found) else written + self._nil

    def _written(self, tag: re.Match[str]) -> str:
        """The pattern of a tag as it stands."""
        if tag["end"]:
            return re.escape(tag[0])
        return f"<{re.escape(tag['name'])}{self._attributes(tag)}{re.escape(tag['space'] + tag['one'])}>"

    def _container(self, tag: re.Match[str], name: str, space: str) -> Iterator[Part]:
        if name in LEAVES or (name == RECORD and tag["one"]):
            raise _IrregularError
        if tag["end"]:
            if not self._open or self._open.pop() != tag["name"]:
                raise _IrregularError
        elif not tag["one"]:
            self._open.append(tag["name"])
        section = "" if tag["end"] or name not in CONTAINERS else name
        if name != _GUARANTEE:
            yield Part(self._written(tag), space, section=section)
            return
        # The guarantee may be empty, and be written as one tag then.
        opening = f"<{re.escape(tag['name'])}{self._attributes(tag)}"
        if not tag["end"]:
            yield Part(f"(?:{opening}{GAP}/>|{opening}>", space, loose=True, section=section)
        if tag["one"] or tag["end"]:
            yield Part(f"</{re.escape(tag['name'])}>)", space, loose=True)

    def _year(self, place: int, tag: re.Match[str], name: str) -> tuple[Part, int]:
        """A block of the guarantee, which may be left out as a whole, and where it ends."""
        if tag["end"] or tag["one"]:
            raise _IrregularError
        pattern, fields, place = self._written(tag), list[str](), place + 2
        while True:
            inner, within = self._tag(place)
            if within == name and inner["end"]:
                whole = f"(?:{pattern}{GAP}{re.escape(inner[0])})?"
                return Part(whole, self._tokens[place + 1], tuple(fields), True, may_lack=True, section=name), place + 2
            written, of_group = self._leaf(place, inner, within, name)
            pattern, fields = f"{pattern}{GAP}{written}", [*fields, *of_group]
            place += 2 if inner["one"] else 4

    def _end_of_codes(self, place: int) -> int:
        while place < len(self._tokens):
            tag = TAG.fullmatch(self._tokens[place])
            if tag is None or plain(tag["name"]) not in (CODES, CODE):
                break
            if self._tokens[place + 1].strip(SPACE) and (tag["end"] or tag["one"] or plain(tag["name"]) == CODES):
                raise _IrregularError
            place += 2
        return place

    def _run_of_codes(self, tag: re.Match[str]) -> str:
        """Any number of characteristics, in blocks of their own or in one."""
        prefix = re.escape(tag["name"][: -len(tag["local"])])
        (outer, of_outer), (inner, of_inner) = self._spelt(CODES), self._spelt(CODE)
        leaf = f"<{prefix}{inner}{of_inner}(?:>[^<]*+</{prefix}{inner}>|{GAP}/>)"
        block = f"<{prefix}{outer}{of_outer}(?:>(?:{GAP}{leaf})*{GAP}</{prefix}{outer}>|{GAP}/>)"
        return f"((?:(?:{block}|{leaf}){GAP})*)"

    def _spelt(self, name: str) -> tuple[str, str]:
        """An element's name and attributes as this record spells them; as the department does where it has none."""
        for token in self._tokens[1::2]:
            tag = TAG.fullmatch(token)
            if tag is not None and tag["local"].lower() == name:
                return re.escape(tag["local"]), self._attributes(tag)
        return "Characteristics" if name == CODES else "CharacteristicCode", self._nil


def _attribute(found: re.Match[str]) -> str:
    quote = found["quote"]
    return f"{re.escape(found['word'])}{quote}[^{quote}<>&{_ILLEGAL}]*+{quote}"


def _may_lack(found: re.Match[str]) -> str:
    return f"(?:{_attribute(found)})?"


def _is_nil(found: re.Match[str]) -> bool:
    return plain(found["word"].partition("=")[0].strip(SPACE)) == "nil"
