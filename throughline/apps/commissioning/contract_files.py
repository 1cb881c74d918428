"""The register of contracts as a file: its columns and its rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from throughline.apps.commissioning.places import Places
from throughline.apps.organisations.queries import SOON
from throughline.ui.downloads import Column

COLUMNS = [
    Column("number", "Number"), Column("title", "Contract"), Column("supplier", "Supplier"), Column("lead", "Lead"),
    Column("value", "Value in pounds", 2), Column("starts_on", "Starts on"), Column("ends_on", "Ends on"),
    Column("stage", "Stage"), Column("review_on", "To be reviewed by"), Column("review", "Review"),
    Column("asks", "Apprenticeships"), Column("places", "Places in all", 0), Column("places_a_year", "Places a year", 0),
    Column("expected", "Expected by now", 0),
    Column("offered", "Offered", 0), Column("started", "Started", 0), Column("completed", "Completed", 0),
    Column("short", "Short", 0), Column("as_at", "Reported as at"), Column("source", "Source"), Column("why_none", "Why none"),
    Column("action", "Action of a plan"),
]
NOTES = [
    "Expected by now: all places once a contract is over; before that so many for each whole year that has passed, where it says "
    "how many a year, and otherwise in proportion to the days that have passed, rounded down.",
    "Places in all of a contract that says how many a year: a begun year counts whole.",
    "Offered, started and completed are counted since the contract began. An empty cell is not known, which is not none.",
    "Leads may be people: pass the file to nobody who may not see the plans.",
]
REVIEWS = {"overdue": "Review overdue", "soon": f"Review within {SOON.days} days", "later": "", "": ""}


def rows(held: Iterable[Places]) -> Iterator[dict[str, Any]]:
    """One row a contract."""
    for each in held:
        contract, latest = each.contract, each.latest
        yield {
            "number": contract.number, "title": contract.title, "supplier": str(contract.supplier or ""),
            "lead": str(contract.lead or ""), "value": None if contract.value is None else float(contract.value),
            "starts_on": contract.starts_on, "ends_on": contract.ends_on, "stage": contract.stage(each.on),
            "review_on": contract.review_on, "review": REVIEWS[contract.review(each.on)], "asks": contract.get_asks_display(),
            "places": each.in_all, "places_a_year": contract.places_a_year, "expected": each.expected, "offered": each.offered,
            "started": each.started, "completed": each.completed, "short": each.short, "as_at": latest.as_at if latest else None,
            "source": latest.source if latest else "", "why_none": contract.why_none, "action": str(contract.action or ""),
        }
