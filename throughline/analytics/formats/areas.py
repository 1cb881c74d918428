"""Authorities, regions and England with every code they have had, and the districts within them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from throughline.analytics.formats.reading import (
    Faults,
    Sheet,
    as_text,
    is_workbook,
    read_csv,
    refused,
    require_columns,
    unpack_pair,
    workbook_rows,
)
from throughline.analytics.warehouse.tables import AREA, AREA_CODE, DISTRICT
from throughline.core.problems import Problem

ENGLAND = "E92000001"
_FIRST_REGION = 970  # codes from here on are regions and England
_DISCONTINUED = 1000  # the code list's former England
_CODE_LIST = ("LA Number", "LA Name", "Region")
_DISTRICTS = ("LADCD", "LADNM", "LADCD_ACTIVE", "UTLACD", "CTRYCD", "Current")
_CODESET: dict[str, tuple[set[str], set[str]]] = {  # table: required keys, optional keys
    "regions": ({"area", "code9", "name"}, {"wider"}),
    "abolished": ({"area", "name", "abolished_on", "successors", "source"}, set()),
}
_LOOKUP = ("LTLA23CD", "UTLA23CD")


@dataclass(frozen=True)
class Areas:
    """The three tables of places, and the faults that left them usable."""

    area: pa.Table
    area_code: pa.Table
    district: pa.Table
    problems: list[Problem]


def area_of(area_code: pa.Table) -> dict[str, str]:
    """The three-digit area of any code, from an AREA_CODE table."""
    return dict(zip(area_code["code"].to_pylist(), area_code["area"].to_pylist(), strict=True))


def read(code_list: Path, districts: Path, upper_tier: Path, lookup: Path, figures: Sequence[Path],
         codeset: Path) -> Areas:
    """AREA, AREA_CODE and DISTRICT rows.

    code_list is the interactive tool's list of three-digit codes; districts and upper_tier the look-ups of
    every nine-character code; lookup the list of lower-tier to upper-tier authorities, held against them;
    figures any Explore Education Statistics files (CSV or zip), which pair the two kinds of code; codeset
    definitions/codesets/areas.toml. An authority left without a nine-character code, an upper-tier code that
    no authority has and a district whose two look-ups disagree are answered beside the tables. Raises
    RefusedFileError when a file is not of its shape or a code would name two areas.
    """
    facts = _read_codeset(codeset)
    faults = Faults(code_list.name)
    listed = _read_code_list(code_list)
    known_districts = _english_districts(districts)
    pairs = _pairs(figures, set(listed))
    upper = read_csv(upper_tier)
    require_columns(upper, ["UTLACD"])
    current = {code for code in upper.column("UTLACD") if code.startswith("E")}
    codes = _codes(pairs, known_districts, faults)
    rows = [_authority(area, entry, codes.get(area, []), current, facts, faults) for area, entry in listed.items()]
    rows += [_region(fact) for fact in facts["regions"]]
    table = AREA.from_rows(sorted(rows, key=lambda row: row["area"]))
    area_code = _area_codes(rows, codes)
    found = area_of(area_code)
    for code in sorted(current - found.keys()):
        faults.note(None, "UTLACD", code, "known area",
                    "give a file of figures that pairs this code with its three-digit code")
    district = _district_rows(known_districts, found, lookup, faults)
    return Areas(table, area_code, DISTRICT.from_rows(district), faults.beside)


def _read_codeset(path: Path) -> dict[str, Any]:
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refused(path.name, "readable TOML", f"{error}") from error
    faults = Faults(path.name)
    for heading, (required, optional) in _CODESET.items():
        entries = facts.get(heading, [])
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
            keys = set(entry) if isinstance(entry, dict) else set()
            if not required <= keys <= required | optional:
                faults.refuse(None, f"{heading} {number}", ", ".join(sorted(keys)), "the keys of its table",
                              f"give {', '.join(sorted(required))}" + "".join(f", and if need be {key}" for key in optional))
    faults.stop_if_refused()
    return {heading: facts.get(heading, []) for heading in _CODESET}


def _region(fact: Mapping[str, Any]) -> dict[str, Any]:
    kind = "country" if int(fact["area"]) == _FIRST_REGION else "region"
    return {"area": fact["area"], "code9": fact["code9"], "name": fact["name"], "kind": kind}


def _read_code_list(path: Path) -> dict[str, dict[str, str]]:
    """Each authority's name and region by its three-digit code."""
    rows = workbook_rows(path)
    _, header = next(rows, (1, []))
    names = tuple(as_text(cell) for cell in header)
    require_columns(Sheet(path.name, names, [], []), _CODE_LIST)
    places = [names.index(name) for name in _CODE_LIST]
    faults = Faults(path.name)
    listed: dict[str, dict[str, str]] = {}
    for line, row in rows:
        area, name, region = (as_text(row[place]) if place < len(row) else "" for place in places)
        if not area and not name:
            continue
        if not (area.isascii() and area.isdigit() and len(area) in (3, 4)) or not name:
            faults.refuse(line, "LA Number", area, "a three-digit code and a name",
                          "give the list as the tool publishes it")
        elif area in listed:
            faults.refuse(line, "LA Number", area, "each code once", "keep one row for each authority")
        elif int(area) < _FIRST_REGION:
            listed[area] = {"name": name, "region": region}
        elif int(area) > _DISCONTINUED:
            faults.refuse(line, "LA Number", area, "a three-digit code", "give the list as the tool publishes it")
    faults.stop_if_refused()
    return listed


def _english_districts(path: Path) -> dict[str, dict[str, str]]:
    sheet = read_csv(path)
    require_columns(sheet, _DISTRICTS)
    columns = [sheet.column(name) for name in _DISTRICTS]
    rows = [dict(zip(_DISTRICTS, cells, strict=True)) for cells in zip(*columns, strict=True)]
    return {row["LADCD"]: row for row in rows if row["CTRYCD"] == ENGLAND}


def _pairs(figures: Sequence[Path], listed: set[str]) -> dict[str, set[str]]:
    """The areas each nine-character code has been printed beside, in files of figures."""
    pairs: dict[str, set[str]] = {}
    for path in figures:
        with TemporaryDirectory() as folder:
            sheet = read_csv(unpack_pair(path, Path(folder))[0] if is_workbook(path) else path)
        require_columns(sheet, ["old_la_code", "new_la_code"])
        for old, new in set(zip(sheet.column("old_la_code"), sheet.column("new_la_code"), strict=True)):
            if old in listed and new.startswith("E"):
                pairs.setdefault(new, set()).add(old)
    return pairs


def _codes(pairs: Mapping[str, set[str]], districts: Mapping[str, Mapping[str, str]],
           faults: Faults) -> dict[str, list[str]]:
    """Every nine-character code of each area: those printed beside it, and what those of them were changed to."""
    claimed: dict[str, str] = {}
    for code, areas in pairs.items():
        if len(areas) > 1:
            faults.refuse(None, "new_la_code", code, "one area a code",
                          f"files pair it with {', '.join(sorted(areas))}")
        claimed[code] = min(areas)
    faults.stop_if_refused()
    for code, area in list(claimed.items()):
        if code in districts:
            claimed.setdefault(districts[code]["LADCD_ACTIVE"], area)  # unless its territory went to another authority
    codes: dict[str, list[str]] = {}
    for code, area in sorted(claimed.items()):
        codes.setdefault(area, []).append(code)
    return codes


def _authority(area: str, entry: Mapping[str, str], codes: Sequence[str], current: set[str], facts: Mapping[str, Any],
               faults: Faults) -> dict[str, Any]:
    """One AREA row; an abolished authority keeps its last code."""
    gone: dict[str, Any] = next((fact for fact in facts["abolished"] if fact["area"] == area), {})
    region: dict[str, Any] = next((r for r in facts["regions"] if r["name"].lower() == entry["region"].lower()), {})
    if not codes:
        faults.note(None, "LA Number", area, "a nine-character code",
                    f"give a file of figures that has {entry['name']} under both its codes")
    if not region:
        faults.note(None, "Region", entry["region"], "a known region", f"correct the region of {entry['name']}")
    in_use = [code for code in codes if code in current]
    return {
        "area": area,
        "code9": max(in_use or codes, default=None),
        "name": gone.get("name", entry["name"]),
        "kind": "authority",
        "region": region.get("area"),
        "wider_region": region.get("wider"),
        "abolished_on": gone.get("abolished_on"),
        "successors": " ".join(gone["successors"]) if gone else None,
    }


def _area_codes(rows: Sequence[Mapping[str, Any]], codes: Mapping[str, Sequence[str]]) -> pa.Table:
    every = {row["area"]: row["area"] for row in rows}
    every |= {row["code9"]: row["area"] for row in rows if row["code9"]}
    every |= {code: area for area, held in codes.items() for code in held}
    return AREA_CODE.from_rows([{"code": code, "area": area} for code, area in sorted(every.items())])


def _district_rows(districts: Mapping[str, Mapping[str, str]], found: Mapping[str, str], lookup: Path,
                   faults: Faults) -> list[dict[str, Any]]:
    sheet = read_csv(lookup)
    require_columns(sheet, _LOOKUP)
    looked_up = dict(zip(sheet.column("LTLA23CD"), sheet.column("UTLA23CD"), strict=True))
    rows = []
    for code, district in districts.items():
        area = found.get(district["UTLACD"])
        if area is None:
            faults.note(None, "UTLACD", district["UTLACD"], "known area",
                        f"the upper-tier authority of {district['LADNM']} is unknown")
        if code in looked_up and found.get(looked_up[code]) != area:
            faults.note(None, "UTLA23CD", looked_up[code], "look-ups that agree",
                        f"{district['LADNM']} lies in {district['UTLACD']} by the one and here by {lookup.name}")
        rows.append({
            "district": code, "name": district["LADNM"], "active_district": district["LADCD_ACTIVE"], "area": area,
            "current": district["Current"].upper() == "TRUE",
        })
    return rows
