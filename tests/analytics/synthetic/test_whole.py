"""Making an invented authority: the same again from the same seed, any size, and the whole of it or nothing."""

import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from throughline.analytics.synthetic import truth, whole
from throughline.analytics.synthetic.whole import ImpossibleError, synthesise
from throughline.core.problems import RefusedFileError


def _bytes(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(definitions, tmp_path):
    for name, seed in (("one", 4), ("again", 4), ("other", 5)):
        synthesise(definitions, tmp_path / name, seed=seed, size=200)
    one, again, other = (_bytes(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again
    assert {"truth/activity.parquet", "files/monthly_return_2026-10.xml"} <= set(one)
    same = {name for name in one if other.get(name) == one[name]}
    alike = {"truth/district.parquet", "truth/provider.parquet"}  # too few to differ
    assert same <= alike | {"truth/postcodes.csv"}  # and places, which are written down


@pytest.mark.parametrize(("size", "until"), [(50, date(2026, 10, 31)), (173, date(2022, 4, 11)), (90, date(2018, 1, 1))])
def test_any_size_and_day_can_be_made(definitions, tmp_path, size, until):
    made = synthesise(definitions, tmp_path / "small", size=size, until=until)
    assert made.truth["learner"] == size
    activities = pq.read_table(tmp_path / "small" / "truth" / "activity.parquet").to_pylist()
    assert max(row["known_from"].date() for row in activities) <= until
    assert min(row["start"] for row in activities) < until


def test_a_register_is_drawn_in_parts(definitions, tmp_path, monkeypatch):
    monkeypatch.setattr(truth, "PART", 100)
    told: list[tuple[str, float]] = []
    made = synthesise(definitions, tmp_path / "parts", size=250, files=False, done=lambda *said: told.append(said))
    learners = pq.read_table(tmp_path / "parts" / "truth" / "learner.parquet").column("learner").to_pylist()
    assert learners == list(range(1, 251))
    assert told == [("truth", 0.4), ("truth", 0.8), ("truth", 1.0)]
    assert made.files == {}
    assert not (tmp_path / "parts" / "files").exists()


def test_several_authorities_share_the_learners(definitions, tmp_path):
    areas = ("201", "352", "908")
    synthesise(definitions, tmp_path / "many", size=900, areas=areas, named=False)
    folder = tmp_path / "many" / "truth"
    assert {row["area"] for row in pq.read_table(folder / "membership.parquet").to_pylist()} == set(areas)
    numbers = {row["establishment"][:3] for row in pq.read_table(folder / "school.parquet").to_pylist()}
    assert numbers == {"899"}
    assert not (folder / "person.parquet").exists()
    rows = pq.read_table(folder / "membership.parquet").to_pylist()
    assert [(one, other) for one, other in zip(rows, rows[1:], strict=False)
            if one["learner"] == other["learner"] and (one["ends"] is None or one["ends"] >= other["starts"])] == []
    moved = [row["learner"] for row in pq.read_table(folder / "membership.parquet").to_pylist() if row["status"] == "P"]
    assert len(moved) > len(set(moved)) == 900


@pytest.mark.parametrize(("given", "words"), [
    ({"size": 49}, "from 50 to"), ({"size": 0}, "from 50 to"), ({"size": 2_000_000}, "1,600,000"),
    ({"areas": ()}, "at least one"), ({"areas": ("352",)}, "897, 898, 899"), ({"until": date(1999, 1, 1)}, "too far off"),
])
def test_what_cannot_be_made_is_answered(definitions, tmp_path, given, words):
    with pytest.raises(ImpossibleError, match=words):
        synthesise(definitions, tmp_path / "never", **{"size": 60} | given)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_left_alone_unless_asked(definitions, tmp_path):
    folder = tmp_path / "there"
    synthesise(definitions, folder, size=60, files=False)
    before = _bytes(folder)
    with pytest.raises(ImpossibleError, match="--replace"):
        synthesise(definitions, folder, size=70, files=False)
    assert _bytes(folder) == before
    synthesise(definitions, folder, size=70, files=False, replace=True)
    assert _bytes(folder) != before
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_what_is_no_invented_authority_is_never_replaced(definitions, tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(ImpossibleError, match="not replaced"):
        synthesise(definitions, tmp_path / "letters", size=60, replace=True)
    with pytest.raises(ImpossibleError, match="is a file"):
        synthesise(definitions, tmp_path / "letters" / "dear.txt", size=60, replace=True)
    assert (tmp_path / "letters" / "dear.txt").read_text(encoding="utf-8") == "keep me"


def test_a_run_that_fails_leaves_what_was_there(definitions, tmp_path, monkeypatch):
    folder = tmp_path / "there"
    synthesise(definitions, folder, size=60, files=False)
    before = _bytes(folder)
    monkeypatch.setattr(whole, "write_files", _out_of_space)
    with pytest.raises(OSError, match="no space"):
        synthesise(definitions, folder, size=60, replace=True)
    assert _bytes(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def _out_of_space(*_: object) -> None:
    raise OSError("no space")


def test_what_a_killed_run_left_is_cleared_away(definitions, tmp_path):
    (tmp_path / ".there.making" / "truth").mkdir(parents=True)
    (tmp_path / ".there.making" / "truth" / "half.parquet").write_bytes(b"half")
    synthesise(definitions, tmp_path / "there", size=60, files=False)
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    assert not (tmp_path / "there" / "truth" / "half.parquet").exists()


@pytest.fixture
def own_definitions(definitions, tmp_path):
    """The definitions as a copy that can be spoilt: (their folder, the folder of the synthetic ones)."""
    copied = shutil.copytree(definitions, tmp_path / "definitions")
    return copied, copied / "synthetic"


def _found(definitions: Path, folder: Path) -> set[tuple]:
    with pytest.raises(RefusedFileError) as refused:
        synthesise(definitions, folder, size=60)
    return {(problem.file, problem.line, problem.field, problem.value) for problem in refused.value.problems}


def test_unreadable_definitions_are_answered_line_by_line(own_definitions, tmp_path):
    definitions, synthetic = own_definitions
    (synthetic / "origins.csv").write_text("ethnic_group,origin,weight\nWBRI,british,ninety\n", encoding="utf-8")
    (synthetic / "streets.csv").write_text("street\nMere Side\n", encoding="utf-8")
    (synthetic / "people.toml").write_text("[ages\n", encoding="utf-8")
    assert _found(definitions, tmp_path / "never") == {
        ("origins.csv", 2, "weight", "ninety"), ("streets.csv", 1, "name", ""), ("people.toml", None, "", ""),
    }


def test_what_is_missing_is_named(own_definitions, tmp_path):
    definitions, synthetic = own_definitions
    _put(synthetic / "people.toml", "[moves]", "[movements]")
    _put(synthetic / "histories.toml", "longest = 150", "farthest = 150")
    (synthetic / "streets.csv").write_text("name\n", encoding="utf-8")
    assert _found(definitions, tmp_path / "never") == {
        ("people.toml", None, "moves", ""), ("histories.toml", None, "news.longest", ""), ("streets.csv", None, "", ""),
    }


def test_what_would_be_misread_is_named(own_definitions, tmp_path):
    definitions, synthetic = own_definitions
    _put(synthetic / "histories.toml", "619 = 26", "599 = 26")
    _put(synthetic / "errors.toml", "stray_spaces = 0.010", "stray_dogs = 0.010")
    _put(synthetic / "origins.csv", "CHNE,chinese,100", "CHNE,martian,100")
    _put(synthetic / "people.toml", "NOBT = 12", "NONE = 12")
    assert _found(definitions, tmp_path / "never") == {
        ("histories.toml", None, "hidden", "599"), ("errors.toml", None, "values.flat", "stray_dogs"),
        ("origins.csv", 33, "origin", "martian"), ("people.toml", None, "ethnic_group", "NONE"),
    }


def _put(path: Path, before: str, after: str) -> None:
    words = path.read_text(encoding="utf-8")
    assert before in words
    path.write_text(words.replace(before, after), encoding="utf-8")
