"""What stands beside a warehouse: whom its figures count, a mark that something is kept which they do not show yet, a lock."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def only_builder(warehouse: Path) -> Iterator[None]:
    """Nobody else builds a warehouse, or changes what stands beside it, meanwhile."""
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    with warehouse.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def people_file(warehouse: Path) -> Path:
    """The file of whom the figures count; only the owner of the installation may read it."""
    return warehouse.with_name(f"{warehouse.stem}.people.parquet")


def fall_behind(warehouse: Path) -> None:
    """Mark that something has been kept since the rows of a warehouse were read."""
    mark = _mark(warehouse)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


def is_behind(warehouse: Path) -> bool:
    """Whether something has been kept that the figures do not show, a build that is reading it now or failed included."""
    return _mark(warehouse).exists() or _being_read(warehouse).exists()


def begin_reading(warehouse: Path) -> None:
    """Put the mark aside before rows are read: whatever is kept from here on marks anew, and its mark outlasts this build."""
    if _mark(warehouse).exists():
        _mark(warehouse).replace(_being_read(warehouse))


def caught_up(warehouse: Path) -> None:
    """Take the mark away that was put aside: the figures show what was read."""
    _being_read(warehouse).unlink(missing_ok=True)


def _mark(warehouse: Path) -> Path:
    return warehouse.with_suffix(".behind")


def _being_read(warehouse: Path) -> Path:
    return warehouse.with_suffix(".behind-read")
