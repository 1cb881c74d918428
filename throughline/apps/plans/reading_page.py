"""The source beside the result: what a reading's page shows of the document, of the tree, and of what ties the two."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from throughline.apps.plans.document_shown import Anchors, Block
from throughline.apps.plans.models import Reading
from throughline.apps.plans.reading_corrections import TAKEN_AS
from throughline.apps.plans.reading_pieces import (
    ACTION,
    FRONT,
    MEASURE,
    OUT,
    SECTION,
    UNREAD,
    Piece,
    Pieces,
    in_tree,
    pieces_of,
)
from throughline.apps.plans.reading_summary import KNOWN, NEW, NOBODY, Names, Summary, summary_of
from throughline.apps.plans.reading_words import LABELS, WAYS, by_words, called, typed
from throughline.apps.plans.timing import meaning

HEADED_BY = {
    SECTION: ("kind", "number", "title", "under"), ACTION: ("number", "text", "under"), MEASURE: ("number", "text", "under"),
}
_OWNERS = ("owners", "leads")
_REFERENCES = ("cross_references", "answers")
_WHO = {KNOWN: "", NEW: "", NOBODY: "Not known"}


@dataclass(frozen=True)
class Line:
    """One line of a field: its words, what they mean, and what is wrong with them."""

    text: str
    means: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Field:
    """A field of the result with the anchor of where it was read; corrected when somebody put it right by hand."""

    label: str
    anchor: str
    lines: list[Line]
    corrected: bool


@dataclass
class Entry:
    """One section, action or measure as the page shows it; hand says what somebody did to its heading."""

    key: str
    what: str
    name: str
    text: str
    anchor: str
    removed: str = ""
    hand: str = ""
    level: int = 1
    joinable: bool = False
    fields: list[Field] = field(default_factory=list)


@dataclass(frozen=True)
class Left:
    """A piece that was left unread, why, and what somebody made of it since."""

    key: str
    source: str
    anchor: str
    text: str
    why: str
    placed: str = ""
    into: str = ""


@dataclass
class Shown:
    """Everything a reading's page shows."""

    summary: Summary
    front: list[Field]
    entries: list[Entry]
    measures: list[Entry]
    unread: list[Left]
    placed: list[Left]
    source: list[Block]


def shown(reading: Reading) -> Shown:
    """The page of a reading as it stands now."""
    pieces, anchors = pieces_of(reading.read, reading.corrections), Anchors(reading.document)
    summary, meanings = summary_of(pieces, reading.area)
    tree = _Result(pieces, anchors, Names(reading.area, pieces.held[FRONT]["glossary"]), summary, meanings)
    left = [_left(pieces, anchors, key, piece) for key, piece in pieces.of(UNREAD)]
    entries, measures = list(tree.entries()), [tree.entry(key, piece) for key, piece in pieces.of(MEASURE)]
    source = _source(reading.document, anchors, _read_at(pieces, anchors))
    unread, placed = [each for each in left if not each.placed], [each for each in left if each.placed]
    return Shown(summary, tree.front(), entries, measures, unread, placed, source)


class _Result:
    """The tree as entries, each with its fields."""

    def __init__(self, pieces: Pieces, anchors: Anchors, names: Names, summary: Summary, meanings: Mapping[str, str]) -> None:
        self._pieces, self._anchors, self._names, self._meanings = pieces, anchors, names, meanings
        self._faults = {(each.key, each.words): each.why for each in summary.targets}
        self._missing = {(each.key, each.target) for each in summary.references}
        self._above: dict[str, bool] = {}

    def front(self) -> list[Field]:
        """What is said of the plan as a whole."""
        return [each for name in LABELS[FRONT] for each in self._field(FRONT, self._pieces.held[FRONT], name)]

    def entries(self, under: str = "", level: int = 1) -> Iterator[Entry]:
        """Sections and actions as the plan reads; what was taken out in its place, without what stands under it."""
        for key, piece in self._pieces.of(SECTION, under):
            yield self.entry(key, piece, level)
            if piece["removed"]:
                continue
            first = True
            for inner, action in self._pieces.of(ACTION, key):
                yield self.entry(inner, action, level, joinable=not first and not action["removed"])
                first = first and bool(action["removed"])
            yield from self.entries(key, level + 1)

    def entry(self, key: str, piece: Piece, level: int = 1, *, joinable: bool = False) -> Entry:
        """One piece with its fields."""
        marks = self._pieces.marks.get(key, set())
        hand = "Added by hand" if "" in marks else "Corrected" if marks & {*HEADED_BY[piece["what"]], "removed"} else ""
        made = Entry(key, piece["what"], called(key, piece), piece.get("title") or piece.get("text") or "",
                     self._anchors.of(piece["source"]), piece["removed"], hand, level, joinable)
        if not piece["removed"]:
            names = [name for name in LABELS[piece["what"]] if name not in HEADED_BY[piece["what"]]]
            made.fields = [each for name in names for each in self._field(key, piece, name)]
        if piece["what"] == MEASURE and not piece["removed"]:
            made.fields += self._of_measure(key, piece)
        return made

    def _of_measure(self, key: str, piece: Piece) -> Iterator[Field]:
        """What its target means, or why it cannot be judged; and the section that it stands under."""
        fault = next((why for (held, _), why in self._faults.items() if held == key), "")
        read = Line(self._meanings.get(key, ""), fault=f"Cannot be judged: {fault}" if fault else "")
        yield Field("Read as", "", [read], False)
        section = self._pieces.held.get(piece["under"])
        if section and in_tree(self._pieces, piece["under"]):
            yield Field("Under", "", [Line(called(piece["under"], section))], "under" in self._pieces.marks.get(key, ()))

    def _field(self, key: str, piece: Piece, name: str) -> Iterator[Field]:
        corrected = name in self._pieces.marks.get(key, ())
        lines = self._lines(key, name, piece[name])
        if lines or corrected:
            at = piece.get("fields", {}).get(name) or piece.get("source", "")
            yield Field(LABELS[piece["what"]][name], self._anchors.of(at), lines or [Line("Nothing")], corrected)

    def _lines(self, key: str, name: str, value: Any) -> list[Line]:
        if name in _OWNERS:
            return [self._owner(each) for each in value]
        if name in _REFERENCES:
            return [self._reference(key, words, named) for words, named in by_words(value).items()]
        if name == "when" and value:
            said = meaning(value)
            return [Line(value["printed"], said if said.casefold() != value["printed"].casefold() else "",
                         "" if value["understood"] else "Not understood")]
        if name == "cost" and value:
            return [Line(value["printed"], "; ".join(_amount(each) for each in value["amounts"]))]
        text = WAYS.get(value, value) if name == "direction" else typed(name, value)
        return [Line(line) for line in text.split("\n") if line]

    def _reference(self, key: str, words: str, named: Iterable[Mapping[str, Any]]) -> Line:
        """A mention with what it names, where that is several things, and which of them the plan does not hold."""
        targets = [each["target"] for each in named]
        missing = [target for target in targets if (key, target) in self._missing]
        several = len(targets) > 1
        return Line(words, ", ".join(targets) if several else "",
                    f"{', '.join(missing)} not found" if missing and several else "Not found" if missing else "")

    def _owner(self, owner: Mapping[str, str]) -> Line:
        means = owner["name"] if owner["name"] and owner["name"] not in owner["printed"] else ""
        return Line(owner["printed"], means, _WHO[self._names.whom(owner)])


def _amount(each: Mapping[str, Any]) -> str:
    source = f"from {each['source']}" if each["source"] else ""
    return " ".join(part for part in (f"£{each['pounds']:,}", each["basis"], source) if part)


def _left(pieces: Pieces, anchors: Anchors, key: str, piece: Piece) -> Left:
    taken = piece["taken"]
    made = Left(key, piece["source"], anchors.of(piece["source"]), piece["text"], piece["why"])
    if not taken:
        return made
    into = called(taken["into"], pieces.held[taken["into"]]) if taken["into"] else ""
    said = f"{TAKEN_AS[taken['as']]}: {taken['why']}" if taken["why"] else TAKEN_AS[taken["as"]]
    return Left(made.key, made.source, made.anchor, made.text, made.why, said, into)


def _read_at(pieces: Pieces, anchors: Anchors) -> dict[str, list[tuple[str, str]]]:
    """What was read where: the key and the name of every piece, by the anchors of its source and its fields."""
    found: dict[str, dict[str, str]] = {}
    for key, piece in pieces.held.items():
        if piece["what"] == FRONT or piece["removed"] == OUT:
            continue
        name = "Placed by hand" if piece["taken"] else "Left unread" if piece["what"] == UNREAD else called(key, piece)
        for source in (piece["source"], *piece.get("fields", {}).values()):
            if source:
                found.setdefault(anchors.of(source), {})[key] = name
    return {anchor: list(named.items()) for anchor, named in found.items()}


def _source(document: Iterable[Block], anchors: Anchors, read_at: Mapping[str, list[tuple[str, str]]]) -> list[Block]:
    """The document's blocks with their anchors, each used once, and the links to what was read there."""
    seen: set[str] = set()

    def placed(block: Block) -> Block:
        anchor = anchors.of(block["source"])
        if anchor in seen:
            return {**block, "anchor": "", "reads": []}
        seen.add(anchor)
        return {**block, "anchor": anchor, "reads": read_at.get(anchor, [])}

    return [placed(block) | ({"rows": [placed(row) for row in block["rows"]]} if "rows" in block else {}) for block in document]


def words_at(document: Iterable[Block], source: str) -> list[str]:
    """What stands in the document where something was read: a text, or the cells of a row; nothing where that is not known."""
    if not source:
        return []
    anchors = Anchors(document)
    wanted = anchors.of(source)
    for block in document:
        for each in (block, *block.get("rows", ())):
            if anchors.of(each["source"]) == wanted and "rows" not in each:
                return [cell for cell in each.get("cells", [each.get("text", "")]) if cell.strip()]
    return []
