"""Any Explore Education Statistics data file, with its meta file, in one zip, or with its columns declared."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from throughline.analytics.formats.dataset import Dataset
from throughline.analytics.formats.ees_meta import Filter, Layout, declared_layout, read_meta
from throughline.analytics.formats.ees_places import areas_of, check_places
from throughline.analytics.formats.ees_rules import (
    check_filters,
    check_headings,
    check_symbols,
    note_unused_columns,
)
from throughline.analytics.formats.ees_times import periods_of
from throughline.analytics.formats.published import figures, rows_of, vintages_of
from throughline.analytics.formats.reading import Faults, Read, Sheet, is_workbook, read_csv, unpack_pair
from throughline.core.problems import RefusedFileError


def read(data: Path, meta: Path | None, dataset: Dataset, area_of: Mapping[str, str]) -> Read:
    """The national, regional and authority rows of a data file as PUBLISHED_FIGURE rows.

    data is the data file, or a zip holding it and its meta file; meta is None for a zip, and for a file
    whose columns are declared filters and indicators in the data set's file. area_of finds the three-digit
    area of any code it has had. indicator is the column's name; breakdown and group name the filters that
    are not at their total, and their items, joined by “ and ”.

    Where the meta file has the publisher's present columns, a breach of its present rules refuses the file;
    in older files, which breach them freely, it is told beside the figures. Raises RefusedFileError.
    """
    if meta is None and is_workbook(data):
        with TemporaryDirectory() as folder:
            unpacked, its_meta = unpack_pair(data, Path(folder))
            return _read(unpacked, its_meta, dataset, area_of)
    return _read(data, meta, dataset, area_of)


def _read(data: Path, meta: Path | None, dataset: Dataset, area_of: Mapping[str, str]) -> Read:
    layout, meta_faults = _layout(data, meta, dataset)
    sheet = read_csv(data)
    faults = Faults(data.name, layout.strict)
    stated_in = meta.name if meta else f"{dataset.id}.toml"
    names = dataset.canonical_names(sheet.header)
    sheet, layout = sheet.renamed(names), layout.renamed(names)
    check_headings(sheet, layout, stated_in, faults)
    note_unused_columns(sheet, layout, dataset.with_role("repeated"), stated_in, faults)
    periods = periods_of(sheet, faults)
    check_places(sheet, faults)
    check_filters(sheet, layout, faults)
    check_symbols(sheet, [name for name in layout.indicators if name in sheet.header], faults)
    _stop_if_refused(meta_faults, faults)
    areas, vintages = areas_of(sheet, area_of, faults), vintages_of(sheet, dataset, faults)
    rows = rows_of(areas, periods, groups_of(sheet, layout), vintages)
    table = figures(sheet, rows, layout.indicators, dataset, faults)
    return Read(table, [*meta_faults.beside, *faults.beside])


def _layout(data: Path, meta: Path | None, dataset: Dataset) -> tuple[Layout, Faults]:
    if meta is None:
        return declared_layout(dataset, data.name), Faults(data.name)
    return read_meta(meta, dataset.with_role("repeated"))


def _stop_if_refused(*found: Faults) -> None:
    problems = [problem for faults in found for problem in faults.refusing]
    if problems:
        raise RefusedFileError(problems)


def groups_of(sheet: Sheet, layout: Layout) -> list[tuple[str, str]]:
    """The breakdown and group of each row: the filters not at their total, and their items.

    An item that stands under several groupings is named with its grouping: “Secondary: 7”.
    """
    if not layout.filters:
        return [("", "")] * len(sheet.rows)
    labels = [_labels(sheet, column) for column in layout.filters]
    names = [column.name for column in layout.filters]
    return [_joined(names, row) for row in zip(*labels, strict=True)]


def _joined(names: list[str], labels: tuple[str, ...]) -> tuple[str, str]:
    apart = [(name, label) for name, label in zip(names, labels, strict=True) if label]
    return " and ".join(name for name, _ in apart), " and ".join(label for _, label in apart)


def _labels(sheet: Sheet, column: Filter) -> list[str]:
    """What each row is called in one filter; empty where it stands for everyone."""
    items = sheet.column(column.name)
    under = sheet.column(column.grouping) if column.grouping in sheet.header else [""] * len(items)
    pairs = set(zip(under, items, strict=True))
    groupings = Counter(item for _, item in pairs)
    label = {(grouping, item): _label(column, grouping, item, groupings[item] > 1) for grouping, item in pairs}
    return [label[pair] for pair in zip(under, items, strict=True)]


def _label(column: Filter, grouping: str, item: str, shared: bool) -> str:
    if not item:
        return "not stated"
    at_total = item.lower() in column.totals
    if not shared:
        return "" if at_total else item
    return "" if at_total and grouping.lower() in ("", *column.totals) else f"{grouping}: {item}"
