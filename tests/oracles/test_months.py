"""The product's one expression gives what the slow oracle gives, person by person, for thousands of invented histories."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import duckdb
import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oracles.months import Lists, lapse, read_lists, row_of, standing
from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.months import participation_month, unbound_register
from throughline.analytics.participation.rules import Rules, load_rules
from throughline.analytics.participation.standing import duty_class, neet_since, stood
from throughline.analytics.participation.tables import REGISTER, participation_month_table
from throughline.analytics.warehouse.compiled import duckdb_sql

ENDS = [date(2019, 4, 30), date(2026, 8, 31), date(2026, 9, 30), date(2027, 2, 28)]
KNOWN, LATER = datetime(2027, 3, 5, 12, tzinfo=UTC), datetime(2027, 3, 6, tzinfo=UTC)

DAYS = st.sampled_from([
    date(2018, 9, 1), date(2019, 3, 31), date(2019, 4, 30), date(2019, 5, 1), date(2025, 8, 31), date(2026, 2, 28),
    date(2026, 3, 1), date(2026, 3, 31), date(2026, 8, 3), date(2026, 8, 30), date(2026, 8, 31), date(2026, 9, 1),
    date(2026, 9, 30), date(2026, 10, 1), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 1), date(2028, 7, 31),
])
MAYBE = st.none() | DAYS
MOMENTS = st.sampled_from([datetime(2018, 1, 1, tzinfo=UTC), KNOWN, datetime(2027, 3, 5, 13, tzinfo=UTC)])
CODES = st.sampled_from([
    "110", "150", "230", "250", "260", "290", "310", "330", "350", "381", "410", "450", "530", "616", "619", "619", "640", "710",
    "810", "830", "999",
])
SPANS = {"starts": DAYS, "ends": MAYBE}
ACTIVITIES = st.fixed_dictionaries({
    "code": CODES, "start": DAYS, "ascertained": MAYBE, "verified": MAYBE, "review": MAYBE, "predicted_end": MAYBE,
    "neet_start": MAYBE,
    "establishment": st.sampled_from([None, "8994001", "8998001"]), "provider": st.sampled_from([None, "10000001"]),
    "known_from": MOMENTS, "known_to": st.none() | MOMENTS,
})
PEOPLE = st.fixed_dictionaries({
    "learner": st.fixed_dictionaries({
        "born": st.dates(date(2000, 1, 1), date(2012, 1, 1)) | st.sampled_from([date(2010, 8, 31), date(2010, 9, 1)]),
        "gender": st.sampled_from("FMUWX"), "ethnic_group": st.sampled_from(["WBRI", "CHNE", "REFU", "ZZZZ"]),
        "school_at_16": st.sampled_from([None, "8994001"]),
    }),
    "membership": st.lists(st.fixed_dictionaries({
        "area": st.sampled_from(["899", "301"]), "status": st.sampled_from("PPPGT"), **SPANS,
    }), min_size=1, max_size=3, unique_by=lambda span: span["starts"]),
    "trait": st.lists(st.fixed_dictionaries({
        "trait": st.sampled_from(["110", "120", "170", "210", "ehc_plan", "sen_support"]), **SPANS,
    }), max_size=4),
    "home": st.lists(st.fixed_dictionaries({
        "district": st.sampled_from([None, "E07999901", "E07999902"]), **SPANS,
    }), max_size=3, unique_by=lambda span: span["starts"]),
    "activity": st.lists(ACTIVITIES, max_size=6),
})


@pytest.fixture(scope="module")
def rules(listed) -> Rules:
    return load_rules(listed)


@pytest.fixture(scope="module")
def lists(listed) -> Lists:
    return read_lists(listed)


@pytest.fixture(scope="module")
def sql(rules) -> str:
    return str(ibis.to_sql(participation_month(unbound_register(), rules, ENDS, KNOWN), dialect="duckdb"))


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        yield connection


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(people=st.lists(PEOPLE, min_size=5, max_size=20))
def test_every_row_is_what_the_oracle_says(people, rules, lists, sql, engine):
    _says_what_the_oracle_does(people, KNOWN, rules, lists, sql, engine)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(people=st.lists(PEOPLE, min_size=5, max_size=20))
def test_a_live_register_is_what_it_is_known_as_after_all_that_came_to_be_known(people, rules, lists, engine):
    live = duckdb_sql(participation_month(unbound_register(), rules, ENDS, None))
    _says_what_the_oracle_does(people, LATER, rules, lists, live, engine)


def _says_what_the_oracle_does(people, known, rules, lists, sql, engine) -> None:
    numbered(people)
    hand_over(people, engine)
    table = participation_month_table(rules.characteristics)
    found = engine.sql(sql).to_arrow_table().select(table.arrow_schema.names).to_pylist()
    expected = [row for person in people for end in ENDS if (row := row_of(person, end, known, lists))]
    order = [column.name for column in table.columns]
    assert sorted(([row[name] for name in order] for row in found), key=lambda row: row[:2]) == sorted(
        ([row[name] for name in order] for row in expected), key=lambda row: row[:2])


@settings(max_examples=60, deadline=None)
@given(histories=st.lists(st.lists(ACTIVITIES, max_size=6), min_size=1, max_size=10))
def test_the_oracle_and_the_plain_functions_say_the_same(histories, rules, lists):
    """Of two activities alike in start, confirmation and code, the plain functions take the one handed to them first."""
    for history in histories:
        believed = [each for each in history
                    if each["known_from"] <= KNOWN and (each["known_to"] is None or each["known_to"] > KNOWN)]
        believed.sort(key=lambda each: lapse(each, lists) or date.max, reverse=True)
        held = [Activity(each["code"], each["start"], each["ascertained"], each["verified"], each["review"],
                         each["predicted_end"], each["neet_start"]) for each in believed]
        for end in ENDS:
            plain, slow = stood(held, end, rules.activities, rules.currency.on(end)), standing(history, end, KNOWN, lists)
            assert (plain.standing, plain.lapsed, neet_since(held, end, rules.activities)) == (
                slow["standing"], slow["lapsed"], slow["neet_since"])
            assert (plain.activity.code if plain.activity else None) == slow["code"]
            assert duty_class(plain, end, rules.activities) == slow["duty_class"]


def numbered(people: list[dict]) -> None:
    """Give everybody a number."""
    for number, person in enumerate(people):
        for name in ("membership", "trait", "home", "activity"):
            for row in person[name]:
                row["learner"] = number
        person["learner"]["learner"] = number


def hand_over(people: list[dict], engine: duckdb.DuckDBPyConnection) -> None:
    """The five tables, as the rooms hand them over."""
    for table in REGISTER:
        rows = [row for person in people for row in ([person["learner"]] if table.name == "learner" else person[table.name])]
        engine.register("given", table.from_rows(rows))
        engine.execute(f"CREATE OR REPLACE TEMP TABLE {table.name} AS FROM given")
        engine.unregister("given")
