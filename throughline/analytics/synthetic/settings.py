"""What an invented authority is made from: the names, places and rates of definitions/synthetic."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from throughline.core.problems import Problem, RefusedFileError

_LISTS = {
    "given_names": ("origin", "gender", "name"),
    "family_names": ("origin", "name"),
    "origins": ("ethnic_group", "origin", "weight"),
    "districts": ("code", "name", "town", "sector", "weight", "risk"),
    "streets": ("name",),
    "institutions": ("kind", "name"),
}
_NUMBERS = {"weight", "risk"}


@dataclass(frozen=True)
class Settings:
    """The TOML files as they stand, and each CSV file as a list of rows; columns of numbers are numbers."""

    people: Mapping[str, Any]
    histories: Mapping[str, Any]
    errors: Mapping[str, Any]
    headings: Mapping[str, Any]
    lists: Mapping[str, list[dict[str, Any]]]


def load_settings(definitions: Path) -> Settings:
    """The files of definitions/synthetic. Raises RefusedFileError naming every line that is wrong."""
    folder = definitions / "synthetic"
    problems: list[Problem] = []
    lists = {name: _list(folder / f"{name}.csv", columns, problems) for name, columns in _LISTS.items()}
    stated = {name: _stated(folder / f"{name}.toml", problems) for name in ("people", "histories", "errors", "headings")}
    if problems:
        raise RefusedFileError(problems)
    return Settings(**stated, lists=lists)


def _stated(path: Path, problems: list[Problem]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(path.name, None, "", "", "readable TOML", f"put right what is not TOML: {error}"))
        return {}


def _list(path: Path, columns: tuple[str, ...], problems: list[Problem]) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        problems += [Problem(path.name, 1, column, "", "column present", f"add a column headed {column}") for column in missing]
        if missing:
            return []
        return [_row(path.name, reader.line_num, row, problems) for row in reader]


def _row(file: str, line: int, row: dict[str, str], problems: list[Problem]) -> dict[str, Any]:
    made: dict[str, Any] = dict(row)
    for column in _NUMBERS & row.keys():
        try:
            made[column] = float(row[column])
        except (TypeError, ValueError):
            problems.append(Problem(file, line, column, row[column] or "", "a number", "write a number, such as 12 or 0.5"))
    return made
