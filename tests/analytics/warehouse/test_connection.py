"""The warehouse is only read, sees nothing outside itself, and is read anew when another is swapped in."""

import threading

import duckdb
import pytest

from tests.analytics.tiny import Tiny, measure
from throughline.analytics.warehouse.build import build
from throughline.analytics.warehouse.connection import NoWarehouseError, Warehouse

QUERY = "SELECT value FROM figure WHERE area = ?"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A warehouse that is not built again."""
    place = tmp_path_factory.mktemp("connection") / "it's here.duckdb"  # a name that must be quoted
    rebuild(place, "1")
    return place


@pytest.fixture
def changing(tmp_path):
    """A warehouse of the test's own, to be built again."""
    place = tmp_path / "changing.duckdb"
    rebuild(place, "1")
    return place


def rebuild(path, value):
    build(path, Tiny().add(f"area | 2025\n101 | {value}").inputs(), {"made": measure()})


WRITES = [
    "INSERT INTO area SELECT * FROM area", "DELETE FROM figure", "UPDATE figure SET value = 0", "DROP TABLE comparison",
    "CREATE TABLE mine (a INTEGER)", "ALTER TABLE area ADD COLUMN b INTEGER", "CREATE VIEW mine AS SELECT 1",
]


@pytest.mark.parametrize("sql", WRITES)
def test_writing_is_refused(path, sql):
    content = path.read_bytes()
    with pytest.raises(duckdb.Error, match="read-only"):
        Warehouse(path).cursor().execute(sql)
    assert path.read_bytes() == content


OUTSIDE = [
    "SELECT * FROM read_csv('{folder}/beside.csv')", "SELECT * FROM '{folder}/beside.csv'",
    "SELECT * FROM read_text('{folder}/beside.csv')", "SELECT * FROM glob('{folder}/*')",
    "COPY (SELECT 1) TO '{folder}/out.csv'", "ATTACH '{folder}/other.duckdb'", "INSTALL httpfs", "LOAD httpfs",
    "EXPORT DATABASE '{folder}/out'",
]


@pytest.mark.parametrize("sql", OUTSIDE)
def test_nothing_outside_is_reached(path, sql):
    (path.parent / "beside.csv").write_text("a\n1\n", encoding="utf-8")
    before = sorted(path.parent.iterdir())
    with pytest.raises(duckdb.Error):
        Warehouse(path).cursor().execute(sql.format(folder=path.parent)).fetchall()
    assert sorted(path.parent.iterdir()) == before


@pytest.mark.parametrize("setting", ["enable_external_access = true", "lock_configuration = false", "threads = 8"])
def test_what_is_shut_cannot_be_opened_again(path, setting):
    with pytest.raises(duckdb.Error):
        Warehouse(path).cursor().execute(f"SET {setting}")


def test_rows_are_plain_values_by_name(path):
    assert Warehouse(path).rows("SELECT area, value FROM figure") == ({"area": "101", "value": 1.0},)
    assert Warehouse(path).rows(QUERY, "102") == ()
    assert len(Warehouse(path).rows("SELECT area FROM area WHERE list_contains(?, area)", ("101", "970"))) == 2


def test_rows_are_remembered_until_another_warehouse_is_swapped_in(changing):
    warehouse = Warehouse(changing)
    first = warehouse.rows(QUERY, "101")
    assert warehouse.rows(QUERY, "101") is first
    rebuild(changing, "2")
    assert warehouse.rows(QUERY, "101") == ({"value": 2.0},)
    assert first == ({"value": 1.0},)


def test_the_same_rows_built_again_have_another_stamp(changing):
    warehouse = Warehouse(changing)
    before = warehouse.stamp
    assert warehouse.stamp == before
    rebuild(changing, "1")
    assert warehouse.stamp != before


def test_no_warehouse_is_said_in_words(tmp_path):
    warehouse = Warehouse(tmp_path / "none.duckdb")
    for look in (lambda: warehouse.stamp, warehouse.cursor, lambda: warehouse.rows("SELECT 1")):
        with pytest.raises(NoWarehouseError, match="build-warehouse"):
            look()


def test_a_warehouse_built_later_is_found(tmp_path):
    warehouse = Warehouse(tmp_path / "later.duckdb")
    with pytest.raises(NoWarehouseError):
        warehouse.cursor()
    rebuild(tmp_path / "later.duckdb", "5")
    assert warehouse.rows(QUERY, "101") == ({"value": 5.0},)


def test_threads_read_while_builds_go_on(changing):
    warehouse = Warehouse(changing)
    seen, errors = set(), []
    stop = threading.Event()

    def read():
        while not stop.is_set():
            try:
                seen.add(warehouse.rows(QUERY, "101")[0]["value"])
            except Exception as error:  # whatever goes wrong in a thread is to fail the test
                errors.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for value in ("2", "3"):
        rebuild(changing, value)
    stop.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert seen <= {1.0, 2.0, 3.0}
    assert warehouse.rows(QUERY, "101") == ({"value": 3.0},)
