"""Whom each row of a delivery is about, and what all of them together would change of the register as it is now."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any, NamedTuple

from django.utils import timezone

from throughline.analytics.intake.addresses import PROTECTED
from throughline.analytics.intake.differences import differences
from throughline.analytics.intake.held import ADDRESS, TRAIT, UNKNOWN, Belief, Change, Held, Note, in_words
from throughline.analytics.intake.memberships import STAYING
from throughline.analytics.intake.said import Said
from throughline.analytics.linkage.exact import Index
from throughline.apps.exchange.models import Row
from throughline.apps.exchange.read_by import rules
from throughline.apps.exchange.readers import ONE_ACTIVITY, RESTRICTED_TRAIT
from throughline.apps.exchange.register import HIDDEN, held_of
from throughline.apps.learners.actions.learners import OLDEST, YOUNGEST
from throughline.apps.learners.codes import restricted_traits
from throughline.core.ages import academic_age

_FOUND_TWICE = "the same young person as {line}"
_LONG_AGO = timedelta(days=15 * 366)  # what nobody of 14 to 25 began
_AGAINST = ("{line} has them doing something else, so this was not taken: find out which is so, and record it on their page if "
            "it is not held")
AT_ONCE = 2_000  # rows compared at a time
_LEAVERS = Note("cohort_status", "", "somebody of the register", "nothing: they left the cohort, and the register never had them")


@dataclass
class Compared:
    """A row with what comes of it. key is the learner's number in the database, negative for somebody still to be added.

    place is the row's in its file, counted from 1: several may begin on one line. read are the problems of its reading, as a
    row keeps them; notes those of comparing it. settled is what an officer decided on it, and settled_by which, by their
    number in the database; left_out and left_out_by likewise; takes_name that whoever is held is to be called as the row has
    them. kept is the row that it is kept as already, if it is; counts_as what they would count as in the headline, of a list.
    against is the line of another row of a list that has them doing something else, by which this one's activity is not taken;
    until the last day before another row of theirs begins, up to which this one is of what they did.
    """

    place: int
    line: int
    said: Said | None
    read: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    settled: str = ""
    settled_by: int | None = None
    left_out: bool = False
    left_out_by: int | None = None
    takes_name: bool = False
    key: int | None = None
    outcome: str = Row.Outcome.UNREADABLE
    changes: list[Change] = field(default_factory=list)
    found: str = ""
    doubt: str = ""
    kept: Row | None = None
    counts_as: str = ""
    against: int | None = None
    until: date | None = None


class _How(NamedTuple):
    """How a row was, or was not, found to be about somebody."""

    outcome: str
    found: str
    doubt: str
    note: Note | None


_UNREADABLE = _How(Row.Outcome.UNREADABLE, "", "", None)


class Findings:
    """Whom every row of a file is about, in its order: a few bytes a row, so that a file of any size may be gone through again.

    A return adds who is new, and later rows find them. last is the place of the last row of everybody who has several; as_at the
    day that the file speaks of.
    """

    def __init__(self, rows: Iterable[Compared], index: Index, as_at: date) -> None:
        self.last: dict[int, int] = {}
        self._keys, self._how = array("q"), array("L")
        self._ways: dict[_How, int] = {}
        met: set[int] = set()
        doing = _Doing(as_at)
        for place, row in enumerate(rows, 1):
            key, how = _find(row, -place, index)
            doing.add(row, place)
            self._keys.append(key or 0)
            self._how.append(self._ways.setdefault(how, len(self._ways)))
            if key and key != -place and (key < 0 or key in met):
                self.last[key] = place
            elif key and key > 0:
                met.add(key)
        self._told = list(self._ways)
        self._against, self._until = doing.beside(self._keys, self.last)

    def __len__(self) -> int:
        return len(self._keys)

    def tell(self, row: Compared, place: int) -> None:
        """Fill in whom the row in a place, counted from 1, is about."""
        row.key = self._keys[place - 1] or None
        row.outcome, row.found, row.doubt, note = self._told[self._how[place - 1]]
        row.against, row.until = self._against.get(place), self._until.get(place)
        if note:
            row.notes.append(note)


class _Told(NamedTuple):
    """What a row of a list has somebody doing: its line, the code, since when where that may be, and until when if they left."""

    line: int
    code: str
    start: date | None
    left: bool
    end: date | None


class _Doing:
    """What the rows of a list have people doing; nothing of a return, which has a row a person, nor of what is not known."""

    def __init__(self, as_at: date) -> None:
        self._rules, self._as_at = rules(as_at), as_at
        self._told: dict[int, _Told] = {}

    def add(self, row: Compared, place: int) -> None:
        """The row in a place of the file, which says nothing here where it is left out by hand."""
        said = row.said if row.said and not row.said.whole and not row.left_out else None
        doing, leaving = (said.doing, said.leaving) if said else (None, None)
        if leaving and doing is None:
            self._told[place] = _Told(row.line, "", None, True, leaving.on)
        if doing and doing.start and doing.start > self._as_at:
            return  # what is still to begin is against nothing that they do today
        if doing and self._rules.says_something("activity", doing.code):
            begins = doing.start if doing.start and doing.start > self._as_at - _LONG_AGO else None
            self._told[place] = _Told(row.line, doing.code, begins, doing.left, doing.predicted_end)

    def beside(self, keys: Sequence[int], several: Container[int]) -> tuple[dict[int, int], dict[int, date]]:
        """Of rows that have one person doing several things, by their place: the line of one that speaks against it, or where
        they follow one another the last day before the next begins.
        """
        of: dict[int, list[int]] = defaultdict(list)
        for place in self._told:
            if keys[place - 1] in several:
                of[keys[place - 1]].append(place)
        against, until = dict[int, int](), dict[int, date]()
        for places in of.values():
            there = [place for place in places if not self._told[place].left]
            against |= self._left_though_there([place for place in places if place not in there], there)
            if len({self._told[place].code for place in there}) > 1:
                follow = self._following(there)
                until |= follow
                against |= {} if follow else {place: self._another(place, there) for place in there}
        return against, until

    def _left_though_there(self, left: Iterable[int], there: Iterable[int]) -> dict[int, int]:
        """Rows by which somebody left what another has them doing on, as one of two courses: they are there still."""
        found = {}
        for place in left:
            told = self._told[place]
            on = (self._told[each] for each in there if told.code in ("", self._told[each].code))
            if still := next((one for one in on if not (one.start and told.end and one.start > told.end)), None):
                found[place] = still.line
        return found

    def _following(self, places: Iterable[int]) -> dict[int, date]:
        """The last day before something else begins of each but the last, where each says when it began and is of what is over
        once something else begins, as being NEET is; nothing where one does not, which may go on beside the next.
        """
        told = sorted({(self._told[place].start or date.min, self._told[place].code) for place in places})
        for (start, code), (later, another) in pairwise(told):
            if start == date.min or start == later or (code != another and code not in self._rules.open_ended):
                return {}
        ends = {(start, code): min((later for later, other in told if later > start and other != code), default=None)
                for start, code in told}
        return {place: later - timedelta(days=1) for place in places
                if (later := ends[self._told[place].start or date.min, self._told[place].code])}

    def _another(self, place: int, places: Iterable[int]) -> int:
        """The line of the first of some rows that says something else than one of them."""
        return next(self._told[each].line for each in places if self._told[each].code != self._told[place].code)


@dataclass
class Comparison:
    """Rows compared; how everybody whose last row is among them would be held afterwards, and how they are held before."""

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


def compare(rows: Iterable[Compared], findings: Findings, *, area: str, as_at: date,
            called: Callable[[int], str] = "line {}".format) -> Iterator[Comparison]:
    """Work out every change, in the order of the file, some rows at a time; the rows given are filled in.

    A row about somebody who has another row before it is compared with what that one leaves, and everybody is told of with
    the last of their rows. rows are those of the findings; called says of a line where it stands, in words.
    """
    given, comparing, place = iter(rows), _Comparing(findings, area, as_at, called), 0
    while some := list(islice(given, AT_ONCE)):
        yield comparing.of(some, place)
        place += len(some)


class _Comparing:
    """Compares some rows after others, and holds meanwhile only what is held of those who have rows to come."""

    def __init__(self, findings: Findings, area: str, as_at: date, called: Callable[[int], str]) -> None:
        self._findings, self._area, self._as_at, self._called = findings, area, as_at, called
        self._before: dict[int, Held] = {}
        self._after: dict[int, Held] = {}
        self._first: dict[int, int] = {}
        self._rules, self._restricted = rules(as_at), restricted_traits()

    def of(self, rows: list[Compared], place: int) -> Comparison:
        """The comparison of rows that follow so many others."""
        for number, row in enumerate(rows, place + 1):
            self._findings.tell(row, number)
        taken = [row for row in rows if not _left_out(row)]
        keys = {row.key for row in taken if row.key is not None and row.key not in self._after}
        self._before |= held_of(self._area, {key for key in keys if key > 0}) | {key: Held() for key in keys if key < 0}
        for row in taken:
            if row.key is not None and row.said is not None:
                self._compare(row, row.key, row.said)
        last, end = self._findings.last, place + len(rows)
        done = [key for key in self._after if last.get(key, 0) <= end]
        return Comparison(rows, {key: self._after.pop(key) for key in done}, {key: self._before.pop(key) for key in done})

    def _compare(self, row: Compared, key: int, said: Said) -> None:
        held = self._after.get(key) or self._before[key]
        if row.settled and key > 0:
            said = replace(said, keeps_name=not row.takes_name, takes_name=row.takes_name)
        if not said.whole:  # what comes of a list's yes or no of what is restricted would tell whether it is held
            said = replace(said, traits=said.traits - self._restricted, ended=said.ended - self._restricted)
        if row.against is not None:
            row.notes.append(_against(said, self._called(row.against)))
            said = replace(said, doing=None, leaving=None if said.doing is None else said.leaving)
        elif row.until and said.doing:
            said = replace(said, doing=replace(said.doing, verified=min(said.doing.verified, row.until)))
        row.changes, notes = differences(said, held, self._as_at, self._rules)
        row.notes += notes
        self._after[key] = held.after(row.changes)
        row.outcome = Row.Outcome.CHANGED if row.changes else Row.Outcome.SAME
        if key in self._first:
            row.doubt = _FOUND_TWICE.format(line=self._called(self._first[key]))
        elif key < 0:
            row.outcome = Row.Outcome.NEW
        if key in self._findings.last:
            self._first.setdefault(key, row.line)
        row.changes = [_as_shown(change, held, self._restricted) for change in row.changes]


def _against(said: Said, line: str) -> Note:
    remedy = _AGAINST.format(line=line)
    if said.doing:
        return Note("activity", said.doing.as_said, ONE_ACTIVITY, remedy, code=said.doing.code)
    return Note("leaving", in_words(said.leaving.on) if said.leaving and said.leaving.on else "", ONE_ACTIVITY, remedy)


def _left_out(row: Compared) -> bool:
    """Whether a row is left out by hand; then nothing comes of it, and who would be new by it is nobody yet."""
    if row.left_out and row.said is not None:
        row.outcome, row.doubt = Row.Outcome.SET_ASIDE, ""
        row.key = row.key if row.key and row.key > 0 else None
        return True
    return False


def _find(row: Compared, new: int, index: Index) -> tuple[int | None, _How]:
    """Whom a row is about: whom an officer said, or whom identifiers and exact details find; a return adds who is new.

    Somebody whom an officer said to be new is looked for too: they may have been added since, by a row before it or by hand. By a
    row that is left out nobody is new, so that later rows do not find them.
    """
    said = row.said
    if said is None:
        return None, _UNREADABLE
    if row.settled == Row.Settled.ASIDE:
        return None, _How(Row.Outcome.SET_ASIDE, "", "", None)
    if row.settled == Row.Settled.LINKED:
        return row.key, _How(Row.Outcome.SAME if row.key else Row.Outcome.UNMATCHED, "", "", None)
    found = index.find(said.person)
    if found.learner is None and not row.left_out and (row.settled == Row.Settled.NEW or (said.whole and found.nobody)):
        return _new(said, new, index)
    outcome = Row.Outcome.UNMATCHED if found.learner is None else Row.Outcome.SAME
    return found.learner, _How(outcome, found.by, found.doubt, None)


def _new(said: Said, new: int, index: Index) -> tuple[int | None, _How]:
    """Somebody new, whom later rows find too, unless the row does not say enough."""
    if said.status and said.status not in STAYING:
        return None, _How(Row.Outcome.SET_ASIDE, "", "", _LEAVERS)
    if why := why_not_new(said):
        return None, _How(Row.Outcome.UNREADABLE, "", "", why)
    index.add(new, said.person)
    return new, _How(Row.Outcome.NEW, "", "", None)


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
        before, after = (before and RESTRICTED_TRAIT), RESTRICTED_TRAIT
    if change.what == ADDRESS and held.protected_address:
        before, after = (before and PROTECTED), PROTECTED
    return Change(change.what, change.how, before, after, change.ceases, change.comes, change.value)
