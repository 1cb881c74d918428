"""The tables of the learners room as files: their columns and their rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from throughline.analytics.participation.standing import Stood
from throughline.apps.learners.doing import told_code
from throughline.apps.learners.models import Learner, Opening
from throughline.apps.learners.outside import Outside
from throughline.apps.learners.standings import WORDS, told_standing
from throughline.apps.learners.timeline import Bar
from throughline.core.ages import academic_age
from throughline.ui.downloads import Column

LEARNER_COLUMNS = [
    Column("number", "Number"), Column("family", "Family name"), Column("given", "Given name"), Column("born", "Date of birth"),
    Column("age", "Academic age"), Column("standing", "Counts as"), Column("code", "Activity code"),
    Column("activity", "Activity"), Column("start", "Since"), Column("confirmed", "Last confirmed"),
]
CONFIRMED_NOTE = "“Last confirmed” is empty where nobody has confirmed the activity yet."
LEARNER_NOTES = ["These are young people's names: keep the file no longer than it is needed, and pass it to nobody who may not "
                 "see the page.", "Restricted records are left out.", CONFIRMED_NOTE]
ACTIVITY_COLUMNS = [
    Column("code", "Code"), Column("activity", "Activity"), Column("first", "From"), Column("last", "To"),
    Column("where", "Where"), Column("confirmed", "Last confirmed"), Column("lapsed", "No longer current from"),
    Column("reason", "Why they left"), Column("intended", "Meant to do next"), Column("source", "Who told us"),
]
OPENING_COLUMNS = [
    Column("at", "When"), Column("who", "Who"), Column("number", "Learner's number"), Column("reason", "Why"),
    Column("until", "Open until"),
]
ENDING_COLUMNS = [
    Column("month", "Month"), Column("left", "Left the cohort"), Column("grown_up", "Grew up"), Column("longer", "Kept longer"),
    Column("records", "Records"),
]
LONGER_COLUMNS = [
    Column("number", "Learner's number"), Column("until", "Kept until"), Column("reason", "Why"), Column("who", "Who said so"),
    Column("at", "On"),
]
OVER_COLUMNS = [
    Column("number", "Number"), Column("name", "Name"), Column("last", "Last day kept"), Column("why", "Why"),
]
FORGOTTEN_COLUMNS = [Column("day", "Day"), Column("who", "Who"), Column("many", "Learners forgotten")]
OPENING_NOTES = ["Each line is one restricted record that one person opened for a while, or took away in a file: then it has no "
                 "“Open until”, and the reason begins with which file."]


def learner_rows(
    learners: Iterable[Learner], standings: Mapping[int, Stood], gone: Mapping[int, Outside], sensitive: bool,
) -> Iterator[dict[str, Any]]:
    """One row a learner, those restricted left out; learners as queries.listed gives them. gone are those who are not of the
    cohort, sensitive says whether the reader may see what is.
    """
    today = timezone.localdate()
    for learner in learners:
        if learner.restricted:
            continue
        stood, called = standings[learner.pk], learner.called
        now = stood.activity
        code, activity = told_code(now.code, today, sensitive) if now else ("", "")
        yield {"number": learner.number, "family": called.family if called else "", "given": called.given if called else "",
               "born": learner.born, "age": academic_age(learner.born, today), "code": code, "activity": activity,
               "standing": gone[learner.pk].words if learner.pk in gone else WORDS[told_standing(stood.standing, sensitive)],
               "start": now.start if now else None, "confirmed": now.confirmed if now else None}


def activity_rows(bars: Sequence[Bar]) -> Iterator[dict[str, Any]]:
    """One row an activity, as the timeline draws it."""
    for bar in bars:
        yield {"code": bar.told.code, "activity": bar.told.label, "first": bar.first, "last": bar.to,
               "where": bar.told.where, "confirmed": bar.activity.confirmed, "lapsed": bar.lapsed_from,
               "reason": bar.told.reason, "intended": bar.told.intended, "source": bar.told.source}


def opening_rows(openings: Iterable[Opening]) -> Iterator[dict[str, Any]]:
    """One row an opening."""
    for one in openings:
        yield {"at": timezone.localtime(one.at).replace(tzinfo=None), "who": one.whose, "number": one.number,
               "reason": one.reason, "until": None if one.taken_away else timezone.localtime(one.closes).replace(tzinfo=None)}
