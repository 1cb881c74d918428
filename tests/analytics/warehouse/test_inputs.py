"""The reference set is the same bytes for the same rows, and a loaded data set takes the place of its own rows only."""

import os
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.analytics.tiny import DATASET, Tiny
from throughline.analytics.measures.disclosure import load_group_rule
from throughline.analytics.participation.rules import load_rules
from throughline.analytics.participation.tables import ACTIVITY
from throughline.analytics.warehouse.inputs import (
    KEPT,
    REFERENCE_TABLES,
    Inputs,
    RegisterRows,
    drop_loaded,
    keep_loaded,
    kept_datasets,
    read_reference,
    write_reference,
)
from throughline.analytics.warehouse.tables import FIGURE, INDICATOR, PUBLISHED_FIGURE, SCHOOL, SOURCE

REFERENCE = Path(__file__).resolve().parents[3] / "reference"
NAMES = sorted(f"{table.name}.parquet" for table in REFERENCE_TABLES)


@pytest.fixture
def inputs() -> Inputs:
    """A few figures of two data sets, with their sources."""
    tiny = Tiny().add("area | 2024 | 2025\n101 | 1 | 2\n102 | 3 | c").near("101", "102", "103")
    tiny.rows += [{**row, "dataset": "other"} for row in tiny.rows]
    held = tiny.inputs()
    sources = held.source.to_pylist()
    return Inputs(**{**vars(held), "source": SOURCE.from_rows([*sources, {**sources[0], "dataset": "other"}])})


def values(inputs: Inputs) -> dict[str, list]:
    rows = inputs.published_figure.to_pylist()
    ids = sorted({row["dataset"] for row in rows})
    return {id: sorted((row["value"] for row in rows if row["dataset"] == id), key=str) for id in ids}


def files(folder: Path) -> dict[str, bytes]:
    """What would be read of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}


def test_the_packaged_set_is_written_again_as_the_same_bytes(tmp_path):
    write_reference(read_reference(REFERENCE), tmp_path / "once")
    write_reference(read_reference(tmp_path / "once"), tmp_path / "twice")
    once, twice = files(tmp_path / "once"), files(tmp_path / "twice")
    assert sorted(once) == NAMES
    assert once == twice
    for table in REFERENCE_TABLES:
        written = pq.read_table(tmp_path / "once" / f"{table.name}.parquet")
        assert written.equals(pq.read_table(REFERENCE / f"{table.name}.parquet")), table.name


def test_rows_in_another_order_are_the_same_bytes(tmp_path, inputs):
    write_reference(inputs, tmp_path / "as_given")
    held = {name: table.take(pa.array(range(table.num_rows - 1, -1, -1), pa.int64())) for name, table in vars(inputs).items()
            if name != "register"}
    write_reference(Inputs(**held), tmp_path / "backwards")
    assert files(tmp_path / "as_given") == files(tmp_path / "backwards")


def test_what_is_written_is_read_back(tmp_path, inputs):
    write_reference(inputs, tmp_path)
    back = read_reference(tmp_path)
    assert values(back) == values(inputs)
    assert back.entered.num_rows == 0 and back.entered.schema == FIGURE.arrow_schema
    assert [back.table(table).schema for table in REFERENCE_TABLES] == [table.arrow_schema for table in REFERENCE_TABLES]


def test_a_loaded_data_set_takes_the_place_of_its_own_rows_only(tmp_path, inputs):
    newer = Tiny().add("area | 2026\n101 | 50").inputs()
    keep_loaded(tmp_path, DATASET, {SOURCE: newer.source, PUBLISHED_FIGURE: newer.published_figure})
    found = inputs.with_loaded(tmp_path)
    assert values(found) == {DATASET: [50.0], "other": [1.0, 2.0, 3.0, None]}
    assert sorted(found.source["dataset"].to_pylist()) == [DATASET, "other"]
    assert found.neighbour.equals(inputs.neighbour)
    assert values(inputs)[DATASET] == [1.0, 2.0, 3.0, None]


def test_a_data_set_loaded_again_takes_the_place_of_the_one_before(tmp_path, inputs):
    for value in ("50", "60"):
        keep_loaded(tmp_path, DATASET, {PUBLISHED_FIGURE: Tiny().add(f"area | 2026\n101 | {value}").inputs().published_figure})
    assert values(inputs.with_loaded(tmp_path))[DATASET] == [60.0]


def test_a_new_data_set_is_put_beside_the_others(tmp_path, inputs):
    rows = [{**row, "dataset": "third"} for row in Tiny().add("area | 2026\n101 | 7").rows]
    keep_loaded(tmp_path, "third", {PUBLISHED_FIGURE: PUBLISHED_FIGURE.from_rows(rows)})
    assert values(inputs.with_loaded(tmp_path)) == {**values(inputs), "third": [7.0]}


def test_of_the_registers_loaded_the_last_is_the_register(tmp_path, inputs):
    assert inputs.school.num_rows == 0
    for id in ("zz_older", "aa_newer"):
        rows = [{"urn": id, "name": id, "area": "101", "status": "open"}]
        keep_loaded(tmp_path, id, {SCHOOL: SCHOOL.from_rows(rows)})
        os.utime(tmp_path / f"{id}{KEPT}", (0, 0) if id == "zz_older" else (9, 9))
    assert inputs.with_loaded(tmp_path).school["urn"].to_pylist() == ["aa_newer"]


def test_nothing_loaded_changes_nothing(tmp_path, inputs):
    assert values(inputs.with_loaded(tmp_path)) == values(inputs)
    assert values(inputs.with_loaded(tmp_path / "never made")) == values(inputs)


def test_what_is_kept_is_whole_and_nothing_lies_beside_it(tmp_path, inputs):
    tables = {SOURCE: inputs.source, INDICATOR: INDICATOR.empty(), PUBLISHED_FIGURE: inputs.published_figure}
    keep_loaded(tmp_path / "made", DATASET, tables)
    assert [path.name for path in (tmp_path / "made").iterdir()] == [f"{DATASET}{KEPT}"]
    assert kept_datasets(tmp_path / "made") == [DATASET]


def test_what_was_kept_of_one_data_set_can_be_taken_away(tmp_path, inputs):
    for id in (DATASET, "other"):
        keep_loaded(tmp_path, id, {SOURCE: inputs.source, PUBLISHED_FIGURE: inputs.published_figure})
    drop_loaded(tmp_path, DATASET)
    assert kept_datasets(tmp_path) == ["other"]
    drop_loaded(tmp_path / "never made", DATASET)


def test_rows_of_the_wrong_shape_leave_what_was_kept_before(tmp_path, inputs):
    good = {SOURCE: inputs.source, PUBLISHED_FIGURE: inputs.published_figure}
    keep_loaded(tmp_path, DATASET, good)
    before = files(tmp_path)
    words = inputs.published_figure.set_column(11, "value", pa.array(["words"] * inputs.published_figure.num_rows))
    with pytest.raises(pa.ArrowException):
        keep_loaded(tmp_path, DATASET, {SOURCE: SOURCE.empty(), PUBLISHED_FIGURE: words})
    assert files(tmp_path) == before


def test_a_file_cut_short_is_never_read(tmp_path, inputs, monkeypatch):
    keep_loaded(tmp_path, DATASET, {PUBLISHED_FIGURE: inputs.published_figure})

    def cut_short(rows: pa.Table, written: BytesIO, **_: object) -> None:
        written.write(b"PAR1")
        raise OSError("the disk is full")

    monkeypatch.setattr(pq, "write_table", cut_short)
    with pytest.raises(OSError, match="full"):
        keep_loaded(tmp_path, DATASET, {PUBLISHED_FIGURE: PUBLISHED_FIGURE.empty()})
    assert values(inputs.with_loaded(tmp_path)) == values(inputs)
    assert [path.name for path in tmp_path.iterdir()] == [f"{DATASET}{KEPT}"]


def test_entered_figures_stand_beside_the_published(inputs):
    row = {**inputs.published_figure.to_pylist()[0], "measure": "ours", "dataset": "entered"}
    entered = FIGURE.from_rows([row])
    found = inputs.with_entered(entered)
    assert found.entered is entered
    assert inputs.entered.num_rows == 0


PLACES = [  # establishment and provider number as they were sent, and the establishment that is counted under
    ("8998000", None, "8998000"), (None, "10099301", "8998000"), ("8994000", "10099301", "8994000"), (None, "10099309", None),
    (None, "10099302", None), (None, "10099303", "8998200"), (None, None, None),
]


def test_a_college_is_one_place_whichever_number_it_was_sent_under(definitions):
    lines = [  # a provider with two places stays itself; one that closed is no longer a place of it
        ("1", "8998000", "10099301", "open"), ("2", "8998100", "10099302", "open"), ("3", "8998101", "10099302", "open"),
        ("4", "8998200", "10099303", "open, proposed to close"), ("5", "8998201", "10099303", "closed"),
        ("6", "8994000", None, "open"),
    ]
    school = SCHOOL.from_rows([{"urn": urn, "laestab": laestab, "ukprn": ukprn, "name": urn, "area": "899", "status": status}
                               for urn, laestab, ukprn, status in lines])
    known = datetime(2026, 1, 1, tzinfo=UTC)
    activity = ACTIVITY.from_rows([
        {"learner": number, "code": "210", "start": date(2025, 9, 1), "establishment": establishment, "provider": provider,
         "known_from": known} for number, (establishment, provider, _) in enumerate(PLACES)])
    rows = RegisterRows({ACTIVITY.name: activity}, (), known, load_rules(definitions), load_group_rule(definitions))
    placed = rows.by_establishment(school).tables[ACTIVITY.name]
    assert placed["establishment"].to_pylist() == [counted for *_, counted in PLACES]
    assert placed.schema == activity.schema
    assert rows.by_establishment(SCHOOL.empty()) is rows
