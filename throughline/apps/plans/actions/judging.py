"""Judging whether a plan succeeded by its own criteria: each judgement stands beside those before it, the newest counts."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.actions.keeping import refuse_unless_living
from throughline.apps.plans.models import CriterionJudgement, SuccessCriterion
from throughline.apps.plans.subjects import subject_of


@transaction.atomic
def judge_criterion(
    *, by: User | None, criterion: SuccessCriterion, verdict: str, judged_by: str, evidence: str, on: date | None = None
) -> CriterionJudgement:
    """Say whether a criterion was met, who judged so and on what evidence. Raises RefusedError for a day to come."""
    about = criterion.action or criterion.section or criterion.plan
    refuse_unless_living(about)
    when = on or timezone.localdate()
    if when > timezone.localdate():
        raise RefusedError("Give a day that is not in the future", "on")
    made = CriterionJudgement.objects.create(
        criterion=criterion, verdict=verdict, on=when, judged_by=judged_by.strip(), evidence=evidence.strip(), by=by)
    before = criterion.judgements.exclude(pk=made.pk).first()
    told = [before.get_verdict_display() if before else None, made.get_verdict_display()]
    record(by=by, verb="changed", room=ROOM, subject=subject_of(about), detail={"success criterion": told})
    return made
