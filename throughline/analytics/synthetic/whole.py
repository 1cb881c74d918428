"""Makes an invented authority as one folder: the truth, and the files that would be sent about it; whole or not at all."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from throughline.analytics.participation.codesets import load_codeset
from throughline.analytics.synthetic.checks import problems_of
from throughline.analytics.synthetic.files.all import write_files
from throughline.analytics.synthetic.people import World
from throughline.analytics.synthetic.places import build_places
from throughline.analytics.synthetic.postcodes import POSTCODES, write_postcodes
from throughline.analytics.synthetic.settings import load_settings
from throughline.analytics.synthetic.truth import write_truth
from throughline.core.problems import RefusedFileError

UNUSED = ("897", "898", "899")  # numbers that no authority has had
LEAST, MOST = 50, 1_600_000  # more would repeat pupil numbers
EARLIEST, LATEST = date(2018, 1, 1), date(2100, 1, 1)


class ImpossibleError(ValueError):
    """Raised for what cannot be made, saying what could be."""


@dataclass(frozen=True)
class Made:
    """What was made: rows by table of the truth, and rows by file. altered counts the differences, by kind."""

    truth: Mapping[str, int]
    files: Mapping[str, int]
    altered: Mapping[str, int]


def synthesise(
    definitions: Path, folder: Path, *, seed: int = 1, size: int = 40_000, areas: Sequence[str] = ("899",),
    until: date = date(2026, 10, 31), named: bool = True, files: bool = True, replace: bool = False,
    done: Callable[[str, float], None] = lambda what, share: None,
) -> Made:
    """Make size learners of 14 to 24 of one authority, or spread over several, as known at the end of until.

    The same seed and size give the same bytes. folder/truth holds the tables of participation/tables.py and of tables.py
    here; folder/files what would be sent, which is made for one authority only. named=False leaves out names, and files
    with them. done is told what is being made and the share of it that is. Everything is made in a folder beside and
    swapped at the end. Raises ImpossibleError for what cannot be made, RefusedFileError for unreadable definitions.
    """
    _check(folder, size=size, areas=areas, until=until, replace=replace)
    settings = load_settings(definitions)
    if problems := problems_of(settings, load_codeset(definitions, "activity")):
        raise RefusedFileError(problems)
    number = areas[0] if areas[0] in UNUSED else UNUSED[-1]
    world = World(settings, build_places(settings, seed, size, number), seed, until, tuple(areas), number)
    making = folder.with_name(f".{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    (making / "truth").mkdir(parents=True)
    try:
        made = Made(write_truth(world, size, making / "truth", named, lambda share: done("truth", share)), {}, {})
        if named:
            write_postcodes(world.places, making / "truth" / POSTCODES)
        if files and named and len(areas) == 1:
            written, altered = write_files(definitions, world, making, lambda share: done("files", share))
            made = Made(made.truth, written, altered)
        _swap(making, folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return made


def _check(folder: Path, *, size: int, areas: Sequence[str], until: date, replace: bool) -> None:
    if not LEAST <= size <= MOST:
        raise ImpossibleError(f"A size of {size:,} cannot be made: give one from {LEAST} to {MOST:,} learners.")
    if not areas:
        raise ImpossibleError("No authority was given: name at least one.")
    if len(areas) == 1 and areas[0] not in UNUSED:
        raise ImpossibleError(
            f"“{areas[0]}” is not the number of an invented authority: use one that no real one has, {', '.join(UNUSED)}."
        )
    if not EARLIEST <= until <= LATEST:
        raise ImpossibleError(f"{until} is too far off: give a last day from {EARLIEST} to {LATEST}.")
    if folder.exists() and not folder.is_dir():
        raise ImpossibleError(f"{folder} is a file: name a folder.")
    if folder.is_dir() and any(folder.iterdir()) and not replace:
        raise ImpossibleError(f"{folder} is not empty: name another folder, or say --replace to put a new one in its place.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "truth").is_dir():
        raise ImpossibleError(f"{folder} holds something else than an invented authority, so it is not replaced.")


def _swap(making: Path, folder: Path) -> None:
    """Put what was made in its place; what was there goes only then."""
    before = folder.with_name(f".{folder.name}.before")
    shutil.rmtree(before, ignore_errors=True)
    if folder.exists():
        folder.rename(before)
    making.rename(folder)
    shutil.rmtree(before, ignore_errors=True)
