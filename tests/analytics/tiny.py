"""A real warehouse of a few invented figures, typed in the test as a small table."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from throughline.analytics.measures.definition import Break, Breakdown, Kind, Measure, Provenance, PublishedSource, Unit
from throughline.analytics.warehouse.build import build
from throughline.analytics.warehouse.connection import Warehouse
from throughline.analytics.warehouse.inputs import Inputs
from throughline.analytics.warehouse.tables import (
    AREA,
    AREA_CODE,
    DISTRICT,
    FIGURE,
    INDICATOR,
    NEIGHBOUR,
    PUBLISHED_FIGURE,
    SOURCE,
)
from throughline.core.periods import parse_period
from throughline.core.polarity import Polarity
from throughline.core.statuses import Status

DATASET = "made"
_REASONS = {"-": "not_available", "c": "suppressed", "z": "not_applicable"}

# code | name | kind | region | wider region; the codes of the regions are the department's, the authorities invented
AREAS = """
970 | England      | country   |     |
982 | The North    | region    |     |
986 | London       | region    |     |
987 | Inner London | region    |     |
988 | Outer London | region    |     |
101 | Ashby        | authority | 982 |
102 | Barwick      | authority | 982 |
103 | Colne        | authority | 982 |
104 | Denholme     | authority | 982 |
105 | Elland       | authority | 982 |
106 | Farsley      | authority | 982 |
107 | Guiseley     | authority | 982 |
108 | Horsforth    | authority | 982 |
109 | Ilkley       | authority | 982 |
110 | Keighley     | authority | 982 |
201 | Lambourne    | authority | 987 | 986
202 | Mottingham   | authority | 988 | 986
"""


def cells(table: str) -> list[list[str]]:
    """The cells of a table typed with | between them."""
    return [[cell.strip() for cell in line.split("|")] for line in table.rstrip().splitlines() if line.strip()]


def measure(id: str = "made", **stated: object) -> Measure:
    """A measure that is all it must be, drawing on the indicator of its own name unless told otherwise."""
    sound: dict = {
        "title": id.replace("_", " ").capitalize(), "theme": "made", "description": "Made up.", "why": "To be tested.",
        "kind": Kind.PUBLISHED, "unit": Unit.PERCENT, "polarity": Polarity.HIGHER_IS_BETTER, "decimals": 1,
        "year_type": "academic year", "published": PublishedSource(DATASET, id),
        "provenance": Provenance("Nobody", date(2026, 1, 1), date(2027, 1, 1)),
    }
    return Measure(id=id, **{**sound, **stated})


def broken_at(*periods: str) -> tuple[Break, ...]:
    """Breaks in a series, each with a reason that names it."""
    return tuple(Break(period, f"It changed in {period}.") for period in periods)


def grouped(id: str, reference: str, **groups: str) -> Breakdown:
    """A breakdown whose groups draw on the indicators named."""
    return Breakdown(id, id, reference, {group: PublishedSource(DATASET, name) for group, name in groups.items()})


@dataclass
class Tiny:
    """What a tiny warehouse is made of; figures are added table by table."""

    areas: str = AREAS
    year_type: str = "academic year"
    rows: list[dict] = field(default_factory=list)
    neighbours: list[dict] = field(default_factory=list)
    entered: list[dict] = field(default_factory=list)

    def add(self, table: str, indicator: str = "made") -> "Tiny":
        """Figures of one indicator: a heading row of periods, then a row an area; a blank cell is no row at all."""
        heading, *lines = cells(table)
        for area, *values in lines:
            for printed, value in zip(heading[1:], values, strict=True):
                if value:
                    self.rows.append(self._row(indicator, area, printed, value))
        return self

    def near(self, area: str, *neighbours: str, model: str = "2025") -> "Tiny":
        """The neighbours of an area, closest first."""
        self.neighbours += [
            {"model": model, "area": area, "position": place, "neighbour": code, "closeness": "close"}
            for place, code in enumerate(neighbours, 1)
        ]
        return self

    def inputs(self) -> Inputs:
        """The declared tables."""
        return Inputs(
            area=AREA.from_rows(self._areas()), area_code=AREA_CODE.from_rows(self._codes()),
            district=DISTRICT.empty(), neighbour=NEIGHBOUR.from_rows(self.neighbours), source=SOURCE.from_rows([_SOURCE]),
            indicator=INDICATOR.empty(), published_figure=PUBLISHED_FIGURE.from_rows(self.rows),
            entered=FIGURE.from_rows(self.entered),
        )

    def build(self, folder: Path, *measures: Measure) -> Warehouse:
        """The warehouse of these figures and measures."""
        path = folder / "tiny.duckdb"
        build(path, self.inputs(), {given.id: given for given in measures})
        return Warehouse(path)

    def _areas(self) -> list[dict]:
        names = ("area", "name", "kind", "region", "wider_region", "abolished_on", "successors")
        rows = [dict(zip(names, [*row, "", ""][:7], strict=True)) for row in cells(self.areas)]
        gone = [date.fromisoformat(row["abolished_on"]) if row["abolished_on"] else None for row in rows]
        return [
            {name: value or None for name, value in row.items()}
            | {"abolished_on": day, "code9": "E92000001" if row["kind"] == "country" else f"E0900{row['area']}0"}
            for row, day in zip(rows, gone, strict=True)
        ]

    def _codes(self) -> list[dict]:
        return [{"code": row[code], "area": row["area"]} for row in self._areas() for code in ("area", "code9")]

    def _row(self, indicator: str, area: str, printed: str, value: str) -> dict:
        period, mark = parse_period(printed, self.year_type)
        vintage = (mark or Status.FINAL).value
        number = None if value in _REASONS else float(value)
        return {
            "dataset": DATASET, "indicator": indicator, "area": area, "period": period.label,
            "period_kind": period.kind.value, "period_start": period.start, "period_end": period.end, "breakdown": "",
            "group": "", "value": number, "status": _REASONS.get(value, vintage), "vintage": vintage,
            "release": "first release",
        }


_SOURCE = {
    "dataset": DATASET, "title": "Made figures", "publisher": "Nobody", "release": "first release",
    "licence": "Open Government Licence v3.0", "rows": 0,
}


def column(warehouse: Warehouse, name: str, measure: str = "made", period: str = "2025",
           vintage: str = "final") -> dict[str, object]:
    """One column of the comparison table by area, for one measure, period and release status."""
    rows = warehouse.rows(
        f'SELECT area, "{name}" AS held FROM comparison WHERE measure = ? AND period = ? AND vintage = ? ORDER BY area',
        measure, period, vintage,
    )
    return {row["area"]: row["held"] for row in rows}
