"""The comparison table of the packaged figures, every cell, against the same worked out the slow and obvious way."""

import pytest

from tests.oracles.plain import Published, alike, work_out

EXACT = ("preferred", "latest", "newest", "previous_period", "rank", "ranked", "quartile", "quintile", "region_area",
         "places_per_point")
CLOSE = ("change", "england", "region", "quartile_low", "quartile_middle", "quartile_high", "lowest", "highest")


@pytest.fixture(scope="module")
def worked_out(plain) -> dict[tuple, Published]:
    return {(f.measure, f.area, f.start, f.end, f.vintage): f for f in work_out(plain)}


@pytest.fixture(scope="module")
def compared(warehouse) -> dict[tuple, dict]:
    key = ("measure", "area", "period_start", "period_end", "vintage")
    rows = warehouse.cursor().execute("SELECT * FROM comparison")
    names = [column[0] for column in rows.description]
    held = (dict(zip(names, row, strict=True)) for row in rows.fetchall())
    return {tuple(row[name] for name in key): row for row in held}


def test_every_published_headline_is_compared_and_nothing_else(worked_out, compared, plain):
    assert compared.keys() == worked_out.keys()
    assert len({key[0] for key in compared}) == sum("published" in stated for stated in plain.definitions.values()) > 60
    assert len(compared) > 90_000


def test_values_and_labels_are_as_published(worked_out, compared):
    wrong = [key for key, figure in worked_out.items()
             if (compared[key]["value"], compared[key]["period"]) != (figure.value, figure.period)]
    assert wrong[:5] == []


@pytest.mark.parametrize("name", EXACT)
def test_places_bands_and_periods(worked_out, compared, name):
    wrong = [(key, compared[key][name], figure.worked_out[name]) for key, figure in worked_out.items()
             if compared[key][name] != figure.worked_out[name]]
    assert wrong[:5] == []


@pytest.mark.parametrize("name", CLOSE)
def test_figures_to_the_ninth_decimal(worked_out, compared, name):
    wrong = [(key, compared[key][name], figure.worked_out[name]) for key, figure in worked_out.items()
             if not alike(compared[key][name], figure.worked_out[name])]
    assert wrong[:5] == []


def test_most_cells_have_something_in_them(compared):
    """So that nothing above agrees only because both sides are empty."""
    filled = {name: sum(row[name] is not None for row in compared.values()) for name in (*EXACT, *CLOSE)}
    assert {name: count for name, count in filled.items() if count < len(compared) / 2} == {}
