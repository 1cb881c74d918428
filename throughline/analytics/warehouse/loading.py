"""Reads one published data set, whatever its format, into rows the warehouse can keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from throughline.analytics.formats import ees, lait, neet_scorecard, ofsted_outcomes, schools
from throughline.analytics.formats.areas import area_of
from throughline.analytics.formats.dataset import Dataset
from throughline.analytics.formats.reading import refused
from throughline.analytics.warehouse.tables import INDICATOR, PUBLISHED_FIGURE, SCHOOL, SOURCE, Table
from throughline.core.problems import Problem

# What to give for each loader, in the order the files are taken.
FILES = {
    "lait": ("the long store (.parquet)", "its data dictionary (.csv)"),
    "ees": ("the data file (.csv) and its .meta.csv, or one .zip of both",),
    "neet_scorecard": ("the scorecard's data file (.csv)",),
    "schools": ("the register (.xlsx or .csv)",),
    "ofsted_outcomes": ("the list of inspections (.csv)", "the schools register it is counted over (.xlsx or .csv)"),
}


@dataclass(frozen=True)
class Loaded:
    """One data set's rows by table, and the faults that left them usable."""

    dataset: Dataset
    tables: dict[Table, pa.Table]
    problems: list[Problem]

    @property
    def rows(self) -> int:
        """How many figures, or schools, were read."""
        return sum(table.num_rows for declared, table in self.tables.items() if declared in (PUBLISHED_FIGURE, SCHOOL))

    @property
    def holds(self) -> str:
        """What the rows are, in the plural."""
        return "schools" if SCHOOL in self.tables else "figures"


def load(dataset: Dataset, paths: Sequence[Path], areas: pa.Table, area_code: pa.Table, definitions: Path,
         datasets: Mapping[str, Dataset]) -> Loaded:
    """Read a data set from its files, given in the order of FILES.

    Raises RefusedFileError when the files are not of that data set's shape; nothing is then to be kept.
    """
    wanted = FILES.get(dataset.loader)
    if wanted is None:
        raise refused(dataset.id, "a data set of figures", f"{dataset.title} holds nothing to load")
    if dataset.loader == "schools":
        register = schools.read(_nth(paths, 0, dataset), dataset, area_of(area_code))
        tables = {SOURCE: source_row(dataset, register.table.num_rows), SCHOOL: register.table}
        return Loaded(dataset, tables, register.problems)
    indicators = INDICATOR.empty()
    problems: list[Problem] = []
    if dataset.loader == "lait":
        dictionary = lait.read_dictionary(_nth(paths, 1, dataset))
        indicators, problems = dictionary.table, dictionary.problems
        read = lait.read(_nth(paths, 0, dataset), indicators, dataset.release, areas)
    elif dataset.loader == "ees":
        read = ees.read(_nth(paths, 0, dataset), paths[1] if len(paths) > 1 else None, dataset, area_of(area_code))
    elif dataset.loader == "neet_scorecard":
        read = neet_scorecard.read(_nth(paths, 0, dataset), dataset, area_of(area_code))
    else:
        listed = schools.read(_nth(paths, 1, dataset), datasets["schools_spine_2018"], area_of(area_code))
        state_funded = definitions / "codesets" / "state_funded_schools.toml"
        read = ofsted_outcomes.read(_nth(paths, 0, dataset), listed.table, areas, state_funded, dataset)
        problems = listed.problems
    tables = {SOURCE: source_row(dataset, read.table.num_rows), INDICATOR: indicators, PUBLISHED_FIGURE: read.table}
    return Loaded(dataset, tables, [*problems, *read.problems])


def _nth(paths: Sequence[Path], place: int, dataset: Dataset) -> Path:
    if place >= len(paths):
        missing = FILES[dataset.loader][place]
        raise refused(dataset.id, "every file given", f"{dataset.title} needs {missing}")
    return paths[place]


def source_row(dataset: Dataset, rows: int) -> pa.Table:
    """The SOURCE row of a data set of which so many rows are held."""
    return SOURCE.from_rows([{
        "dataset": dataset.id, "title": dataset.title, "publisher": dataset.publisher, "release": dataset.release,
        "released_on": dataset.released_on, "next_due": dataset.next_due, "url": dataset.url,
        "licence": dataset.licence, "rows": rows,
    }])
