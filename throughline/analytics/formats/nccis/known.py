"""What the rules must know beside a record: the period, the header, the code lists of the day, and the record's days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from throughline.analytics.formats.nccis.days import Days
from throughline.analytics.participation.codesets import CodeSet, load_codesets
from throughline.core.ages import academic_age, year_group

AUTHORITIES = "authority_number"
_CLASSES = {"families": "family", "groups": "group"}  # by which a rule is of a class of a list's codes, with the list's column
_ALL_BUT = "except_groups"
_OF_CODES = {"codes", "codeset", "authorities", *_CLASSES, _ALL_BUT}  # a rule is of codes that says any of these


@dataclass(frozen=True)
class Codes:
    """Every code list, and the authorities that are known here beside the department's own."""

    lists: Mapping[str, CodeSet]
    more_authorities: frozenset[str] = frozenset()

    def on(self, name: str, day: date) -> frozenset[str]:
        """The codes of a list that may be used on a day."""
        return self.lists[name].usable(day)

    def authorities(self, day: date, pseudo: bool) -> frozenset[str]:
        """Numbers of the authorities of a day, with those that stand for places outside England when pseudo."""
        kinds = ("real", "pseudo") if pseudo else ("real",)
        return (self.on(AUTHORITIES, day) & self.lists[AUTHORITIES].where(day, "kind", *kinds)) | self.more_authorities


def load_codes(definitions: Path, more_authorities: frozenset[str] = frozenset()) -> Codes:
    """The lists of definitions/codesets/learners; more_authorities are numbers to count as authorities too."""
    return Codes(load_codesets(definitions), more_authorities)


@dataclass(frozen=True)
class Born:
    """What a printed date of birth says at a period's end; every part None where it cannot be read."""

    birth: date | None
    age: int | None  # academic
    year: int | None  # school year group


class Births(dict[str, Born]):
    """Every date of birth met, worked out once for the period's end."""

    def __init__(self, period_end: date, days: Days) -> None:
        super().__init__()
        self._period_end, self._days = period_end, days

    def __missing__(self, printed: str) -> Born:
        birth = self._days[printed]
        if len(self) > 50_000:
            self.clear()
        end = self._period_end
        born = self[printed] = Born(birth, academic_age(birth, end), year_group(birth, end)) if birth else Born(None, None, None)
        return born


@dataclass(frozen=True)
class Setting:
    """Where a record is checked: at which period's end, and in a file of which authorities and databases.

    authorities and database_ids are None where a record is checked apart from any file, as when it is typed.
    """

    period_end: date
    authorities: frozenset[str] | None = None
    database_ids: frozenset[str] | None = None


class Given:
    """What a rule of the edition is told, with its code lists looked up for the period. field is what it is about."""

    def __init__(self, field: str, given: Mapping[str, Any], codes: Codes, setting: Setting, days: Days) -> None:
        self._given, self._codes = given, codes
        self.field, self.setting, self.days = field, setting, days

    def __getitem__(self, key: str) -> Any:
        return self._given[key]

    def get(self, key: str, default: Any = None) -> Any:
        """What the rule says of key, or default."""
        return self._given.get(key, default)

    @property
    def is_of_codes(self) -> bool:
        """Whether the rule says which codes it is of, one by one or by a list or a class."""
        return not _OF_CODES.isdisjoint(self._given)

    def codes(self) -> frozenset[str]:
        """The codes that the rule is of: named one by one, a list of the day or a class of it, or the authorities of the day."""
        day = self.setting.period_end
        if "authorities" in self._given:
            return self._codes.authorities(day, pseudo=self._given["authorities"] == "real_or_pseudo")
        if "codeset" not in self._given:
            return frozenset(self._given["codes"])
        listed = self._codes.lists[self._given["codeset"]]
        found = listed.usable(day)
        if "only_where" in self._given:
            found &= listed.where(day, self._given["only_where"], "yes")
        for key, fact in _CLASSES.items():
            if key in self._given:
                found &= listed.where(day, fact, *self._given[key])
        return found - listed.where(day, "group", *self._given[_ALL_BUT]) if _ALL_BUT in self._given else found
