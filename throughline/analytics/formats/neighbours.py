"""Statistical neighbours, in every layout they have been published in: ten for each authority, closest first."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from throughline.analytics.formats.reading import Faults, Read, as_text, refused, sheet_rows
from throughline.analytics.warehouse.tables import NEIGHBOUR

MODELS = ("2021", "2025")
COUNT = 10
CLOSENESS = ("extremely close", "very close", "close", "somewhat close", "not close")
_AUTHORITY = ("lanumber", "oldlacode")
_SEARCHED = 10  # rows looked through for the headings; workbooks have two rows of numbers above them


@dataclass(frozen=True)
class _Layout:
    authority: int
    neighbours: tuple[int, ...]  # each with how close it is in the next column


def read(path: Path, model: str, area_of: Mapping[str, str]) -> Read:
    """NEIGHBOUR rows of a workbook or CSV file of neighbours, closeness in lower case.

    model is 2021 or 2025; area_of finds the three-digit area of any code. An authority whose row has an
    unknown code, itself, a neighbour twice, fewer than ten or an unknown closeness is answered and set
    aside whole. Raises RefusedFileError when the headings are not found or no authority can be read.
    """
    if model not in MODELS:
        raise refused(path.name, "a known model", f"say which model it is: {' or '.join(MODELS)}", value=model)
    faults = Faults(path.name)
    numbered = iter(list(sheet_rows(path)))
    layout = _find_layout(path.name, numbered)
    rows: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for line, cells in numbered:
        printed = as_text(cells[layout.authority]) if layout.authority < len(cells) else ""
        if not printed:
            continue  # blank rows, and words between the present authorities and those abolished
        if printed in seen:
            faults.note(line, "LA number", printed, "each authority once",
                        f"remove this row; line {seen[printed]} has it already")
            continue
        seen[printed] = line
        rows += _neighbours(line, printed, cells, layout, model, area_of, faults)
    if not rows:
        faults.refuse(None, "", "", "an authority with ten neighbours", "give the file as it was published")
        faults.refusing = faults.beside + faults.refusing
    faults.stop_if_refused()
    return Read(NEIGHBOUR.from_rows(rows), faults.beside)


def _find_layout(file: str, numbered: Iterator[tuple[int, list[Any]]]) -> _Layout:
    for _, (_, cells) in zip(range(_SEARCHED), numbered, strict=False):
        names = [re.sub(r"[\s_]", "", as_text(cell)).lower() for cell in cells]
        places = [names.index(f"sn{n}") for n in range(1, COUNT + 1) if f"sn{n}" in names]
        authority = [names.index(name) for name in _AUTHORITY if name in names]
        if places and authority:
            missing = [f"SN{n}" for n in range(1, COUNT + 1) if f"sn{n}" not in names]
            if missing:
                raise refused(file, "ten neighbours", f"the file needs columns headed {', '.join(missing)}")
            if any(place + 1 >= len(names) or not re.fullmatch(r"sn\d*p", names[place + 1]) for place in places):
                remedy = "give each SN column its SNP column to the right"
                raise refused(file, "closeness beside each neighbour", remedy)
            return _Layout(authority[0], tuple(places))
    raise refused(file, "headings found", "the file needs columns headed LA number (or old_la_code) and SN1 to SN10")


def _neighbours(line: int, printed: str, cells: list[Any], layout: _Layout, model: str, area_of: Mapping[str, str],
                faults: Faults) -> list[dict[str, Any]]:
    """The ten rows of one authority, or none when its line is at fault."""
    pairs = [(as_text(cells[p]) if p < len(cells) else "", as_text(cells[p + 1]) if p + 1 < len(cells) else "")
             for p in layout.neighbours]
    area = area_of.get(printed)
    if area is None:
        faults.note(line, "LA number", printed, "known area", "check the code against the authority code list")
        return []
    if all(code in ("", "-") for code, _ in pairs):
        faults.note(line, "SN1", pairs[0][0], "ten neighbours",
                    f"{printed} has none in this model, and has been left out")
        return []
    before = len(faults.beside)
    areas = [area_of.get(code) for code, _ in pairs]
    for n, ((code, closeness), neighbour) in enumerate(zip(pairs, areas, strict=True), 1):
        _check(line, n, code, closeness, neighbour, area, areas, faults)
    if len(faults.beside) > before:
        return []
    return [{"model": model, "area": area, "position": n, "neighbour": neighbour, "closeness": closeness.lower()}
            for n, ((_, closeness), neighbour) in enumerate(zip(pairs, areas, strict=True), 1)]


def _check(line: int, n: int, code: str, closeness: str, neighbour: str | None, area: str, areas: list[str | None],
           faults: Faults) -> None:
    if neighbour is None:
        faults.note(line, f"SN{n}", code, "known area", "give the three-digit code of an authority")
    elif neighbour == area:
        faults.note(line, f"SN{n}", code, "no authority its own neighbour", "give another authority")
    elif neighbour in areas[: n - 1]:
        faults.note(line, f"SN{n}", code, "each neighbour once", "give ten different authorities")
    if closeness.lower() not in CLOSENESS:
        faults.note(line, f"SN{n}P", closeness, "a known closeness", f"use one of {', '.join(CLOSENESS)}")
