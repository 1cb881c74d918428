"""Facts of a learner term by term, what somebody decided after looking at a score, and the points of an authority."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.analytics.participation.risk import Score, UnfitPointsError, Value
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.followup import points, rules
from throughline.apps.followup.actions import ROOM
from throughline.apps.followup.actions.following import refuse_a_past_day
from throughline.apps.followup.models import LearnerFacts, PointsAmendment, RiskDecision
from throughline.apps.learners.actions.believing import subject_of
from throughline.apps.learners.models import Learner
from throughline.apps.organisations.actions.amending import RefusedError, SavedAlreadyError

POINTS = ("points", "risk_of_neet", "Points of the risk of NEET")


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
    """Record what somebody decided after looking at a score, kept as they saw it.

    Raises RefusedError without a reason; SavedAlreadyError where the very same was recorded a moment ago.
    """
    if decision not in RiskDecision.Decision.values:
        raise RefusedError("Choose what you decided", "decision")
    if not reason.strip():
        raise RefusedError("Say why: the score decides nothing by itself", "reason")
    refuse_a_past_day(review_on, "review_on")
    if decision == RiskDecision.Decision.WATCH and review_on is None:
        raise RefusedError("Enter the day on which somebody looks again", "review_on")
    words = {"learner": learner, "decision": decision, "reason": reason.strip(), "review_on": review_on, "by": by,
             "points": score.points, "band": score.band_title}
    Learner.objects.select_for_update().get(pk=learner.pk)  # of two that are sent at once the second waits
    if same := RiskDecision.objects.filter(at__gte=timezone.now() - rules.sent_twice_within(), **words).first():
        raise SavedAlreadyError("You recorded the same a moment ago, so it stands once", same)
    made = RiskDecision.objects.create(
        reasons=[[one.title, one.points] for one in score.reasons], who_email=by.email, **words)
    record(by=by, verb="created", room=ROOM, subject=subject_of(learner), detail={"decision on risk": [None, "given"]})
    return made


@transaction.atomic
def amend_points(*, by: User, says: Mapping[str, Value], reason: str, instead_of: int | None = None) -> PointsAmendment:
    """Say the points and bands of one's own authority otherwise than the published ones, from now on.

    says holds every value by the name that Edition.values() gives it, of which those that differ are kept; instead_of is the
    amendment that held when somebody began. Raises RefusedError, naming the value, for points that make no sense, when
    nothing would change, or when somebody else was faster.
    """
    standing, file = points.held(by.area), points.published()
    differs = {name: says[name] for name, value in file.values().items() if name in says and says[name] != value}
    try:
        file.amended(differs)
    except UnfitPointsError as error:
        name, said = next(iter(error.wrong.items()))
        raise RefusedError(said, name) from error
    if differs == (standing.says if standing else {}):
        raise RefusedError("Nothing would change: these are the points that hold now")
    if not reason.strip():
        raise RefusedError("Say why they are changed", "reason")
    made = _instead(by, instead_of, PointsAmendment(area=by.area, says=differs, reason=reason.strip(), made_by=by))
    record(by=by, verb="changed", room=ROOM, subject=POINTS, detail={"points": sorted(differs)})
    return made


def _instead(by: User, pk: int | None, made: PointsAmendment) -> PointsAmendment:
    """Put an amendment in the place of the one that held; of two people at once, by the database's word, only one does so."""
    held = PointsAmendment.objects.filter(area=by.area, withdrawn_at=None)
    try:
        with transaction.atomic():
            if held.filter(pk=pk).update(withdrawn_at=made.made_at, withdrawn_by=by) != bool(pk):
                raise IntegrityError
            made.save()
    except IntegrityError as error:
        raise RefusedError("Somebody else changed the points while you had them open. Go back and look at them again") from error
    return made


@transaction.atomic
def withdraw_points(*, by: User) -> bool:
    """Let the published points hold again in one's own authority; whether any others had held."""
    if not PointsAmendment.objects.filter(area=by.area).withdraw(by):
        return False
    record(by=by, verb="removed", room=ROOM, subject=POINTS)
    return True
