"""Facts of a learner term by term, and what somebody decided after looking at a score."""

from datetime import date
from typing import Any

from django.db import transaction

from throughline.analytics.participation.risk import Score
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.followup.actions import ROOM
from throughline.apps.followup.actions.following import refuse_a_past_day
from throughline.apps.followup.models import LearnerFacts, RiskDecision
from throughline.apps.learners.actions.believing import subject_of
from throughline.apps.learners.models import Learner
from throughline.apps.organisations.actions.amending import RefusedError


@transaction.atomic
def enter_facts(*, by: User | None, learner: Learner, as_at: date, **facts: Any) -> LearnerFacts:
    """Say what was so of a learner on a day, instead of anything said of that very day; None is not known.

    Raises RefusedError, naming the field, for a share beyond 0 to 100.
    """
    for name in ("attendance_percent", "share_of_absence_from_exclusion_percent"):
        if facts.get(name) is not None and not 0 <= facts[name] <= 100:
            raise RefusedError("Enter a percentage from 0 to 100", name)
    made, _ = LearnerFacts.objects.update_or_create(learner=learner, as_at=as_at, defaults={**facts, "by": by})
    record(by=by, verb="changed", room=ROOM, subject=subject_of(learner), detail={"facts of a term": [None, "given"]})
    return made


@transaction.atomic
def decide_on_risk(
    *, by: User, learner: Learner, score: Score, decision: str, reason: str, review_on: date | None = None,
) -> RiskDecision:
    """Record what somebody decided after looking at a score, kept as they saw it. Raises RefusedError without a reason."""
    if decision not in RiskDecision.Decision.values:
        raise RefusedError("Choose what you decided", "decision")
    if not reason.strip():
        raise RefusedError("Say why: the score decides nothing by itself", "reason")
    refuse_a_past_day(review_on, "review_on")
    if decision == RiskDecision.Decision.WATCH and review_on is None:
        raise RefusedError("Enter the day on which somebody looks again", "review_on")
    made = RiskDecision.objects.create(
        learner=learner, points=score.points, band=score.band_title, decision=decision, reason=reason.strip(),
        reasons=[[one.title, one.points] for one in score.reasons], review_on=review_on, by=by, who_email=by.email)
    record(by=by, verb="created", room=ROOM, subject=subject_of(learner), detail={"decision on risk": [None, "given"]})
    return made
