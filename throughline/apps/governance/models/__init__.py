"""What the governance room keeps, one noun a file."""

from throughline.apps.governance.models.consultation import Consultation, ConsultationResponse
from throughline.apps.governance.models.decision import Decision
from throughline.apps.governance.models.meeting import AgendaItem, Attendance, Meeting, Paper
from throughline.apps.governance.models.scrutiny import ScrutinyQuestion
from throughline.apps.governance.models.version import AnswerVersion, MinutesVersion

__all__ = [
    "AgendaItem", "AnswerVersion", "Attendance", "Consultation", "ConsultationResponse", "Decision", "Meeting", "MinutesVersion",
    "Paper", "ScrutinyQuestion",
]
