"""The truth: declared shapes, days in order, identifiers that pass their checks, and nobody who is real."""

import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date

import pyarrow.parquet as pq
import pytest
from stdnum.gb import upn

from tests.analytics.synthetic.plain import SIZE, UNTIL
from tests.needs import ROOT
from throughline.analytics.participation.codesets import load_codesets
from throughline.analytics.participation.tables import REGISTER
from throughline.analytics.synthetic import tables
from throughline.analytics.synthetic.whole import UNUSED

DECLARED = [*REGISTER, tables.PERSON, tables.CONTACT, tables.SCHOOL, tables.PROVIDER, tables.DISTRICT, tables.REALITY,
            tables.FILE, tables.ERRORS, tables.MATCHES]
POSTCODE = re.compile(r"^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$")


@pytest.mark.parametrize("declared", DECLARED, ids=lambda table: table.name)
def test_a_table_is_as_declared(invented, declared):
    held = pq.read_table(invented.folder / "truth" / f"{declared.name}.parquet")
    assert held.schema.equals(declared.arrow_schema)
    rows = held.to_pylist()
    assert rows
    required = [column.name for column in declared.columns if column.required]
    assert [row for row in rows if any(row[name] is None for name in required)] == []
    keys = Counter(tuple(row[name] for name in declared.key) for row in rows) if declared.key else Counter()
    assert [key for key, times in keys.items() if times > 1] == []


def test_an_address_keeps_the_letters_of_a_name_and_loses_their_accents(invented):
    held = [row for row in invented.table("person") if row["email"]]
    plain = {row["learner"]: unicodedata.normalize("NFD", row["given"].lower()) for row in held}
    assert [name for name in plain.values() if not name.isascii()]
    letters = {learner: re.sub("[^a-z]", "", name) for learner, name in plain.items()}
    assert {row["learner"]: row["email"] for row in held} == {
        learner: f"{name}.{learner}@example.org" for learner, name in letters.items()}


def test_everything_is_of_somebody(invented):
    assert sorted(invented.people) == list(range(1, SIZE + 1))
    for name in ("membership", "trait", "home", "activity", "contact", "reality", "matches"):
        assert {row["learner"] for row in invented.table(name)} <= set(invented.people)
    assert set(invented.activities) == set(invented.people)


def test_days_are_in_order(invented):
    for row in invented.table("activity"):
        known = row["known_from"].date()
        assert row["start"] <= row["ascertained"] <= row["verified"] <= known <= UNTIL, row
        assert row["known_to"] is None or row["known_from"] < row["known_to"], row
        assert row["predicted_end"] is None or row["start"] <= row["predicted_end"], row
        assert row["review"] is None or row["start"] <= row["review"], row


@pytest.mark.parametrize("name", ["membership", "trait", "home"])
def test_spans_end_after_they_begin_and_stays_do_not_overlap(invented, name):
    spans = defaultdict(list)
    for row in invented.table(name):
        assert row["ends"] is None or row["starts"] <= row["ends"], row
        assert row["starts"] <= UNTIL
        spans[row["learner"], row.get("trait")].append((row["starts"], row["ends"] or date.max))
    overlapping = [key for key, held in spans.items()
                   for one, other in zip(sorted(held), sorted(held)[1:], strict=False) if other[0] <= one[1]]
    assert overlapping == []


def test_one_belief_gives_way_to_the_next(invented):
    chains = defaultdict(list)
    for row in invented.table("activity"):
        chains[row["learner"], row["start"]].append(row)
    corrected = 0
    for chain in chains.values():
        chain.sort(key=lambda row: row["known_from"])
        assert [row["known_to"] for row in chain[:-1]] == [row["known_from"] for row in chain[1:]]
        corrected += len({row["code"] for row in chain}) > 1
    assert corrected > 5


def test_news_comes_late_and_some_never_does(invented):
    lags = [(row["known_from"].date() - row["start"]).days for row in invented.table("activity") if row["code"] == "230"]
    assert sum(lag > 30 for lag in lags) > 50
    heard = {(row["learner"], row["start"]) for row in invented.table("activity")}
    assert [row for row in invented.table("reality") if (row["learner"], row["start"]) not in heard]


def test_every_code_is_of_its_list(invented, definitions):
    lists = {name: set(codes.by_code) for name, codes in load_codesets(definitions).items()}
    people = invented.people.values()
    assert {row["code"] for row in invented.table("activity")} <= lists["activity"]
    assert {row["code"] for row in invented.table("reality")} <= lists["activity"] - {"810", "820", "830"}
    assert {row["trait"] for row in invented.table("trait")} <= lists["characteristic"] | {"ehc_plan", "sen_support"}
    assert {row["status"] for row in invented.table("membership")} <= lists["cohort_status"]
    for field, name in (("gender", "gender"), ("ethnic_group", "ethnic_group"), ("guarantee", "guarantee_status"),
                        ("intended", "intended_destination"), ("level_of_need", "level_of_need")):
        assert {row[field] for row in people} - {None} <= lists[name], field


def test_pupil_numbers_pass_another_hands_check(invented):
    numbers = [row["upn"] for row in invented.people.values() if row["upn"]]
    assert len(numbers) > 0.9 * SIZE
    assert len(set(numbers)) == len(numbers)
    assert [number for number in numbers if not re.fullmatch(r"[A-HJ-NP-RT-Z]899\d{9}", number)] == []
    assert [number for number in numbers if upn.calc_check_digit(number[1:]) != number[0]] == []


def test_learner_numbers_pass_their_check(invented):
    numbers = [row["uln"] for row in invented.people.values() if row["uln"]]
    assert len(set(numbers)) == len(numbers) > 0.9 * SIZE
    assert sum(int(digit) * weight for digit, weight in zip("9276308686", range(10, 0, -1), strict=True)) % 11 == 10
    for number in numbers:
        assert re.fullmatch(r"[1-9]\d{9}", number)
        assert sum(int(digit) * weight for digit, weight in zip(number, range(10, 0, -1), strict=True)) % 11 == 10, number


def test_nobody_and_nowhere_is_real(invented):
    for row in invented.people.values():
        assert POSTCODE.match(row["postcode"])
        assert row["postcode"].startswith("QX")
        assert re.fullmatch(r"07700 900\d{3}", row["phone"])
        assert row["email"] is None or row["email"].endswith("@example.org")
    assert {row["area"] for row in invented.table("membership")} == {"899"}
    assert {row["establishment"][:3] for row in invented.table("school")} == {"899"}
    assert {row["ukprn"][:4] for row in invented.table("provider")} == {"1009"}
    assert {row["district"][:7] for row in invented.table("district")} == {"E079999"}
    schools = {row["establishment"] for row in invented.table("school")}
    held = {path.stem: pq.read_table(path).to_pylist() for path in (ROOT / "reference").glob("*.parquet")}
    assert not set(UNUSED) & {row["area"] for row in held["area"]}
    known = {row["name"] for name in ("area", "district") for row in held[name]}
    assert not known & {row["name"] for row in invented.table("district")}
    assert {row["establishment"] for row in invented.table("activity")} - {None} <= schools
    assert {row["school_at_16"] for row in invented.people.values()} - {None} <= schools


def test_names_are_of_many_kinds(invented):
    families = {row["family"] for row in invented.people.values()}
    given = {row["given"] for row in invented.people.values()}
    assert any("'" in name for name in families)
    assert any("-" in name for name in families)
    assert any(not name.isascii() for name in families | given)
    assert any(" " in name for name in families)


def test_characteristics_fall_together(invented):
    held = {trait: {row["learner"] for row in invented.table("trait") if row["trait"] == trait}
            for trait in ("200", "sen_support", "170", "110")}
    often = len(held["200"] & held["sen_support"]) / len(held["200"])
    assert often > 1.1 * len(held["sen_support"]) / SIZE
    assert held["170"]
    assert held["110"]
    plans = {row["learner"] for row in invented.table("trait") if row["trait"] == "ehc_plan"}
    assert not plans & held["sen_support"]


def test_some_families_are_brothers_and_sisters(invented):
    homes = Counter((row["family"], row["line_1"], row["postcode"]) for row in invented.people.values())
    twins = Counter((row["family"], row["line_1"], row["born"]) for row in invented.people.values())
    assert sum(times > 1 for times in homes.values()) > 50
    assert sum(times > 1 for times in twins.values()) > 5
