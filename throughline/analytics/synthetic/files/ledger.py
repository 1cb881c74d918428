"""The book of what the files got wrong, whom each row is about, and which files there are."""

from collections import Counter
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any, Self

import pyarrow.parquet as pq

from throughline.analytics.synthetic.tables import ERRORS, FILE, MATCHES
from throughline.analytics.warehouse.tables import Table

_HELD = 50_000  # rows held before they are written


class Ledger:
    """Open it with the folder of the truth; its three tables are whole when it is closed."""

    def __init__(self, folder: Path) -> None:
        self.rows: Counter[str] = Counter()
        self.altered: Counter[str] = Counter()
        self._folder = folder
        self._held: dict[str, list[dict[str, Any]]] = {table.name: [] for table in (ERRORS, MATCHES, FILE)}
        self._files = ExitStack()
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> Self:
        for table in (ERRORS, MATCHES, FILE):
            writer = pq.ParquetWriter(self._folder / f"{table.name}.parquet", table.arrow_schema, compression="zstd")
            self._writers[table.name] = self._files.enter_context(writer)
        return self

    def __exit__(self, *error: object) -> None:
        for table in (ERRORS, MATCHES, FILE):
            self._write(table)
        self._files.close()

    def file(self, name: str, kind: str, on: date, *, institution: str | None = None, headings_row: int | None = None,
             date_form: str = "iso", alphabet: str | None = "utf-8") -> None:
        """Note that a file is written, and how."""
        self.rows[name] += 0
        self._note(FILE, {"file": name, "kind": kind, "institution": institution, "on": on, "headings_row": headings_row,
                          "date_form": date_form, "alphabet": alphabet})

    def match(self, file: str, row: int, learner: int) -> None:
        """Note whom a row is about."""
        self.rows[file] += 1
        self._note(MATCHES, {"file": file, "row": row, "learner": learner})

    def error(self, file: str, kind: str, *, row: int | None = None, learner: int | None = None, field: str | None = None,
              true: str | None = None, written: str | None = None) -> None:
        """Note a difference from the truth."""
        self.altered[kind] += 1
        self._note(ERRORS, {"file": file, "row": row, "learner": learner, "field": field, "kind": kind, "true": true,
                            "written": written})

    def _note(self, table: Table, row: dict[str, Any]) -> None:
        held = self._held[table.name]
        held.append(row)
        if len(held) >= _HELD:
            self._write(table)

    def _write(self, table: Table) -> None:
        self._writers[table.name].write_table(table.from_rows(self._held[table.name]))
        self._held[table.name].clear()
