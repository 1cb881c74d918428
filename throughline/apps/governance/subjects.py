"""How the audit names what it is about in the governance room."""

from throughline.apps.governance.models import (
    AgendaItem,
    Consultation,
    ConsultationResponse,
    Decision,
    Meeting,
    Paper,
    ScrutinyQuestion,
)

ROOM = "governance"
_KINDS = {
    Meeting: "meeting", AgendaItem: "agenda item", Paper: "paper", Decision: "decision", ScrutinyQuestion: "scrutiny question",
    Consultation: "consultation", ConsultationResponse: "consultation response",
}
Kept = Meeting | AgendaItem | Paper | Decision | ScrutinyQuestion | Consultation | ConsultationResponse


def kind_of(kept: Kept) -> str:
    """What the audit calls a record of this room."""
    return _KINDS[type(kept)]


def subject_of(kept: Kept) -> tuple[str, str, str]:
    """A record of this room as the subject of an audit entry."""
    return kind_of(kept), str(kept.pk), str(kept)
