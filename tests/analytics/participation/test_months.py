"""Since when people have been NEET by the register's one expression, where codes come and cease to count as NEET."""

from dataclasses import replace
from datetime import UTC, date, datetime

import duckdb
import ibis
import pytest
from django.conf import settings

from tests.analytics.participation.test_standing import activity, told, turning
from tests.oracles.test_months import hand_over, numbered
from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.months import participation_month, unbound_register
from throughline.analytics.participation.rules import load_rules
from throughline.analytics.participation.standing import neet_since

END = date(2026, 10, 31)
KNOWN = datetime(2026, 11, 5, tzinfo=UTC)
TURNS = (("530", "2026-01-01", "neet"), ("619", "2026-01-01", "other"), ("619", "2026-03-01", "neet"),
         ("616", "2026-12-01", "other"))
SPELLS = {
    "begins as the code comes to count": ([activity("530", "2025-09-01")], "2026-01-01"),
    "begins on the day it does": ([activity("530", "2026-01-01")], "2026-01-01"),
    "begins after it did": ([activity("530", "2026-02-01")], "2026-02-01"),
    "goes on in another code": ([activity("530", "2025-09-01"), activity("615", "2026-02-01")], "2026-01-01"),
    "is not what was told of before it counted": ([told("530", "2025-12-01", "2025-10-01")], "2026-01-01"),
    "is told of since": ([told("530", "2026-02-01", "2026-01-15")], "2026-01-15"),
    "ends while the code does not count": ([activity("619", "2025-09-01")], "2026-03-01"),
    "ends so in what comes after too": ([activity("619", "2025-09-01"), activity("615", "2026-02-01")], "2026-02-01"),
    "goes on where nobody was in the code as it turned": (
        [activity("619", "2025-09-01"), activity("615", "2025-12-01"), activity("619", "2026-04-01")], "2025-09-01"),
    "ends in what is not NEET": ([activity("530", "2025-09-01"), activity("230", "2026-02-01")], None),
    "turns when it is over": ([activity("616", "2025-09-01")], "2025-09-01"),
}


@pytest.fixture(scope="module")
def codes():
    return turning(*TURNS)


@pytest.fixture(scope="module")
def found(codes) -> dict[str, date | None]:
    """The first day of each spell, counted by DuckDB."""
    packaged = load_rules(settings.DEFINITIONS)
    rules = replace(packaged, lists={**packaged.lists, "activity": codes})
    people = [_person([_row(each) for each in doing]) for doing, _ in SPELLS.values()]
    numbered(people)
    with duckdb.connect(config={"threads": 1}) as engine:
        hand_over(people, engine)
        sql = str(ibis.to_sql(participation_month(unbound_register(), rules, [END], KNOWN, {"neet_since"}), dialect="duckdb"))
        since = {row["learner"]: row["neet_since"] for row in engine.sql(sql).to_arrow_table().to_pylist()}
    return {name: since[number] for number, name in enumerate(SPELLS)}


def _person(activities: list[dict]) -> dict:
    return {"learner": {"born": date(2009, 10, 1), "gender": "F", "ethnic_group": "WBRI", "school_at_16": None},
            "membership": [{"area": "899", "status": "P", "starts": date(2025, 9, 1), "ends": None}], "trait": [], "home": [],
            "activity": activities}


def _row(held: Activity) -> dict:
    return {"code": held.code, "start": held.start, "ascertained": held.start, "verified": held.verified, "review": None,
            "predicted_end": None, "neet_start": held.neet_start, "establishment": None, "provider": None,
            "known_from": datetime.combine(held.start, datetime.min.time(), UTC), "known_to": None}


@pytest.mark.parametrize("name", SPELLS)
def test_a_spell_of_neet_where_codes_turn(name, found, codes):
    activities, since = SPELLS[name]
    expected = date.fromisoformat(since) if since else None
    assert (found[name], neet_since(activities, END, codes)) == (expected, expected)
