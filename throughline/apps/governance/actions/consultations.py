"""Everything that changes about consultations: what was asked, what was said, what was answered and changed."""

from typing import Any

from throughline.apps.accounts.models import User
from throughline.apps.governance.models import Consultation, ConsultationResponse
from throughline.apps.governance.subjects import ROOM
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, make


def add_consultation(*, by: User | None, area: str, **words: Any) -> Consultation:
    """Add a consultation. Raises RefusedError when it would close before it opens."""
    _refuse_days_the_wrong_way_round(words)
    return make(by=by, room=ROOM, kind="consultation", made=Consultation(area=area), words=words)


def change_consultation(*, by: User | None, consultation: Consultation, **words: Any) -> Changes:
    """Change a consultation, or say what was decided. Raises RefusedError as adding does."""
    _refuse_days_the_wrong_way_round(words)
    return amend(by=by, room=ROOM, kind="consultation", kept=consultation, words=words)


def add_response(*, by: User | None, consultation: Consultation, **words: Any) -> ConsultationResponse:
    """Log a response. Raises RefusedError for a change that is not said."""
    _refuse_a_silent_change(words)
    made = ConsultationResponse(consultation=consultation)
    return make(by=by, room=ROOM, kind="consultation response", made=made, words=words)


def change_response(*, by: User | None, response: ConsultationResponse, **words: Any) -> Changes:
    """Change or answer a response. Raises RefusedError for a change that is not said."""
    _refuse_a_silent_change(words)
    return amend(by=by, room=ROOM, kind="consultation response", kept=response, words=words)


def _refuse_days_the_wrong_way_round(words: dict[str, Any]) -> None:
    if words["closes_on"] < words["opens_on"]:
        raise RefusedError("Enter a day that is not before it opens", "closes_on")
    if (decided := words.get("decided_on")) and decided < words["opens_on"]:
        raise RefusedError("Enter a day that is not before it opens", "decided_on")


def _refuse_a_silent_change(words: dict[str, Any]) -> None:
    if words.get("changed_plan") and not words.get("change"):
        raise RefusedError("Say what the response changed in the plan", "change")
