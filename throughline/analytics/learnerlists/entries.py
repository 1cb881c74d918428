"""A list's rows through a mapping: one entry a young person, each cell understood, and each that could not be answered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from throughline.analytics.learnerlists.cells import (
    as_activity,
    as_date,
    as_gender,
    as_intended,
    as_name,
    as_number,
    as_postcode,
    as_support,
    month_first,
    split_name,
)
from throughline.analytics.learnerlists.sheet import ListSheet
from throughline.analytics.learnerlists.vocabulary import Vocabulary
from throughline.analytics.participation.tables import EHC_PLAN, SEN_SUPPORT
from throughline.core.problems import Problem

_LENGTHS = {"uln": 10, "establishment": 7, "school_at_16": 7, "ukprn": 8}
_YES_MEANS = {"ehc_plan": EHC_PLAN, "sen_support": SEN_SUPPORT}


@dataclass(frozen=True)
class Entry:
    """One row: values by field, dates as days, everything else as text; what was empty is absent."""

    line: int
    values: Mapping[str, Any]
    problems: tuple[Problem, ...]

    def day(self, field: str) -> date | None:
        """A date of it."""
        found = self.values.get(field)
        return found if isinstance(found, date) else None

    def text(self, field: str) -> str:
        """A text of it; empty where there is none."""
        found = self.values.get(field, "")
        return found if isinstance(found, str) else ""


@dataclass(frozen=True, eq=False)
class _Column:
    place: int
    field: str
    understand: Callable[[str], Any]
    rule: str
    remedy: str


def entries(sheet: ListSheet, columns: Mapping[int, str], vocabulary: Vocabulary, codes: frozenset[str]) -> Iterator[Entry]:
    """The rows of a list. columns maps the place of a column, from 0, to the field that it holds.

    A cell that cannot be understood is answered as a Problem and left out of its entry; the rest of the row stays.
    """
    mapped = [_column(sheet, place, field, vocabulary, codes) for place, field in sorted(columns.items()) if field]
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        values: dict[str, Any] = {}
        problems = []
        for column in mapped:
            printed = row[column.place]
            if not printed:
                continue
            understood = column.understand(printed)
            if understood is None:
                problems.append(Problem(sheet.file, line, sheet.headings[column.place], printed, column.rule, column.remedy))
            else:
                values[column.field] = understood
        yield Entry(line, _with_names(values), tuple(problems))


def _column(sheet: ListSheet, place: int, field: str, vocabulary: Vocabulary, codes: frozenset[str]) -> _Column:
    kind = vocabulary.fields[field].looks_like
    if kind == "date":
        american = month_first(sheet.cells(place))
        return _Column(place, field, lambda cell: as_date(cell, american), "a date that exists", "write it as 31/08/2010")
    if field in _LENGTHS:
        length = _LENGTHS[field]
        return _Column(place, field, lambda cell: as_number(cell, length), f"{length} figures",
                       f"give the number with its {length} figures, or leave the cell empty")
    if kind == "activity":
        return _Column(place, field, lambda cell: as_activity(cell, vocabulary, codes), "a known activity",
                       "give the three-figure code, or add the words to the list of activities")
    if kind == "intended":
        return _Column(place, field, lambda cell: as_intended(cell, vocabulary), "a known destination",
                       "give the three-figure code, or add the words to the list of destinations")
    if kind == "support":
        yes = _YES_MEANS.get(field, "")
        return _Column(place, field, lambda cell: as_support(cell, yes), "a known sort of support",
                       "write E for a plan, K for support without one, or N for neither")
    understand, rule, remedy = {
        "name": (as_name, "a name", "give the name"),
        "gender": (as_gender, "a known gender", "write F, M, U or W"),
        "postcode": (as_postcode, "a postcode", "write it as AB1 2CD, or leave it empty"),
        "upn": (_upn, "13 characters", "give the UPN with its 13 characters, or leave the cell empty"),
    }.get(kind, (str, "", ""))
    return _Column(place, field, understand, rule, remedy)


def _upn(printed: str) -> str | None:
    text = printed.replace(" ", "").upper()
    return text if len(text) == 13 and text.isalnum() else None


def _with_names(values: dict[str, Any]) -> dict[str, Any]:
    """Given and family names from a full name, where the list has only that."""
    full = values.pop("full_name", "")
    if full and "family_name" not in values:
        values["given_name"], values["family_name"] = split_name(full)
    return values
