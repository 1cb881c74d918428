"""What each way of putting a reading right changes in its pieces: worked out here, kept and undone by actions/reading.py."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from throughline.analytics.planreading.references import held_by
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans.reading_pieces import (
    ACTION,
    FRONT,
    JOINED,
    MEASURE,
    OUT,
    SECTION,
    Change,
    Pieces,
    blank,
    in_tree,
    tree_of,
)
from throughline.apps.plans.reading_words import LABELS, Around, called, typed, understood

_LISTED = ("steps", "owners", "milestones", "success", "cross_references")


def edited(pieces: Pieces, key: str, texts: Mapping[str, str]) -> list[Change]:
    """The fields of a piece whose boxes say something else than before. under is the key of the section to stand in."""
    piece, around = pieces.held[key], around_of(pieces)
    changes = []
    for name, text in texts.items():
        if name != "under" and _same(typed(name, piece[name]), text):
            continue
        if name != "under":
            changes.append(_change(pieces, key, name, understood(name, text, piece[name], around)))
        elif text != piece["under"]:
            changes += _moved(pieces, key, text)
    return changes


def _same(held: str, text: str) -> bool:
    return held.split("\n") == [line.strip() for line in text.replace("\r\n", "\n").strip().split("\n")]


def around_of(pieces: Pieces) -> Around:
    """What the plan as it is now knows: its codes, its period, what can be referred to."""
    front = pieces.held[FRONT]
    return Around(front["glossary"], front["period"], held_by(tree_of(pieces)))


def _change(pieces: Pieces, key: str, name: str, after: Any) -> Change:
    return {"path": f"{key}.{name}", "before": deepcopy(pieces.held[key][name]), "after": after}


def _moved(pieces: Pieces, key: str, under: str) -> list[Change]:
    """To the end of another section. Raises RefusedError for a section put beneath itself, or one that is not there."""
    piece = pieces.held[key]
    _refuse_no_section(pieces, piece["what"], under)
    if piece["what"] == SECTION and _beneath(pieces, under, key):
        raise RefusedError("A section cannot stand beneath itself", "under")
    changes = [_change(pieces, key, "under", under)]
    if piece["what"] == MEASURE:
        section = pieces.held.get(under)
        return [*changes, _change(pieces, key, "section", (section["number"] or section["title"]) if section else "")]
    return [*changes, _change(pieces, key, "place", pieces.last_place(piece["what"], under))]


def _beneath(pieces: Pieces, inner: str, outer: str) -> bool:
    while inner:
        if inner == outer:
            return True
        inner = pieces.held[inner]["under"]
    return False


def added(pieces: Pieces, what: str, texts: Mapping[str, str], *, place: float | None = None, source: str = "") -> list[Change]:
    """A new piece after all others of its section, or at a place between two; source is where its words were read."""
    under = texts.get("under", "")
    _refuse_no_section(pieces, what, under)
    key = pieces.next_key(what)
    piece = blank(what, under, pieces.last_place(what, under) if place is None else place) | {"source": source}
    pieces.held[key] = piece  # for the length of this question, so that what is typed is understood among the others
    try:
        after, around = deepcopy(piece), around_of(pieces)
        for name in LABELS[what]:
            if name != "under" and name in texts:
                after[name] = texts[name] if name == "kind" else understood(name, texts[name], after[name], around)
    finally:
        del pieces.held[key]
    if what == MEASURE and under:
        after["section"] = pieces.held[under]["number"] or pieces.held[under]["title"]
    return [{"path": key, "before": None, "after": after}]


def _refuse_no_section(pieces: Pieces, what: str, under: str) -> None:
    """Raises RefusedError for what is no section of the plan; only an action must have one."""
    there = under in pieces.held and pieces.held[under]["what"] == SECTION and in_tree(pieces, under)
    if under and not there or what == ACTION and not under:
        raise RefusedError("Choose a section that is still in the plan", "under")


def removed(pieces: Pieces, key: str) -> list[Change]:
    """A piece that is no part of the plan. Raises RefusedError for one that is out already."""
    if pieces.held[key]["removed"]:
        raise RefusedError("That was taken out already")
    return [_change(pieces, key, "removed", OUT)]


def restored(pieces: Pieces, key: str) -> list[Change]:
    """A piece that was taken out, back where it stood."""
    if pieces.held[key]["removed"] != OUT:
        raise RefusedError("That is in the plan already, or was joined to another: undo the corrections since")
    return [_change(pieces, key, "removed", "")]


def split(pieces: Pieces, key: str, *, first: str, number: str, second: str, steps: Iterable[int] = ()) -> list[Change]:
    """An action made two: the second comes straight after, with these of its steps and with the same owners and time."""
    piece, chosen = pieces.held[key], set(steps)
    after = deepcopy(piece) | {
        "number": number.strip(), "text": " ".join(second.split()), "place": _place_after(pieces, key), "milestones": [],
        "cost": None, "success": [], "cross_references": [], "rag": "",
        "steps": [step for place, step in enumerate(piece["steps"]) if place in chosen],
    }
    changes = [{"path": pieces.next_key(ACTION), "before": None, "after": after}]
    if " ".join(first.split()) != piece["text"]:
        changes.append(_change(pieces, key, "text", " ".join(first.split())))
    if chosen:
        kept = [step for place, step in enumerate(piece["steps"]) if place not in chosen]
        changes.append(_change(pieces, key, "steps", kept))
    return changes


def _place_after(pieces: Pieces, key: str) -> float:
    """Half way to the next of its section."""
    piece = pieces.held[key]
    later = [each["place"] for _, each in pieces.of(piece["what"], piece["under"]) if each["place"] > piece["place"]]
    return (piece["place"] + (later[0] if later else piece["place"] + 2.0)) / 2


def above(pieces: Pieces, key: str) -> str:
    """The action straight before one in its section; "" where it is the first."""
    piece = pieces.held[key]
    earlier = [each for each, other in pieces.of(ACTION, piece["under"])
               if other["place"] < piece["place"] and not other["removed"]]
    return earlier[-1] if earlier else ""


def joined(pieces: Pieces, key: str) -> list[Change]:
    """An action that is the rest of the one above it: every word of both is kept. Raises RefusedError for the first."""
    upper_key = above(pieces, key)
    if not upper_key or pieces.held[key]["removed"]:
        raise RefusedError("There is no action above it in its section")
    upper, lower, around = pieces.held[upper_key], pieces.held[key], around_of(pieces)
    words = [upper["text"], lower["number"] if upper["number"] else "", lower["text"]]
    together: dict[str, Any] = {"text": " ".join(word for word in words if word)}
    together |= {name: upper[name] + [each for each in lower[name] if each not in upper[name]] for name in _LISTED}
    for name, between in (("number", ""), ("rag", "; "), ("why", " ")):
        together[name] = upper[name] if not lower[name] or name == "number" and upper[name] else (
            between.join(filter(None, (upper[name], lower[name]))))
    for name in ("when", "cost"):
        said = [typed(name, each[name]) for each in (upper, lower) if each[name]]
        together[name] = upper[name] if len(set(said)) < 2 and upper[name] else understood(name, "; ".join(said), None, around)
    changes = [_change(pieces, upper_key, name, value) for name, value in together.items() if value != upper[name]]
    return [*changes, _change(pieces, key, "removed", JOINED)]


TAKEN_AS = {
    "action": "An action", "step": "A step of an action", "success": "A success criterion",
    "impact": "What difference a section will make", "measure": "A measure",
    "nothing": "Nothing to place: no part of the plan, or in its place already",
}
_GOES_IN = {"action": (SECTION,), "step": (ACTION,), "success": (ACTION, SECTION), "impact": (SECTION,), "measure": (SECTION, "")}
_FIELDS = {"step": "steps", "success": "success", "impact": "impact"}


def taken(pieces: Pieces, key: str, *, taken_as: str, into: str, text: str, why: str = "") -> list[Change]:
    """What was left unread, put where it belongs, or said to be no part of the plan and why. Raises RefusedError."""
    if pieces.held[key]["taken"]:
        raise RefusedError("That was placed already")
    settled = _change(pieces, key, "taken", {"as": taken_as, "into": into, "why": why})
    if taken_as == "nothing":
        if not why.strip():
            raise RefusedError("Say why there is nothing to place", "why")
        return [settled]
    _refuse_elsewhere(pieces, taken_as, into, text)
    if taken_as in _FIELDS:
        name = _FIELDS[taken_as]
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        return [_change(pieces, into, name, pieces.held[into][name] + lines), settled]
    made = added(pieces, taken_as, {"under": into, "text": " ".join(text.split())}, source=pieces.held[key]["source"])
    settled["after"]["into"] = made[0]["path"]
    return [*made, settled]


def _refuse_elsewhere(pieces: Pieces, taken_as: str, into: str, text: str) -> None:
    """Raises RefusedError for words that are gone, or a place where such a thing cannot stand."""
    if not text.strip():
        raise RefusedError("Leave the words that are to be placed", "text")
    what = pieces.held[into]["what"] if into in pieces.held else ""
    if what not in _GOES_IN[taken_as] or into and not in_tree(pieces, into):
        places = " or ".join({SECTION: "a section", ACTION: "an action"}[each] for each in _GOES_IN[taken_as] if each)
        raise RefusedError(f"Choose {places} for it to go in", "into")


def told(pieces: Pieces, did: str, changes: Sequence[Change]) -> str:
    """A correction in a sentence: "Changed when and cost of action 1.2"; did is the sentence's beginning where it is set."""
    key, _, name = changes[0]["path"].partition(".")
    named = called(key, pieces.held.get(key) or changes[0]["after"])
    if did or not name:
        return f"{did} {named[0].lower()}{named[1:]}".strip()
    fields = [label.lower() for label in dict.fromkeys(_label(pieces, change["path"]) for change in changes) if label]
    return f"Changed {' and '.join(filter(None, (', '.join(fields[:-1]), fields[-1])))} of {named[0].lower()}{named[1:]}"


def _label(pieces: Pieces, path: str) -> str:
    key, _, name = path.partition(".")
    return LABELS[pieces.held[key]["what"]].get(name, "")
