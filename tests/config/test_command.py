"""The throughline command: finding a command by what was typed, and answering what goes wrong in words."""

import pytest
from django.core.management import CommandError

from throughline.analytics.warehouse.connection import NoWarehouseError
from throughline.config import command
from throughline.config.management.commands import write_reference
from throughline.core.problems import Problem, RefusedFileError


def test_lists_our_commands_before_djangos(capsys):
    assert command.run([]) == 0
    listed = capsys.readouterr().out
    assert listed.index("write-reference") < listed.index("Django's own") < listed.index("createsuperuser")


@pytest.mark.parametrize("asked", [["--help"], ["help"], ["-h"]])
def test_every_way_of_asking_for_help_lists_them(asked, capsys):
    assert command.run(asked) == 0
    assert "write-reference" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["write-reference", "write_reference"])
def test_hyphens_and_underscores_both_find_a_command(name, capsys):
    with pytest.raises(SystemExit) as left:
        command.run([name, "--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert "--check" in shown
    assert "--pythonpath" not in shown


def test_an_unknown_command_gets_the_nearest(capsys):
    assert command.run(["write-referense"]) == 2
    assert "Did you mean write-reference" in capsys.readouterr().err


def test_an_unknown_option_is_not_understood(capsys):
    with pytest.raises(SystemExit) as left:
        command.run(["write-reference", "--chekc"])
    assert left.value.code == 2


@pytest.fixture
def failing(monkeypatch):
    """Make write-reference raise what a test gives."""

    def with_error(error: BaseException) -> None:
        def handle(*args: object, **options: object) -> None:
            raise error

        monkeypatch.setattr(write_reference.Command, "handle", handle)

    return with_error


def test_a_refused_file_is_answered_row_by_row(failing, capsys):
    rows = [Problem("neet.csv", line, "value", "twelve", "a number", "write digits") for line in range(2, 72)]
    failing(RefusedFileError(rows))
    assert command.run(["write-reference"]) == 1
    answer = capsys.readouterr().err
    assert "70 problems" in answer
    assert "20 more" in answer
    assert all(word in answer for word in ("neet.csv", "twelve", "write digits", "51"))


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (CommandError("No such measure.", returncode=2), 2, "No such measure."),
        (CommandError("[red] is not a colour here"), 1, "[red] is not a colour here"),
        (NoWarehouseError("none"), 1, "throughline build-warehouse"),
        (FileNotFoundError(2, "No such file or directory", "neet.csv"), 1, "neet.csv: No such file or directory"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_what_may_be_expected_is_said_in_words(failing, capsys, error, status, words):
    failing(error)
    assert command.run(["write-reference"]) == status
    assert words in capsys.readouterr().err


def test_what_was_not_expected_is_not_hidden(failing):
    failing(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        command.run(["write-reference"])


def test_traceback_shows_even_what_was_expected(failing):
    failing(CommandError("No such measure."))
    with pytest.raises(CommandError):
        command.run(["write-reference", "--traceback"])
