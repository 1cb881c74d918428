"""Every figure worked out again from the published rows and the definitions, slowly and with nothing of the product's."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet as pq

SETTLED = ["final", "revised", "provisional"]
EDGES = {"lowest": 0, "quartile_low": 1, "quartile_middle": 2, "quartile_high": 3, "highest": 4}
SIGN = {"higher_is_better": 1, "lower_is_better": -1}


@dataclass
class Published:
    """One headline figure as it was published, with what is worked out of it added under the product's names."""

    measure: str
    area: str
    period: str
    start: date
    end: date
    vintage: str
    value: float | None
    worked_out: dict = field(default_factory=dict)


@dataclass
class Plain:
    """The published rows by measure and by period and release status, the areas and the definitions."""

    definitions: dict[str, dict]
    areas: dict[str, dict]
    neighbours: dict[tuple[str, str], list[str]]
    tables: dict[str, dict[tuple[date, date, str], dict[str, Published]]]


def read_definitions(folder: Path) -> dict[str, dict]:
    """Each measure's file as its TOML stands."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "measures").glob("*.toml"))}


def read_plain(reference: Path, definitions: Path) -> Plain:
    """The packaged files, read for themselves."""
    stated = read_definitions(definitions)
    drawn = defaultdict(list)
    for id, measure in stated.items():
        if "published" in measure:
            source = measure["published"]
            drawn[source["dataset"], source["indicator"], source.get("breakdown", ""), source.get("group", "")].append(id)
    tables: dict = {id: {} for id in stated}
    for row in pq.read_table(reference / "published_figure.parquet").to_pylist():
        for id in drawn.get((row["dataset"], row["indicator"], row["breakdown"], row["group"]), ()):
            key = (row["period_start"], row["period_end"], row["vintage"])
            figure = Published(id, row["area"], row["period"], *key, row["value"])
            tables[id].setdefault(key, {})[row["area"]] = figure
    areas = {row["area"]: row for row in pq.read_table(reference / "area.parquet").to_pylist()}
    neighbours = defaultdict(list)
    for row in pq.read_table(reference / "neighbour.parquet").to_pylist():
        neighbours[row["model"], row["area"]].append(row["neighbour"])
    return Plain(stated, areas, neighbours, tables)


def work_out(plain: Plain) -> list[Published]:
    """Every published headline figure with all that is compared with it."""
    every = []
    for id, periods in plain.tables.items():
        flag_periods(periods)
        latest = next((found for found in periods.values() if next(iter(found.values())).worked_out["latest"]), {})
        for key, figures in periods.items():
            before = year_before(plain.definitions[id], periods, key)
            for figure in figures.values():
                compare_over_time(figure, before)
                compare_with_places(figure, figures, latest, plain, plain.definitions[id])
            compare_with_all(figures, plain, plain.definitions[id])
            every += figures.values()
    return every


def has_values(figures: dict[str, Published]) -> bool:
    return any(figure.value is not None for figure in figures.values())


def flag_periods(periods: dict) -> None:
    """Which release of each period is preferred, and which period is the latest and the newest."""
    preferred = {}
    for span in {key[:2] for key in periods}:
        releases = [(*span, vintage) for vintage in SETTLED if (*span, vintage) in periods]
        preferred[span] = next((key for key in releases if has_values(periods[key])), releases[0])
    usable = sorted((key for key in preferred.values() if has_values(periods[key])), key=lambda key: (key[1], key[0]))
    settled = [key for key in usable if key[2] != "provisional"]
    for key, figures in periods.items():
        for figure in figures.values():
            figure.worked_out["preferred"] = key == preferred[key[:2]]
            figure.worked_out["latest"] = key == (settled or usable or [None])[-1]
            figure.worked_out["newest"] = key == (usable or [None])[-1]


def year_before(definition: dict, periods: dict, key: tuple) -> dict[str, Published] | None:
    """The preferred figures of the period exactly a year earlier, unless the series is broken between."""
    start, end, _ = key
    morning_after = end + timedelta(days=1)
    last_year = morning_after.replace(year=morning_after.year - 1) - timedelta(days=1)
    earlier = (start.replace(year=start.year - 1), last_year)
    candidates = [other for other in periods if other[:2] == earlier]
    if not candidates:
        return None
    for entry in definition.get("breaks", ()):
        if first_day(entry["period"], definition["year_type"]) == start:
            return None
    return next(periods[other] for other in candidates if next(iter(periods[other].values())).worked_out["preferred"])


def first_day(year: str, year_type: str) -> date:
    """The first day of a year printed as one number, by the kinds of year that measures with breaks have."""
    return {"academic year": date(int(year) - 1, 9, 1), "financial year": date(int(year) - 1, 4, 1)}[year_type]


def compare_over_time(figure: Published, before: dict[str, Published] | None) -> None:
    earlier = before.get(figure.area) if before else None
    known = earlier is not None and earlier.value is not None and figure.value is not None
    figure.worked_out["change"] = figure.value - earlier.value if known else None
    figure.worked_out["previous_period"] = next(iter(before.values())).period if before else None


def compare_with_places(
    figure: Published, figures: dict[str, Published], newest_settled: dict[str, Published], plain: Plain, definition: dict
) -> None:
    """A borough stands beside Inner or Outer London if that has a figure in the latest period, else beside London."""
    def value_of(area: str | None) -> float | None:
        return figures[area].value if area in figures else None

    place = plain.areas[figure.area]
    narrow, wide = place["region"], place["wider_region"]
    has_narrow = narrow in newest_settled and newest_settled[narrow].value is not None
    region = wide if wide and not has_narrow else narrow
    figure.worked_out["england"] = None if definition.get("no_england") else value_of("970")
    figure.worked_out["region"], figure.worked_out["region_area"] = value_of(region), region


def compare_with_all(figures: dict[str, Published], plain: Plain, definition: dict) -> None:
    """Rank, bands and places among the authorities that have a value."""
    valued = {code: billionths(figure.value) for code, figure in figures.items()
              if figure.value is not None and plain.areas[code]["kind"] == "authority"}
    sign = SIGN.get(definition["polarity"], 0)
    ordered = sorted(valued.values())
    edges = {name: quantile(ordered, Fraction(quarters, 4)) for name, quarters in EDGES.items()}
    printed = {name: None if edge is None else edge / 10**9 for name, edge in edges.items()}
    group = quintiles(valued, sign)
    point = billionths(definition.get("point", 1))
    for code, figure in figures.items():
        own = valued.get(code) if sign else None
        figure.worked_out |= {**printed, "ranked": len(valued), "rank": None, "quartile": None, "quintile": group.get(code),
                              "places_per_point": None}
        if own is None:
            continue
        better = [other for other in ordered if (other - own) * sign > 0]
        figure.worked_out["rank"] = 1 + len(better)
        figure.worked_out["places_per_point"] = sum((other - own) * sign <= point for other in better)
        if not definition.get("no_quartiles"):
            figure.worked_out["quartile"] = band(own, edges, sign)


def billionths(value: float) -> int:
    """A published value as a whole number, so that nothing below depends on binary fractions."""
    scaled = Decimal(repr(value)).scaleb(9)
    assert scaled == int(scaled), f"{value} has more than nine decimals"
    return int(scaled)


def quantile(ordered: list[int], share: Fraction) -> Fraction | None:
    """Type 7: along the straight line between the two values either side of share of the way from first to last."""
    if not ordered:
        return None
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def band(value: int, edges: dict, sign: int) -> str:
    if value <= edges["quartile_low"]:
        return "A" if sign < 0 else "D"
    if value <= edges["quartile_middle"]:
        return "B" if sign < 0 else "C"
    if value <= edges["quartile_high"]:
        return "C" if sign < 0 else "B"
    return "D" if sign < 0 else "A"


def quintiles(valued: dict[str, int], sign: int) -> dict[str, int]:
    """Five groups as equal as can be, lowest first, those left over going to the first groups; ties by code; 1 is best."""
    if not sign:
        return {}
    queue = sorted(valued, key=lambda code: (valued[code], code))
    found = {}
    for number in range(1, 6):
        size = len(valued) // 5 + (number <= len(valued) % 5)
        found |= dict.fromkeys(queue[:size], number if sign < 0 else 6 - number)
        queue = queue[size:]
    return found


def alike(found: float | None, expected: float | None) -> bool:
    """Both missing, or the same but for what rounding to nine decimals leaves."""
    if found is None or expected is None:
        return found is expected is None
    return abs(found - float(expected)) <= 1.1e-9 * max(1, abs(found))
