"""Dated code lists about young people: one CSV file a list in definitions/codesets/learners."""

import csv
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from throughline.core.problems import Problem, RefusedFileError

NAMES = (
    "activity", "ethnic_group", "characteristic", "gender", "cohort_status", "level_of_need", "guarantee_status",
    "intended_destination", "leaving_reason", "authority_number", "upn_authority", "own_trait",
)
_COMMON = ("code", "label", "valid_from", "valid_to", "confidence", "source")
_CONFIDENCES = ("high", "medium", "low")


@dataclass(frozen=True)
class Code:
    """One line of a list: what is said of a code, and the first and last day of it, None where there is no such day.

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
        """Whether the code may be used on a day, and this is said of it then."""
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


@dataclass(frozen=True)
class CodeSet:
    """One list, every line it ever had. A code has a line for each time of which something else is said, and they do not overlap.

    A day is judged by the line of that day; where the code may not be used then, by the last line before, since what is
    recorded under a code that is gone still counts as it did; and before there was any line, by the first.
    """

    name: str
    lines: tuple[Code, ...]

    @cached_property
    def by_code(self) -> Mapping[str, tuple[Code, ...]]:
        """The lines of every code, historic ones too: codes in the order of the file, the lines of each from the earliest."""
        held: dict[str, list[Code]] = {}
        for line in self.lines:
            held.setdefault(line.code, []).append(line)
        return {code: tuple(sorted(lines, key=_begins)) for code, lines in held.items()}

    @cached_property
    def _days(self) -> tuple[date, ...]:
        """The days on which the lines of any code follow one another."""
        return tuple(sorted({_begins(line) for lines in self.by_code.values() for line in lines[1:]}))

    @cached_property
    def _times(self) -> tuple[Mapping[str, Code], ...]:
        """Every code as it is judged before, between and after those days."""
        return tuple({code: [line for line in lines if line is lines[0] or _begins(line) <= day][-1]
                      for code, lines in self.by_code.items()} for day in (date.min, *self._days))

    def as_on(self, day: date) -> Mapping[str, Code]:
        """Every code, historic ones too, by the line that a day is judged by."""
        return self._times[bisect_right(self._days, day)]

    def usable(self, day: date) -> frozenset[str]:
        """The codes that may be used on a day."""
        return frozenset(code for code, line in self.as_on(day).items() if line.holds_on(day))

    def where(self, day: date, fact: str, *values: str) -> frozenset[str]:
        """The codes whose fact is one of values as a day is judged."""
        return frozenset(code for code, line in self.as_on(day).items() if line.facts[fact] in values)

    def ever(self, fact: str, *values: str) -> frozenset[str]:
        """The codes of which it was ever said, or will be, that their fact is one of values."""
        return frozenset(line.code for line in self.lines if line.facts[fact] in values)

    def label(self, code: str, day: date) -> str:
        """What a code means on a day; the code itself where it is in no list we have."""
        known = self.as_on(day).get(code)
        return known.label if known else code

    @cached_property
    def _turned(self) -> dict[str, Mapping[str, tuple[date, ...]]]:
        return {}

    def turns(self, fact: str) -> Mapping[str, tuple[date, ...]]:
        """The days from which a fact of a code is another than before, the earliest first; only codes that have such days."""
        if fact not in self._turned:
            found = {code: tuple(_begins(line) for before, line in pairwise(lines) if before.facts[fact] != line.facts[fact])
                     for code, lines in self.by_code.items()}
            self._turned[fact] = {code: days for code, days in found.items() if days}
        return self._turned[fact]

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of the columns that this list has beside those that all have."""
        return tuple(self.lines[0].facts)


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
    return CodeSet(name, read_lines(path.name, rows))


def read_lines(file: str, rows: Iterable[tuple[int | None, Mapping[str, str]]]) -> tuple[Code, ...]:
    """Lines as printed, each with its number in the file, None where it is in none. Raises RefusedFileError naming the wrong."""
    numbered = list(rows)
    problems = [problem for number, row in numbered for problem in _faults(file, number, row)]
    if not problems:
        problems = _overlaps(file, numbered)
    if problems:
        raise RefusedFileError(problems)
    return tuple(_code(row) for _, row in numbered)


def _faults(file: str, number: int | None, row: Mapping[str, str]) -> list[Problem]:
    faults = []
    if row["confidence"] not in _CONFIDENCES:
        faults.append(Problem(file, number, "confidence", row["confidence"] or "", "known confidence",
                              "write high, medium or low"))
    for column in ("code", "label", "source"):
        if not row[column]:
            faults.append(Problem(file, number, column, "", "filled in", f"give the {column}"))
    for column in ("valid_from", "valid_to"):
        try:
            _day(row[column])
        except ValueError:
            faults.append(Problem(file, number, column, row[column], "a date", "write it as 2019-04-01, or leave it empty"))
    return faults


def _overlaps(file: str, rows: Iterable[tuple[int | None, Mapping[str, str]]]) -> list[Problem]:
    """What is wrong with the days of lines that have no other fault: of one line, and of two of the same code."""
    problems = []
    before: dict[str, list[tuple[int | None, Code]]] = {}
    for number, row in rows:
        line = _code(row)
        if _begins(line) > _ends(line):
            problems.append(Problem(file, number, "valid_to", row["valid_to"], "a last day that is not before the first",
                                    f"give a day from {line.valid_from} on, or leave it empty"))
        for other, held in before.setdefault(line.code, []):
            if _begins(line) <= _ends(held) and _begins(held) <= _ends(line):
                where = f" on line {other}" if other else ""
                problems.append(Problem(
                    file, number, "valid_from", row["valid_from"] or "", "lines of a code that follow one another",
                    f"{line.code} is said something of for some of these days already{where}, {_days_of(held)}: let one line end "
                    "the day before the other begins"))
        before[line.code].append((number, line))
    return problems


def _days_of(line: Code) -> str:
    return f"from {line.valid_from or 'the first'} to {line.valid_to or 'no last day'}"


def _begins(line: Code) -> date:
    return line.valid_from or date.min


def _ends(line: Code) -> date:
    return line.valid_to or date.max


def _code(row: Mapping[str, str]) -> Code:
    facts = {name: value or "" for name, value in row.items() if name not in _COMMON}
    return Code(row["code"], row["label"], _day(row["valid_from"]), _day(row["valid_to"]), row["confidence"], row["source"],
                facts)


def _day(printed: str | None) -> date | None:
    return date.fromisoformat(printed) if printed else None
