"""What the commissioning room keeps, one noun a file."""

from throughline.apps.commissioning.models.intervention import ImpactStatement, Intervention, PlannedSpend, SpendEntry
from throughline.apps.commissioning.models.year import CommissioningPlan, Need, Priority

__all__ = ["CommissioningPlan", "ImpactStatement", "Intervention", "Need", "PlannedSpend", "Priority", "SpendEntry"]
