"""Rounding as the statistics publishers do it: halves away from zero, whatever binary fractions say."""

from decimal import ROUND_HALF_UP, Decimal


def round_half_up(value: float, decimals: int) -> float:
    """value to so many decimal places, halves away from zero; 2.675 to two places is 2.68."""
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP))
