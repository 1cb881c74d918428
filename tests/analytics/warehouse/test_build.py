"""A build takes the place of the old warehouse whole or not at all, and one runs at a time."""

import threading
import time
from pathlib import Path

import pytest

from tests.analytics.tiny import Tiny, measure
from tests.oracles.invented import ENDS, KNOWN, invented, tables_of
from throughline.analytics.measures.definition import Kind
from throughline.analytics.measures.disclosure import load_group_rule
from throughline.analytics.measures.load import load_measures
from throughline.analytics.measures.who import month_ends
from throughline.analytics.participation.rules import load_rules
from throughline.analytics.warehouse.beside import people_file
from throughline.analytics.warehouse.build import STEPS, build
from throughline.analytics.warehouse.connection import Warehouse
from throughline.analytics.warehouse.inputs import Inputs, RegisterRows

MADE = {"made": measure()}
QUERY = "SELECT value FROM comparison WHERE area = '101'"


def figure_of(value: str) -> Tiny:
    return Tiny().add(f"area | 2025\n101 | {value}")


def built(folder: Path, value: str) -> Path:
    path = folder / "deep" / "warehouse.duckdb"
    build(path, figure_of(value).inputs(), MADE)
    return path


def value_in(path: Path) -> float:
    return Warehouse(path).rows(QUERY)[0]["value"]


def test_the_folder_is_made_and_only_the_warehouse_and_its_lock_are_left(tmp_path):
    path = built(tmp_path, "1")
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["warehouse.duckdb", "warehouse.lock"]


def test_the_steps_are_told_in_order(tmp_path):
    told = []
    build(tmp_path / "w.duckdb", figure_of("1").inputs(), MADE, told.append)
    assert told == list(STEPS)


def test_a_reader_in_the_middle_keeps_the_old_until_it_looks_again(tmp_path):
    path = built(tmp_path, "1")
    reader = Warehouse(path)
    cursor = reader.cursor()
    before = reader.stamp
    built(tmp_path, "2")
    assert cursor.execute(QUERY).fetchall() == [(1.0,)]
    assert reader.stamp != before
    assert reader.cursor().execute(QUERY).fetchall() == [(2.0,)]
    assert cursor.execute(QUERY).fetchall() == [(1.0,)]


@pytest.mark.parametrize("failing", STEPS)
def test_a_build_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path, failing):
    path = built(tmp_path, "1")
    content = path.read_bytes()

    def step(name):
        if name == failing:
            raise RuntimeError("stopped here")

    with pytest.raises(RuntimeError, match="stopped here"):
        build(path, figure_of("2").inputs(), MADE, step)
    assert path.read_bytes() == content
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["warehouse.duckdb", "warehouse.lock"]
    built(tmp_path, "3")
    assert value_in(path) == 3.0


def test_what_an_interrupted_build_left_behind_does_no_harm(tmp_path):
    path = built(tmp_path, "1")
    path.with_suffix(".building").write_bytes(b"half a warehouse")
    built(tmp_path, "2")
    assert value_in(path) == 2.0
    assert not path.with_suffix(".building").exists()


def test_two_builds_at_once_wait_for_each_other(tmp_path):
    path = tmp_path / "w.duckdb"
    running: list[str] = []
    overlaps: list[str] = []

    def one(value: str) -> None:
        def step(name: str) -> None:
            if name == STEPS[0]:
                overlaps.extend(running)
                running.append(value)
                time.sleep(0.2)
            if name == STEPS[-1]:
                running.remove(value)

        build(path, figure_of(value).inputs(), MADE, step)

    builders = [threading.Thread(target=one, args=(value,)) for value in ("1", "2")]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert (running, overlaps) == ([], [])
    assert value_in(path) in (1.0, 2.0)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["w.duckdb", "w.lock"]


def test_rows_are_read_when_it_is_the_builds_turn_so_that_the_later_has_the_newer(tmp_path):
    """The second is asked for while the first is at work, and what is held changes after that."""
    path = tmp_path / "w.duckdb"
    held = ["1"]
    asked = threading.Event()

    def reading() -> Inputs:
        return figure_of(held[0]).inputs()

    def second() -> None:
        asked.set()
        build(path, reading, MADE)

    waiting = threading.Thread(target=second)

    def step(name: str) -> None:
        if name == STEPS[0]:
            waiting.start()
            asked.wait()
            time.sleep(0.2)
            held[0] = "2"

    build(path, reading, MADE, step)
    waiting.join()
    assert value_in(path) == 2.0


def test_rows_that_cannot_be_read_leave_the_old_file_and_let_the_next_build_in(tmp_path):
    path = built(tmp_path, "1")

    def reading() -> Inputs:
        raise RuntimeError("no such file")

    with pytest.raises(RuntimeError, match="no such file"):
        build(path, reading, MADE)
    assert value_in(path) == 1.0
    built(tmp_path, "3")
    assert value_in(path) == 3.0


def test_a_warehouse_of_no_figures_at_all_is_still_a_warehouse(tmp_path):
    path = tmp_path / "w.duckdb"
    build(path, Tiny().inputs(), {})
    assert Warehouse(path).rows(QUERY) == ()
    assert len(Warehouse(path).rows("SELECT * FROM area")) == 17


def with_people(count: int, definitions: Path) -> Inputs:
    """Rows with a register of so many people."""
    register = RegisterRows(tables_of(invented(count)), ENDS, KNOWN, load_rules(definitions), load_group_rule(definitions))
    return figure_of("1").inputs().with_register(register)


@pytest.fixture(scope="module")
def registered(definitions) -> dict:
    """The measures that are counted from a register."""
    return {id: each for id, each in load_measures(definitions).items() if each.kind is Kind.REGISTER}


def test_whom_the_figures_count_is_kept_with_them_and_goes_with_the_register(tmp_path, definitions, registered):
    path = tmp_path / "w.duckdb"
    build(path, with_people(60, definitions), registered)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["w.duckdb", "w.lock", "w.people.parquet"]
    assert people_file(path).stat().st_mtime_ns >= path.stat().st_mtime_ns
    (row,) = Warehouse(path).rows("SELECT count(*) AS so_many FROM figure WHERE dataset = 'register' AND breakdown = ''")
    assert row["so_many"] > 0
    assert month_ends(people_file(path)) == list(ENDS)
    build(path, figure_of("1").inputs(), registered)
    assert not people_file(path).exists()


@pytest.mark.parametrize("failing", ["comparisons", "swap"])
def test_a_build_that_fails_leaves_whom_the_old_figures_count(tmp_path, definitions, registered, failing):
    path = tmp_path / "w.duckdb"
    build(path, with_people(60, definitions), registered)
    before = {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()}

    def step(name):
        if name == failing:
            raise RuntimeError("stopped here")

    with pytest.raises(RuntimeError, match="stopped here"):
        build(path, with_people(50, definitions), registered, step)
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == before
