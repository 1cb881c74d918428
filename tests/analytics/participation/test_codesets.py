"""Code lists are dated, and a wrong line is answered."""

import shutil
from datetime import date

import pytest
from django.conf import settings

from throughline.analytics.participation.codesets import NAMES, load_codeset, load_codesets
from throughline.core.problems import RefusedFileError

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
    assert all(codeset.codes for codeset in lists.values())


@pytest.mark.parametrize(("group", "codes"), GROUPS.items())
def test_activities_count_in_the_groups_of_the_statistics(group, codes):
    activity = load_codeset(settings.DEFINITIONS, "activity")
    today = {code.code for code in activity.on(date(2026, 10, 31))}
    assert activity.where("group", group) & today == set(codes.split())


def test_a_withdrawn_code_holds_only_before():
    activity = load_codeset(settings.DEFINITIONS, "activity").by_code["720"]
    assert activity.holds_on(date(2018, 3, 31))
    assert not activity.holds_on(date(2018, 4, 1))


def test_the_vulnerable_groups_are_the_scorecards():
    characteristic = load_codeset(settings.DEFINITIONS, "characteristic")
    assert characteristic.where("vulnerable", "yes") == {"110", "130", "140", "150", "160", "170", "190", "200", "210"}


@pytest.mark.parametrize(("line", "field", "value"), [
    ("1,Intensive,,,certain,ours", "confidence", "certain"),
    ("1,Intensive,2019-13-01,,high,ours", "valid_from", "2019-13-01"),
    ("1,,,,high,ours", "label", ""),
    ("1,Intensive,,,high,ours\n1,Intensive,,,high,ours", "code", "1"),
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


def test_a_missing_column_is_named(tmp_path):
    shutil.copytree(settings.DEFINITIONS / "codesets", tmp_path / "codesets")
    (tmp_path / "codesets" / "learners" / "gender.csv").write_text("code,label\nF,Female\n", encoding="utf-8")
    with pytest.raises(RefusedFileError) as refusal:
        load_codesets(tmp_path)
    assert {problem.field for problem in refusal.value.problems} == {"valid_from", "valid_to", "confidence", "source"}
