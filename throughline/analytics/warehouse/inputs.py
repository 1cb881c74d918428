"""What a warehouse is built from: the packaged reference set, data sets loaded over it, and rows from the rooms."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import ZipFile, ZipInfo

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from throughline.analytics.measures.disclosure import GroupRule
from throughline.analytics.participation.rules import Rules
from throughline.analytics.participation.tables import ACTIVITY
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

KEPT = ".loaded.zip"
_KEPT_TABLES = (SOURCE, INDICATOR, PUBLISHED_FIGURE, SCHOOL)
REFERENCE_TABLES = (AREA, AREA_CODE, DISTRICT, NEIGHBOUR, SOURCE, INDICATOR, PUBLISHED_FIGURE)


@dataclass(frozen=True)
class RegisterRows:
    """A register of young people for a build: its five tables by name, the month ends to count, and as known on which moment.

    live says that nothing in the tables came to be known later, so that what is believed is what has not ceased. Nobody's row
    enters the warehouse: figures are counted from them and they are let go.
    """

    tables: Mapping[str, pa.Table]
    month_ends: tuple[date, ...]
    known: datetime
    rules: Rules
    disclosure: GroupRule
    live: bool = False

    @property
    def believed(self) -> datetime | None:
        """The moment as of which activities are believed, as months.people takes it: of a live register none need be named."""
        return None if self.live else self.known

    def by_establishment(self, school: pa.Table) -> "RegisterRows":
        """These rows with the establishment of activities that give a provider's number alone, where it has only the one.

        A college is sent to us under either number, and is one place; school holds rows of SCHOOL. A provider with several
        establishments that have not closed stays under its own number.
        """
        held = [row for row in school.select(["laestab", "ukprn", "status"]).to_pylist()
                if row["laestab"] and row["ukprn"] and row["status"] != "closed"]
        several = Counter(row["ukprn"] for row in held)
        only = {row["ukprn"]: row["laestab"] for row in held if several[row["ukprn"]] == 1}
        if not only:
            return self
        activity = self.tables[ACTIVITY.name]
        known = pc.index_in(activity["provider"], value_set=pa.array(only, pa.string()))
        placed = pc.coalesce(activity["establishment"], pa.array(only.values(), pa.string()).take(known.combine_chunks()))
        column = activity.schema.get_field_index("establishment")
        return replace(self, tables={**self.tables, ACTIVITY.name: activity.set_column(column, "establishment", placed)})


@dataclass(frozen=True)
class Inputs:
    """Arrow tables of the declared schemas; entered holds FIGURE rows of entered measures, school a register if loaded.

    register is the register of young people that measures are counted from, where there is one.
    """

    area: pa.Table
    area_code: pa.Table
    district: pa.Table
    neighbour: pa.Table
    source: pa.Table
    indicator: pa.Table
    published_figure: pa.Table
    entered: pa.Table
    school: pa.Table = field(default_factory=SCHOOL.empty)
    register: RegisterRows | None = None

    def table(self, declared: Table) -> pa.Table:
        """The rows of one declared table."""
        return getattr(self, declared.name)

    def with_loaded(self, folder: Path) -> "Inputs":
        """These inputs with each data set kept in folder put in place of the same one here."""
        replaced = self
        # Registers of schools are not added together: the one loaded last is the register.
        for kept in sorted(folder.glob(f"*{KEPT}"), key=lambda kept: kept.stat().st_mtime_ns):
            with ZipFile(kept) as packed:
                for declared in _KEPT_TABLES:
                    if (name := f"{declared.name}.parquet") in packed.namelist():
                        rows = pq.read_table(BytesIO(packed.read(name)), schema=declared.arrow_schema)
                        replaced = replaced._replacing(declared, rows)
        return replaced

    def with_entered(self, entered: pa.Table) -> "Inputs":
        """These inputs with the figures officers have entered."""
        return replace(self, entered=entered)

    def with_authority(self, area: str, code9: str, name: str, region: str,
                       districts: Mapping[str, str] | None = None, schools: Sequence[dict[str, Any]] = ()) -> "Inputs":
        """These inputs with one more authority, such as an invented one.

        districts gives the names of its districts by their codes, schools are rows of SCHOOL.
        """
        rows = [{"area": area, "code9": code9, "name": name, "kind": "authority", "region": region}]
        codes = [{"code": code, "area": area} for code in (area, code9)]
        lying = [{"district": district, "name": called, "active_district": district, "area": area, "current": True}
                 for district, called in (districts or {}).items()]
        return replace(self, area=pa.concat_tables([self.area, AREA.from_rows(rows)]),
                       area_code=pa.concat_tables([self.area_code, AREA_CODE.from_rows(codes)]),
                       district=pa.concat_tables([self.district, DISTRICT.from_rows(lying)]),
                       school=pa.concat_tables([self.school, SCHOOL.from_rows(list(schools))]))

    def with_register(self, register: RegisterRows | None) -> "Inputs":
        """These inputs with the register that figures are to be counted from, each place in it by one number."""
        return replace(self, register=register and register.by_establishment(self.school))

    def _replacing(self, declared: Table, rows: pa.Table) -> "Inputs":
        if declared is SCHOOL:
            return replace(self, school=rows)
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
    """Keep one data set's rows in place of those held before: one file, put in place whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as beside:
        try:
            with ZipFile(beside, "w") as packed:
                for declared, rows in tables.items():
                    written = BytesIO()
                    pq.write_table(rows.cast(declared.arrow_schema), written, compression="zstd")
                    # A date of no meaning: the same rows are the same bytes whenever they are kept.
                    packed.writestr(ZipInfo(f"{declared.name}.parquet", (1980, 1, 1, 0, 0, 0)), written.getvalue())
            Path(beside.name).replace(folder / f"{dataset}{KEPT}")
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise


def kept_datasets(folder: Path) -> list[str]:
    """The ids of the data sets kept in folder."""
    return sorted(kept.name.removesuffix(KEPT) for kept in folder.glob(f"*{KEPT}"))


def drop_loaded(folder: Path, dataset: str) -> None:
    """Take away what keep_loaded kept of a data set."""
    (folder / f"{dataset}{KEPT}").unlink(missing_ok=True)
