"""A person's word on an indicator: whether a milestone was kept, another rating than the one proposed, a comment."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from throughline.analytics.targets.judging.verdicts import Verdict
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.indicators.actions.changing import ROOM, RefusedChangeError, subject_of
from throughline.apps.indicators.judgements import PROPOSED, Result, judge_all
from throughline.apps.indicators.models import Indicator, Judgement

STATUSES = tuple(verdict.value for verdict in Verdict if verdict is not Verdict.CANNOT_BE_JUDGED)
RATINGS = ("green", "amber", "red", PROPOSED)


@transaction.atomic
def judge_by_person(
    *, by: User | None, indicator: Indicator, on: date | None = None, status: str = "", rag: str = "", reason: str = "",
    evidence: str = "", commentary: str = "",
) -> Judgement:
    """Keep what a person says of an indicator at a day, beside what the system proposed then and its sum.

    status (met, on track, off track or missed, with evidence) settles what no figure can: a milestone, words that
    cannot be read, an indicator without figures. rag (with a reason) goes before the rating proposed for the same
    period; "proposed" lets that stand again. commentary alone changes neither. The proposal is kept as it is without figures of
    measures that officers enter. Raises RefusedChangeError.
    """
    day = on or timezone.localdate()
    # What is kept is read by people who may not see entered figures; which period it is of gives none away.
    proposal = judge_all([indicator], day, entered=False, counted=True)[indicator.pk]
    period = judge_all([indicator], day, entered=True)[indicator.pk].proposed.period
    _refuse(proposal, day, status, rag, reason, evidence, commentary)
    sums = proposal.proposed
    row = Judgement.objects.create(
        indicator=indicator, on=day, period=period, proposed_status=sums.verdict.value, proposed_rag=sums.rag,
        proposed_sum=list(sums.steps), status=status, rag=rag, reason=reason.strip(), evidence=evidence.strip(),
        commentary=commentary.strip(), by=by)
    said = {"status": [sums.verdict.value, status], "rating": [sums.rag, rag]}
    record(by=by, verb="created", room=ROOM, subject=subject_of(indicator),
           detail={"judgement of": [None, day.isoformat()], **{name: pair for name, pair in said.items() if pair[1]}})
    return row


def _refuse(proposal: Result, day: date, status: str, rag: str, reason: str, evidence: str, commentary: str) -> None:
    if not (status or rag or commentary.strip()):
        raise RefusedChangeError("Say whether it was met, give a rating, or write a comment")
    if status and status not in STATUSES:
        raise RefusedChangeError(f"A status is one of {', '.join(STATUSES)}")
    if rag and rag not in RATINGS:
        raise RefusedChangeError("A rating is green, amber or red")
    if day > timezone.localdate():
        raise RefusedChangeError("A judgement cannot be made of a day to come")
    if status and not proposal.by_person:
        raise RefusedChangeError("The figures settle whether this target is met. You may give it another rating, and say why")
    if status and not evidence.strip():
        raise RefusedChangeError("Say what evidence it rests on")
    if rag and not reason.strip():
        raise RefusedChangeError("Say why the rating should be another than the one proposed")
