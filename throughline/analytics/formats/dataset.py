"""Reads definitions/datasets into Dataset objects: one file a published source, its columns and their other names."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from throughline.core.nearest import nearest
from throughline.core.periods import YEAR_CONVENTIONS
from throughline.core.problems import Problem, RefusedFileError
from throughline.core.statuses import RELEASE_STATUSES, Status

KINDS = ("text", "number", "integer", "code", "date")
ROLES = ("filter", "indicator", "repeated")
REPEATED_ROWS = ("none", "first")
LOADERS = ("areas", "ees", "lait", "neet_scorecard", "neighbours", "ofsted_outcomes", "schools")
_REQUIRED: dict[str, type] = {
    "title": str, "publisher": str, "release": str, "licence": str, "loader": str, "columns": list,
}
_OPTIONAL: dict[str, type] = {
    "released_on": date, "next_due": date, "url": str, "year_type": str, "vintage": str, "repeated_rows": str, "note": str,
}
_COLUMN_REQUIRED: dict[str, type] = {"name": str, "kind": str, "required": bool, "holds": str}
_COLUMN_OPTIONAL: dict[str, type] = {"aliases": list, "role": str, "fills": str}


@dataclass(frozen=True)
class DatasetColumn:
    """One column of a published file.

    role is filter, indicator or repeated (it only repeats what other columns say, so it tells no rows
    apart), and is empty where the file's own meta file or its loader knows. fills names the column of our
    own table that it goes into.
    """

    name: str
    kind: str
    required: bool
    holds: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    fills: str = ""


@dataclass(frozen=True)
class Dataset:
    """A published source: what it is, which release is held, and what its columns are called."""

    id: str
    title: str
    publisher: str
    release: str
    licence: str
    loader: str
    columns: tuple[DatasetColumn, ...]
    released_on: date | None = None
    next_due: date | None = None
    url: str | None = None
    year_type: str = "calendar year"  # what a bare year means
    vintage: Status = Status.FINAL  # how settled the release is where the file does not say
    repeated_rows: str = "none"  # which of rows that give one thing two figures is kept: none, or the first
    note: str = ""  # what a reader of the figures must know: pooled by us, cut short, and the like

    def with_role(self, role: str) -> list[str]:
        """The names of the columns that have a role."""
        return [column.name for column in self.columns if column.role == role]

    def required(self) -> list[str]:
        """The names of the columns the file may not lack."""
        return [column.name for column in self.columns if column.required]

    def canonical_names(self, header: Iterable[str]) -> dict[str, str]:
        """For each heading printed under another name than ours, our name; case and spaces around do not matter."""
        known = {_folded(n): column.name for column in self.columns for n in (*column.aliases, column.name)}
        return {printed: known[_folded(printed)] for printed in header if _folded(printed) in known}


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def load_datasets(definitions: Path) -> dict[str, Dataset]:
    """Every data set of definitions/datasets by its id, which is its file name.

    Raises RefusedFileError naming every fault of every file.
    """
    problems: list[Problem] = []
    datasets: dict[str, Dataset] = {}
    for path in sorted((definitions / "datasets").glob("*.toml")):
        try:
            datasets[path.stem] = read_dataset(path)
        except RefusedFileError as refused:
            problems.extend(refused.problems)
    if problems:
        raise RefusedFileError(problems)
    return datasets


def read_dataset(path: Path) -> Dataset:
    """One data set from its file. Raises RefusedFileError with every fault found in it."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RefusedFileError([Problem(path.name, None, "", "", "readable TOML", f"{error}")]) from error
    problems = list(_check(path.name, raw))
    if problems:
        raise RefusedFileError(problems)
    columns = tuple(DatasetColumn(**{**entry, "aliases": tuple(entry.get("aliases", ()))}) for entry in raw["columns"])
    settled = {"vintage": Status(raw["vintage"])} if "vintage" in raw else {}
    return Dataset(id=path.stem, **{**raw, "columns": columns, **settled})


def _check(file: str, raw: dict[str, Any]) -> Iterable[Problem]:
    yield from _check_keys(file, "", raw, _REQUIRED, _OPTIONAL)
    yield from _check_choice(file, "year_type", raw.get("year_type"), list(YEAR_CONVENTIONS))
    yield from _check_choice(file, "vintage", raw.get("vintage"), [status.value for status in RELEASE_STATUSES])
    yield from _check_choice(file, "repeated_rows", raw.get("repeated_rows"), REPEATED_ROWS)
    yield from _check_choice(file, "loader", raw.get("loader"), LOADERS)
    columns = raw.get("columns")
    if isinstance(columns, list):
        yield from _check_columns(file, columns)


def _check_columns(file: str, columns: list[Any]) -> Iterable[Problem]:
    if not columns:
        yield Problem(file, None, "columns", "", "a column stated",
                      "add a [[columns]] table for each column the loader reads")
    seen: dict[str, str] = {}
    for number, column in enumerate(columns, 1):
        where = f"columns {number}"
        if not isinstance(column, dict):
            yield Problem(file, None, where, str(column), "a table", "write each column as a [[columns]] table")
            continue
        yield from _check_keys(file, f"{where}: ", column, _COLUMN_REQUIRED, _COLUMN_OPTIONAL)
        yield from _check_choice(file, f"{where}: kind", column.get("kind"), KINDS)
        yield from _check_choice(file, f"{where}: role", column.get("role"), ROLES)
        aliases = column.get("aliases", ())
        for name in [column.get("name"), *(aliases if isinstance(aliases, list) else ())]:
            folded = _folded(str(name))
            if folded in seen:
                yield Problem(file, None, where, str(name), "each name once", f"{seen[folded]} has this name already")
            seen[folded] = where


def _check_keys(file: str, where: str, raw: Mapping[str, Any], required: Mapping[str, type],
                optional: Mapping[str, type]) -> Iterable[Problem]:
    known = {**required, **optional}
    for key, value in raw.items():
        if key not in known:
            meant = nearest(key, known, 1)
            remedy = f"remove it, or did you mean {meant[0]}?" if meant else "remove it"
            yield Problem(file, None, f"{where}{key}", "", "known key", remedy)
        elif not isinstance(value, known[key]) or (isinstance(value, bool) and known[key] is not bool):
            yield Problem(file, None, f"{where}{key}", str(value), "right type", f"give {_WORDS[known[key]]}")
    for key in required:
        if key not in raw:
            yield Problem(file, None, f"{where}{key}", "", "key present", f"add {key} = …")


_WORDS: dict[type, str] = {
    str: "words in quotation marks", list: "a list", bool: "true or false", date: "a date such as 2026-04-08, unquoted",
}


def _check_choice(file: str, key: str, value: Any, choices: Iterable[str]) -> Iterable[Problem]:
    if isinstance(value, str) and value not in choices:
        yield Problem(file, None, key, value, "one of the list", f"use one of {', '.join(choices)}")
