"""No activity of the truth breaks a rule of the return: each stated here as plainly as the department's list has it."""

from datetime import date

import pytest

from throughline.analytics.participation.codesets import load_codeset
from throughline.analytics.participation.cohort import load_cohort
from throughline.analytics.participation.currency import load_currency
from throughline.analytics.synthetic.files.believed import Truth
from throughline.analytics.synthetic.files.returns import Month, belongs, return_row
from throughline.core.ages import birthday, year_group

MONTH_ENDS = [date(2025, 9, 30), date(2025, 11, 30), date(2026, 2, 28), date(2026, 5, 31), date(2026, 8, 31), date(2026, 10, 31)]
NEET = {"540", "610", "615", "616", "619", "620", "630", "640", "650", "660", "670", "680"}
NOT_KNOWN = {"810", "820", "830"}
COMPULSORY = {"110", "120", "130", "140", "150"}
MUST_END = COMPULSORY | {"210", "220", "230", "240", "250", "260", "270", "280", "290", "410", "430", "440", "450", "460"}
MUST_BE_REVIEWED = {"260", "290", "350", "616", "710"}


def _group(row, end):
    return year_group(date.fromisoformat(row["birth"]), end)


def _characteristics(row):
    return row["characteristics"].split(";")


RULES = {
    "2, 3": lambda row, end: row["given"] and row["family"],
    "13": lambda row, end: row["status"] != "T" or row["transferred_to"],
    "34": lambda row, end: not row["transferred_to"] or row["status"] == "T",
    "42": lambda row, end: row["transferred_to"] != row["lead"],
    "40": lambda row, end: row["status"] != "P" or _group(row, end) < 14 or row["send"] == "Y",
    "200, 202, 203": lambda row, end: row["activity"] and row["start"] and row["ascertained"],
    "224, 226": lambda row, end: (row["activity"] in NEET) == bool(row["neet_since"]),
    "225": lambda row, end: row["neet_since"] <= row["start"],
    "229": lambda row, end: _group(row, end) > 11 or row["activity"] in COMPULSORY,
    "230": lambda row, end: _group(row, end) <= 11 or row["activity"] not in COMPULSORY,
    "231, 232": lambda row, end: not row["lapses"] or (row["lapsed"] == "Y") == (row["lapses"] < end.isoformat()),
    "233": lambda row, end: row["activity"] != "620" or "140" in _characteristics(row),
    "234": lambda row, end: row["activity"] != "630" or "120" in _characteristics(row),
    "235": lambda row, end: row["activity"] != "650" or "180" in _characteristics(row),
    "237": lambda row, end: row["ascertained"] <= row["verified"],
    "238": lambda row, end: not row["lapses"] or not row["end"] or row["lapses"] <= row["end"],
    "242": lambda row, end: row["start"] <= row["ascertained"],
    "243": lambda row, end: row["activity"] in NEET | NOT_KNOWN or row["lapses"],
    "251": lambda row, end: not row["neet_since"] or (
        birthday(date.fromisoformat(row["birth"]), 15) <= date.fromisoformat(row["neet_since"])),
    "254, 255": lambda row, end: row["activity"] not in ("280", "460") or row["send"] == "Y",
    "257": lambda row, end: not row["review"] or not row["end"] or row["review"] <= row["end"],
    "259": lambda row, end: row["activity"] not in MUST_END or row["end"],
    "260": lambda row, end: row["gender"] != "M" or "180" not in _characteristics(row),
    "262": lambda row, end: row["activity"] not in MUST_BE_REVIEWED or row["review"],
    "305": lambda row, end: row["verified"] <= end.isoformat(),
    "306": lambda row, end: (row["send"], row["support"]) != ("Y", "Y"),
    "25": lambda row, end: not row["guarantee_11"] or row["at_year_11"] == row["lead"],
}


@pytest.fixture(scope="module")
def rows(invented, definitions):
    """Every row of every month's return, as it would be if nothing went wrong with it."""
    truth = Truth(invented.folder / "truth")
    neet = load_codeset(definitions, "activity").where(date.max, "group", "neet")
    cohort, currency = load_cohort(definitions), load_currency(definitions)
    made = []
    for end in MONTH_ENDS:
        month = Month(end, cohort.on(end), currency.on(end))
        made += [(return_row(person, month, "iso"), end) for person in truth.believed(end, neet) if belongs(person, month)]
    return made


@pytest.mark.parametrize("rule", RULES)
def test_no_row_breaks(rows, rule):
    assert len(rows) > 2000
    assert [(row["identifier"], row["activity"], end) for row, end in rows if not RULES[rule](row, end)] == []


def test_the_rules_have_something_to_hold_for(rows):
    held = {row["activity"] for row, _ in rows}
    assert {"110", "210", "230", "310", "410", "619", "810", "280", "330"} <= held
    assert {row["status"] for row, _ in rows} >= {"P", "T", "A"}
    assert any(row["guarantee_11"] for row, _ in rows)
    assert any(row["guarantee_12"] for row, _ in rows)
