"""Places in an Explore Education Statistics file: its geographic levels, their columns, and the area each row is of."""

from collections.abc import Mapping

from throughline.analytics.formats.reading import Faults, Sheet
from throughline.analytics.formats.tallies import rows, tally
from throughline.core.nearest import nearest

TIME_COLUMNS = ("time_period", "time_identifier")
COUNTRY_COLUMNS = ("country_code", "country_name")
REGION_COLUMNS = ("region_code", "region_name")
AUTHORITY_COLUMNS = ("old_la_code", "new_la_code", "la_name")
REQUIRED_COLUMNS = (*TIME_COLUMNS, "geographic_level", *COUNTRY_COLUMNS)

# Each level as the publisher writes it, and the columns that must be filled for it.
LEVELS: dict[str, tuple[str, ...]] = {
    "National": COUNTRY_COLUMNS,
    "Regional": REGION_COLUMNS,
    "Local authority": AUTHORITY_COLUMNS,
    "Local authority district": ("lad_code", "lad_name"),
    "Local enterprise partnership": ("local_enterprise_partnership_code", "local_enterprise_partnership_name"),
    "Local skills improvement plan area": ("lsip_code", "lsip_name"),
    "English devolved area": ("english_devolved_area_code", "english_devolved_area_name"),
    "Mayoral combined authority": ("mayoral_combined_authority_code", "mayoral_combined_authority_name"),
    "Opportunity area": ("opportunity_area_code", "opportunity_area_name"),
    "Parliamentary constituency": ("pcon_code", "pcon_name"),
    "Ward": ("ward_code", "ward_name"),
    "RSC region": ("rsc_region_lead_name",),
    "Police force area": ("pfa_code", "pfa_name"),
    "Planning area": ("planning_area_code", "planning_area_name"),
    "MAT": ("trust_id", "trust_name"),
    "Sponsor": ("sponsor_id", "sponsor_name"),
    "School": ("school_urn", "school_name"),
    "Provider": ("provider_ukprn", "provider_name"),
    "Institution": ("institution_id", "institution_name"),
}
LOADED = ("National", "Regional", "Local authority")
_LEVEL_AS_WRITTEN = {level.lower(): level for level in LEVELS}
PLACE_AND_TIME_COLUMNS = frozenset(
    {*REQUIRED_COLUMNS, "school_laestab", *(column for columns in LEVELS.values() for column in columns)}
)
# Lower places that a row of a higher level must leave blank.
_BLANK_ABOVE = {"National": (*REGION_COLUMNS, *AUTHORITY_COLUMNS), "Regional": AUTHORITY_COLUMNS}
_NO_PLACE = ("", "z", "x")
LONDON, INNER_LONDON, OUTER_LONDON = "E12000007", "E13000001", "E13000002"


def levels_of(sheet: Sheet) -> list[str]:
    """The level of each row as the publisher writes it, or as printed where it is none of theirs."""
    return [_LEVEL_AS_WRITTEN.get(level.lower(), level) for level in sheet.column("geographic_level")]


def check_places(sheet: Sheet, faults: Faults) -> None:
    """Check that every level is known, has its columns filled, and leaves those of lower levels blank."""
    levels = levels_of(sheet)
    for level, (line, count) in tally(levels, sheet.lines).items():
        if level not in LEVELS:
            meant = nearest(level, LEVELS, 1)
            hint = f"did you mean {meant[0]}? " if meant else ""
            faults.breach(line, "geographic_level", level, "a known geographic level",
                          f"{hint}Use one of {', '.join(LEVELS)} ({rows(count)})")
            continue
        _check_filled(sheet, levels, level, line, faults)
        _check_blank(sheet, levels, level, faults)


def _check_filled(sheet: Sheet, levels: list[str], level: str, first: int, faults: Faults) -> None:
    for column in LEVELS[level]:
        if column not in sheet.header:
            faults.refuse(first, column, "", "the columns of the level present",
                          f"{level} rows need a column headed {column}")
            continue
        place = sheet.header.index(column)
        for row, found, line in zip(sheet.rows, levels, sheet.lines, strict=True):
            if found == level and not row[place].strip():
                faults.breach(line, column, "", "the place of every row stated", f"fill {column} for this {level} row")


def _check_blank(sheet: Sheet, levels: list[str], level: str, faults: Faults) -> None:
    for column in _BLANK_ABOVE.get(level, ()):
        if column not in sheet.header:
            continue
        filled = [(cell, line) for cell, found, line in zip(sheet.column(column), levels, sheet.lines, strict=True)
                  if found == level and cell.lower() not in _NO_PLACE]
        if filled:
            faults.breach(filled[0][1], column, filled[0][0], "no lower place on a row of a higher level",
                          f"leave {column} blank on {level} rows ({rows(len(filled))})")


def areas_of(sheet: Sheet, area_of: Mapping[str, str], faults: Faults) -> list[str | None]:
    """The three-digit area of each row; None for rows set aside, with one fault a level or unknown code."""
    places = list(zip(levels_of(sheet), *(
        sheet.column(name) if name in sheet.header else [""] * len(sheet.rows)
        for name in ("country_code", *REGION_COLUMNS, "old_la_code", "new_la_code")
    ), strict=True))
    found = {place: _area(place, area_of) for place in set(places)}
    for level, (line, count) in tally((place[0] for place in places), sheet.lines).items():
        if level not in LOADED:
            faults.note(line, "geographic_level", level, "a level that is loaded",
                        f"only {', '.join(LOADED)} are loaded ({rows(count)} set aside)")
    for place, (line, count) in tally(places, sheet.lines).items():
        if place[0] in LOADED and found[place] is None:
            _note_unknown(place, line, count, area_of, faults)
    return [found[place] for place in places]


Place = tuple[str, str, str, str, str, str]


def _area(place: Place, area_of: Mapping[str, str]) -> str | None:
    level, country, region, region_name, old, new = place
    if level == "National":
        return area_of.get(country)
    if level == "Regional":
        return area_of.get(_region_code(region, region_name))
    if level == "Local authority":
        by_old, by_new = area_of.get(old), area_of.get(new)
        return None if by_old and by_new and by_old != by_new else by_old or by_new
    return None


def _region_code(code: str, name: str) -> str:
    """Older files give both halves of London the code of the whole, and tell them apart by name only."""
    if code == LONDON and "inner" in name.lower():
        return INNER_LONDON
    if code == LONDON and "outer" in name.lower():
        return OUTER_LONDON
    return code


def _note_unknown(place: Place, line: int, count: int, area_of: Mapping[str, str], faults: Faults) -> None:
    level, country, region, _, old, new = place
    column, code = {"National": ("country_code", country), "Regional": ("region_code", region)}.get(
        level, ("old_la_code", old) if old else ("new_la_code", new))
    if old in area_of and new in area_of:
        faults.note(line, column, f"{old}, {new}", "codes of one authority",
                    f"old_la_code and new_la_code name two authorities ({rows(count)} set aside)")
    else:
        faults.note(line, column, code, "known area",
                    f"check the code against the authority code list ({rows(count)} set aside)")
