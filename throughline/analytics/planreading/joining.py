"""A row that goes on with the one before it: cut by a page, written over rows, or under a cell that reaches down."""

from throughline.analytics.planreading.action_rows import Stored
from throughline.analytics.planreading.columns import Columns
from throughline.analytics.planreading.costs import speaks_of_cost
from throughline.analytics.planreading.document import Row
from throughline.analytics.planreading.openings import numbered
from throughline.analytics.planreading.vocabulary import Templates
from throughline.analytics.planreading.words import begins_inside, ends_inside, plain

_TEXTS = ("action", "steps", "why", "milestones", "success", "cost", "owner", "when")
_SHARED = ("owner", "when", "owner_when")
_FIELD_OF = {"action": "text", "owner": "owners", "owner_when": "owners"}


def continues(new: Stored, before: Stored, after_break: bool) -> bool:
    """Whether a row goes on with the one before it, cut by the end of a page or written over several rows."""
    text = plain(new.cells.get("action", ""))
    if new.cells.get("number") or new.unnumbered or numbered(text)[0]:
        return False
    own = "when" in new.cells and bool({"owner", "owner_when"} & set(new.cells))
    if text:
        if begins_inside(text):
            return True
        counted = bool(before.cells.get("number") or numbered(plain(before.cells.get("action", "")))[0])
        return not own and counted and (after_break or len(new.cells) < len(before.cells))
    if ends_inside(plain(before.cells.get("when", ""))) or (after_break and begins_inside(plain(new.cells.get("steps", "")))):
        return True
    return not own


def join(before: Stored, new: Stored, templates: Templates) -> None:
    """Put what a row goes on with to the row before it, each cell where it belongs."""
    for role, cell in new.cells.items():
        home = _home(role, cell, before, templates)
        held = before.cells.get(home, "")
        runs_on = begins_inside(plain(cell)) or ends_inside(plain(held))
        before.cells[home] = f"{held}{' ' if runs_on else chr(10)}{cell}" if held else cell
        before.fields.setdefault(_FIELD_OF.get(home, home), new.source)
    before.unread += new.unread


def _home(role: str, cell: str, before: Stored, templates: Templates) -> str:
    """The role a cut cell goes on with: the one it stands under, or one beside it that stopped in the middle."""
    if before.cells.get(role) or not begins_inside(plain(cell)) or (role == "cost" and speaks_of_cost(cell, templates)):
        return role
    open_ended = [each for each in _TEXTS if ends_inside(plain(before.cells.get(each, "")))]
    return open_ended[-1] if open_ended else role


def reach_down(above: Stored, new: Stored, row: Row, columns: Columns) -> None:
    """An owner or a time whose cell reaches down over several rows is that of each of them."""
    for place in row.reached:
        role = columns.roles[place] if place < len(columns.roles) else ""
        if role in _SHARED and role in above.cells and role not in new.cells:
            field = _FIELD_OF.get(role, role)
            new.cells[role] = above.cells[role]
            new.fields[field] = above.fields.get(field, above.source)
