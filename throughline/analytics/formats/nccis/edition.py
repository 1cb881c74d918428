"""The numbered rules of a year's return, as definitions/rules/returns states them: one file an edition."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from throughline.analytics.formats.nccis.record import ELEMENTS, FIELD_OF
from throughline.analytics.participation.stated import Amended, UnfitError, as_parsed, laid_over, whole
from throughline.core.editions import held_on
from throughline.core.problems import Problem, RefusedFileError

WARNING = 3  # the priority of what is told and not counted


class Who(StrEnum):
    """Who can put an error right."""

    TRACKING_OFFICER = "tracking_officer"
    DATA_OFFICER = "data_officer"
    SCHOOL_OR_COLLEGE = "school_or_college"
    SEND_TEAM = "send_team"
    OTHER_AUTHORITY = "other_authority"


WHO_IN_WORDS = {
    Who.TRACKING_OFFICER: "a tracking officer",
    Who.DATA_OFFICER: "a data officer",
    Who.SCHOOL_OR_COLLEGE: "the school or college",
    Who.SEND_TEAM: "the SEND team",
    Who.OTHER_AUTHORITY: "the other authority",
}


@dataclass(frozen=True)
class Rule:
    """One rule. predicate names a function of predicates, given holds what that function is told.

    priority is the department's, 1 the most pressing; 3 is a warning. stated is the first day of the edition that states it,
    which may be another than the one that it holds in. field is the field of a Record that the rule is
    about, element its name in the file. message says what is wrong and what to do. rejects marks a rule that the whole
    file fails by.
    """

    number: int
    priority: int
    field: str
    predicate: str
    message: str
    who: Who
    confidence: str
    rejects: bool
    given: Mapping[str, Any]
    stated: date

    @property
    def element(self) -> str:
        """The name of the field's element."""
        return ELEMENTS.get(self.field, "Activities").rpartition("/")[2]


@dataclass(frozen=True)
class Edition:
    """The rules of returns whose period ends on starts or later. known_in_full is false where only some are known."""

    name: str
    starts: date
    known_in_full: bool
    source: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Editions:
    """Every edition known, the oldest first."""

    editions: tuple[Edition, ...]

    def on(self, period_end: date) -> Edition:
        """The edition that holds for a period; the oldest for a period before any, the newest for one after all."""
        return held_on(self.editions, period_end)

    def caution(self, period_end: date) -> str | None:
        """What must be said of the edition used for a period, when it is not certain to be the right one."""
        edition = self.on(period_end)
        whole = max((each for each in self.editions if each.known_in_full), key=lambda each: each.starts)
        stated = next(each.starts for each in self.editions if each.name == edition.name)  # a number may be otherwise since
        if edition.known_in_full and period_end < _year_after(stated):
            return None
        if period_end < edition.starts:
            return f"The rules for {period_end:%B %Y} are not known; those of {edition.name} were used, the oldest known."
        changes = "" if edition.name == whole.name else f", which are those of {whole.name} with the changes that are known"
        return f"The rules for {period_end:%B %Y} are not known in full; those of {edition.name} were used{changes}."


def _year_after(day: date) -> date:
    return day.replace(year=day.year + 1)


_KEYS = {"number", "priority", "field", "predicate", "message", "who", "confidence", "rejects"}
_REQUIRED = _KEYS - {"rejects"}


# The numbers that may be said otherwise, with what they are called and the least and most that they can be.
_NUMBERS = {"priority": ("The priority", 1, WARNING), "age": ("The age", 0, 30), "years": ("The age", 0, 30),
            "length": ("The length", 1, 40), "from_month": ("The month", 1, 12), "to_month": ("The month", 1, 12)}


def load_editions(definitions: Path, amended: tuple[Amended, ...] = ()) -> Editions:
    """Every edition of definitions/rules/returns, some numbers amended. Raises RefusedFileError, saying what is wrong."""
    stated = {each["name"]: each for each in read_editions(definitions, amended)["edition"]}
    return Editions(tuple(sorted((_edition(name, stated) for name in stated), key=lambda edition: edition.starts)))


def read_editions(definitions: Path, amended: tuple[Amended, ...] = ()) -> dict[str, Any]:
    """The files of definitions/rules/returns as though they were editions of one, each with its name; those amendments that
    fit laid over them. Raises RefusedFileError for a file that cannot be read.
    """
    found = []
    for path in sorted((definitions / "rules" / "returns").glob("*.toml")):
        if path.stem.startswith("layout-"):
            continue
        try:
            found.append({"name": path.stem, **as_parsed(path)})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise _refused(path.stem, "", "readable TOML", str(error)) from error
    return laid_over({"edition": found}, amended)


def _edition(name: str, stated: Mapping[str, Mapping[str, Any]]) -> Edition:
    given = stated[name]
    missing = [key for key in ("from", "known_in_full", "source") if key not in given]
    if missing:
        raise _refused(name, missing[0], "every key of an edition", f"give {', '.join(missing)}")
    return Edition(name, given["from"], given["known_in_full"], given["source"], tuple(_rules(name, stated, ())))


def _rules(name: str, stated: Mapping[str, Mapping[str, Any]], within: Sequence[str]) -> list[Rule]:
    """An edition's own rules, and those of the edition it changes that it neither drops nor states anew."""
    given = stated[name]
    base = given.get("changes")
    if base is not None and (base not in stated or base in (*within, name)):
        raise _refused(name, "changes", "a known edition to change", f"name another file of the folder, not {base}")
    own = [_rule(name, rule, given.get("from", date.min)) for rule in given.get("rule", [])]
    replaced = {rule.number for rule in own} | set(given.get("without", []))
    kept = [rule for rule in _rules(base, stated, (*within, name)) if rule.number not in replaced] if base else []
    return sorted([*kept, *own], key=lambda rule: rule.number)


def _rule(name: str, given: Mapping[str, Any], stated: date) -> Rule:
    number = f"rule {given.get('number', '')}"
    missing = sorted(_REQUIRED - given.keys())
    if missing:
        raise _refused(name, number, "every key of a rule", f"give {', '.join(missing)}")
    if given["who"] not in list(Who):
        raise _refused(name, number, "somebody who can put it right", f"write one of {', '.join(Who)}")
    for key, (called, least, most) in _NUMBERS.items():
        try:
            whole(given.get(key, least), called, least, most)
        except UnfitError as error:
            raise _refused(name, number, "a number that it can have", str(error)) from error
    element = given["field"].casefold()
    if element not in FIELD_OF and element != "activities":
        raise _refused(name, number, "a field of the return", f"{given['field']} is none")
    rest = {key: value for key, value in given.items() if key not in _KEYS}
    if not all(named.casefold() in FIELD_OF for named in rest.get("fields", ())):
        raise _refused(name, number, "fields of the return", f"{', '.join(rest['fields'])}: one of them is none")
    if "fields" in rest:
        rest["fields"] = [FIELD_OF[named.casefold()] for named in rest["fields"]]
    return Rule(given["number"], given["priority"], FIELD_OF.get(element, ""), given["predicate"],
                given["message"], Who(given["who"]), given["confidence"], given.get("rejects", False), rest, stated)


def _refused(name: str, field: str, rule: str, remedy: str) -> RefusedFileError:
    return RefusedFileError([Problem(f"{name}.toml", None, field, "", rule, remedy)])
