"""What changed about a learner and who made it so; and who looked."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from throughline.apps.accounts.models import AuditEntry, Verb
from throughline.apps.learners.actions.believing import KIND
from throughline.apps.learners.codes import codeset, trait_label
from throughline.apps.learners.models import FACTS, Activity, Fact, Learner, LevelOfNeed, Membership, Particulars, Trait
from throughline.apps.learners.sight import Sight
from throughline.ui.formats import day

_LOOKS = (Verb.LOOKED, Verb.DOWNLOADED)


@dataclass(frozen=True)
class Step:
    """One belief that came or ceased: when, by whom, on whose word, and what it says."""

    at: datetime
    came: bool
    says: str
    who: str
    source: str


def steps_of(learner: Learner, sight: Sight, known: datetime | None = None, limit: int = 40) -> list[Step]:
    """What changed about a learner, the latest first, as far as a reader may see it; up to a moment, where one is given."""
    found: list[Step] = []
    for model in FACTS:
        facts = model.objects.filter(learner=learner).select_related("source", "recorded_by")
        for fact in facts:
            if not _shown(fact, sight):
                continue
            words = f"{str(fact._meta.verbose_name).capitalize()}: {_words(fact)}"
            who, source = str(fact.recorded_by or ""), str(fact.source or "")
            found.append(Step(fact.known_from, True, words, who, source))
            if fact.known_to:
                found.append(Step(fact.known_to, False, words, "", ""))
    found = [step for step in found if known is None or step.at <= known]
    return sorted(found, key=lambda step: (step.at, step.came), reverse=True)[:limit]


def looks_at(learner: Learner, limit: int = 20) -> QuerySet[AuditEntry]:
    """The last who looked at a learner's pages or took a file of them away."""
    return AuditEntry.objects.filter(subject_kind=KIND, subject_id=str(learner.pk), verb__in=_LOOKS)[:limit]


def _shown(fact: Fact, sight: Sight) -> bool:
    if isinstance(fact, Trait):
        return sight.shows_trait(fact)
    return fact._meta.model_name != "address" or sight.shows_address(fact)


def _words(fact: Fact) -> str:
    if isinstance(fact, Activity):
        label = codeset("activity").label(fact.code)
        return f"{fact.code} {label} from {day(fact.start)}, confirmed {day(fact.counted.confirmed)}"
    if isinstance(fact, Particulars):
        return _particulars(fact)
    if isinstance(fact, Trait):
        said = trait_label(fact.trait)
    elif isinstance(fact, Membership):
        said = codeset("cohort_status").label(fact.status)
    elif isinstance(fact, LevelOfNeed):
        said = codeset("level_of_need").label(fact.level)
    else:
        said = str(fact) or "nobody knows"
    return f"{said} from {day(fact.starts)}" + (f" to {day(fact.ends)}" if fact.ends else "")



def _particulars(said: Particulars) -> str:
    """All of them in one line: what changed is seen beside the line before."""
    coded = [codeset(name).label(code) for name in ("gender", "ethnic_group", "intended_destination")
             if (code := getattr(said, name))]
    school = [f"school in year 11 {said.school_at_16}"] if said.school_at_16 else []
    return ", ".join([f"born {day(said.born)}", *coded, *school])
