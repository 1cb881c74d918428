"""What was understood of a reading, counted; and what somebody should look at before it is accepted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from throughline.analytics.targets.language import NotUnderstood, Target
from throughline.analytics.targets.say import say
from throughline.apps.indicators.actions.changing import RefusedChangeError
from throughline.apps.indicators.actions.series import read_cells, understand
from throughline.apps.indicators.meaning import unit_of
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.models import Party, PartyCode
from throughline.apps.plans.reading_corrections import around_of
from throughline.apps.plans.reading_pieces import ACTION, FRONT, SECTION, UNREAD, Piece, Pieces, in_tree, kind_named
from throughline.apps.plans.reading_words import called
from throughline.apps.plans.timing import NOT_UNDERSTOOD, meaning

KNOWN, NEW, NOBODY = "known", "new", "nobody"


@dataclass(frozen=True)
class Doubt:
    """One thing to look at: the key of the piece it is in, what that is called, the words at fault and why.

    target is what a reference names, "" for anything else.
    """

    key: str
    name: str
    words: str
    why: str
    target: str = ""


@dataclass
class Summary:
    """How many of each thing there are, and the doubts of each sort; unread are the pieces still to be placed."""

    sections: int = 0
    actions: int = 0
    steps: int = 0
    measures: int = 0
    owners: int = 0
    resolved: int = 0
    no_owner: int = 0
    codes: dict[str, list[Doubt]] = field(default_factory=dict)
    dates: list[Doubt] = field(default_factory=list)
    references: list[Doubt] = field(default_factory=list)
    targets: list[Doubt] = field(default_factory=list)
    orphans: list[Doubt] = field(default_factory=list)
    unread: int = 0
    placed: int = 0


class Names:
    """Whom the directory knows, asked once for a whole reading; glossary holds the plan's own codes."""

    def __init__(self, area: str, glossary: Mapping[str, str]) -> None:
        self._glossary = glossary
        names = Party.objects.filter(area=area).values_list("name", flat=True)
        codes = PartyCode.objects.filter(area=area).values_list("code", flat=True)
        self._held = {name.casefold() for name in (*names, *codes)}

    def whom(self, owner: Mapping[str, str]) -> str:
        """KNOWN to the directory, NEW where it will be added to it, NOBODY where only the printed words will be kept."""
        code, name = owner["code"], self.name_of(owner)
        if code.casefold() in self._held or name and name.casefold() in self._held:
            return KNOWN
        return NEW if name and (owner["kind"] or code) else NOBODY

    def name_of(self, owner: Mapping[str, str]) -> str:
        """The name behind an owner; "" for a code that the plan does not explain."""
        code = owner["code"]
        return " ".join((owner["name"] or self._glossary.get(code, "") or ("" if code else owner["printed"])).split())


def summary_of(pieces: Pieces, area: str) -> tuple[Summary, dict[str, str]]:
    """What is to be said of a reading, and the meaning of every measure's target by its key."""
    found, there = Summary(), [each for each in pieces.held.items() if in_tree(pieces, each[0])]
    names = Names(area, pieces.held[FRONT]["glossary"])
    held = around_of(pieces).held
    meanings = {}
    for key, piece in there:
        match piece["what"]:
            case "section":
                found.sections += 1
                _owners(found, key, piece, piece["leads"], names)
                found.references += _broken(key, piece, piece["answers"], held, {SECTION})
            case "action":
                _action(found, key, piece, names, held)
            case "measure":
                found.measures += 1
                meanings[key], doubt = _target(key, piece)
                found.targets += [doubt] if doubt else []
    unread = [piece for _, piece in pieces.of(UNREAD)]
    found.placed = sum(bool(piece["taken"]) for piece in unread)
    found.unread = len(unread) - found.placed
    found.orphans = list(_orphans(pieces))
    return found, meanings


def _action(found: Summary, key: str, piece: Piece, names: Names, held: Any) -> None:
    found.actions += 1
    found.steps += len(piece["steps"])
    found.no_owner += not piece["owners"]
    _owners(found, key, piece, piece["owners"], names)
    said = meaning(piece["when"] or {})
    if piece["when"] and (said == NOT_UNDERSTOOD or not piece["when"]["understood"]):
        found.dates.append(Doubt(key, called(key, piece), piece["when"]["printed"], said))
    found.references += _broken(key, piece, piece["cross_references"], held, None)


def _owners(found: Summary, key: str, piece: Piece, owners: Iterable[Mapping[str, str]], names: Names) -> None:
    for owner in owners:
        found.owners += 1
        if names.whom(owner) != NOBODY:
            found.resolved += 1
            continue
        why = "Nobody knows this code" if owner["code"] else "Not known as a person, a post or an organisation"
        doubt = Doubt(key, called(key, piece), owner["printed"], why)
        found.codes.setdefault(owner["code"] or owner["printed"], []).append(doubt)


def _broken(key: str, piece: Piece, references: Iterable[Mapping[str, Any]], held: Any, only: set[str] | None) -> Iterator[Doubt]:
    for each in references:
        kind = kind_named(each["target"], held)
        if (kind not in only if only else not kind and each["kind"] != "plan"):
            why = f"Nothing in the plan is called {each['target']}"
            yield Doubt(key, called(key, piece), each["printed"], why, each["target"])


def _target(key: str, piece: Piece) -> tuple[str, Doubt | None]:
    """A measure's target in words, or why it cannot be judged; read as the register will read it."""
    read = target_of(piece)
    if isinstance(read, NotUnderstood):
        return "", Doubt(key, called(key, piece), piece["target"] or piece["text"], read.why)
    return say(read), None


def target_of(piece: Piece) -> Target | NotUnderstood:
    """The target that a measure promises by its words, its table or its title."""
    indicator = Indicator(title=piece["text"], cohort=piece["cohort"], unit=unit_of(piece["unit"]), due_printed=piece["due"],
                          target_words=piece["target"], baseline_printed=piece["baseline"])
    try:
        return understand(indicator, read_cells(indicator, piece["trajectory"]))
    except RefusedChangeError as error:
        return NotUnderstood(piece["target"], str(error), "")


def newcomers(pieces: Pieces, area: str) -> list[str]:
    """Those whom accepting a reading adds to the directory, by name, each once."""
    names, found = Names(area, pieces.held[FRONT]["glossary"]), set()
    for key, piece in pieces.held.items():
        if in_tree(pieces, key):
            named = (*piece.get("owners", ()), *piece.get("leads", ()))
            found |= {names.name_of(owner) for owner in named if names.whom(owner) == NEW}
    return sorted(found, key=str.casefold)


def _orphans(pieces: Pieces) -> Iterator[Doubt]:
    """What stands in a section that was taken out, and so goes with it; a measure does not."""
    for what in (SECTION, ACTION):
        for key, piece in pieces.of(what):
            if not piece["removed"] and not in_tree(pieces, key):
                yield Doubt(key, called(key, piece), "", "Its section was taken out")
