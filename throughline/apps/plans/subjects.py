"""How the audit names what it is about in the plans room: never an owner, and no more of a text than its number."""

from throughline.apps.plans.models import Action, Campaign, CampaignMessage, CampaignResearch, Inspection, Plan, Section

Subject = tuple[str, str, str]
Campaigning = Campaign | CampaignMessage | CampaignResearch
CAMPAIGN_KINDS = {Campaign: "campaign", CampaignMessage: "campaign message", CampaignResearch: "market research"}


def subject_of(kept: Plan | Section | Action | Inspection | Campaigning) -> Subject:
    """A plan, a section, an action, an inspection, or a campaign with what is of it, as the subject of an audit entry."""
    if isinstance(kept, Campaigning):
        return CAMPAIGN_KINDS[type(kept)], str(kept.pk), str(kept)
    if isinstance(kept, Plan):
        return "plan", str(kept.pk), kept.title
    if isinstance(kept, Inspection):
        return "inspection", str(kept.pk), kept.title
    kind = "section" if isinstance(kept, Section) else "action"
    return kind, str(kept.pk), f"{kept.number or 'Unnumbered'}, {kept.plan.title}"
