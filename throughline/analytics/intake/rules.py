"""How files about young people are brought in: the dated rules of definitions/rules/intake.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from throughline.analytics.participation.cohort import Edition
from throughline.analytics.participation.currency import Edition as CurrencyEdition
from throughline.analytics.participation.stated import Amended, stated_editions, whole

_YEAR = 366  # days


@dataclass(frozen=True)
class Rules:
    """One edition: days within which two starts are the same, days that rows are kept, guarantee codes that say nothing,
    activities of one kind, which keep their place, those that somebody can have left of whom a list says only that they did, and
    codes that say only that nobody knows, by the field; no_reason_given are activities that do not even say why. at_a_place are
    activities that happen where a list is from, compulsory those of compulsory school age, and open_ended those of which nobody
    plans the end: NEET, and not known. cohort says who is of an age to be tracked, and currency how long what is held stays
    current; without them nobody is looked at for that.
    """

    starts: date
    same_start_days: int
    kept_days: int
    nothing_recorded: frozenset[str]
    one_kind: tuple[frozenset[str], ...]
    can_be_left: frozenset[str] = frozenset()
    says_nothing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    at_a_place: frozenset[str] = frozenset()
    no_reason_given: frozenset[str] = frozenset()
    compulsory: frozenset[str] = frozenset()
    cohort: Edition | None = None
    currency: CurrencyEdition | None = None
    open_ended: frozenset[str] = frozenset()

    def of_one_kind(self, *codes: str) -> bool:
        """Whether activities are of one kind; whether one is of any."""
        return any(kind.issuperset(codes) for kind in self.one_kind)

    def says_something(self, name: str, code: str) -> bool:
        """Whether a code of a field (activity, leaving_reason or intended_next) says more than that nobody knows."""
        return bool(code) and code not in self.says_nothing.get(name, ())


def load_rules(definitions: Path, amended: tuple[Amended, ...] = ()) -> tuple[Rules, ...]:
    """Every edition, the oldest first, some numbers amended. Raises RefusedFileError, saying what is wrong."""
    return stated_editions(definitions / "rules" / "intake.toml", amended, _edition,
                           "give each edition its date, two numbers of days, codes and kinds of activities")


def _edition(given: Mapping[str, Any]) -> Rules:
    return Rules(given["from"], whole(given["same_start_days"], "The days", 0, _YEAR),
                 whole(given["kept_days"], "The days", 1, _YEAR), frozenset(given["nothing_recorded"]),
                 tuple(frozenset(kind["codes"]) for kind in given["one_kind"]), frozenset(given["can_be_left"]),
                 {name: frozenset(codes) for name, codes in given["says_nothing"].items()}, frozenset(given["at_a_place"]),
                 frozenset(given["no_reason_given"]))
