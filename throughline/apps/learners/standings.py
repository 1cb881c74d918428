"""What learners count as on a day, one or very many at once, as believed now or at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from throughline.analytics.participation.activity import Activity as Counted
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

    guarded says that no more than its group is told of the activity, not even how long it is current.
    """

    stood: Stood
    lapses: date | None
    neet_since: date | None
    guarded: bool = False

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
    counted = [one.counted for one in activities]
    codes, edition = codeset("activity"), currency().on(day)
    found = stood(counted, day, codes, edition)
    guarded = found.activity is not None and not sensitive and found.activity.code in guarded_activities()
    lapses = edition.lapse_date(found.activity) if found.activity and not guarded else None
    since = neet_since(counted, day, codes) if found.standing is Standing.NEET else None
    return Now(replace(found, standing=told_standing(found.standing, sensitive)), lapses, since, guarded)


def standings_of(learners: QuerySet[Learner], day: date, known: datetime | None = None) -> dict[int, Stood]:
    """What each of many learners counts as on a day, by their key; one query and one pass for however many."""
    rows = Activity.objects.known(known).filter(learner__in=learners.order_by().values("pk"), start__lte=day)
    latest: dict[int, tuple] = {}
    for learner, *held in rows.values_list("learner", "start", "code", "ascertained", "verified", "review", "predicted_end"):
        if learner not in latest or latest[learner][0] < held[0]:
            latest[learner] = tuple(held)
    codes, edition = codeset("activity"), currency().on(day)
    same: dict[tuple, Stood] = {}

    def of(held: tuple) -> Stood:
        if held not in same:
            start, code, *days = held
            same[held] = stood([Counted(code, start, *days)], day, codes, edition)
        return same[held]

    unknown = stood([], day, codes, edition)
    return {learner: of(latest[learner]) if learner in latest else unknown
            for learner in learners.order_by().values_list("pk", flat=True)}
