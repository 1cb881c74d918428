"""The register's tables as downloads: their columns, their rows and what each says about itself."""

from collections.abc import Iterable, Sequence
from typing import Any

from throughline.apps.indicators.asked import Asked
from throughline.apps.indicators.judgements import Result
from throughline.apps.indicators.over_time import Row
from throughline.apps.indicators.words import (
    baseline_words,
    due_words,
    meaning_words,
    source_words,
    target_words,
    unit_words,
    verdict_words,
)
from throughline.core.statuses import Status
from throughline.ui.downloads import Column

REGISTER = [
    Column("number", "Number"), Column("title", "Indicator"), Column("cohort", "Cohort"), Column("baseline", "Baseline"),
    Column("value", "Latest value"), Column("unit", "Unit"), Column("period", "Period"), Column("settled", "How settled"),
    Column("source", "Source of the value"), Column("target", "Target"), Column("meaning", "The target as understood"),
    Column("due", "Due"), Column("status", "Status"), Column("rating", "Rating"), Column("proposed", "Rating proposed"),
    Column("travel", "Direction of travel"), Column("sum", "How it was judged"), Column("confidence", "Confidence"),
    Column("state", "In the register"), Column("printed_in", "Where it is printed"),
]
UNJUDGED = [
    Column("number", "Number"), Column("title", "Indicator"), Column("target", "Target"),
    Column("reason", "Why it cannot be judged"), Column("remedy", "What would let it be"),
]
OVER_TIME = [
    Column("period", "Period"), Column("value", "Actual"), Column("most", "At most, were all of those not known NEET"),
    Column("settled", "How settled"), Column("trajectory", "Trajectory"), Column("target", "Target"),
    Column("printed", "Target as printed"), Column("apart", "Better than planned by"),
    Column("england", "England"), Column("neighbours", "Statistical neighbours"), Column("note", "Note"),
    Column("broken", "Break in the series before this period"),
]
HISTORY = [
    Column("at", "When"), Column("kind", "What was done"), Column("reason", "Reason"), Column("before", "Before"),
    Column("after", "After"), Column("by", "Who"),
]


def register_row(result: Result, travel: str) -> dict[str, Any]:
    """One indicator's line of the register."""
    one, point = result.indicator, result.latest
    return {
        "number": one.number, "title": one.title, "cohort": one.cohort, "baseline": baseline_words(result),
        "value": point.value if point else None, "unit": unit_words(one), "period": point.period if point else "",
        "settled": settled(point.status) if point else "no figure", "source": source_words(result),
        "target": target_words(result), "meaning": meaning_words(result), "due": due_words(result),
        "status": verdict_words(result), "rating": result.rag_words,
        "proposed": result.proposed.rag, "travel": travel, "sum": " ".join(result.proposed.steps),
        "confidence": one.get_confidence_display(), "state": one.get_state_display(), "printed_in": one.source,
    }


def settled(status: Status | None) -> str:
    """How settled a value is, or why there is none."""
    return status.words if status else ""


def unjudged_row(result: Result) -> dict[str, Any]:
    """One line of the list of what cannot be judged."""
    one = result.indicator
    return {"number": one.number, "title": one.title, "target": target_words(result), "reason": result.proposed.reason,
            "remedy": result.remedy}


def over_time_rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The lines of an indicator's table over time."""
    return [
        {"period": row.period, "value": row.value, "most": row.most, "settled": settled(row.status), "trajectory": row.trajectory,
         "target": row.target, "printed": row.target_printed or row.trajectory_printed, "apart": row.apart, "note": row.note,
         "broken": row.broken,
         "england": row.point.england_then if row.point else None, "neighbours": row.point.neighbours_mean if row.point else None}
        for row in rows
    ]


def notes(asked: Asked, results: Sequence[Result] = ()) -> list[str]:
    """What a download says about its figures."""
    said = [
        f"Judged {asked.words}, on the figures known then.",
        "Ratings are proposed by the system, by stated rules; where a person gave another, both are here.",
        "A missing figure is left empty and is never zero. Nothing is compared across a break in a series.",
        "Published figures: Crown copyright, used under the Open Government Licence v3.0; each row gives its source and release.",
    ]
    sources = dict.fromkeys(result.evidence.source for result in results if result.evidence)
    return said + ([f"Sources: {'; '.join(sources)}."] if sources else [])
