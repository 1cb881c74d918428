"""Code lists are dated, and a wrong line is answered."""

import shutil
from datetime import date, timedelta

import pytest
from django.conf import settings

from throughline.analytics.participation.codesets import NAMES, load_codeset, load_codesets
from throughline.core.problems import RefusedFileError

TODAY = date(2026, 10, 31)
# The department's statistical groups, from its methodology: every code that may be used after April 2018.
GROUPS = {
    "before": "110 120 130 140 150",
    "participating": "210 220 230 240 250 270 280 290 310 320 381 410 430 450 460 550",
    "other": "260 330 340 350 360 380 440 530",
    "neet": "540 610 615 616 619 620 630 640 650 660 670 680",
    "excluded": "710",
    "not_known": "810 820 830",
}


def test_every_list_is_there():
    lists = load_codesets(settings.DEFINITIONS)
    assert set(lists) == set(NAMES)
    assert all(codeset.lines for codeset in lists.values())


@pytest.mark.parametrize(("group", "codes"), GROUPS.items())
def test_activities_count_in_the_groups_of_the_statistics(group, codes):
    activity = load_codeset(settings.DEFINITIONS, "activity")
    assert activity.where(TODAY, "group", group) & activity.usable(TODAY) == set(codes.split())


@pytest.mark.parametrize(("code", "last", "counts_as"), [
    ("720", date(2018, 3, 31), "excluded"), ("420", date(2015, 3, 31), "participating"), ("510", date(2015, 3, 31), "neet"),
    ("520", date(2015, 3, 31), "neet"), ("551", date(2015, 3, 31), "other"),
])
def test_a_withdrawn_code_holds_only_before(code, last, counts_as):
    """What is recorded under it counts as it did, the day after too."""
    activity = load_codeset(settings.DEFINITIONS, "activity")
    after = last + timedelta(days=1)
    assert (code in activity.usable(last), code in activity.usable(after)) == (True, False)
    assert all(code in activity.where(day, "group", counts_as) for day in (last, after))


def test_the_vulnerable_groups_are_the_scorecards():
    characteristic = load_codeset(settings.DEFINITIONS, "characteristic")
    assert characteristic.where(TODAY, "vulnerable", "yes") == {"110", "130", "140", "150", "160", "170", "190", "200", "210"}


@pytest.mark.parametrize(("line", "field", "value"), [
    ("1,Intensive,,,certain,ours", "confidence", "certain"),
    ("1,Intensive,2019-13-01,,high,ours", "valid_from", "2019-13-01"),
    ("1,,,,high,ours", "label", ""),
    ("1,Intensive,2020-04-01,2020-03-31,high,ours", "valid_to", "2020-03-31"),
    ("1,Intensive,,,high,ours\n1,Intensive,,,high,ours", "valid_from", ""),
    ("1,Intensive,,2020-03-31,high,ours\n1,Most,2020-03-31,,high,ours", "valid_from", "2020-03-31"),
    ("1,Most,2020-04-01,,high,ours\n1,Intensive,2019-04-01,2021-04-01,high,ours", "valid_from", "2019-04-01"),
])
def test_a_wrong_line_is_named(tmp_path, line, field, value):
    folder = tmp_path / "codesets" / "learners"
    folder.mkdir(parents=True)
    (folder / "level_of_need.csv").write_text(f"code,label,valid_from,valid_to,confidence,source\n{line}\n", encoding="utf-8")
    with pytest.raises(RefusedFileError) as refusal:
        load_codeset(tmp_path, "level_of_need")
    [problem] = refusal.value.problems
    assert (problem.field, problem.value) == (field, value)
    assert problem.line == 1 + len(line.splitlines())


TURNING = """code,label,valid_from,valid_to,confidence,source
1,Intensive,2019-04-01,2020-03-31,high,ours
2,Extra,,,high,ours
1,Most,2020-04-01,2021-03-31,low,theirs
1,More,2022-04-01,,high,ours
"""


@pytest.mark.parametrize(("day", "label", "usable"), [
    ("2018-01-01", "Intensive", {"2"}), ("2019-03-31", "Intensive", {"2"}), ("2019-04-01", "Intensive", {"1", "2"}),
    ("2020-03-31", "Intensive", {"1", "2"}), ("2020-04-01", "Most", {"1", "2"}), ("2021-03-31", "Most", {"1", "2"}),
    ("2021-04-01", "Most", {"2"}), ("2022-03-31", "Most", {"2"}), ("2022-04-01", "More", {"1", "2"}),
    ("2030-01-01", "More", {"1", "2"}),
])
def test_a_day_is_judged_by_the_line_of_the_day_or_the_last_before(tmp_path, day, label, usable):
    needs = read(tmp_path, TURNING)
    assert needs.label("1", date.fromisoformat(day)) == label
    assert needs.usable(date.fromisoformat(day)) == usable
    assert needs.as_on(date.fromisoformat(day)).keys() == {"1", "2"}


def test_the_days_on_which_a_fact_turns(tmp_path):
    lines = ["1,A,yes,,2019-03-31", "1,B,yes,2019-04-01,2020-03-31", "1,B,no,2020-04-01,2021-03-31", "1,B,yes,2021-04-01,",
             "2,C,no,,"]
    listed = read(tmp_path, "code,label,fact,valid_from,valid_to,confidence,source\n"
                  + "".join(f"{line},high,ours\n" for line in lines))
    assert listed.turns("fact") == {"1": (date(2020, 4, 1), date(2021, 4, 1))}
    assert [listed.where(date(year, 5, 1), "fact", "yes") for year in (2019, 2020, 2021)] == [{"1"}, set(), {"1"}]
    assert listed.ever("fact", "no") == {"1", "2"}


def read(folder, text):
    """A list of levels of need as a file has it."""
    path = folder / "codesets" / "learners" / "level_of_need.csv"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return load_codeset(folder, "level_of_need")


def test_a_missing_column_is_named(tmp_path):
    shutil.copytree(settings.DEFINITIONS / "codesets", tmp_path / "codesets")
    (tmp_path / "codesets" / "learners" / "gender.csv").write_text("code,label\nF,Female\n", encoding="utf-8")
    with pytest.raises(RefusedFileError) as refusal:
        load_codesets(tmp_path)
    assert {problem.field for problem in refusal.value.problems} == {"valid_from", "valid_to", "confidence", "source"}


# What the department's own text was not there for: read from somebody else's code, or our guess at what a code means.
INFERRED = {
    "activity": "250 260 270 340 420 430 450 510 520 530 551 616 620 630 640 650 660 670 680", "cohort_status": "P G L",
    "gender": "U W N", "authority_number": "000 001 002 003", "characteristic": "120 190 210", "ethnic_group": "WIRT CHNE BBRI",
    "guarantee_status": "110 114 115 120 122 123 124 140 150 151 153 154 159",
    "intended_destination": "111 121 211 311 321 411 511 611",
    "own_trait": "free_school_meals additional_language child_protection child_in_need home_educated",
}


@pytest.mark.parametrize(("name", "codes"), INFERRED.items())
def test_what_is_inferred_is_not_said_to_be_sure(name, codes):
    unsure = {line.code for line in load_codeset(settings.DEFINITIONS, name).lines if line.confidence != "high"}
    assert unsure == set(codes.split())
