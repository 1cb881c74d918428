"""What must hold of ranks, bands and quintiles whatever the values: many invented measures in each warehouse tried."""

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analytics.tiny import Tiny, measure
from throughline.core.polarity import Polarity

CODES = [str(code) for code in range(301, 361)]
AREAS = "\n".join(f"{code} | Place {code} | authority | |" for code in CODES)
WAYS = {1: Polarity.HIGHER_IS_BETTER, -1: Polarity.LOWER_IS_BETTER}
# Few different values, so that there are ties; a dash where there is none.
TENTHS = st.integers(-30, 30).map(lambda tenths: str(tenths / 10))
VALUES = st.one_of(st.just("-"), TENTHS, st.floats(0, 100).map(lambda value: f"{value:.3f}"))
ONE = st.tuples(st.sampled_from([1, -1]), st.lists(VALUES, min_size=1, max_size=len(CODES)))
MEASURES = st.lists(ONE, min_size=15, max_size=15)
COLUMNS = ("area", "value", "rank", "ranked", "quartile", "quintile", "places_per_point", "quartile_low", "quartile_middle",
           "quartile_high", "lowest", "highest")


def compared(cases: list[tuple[int, list[str]]]) -> list[list[dict]]:
    """The comparison of each case, its authorities in order of code."""
    tiny, measures = Tiny(areas=AREAS), []
    for number, (sign, values) in enumerate(cases):
        lines = [f"{code} | {value}" for code, value in zip(CODES, values, strict=False)]
        tiny.add("\n".join(["area | 2025", *lines]), f"m{number}")
        measures.append(measure(f"m{number}", polarity=WAYS[sign]))
    with tempfile.TemporaryDirectory() as folder:
        warehouse = tiny.build(Path(folder), *measures)
        query = f"SELECT {', '.join(COLUMNS)} FROM comparison WHERE measure = ? ORDER BY area"
        return [list(warehouse.rows(query, f"m{number}")) for number in range(len(cases))]


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(MEASURES)
def test_ranks_bands_and_quintiles_keep_to_their_rules(cases):
    for (sign, _), rows in zip(cases, compared(cases), strict=True):
        held = sorted((row for row in rows if row["value"] is not None), key=lambda row: -sign * row["value"])
        for row in rows:
            assert row["ranked"] == len(held)
            if row["value"] is None:
                assert {row[name] for name in ("rank", "quartile", "quintile", "places_per_point")} == {None}
        if held:
            check_ranks(held)
            check_bands(held, sign)
            check_quintiles(held)


def check_ranks(held: list[dict]) -> None:
    """Best first: a rank is one more than the number strictly better, and the same only for the same value."""
    for place, row in enumerate(held):
        level = [other for other in held if other["value"] == row["value"]]
        assert row["rank"] == 1 + held.index(level[0])
        assert row["rank"] <= place + 1
        assert 0 <= row["places_per_point"] <= row["rank"] - 1


def check_bands(held: list[dict], sign: int) -> None:
    """Bands go from A to D as figures worsen, their edges lie in order, and no band is fuller than ties make it."""
    bands = [row["quartile"] for row in held]
    assert bands == sorted(bands)
    edges = [held[0][name] for name in ("lowest", "quartile_low", "quartile_middle", "quartile_high", "highest")]
    assert edges == sorted(edges)
    assert (edges[0], edges[-1]) == (min(row["value"] for row in held), max(row["value"] for row in held))
    at_edges = {row["value"] for row in held} & set(edges)
    spread = Counter(band for band, row in zip(bands, held, strict=True) if row["value"] not in at_edges)
    assert all(count <= len(held) / 4 + 1 for count in spread.values())


def check_quintiles(held: list[dict]) -> None:
    """Five groups that differ by one at most, none better than the group of a better figure."""
    sizes = Counter(row["quintile"] for row in held)
    counts = [sizes[number] for number in range(1, 6)]
    assert sum(counts) == len(held)
    assert max(counts) - min(counts) <= 1
    for better, worse in zip(held, held[1:], strict=False):
        assert better["quintile"] <= worse["quintile"] or better["value"] == worse["value"]
