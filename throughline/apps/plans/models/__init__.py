"""What the plans room keeps, one noun a file."""

from throughline.apps.plans.models.action import Action, ActionOwner, Cost, CrossReference, Milestone, Step
from throughline.apps.plans.models.batch import Batch
from throughline.apps.plans.models.calendar import CalendarEntry, Feed, Reminder
from throughline.apps.plans.models.campaign import Campaign, CampaignMessage, CampaignResearch
from throughline.apps.plans.models.plan import Baseline, Inspection, Plan, Recommendation, Section, SectionLead
from throughline.apps.plans.models.progress import CriterionJudgement, Evidence, SuccessCriterion, Update
from throughline.apps.plans.models.reading import Reading

__all__ = [
    "Action", "ActionOwner", "Baseline", "Batch", "CalendarEntry", "Campaign", "CampaignMessage", "CampaignResearch", "Cost",
    "CriterionJudgement", "CrossReference", "Evidence",
    "Feed", "Inspection", "Milestone", "Plan", "Reading", "Recommendation", "Reminder", "Section", "SectionLead", "Step",
    "SuccessCriterion", "Update",
]
