"""School inspection outcomes, counted for each authority, region and England from a list of inspections."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from throughline.analytics.formats.dataset import Dataset
from throughline.analytics.formats.reading import Faults, Read, Sheet, read_csv, refused, require_columns
from throughline.analytics.warehouse.tables import PUBLISHED_FIGURE
from throughline.core.periods import Period, parse_period
from throughline.core.statuses import SIGNIFICANT_PLACES

INDICATOR = "schools_good_or_better"
ENGLAND = "970"
_RATINGS = ("outstanding", "good", "requires improvement", "satisfactory", "inadequate")
_GOOD_OR_BETTER = _RATINGS[:2]
_OPEN = ("open", "open, proposed to close")


@dataclass(frozen=True)
class _Judgement:
    """One school's rating at an inspection."""

    day: date
    rating: str


def read(path: Path, schools: pa.Table, areas: pa.Table, state_funded: Path, dataset: Dataset) -> Read:
    """PUBLISHED_FIGURE rows: of open state-funded schools, those good or outstanding at their latest inspection.

    schools is a SCHOOL table, areas an AREA table, state_funded definitions/codesets/state_funded_schools.toml.
    numerator counts schools judged good or outstanding, denominator those with a judgement, value is per
    cent. Regions and England are pooled from the schools. The period is the month of the latest inspection
    in the file. Lines that cannot be read are answered and set aside. Raises RefusedFileError.
    """
    sheet = read_csv(path)
    sheet = sheet.renamed(dataset.canonical_names(sheet.header))
    require_columns(sheet, dataset.required())
    types = _read_types(state_funded)
    faults = Faults(path.name)
    latest = _latest(sheet, faults)
    if not latest:
        faults.refusing = [*faults.beside]
        faults.refuse(None, "", "", "an inspection in the file", "give the list of inspections as it was published")
    faults.stop_if_refused()
    _note_unknown(set(schools["urn"].to_pylist()), latest, faults)
    good, judged = _count(schools, latest, types, areas)
    period = _month_of(max(judgement.day for judgement in latest.values()))
    rows = [_figure(area, good[area], judged[area], period, dataset) for area in sorted(judged)]
    return Read(PUBLISHED_FIGURE.from_rows(rows), faults.beside)


def _read_types(path: Path) -> set[str]:
    try:
        return set(tomllib.loads(path.read_text(encoding="utf-8"))["types"])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise refused(path.name, "a list of types", "state types = [...] with the names of types of school") from error


def _latest(sheet: Sheet, faults: Faults) -> dict[str, _Judgement]:
    """Each school's latest judgement by its URN; of two on one day that differ, the one listed first."""
    latest: dict[str, _Judgement] = {}
    columns = (sheet.column(name) for name in ("URN", "Rating", "Inspection Date"))
    for line, urn, printed, day in zip(sheet.lines, *columns, strict=True):
        judgement = _judgement(line, urn, printed, day, faults)
        if judgement is None:
            continue
        known = latest.get(urn)
        if known and known.day == judgement.day and known.rating != judgement.rating:
            faults.note(line, "Rating", printed, "one judgement a day",
                        f"school {urn} was also judged {known.rating} on this day, listed first and kept")
        if known is None or judgement.day > known.day:
            latest[urn] = judgement
    return latest


def _judgement(line: int, urn: str, rating: str, day: str, faults: Faults) -> _Judgement | None:
    if not (urn.isascii() and urn.isdigit() and len(urn) == 6):
        faults.note(line, "URN", urn, "six digits", "give the school's unique reference number")
        return None
    if rating.lower() not in _RATINGS:
        faults.note(line, "Rating", rating, "a known rating", f"use one of {', '.join(_RATINGS)}")
        return None
    try:
        if not (day.isascii() and day.isdigit() and len(day) == 8):
            raise ValueError
        return _Judgement(date(int(day[:4]), int(day[4:6]), int(day[6:])), rating.lower())
    except ValueError:
        faults.note(line, "Inspection Date", day, "a date", "write it as 20180418")
        return None


def _note_unknown(known: set[str], latest: Iterable[str], faults: Faults) -> None:
    unknown = sorted(set(latest) - known)
    if unknown:
        faults.note(None, "URN", unknown[0], "a school of the register",
                    f"{len(unknown):,} inspected schools are not in the register, and are not counted")


def _count(schools: pa.Table, latest: Mapping[str, _Judgement], types: set[str],
           areas: pa.Table) -> tuple[Counter[str], Counter[str]]:
    """Schools good or better, and schools with a judgement, by area."""
    within = {row["area"]: [row["area"], row["region"], row["wider_region"], ENGLAND] for row in areas.to_pylist()}
    good: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for school in schools.select(["urn", "area", "type", "status"]).to_pylist():
        judgement = latest.get(school["urn"])
        if judgement is None or school["status"] not in _OPEN or school["type"] not in types:
            continue
        for area in filter(None, within.get(school["area"], ())):
            judged[area] += 1
            good[area] += judgement.rating in _GOOD_OR_BETTER
    return good, judged


def _month_of(day: date) -> Period:
    month = f"{day:%B}"
    return replace(parse_period(str(day.year), month)[0], label=f"{month} {day.year}")


def _figure(area: str, good: int, judged: int, period: Period, dataset: Dataset) -> dict[str, Any]:
    return {
        "dataset": dataset.id, "indicator": INDICATOR, "area": area,
        "period": period.label, "period_kind": period.kind.value,
        "period_start": period.start, "period_end": period.end,
        "breakdown": "", "group": "",
        "numerator": good, "denominator": judged, "value": round(100 * good / judged, SIGNIFICANT_PLACES),
        "status": dataset.vintage.value, "vintage": dataset.vintage.value, "release": dataset.release,
    }
