"""What the commissioning room keeps, one noun a file."""

from throughline.apps.commissioning.models.contract import Contract, PlacesCount
from throughline.apps.commissioning.models.intervention import ImpactStatement, Intervention, PlannedSpend, SpendEntry
from throughline.apps.commissioning.models.year import CommissioningPlan, Need, Priority

__all__ = [
    "CommissioningPlan", "Contract", "ImpactStatement", "Intervention", "Need", "PlacesCount", "PlannedSpend", "Priority",
    "SpendEntry",
]
