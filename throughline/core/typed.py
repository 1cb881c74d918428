"""What is typed after a command's name."""

from argparse import ArgumentTypeError
from datetime import date


def day(typed: str) -> date:
    """A day, as 2026-09-30. Raises ArgumentTypeError, whose sentence the command prints, for what is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise ArgumentTypeError(f"“{typed}” is no day: write year, month and day, as 2026-09-30") from error
