"""Whom a district's participation meeting is to talk about, and what became of those listed at the one before."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from throughline.analytics.participation.standing import Standing
from throughline.analytics.participation.worklists import LISTS
from throughline.apps.accounts.places import school_names
from throughline.apps.followup.models import ListedLearner, MeetingDecision, ParticipationMeeting
from throughline.apps.followup.queries import learners_by_pk, name_of
from throughline.apps.followup.register import Register
from throughline.apps.followup.standing import Row
from throughline.apps.followup.worklist import number_of, why
from throughline.apps.learners.standings import WORDS

LEFT = "left"  # the cohort, since the meeting before


def chosen(district: str, held: Register, carried: set[int], supported: set[int]) -> list[Row]:
    """Who belongs on the list: those carried forward first, then by how long nobody has heard of them. Of those whose address
    is protected only the former, whose district was told already. supported are those with an open support case.
    """
    def belongs(row: Row) -> bool:
        if row.person.pk in carried:
            return True
        if row.person.lives_in != district or not row.person.tracked:
            return False
        return bool(_called_for(row, held, supported) or set(row.lists) & set(held.rules.worklists.meeting_lists))

    rows = [row for row in held.rows.values() if belongs(row)]
    return sorted(rows, key=lambda row: (row.person.pk not in carried, row.heard, row.person.number))


def left_off(row: Row) -> bool:
    """Whether somebody is counted and not named: to stand on the list of a district tells of a home."""
    return row.person.restricted or row.person.protected


def carried_from(before: ParticipationMeeting | None) -> set[int]:
    """Those of whom the meeting before, or an earlier one of the district, decided something that is not done."""
    return set(_undone(before).values_list("listed__learner_id", flat=True))


def _undone(before: ParticipationMeeting | None) -> QuerySet[MeetingDecision]:
    """What the district's meetings decided up to one of them and nobody has done, the oldest first."""
    if before is None:
        return MeetingDecision.objects.none()
    meetings = ParticipationMeeting.objects.filter(area=before.area, district=before.district, month__lte=before.month)
    undone = MeetingDecision.objects.filter(listed__meeting__in=meetings, done_on=None)
    return undone.select_related("listed").order_by("listed__meeting__month", "pk")


def told(
    rows: Iterable[Row], held: Register, before: ParticipationMeeting | None, supported: set[int],
) -> dict[int, dict[str, Any]]:
    """What the paper says of each, in plain values that are kept as they are."""
    rows = list(rows)
    learners, lists = learners_by_pk(row.person.pk for row in rows), held.rules.worklists.lists
    undone: dict[int, list[str]] = {}
    for made in _undone(before):
        undone.setdefault(made.listed.learner_id, []).append(f"{made.who}: {made.text}")
    found, called = {}, school_names(number_of(row) for row in rows)
    for row in rows:
        doing = held.rules.codes.label(row.activity.code, held.rules.day) if row.activity else "Nothing recorded"
        found[row.person.pk] = {
            "name": name_of(learners[row.person.pk]), "number": row.person.number, "age": row.age,
            "standing": WORDS[row.standing], "activity": doing,
            "place": row.place[2] or called.get(number_of(row), ""),
            "vulnerable": row.person.vulnerable, "heard": row.heard.isoformat(),
            "why": _called_for(row, held, supported)
            + [f"{lists[name].title}: {why(row, lists[name], held.rules.day)}" for name in LISTS if name in row.lists],
            "undone": undone.get(row.person.pk, []),
        }
    return found


def _called_for(row: Row, held: Register, supported: set[int]) -> list[str]:
    """Why a meeting takes somebody up beside the lists they stand on: vulnerable and NEET or not known, NEET for long, a case."""
    rules, why = held.rules.worklists, []
    if row.person.vulnerable and row.standing in rules.meeting_standings:
        why.append(f"Of a vulnerable group, and {'NEET' if row.standing is Standing.NEET else 'not known'}")
    if row.neet_since and (days := (held.rules.day - row.neet_since).days) >= rules.meeting_neet_days:
        why.append(f"NEET for {days} days")
    if row.person.pk in supported:
        why.append("A support case of theirs is open")
    return why


def impact(before: ParticipationMeeting | None, held: Register, undone_left_off: int) -> dict[str, int]:
    """What became of those listed at the meeting before, in numbers; empty where there was none.

    undone_left_off is how many are left off now of whom something that was decided is not done.
    """
    if before is None:
        return {}
    tally = Counter[str]()
    for listed in ListedLearner.objects.filter(meeting=before):
        row = held.rows.get(listed.learner_id)
        tally[str(row.standing) if row else LEFT] += 1
    shown = (Standing.PARTICIPATING, Standing.OTHER, Standing.NEET, Standing.NOT_KNOWN)
    known = {str(standing): tally[standing] for standing in shown}
    made = decided_at(before)
    return {"listed": tally.total(), **known, LEFT: tally.total() - sum(known.values()), "decided": len(made),
            "done": sum(one.done_on is not None for one in made), "undone_left_off": undone_left_off}


def decided_at(meeting: ParticipationMeeting | None) -> list[MeetingDecision]:
    """What a meeting decided, with whom it is about, in the order of its list."""
    if meeting is None:
        return []
    made = MeetingDecision.objects.filter(listed__meeting=meeting)
    made = made.select_related("listed__learner", "listed__meeting", "by", "said_by")
    return list(made.order_by("listed__position", "id"))
