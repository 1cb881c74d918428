"""How old each source is, and whether its next release is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from throughline.analytics.measures.definition import Measure
from throughline.analytics.warehouse.connection import Warehouse

SOON = 31  # days


@dataclass(frozen=True)
class Source:
    """One data set: its release, its age in days and what is known of the next."""

    title: str
    publisher: str
    release: str
    released_on: date | None
    age: int | None
    next_due: date | None
    due: str
    url: str | None
    rows: int
    measures: int


@dataclass(frozen=True)
class MeasureAge:
    """One measure: its latest period, and when its publisher last updated it and will again."""

    measure: Measure
    period: str | None
    updated_on: date | None
    next_due: date | None
    due: str
    discontinued: bool


# A source that gives no date of its own is due when the first of its indicators is.
_SOURCES = """
    SELECT source.* EXCLUDE (next_due), coalesce(source.next_due, first_due) AS next_due
    FROM source LEFT JOIN (
        SELECT dataset, min(next_due) AS first_due FROM indicator WHERE NOT discontinued GROUP BY dataset
    ) USING (dataset)
    ORDER BY next_due NULLS LAST, released_on NULLS FIRST, title
"""


def sources(warehouse: Warehouse, measures: Mapping[str, Measure], today: date) -> list[Source]:
    """Every source held, the one whose next release has been due longest first."""
    drawn = [measure.published.dataset for measure in measures.values() if measure.published]
    rows = warehouse.rows(_SOURCES)
    return [_source(row, drawn.count(row["dataset"]), today) for row in rows]


def _source(row: Mapping[str, Any], measures: int, today: date) -> Source:
    released = row["released_on"]
    return Source(
        row["title"], row["publisher"], row["release"], released, (today - released).days if released else None,
        row["next_due"], due_words(row["next_due"], today), row["url"], row["rows"], measures,
    )


def due_words(next_due: date | None, today: date) -> str:
    """Whether a next release is due, in words."""
    if next_due is None:
        return "not announced"
    days = (next_due - today).days
    if days < 0:
        return "overdue"
    return "due soon" if days <= SOON else "not due yet"


def measure_ages(warehouse: Warehouse, measures: Mapping[str, Measure], today: date) -> list[MeasureAge]:
    """Every measure with its latest period and its publisher's dates, in the order of the scorecard."""
    query = "SELECT measure, any_value(period) AS period FROM comparison WHERE latest GROUP BY measure"
    latest = {row["measure"]: row["period"] for row in warehouse.rows(query)}
    facts = {(row["dataset"], row["indicator"]): row for row in warehouse.rows("SELECT * FROM indicator")}
    return [_age(measure, latest.get(measure.id), facts, today) for measure in measures.values()]


def _age(
    measure: Measure, period: str | None, facts: Mapping[tuple[str, str], Mapping[str, Any]], today: date
) -> MeasureAge:
    source = measure.published
    fact = facts.get((source.dataset, source.indicator), {}) if source else {}
    discontinued = fact.get("discontinued", False)
    due = "discontinued" if discontinued else due_words(fact.get("next_due"), today)
    return MeasureAge(measure, period, fact.get("updated_on"), fact.get("next_due"), due, discontinued)
