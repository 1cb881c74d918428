"""What learners count as on a day, one or very many at once, as believed now or at a moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from throughline.analytics.participation.activity import Activity as Counted
from throughline.analytics.participation.codesets import CodeSet
from throughline.analytics.participation.currency import Currency
from throughline.analytics.participation.standing import Standing, Stood, neet_since, stood
from throughline.apps.learners.codes import codeset, currency, guarded_activities
from throughline.apps.learners.models import Activity, Learner

WORDS = {
    Standing.PARTICIPATING: "Participating", Standing.OTHER: "In other activity",
    Standing.NEET: "NEET", Standing.NOT_KNOWN: "Not known", Standing.EXCLUDED: "In adult custody",
    Standing.BEFORE: "Of compulsory school age",
}
COLOURS = {
    Standing.PARTICIPATING: "green", Standing.OTHER: "blue", Standing.NEET: "red", Standing.NOT_KNOWN: "yellow",
    Standing.EXCLUDED: "grey", Standing.BEFORE: "grey",
}


def told_standing(standing: Standing, sensitive: bool) -> Standing:
    """What a reader is told that somebody counts as: custody is other activity to those who may not see what is sensitive."""
    return Standing.OTHER if standing is Standing.EXCLUDED and not sensitive else standing


@dataclass(frozen=True)
class Now:
    """What one learner counts as on a day, until when that is current, and since when they have been NEET.

    guarded says that no more than its group is told of the activity, not even how long it is current; left that they left it,
    where the reader may be told.
    """

    stood: Stood
    lapses: date | None
    neet_since: date | None
    guarded: bool = False
    left: bool = False

    @property
    def words(self) -> str:
        """The standing for a reader."""
        return WORDS[self.stood.standing]

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return COLOURS[self.stood.standing]


def standing_on(activities: Iterable[Activity], day: date, sensitive: bool) -> Now:
    """What a learner of whom these activities are believed counts as on a day, as a reader is told who may see what is
    sensitive, or may not.
    """
    believed = list(activities)
    counted = [one.counted for one in believed]
    codes, edition = codeset("activity"), currency().on(day)
    found = stood(counted, day, codes, edition)
    guarded = found.activity is not None and not sensitive and found.activity.code in guarded_activities()
    lapses = edition.lapse_date(found.activity) if found.activity and not guarded else None
    since = neet_since(counted, day, codes) if found.standing is Standing.NEET else None
    left = sensitive and any(one.counted == found.activity and one.left_before(day) for one in believed)
    return Now(replace(found, standing=told_standing(found.standing, sensitive)), lapses, since, guarded, left)


class By(NamedTuple):
    """What a day is judged by: the list of activities, and how long they stay current."""

    codes: CodeSet
    currency: Currency


def by_what_holds() -> By:
    """The list and the rules as they hold now."""
    return By(codeset("activity"), currency())


def standings_of(learners: QuerySet[Learner], day: date, known: datetime | None = None) -> dict[int, Stood]:
    """What each of many learners counts as on a day, by their key; one query and one pass for however many."""
    [found] = standings_by([by_what_holds()], learners, day, known)
    return found


def standings_by(
    ways: Sequence[By], learners: QuerySet[Learner], day: date, known: datetime | None = None,
) -> list[dict[int, Stood]]:
    """The same, judged in each of several ways; they are read once for all of them."""
    begun = Activity.objects.known(known).filter(start__lte=day)
    last = begun.filter(~Exists(begun.filter(learner=OuterRef("learner"), start__gt=OuterRef("start"))))
    rows = last.filter(learner__in=learners.order_by().values("pk")).order_by()
    latest = {learner: tuple(held) for learner, *held in rows.values_list(
        "learner", "start", "code", "ascertained", "verified", "review", "predicted_end")}
    keys = list(learners.order_by().values_list("pk", flat=True))
    return [_judged(keys, latest, day, by) for by in ways]


def _judged(keys: Iterable[int], latest: Mapping[int, tuple], day: date, by: By) -> dict[int, Stood]:
    """What each counts as by what they do on a day: the start, the code and the days of it, where anything is known."""
    codes, edition = by.codes, by.currency.on(day)
    same: dict[tuple, Stood] = {}

    def of(held: tuple) -> Stood:
        if held not in same:
            start, code, *days = held
            same[held] = stood([Counted(code, start, *days)], day, codes, edition)
        return same[held]

    unknown = stood([], day, codes, edition)
    return {learner: of(latest[learner]) if learner in latest else unknown for learner in keys}
