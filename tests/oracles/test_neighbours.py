"""The neighbour comparison of the packaged figures, every cell, against the same worked out the slow and obvious way."""

from fractions import Fraction

import pytest

from tests.oracles.plain import SIGN, alike, billionths


@pytest.fixture(scope="module")
def worked_out(plain) -> dict[tuple, tuple]:
    """(mean, rank, ranked) by measure, area, period, release status and model."""
    found = {}
    for id, periods in plain.tables.items():
        sign = SIGN.get(plain.definitions[id]["polarity"], 0)
        for key, figures in periods.items():
            values = {code: billionths(figure.value) for code, figure in figures.items() if figure.value is not None}
            for (model, area), near in plain.neighbours.items():
                if area in figures:
                    found[(id, area, *key, model)] = beside(values, area, near, sign)
    return found


def beside(values: dict[str, int], area: str, near: list[str], sign: int) -> tuple:
    theirs = [values[code] for code in near if code in values]
    own = values.get(area)
    mean = Fraction(sum(theirs), len(theirs) * 10**9) if theirs else None
    rank = 1 + sum((value - own) * sign > 0 for value in theirs) if sign and own is not None else None
    return mean, rank, len(theirs) + (own is not None)


@pytest.fixture(scope="module")
def compared(warehouse) -> dict[tuple, tuple]:
    rows = warehouse.cursor().execute(
        "SELECT measure, area, period_start, period_end, vintage, model, neighbours_mean, neighbours_rank, neighbours_ranked "
        "FROM neighbour_comparison").fetchall()
    return {row[:6]: row[6:] for row in rows}


def test_every_authority_with_neighbours_is_compared_and_nothing_else(worked_out, compared):
    assert compared.keys() == worked_out.keys()
    assert len(compared) > 150_000


def test_the_mean_is_of_the_neighbours_that_have_a_value(worked_out, compared):
    found = {key: (row[0], worked_out[key][0]) for key, row in compared.items()}
    assert [(key, *pair) for key, pair in found.items() if not alike(*pair)][:5] == []


def test_the_rank_is_among_itself_and_them(worked_out, compared):
    assert [key for key, (_, rank, _) in worked_out.items() if compared[key][1] != rank][:5] == []


def test_so_many_of_them_have_a_value(worked_out, compared):
    assert [key for key, (_, _, ranked) in worked_out.items() if compared[key][2] != ranked][:5] == []
