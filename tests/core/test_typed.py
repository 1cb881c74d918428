"""A day that is typed is read, or answered with what would be right, by every command that takes one."""

from argparse import ArgumentTypeError
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from throughline.core import typed


def test_a_day_is_read():
    assert typed.day("2026-09-30") == date(2026, 9, 30)


@pytest.mark.parametrize("wrong", ["", "30/09/2026", "2026-02-31", "yesterday", "2026-9-1"])
def test_anything_else_is_answered_with_what_would_be_right(wrong):
    with pytest.raises(ArgumentTypeError, match="is no day: write year, month and day, as 2026-09-30"):
        typed.day(wrong)


@pytest.mark.parametrize("command", [
    ("import", "x.csv", "--as-at"), ("send_reminders", "--on"),
    ("load_figures", "x.csv", "--dataset", "gias", "--release", "June", "--released-on"),
    ("load_figures", "x.csv", "--dataset", "gias", "--release", "June", "--next-due"),
])
def test_each_command_says_so(command):
    with pytest.raises(CommandError, match="“31/02/2026” is no day"):
        call_command(*command, "31/02/2026")
