"""Dated code lists about young people: one CSV file a list in definitions/codesets/learners."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from throughline.core.problems import Problem, RefusedFileError

NAMES = (
    "activity", "ethnic_group", "characteristic", "gender", "cohort_status", "level_of_need", "guarantee_status",
    "intended_destination",
)
_COMMON = ("code", "label", "valid_from", "valid_to", "confidence", "source")
_CONFIDENCES = ("high", "medium", "low")


@dataclass(frozen=True)
class Code:
    """One code: from and to are the first and last day on which it may be used, None where there is no such day.

    facts holds the list's other columns as printed, such as the group that an activity counts in. confidence is
    high, medium or low: how sure we are of what is said, as source explains.
    """

    code: str
    label: str
    valid_from: date | None
    valid_to: date | None
    confidence: str
    source: str
    facts: Mapping[str, str]

    def holds_on(self, day: date) -> bool:
        """Whether the code may be used on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    @property
    def printed(self) -> dict[str, str]:
        """Its line of the file, by column."""
        return {
            "code": self.code, "label": self.label, **self.facts,
            "valid_from": self.valid_from.isoformat() if self.valid_from else "",
            "valid_to": self.valid_to.isoformat() if self.valid_to else "",
            "confidence": self.confidence, "source": self.source,
        }

    def says(self, fact: str) -> bool:
        """A fact that is yes or no."""
        return self.facts[fact] == "yes"


@dataclass(frozen=True)
class CodeSet:
    """One list, every code it ever had; a code stands in it once."""

    name: str
    codes: tuple[Code, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Code]:
        """Every code, historic ones too."""
        return {code.code: code for code in self.codes}

    def on(self, day: date) -> tuple[Code, ...]:
        """The codes that may be used on a day, in the order of the file."""
        return tuple(code for code in self.codes if code.holds_on(day))

    def label(self, code: str) -> str:
        """What a code means; the code itself where it is in no list we have."""
        known = self.by_code.get(code)
        return known.label if known else code

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of the columns that this list has beside those that all have."""
        return tuple(self.codes[0].facts)

    def amended(self, changes: Mapping[str, Mapping[str, str]]) -> "CodeSet":
        """The list with some columns of some codes said otherwise; changes is by code and column, as printed.

        A code that the list does not hold is passed over. Raises RefusedFileError for a value that the file could not hold.
        """
        problems = [problem for code, said in changes.items() if code in self.by_code
                    for problem in _faults(self.name, 0, self.by_code[code].printed | dict(said))]
        if problems:
            raise RefusedFileError(problems)
        return CodeSet(self.name, tuple(
            _code(code.printed | dict(changes[code.code])) if code.code in changes else code for code in self.codes
        ))

    def where(self, fact: str, *values: str) -> frozenset[str]:
        """The codes whose fact is one of values."""
        return frozenset(code.code for code in self.codes if code.facts[fact] in values)


def load_codesets(definitions: Path) -> dict[str, CodeSet]:
    """Every list of NAMES. Raises RefusedFileError naming each line that is wrong."""
    return {name: load_codeset(definitions, name) for name in NAMES}


def load_codeset(definitions: Path, name: str) -> CodeSet:
    """One list. Raises RefusedFileError naming each line that is wrong."""
    path = definitions / "codesets" / "learners" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in _COMMON if column not in (reader.fieldnames or ())]
        if missing:
            raise RefusedFileError([
                Problem(path.name, 1, column, "", "column present", f"add a column headed {column}") for column in missing
            ])
        rows = [(reader.line_num, row) for row in reader]
    problems = [problem for line, row in rows for problem in _faults(path.name, line, row)]
    seen: set[str] = set()
    for line, row in rows:
        if row["code"] in seen:
            problems.append(Problem(path.name, line, "code", row["code"], "each code once", "take one of its lines out"))
        seen.add(row["code"])
    if problems:
        raise RefusedFileError(problems)
    return CodeSet(name, tuple(_code(row) for _, row in rows))


def _faults(file: str, line: int, row: dict[str, str]) -> list[Problem]:
    faults = []
    if row["confidence"] not in _CONFIDENCES:
        faults.append(Problem(file, line, "confidence", row["confidence"] or "", "known confidence",
                              "write high, medium or low"))
    for column in ("code", "label", "source"):
        if not row[column]:
            faults.append(Problem(file, line, column, "", "filled in", f"give the {column}"))
    for column in ("valid_from", "valid_to"):
        try:
            _day(row[column])
        except ValueError:
            faults.append(Problem(file, line, column, row[column], "a date", "write it as 2019-04-01, or leave it empty"))
    return faults


def _code(row: dict[str, str]) -> Code:
    facts = {name: value or "" for name, value in row.items() if name not in _COMMON}
    return Code(row["code"], row["label"], _day(row["valid_from"]), _day(row["valid_to"]), row["confidence"], row["source"],
                facts)


def _day(printed: str | None) -> date | None:
    return date.fromisoformat(printed) if printed else None
