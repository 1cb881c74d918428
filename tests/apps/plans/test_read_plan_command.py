"""throughline read-plan: the plan as JSON or as an outline, and a refused file with the reason."""

import json

import pytest
from django.core.management import CommandError, call_command

PLAN = (
    "Marlshire post-16 plan\n\nPriority 1: Know where everybody is\n\nNum\tAction\tWho\tWhen\n"
    "1.1\tAgree who tells whom\tHead of Inclusion\tby July 2026\n1.2\tRing every family – François’s too\t\tTermly\n"
)


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return str(path)


def test_json_holds_the_plan_indented_and_with_its_accents(plan, capsys):
    call_command("read_plan", plan, "--format", "json")
    printed = capsys.readouterr().out
    read = json.loads(printed)
    [section] = read["sections"]
    assert list(read)[:6] == ["title", "period", "organisations", "sections", "measures", "unread"]
    assert [(action["number"], action["when"]["printed"]) for action in section["actions"]] == [
        ("1.1", "by July 2026"), ("1.2", "Termly")]
    assert "François’s" in printed and printed.startswith('{\n  "title": ')


def test_the_outline_is_what_is_printed_unasked(plan, capsys):
    call_command("read_plan", plan)
    printed = capsys.readouterr().out
    assert "1.1 Agree who tells whom" in printed
    assert "Who: Head of Inclusion" in printed


@pytest.mark.parametrize(("name", "content"), [("plan.docx", b"not a Word document"), ("plan.pptx", b""), ("empty.txt", b"")])
def test_a_refused_file_is_answered_with_a_sentence(tmp_path, capsys, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        call_command("read_plan", str(path))
    assert refusal.value.returncode == 2
    assert name in str(refusal.value)
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_there_is_refused_too(tmp_path):
    with pytest.raises((CommandError, OSError)) as refusal:
        call_command("read_plan", str(tmp_path / "nowhere.txt"))
    assert "nowhere.txt" in str(refusal.value)
