"""Times in an Explore Education Statistics file: the publisher's time identifiers, and the period each row is of."""

from collections.abc import Iterable
from dataclasses import replace

from throughline.analytics.formats.reading import Faults, Sheet
from throughline.analytics.formats.tallies import tally
from throughline.core.nearest import nearest
from throughline.core.periods import Period, UnreadablePeriodError, parse_period

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December")
_SPLIT_YEARS = ("Academic year", "Financial year", "Tax year")
_PLAIN_YEARS = ("Calendar year", "Reporting year")
# Identifiers that may share a file, by what they have in common. Each kind of year keeps to itself.
_FAMILIES: dict[str, tuple[str, ...]] = {
    **{year: (year,) for year in (*_SPLIT_YEARS, *_PLAIN_YEARS)},
    "terms": ("Autumn term", "Spring term", "Summer term", "Autumn and spring term"),
    "financial quarters": tuple(f"Financial year Q{n}" for n in (1, 2, 3, 4)),
    "financial halves": ("Part 1 (April to September)", "Part 2 (October to March)"),
    "months": _MONTHS,
    "weeks": tuple(f"Week {n}" for n in range(1, 53)),
}
_FAMILY_OF = {identifier.lower(): family for family, identifiers in _FAMILIES.items() for identifier in identifiers}
_AS_WRITTEN = {identifier.lower(): identifier for identifiers in _FAMILIES.values() for identifier in identifiers}
_FOUR_DIGITS = (*_PLAIN_YEARS, "months", "weeks")


def periods_of(sheet: Sheet, faults: Faults) -> list[Period | None]:
    """The period of each row; None where it cannot be read, which refuses the file.

    Refuses identifiers the publisher does not have, those that may not share a file, and time periods that
    do not fit their identifier: six digits for a year that spans two, four for others.
    """
    printed = list(zip(sheet.column("time_period"), sheet.column("time_identifier"), strict=True))
    first_seen = tally(printed, sheet.lines)
    found = {pair: _period(*pair, first_seen[pair], faults) for pair in first_seen}
    _check_mixture((identifier for _, identifier in first_seen), sheet, faults)
    return [found[pair] for pair in printed]


def _period(time_period: str, identifier: str, seen: tuple[int, int], faults: Faults) -> Period | None:
    line, count = seen
    rows = "" if count == 1 else f" ({count:,} rows)"
    family = _FAMILY_OF.get(identifier.lower())
    if family is None:
        meant = nearest(identifier, _AS_WRITTEN.values(), 1)
        hint = f"did you mean {meant[0]}? " if meant else ""
        faults.refuse(line, "time_identifier", identifier, "a known time identifier",
                      f"{hint}Use one the publisher has, such as Academic year, Calendar year or Autumn term{rows}")
        return None
    digits = 4 if family in _FOUR_DIGITS else 6
    if not (time_period.isascii() and time_period.isdigit() and len(time_period) == digits):
        example = "2025" if digits == 4 else "202425"
        faults.refuse(line, "time_period", time_period, "a time period that fits its identifier",
                      f"give {digits} digits, such as {example}, with {identifier}{rows}")
        return None
    try:
        period, _ = parse_period(time_period, identifier)
    except UnreadablePeriodError as error:
        faults.refuse(line, "time_period", time_period, "readable period", f"{error}{rows}")
        return None
    return replace(period, label=_label(time_period, _AS_WRITTEN[identifier.lower()]))


def _label(time_period: str, identifier: str) -> str:
    """2024/25, 2025, 2024/25 Autumn term or 2025 January: as the publisher's own pages print it."""
    year = time_period if len(time_period) == 4 else f"{time_period[:4]}/{time_period[4:]}"
    return year if identifier in (*_SPLIT_YEARS, *_PLAIN_YEARS) else f"{year} {identifier}"


def _check_mixture(identifiers: Iterable[str], sheet: Sheet, faults: Faults) -> None:
    known = (identifier.lower() for identifier in identifiers)
    families = sorted({_FAMILY_OF[identifier] for identifier in known if identifier in _FAMILY_OF})
    if len(families) > 1:
        faults.refuse(None, "time_identifier", "", "time identifiers that may share a file",
                      f"put {', '.join(families[:-1])} and {families[-1]} in files of their own")
