"""The meta file of an Explore Education Statistics data file: which columns are filters and which are indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from throughline.analytics.formats.dataset import Dataset
from throughline.analytics.formats.ees_places import PLACE_AND_TIME_COLUMNS
from throughline.analytics.formats.reading import Faults, Sheet, read_csv, refused, require_columns

_COLUMNS = ("col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "filter_hint",
            "filter_grouping_column")
_DECIMALS = "indicator_dp"  # the publisher's present rules ask for it; a meta file without it is older than they are
_UNITS = ("", "%", "pp", "£", "£m", "numberstring")
_FILTER_ONLY = ("filter_hint", "filter_grouping_column")
_INDICATOR_ONLY = ("indicator_grouping", "indicator_unit", _DECIMALS)
TOTALS = frozenset({"total", "all"})


@dataclass(frozen=True)
class Filter:
    """A column of groups: the items that stand for everyone, and the column its items are sorted under, if any."""

    name: str
    totals: frozenset[str] = TOTALS
    grouping: str = ""


@dataclass(frozen=True)
class Layout:
    """What the columns of a data file are; strict says whether the publisher's present rules hold for it."""

    filters: tuple[Filter, ...]
    indicators: tuple[str, ...]
    strict: bool

    def renamed(self, names: Mapping[str, str]) -> "Layout":
        """The same layout under other column names; those not in names stay as they are."""
        filters = (Filter(names.get(f.name, f.name), f.totals, names.get(f.grouping, f.grouping)) for f in self.filters)
        return Layout(tuple(filters), tuple(names.get(name, name) for name in self.indicators), self.strict)


def declared_layout(dataset: Dataset, file: str) -> Layout:
    """The layout of a file published without a meta file, from its declaration.

    Raises RefusedFileError when the declaration names no indicators either.
    """
    indicators = dataset.with_role("indicator")
    if not indicators:
        raise refused(file, "a meta file", f"give the .meta.csv published with it, or state in {dataset.id}.toml which "
                                           "columns are filters and which are indicators")
    return Layout(tuple(Filter(name) for name in dataset.with_role("filter")), tuple(indicators), strict=False)


def read_meta(path: Path, repeated: Sequence[str] = ()) -> tuple[Layout, Faults]:
    """The layout a meta file states, and the faults in it.

    Filters named in repeated only say again what others say and are left out. Raises RefusedFileError when
    the meta file cannot be understood; breaches of the publisher's present rules are among the faults.
    """
    sheet = read_csv(path)
    require_columns(sheet, _COLUMNS)
    faults = Faults(path.name, strict=_DECIMALS in sheet.header)
    entries = [dict(zip(sheet.header, map(str.strip, row), strict=True)) for row in sheet.rows]
    _check_names(sheet, entries, faults)
    for line, entry in zip(sheet.lines, entries, strict=True):
        _check_entry(line, entry, faults)
    faults.stop_if_refused()
    filters = tuple(_filter(e) for e in entries if e["col_type"].lower() == "filter" and e["col_name"] not in repeated)
    indicators = tuple(e["col_name"] for e in entries if e["col_type"].lower() == "indicator")
    if not indicators:
        raise refused(path.name, "an indicator stated", "state at least one column with col_type Indicator")
    return Layout(filters, indicators, faults.strict), faults


def _filter(entry: dict[str, str]) -> Filter:
    default = entry.get("filter_default", "").lower()
    return Filter(entry["col_name"], frozenset({default}) if default else TOTALS, entry["filter_grouping_column"])


def _check_names(sheet: Sheet, entries: list[dict[str, str]], faults: Faults) -> None:
    names: dict[str, int] = {}
    labels: dict[str, int] = {}
    for line, entry in zip(sheet.lines, entries, strict=True):
        name, label = entry["col_name"], entry["label"]
        if name in names:
            faults.refuse(line, "col_name", name, "each column once",
                          f"remove this line; line {names[name]} states it already")
        if not label:
            faults.breach(line, "label", "", "a label for every column", f"give {name} a label")
        elif label in labels:
            faults.breach(line, "label", label, "each label once",
                          f"give it another label; line {labels[label]} has this one")
        names.setdefault(name, line)
        labels.setdefault(label, line)


def _check_entry(line: int, entry: dict[str, str], faults: Faults) -> None:
    name, kind = entry["col_name"], entry["col_type"].lower()
    if not name:
        faults.refuse(line, "col_name", "", "a column named",
                      "name the column of the data file that this line is about")
    if kind not in ("filter", "indicator"):
        faults.refuse(line, "col_type", entry["col_type"], "Filter or Indicator",
                      "say whether it is a Filter or an Indicator")
    if name in PLACE_AND_TIME_COLUMNS:
        faults.breach(line, "col_name", name, "no column of place or time",
                      "remove this line; columns of place and time are known without it")
    if entry["indicator_unit"] not in _UNITS:
        faults.breach(line, "indicator_unit", entry["indicator_unit"], "a known unit",
                      f"use one of {', '.join(unit for unit in _UNITS if unit)}, or leave it blank")
    decimals = entry.get(_DECIMALS, "")
    if decimals and not decimals.isdigit():
        faults.breach(line, _DECIMALS, decimals, "a whole number",
                      "give the number of decimal places, or leave it blank")
    misplaced = _FILTER_ONLY if kind == "indicator" else _INDICATOR_ONLY
    for column in misplaced:
        if entry.get(column, ""):
            faults.breach(line, column, entry[column], "a cell for the other kind of column",
                          f"leave it blank for {name}")
