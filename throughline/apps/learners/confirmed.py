"""When an activity had been confirmed by a month end, where it has been confirmed since: the return names no later day."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef

from throughline.analytics.participation.activity import Activity as Counted
from throughline.analytics.participation.currency import Edition
from throughline.apps.learners.models import Activity

Days = tuple[date | None, ...]  # of an activity, as _DAYS names them
_DAYS = ("ascertained", "verified")


def confirmed_before(whose: Mapping[str, Any], end: date, known: datetime | None) -> Iterator[tuple[int, date, Days]]:
    """Of activities that were confirmed after a month end: the learner, the start, and the days of the last belief before that by
    which it was confirmed no later.

    whose filters activities by their learners; known is the moment as of which they are asked for, now without it.
    """
    since = Activity.objects.filter(verified__gt=end, **{name: OuterRef(name) for name in ("learner", "start", "code")})
    held = Activity.objects.filter(Exists(since.known(known)), **whose)
    if known is not None:
        held = held.filter(known_from__lte=known)
    found = held.order_by("learner", "start", "-known_from", "-id").values_list(
        "learner_id", "start", "code", "known_from", "known_to", *_DAYS)
    for (learner, start, _), beliefs in groupby(found.iterator(), lambda row: row[:3]):
        if days := _before(end, (row[3:] for row in beliefs)):
            yield learner, start, days


def _before(end: date, beliefs: Iterator[tuple[Any, ...]]) -> Days | None:
    """The days of the last belief by which it was confirmed no later than a day, each of them believed in place of the next.

    The latest comes first, and is not one. What was withdrawn in between counts for nothing.
    """
    since = next(beliefs)[0]
    for known_from, known_to, *days in beliefs:
        if known_to != since:
            return None
        if (days[1] or days[0] or date.max) <= end:
            return tuple(days)
        since = known_from
    return None


def by_the_end(activity: Counted, before: Days | None, end: date, currency: Edition) -> Counted:
    """An activity as it stood at a month end: the return may name no later day, nor count from one.

    before are the days on which it had been ascertained and verified before it was confirmed after the month end. All else is as
    it is believed: an end or review that was said since is counted by, and so is returned. What was confirmed since was so at the
    end too: where it had lapsed by those days, or nobody had confirmed it, the month's last day is said.
    """
    if before:
        stood = replace(activity, **dict(zip(_DAYS, before, strict=True)))
        if not currency.has_lapsed(stood, end):
            return stood if stood.ascertained else replace(stood, ascertained=activity.start)
    return replace(activity, ascertained=min(activity.ascertained or activity.start, end),
                   verified=min(activity.verified, end) if activity.verified else None)
