"""Many learners in one grid: what stands in it, what somebody typed into it, and what would change.

A form carries, for each box, what it showed when the grid was opened (first) and when the page was made (shown). A box that
differs from what the page showed was typed into; any other changes nothing, whatever somebody else did meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date

from throughline.analytics.participation.standing import current
from throughline.apps.accounts.models import User
from throughline.apps.followup.models import Following
from throughline.apps.followup.queries import learners_by_pk, name_of
from throughline.apps.learners.codes import activity_label, says_nothing
from throughline.apps.learners.doing import last_confirmed
from throughline.apps.learners.models import Activity, Learner
from throughline.apps.learners.outside import Outside, outside_of
from throughline.ui.formats import day

A_PAGE = 50
_NO_OFFICER = "choose an officer of the list"
FIELDS = ("officer", "next_contact", "confirm")
BOXES = {"officer": "officer", "next_contact": "next contact"}  # those that hold something before anybody types, in words
ALL_TICKED = "all-tick"  # ticked, every row of the page is
_BETWEEN = "|"
NOBODY = "nobody"  # the officer of the row for all ticked, where an empty box leaves each as it is


@dataclass
class Line:
    """One learner of the grid as they are now; activity is the one they are in, by what is believed. gone says how whoever is not
    of the cohort any more is outside it: nothing of them is changed here.
    """

    learner: Learner
    following: Following | None
    activity: Activity | None
    gone: Outside | None = None

    @property
    def name(self) -> str:
        """As the list has them."""
        return name_of(self.learner)

    @property
    def activity_said(self) -> str:
        """What they are down for, in words."""
        return activity_label(self.activity.code) if self.activity else "Nothing recorded"

    @property
    def can_be_confirmed(self) -> bool:
        """Whether they are down for something: that nobody knows what they do is no news."""
        today = timezone.localdate()
        return self.activity is not None and not says_nothing(self.activity.code, today) and not self.activity.left_before(today)

    @property
    def held(self) -> dict[str, str]:
        """What the boxes of the row hold before anybody types."""
        officer, on = (self.following.officer_id, self.following.next_contact) if self.following else (None, None)
        return {"officer": str(officer or ""), "next_contact": on.isoformat() if on else "", "confirm": ""}

    @property
    def now(self) -> dict[str, str]:
        """What each box is about, as the form carries it: of the tick the activity that it would confirm, by its number."""
        return {**self.held, "confirm": str(self.activity.pk if self.activity else "")}


@dataclass(frozen=True)
class Said:
    """One change, as the preview and the page of what was saved show it."""

    label: str
    before: str
    after: str


@dataclass(eq=False)
class Draft:
    """What somebody typed into one row, with what is for all ticked; given is the row alone. ticked says that the row was.

    A box that was left as the page showed it holds what is kept now. first and shown are as the head of this module says. asked
    is what was typed where it differs from what the page showed. already are the fields of which what was typed is kept by now,
    since somebody else did the same.
    """

    line: Line
    typed: dict[str, str]
    given: dict[str, str]
    first: dict[str, str]
    shown: dict[str, str]
    ticked: bool = False
    asked: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    already: list[str] = field(default_factory=list)

    def differs(self, name: str) -> bool:
        """Whether a field would become another than it is."""
        return self.typed[name] != self.line.held[name]

    @property
    def wanted(self) -> bool:
        """Whether anything that was typed is otherwise than it is."""
        return any(self.differs(name) for name in FIELDS)

    @property
    def changed(self) -> bool:
        """Whether anything of the learner would change: nothing of whoever left, whatever was typed."""
        return self.wanted and self.line.gone is None

    @property
    def stale(self) -> bool:
        """Whether somebody else changed, since the page was made, what would be changed."""
        return bool(self._overtaken(self.shown))

    @property
    def clashes(self) -> list[str]:
        """The fields that would be changed and that somebody else has changed since the grid was opened, seen since or not."""
        return self._overtaken(self.first)

    @property
    def overtaken(self) -> list[str]:
        """The same, and what was changed since the page was made."""
        return list(dict.fromkeys([*self.clashes, *self._overtaken(self.shown)]))

    def _overtaken(self, before: Mapping[str, str]) -> list[str]:
        return [name for name in FIELDS if self.changed and self.differs(name) and before[name] != self.line.now[name]]

    @property
    def next_contact(self) -> date | None:
        """The day of the next contact that was typed; None for none, or what is no day."""
        return _day(self.typed["next_contact"])


@dataclass
class ForAll:
    """What somebody typed into the row for all ticked rows; nothing of it is of any row while something is wrong with it."""

    typed: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def given(self) -> bool:
        """Whether anything was typed."""
        return any(self.typed.values())

    def asked(self, line: Line) -> dict[str, str]:
        """What it asks of a ticked row, box by box; what nobody knows is not confirmed."""
        return {name: "" if value == NOBODY else value for name, value in self.typed.items()
                if value and not self.problems and (name != "confirm" or line.can_be_confirmed)}


def lines(pks: Iterable[int]) -> list[Line]:
    """The rows of a grid, in the order given; a few queries, however many they are."""
    wanted, today = list(pks), timezone.localdate()
    learners = learners_by_pk(wanted)
    followed = {one.learner_id: one for one in Following.objects.filter(learner__in=wanted).select_related("officer")}
    activities: dict[int, list[Activity]] = {}
    for activity in Activity.objects.known().filter(learner__in=wanted):
        activities.setdefault(activity.learner_id, []).append(activity)
    gone = outside_of(wanted, today)
    return [Line(learners[pk], followed.get(pk), current(activities.get(pk, []), today), gone.get(pk))
            for pk in wanted if pk in learners]


def for_all(data: Mapping[str, str], officers: Iterable[User], today: date) -> ForAll:
    """What was typed into the row for all ticked, checked."""
    found = ForAll({name: data.get(f"all-{name}", "").strip() for name in FIELDS})
    if found.typed["officer"] not in {"", NOBODY, *(str(officer.pk) for officer in officers)}:
        found.problems["officer"] = _NO_OFFICER
    if fault := _fault_of_day(found.typed["next_contact"], today):
        found.problems["next_contact"] = fault
    return found


def drafts(
    grid: list[Line], data: Mapping[str, str], officers: Iterable[User], today: date, ticked: ForAll | None = None,
) -> list[Draft]:
    """What was typed into each row or is for it as for all ticked, checked. A field that was not sent stays as it is."""
    allowed = {str(officer.pk) for officer in officers}
    return [_draft(line, data, allowed, today, ticked) for line in grid]


def _draft(line: Line, data: Mapping[str, str], allowed: set[str], today: date, ticked: ForAll | None) -> Draft:
    row = f"r{line.learner.pk}-"
    first, shown = (_carried(data.get(f"{row}{when}", ""), line) for when in ("first", "shown"))
    in_boxes = {**shown, "confirm": ""}
    boxes = {name: data.get(row + name, before).strip() for name, before in in_boxes.items()}
    typed = {name: line.held[name] if boxes[name] == before else boxes[name] for name, before in in_boxes.items()}
    tick = (f"{row}tick" in data or ALL_TICKED in data) and f"{row}gone" not in data  # the page had no row to tick
    draft = Draft(line, typed, dict(typed), first, shown, tick)
    for_all_ticked = ticked.asked(line) if ticked and draft.ticked else {}
    own = {name: box for name, box in boxes.items() if box != in_boxes[name]}
    draft.asked = {name: value for name, value in (for_all_ticked | own).items() if value != in_boxes[name]}
    typed |= {name: value for name, value in for_all_ticked.items() if typed[name] == line.held[name]}
    if line.gone:
        return draft
    draft.already = [name for name in BOXES if shown[name] != line.held[name] == typed[name]
                     and typed[name] in (boxes[name], for_all_ticked.get(name))]
    if draft.differs("officer") and typed["officer"] and typed["officer"] not in allowed:
        draft.problems["officer"] = _NO_OFFICER
    if draft.differs("next_contact") and (fault := _fault_of_day(typed["next_contact"], today)):
        draft.problems["next_contact"] = fault
    if typed["confirm"] and not line.can_be_confirmed:
        draft.problems["confirm"] = "nothing is recorded that could be confirmed"
    return draft


def _carried(said: str, line: Line) -> dict[str, str]:
    """What boxes were about, as the form carries it; what they are about now where it carries nothing."""
    values = said.split(_BETWEEN)
    return dict(zip(FIELDS, values, strict=True)) if len(values) == len(FIELDS) else line.now


def carried(about: Mapping[str, str]) -> str:
    """The same as one value of the form."""
    return _BETWEEN.join(about[name] for name in FIELDS)


def _fault_of_day(typed: str, today: date) -> str:
    """What is wrong with a day of the next contact as it was typed, if anything."""
    on = _day(typed)
    if typed and on is None:
        return "write the day as 2026-11-28"
    return "enter today or a later day" if on and on < today else ""


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None


def clashes_said(draft: Draft, officers: Iterable[User]) -> list[Said]:
    """What somebody else changed of what would be changed, field by field: as it was when the grid was opened, and now."""
    names, found = {"": "Nobody", **{str(officer.pk): officer.full_name for officer in officers}}, []
    for name in draft.clashes:
        pair = draft.first[name], draft.line.now[name]
        if name == "officer":
            found.append(Said("Officer", *(names.get(pk, "Somebody else") for pk in pair)))
        elif name == "next_contact":
            found.append(Said("Next contact", *(day(_day(on)) or "None set" for on in pair)))
        else:
            found.append(Said("What we have", "Something else", draft.line.activity_said))
    return found


def said(draft: Draft, officers: Iterable[User]) -> list[Said]:
    """Exactly what would change, field by field."""
    names = {str(officer.pk): officer.full_name for officer in officers}
    held, rows = draft.line.held, []
    if draft.differs("officer"):
        holder = draft.line.following.officer if draft.line.following else None
        before = holder.full_name if holder else "Nobody"
        rows.append(Said("Officer", before, names.get(draft.typed["officer"], "Nobody")))
    if draft.differs("next_contact"):
        before = parse_date(held["next_contact"]) if held["next_contact"] else None
        rows.append(Said("Next contact", day(before) or "None set", day(draft.next_contact) or "None set"))
    if draft.typed["confirm"] and draft.line.activity:
        rows.append(Said("Still doing", _confirmed(draft.line.activity),
                         f"{draft.line.activity_said}: confirmed today"))
    return rows


def said_since(says: Iterable[Mapping[str, Sequence[Any]]]) -> list[list[Said]]:
    """What saved changes changed, field by field: for each learner what BulkChange.says holds. Two queries."""
    kept = list(says)
    officers = User.objects.in_bulk(_numbers(kept, "officer"))
    activities = Activity.objects.in_bulk(_numbers(kept, "activity"))
    return [_said_since(changes, officers, activities) for changes in kept]


def _numbers(kept: list[Mapping[str, Sequence[Any]]], name: str) -> set[int]:
    return {pk for changes in kept for pk in changes.get(name, ()) if pk}


def _said_since(
    changes: Mapping[str, Sequence[Any]], officers: Mapping[int, User], activities: Mapping[int, Activity],
) -> list[Said]:
    rows = []
    if pair := changes.get("officer"):
        rows.append(Said("Officer", *(_called(officers.get(pk)) if pk else "Nobody" for pk in pair)))
    if pair := changes.get("next_contact"):
        rows.append(Said("Next contact", *(day(parse_date(on)) if on else "None set" for on in pair)))
    if pair := changes.get("activity"):
        before, after = (activities.get(pk) for pk in pair)
        label, now = f"{activity_label(after.code)}: " if after else "", _confirmed(after)
        rows.append(Said("Still doing", _confirmed(before), f"{label}{now[0].lower()}{now[1:]}"))
    return rows


def _called(officer: User | None) -> str:
    return officer.full_name if officer else "Somebody who has left"


def _confirmed(activity: Activity | None) -> str:
    if activity is None:
        return "Not kept"
    said = last_confirmed(activity)
    return f"{said[:1].upper()}{said[1:]}"
