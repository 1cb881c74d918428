"""The rules of the room as their files state them: worklists, outcomes of contacts, casework, contacting and risk."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.analytics.participation.cohort import Cohort, load_cohort
from throughline.analytics.participation.contacting import Contacting, load_contacting
from throughline.analytics.participation.risk import Risk, load_risk
from throughline.core.problems import Problem, RefusedFileError

NOT_KNOWN, ABOUT_TO_LAPSE, NEET_OVERDUE = "not_known", "about_to_lapse", "neet_overdue"
AGREED_START_PASSED, WITHOUT_NEXT_PLACE = "agreed_start_passed", "without_next_place"
LISTS = (NOT_KNOWN, ABOUT_TO_LAPSE, NEET_OVERDUE, AGREED_START_PASSED, WITHOUT_NEXT_PLACE)
_WORTHS = ("not_known", "about_to_lapse", "neet_overdue")


@dataclass(frozen=True)
class Worklist:
    """One list: days, codes and families are what it counts with; why says which worth of contacting.toml an answer has."""

    id: str
    title: str
    about: str
    why: str
    days: int = 0
    codes: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Worklists:
    """One edition of definitions/rules/worklists.toml."""

    starts: date
    confidence: str
    source: str
    lists: Mapping[str, Worklist]
    drawn_by: int
    meeting_lists: tuple[str, ...]
    meeting_standings: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of a contact or a case. answered, source and means_fail are of contacts, lasting of cases."""

    id: str
    title: str
    answered: bool = False
    source: str = ""
    means_fail: bool = False
    lasting: bool = False


@dataclass(frozen=True)
class Casework:
    """How cases may end, and after how many weeks somebody asks whether it lasted."""

    sustained_weeks: int
    outcomes: Mapping[str, Outcome]


def worklists(day: date) -> Worklists:
    """The edition of the lists that holds on a day; the oldest for a day before any."""
    editions = _worklists(settings.DEFINITIONS, _stamp())
    held = [edition for edition in editions if edition.starts <= day]
    return held[-1] if held else editions[0]


def outcomes() -> Mapping[str, Outcome]:
    """What may come of a contact, by id."""
    return _outcomes(settings.DEFINITIONS, _stamp())


def casework() -> Casework:
    """The rules of support cases."""
    return _casework(settings.DEFINITIONS, _stamp())


def contacting() -> Contacting:
    """What it takes to reach somebody."""
    return _contacting(settings.DEFINITIONS, _stamp())


def risk() -> Risk:
    """The rules about the risk of becoming NEET."""
    return _risk(settings.DEFINITIONS, _stamp())


def stamp() -> int:
    """What changes when any rule or code list does."""
    return max(_stamp(), _stamp("codesets/learners"))


def load_worklists(path: Path, cohort: Cohort) -> tuple[Worklists, ...]:
    """Every edition of a file of worklists, the oldest first; what it shares with the cohort's rules is as those have it.

    Raises RefusedFileError, saying what is wrong.
    """
    with path.open("rb") as file:
        stated = tomllib.load(file)
    try:
        return tuple(sorted((_edition(given, cohort) for given in stated["edition"]), key=lambda edition: edition.starts))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        remedy = f"give each edition its lists, each with title, about and why, and the parts likeness and meeting: {error}"
        raise RefusedFileError([Problem(path.name, None, "edition", "", "readable rules", remedy)]) from error


def _edition(given: Mapping[str, Any], cohort: Cohort) -> Worklists:
    if set(given["list"]) != set(LISTS):
        raise ValueError(f"the lists are {', '.join(LISTS)}")
    shared = {NEET_OVERDUE: {"days": cohort.overdue_days}, AGREED_START_PASSED: {"codes": cohort.agreed_starts}}
    lists = {name: _list(name, {**shared.get(name, {}), **given["list"][name]}) for name in LISTS}
    meeting = given["meeting"]
    if unknown := set(meeting["lists"]) - set(LISTS):
        raise ValueError(f"{', '.join(sorted(unknown))} is no list")
    return Worklists(given["from"], given["confidence"], given["source"], lists, int(given["likeness"]["drawn_by"]),
                     tuple(meeting["lists"]), tuple(meeting["vulnerable_standings"]))


def _list(name: str, given: Mapping[str, Any]) -> Worklist:
    if given["why"] not in _WORTHS:
        raise ValueError(f"why of {name} is one of {', '.join(_WORTHS)}")
    return Worklist(name, given["title"], given["about"], given["why"], given.get("days", 0), frozenset(given.get("codes", ())),
                    frozenset(given.get("families", ())))


def _stamp(folder: str = "rules") -> int:
    return max(path.stat().st_mtime_ns for path in (Path(settings.DEFINITIONS) / folder).iterdir())


def _stated(definitions: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((definitions / "rules" / name).read_text(encoding="utf-8"))


def _named(stated: Mapping[str, Mapping[str, Any]]) -> dict[str, Outcome]:
    return {name: Outcome(name, **given) for name, given in stated.items()}


@lru_cache(maxsize=4)
def _worklists(definitions: Path, stamp: int) -> tuple[Worklists, ...]:
    return load_worklists(definitions / "rules" / "worklists.toml", load_cohort(definitions))


@lru_cache(maxsize=4)
def _outcomes(definitions: Path, stamp: int) -> Mapping[str, Outcome]:
    return _named(_stated(definitions, "contact_outcomes.toml")["outcome"])


@lru_cache(maxsize=4)
def _casework(definitions: Path, stamp: int) -> Casework:
    stated = _stated(definitions, "casework.toml")
    return Casework(stated["sustained_weeks"], _named(stated["outcome"]))


@lru_cache(maxsize=4)
def _contacting(definitions: Path, stamp: int) -> Contacting:
    return load_contacting(definitions)


@lru_cache(maxsize=4)
def _risk(definitions: Path, stamp: int) -> Risk:
    return load_risk(definitions)
