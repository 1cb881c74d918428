"""The outlines of standing reports: which parts each has, read from definitions/reports."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from throughline.apps.performance import figures as performance
from throughline.apps.reports.commissioning_fills import COMMISSIONING
from throughline.apps.reports.fills import FILLS


class OutlineError(ValueError):
    """Raised for an outline that cannot be used; says which file, which part and what is wrong."""


@dataclass(frozen=True)
class Part:
    """One part of a report: its heading, the name of what the system fills in ("" for nothing), and what to add by hand."""

    id: str
    heading: str
    fill: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Outline:
    """A standing report, on a plan or on a commissioning plan.

    themes are those of the measures that its table of results holds, measures those shown by month.
    """

    id: str
    title: str
    about: str
    parts: tuple[Part, ...]
    themes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    on_commissioning: bool = False


def outlines() -> Mapping[str, Outline]:
    """Every outline by its id, which is the name of its file. Raises OutlineError."""
    folder = Path(settings.DEFINITIONS) / "reports"
    found = sorted(folder.glob("*.toml"))
    return _read(tuple((path, path.stat().st_mtime_ns) for path in found))


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, int], ...]) -> dict[str, Outline]:
    return {path.stem: _outline(path) for path, _ in files}


def _outline(path: Path) -> Outline:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        parts = tuple(Part(**part) for part in said["part"])
        outline = Outline(path.stem, said["title"], said["about"], parts, tuple(said.get("themes", ())),
                          tuple(said.get("measures", ())), "commissioning" in said.get("needs", ()))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise OutlineError(f"{path.name}: {error}; see the other files of that folder for the shape") from error
    _check(path.name, outline)
    _check_subject(path.name, outline)
    return outline


def _check(name: str, outline: Outline) -> None:
    ids = [part.id for part in outline.parts]
    if repeated := {id for id in ids if ids.count(id) > 1}:
        raise OutlineError(f"{name}: two parts are called {', '.join(sorted(repeated))}; give each its own id")
    if unknown := [measure for measure in outline.measures if measure not in performance.measures()]:
        raise OutlineError(f"{name}: {', '.join(unknown)} is no measure; each is the name of a file in definitions/measures")
    for part in outline.parts:
        if part.fill and part.fill not in FILLS:
            raise OutlineError(f"{name}, part {part.id}: “{part.fill}” is not something that can be filled in; "
                               f"{', '.join(FILLS)} are")


def _check_subject(name: str, outline: Outline) -> None:
    """A part is filled in from what the report is on, and from nothing else."""
    for part in outline.parts:
        if part.fill and (part.fill in COMMISSIONING) != outline.on_commissioning:
            of = "a commissioning plan" if part.fill in COMMISSIONING else "a plan"
            raise OutlineError(f"{name}, part {part.id}: “{part.fill}” is filled in from {of}, and needs says that the report is "
                               "on something else")


def outline_named(id: str) -> Outline | None:
    """One outline, or None when there is none of that name."""
    return outlines().get(id)
