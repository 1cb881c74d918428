"""The places of a demonstration's invented authority, by name: its districts, and its schools, colleges and providers."""

from typing import Any

import pyarrow.parquet as pq
from django.conf import settings

from throughline.analytics.synthetic.settings import load_settings


def districts() -> dict[str, str]:
    """The names of its districts by their codes."""
    return {row["code"]: row["name"] for row in load_settings(settings.DEFINITIONS).lists["districts"]}


def schools(area: str) -> list[dict[str, Any]]:
    """SCHOOL rows of the places that were made with its young people; none before they are made.

    An invented place has no unique reference number: its own number stands for that.
    """
    truth = settings.VAR / "invented" / "truth"
    if not (truth / "school.parquet").exists():
        return []
    # A college stands among the schools as well as among the providers; it is one place.
    places = {row["ukprn"]: row for row in pq.read_table(truth / "provider.parquet").to_pylist()}
    places |= {row["ukprn"] or row["establishment"]: row for row in pq.read_table(truth / "school.parquet").to_pylist()}
    return [{"urn": number, "laestab": row.get("establishment"), "ukprn": row["ukprn"], "name": row["name"], "area": area,
             "type": row["kind"].replace("_", " "), "status": "open"} for number, row in places.items()]
