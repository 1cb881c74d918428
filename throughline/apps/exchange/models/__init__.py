"""What the exchange room keeps: files as they came, their rows as they were understood, and mappings that are remembered."""

from throughline.apps.exchange.models.delivery import Delivery
from throughline.apps.exchange.models.mapping import RememberedMapping
from throughline.apps.exchange.models.piece import Piece
from throughline.apps.exchange.models.row import Row

__all__ = ["Delivery", "Piece", "RememberedMapping", "Row"]
