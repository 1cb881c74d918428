"""How files about young people are brought in: the dated rules of definitions/rules/intake.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from throughline.core.problems import Problem, RefusedFileError


@dataclass(frozen=True)
class Rules:
    """One edition: days within which two starts are the same, days that rows are kept, guarantee codes that say nothing."""

    starts: date
    same_start_days: int
    kept_days: int
    nothing_recorded: frozenset[str]


def load_rules(definitions: Path) -> tuple[Rules, ...]:
    """Every edition, the oldest first. Raises RefusedFileError, saying what is wrong and what would be right."""
    path = definitions / "rules" / "intake.toml"
    with path.open("rb") as file:
        stated = tomllib.load(file)
    try:
        editions = [Rules(given["from"], int(given["same_start_days"]), int(given["kept_days"]),
                          frozenset(given["nothing_recorded"])) for given in stated["edition"]]
        return tuple(sorted(editions, key=lambda edition: edition.starts))
    except (KeyError, TypeError, ValueError) as error:
        remedy = f"give each edition its date, its two numbers of days and its codes: {error}"
        raise RefusedFileError([Problem(path.name, None, "edition", "", "readable rules", remedy)]) from error


def on(editions: tuple[Rules, ...], day: date) -> Rules:
    """The edition that holds on a day; the oldest for a day before any."""
    held = [edition for edition in editions if edition.starts <= day]
    return held[-1] if held else editions[0]
