"""How many would stand on each worklist, and be due to be spoken to, were a code or a rule said otherwise: asked before it is."""

from collections import Counter
from collections.abc import Collection, Mapping

from throughline.analytics.participation.standing import Standing
from throughline.analytics.participation.worklists import LISTS
from throughline.apps.codelists.ruling import supposed
from throughline.apps.followup.register import register, rows_supposed
from throughline.apps.followup.standing import Row
from throughline.apps.learners.codes import cohort
from throughline.apps.learners.would_change import Change, Table
from throughline.core.ages import days_after

_GO_BY = {"activity", "currency", "cohort", "worklists"}
_DUE = "due"
_UNTRIED = {"worklists": "Whom the participation meeting takes up, who is an early leaver, and the order of each list were not "
                         "tried."}


def would_list(change: Change) -> Table | str:
    """How many stand on each list by what holds, and would by what is said."""
    if change.name not in _GO_BY:
        return "the worklists"
    held, counted = register(change.user.area, change.day), set(change.learners.values_list("pk", flat=True))
    now = _counts(held.rows, counted, change)
    with supposed(change.name, change.then):
        then = _counts(rows_supposed(held), counted, change)
    called = {**{name: held.rules.worklists.lists[name].title for name in LISTS}, _DUE: "NEET, and due to be spoken to"}
    return Table("lists", f"Who would stand on each worklist {change.when}", "Worklist",
                 [(title, now[name], then[name]) for name, title in called.items()], _UNTRIED.get(change.name, ""))


def _counts(rows: Mapping[int, Row], counted: Collection[int], change: Change) -> Counter[str]:
    priority, found = cohort().priority_days, Counter[str]()
    for pk, row in rows.items():
        if pk in counted:
            found.update(row.lists)
            if row.person.tracked and row.standing is Standing.NEET and days_after(row.heard, priority) <= change.day:
                found[_DUE] += 1
    return found
