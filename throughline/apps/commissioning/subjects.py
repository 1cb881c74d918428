"""How the audit names what it is about in the commissioning room."""

from throughline.apps.commissioning.models import (
    CommissioningPlan,
    Contract,
    ImpactStatement,
    Intervention,
    Need,
    PlacesCount,
    PlannedSpend,
    Priority,
    SpendEntry,
)

ROOM = "commissioning"
_KINDS = {
    CommissioningPlan: "commissioning plan", Need: "need", Priority: "commissioning priority", Intervention: "intervention",
    PlannedSpend: "planned spend", SpendEntry: "spend entry", ImpactStatement: "impact statement",
    Contract: "contract", PlacesCount: "apprenticeship places",
}
Kept = CommissioningPlan | Need | Priority | Intervention | PlannedSpend | SpendEntry | ImpactStatement | Contract | PlacesCount


def kind_of(kept: Kept) -> str:
    """What the audit calls a record of this room."""
    return _KINDS[type(kept)]


def subject_of(kept: Kept) -> tuple[str, str, str]:
    """A record of this room as the subject of an audit entry."""
    return kind_of(kept), str(kept.pk), str(kept)
