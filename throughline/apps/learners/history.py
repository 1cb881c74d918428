"""What changed about a learner and who made it so; and who looked."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from throughline.apps.accounts.models import LOOKS, AuditEntry
from throughline.apps.accounts.places import authority_name
from throughline.apps.accounts.queries import among, for_authority, with_numbers
from throughline.apps.learners.actions.believing import KIND
from throughline.apps.learners.codes import codeset, trait_label
from throughline.apps.learners.doing import doing, last_confirmed, left
from throughline.apps.learners.facts import sort_of
from throughline.apps.learners.models import FACTS, Activity, Fact, Learner, LevelOfNeed, Membership, Particulars, Trait
from throughline.apps.learners.places import school_name
from throughline.apps.learners.sight import Sight
from throughline.ui.formats import day

STEPS_SHOWN, LOOKS_SHOWN = 40, 30  # on a page, which says that there may be more
_WRITTEN_WITHIN = timedelta(seconds=10)  # of the moment that a change bears, its entry in the audit is made
_LOOKED_THROUGH = 200  # entries of the audit that one page goes through, of either sort


@dataclass(frozen=True)
class Step:
    """One belief that came or ceased: when, by whom, on whose word, and what it says."""

    at: datetime
    came: bool
    says: str
    who: str
    source: str


def steps_of(learner: Learner, sight: Sight, known: datetime | None = None, limit: int = STEPS_SHOWN) -> list[Step]:
    """What changed about a learner, the latest first, as far as a reader may see it; up to a moment, where one is given."""
    found: list[Step] = []
    for model in FACTS:
        facts = model.objects.filter(learner=learner).select_related("source__undone_by", "recorded_by")
        for fact in facts:
            if not _shown(fact, sight):
                continue
            words = f"{sort_of(fact)}: {_words(fact, sight)}"
            who, source = str(fact.recorded_by or ""), str(fact.source or "")
            found.append(Step(fact.known_from, True, words, who, source))
            if fact.known_to:
                found.append(Step(fact.known_to, False, words, *_undone(fact)))
    made = _who_changed(learner)
    found = [step if step.came or step.source else replace(step, who=_by(made, step.at)) for step in found]
    found = [step for step in found if known is None or step.at <= known]
    return sorted(found, key=lambda step: (step.at, step.came), reverse=True)[:limit]


def _undone(fact: Fact) -> tuple[str, str]:
    """Who undid the file with which a belief came and ceased, and which that was; empty where it ceased otherwise."""
    if fact.source and fact.source.was_undone(fact.known_to):
        return str(fact.source.undone_by or ""), f"{fact.source}, undone"
    return "", ""


def _who_changed(learner: Learner) -> list[tuple[datetime, str]]:
    """Who changed a learner and when, by the audit: what ceases to be held does not say so itself."""
    kept = AuditEntry.objects.filter(subject_kind=KIND, subject_id=str(learner.pk), who__isnull=False).exclude(verb__in=LOOKS)
    return [(entry.at, str(entry.who)) for entry in kept.select_related("who").order_by("at")]


def _by(made: list[tuple[datetime, str]], at: datetime) -> str:
    return next((who for moment, who in made if at <= moment <= at + _WRITTEN_WITHIN), "")


@dataclass(frozen=True)
class Look:
    """That somebody looked on a day at one thing that shows a learner, or took it away, and how often; at is the last time."""

    at: datetime
    who: str
    did: str
    what: str
    times: int


def looks_at(learner: Learner, limit: int = LOOKS_SHOWN) -> list[Look]:
    """Who looked of late at a learner: at their pages, and at the lists and files that showed them, day by day.

    A year back, and no further than as many looks as a page can hold.
    """
    looks = _looks(learner)
    times = Counter(_kind_of(look, learner) for look in looks)
    latest: dict[tuple[Any, ...], AuditEntry] = {}
    for look in looks:
        latest.setdefault(_kind_of(look, learner), look)
    return [Look(look.at, look.whose, look.get_verb_display(), _thing(look, learner), times[kind])
            for kind, look in list(latest.items())[:limit]]


def _looks(learner: Learner) -> list[AuditEntry]:
    """The last looks at a learner's own pages and at what showed them, the latest first."""
    looks = AuditEntry.objects.filter(verb__in=LOOKS, at__gte=timezone.now() - timedelta(days=365)).order_by("-at", "-id")
    own = looks.filter(subject_kind=KIND, subject_id=str(learner.pk)).defer("detail")[:_LOOKED_THROUGH]
    lists = with_numbers(looks.filter(for_authority(learner.area))).filter(among(learner.number))
    return sorted((*own, *lists.defer("detail")[:_LOOKED_THROUGH]), key=lambda look: (look.at, look.pk), reverse=True)


def _is_own(look: AuditEntry, learner: Learner) -> bool:
    return (look.subject_kind, look.subject_id) == (KIND, str(learner.pk))


def _kind_of(look: AuditEntry, learner: Learner) -> tuple[Any, ...]:
    return timezone.localdate(look.at), look.whose, look.verb, _thing(look, learner)


def _thing(look: AuditEntry, learner: Learner) -> str:
    return "this record" if _is_own(look, learner) else look.subject_label


def _shown(fact: Fact, sight: Sight) -> bool:
    if isinstance(fact, Trait):
        return sight.shows_trait(fact)
    return fact._meta.model_name != "address" or sight.shows_address(fact)


def _words(fact: Fact, sight: Sight) -> str:
    if isinstance(fact, Activity):
        told = doing(fact, fact.start, sight.sensitive)
        said = (f"{told.coded} from {day(fact.start)}, confirmed {day(fact.confirmed)}" if fact.confirmed
                else f"{told.coded}, {last_confirmed(fact)}")
        if how := sight.sensitive and left(fact, timezone.localdate()):
            said = f"{said}, {how}"
        return f"{said}. {told.leaving}" if told.leaving else said
    if isinstance(fact, Particulars):
        return _particulars(fact)
    if isinstance(fact, Trait):
        said = trait_label(fact.trait, fact.starts)
    elif isinstance(fact, Membership):
        said = codeset("cohort_status").label(fact.status, fact.starts)
    elif isinstance(fact, LevelOfNeed):
        said = codeset("level_of_need").label(fact.level, fact.starts)
    else:
        said = str(fact) or "nobody knows"
    return f"{said} from {day(fact.starts)}" + (f" to {day(fact.ends)}" if fact.ends else "")


def _particulars(said: Particulars) -> str:
    """All of them in one line: what changed is seen beside the line before."""
    since = timezone.localdate(said.known_from)
    coded = [codeset(name).label(code, since) for name in ("gender", "ethnic_group", "intended_destination")
             if (code := getattr(said, name))]
    school = [f"school in year 11 {school_name(said.school_at_16)}"] if said.school_at_16 else []
    school += [f"authority in year 11 {authority_name(said.area_at_16)}"] if said.area_at_16 else []
    return ", ".join([f"born {day(said.born)}", *coded, *school])
