"""Everything that changes about campaigns: what is planned, what went out, what people said when they were asked."""

from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, make
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.actions.evidence import file_kept
from throughline.apps.plans.cycle import PLAUSIBLE
from throughline.apps.plans.models import Action, Campaign, CampaignMessage, CampaignResearch, Plan
from throughline.apps.plans.subjects import CAMPAIGN_KINDS, Campaigning, subject_of

LONGEST = relativedelta(years=10)
_CAMPAIGN, _MESSAGE, _RESEARCH = (CAMPAIGN_KINDS[each] for each in (Campaign, CampaignMessage, CampaignResearch))


def add_campaign(*, by: User | None, area: str, **words: Any) -> Campaign:
    """Add a campaign. Raises RefusedError for an end before its start and what is another authority's."""
    _check_campaign(area, words)
    return make(by=by, room=ROOM, kind=_CAMPAIGN, made=Campaign(area=area), words=words)


@transaction.atomic
def change_campaign(*, by: User | None, campaign: Campaign, **words: Any) -> Changes:
    """Change a campaign; the actions of a plan that is its own no longer are let go, and the changes say how many it had and has.

    Raises RefusedError as adding does.
    """
    _check_campaign(campaign.area, words)
    changes = amend(by=by, room=ROOM, kind=_CAMPAIGN, kept=campaign, words=words)
    if "plan" in changes:
        had, kept = campaign.actions.count(), list(campaign.actions.filter(plan=campaign.plan))
        set_actions(by=by, campaign=campaign, actions=kept)
        return {**changes, "actions": [had, len(kept)]}
    return changes


@transaction.atomic
def set_actions(*, by: User | None, campaign: Campaign, actions: list[Action]) -> None:
    """Let a campaign carry out exactly these actions of its plan. Raises RefusedError for one of another plan."""
    if any(action.plan_id != campaign.plan_id for action in actions):
        raise RefusedError("Choose actions of the campaign’s own plan", "actions")
    before = sorted(campaign.actions.values_list("pk", flat=True))
    after = sorted(action.pk for action in actions)
    if before != after:
        campaign.actions.set(actions)
        record(by=by, verb="changed", room=ROOM, subject=subject_of(campaign), detail={"actions": [before, after]})


def follow_version(*, by: User | None, older: Plan, newer: Plan) -> None:
    """Let the campaigns of a superseded plan be for the version that supersedes it, and carry out the copies of their actions.

    Those of a version that was read in, of which no action is a copy, stay with the plan that they were planned for.
    """
    copies = Action.with_removed.filter(plan=newer, copied_from__plan=older)
    if copies.exists():
        for campaign in Campaign.with_removed.filter(plan=older):
            _move(by, campaign, newer, list(copies.filter(copied_from__campaigns=campaign)))


def follow_back(*, by: User | None, older: Plan, newer: Plan) -> None:
    """Give the version before its campaigns again, when the approval of the newer is taken back.

    One that carries out an action which only the newer version has stays with that.
    """
    for campaign in Campaign.with_removed.filter(plan=newer):
        carried = Action.with_removed.filter(campaigns=campaign, plan=newer)
        if not carried.exclude(copied_from__plan=older).exists():
            _move(by, campaign, older, list(Action.with_removed.filter(copies__in=carried)))


def _move(by: User | None, campaign: Campaign, plan: Plan, actions: list[Action]) -> None:
    amend(by=by, room=ROOM, kind=_CAMPAIGN, kept=campaign, words={"plan": plan})
    set_actions(by=by, campaign=campaign, actions=actions)


def add_message(*, by: User | None, campaign: Campaign, **words: Any) -> CampaignMessage:
    """Plan a message. Raises RefusedError for somebody of another authority, and for a year that nobody can mean."""
    _check_party(campaign.area, words, "who")
    _check_day(words, "planned_on")
    return make(by=by, room=ROOM, kind=_MESSAGE, made=CampaignMessage(campaign=campaign), words=words)


def change_message(*, by: User | None, message: CampaignMessage, **words: Any) -> Changes:
    """Change what is planned. Raises RefusedError as adding does."""
    _check_party(message.campaign.area, words, "who")
    _check_day(words, "planned_on")
    return amend(by=by, room=ROOM, kind=_MESSAGE, kept=message, words=words)


def log_message(*, by: User | None, message: CampaignMessage, upload: UploadedFile | None = None, **words: Any) -> Changes:
    """Say that a message went out, or put right what was said; a file takes the place of one before.

    Raises RefusedError for a day to come or of a year that nobody can mean, and for a file as evidence does.
    """
    _check_day(words, "sent_on")
    if words["sent_on"] > timezone.localdate():
        raise RefusedError("Enter the day on which it went out, which cannot be to come", "sent_on")
    kept = file_kept(upload) if upload else {}
    return amend(by=by, room=ROOM, kind=_MESSAGE, kept=message, words={**words, **kept})


def unlog_message(*, by: User | None, message: CampaignMessage) -> Changes:
    """Say that a message did not go out after all; what was logged beside the day waits for it to be logged again."""
    return amend(by=by, room=ROOM, kind=_MESSAGE, kept=message, words={"sent_on": None})


def add_research(*, by: User | None, campaign: Campaign, **words: Any) -> CampaignResearch:
    """Keep what people said. Raises RefusedError for more of one answer than answered, and for a year that nobody can mean."""
    _check_figures(words)
    _check_day(words, "asked_on")
    return make(by=by, room=ROOM, kind=_RESEARCH, made=CampaignResearch(campaign=campaign), words=words)


def change_research(*, by: User | None, research: CampaignResearch, **words: Any) -> Changes:
    """Put right what people said. Raises RefusedError as adding does."""
    _check_figures(words)
    _check_day(words, "asked_on")
    return amend(by=by, room=ROOM, kind=_RESEARCH, kept=research, words=words)


def remove(*, by: User | None, kept: Campaigning) -> Changes:
    """Take a campaign, a message or market research out of sight; it can be brought back."""
    return amend(by=by, room=ROOM, kind=CAMPAIGN_KINDS[type(kept)], kept=kept, words={"removed_at": timezone.now()},
                 verb="removed")


def bring_back(*, by: User | None, kept: Campaigning) -> Changes:
    """Undo a removal."""
    return amend(by=by, room=ROOM, kind=CAMPAIGN_KINDS[type(kept)], kept=kept, words={"removed_at": None})


def _check_campaign(area: str, words: dict[str, Any]) -> None:
    _check_day(words, "starts_on")
    _check_day(words, "ends_on")
    if words["ends_on"] < words["starts_on"]:
        raise RefusedError("The last day must not be before the first", "ends_on")
    if words["ends_on"] > words["starts_on"] + LONGEST:
        raise RefusedError(f"A campaign is laid out term by term: enter a last day within {LONGEST.years} years", "ends_on")
    _check_party(area, words, "lead")
    _check_party(area, words, "plan")


def _check_day(words: dict[str, Any], name: str) -> None:
    if name in words and words[name].year not in PLAUSIBLE:
        raise RefusedError(f"Enter a day from {PLAUSIBLE[0]} to {PLAUSIBLE[-1]}", name)


def _check_party(area: str, words: dict[str, Any], name: str) -> None:
    if words.get(name) is not None and words[name].area != area:
        raise RefusedError("Choose something of your own authority’s", name)


def _check_figures(words: dict[str, Any]) -> None:
    answered = words.get("answered")
    if answered is None:
        return
    if more := next((said for said, many in words["figures"] if many > answered), None):
        raise RefusedError(f"More gave the answer “{more}” than answered", "figures")
