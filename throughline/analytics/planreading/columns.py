"""Which column is which: by the meaning of its heading, and, row by row, by what stands in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from throughline.analytics.planreading.costs import is_amount, speaks_of_cost
from throughline.analytics.planreading.dates import says_a_time
from throughline.analytics.planreading.owners import names_owners
from throughline.analytics.planreading.tree import SectionKind
from throughline.analytics.planreading.vocabulary import Templates
from throughline.analytics.planreading.words import is_debris, known_by, plain

ACTION_NUMBER = re.compile(r"(?:KPI\s*)?[A-Z]{0,3}\d{1,3}(?:[.:]\d{1,3}){0,3}[.):]?[a-zA-Z]?[.)]?", re.IGNORECASE)
SECTION_ROLES: tuple[SectionKind, ...] = ("recommendation", "priority", "section", "objective", "theme")
# Columns whose contents say what they are; the others hold words of any kind.
_TOLD_BY_CONTENT = frozenset({"number", "owner", "when", "cross_references", "rag"})
_WORDS = frozenset({"action", "steps", "why", "milestones", "success", "cost", "update", "owner_when", *SECTION_ROLES})
_LONGEST_HEADING = 8  # words
_LONGEST_CELL = 150  # letters of a heading
_PLAIN = 1.4  # how well a cell fits a role that it says by itself
_TURNED = 2.0  # how much better a row must fit with its owner and its time in each other's places
_WIDEST = 30  # columns; in a wider table a cell stays where it stands
_YEAR = re.compile(
    r"(?P<kind>target\s+|direction\s+)?(?P<years>(?:19|20)\d{2}(?:\s*[-–/]\s*(?:\d{2}|(?:19|20)\d{2}))?)", re.IGNORECASE)
_LEVEL = re.compile(r"part level (\d)")  # a section named row by row, by how deep it stands
_YEAR_KINDS = {"": "trajectory", "target": "target", "direction": "arrow"}
DASHES = ("–", "—", "-")  # for what a row does not have, where an empty cell would say something else
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")
_XR = re.compile(r"(?:XR|X ref|Cross ref)\b", re.IGNORECASE)
_RAG = re.compile(r"(?:red|amber|green|blue|[RAGB]|complete|on track|not rated|not started)\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """The columns of a table under a heading row: a role each, "" where the heading says nothing we know."""

    roles: tuple[str, ...]
    headings: tuple[str, ...]

    def heading(self, role: str) -> str:
        """What is printed above a role."""
        return next((plain(self.headings[place]) for place, each in enumerate(self.roles) if each == role), "")


@dataclass
class Aligned:
    """One row under its columns: the cell of each role, what no column took, and what stood under another heading."""

    cells: dict[str, str]
    unplaced: list[tuple[str, str]] = field(default_factory=list)  # with the heading it stands under, "" where none takes it
    moved: list[tuple[str, str]] = field(default_factory=list)  # role by content, heading it stood under


def read_headings(cells: Sequence[str], kind: str, templates: Templates) -> Columns | None:
    """The columns that a row heads, if it is a row of headings of this kind of table ("actions", "measures", "glossary").

    A table of measures may have a column for each year: its role is "trajectory 2016/17", "target 2016/17" or "arrow 2016".
    One of actions may have a column for each level of section: "level 1", "level 2".
    """
    if any(len(cell) > _LONGEST_CELL for cell in cells):
        return None
    said = [cell for cell in cells if known_by(plain(cell))]
    if not said or any(len(known_by(cell).split()) > _LONGEST_HEADING for cell in said):
        return None
    roles = _without_repeats([_role(plain(cell), kind, templates) for cell in cells])
    known = sum(bool(role) for role in roles)
    least = 2 if len(cells) > 1 else 1
    return Columns(tuple(roles), tuple(cells)) if known >= least and known * 5 >= len(said) * 3 else None


def guessed_headings(columns: Columns, kind: str, templates: Templates) -> list[tuple[str, str]]:
    """The headings that hold a phrase we know among words that we do not, each with the phrase it was read as."""
    listed = templates.table("columns", kind)
    return [(plain(heading), listed[role][0]) for heading, role in zip(columns.headings, columns.roles, strict=True)
            if role in listed and not _known_role(plain(heading), _phrases(kind, templates))]


def _known_role(heading: str, phrases: Mapping[str, str]) -> str:
    """The role of a heading that is a phrase we know, with or without what stands in brackets after it."""
    return phrases.get(known_by(heading) or heading) or phrases.get(known_by(_BRACKETED.sub("", heading)), "")


def _role(heading: str, kind: str, templates: Templates) -> str:
    known = known_by(heading)
    phrases = _phrases(kind, templates)
    if kind == "measures" and (year := _YEAR.fullmatch(heading)):
        return f"{_YEAR_KINDS[(year['kind'] or '').strip().casefold()]} {year['years']}"
    if kind == "actions" and (level := _LEVEL.fullmatch(known)):
        return f"level {level[1]}"
    if role := _known_role(heading, phrases):
        return role
    if not known:
        return ""
    half = len(known.split()) / 2  # a heading says little beside what it means
    inside = [phrase for phrase in phrases if f" {phrase} " in f" {known} " and len(phrase) > 2 and len(phrase.split()) >= half]
    return phrases[max(inside, key=len)] if inside else ""


@lru_cache(maxsize=16)
def _phrases(kind: str, templates: Templates) -> dict[str, str]:
    listed = reversed(templates.table("columns", kind).items())
    return {known_by(phrase) or phrase: role for role, words in listed for phrase in words}


def _without_repeats(roles: list[str]) -> list[str]:
    return [role if role and role not in roles[:place] else "" for place, role in enumerate(roles)]


def align(cells: Sequence[str], columns: Columns, templates: Templates, glossary: Mapping[str, str]) -> Aligned:
    """Put each cell of a row under the column that it fits.

    Cells keep their order. A cell stays where it stands unless what it holds says otherwise: an owner, a date, a number
    or a reference out of place shifts those beside it; in a row with a cell for every column nothing else does. An owner
    and a time that stand in each other's columns change places. Marks that are no words are left unplaced.
    """
    aligned = Aligned({})
    stood = [place for place, cell in enumerate(cells) if plain(cell)]
    held = [(place, cells[place]) for place in stood]
    score, targets = _best(held, columns, templates, glossary)
    turned = _turned(cells, stood, columns, templates, glossary)
    if turned != stood:
        turned_held = [(place, cells[source]) for place, source in zip(stood, turned, strict=True)]
        turned_score, turned_targets = _best(turned_held, columns, templates, glossary)
        if turned_score - _TURNED > score or _leaves_out_action(targets, columns):
            held, targets, stood = turned_held, turned_targets, turned
    whole = len(cells) == len(columns.roles) and None not in targets
    if whole and not _says_it_moved(held, targets, columns, templates, glossary):
        targets = [place for place, _ in held]
    for place, (_, cell), target in zip(stood, held, targets, strict=True):
        if target is None or not columns.roles[target]:
            aligned.unplaced.append((plain(cell), plain(columns.headings[target]) if target is not None else ""))
            continue
        aligned.cells[columns.roles[target]] = cell
        if target != place and place < len(columns.roles):
            aligned.moved.append((columns.roles[target], plain(columns.headings[place])))
    return aligned


def _turned(cells: Sequence[str], stood: list[int], columns: Columns, templates: Templates,
            glossary: Mapping[str, str]) -> list[int]:
    """The places of the cells that hold anything, in the order in which to read them.

    The owner's and the time's are changed where each holds what belongs in the other, and nothing else.
    """
    if not {"owner", "when"} <= set(columns.roles):
        return stood
    owner, when = columns.roles.index("owner"), columns.roles.index("when")
    if not {owner, when} <= set(stood):
        return stood
    swapped = (_fit("when", cells[owner], templates, glossary) >= _PLAIN
               and _fit("owner", cells[when], templates, glossary) >= _PLAIN
               and not says_a_time(plain(cells[when]), templates))
    return [{owner: when, when: owner}.get(place, place) for place in stood] if swapped else stood


def _leaves_out_action(targets: list[int | None], columns: Columns) -> bool:
    return "action" in columns.roles and columns.roles.index("action") not in targets


def _says_it_moved(held: list[tuple[int, str]], targets: list[int | None], columns: Columns, templates: Templates,
                   glossary: Mapping[str, str]) -> bool:
    """Whether any cell that would stand elsewhere than it does says what it is, as an owner or a date does."""
    moved = [(columns.roles[target], cell) for (place, cell), target in zip(held, targets, strict=True)
             if target is not None and target != place]
    return any(role in _TOLD_BY_CONTENT and _fit(role, cell, templates, glossary) >= _PLAIN for role, cell in moved)


def without_dash(cells: Sequence[str], columns: Columns) -> tuple[Sequence[str], bool]:
    """A row's cells without the dash that stands for a number it does not have, and whether there was one."""
    place = columns.roles.index("number") if "number" in columns.roles else len(cells)
    if place >= len(cells) or plain(cells[place]) not in DASHES:
        return cells, False
    return (*cells[:place], "", *cells[place + 1:]), True


def _best(held: list[tuple[int, str]], columns: Columns, templates: Templates,
          glossary: Mapping[str, str]) -> tuple[float, list[int | None]]:
    """How well the cells fit at best, all together, and the column of each, in order; None for a cell that fits nowhere.

    Every way is weighed, cell after cell: the best way that ends in a column is kept for each column.
    """
    width = len(columns.roles)
    if width > _WIDEST or len(held) > _WIDEST:
        return 0.0, [place if place < width else None for place, _ in held]
    ways: dict[int, tuple[float, int, list[int | None]]] = {-1: (0.0, 0, [])}
    for place, cell in held:
        debris = is_debris(cell)
        fits = [-4.0 if debris else _fit(role, cell, templates, glossary) for role in columns.roles]
        following: dict[int, tuple[float, int, list[int | None]]] = {}
        for last, (score, shift, chosen) in ways.items():
            _keep(following, last, score - (0.0 if debris else 3.0), shift, [*chosen, None])
            for target in range(last + 1, width):
                moved = abs((target - place) - shift) * 0.6
                _keep(following, target, score + fits[target] - moved, target - place, [*chosen, target])
        ways = following
    score, _, chosen = max(ways.values(), key=lambda way: way[0])
    return score, chosen


def _keep(ways: dict[int, tuple[float, int, list[int | None]]], last: int, score: float, shift: int,
          chosen: list[int | None]) -> None:
    if last not in ways or score > ways[last][0]:
        ways[last] = (score, shift, chosen)


def _fit(role: str, cell: str, templates: Templates, glossary: Mapping[str, str]) -> float:
    """How well a cell fits a role: above 0 for it, below against it."""
    text = plain(cell)
    if not role:
        return -0.5
    if role == "number":
        return 4.0 if ACTION_NUMBER.fullmatch(text) else -5.0
    if role == "cross_references":
        return 3.0 if _XR.match(text) else -0.2
    if role == "rag":
        return 2.0 if _RAG.fullmatch(text) else -1.0
    if role == "when":
        return _fit_when(text, templates)
    if role == "owner":
        return 2.0 * names_owners(cell, templates, glossary) - 0.5
    return _fit_words(role, text, templates, glossary)


def _fit_when(text: str, templates: Templates) -> float:
    said = says_a_time(text, templates)
    return 3.0 if said > 0.75 else 1.5 if said > 0.3 else 0.0 if said else -1.2


def _fit_words(role: str, text: str, templates: Templates, glossary: Mapping[str, str]) -> float:
    against = 0.0
    if role == "cost" and is_amount(text):
        return 1.0
    if ACTION_NUMBER.fullmatch(text):
        against = 2.0
    if _XR.match(text):
        against = 3.0
    if says_a_time(text, templates) > 0.75:
        against = 2.0
    if role == "cost":
        return (1.0 if speaks_of_cost(text, templates) else -0.7) - against
    if role == "action" and text in glossary:
        against = 2.0
    return 0.5 - against


def told_by_contents(rows: Sequence[Sequence[str]], templates: Templates, glossary: Mapping[str, str],
                     headed: bool = False) -> Columns | None:
    """The columns of a table whose headings say nothing, where its contents say enough: numbers, words, and an owner or a time.

    Where it is headed, words under a further heading that we do not know are left to be listed.
    """
    width = max((len(row) for row in rows), default=0)
    roles = [_told([row[place] for row in rows if place < len(row) and plain(row[place])], templates, glossary)
             for place in range(width)]
    if "number" not in roles[:1] or not {"owner", "when"} & set(roles):
        return None
    free = [place for place, role in enumerate(roles) if not role]
    for place, role in zip(free, ("action",) if headed else ("action", "milestones"), strict=False):
        roles[place] = role
    return Columns(tuple(_without_repeats(roles)), ("",) * width) if "action" in roles else None


def _told(cells: list[str], templates: Templates, glossary: Mapping[str, str]) -> str:
    if not cells:
        return ""
    for role in ("number", "when", "rag", "owner"):
        if all(_fit(role, cell, templates, glossary) >= _PLAIN for cell in cells):
            return role
    return "cost" if any("£" in cell for cell in cells) and all(speaks_of_cost(cell, templates) for cell in cells) else ""
