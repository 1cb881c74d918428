"""The NEET and participation scorecard files: one row an area, and a column an indicator, quintiles among them."""

from collections.abc import Mapping
from pathlib import Path

from throughline.analytics.formats.dataset import Dataset
from throughline.analytics.formats.ees_places import REQUIRED_COLUMNS, areas_of
from throughline.analytics.formats.ees_times import periods_of
from throughline.analytics.formats.published import figures, rows_of, vintages_of
from throughline.analytics.formats.reading import Faults, Read, Sheet, read_csv, require_columns
from throughline.analytics.formats.tallies import tally
from throughline.core.periods import Period

AGE = "16-17"
_DUMMY_SHARE = 0.9  # of the cells; real percentages never agree so well


def read(path: Path, dataset: Dataset, area_of: Mapping[str, str], allow_dummy: bool = False) -> Read:
    """PUBLISHED_FIGURE rows of a scorecard file, under the headings of the 2025 file whatever the file's own are.

    Rows of another age, or of a place whose code is missing or unknown, are answered and set aside. Raises
    RefusedFileError when a column the data set requires is missing, when an area is given twice, or when
    the file holds the publisher's dummy values (every figure 1), unless allow_dummy.
    """
    printed = read_csv(path)
    sheet = printed.renamed(dataset.canonical_names(printed.header))
    require_columns(sheet, dict.fromkeys((*REQUIRED_COLUMNS, *dataset.required())))
    faults = Faults(path.name, strict=False)
    indicators = [name for name in dataset.with_role("indicator") if name in sheet.header]
    if not allow_dummy:
        _refuse_dummy(sheet, indicators, faults)
    periods = _of_the_age(sheet, periods_of(sheet, faults), faults)
    areas = areas_of(sheet, area_of, faults)
    _refuse_repeats(sheet, areas, periods, faults)
    faults.stop_if_refused()
    everyone = [("", "")] * len(sheet.rows)
    rows = rows_of(areas, periods, everyone, vintages_of(sheet, dataset, faults))
    return Read(figures(sheet, rows, indicators, dataset, faults), faults.beside)


def _refuse_dummy(sheet: Sheet, indicators: list[str], faults: Faults) -> None:
    cells = [cell for name in indicators for cell in sheet.column(name)]
    if cells and cells.count("1") >= _DUMMY_SHARE * len(cells):
        faults.refuse(None, "", "1", "real figures",
                      "give the published file; this one holds dummy values, 1 in nearly every cell, made for testing")
        faults.stop_if_refused()


def _of_the_age(sheet: Sheet, periods: list[Period | None], faults: Faults) -> list[Period | None]:
    ages = sheet.column("Age")
    for age, (line, count) in tally(ages, sheet.lines).items():
        if age != AGE:
            faults.note(line, "Age", age, "age 16-17", f"only rows of {AGE} are loaded ({count:,} set aside)")
    return [period if age == AGE else None for period, age in zip(periods, ages, strict=True)]


def _refuse_repeats(sheet: Sheet, areas: list[str | None], periods: list[Period | None], faults: Faults) -> None:
    seen: dict[tuple[str, Period], int] = {}
    for area, period, line in zip(areas, periods, sheet.lines, strict=True):
        if area and period and seen.setdefault((area, period), line) != line:
            faults.refuse(line, "old_la_code", area, "each area once",
                          f"keep one row; line {seen[area, period]} is of the same area and period")
