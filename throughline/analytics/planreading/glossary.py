"""What a document says its own initials and codes stand for."""

import re
from collections.abc import Iterator

from throughline.analytics.planreading.document import Block, Document, Heading, Paragraph, Table
from throughline.analytics.planreading.vocabulary import Templates
from throughline.analytics.planreading.words import is_debris, known_by, lines, plain

_IN_BRACKETS = re.compile(r"[(\[]([A-Z][A-Za-z]{1,6})[)\]]")
_CODE = r"[A-Z][A-Z&]{1,6}"
_CODE_FIRST = re.compile(rf"({_CODE})\s*(?:[-–=:]\s*)?\s(.+)")
_SMALL = {"of", "the", "and", "for", "in", "to", "a", "&"}


def read_glossary(document: Document, templates: Templates) -> dict[str, str]:
    """Codes with what they stand for: from a list headed as one, and from names with their initials in brackets."""
    found: dict[str, str] = {}
    for text in _texts(document):
        for code, name in _defined_in(text):
            found.setdefault(code, name)
    for block in glossary_blocks(document, templates):
        for code, meaning in _listed(block):
            found[code] = meaning
    return found


def glossary_blocks(document: Document, templates: Templates) -> list[Block]:
    """The paragraphs and tables under a heading that says they are a glossary."""
    inside, found = False, []
    headings = templates.words("sections", "parts", "glossary")
    for block in document.blocks:
        if not isinstance(block, Table) and known_by(block.text) in headings:
            inside = True
        elif isinstance(block, Heading) and not (inside and block.level == 0 and _CODE_FIRST.fullmatch(block.text)):
            inside = False
        elif inside:
            found.append(block)
            continue
        if inside and isinstance(block, Heading) and _CODE_FIRST.fullmatch(block.text):
            found.append(block)
    return found


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (line for row in block.rows for cell in row.cells for line in lines(cell))
        else:
            yield block.text


def _defined_in(text: str) -> Iterator[tuple[str, str]]:
    """Names followed by their own initials in brackets: "Multi Academy Trust (MAT)"."""
    for found in _IN_BRACKETS.finditer(text):
        before = re.findall(r"[^\s/,;()\[\]]+", re.split(r"[/,;()\[\]]", text[:found.start()])[-1])
        letters = found.group(1).upper()
        for count in range(2, min(len(before), len(letters) + 3) + 1):
            name = before[-count:]
            if name[0][:1].isupper() and _initials(name) == letters:
                yield found.group(1), " ".join(name)
                break


def _initials(words: list[str]) -> str:
    parts = [part for word in words if word not in _SMALL for part in word.split("-") if not part.isdigit()]
    return "".join(part[:1] for part in parts).upper()


def _listed(block: Block) -> Iterator[tuple[str, str]]:
    if isinstance(block, Table):
        for row in block.rows:
            cells = [plain(cell) for cell in row.cells if plain(cell)]
            if len(cells) == 2 and re.fullmatch(_CODE, cells[0]) and not is_debris(cells[1]):
                yield cells[0], cells[1]
        return
    assert isinstance(block, Heading | Paragraph)
    found = _CODE_FIRST.fullmatch(block.text)
    if found:
        yield from _several(found.group(1), found.group(2))


def _several(code: str, meaning: str) -> Iterator[tuple[str, str]]:
    """One entry, or two that a converter has put on one line: the second's code is the initials of what follows it."""
    for inner in re.finditer(rf"\s({_CODE})\s+(.+)", meaning):
        following = inner.group(2).split()
        if any(_initials(following[:count]) == inner.group(1) for count in range(2, len(following) + 1)):
            yield code, plain(meaning[:inner.start()])
            yield from _several(inner.group(1), inner.group(2))
            return
    yield code, plain(meaning)
