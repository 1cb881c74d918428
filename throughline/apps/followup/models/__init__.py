"""What the follow-up room keeps: who follows whom, contacts, bulk updates, risk, meetings of districts, support cases."""

from throughline.apps.followup.models.bulk import BulkChange, BulkUpdate
from throughline.apps.followup.models.case import SupportCase
from throughline.apps.followup.models.contact import LoggedContact
from throughline.apps.followup.models.following import Following, SavedFilter
from throughline.apps.followup.models.meeting import ListedLearner, MeetingDecision, ParticipationMeeting
from throughline.apps.followup.models.risk import LearnerFacts, PointsAmendment, RiskDecision

__all__ = [
    "BulkChange", "BulkUpdate", "Following", "LearnerFacts", "ListedLearner", "LoggedContact", "MeetingDecision",
    "ParticipationMeeting", "PointsAmendment", "RiskDecision", "SavedFilter", "SupportCase",
]
