"""The files: a value differs from the truth if and only if the book of errors says so, worked out slowly for every cell."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.analytics.synthetic.plain import lines, records
from throughline.analytics.synthetic.files.dates import written
from throughline.analytics.synthetic.settings import load_settings

KINDS = {"leavers": "school", "starters": "school", "enrolments": "college", "withdrawals": "college", "apprentices": "college",
         "survey": "survey"}
UNSEEN = {"destination", "course", "start", "end", "left", "reason"}  # fields that the truth does not have, or not so
ROWS = {"title_rows", "totals_row", "blank_row", "duplicate", "also_elsewhere", "left_out"}
# What each file says of somebody that can be read straight off the truth.
PERSON = {"given": "given", "middle": "middle", "family": "family", "upn": "upn", "uln": "uln", "phone": "phone",
          "gender": "gender", "ethnic_group": "ethnic_group"}
RETURNED = {"givenname": "given", "familyname": "family", "middlename": "middle", "uniquelearnerno": "uln",
            "uniquepupilnumber": "upn", "gender": "gender", "ethnicity": "ethnic_group", "dob": "birth", "town": "town",
            "postcode": "postcode", "addressline1": "line_1", "addressline2": "line_2"}


@pytest.fixture(scope="module")
def homes(invented):
    """The day of each learner's last move."""
    moved = defaultdict(list)
    for row in invented.table("home"):
        moved[row["learner"]].append(row["starts"])
    return {learner: max(days) if len(days) > 1 else date.min for learner, days in moved.items()}


@pytest.fixture(scope="module")
def expected(invented, homes):
    """What should stand in a field about somebody on a day."""

    def of(learner: int, field: str, on: date, form: str) -> str:
        person = invented.people[learner]
        if field == "birth":
            return written(person["born"], form)
        if field in ("line_1", "line_2", "town", "postcode"):
            return person[f"former_{field}" if on < homes[learner] else field] or ""
        return person[PERSON[field]] or ""

    return of


@pytest.fixture(scope="module")
def book(invented):
    """Errors by file, row and field; whole rows and files under no field."""
    held = defaultdict(list)
    for row in invented.table("errors"):
        held[row["file"], row["row"], row["field"]].append(row)
    return held


@pytest.fixture(scope="module")
def left_out(invented):
    """Who is left out of each file, as the book says."""
    held = defaultdict(set)
    for row in invented.table("errors"):
        if row["kind"] == "left_out":
            held[row["file"]].add(row["learner"])
    return held


@pytest.fixture(scope="module")
def matches(invented):
    held = defaultdict(dict)
    for row in invented.table("matches"):
        held[row["file"]][row["row"]] = row["learner"]
    return held


def _differences(invented, book, expected, file, on, form, cells):
    """Cells that are wrong and in no entry, or in an entry and right, or otherwise than the entry says."""
    wrong = []
    for row, learner, field, label, stands in cells:
        should = expected(learner, field, on, form)
        entries = book.get((file, row, label), [])
        noted = [(entry["true"] or "", entry["written"] or "", entry["learner"]) for entry in entries]
        if noted != ([(should, stands, learner)] if stands != should else []):
            wrong.append((file, row, label, should, stands, noted))
    return wrong


def test_every_cell_of_every_list_is_as_the_book_says(invented, definitions, book, matches, expected):
    headings = load_settings(definitions).headings
    compared = 0
    for file in invented.table("file"):
        if file["kind"] not in KINDS:
            continue
        vocabulary = headings[KINDS[file["kind"]]]
        rows = lines(invented.folder / "files" / file["file"], file["alphabet"])
        labels = rows[file["headings_row"] - 1]
        fields = {label: field for field, known in vocabulary.items() for label in known}
        cells = [
            (number, learner, fields[label], label, rows[number - 1][at])
            for number, learner in matches[file["file"]].items()
            for at, label in enumerate(labels) if label and fields[label] not in UNSEEN
        ]
        compared += len(cells)
        assert _differences(invented, book, expected, file["file"], file["on"], file["date_form"], cells) == []
    assert compared > 2000


def test_every_record_of_every_return_is_as_the_book_says(invented, book, matches, expected):
    elements = {label.lower(): label for file, _, label in book if label and file.endswith(".xml")}
    for file in (row for row in invented.table("file") if row["kind"] == "return"):
        name = file["file"]
        held = records(invented.folder / "files" / name)
        assert len(held) == len(matches[name]) > 300
        cells = [
            (number, matches[name][number], field, elements.get(element, element), record[element])
            for number, record in enumerate(held, 1) for element, field in RETURNED.items()
        ]
        assert _differences(invented, book, expected, name, file["on"], "iso", cells) == []


def test_activities_of_the_return_are_those_that_were_believed(invented, book, matches):
    for file in (row for row in invented.table("file") if row["kind"] == "return"):
        name, end = file["file"], file["on"]
        for number, record in enumerate(records(invented.folder / "files" / name), 1):
            believed = invented.believed(matches[name][number], end, known=end)
            latest = max(believed, key=lambda row: row["start"])
            assert record["startdate"] == latest["start"].isoformat()
            noted = book.get((name, number, "ActivityCode"))
            assert record["activitycode"] == ((noted[0]["written"] or "") if noted else latest["code"])


def test_the_flat_file_says_what_the_return_says(invented, book, matches):
    flat = next(row for row in invented.table("file") if row["kind"] == "flat")
    (headings, *rows) = lines(invented.folder / "files" / flat["file"], "utf-8-sig")
    returned = f"monthly_return_{flat['on']:%Y-%m}.xml"
    by_row = dict(enumerate(records(invented.folder / "files" / returned), 1))
    noted = {(file, row) for file, row, _ in book if file in (flat["file"], returned)}
    clean = {learner: number for number, learner in matches[returned].items() if (returned, number) not in noted}
    compared = 0
    for number, row in enumerate(rows, 2):
        learner = matches[flat["file"]][number]
        if (flat["file"], number) in noted or learner not in clean:
            continue
        compared += 1
        said = dict(zip(headings, row, strict=True))
        for column in ("YoungPersonsID", "GivenName", "ActivityCode", "EstablishmentNumber", "CurrencyLapsed", "SENDFlag"):
            assert said[column] == by_row[clean[learner]][column.lower()]
        assert said["StartDate"][:10] == f"{date.fromisoformat(by_row[clean[learner]]['startdate']):%d/%m/%Y}"
    assert compared > 200


def test_every_row_is_of_somebody_or_in_the_book(invented, book, matches):
    for file in invented.table("file"):
        if file["kind"] not in KINDS:
            continue
        name = file["file"]
        rows = lines(invented.folder / "files" / name, file["alphabet"])
        for number, row in enumerate(rows[file["headings_row"]:], file["headings_row"] + 1):
            if number in matches[name]:
                continue
            kinds = {entry["kind"] for entry in book.get((name, number, None), [])}
            assert kinds & {"blank_row", "totals_row"}, (name, number, row)
            assert any(row) == ("totals_row" in kinds)
            assert not any(row) or row[0] == f"Total: {len(matches[name])}"
        assert bool(file["headings_row"] > 1) == bool(book.get((name, 1, None)))


def test_repeated_rows_are_in_the_book(left_out, book, matches):
    for name, held in matches.items():
        seen: set[int] = set()
        for number, learner in sorted(held.items()):
            kinds = {entry["kind"] for entry in book.get((name, number, None), [])}
            assert (learner in seen) == ("duplicate" in kinds), (name, number)
            seen.add(learner)
        assert not seen & left_out[name]


def test_who_is_at_a_college_is_on_its_list_or_left_out(invented, left_out, matches):
    reality = defaultdict(list)
    for row in invented.table("reality"):
        reality[row["learner"]].append(row)
    for file in (row for row in invented.table("file") if row["kind"] == "enrolments"):
        there = {
            learner for learner, begun in reality.items()
            if max(begun, key=lambda row: row["start"])["provider"] == file["institution"]
            and max(begun, key=lambda row: row["start"])["code"] in ("220", "230", "250", "280")
            and invented.status(learner, file["on"]) == "P"
        }
        assert set(matches[file["file"]].values()) == there - left_out[file["file"]]


def test_a_list_of_withdrawals_says_the_day_before_what_they_really_did_next(invented, definitions, matches):
    left = load_settings(definitions).headings["college"]["left"]
    reality, seen = defaultdict(list), 0
    for row in sorted(invented.table("reality"), key=lambda row: row["start"]):
        reality[row["learner"]].append(row)
    for file in (row for row in invented.table("file") if row["kind"] == "withdrawals"):
        rows = lines(invented.folder / "files" / file["file"], file["alphabet"])
        at = next(place for place, label in enumerate(rows[file["headings_row"] - 1]) if label in left)
        for number, learner in matches[file["file"]].items():
            ends = {written(after["start"] - timedelta(days=1), file["date_form"]) for one, after in pairwise(reality[learner])
                    if one["provider"] == file["institution"] != after["provider"] and after["start"] > date(2026, 9, 1)}
            assert rows[number - 1][at] in ends
            seen += 1
    assert seen > 5


def test_there_is_some_of_everything(invented, definitions):
    rates = load_settings(definitions).errors
    wanted = {kind for kinds in rates["values"].values() for kind in kinds} | {"left_out", "duplicate", "blank_row", "title_rows"}
    rare = {"wrong_gender", "missing_birth", "missing_postcode", "other_date_form", "wrong_activity", "missing_activity"}
    assert wanted - set(invented.made.altered) <= rare
    assert {row["kind"] for row in invented.table("file")} == {"return", "flat", *KINDS}
    alphabets = {row["alphabet"] for row in invented.table("file")}
    assert {None, "utf-8", "utf-8-sig"} <= alphabets


@pytest.mark.parametrize(("form", "printed"), [
    ("iso", "2010-09-01"), ("british", "01/09/2010"), ("british_short", "1/9/10"), ("serial", "40422"),
    ("words", "1st Sept 2010"), ("british_time", "01/09/2010 00:00:00"),
])
def test_days_are_written_in_many_forms(form, printed):
    assert written(date(2010, 9, 1), form) == printed


@pytest.mark.parametrize(("day", "printed"), [
    (2, "2nd Jan 2026"), (3, "3rd Jan 2026"), (11, "11th Jan 2026"), (22, "22nd Jan 2026"),
])
def test_days_in_words_have_their_endings(day, printed):
    assert written(date(2026, 1, day), "words") == printed


def test_headings_of_many_kinds(invented):
    seen = set()
    for file in invented.table("file"):
        if KINDS.get(file["kind"]) == "school":
            rows = lines(invented.folder / "files" / file["file"], file["alphabet"])
            seen.add(tuple(rows[file["headings_row"] - 1]))
    assert len(seen) == len([row for row in invented.table("file") if KINDS.get(row["kind"]) == "school"])
