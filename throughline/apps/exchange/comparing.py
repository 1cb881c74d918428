"""Whom each row of a delivery is about, and what all of them together would change of the register as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from throughline.analytics.intake.addresses import PROTECTED
from throughline.analytics.intake.differences import differences
from throughline.analytics.intake.held import ADDRESS, TRAIT, UNKNOWN, Belief, Change, Held, Note
from throughline.analytics.intake.memberships import STAYING
from throughline.analytics.intake.said import Said
from throughline.analytics.linkage.exact import Index
from throughline.apps.exchange.models import Row
from throughline.apps.exchange.read_by import rules
from throughline.apps.exchange.register import HIDDEN, held_of
from throughline.apps.learners.actions.learners import OLDEST, YOUNGEST
from throughline.apps.learners.codes import restricted_traits
from throughline.core.ages import academic_age

_NOBODY = "nobody"  # how the doubt begins where nobody at all was found
_FOUND_TWICE = "the same young person as line {line}"
_LEAVERS = Note("cohort_status", "", "somebody of the register", "nothing: they left the cohort, and the register never had them")


@dataclass
class Compared:
    """A row with what comes of it. key is the learner's number in the database, negative for somebody still to be added.

    read are the problems of its reading, as a row keeps them; notes those of comparing it.
    """

    line: int
    said: Said | None
    read: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    settled: str = ""
    key: int | None = None
    outcome: str = Row.Outcome.UNREADABLE
    changes: list[Change] = field(default_factory=list)
    found: str = ""
    doubt: str = ""


@dataclass
class Comparison:
    """Every row compared; how everybody concerned would be held afterwards, and which beliefs would be held no more."""

    rows: list[Compared]
    after: dict[int, Held]
    before: dict[int, Held]

    def ceased(self, key: int) -> list[Belief]:
        """What is held of somebody now and would not be afterwards."""
        staying = {(belief.kind, belief.key) for belief in self.after[key].beliefs}
        return [belief for belief in self.before[key].beliefs if (belief.kind, belief.key) not in staying]

    def came(self, key: int) -> list[Belief]:
        """What would be held of somebody and is not now."""
        return [belief for belief in self.after[key].beliefs if belief.key is None]

    def amended(self) -> list[int]:
        """Those of whom something is kept once that would be another afterwards, everybody new included."""
        return [key for key, held in self.after.items() if key < 0 or held.details != self.before[key].details]

    def counts(self) -> dict[str, int]:
        """Rows by outcome."""
        outcomes = [row.outcome for row in self.rows]
        return {str(outcome): outcomes.count(outcome) for outcome in Row.Outcome}


def compare(rows: Sequence[Compared], index: Index, *, area: str, as_at: date) -> Comparison:
    """Find everybody and work out every change, in the order of the file; the rows given are filled in.

    A row about somebody who has another row before it is compared with what that one leaves.
    """
    for place, row in enumerate(rows, 1):
        _find(row, -place, index)
    before = held_of(area, {row.key for row in rows if row.key is not None and row.key > 0})
    after: dict[int, Held] = {}
    first: dict[int, int] = {}
    edition, restricted = rules(as_at), restricted_traits()
    for row in rows:
        if row.key is None or row.said is None:
            continue
        new = row.key < 0
        held = after.get(row.key) or (Held() if new else before[row.key])
        row.changes, notes = differences(row.said, held, as_at, edition)
        row.notes += notes
        after[row.key] = held.after(row.changes)
        row.outcome = Row.Outcome.CHANGED if row.changes else Row.Outcome.SAME
        if row.key in first:
            row.doubt = _FOUND_TWICE.format(line=first[row.key])
        elif new:
            row.outcome = Row.Outcome.NEW
        first.setdefault(row.key, row.line)
        row.changes = [_as_shown(change, held, restricted) for change in row.changes]
    before |= {key: Held() for key in after if key < 0}
    return Comparison(list(rows), after, before)


def _find(row: Compared, new: int, index: Index) -> None:
    """Whom a row is about: whom an officer said, or whom identifiers and exact details find; a return adds who is new."""
    if row.said is None:
        return
    if row.settled == Row.Settled.ASIDE:
        row.outcome = Row.Outcome.SET_ASIDE
    elif row.settled == Row.Settled.NEW:
        _add(row, new, index)
    elif row.settled != Row.Settled.LINKED:
        found = index.find(row.said.person)
        row.key, row.found, row.doubt = found.learner, found.by, found.doubt
        if row.key is None and row.said.whole and row.doubt.startswith(_NOBODY):
            _add(row, new, index)
        elif row.key is None:
            row.outcome = Row.Outcome.UNMATCHED


def _add(row: Compared, new: int, index: Index) -> None:
    """Let somebody new be found by later rows too, unless the row does not say enough."""
    said = row.said
    if said is None:
        return
    if said.status and said.status not in STAYING:
        row.outcome, row.doubt = Row.Outcome.SET_ASIDE, ""
        row.notes.append(_LEAVERS)
    elif why := why_not_new(said):
        row.outcome = Row.Outcome.UNREADABLE
        row.notes.append(why)
    else:
        row.key, row.found, row.doubt = new, "", ""
        index.add(row.key, said.person)


def why_not_new(said: Said) -> Note | None:
    """What keeps somebody from being added to the register; None for nothing."""
    for name, value in (("given", said.given), ("family", said.family), ("born", said.born)):
        if not value:
            return Note(name, "", "what a new record needs", "give first name, surname and date of birth")
    if said.born and not YOUNGEST <= academic_age(said.born, timezone.localdate()) <= OLDEST:
        return Note("born", said.born.isoformat(), "a date of birth of somebody of 14 to 25", "check the date of birth")
    return None


def _as_shown(change: Change, held: Held, restricted: frozenset[str]) -> Change:
    """A change without words that only those who open a restricted record may read."""
    before, after = change.before, change.after
    if held.restricted and before and change.what not in UNKNOWN:
        before = HIDDEN
    if change.what == TRAIT and (change.comes[-1].values["trait"] in restricted):
        before, after = (before and "a restricted characteristic"), "a restricted characteristic"
    if change.what == ADDRESS and held.protected_address:
        before, after = (before and PROTECTED), PROTECTED
    return Change(change.what, change.how, before, after, change.ceases, change.comes, change.value)
