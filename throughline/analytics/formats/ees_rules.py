"""The publisher's rules for an Explore Education Statistics data file: its headings, its filters and its symbols."""

from throughline.analytics.formats.ees_meta import Layout
from throughline.analytics.formats.ees_places import PLACE_AND_TIME_COLUMNS, REQUIRED_COLUMNS
from throughline.analytics.formats.published import VERSION
from throughline.analytics.formats.reading import Faults, Sheet
from throughline.analytics.formats.tallies import rows, tally

_NULL = ("no null symbols", "write z where the figure does not apply or x where there is none")
# Cells the publisher refuses: what programs write for nothing, and symbols since given up.
_UNWELCOME = {
    "": ("no blank indicator cells", "write z where the figure does not apply, x where there is none, c where it is suppressed"),
    **dict.fromkeys(("NULL", "Null", "null", "NA", "na"), _NULL),
    ":": ("present symbols only", "write x for a figure that is not available"),
    "~": ("present symbols only", "write low for a figure that rounds to zero"),
}


def check_headings(sheet: Sheet, layout: Layout, meta_name: str, faults: Faults) -> None:
    """Check the columns the publisher asks for, their names, and that data and meta file agree on the rest."""
    for name in REQUIRED_COLUMNS:
        if name not in sheet.header:
            faults.refuse(1, name, "", "required column present",
                          f"add the column {name}; every data file must have it")
    for name in sheet.header:
        if not name:
            faults.refuse(1, "", "", "every column named", "name the column whose heading is blank, or remove it")
        elif " " in name:
            faults.breach(1, name, "", "column names without spaces", f"call it {name.replace(' ', '_')}")
    for column in layout.filters:
        if column.name not in sheet.header:
            faults.refuse(1, column.name, "", "every filter of the meta file in the data file",
                          f"add the column {column.name}, which {meta_name} states, or take it out of {meta_name}")
        if column.grouping and column.grouping not in sheet.header:
            faults.breach(1, column.grouping, "", "every filter grouping in the data file",
                          f"add the column {column.grouping}, which {meta_name} names for {column.name}")
    for name in layout.indicators:
        if name not in sheet.header:
            faults.breach(1, name, "", "every indicator of the meta file in the data file",
                          f"add the column {name}, which {meta_name} states, or take it out of {meta_name}")
    faults.stop_if_refused()


def note_unused_columns(sheet: Sheet, layout: Layout, repeated: list[str], meta_name: str, faults: Faults) -> None:
    """Name each column that varies and that nobody says what it is: it is not read."""
    known = {*PLACE_AND_TIME_COLUMNS, *layout.indicators, *repeated, VERSION,
             *(column.name for column in layout.filters), *(column.grouping for column in layout.filters)}
    for name in sheet.header:
        if name not in known and len(set(sheet.column(name))) > 1:
            faults.note(1, name, "", "every column stated", f"state {name} in {meta_name}; it has not been read")


def check_filters(sheet: Sheet, layout: Layout, faults: Faults) -> None:
    """Check that every filter has at least two items, none of them blank or with spaces around it."""
    for column in layout.filters:
        place = sheet.header.index(column.name)
        items = tally((row[place] for row in sheet.rows), sheet.lines)
        if len(items) == 1:
            faults.breach(None, column.name, next(iter(items)), "at least two items in a filter",
                          f"take {column.name} out of the filters; it is the same in every row")
        for item, (line, count) in items.items():
            if not item.strip():
                faults.breach(line, column.name, "", "no blank filter items",
                              f"name the group, or write Total ({rows(count)})")
            elif item != item.strip():
                faults.breach(line, column.name, item, "no spaces around a filter item",
                              f"write it as {item.strip()} ({rows(count)})")


def check_symbols(sheet: Sheet, indicators: list[str], faults: Faults) -> None:
    """Check that no indicator cell is blank, null, or one of the symbols the publisher has given up."""
    for name in indicators:
        cells = sheet.column(name)
        for symbol in sorted(_UNWELCOME.keys() & set(cells)):
            rule, remedy = _UNWELCOME[symbol]
            line = sheet.lines[cells.index(symbol)]
            faults.breach(line, name, symbol, rule, f"{remedy} ({rows(cells.count(symbol))})")
