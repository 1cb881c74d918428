"""Opens the warehouse to read: read-only, shut off from the outside, and reopened when a new one is swapped in."""

import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

REMEMBERED = 2000  # queries: every authority's scorecard and the pages most looked at, some tens of megabytes


class NoWarehouseError(Exception):
    """Raised when no warehouse has been built yet."""


class Warehouse:
    """A reader of one warehouse file. Threads may share it; each call to cursor() is for one thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._query)
        self._remembered_values = lru_cache(maxsize=REMEMBERED)(self._query_values)

    @property
    def stamp(self) -> tuple[int, int, int]:
        """What tells one build from another: usable as a cache key. Raises NoWarehouseError."""
        try:
            found = self.path.stat()
        except FileNotFoundError as error:
            raise NoWarehouseError(f"no warehouse at {self.path.name}; run throughline build-warehouse") from error
        return found.st_mtime_ns, found.st_ino, found.st_size

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor on the newest build. Raises NoWarehouseError."""
        stamp = self.stamp
        with self._lock:
            if self._connection is None or stamp != self._stamp:
                # The old connection is left to those still reading it and closes with its last cursor.
                self._connection, self._stamp = _open(self.path), stamp
            cursor = self._connection.cursor()
        cursor.execute("USE warehouse")
        return cursor

    def rows(self, sql: str, *parameters: Any) -> tuple[dict[str, Any], ...]:
        """The rows of a query on the newest build, as plain values; remembered for as long as that build lasts.

        Callers must not change what they are given. parameters are scalars or tuples.
        """
        return self._remembered(self.stamp, sql, parameters)

    def values(self, sql: str, *parameters: Any) -> list[tuple]:
        """The rows of a query as bare tuples, otherwise as rows(): for reading very many at once."""
        return self._remembered_values(self.stamp, sql, parameters)

    def _query_values(self, _stamp: tuple[int, int, int], sql: str, parameters: tuple) -> list[tuple]:
        return self._execute(sql, parameters).fetchall()

    def _query(self, _stamp: tuple[int, int, int], sql: str, parameters: tuple) -> tuple[dict[str, Any], ...]:
        cursor = self._execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return tuple(dict(zip(names, row, strict=True)) for row in cursor.fetchall())

    def _execute(self, sql: str, parameters: tuple) -> duckdb.DuckDBPyConnection:
        return self.cursor().execute(sql, [list(value) if isinstance(value, tuple) else value for value in parameters])


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    """The file attached read-only to a database of our own, so that a newer file of the same name is seen."""
    connection = duckdb.connect(config={"threads": 2})
    quoted = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS warehouse (READ_ONLY)")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection
