"""A reading taken apart into pieces, each under a key that stays the same whatever is put right, and put together again.

The keys count the pieces of the tree as it was read, in its order: "s3" the third section, "a12" the twelfth action,
"m1" a measure, "u5" what was left unread, and "plan" for what is said of the plan as a whole. Corrections are kept by
these keys, so the way they are counted must never change.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from throughline.analytics.planreading.asjson import from_json, read_source
from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.references import Held, held_by
from throughline.analytics.planreading.tree import Plan
from throughline.analytics.planreading.words import known_by

Piece = dict[str, Any]
Change = dict[str, Any]  # {"path", "before", "after"}: of a field "a12.when", or of a whole piece "a12"
FRONT = "plan"
SECTION, ACTION, MEASURE, UNREAD = "section", "action", "measure", "unread"
OUT, JOINED = "out", "joined"  # why a piece is no longer in the tree; "" while it is
_LETTERS = {SECTION: "s", ACTION: "a", MEASURE: "m", UNREAD: "u"}
_OURS = ("what", "under", "place", "removed", "taken")  # of a piece, and not of the tree


@dataclass
class Pieces:
    """Every piece by its key. marks are the fields of each that were put right by hand, "" for a piece that was added.

    last is the number in the last key of each kind.
    """

    held: dict[str, Piece] = field(default_factory=dict)
    marks: dict[str, set[str]] = field(default_factory=dict)
    last: Counter[str] = field(default_factory=Counter)

    def of(self, what: str, under: str | None = None) -> list[tuple[str, Piece]]:
        """The pieces of a kind in their order, the removed ones too; under narrows them to those of one section."""
        found = [(key, piece) for key, piece in self.held.items() if piece["what"] == what and under in (None, piece["under"])]
        return sorted(found, key=lambda each: each[1]["place"])

    def sections(self, under: str = "", level: int = 1) -> Iterator[tuple[str, Piece, int]]:
        """The sections that are in the tree as it reads, each with its level."""
        for key, piece in self.of(SECTION, under):
            if not piece["removed"]:
                yield key, piece, level
                yield from self.sections(key, level + 1)

    def next_key(self, what: str) -> str:
        """A key that no piece of this kind has."""
        return f"{_LETTERS[what]}{self.last[what] + 1}"

    def put(self, key: str, piece: Piece) -> None:
        """Hold a piece under its key."""
        self.held[key] = piece
        self.last[piece["what"]] = max(self.last[piece["what"]], int(key[1:]))

    def last_place(self, what: str, under: str) -> float:
        """Where a new piece goes that comes after all others there."""
        return max((piece["place"] for _, piece in self.of(what, under)), default=0.0) + 1.0

    def apply(self, change: Change) -> None:
        """Make one change."""
        key, _, name = change["path"].partition(".")
        self.marks.setdefault(key, set()).add(name)
        if name:
            self.held[key][name] = deepcopy(change["after"])
        else:
            self.put(key, deepcopy(change["after"]))


def pieces_of(read: Mapping[str, Any], corrections: Iterable[Mapping[str, Any]] = ()) -> Pieces:
    """The pieces of a tree as as_json gives it, with the corrections that were not undone."""
    pieces = Pieces()
    plan = {name: deepcopy(read.get(name, {})) for name in ("title", "period", "organisations", "glossary")}
    pieces.held[FRONT] = _piece(FRONT, "", plan)
    _add_sections(pieces, read["sections"], "")
    for measure in read["measures"]:
        _add(pieces, MEASURE, _section_named(pieces, measure), measure)
    for each in read["unread"]:
        _add(pieces, UNREAD, "", each)
    for correction in corrections:
        if "undone_at" not in correction:
            for change in correction["changes"]:
                pieces.apply(change)
    return pieces


def _add_sections(pieces: Pieces, sections: Iterable[Mapping[str, Any]], under: str) -> None:
    for section in sections:
        key = _add(pieces, SECTION, under, {name: each for name, each in section.items() if name not in ("sections", "actions")})
        for action in section["actions"]:
            _add(pieces, ACTION, key, {**action, "rag": action["rag"] or ""})
        _add_sections(pieces, section["sections"], key)


def _add(pieces: Pieces, what: str, under: str, values: Mapping[str, Any]) -> str:
    key = pieces.next_key(what)
    pieces.put(key, _piece(what, under, deepcopy(dict(values)), float(key[1:])))
    return key


def _piece(what: str, under: str, values: Mapping[str, Any], place: float = 0.0) -> Piece:
    return {**values, "what": what, "under": under, "place": place, "removed": "", "taken": {}}


def blank(what: str, under: str, place: float) -> Piece:
    """A new piece with nothing in it, as somebody adds it by hand."""
    words = dict.fromkeys(_WORDS[what], "") | {name: [] for name in _LISTS[what]} | {"source": "", "fields": {}}
    return _piece(what, under, words | _OTHERS.get(what, {}), place)


_WORDS = {
    SECTION: ("number", "title"), ACTION: ("number", "text", "rag", "why"),
    MEASURE: ("number", "text", "cohort", "baseline", "target", "unit", "due", "direction", "status", "section"),
}
_OTHERS: dict[str, Piece] = {SECTION: {"kind": SECTION}, ACTION: {"when": None, "cost": None}}
_LISTS = {
    SECTION: ("leads", "impact", "success", "answers"), ACTION: ("steps", "owners", "milestones", "success", "cross_references"),
    MEASURE: ("trajectory", "notes"),
}


def _section_named(pieces: Pieces, measure: Mapping[str, Any]) -> str:
    """The section that a measure says it stands under; of several with one name, the last that begins before it."""
    if not measure.get("section"):
        return ""
    at, wanted = place_of(measure["source"]), known_by(measure["section"])
    named = [(key, piece) for key, piece in pieces.of(SECTION) if wanted in (known_by(piece["number"]), known_by(piece["title"]))]
    before = [key for key, piece in named if place_of(piece["source"]) <= at]
    return before[-1] if before else named[0][0] if named else ""


def place_of(source: str) -> tuple[int, ...]:
    """Where in its document a source stands, as numbers to sort by; a sheet's order is not known from its name."""
    read: Source = read_source(source)
    return read.page or 0, read.table or 0, read.row or 0, read.line or 0


def as_tree(pieces: Pieces) -> dict[str, Any]:
    """The tree that the pieces make, as as_json has it: without what was removed, and with what is still unread."""
    values = {name: deepcopy(pieces.held[FRONT][name]) for name in ("title", "period", "organisations", "glossary")}
    values["sections"] = [_section(pieces, key, piece) for key, piece in _there(pieces, SECTION, "")]
    values["measures"] = [_measure(pieces, piece) for _, piece in _there(pieces, MEASURE)]
    values["unread"] = [_bare(piece) for _, piece in pieces.of(UNREAD) if not piece["taken"]]
    _settle(values)
    return values


def tree_of(pieces: Pieces) -> Plan:
    """The same as a Plan."""
    return from_json(as_tree(pieces))


def in_tree(pieces: Pieces, key: str) -> bool:
    """Whether a piece and everything it stands under are still there."""
    piece = pieces.held[key]
    while not piece["removed"]:
        if piece["what"] == MEASURE or not piece["under"]:
            return True
        piece = pieces.held[piece["under"]]
    return False


def _there(pieces: Pieces, what: str, under: str | None = None) -> list[tuple[str, Piece]]:
    return [(key, piece) for key, piece in pieces.of(what, under) if not piece["removed"]]


def _bare(piece: Piece) -> dict[str, Any]:
    return {name: deepcopy(value) for name, value in piece.items() if name not in _OURS}


def _section(pieces: Pieces, key: str, piece: Piece) -> dict[str, Any]:
    actions = [_bare(action) | {"rag": action["rag"] or None} for _, action in _there(pieces, ACTION, key)]
    under = [_section(pieces, inner, each) for inner, each in _there(pieces, SECTION, key)]
    return _bare(piece) | {"sections": under, "actions": actions}


def _measure(pieces: Pieces, piece: Piece) -> dict[str, Any]:
    """A measure names its section as that is called now."""
    values = {name: value for name, value in _bare(piece).items() if name != "fields"}
    if piece["under"]:
        section = pieces.held[piece["under"]]
        called = [section["number"], section["title"]] if in_tree(pieces, piece["under"]) else [""]
        if known_by(piece["section"]) not in map(known_by, called):
            values["section"] = next((name for name in called if name), "")
    return values


def _settle(values: dict[str, Any]) -> None:
    """Say of every reference whether the tree as it is now holds what it names."""
    held = held_by(from_json(values))
    pending = list(values["sections"])
    while pending:
        section = pending.pop()
        pending += section["sections"]
        for answer in section.get("answers", []):
            answer["found"] = known_by(answer["target"]) in held.sections
        for reference in (each for action in section["actions"] for each in action["cross_references"]):
            kind = kind_named(reference["target"], held)
            reference |= {"kind": kind or reference["kind"], "found": bool(kind)}


def kind_named(target: str, held: Held) -> str:
    """What a reference names in a plan: "action", "section" or "measure"; "" where nothing there is called that."""
    if target.casefold() in held.actions:
        return ACTION
    known = known_by(target)
    return SECTION if known in held.sections else MEASURE if known in held.measures else ""
