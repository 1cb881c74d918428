"""One action from one row, its fields as the plan prints them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from throughline.analytics.planreading.bullets import lead_and_entries, split_entries
from throughline.analytics.planreading.columns import Aligned, Columns
from throughline.analytics.planreading.costs import counts_in_pounds, read_cost
from throughline.analytics.planreading.dates import read_when, says_a_time
from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.owners import UNNAMED, names_owners, somebody, told_to_do
from throughline.analytics.planreading.references import cell_references
from throughline.analytics.planreading.tree import Action, Owner, Unread, When
from throughline.analytics.planreading.vocabulary import Templates
from throughline.analytics.planreading.words import begins_inside, is_debris, lines, plain

_NUMBER_FIRST = re.compile(r"(?P<number>(?:\d{1,2}[.:]){1,3}\d{1,2}[A-Za-z]?|\d{1,2}[.)])\s+(?=\S)")
_OWNER_FROM_TIME = re.compile(r"\s*[;–]\s*|\s+-\s+|,\s+(?=by\b|from\b)")
_LONGEST_NAME = 6  # words of one owner
_OWNED = 0.6  # how far a cell must name owners to be read as owners


@dataclass
class Stored:
    """One row while its later parts may still come: its cells by role, where each was read, and what was noted.

    unnumbered is whether it says itself that it has no number, by a dash in its place; it goes on with no other row then.
    in_pounds is whether the heading of its cost counts in them.
    """

    cells: dict[str, str]
    source: Source
    fields: dict[str, Source]
    unread: list[Unread]
    unnumbered: bool = False
    in_pounds: bool = False


def stored(aligned: Aligned, source: Source, columns: Columns, unnumbered: bool = False) -> Stored:
    """A row put under its columns, with what could not be placed noted."""
    unread = [Unread(source, text, _why_unplaced(text, heading)) for text, heading in aligned.unplaced]
    if aligned.moved:
        moves = "; ".join(f"“{plain(aligned.cells[role])[:30]}” as {columns.heading(role) or role}" for role, _ in aligned.moved)
        text = " | ".join(plain(aligned.cells[role]) for role, _ in aligned.moved)
        unread.append(Unread(source, text, f"out of line with the headings, and read by what it says: {moves}"))
    return Stored(dict(aligned.cells), source, {}, unread, unnumbered, counts_in_pounds(columns.heading("cost")))


def _why_unplaced(text: str, heading: str) -> str:
    if is_debris(text):
        return "these marks stand in the row and fit none of its columns"
    if heading:
        return f"stands under “{heading}”, a heading that we do not know"
    return "stands in the row and fits none of its columns"


@dataclass(frozen=True)
class Reader:
    """What reading a row stands on."""

    templates: Templates
    glossary: Mapping[str, str]
    heading_year: int | None = None
    explained: bool = False  # whether the document has a list of what its codes stand for

    def action(self, row: Stored, above: Action | None) -> Action:
        """The action of a row; above is the one before it, whose time "As above" repeats. Adds to the row's unread."""
        action = Action("", row.source, fields=dict(row.fields))
        _number_and_text(action, row, self)
        for role, fill in _FILLS.items():
            if row.cells.get(role):
                fill(action, row, self, above)
        return action


def _number_and_text(action: Action, row: Stored, reader: Reader) -> None:
    action.number = plain(row.cells.get("number", ""))
    text = row.cells.get("action", "")
    if not action.number and not row.unnumbered:
        first = _NUMBER_FIRST.match(plain(text))
        if first:
            action.number = first["number"].rstrip(".)") if first["number"][-1] in ".)" else first["number"]
            text = _without_number(text, first["number"])
    lead, entries = lead_and_entries(text, reader.templates)
    action.text, action.steps = lead, entries
    if not action.text and row.cells.get("steps"):
        action.text, action.steps = lead_and_entries(row.cells.pop("steps"), reader.templates)


def _without_number(text: str, number: str) -> str:
    first, *rest = [each for each in text.splitlines() if each.strip()]
    return "\n".join([first.strip().removeprefix(number).lstrip(), *rest])


def _steps(action: Action, row: Stored, reader: Reader, above: Action | None) -> None:
    action.steps += split_entries(row.cells["steps"], reader.templates)


def _why(action: Action, row: Stored, reader: Reader, above: Action | None) -> None:
    action.why = "\n".join(split_entries(row.cells["why"], reader.templates))


def _owner(action: Action, row: Stored, reader: Reader, above: Action | None) -> None:
    cell = row.cells["owner"]
    where = row.fields.get("owners", row.source)
    entries = split_entries(cell, reader.templates)
    named = [entry for entry in entries if _is_owner(entry, entries, reader)]
    told = [name for entry in entries if entry not in named for name in told_to_do(entry, reader.templates)]
    action.owners = _somebody("\n".join((*named, *told)), row, where, reader)
    for owner in action.owners:
        unknown = owner.code or (len(owner.printed) < 3 and not owner.kind)
        if unknown and not owner.name and reader.explained:
            row.unread.append(Unread(where, owner.printed, "a code that the document's glossary does not explain"))
        elif len(owner.printed.split()) > _LONGEST_NAME:
            row.unread.append(Unread(where, owner.printed, "may name more than one owner; they are not told apart"))
    rest = [entry for entry in entries if entry not in named]
    if rest:
        action.steps += rest
        row.unread.append(Unread(where, "\n".join(rest), "who is to act is not told apart from what they do; read as steps"))


def _somebody(printed: str, row: Stored, where: Source, reader: Reader) -> list[Owner]:
    """The owners printed; one who is still to be named is no owner, so that the action is seen to have none."""
    owners, unnamed = somebody(printed, reader.templates, reader.glossary)
    row.unread += [Unread(where, words, UNNAMED) for words in unnamed]
    return owners


def _is_owner(entry: str, entries: list[str], reader: Reader) -> bool:
    if len(entries) == 1 and len(entry.split()) <= 3:
        return True
    return names_owners(entry, reader.templates, reader.glossary) >= _OWNED


def _when(action: Action, row: Stored, reader: Reader, above: Action | None) -> None:
    action.when = read_when(row.cells["when"], reader.templates, reader.heading_year, above.when if above else None)
    _note_time(action.when, row, "when")


def _note_time(when: When, row: Stored, role: str) -> None:
    if not when.understood:
        where = row.fields.get(role, row.source)
        row.unread.append(Unread(where, when.printed, "the time is kept as printed and not understood"))


def _owner_when(action: Action, row: Stored, reader: Reader, above: Action | None) -> None:
    """One column for both: each line, or each part after a stop, is a time or an owner by what it says."""
    parts = [part for line in lines(row.cells["owner_when"]) for part in _OWNER_FROM_TIME.split(line)]
    times = [part for part in parts if says_a_time(part, reader.templates) > 0.5]
    action.owners = _somebody("\n".join(part for part in parts if part not in times), row, row.source, reader)
    if times:
        action.when = read_when(" ".join(times), reader.templates, reader.heading_year, above.when if above else None)
        _note_time(action.when, row, "owner_when")


def _milestones(action: Action, row: Stored, reader: Reader, above: Action | None) -> None:
    action.milestones = split_entries(row.cells["milestones"], reader.templates)


def _cost(action: Action, row: Stored, reader: Reader, above: Action | None) -> None:
    action.cost = read_cost(" ".join(split_entries(row.cells["cost"], reader.templates)), reader.templates, row.in_pounds)


def _success(action: Action, row: Stored, reader: Reader, above: Action | None) -> None:
    action.success = [*action.success, *split_entries(row.cells["success"], reader.templates)]


def _cross_references(action: Action, row: Stored, reader: Reader, above: Action | None) -> None:
    action.cross_references, said = cell_references(row.cells["cross_references"], reader.templates)
    if said and begins_inside(said):
        row.unread.append(Unread(row.fields.get("cross_references", row.source), said, "runs on from the cell above it"))
    elif said:
        action.success = [*action.success, *split_entries(said, reader.templates)]


def _rag(action: Action, row: Stored, reader: Reader, above: Action | None) -> None:
    printed = plain(row.cells["rag"])
    action.rag = "" if printed.casefold() in reader.templates.words("columns", "cells", "unrated") else printed


def _update(action: Action, row: Stored, reader: Reader, above: Action | None) -> None:
    why = "an account of progress; enter it as an update of the action"
    row.unread.append(Unread(row.source, plain(row.cells["update"]), why))


_FILLS: dict[str, Callable[[Action, Stored, Reader, Action | None], None]] = {
    "steps": _steps, "why": _why, "owner": _owner, "when": _when, "owner_when": _owner_when, "milestones": _milestones,
    "cost": _cost, "success": _success, "cross_references": _cross_references, "rag": _rag, "update": _update,
}
