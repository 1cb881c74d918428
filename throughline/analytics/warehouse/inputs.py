"""What a warehouse is built from: the packaged reference set, data sets loaded over it, and rows from the rooms."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from throughline.analytics.warehouse.tables import (
    AREA,
    AREA_CODE,
    DISTRICT,
    FIGURE,
    INDICATOR,
    NEIGHBOUR,
    PUBLISHED_FIGURE,
    SCHOOL,
    SOURCE,
    Table,
)

REFERENCE_TABLES = (AREA, AREA_CODE, DISTRICT, NEIGHBOUR, SOURCE, INDICATOR, PUBLISHED_FIGURE)


@dataclass(frozen=True)
class Inputs:
    """Arrow tables of the declared schemas; entered holds FIGURE rows of entered measures, school a register if loaded."""

    area: pa.Table
    area_code: pa.Table
    district: pa.Table
    neighbour: pa.Table
    source: pa.Table
    indicator: pa.Table
    published_figure: pa.Table
    entered: pa.Table
    school: pa.Table = field(default_factory=SCHOOL.empty)

    def table(self, declared: Table) -> pa.Table:
        """The rows of one declared table."""
        return getattr(self, declared.name)

    def with_loaded(self, folder: Path) -> "Inputs":
        """These inputs with each data set kept in folder put in place of the same one here."""
        replaced = self
        for declared in (SOURCE, INDICATOR, PUBLISHED_FIGURE):
            for part in sorted(folder.glob(f"*.{declared.name}.parquet")):
                replaced = replaced._replacing(declared, pq.read_table(part, schema=declared.arrow_schema))
        registers = sorted(folder.glob(f"*.{SCHOOL.name}.parquet"), key=lambda part: part.stat().st_mtime_ns)
        for part in registers[-1:]:  # registers are not added together: the one loaded last is the register
            replaced = replace(replaced, school=pq.read_table(part, schema=SCHOOL.arrow_schema))
        return replaced

    def with_entered(self, entered: pa.Table) -> "Inputs":
        """These inputs with the figures officers have entered."""
        return replace(self, entered=entered)

    def _replacing(self, declared: Table, rows: pa.Table) -> "Inputs":
        held = self.table(declared)
        kept = held.filter(pc.invert(pc.is_in(held["dataset"], pc.unique(rows["dataset"]))))
        return replace(self, **{declared.name: pa.concat_tables([kept, rows])})


def read_reference(folder: Path) -> Inputs:
    """The packaged reference set: one Parquet file a table."""
    held = {
        declared.name: pq.read_table(folder / f"{declared.name}.parquet", schema=declared.arrow_schema)
        for declared in REFERENCE_TABLES
    }
    return Inputs(**held, entered=FIGURE.empty())


def write_reference(inputs: Inputs, folder: Path) -> None:
    """Write the reference set, small and the same bytes for the same rows."""
    folder.mkdir(parents=True, exist_ok=True)
    for declared in REFERENCE_TABLES:
        order = [(name, "ascending") for name in declared.key]
        rows = inputs.table(declared).sort_by(order)
        pq.write_table(rows, folder / f"{declared.name}.parquet", compression="zstd", compression_level=19,
                       use_dictionary=True, write_statistics=False)


def keep_loaded(folder: Path, dataset: str, tables: dict[Table, pa.Table]) -> None:
    """Keep one data set's rows in place of those held before: every file is written whole before any is put in place."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for declared, rows in tables.items():
        part = folder / f"{dataset}.{declared.name}.parquet"
        pq.write_table(rows.cast(declared.arrow_schema), part.with_suffix(".part"), compression="zstd")
        written.append(part)
    for part in written:
        part.with_suffix(".part").replace(part)


def drop_loaded(folder: Path, dataset: str) -> None:
    """Take away what keep_loaded kept of a data set."""
    for part in folder.glob(f"{dataset}.*.parquet"):
        part.unlink()
