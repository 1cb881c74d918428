"""Halves are rounded away from zero, whatever binary fractions say."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.core.rounding import round_half_up

ROUNDED = [
    (2.675, 2, 2.68), (1.005, 2, 1.01), (0.5, 0, 1.0), (1.5, 0, 2.0), (2.5, 0, 3.0), (-2.5, 0, -3.0), (-0.125, 2, -0.13),
    (4.35, 1, 4.4), (4.449, 1, 4.4), (0.0, 1, 0.0), (99.95, 1, 100.0), (12345678.125, 2, 12345678.13), (1e22, 2, 1e22),
    (5.0, 3, 5.0), (1e-07, 2, 0.0),
]


@pytest.mark.parametrize(("value", "decimals", "expected"), ROUNDED)
def test_halves_go_away_from_zero(value, decimals, expected):
    assert round_half_up(value, decimals) == expected


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_a_rounded_value_is_within_half_a_step_and_stays_where_it_is(value, decimals):
    rounded = round_half_up(value, decimals)
    assert abs(Decimal(repr(rounded)) - Decimal(repr(value))) <= Decimal(5).scaleb(-decimals - 1)
    assert round_half_up(rounded, decimals) == rounded
    assert round_half_up(-value, decimals) == -rounded
