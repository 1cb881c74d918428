"""The command that prints every judgement with its sum."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.cast import make_user
from throughline.apps.indicators import actions


def _said(capsys, *arguments: str) -> str:
    call_command("judge", *arguments)
    return capsys.readouterr().out


def test_every_active_indicator_is_printed_with_its_sum(registered, valued, capsys):
    valued({"2024/25": 51.0}, title="Ready for work", number="KPI 1", target_words="at least 50%")
    registered("Level 3 by 19", measure="level_3_by_19", target_words="above England")
    registered("Theirs", area="202")
    gone = registered("Gone")
    actions.retire(by=make_user("data_officer"), indicator=gone, reason="x")
    found = json.loads(_said(capsys, "--area", "358", "--on", "2026-11-22", "--format", "json"))
    assert [row["title"] for row in found] == ["Ready for work", "Level 3 by 19"]
    assert (found[0]["status"], found[0]["rating"], found[0]["number"]) == ("met", "green", "KPI 1")
    assert found[0]["sum"][1] == "Needed: at least 50%."
    assert found[1]["comparators"][0]["name"] == "England"
    rows = list(csv.DictReader(io.StringIO(_said(capsys, "--area", "E08000009", "--format", "csv"))))
    assert [row["title"] for row in rows] == ["Ready for work", "Level 3 by 19"]
    printed = _said(capsys, "--area", "trafford", "--on", "2026-11-22")
    assert "Trafford, 2026-11-22" in printed
    assert "Needed: at least 50%." in printed


def test_a_day_is_judged_on_what_was_known_then(valued, capsys):
    valued({"2023/24": 46.0, "2024/25": 51.0}, target_words="at least 50%")
    assert json.loads(_said(capsys, "--area", "358", "--on", "2025-01-01", "--format", "json"))[0]["latest"] == "46.0% in 2023/24"


@pytest.mark.parametrize("format", ["table", "json", "csv"])
def test_an_authority_without_indicators_prints_none(db, warehouse, capsys, format):
    assert "Needed" not in _said(capsys, "--area", "202", "--format", format)


@pytest.mark.parametrize(
    ("arguments", "why"), [(("--area", "nowhere"), "No area"), (("--area", "358", "--on", "soon"), "no day")])
def test_what_is_not_understood_is_said(db, warehouse, arguments, why):
    with pytest.raises(CommandError, match=why) as caught:
        call_command("judge", *arguments)
    assert caught.value.returncode == 2
