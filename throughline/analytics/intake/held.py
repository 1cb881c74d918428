"""What is held of somebody, and a change of it, as plain values: what a row is compared with, and what comes of that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

NAME, ADDRESS, IDENTIFIER, TRAIT, ACTIVITY = "name", "address", "identifier", "trait", "activity"
LEVEL, GUARANTEE, CONTACT, MEMBERSHIP = "level of need", "guarantee", "contact", "membership"
# What is kept once, and what it is while nobody has said.
UNKNOWN: Mapping[str, Any] = {"born": None, "gender": "U", "ethnic_group": "NOBT", "school_at_16": "", "area_at_16": "",
                              "intended_destination": ""}


@dataclass(frozen=True)
class Belief:
    """One belief: its kind, its fields by the register's names, and its number there; key is None for one still to be added.

    from_return says that a return brought it.
    """

    kind: str
    values: Mapping[str, Any]
    key: int | None = None
    from_return: bool = False

    def again(self, **changed: Any) -> "Belief":
        """The same belief with some of it said otherwise, still to be added."""
        return Belief(self.kind, {**self.values, **changed}, None, self.from_return)

    def day(self, name: str) -> date:
        """A day of it; the first there is where nobody has said."""
        found = self.values.get(name)
        return found if isinstance(found, date) else date.min


@dataclass(frozen=True)
class Change:
    """One change: what of, how, and before and after in words; the beliefs that cease and those that come in their place.

    A change of what is kept once names the field as what, and has its values before and after.
    """

    what: str
    how: str
    before: str
    after: str
    ceases: tuple[Belief, ...] = ()
    comes: tuple[Belief, ...] = ()
    value: Any = None

    def as_json(self) -> dict[str, str]:
        """The change as it is shown."""
        return {"what": self.what, "how": self.how, "before": self.before, "after": self.after}


@dataclass(frozen=True)
class Note:
    """Something of a row that was left as it is, for somebody to look at: which field, its value, why, and what to do.

    column is the place, from 0, of the column of a list in which a cell was not understood; its field is what that was taken for.
    code is what was understood of an activity, whose value may be the file's own words.
    who can put it right is said of a rule of the return, by its id, and so are its number and priority. others are the records of
    the file that a row clashes with, each as (identifier, place in the file).
    """

    field: str
    value: str
    rule: str
    remedy: str
    who: str = ""
    others: tuple[tuple[str, int], ...] = ()
    number: int = 0
    priority: int = 0
    column: int | None = None
    code: str = ""


@dataclass(frozen=True)
class Held:
    """Somebody as they are held: what is kept once, by the register's names, and their beliefs.

    details_key is the number in the register of what is kept once; None where nothing is. returned_by has the identifiers that
    our own return writes for them, by scheme: one that comes back says nothing new.
    Nothing that is held of somebody restricted is repeated where a file is shown.
    """

    details: Mapping[str, Any] = field(default_factory=lambda: dict(UNKNOWN))
    beliefs: tuple[Belief, ...] = ()
    protected_address: bool = False
    restricted: bool = False
    details_key: int | None = None
    returned_by: Mapping[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> list[Belief]:
        """Beliefs of a kind."""
        return [belief for belief in self.beliefs if belief.kind == kind]

    def going_on(self, kind: str) -> list[Belief]:
        """Beliefs of a kind that have no last day."""
        return [belief for belief in self.beliefs if belief.kind == kind and belief.values.get("ends") is None]

    def after(self, changes: Iterable[Change]) -> "Held":
        """The same person once changes are made."""
        details, beliefs = dict(self.details), list(self.beliefs)
        for change in changes:
            if change.what in UNKNOWN:
                details[change.what] = change.value
            for belief in change.ceases:
                beliefs.remove(belief)
            beliefs.extend(change.comes)
        return replace(self, details=details, beliefs=tuple(beliefs))


def in_words(day: date | None) -> str:
    """A day as people write it; nothing for None."""
    return f"{day.day} {day:%B %Y}" if day else ""
