"""What is wrong in a month as one reader is told of it: whose records, where they are now, and all of it or one place's."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.http import urlencode

from throughline.analytics.formats.nccis.edition import WHO_IN_WORDS, Who
from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners.models import Learner
from throughline.apps.learners.queries import listed, seen_by
from throughline.apps.learners.whereabouts import Place, places_now
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.month import RuleCount, WhoCount, errors_by_rule, errors_by_who, errors_shown
from throughline.apps.returns.queries import numbers_guarded_from, numbers_shut_to
from throughline.ui.downloads import Column
from throughline.ui.formats import count

NO_PLACE = "none"  # asked for in place of a number: those who are at no school or college that we know of
COLUMNS = [Column(name, heading) for name, heading in (
    ("rule", "Rule"), ("priority", "Priority"), ("who", "Who can put it right"), ("place", "Where they are now"),
    ("number", "Learner's number"), ("name", "Name"), ("field", "Field"), ("value", "Value"), ("message", "What to do"),
)]
NOTES = ["Where they are now and what they are called is as the register has it today, and as far as you may see it.",
         "These are young people's names: keep the file no longer than it is needed, and pass it to nobody who may not see them.",
         "Of a restricted record neither name nor place is told, and it is in no list of one place."]


class Whose(NamedTuple):
    """Somebody whom a month names: their key in the register, what they are called and where they are; empty and None where
    there is neither or the reader is told neither.
    """

    learner: int
    name: str = ""
    place: Place | None = None


@dataclass(frozen=True)
class Wrong:
    """What is wrong in a month. place and who are what it is narrowed to; empty for all of it."""

    close: MonthClose
    whose: Mapping[str, Whose]
    shut: Collection[str]
    guarded: Callable[[], Collection[str]] = field(repr=False)
    place: str = ""
    who: str = ""

    @cached_property
    def errors(self) -> list[dict[str, Any]]:
        """The errors, as the month keeps them, of the place and of whom it is narrowed to."""
        return [error for error in self.close.errors
                if self.who in ("", error["who"]) and (not self.place or self._at(error) == self.place)]

    @cached_property
    def rules(self) -> list[RuleCount]:
        """How many of each rule."""
        return errors_by_rule(self.errors, self.shut)

    @property
    def by_who(self) -> list[WhoCount]:
        """How many each can put right, of the whole month."""
        return errors_by_who(self.close)

    @cached_property
    def places(self) -> list[tuple[str, str]]:
        """What it can be narrowed to: each place with how many errors there are, by its name; last those who are at none."""
        found: dict[str, int] = {}
        for error in self.close.errors:
            found[at] = found.get(at := self._at(error), 0) + 1
        words = {each.place.number: each.place.words for each in self.whose.values() if each.place} | {
            NO_PLACE: "No school or college that we know of"}
        named = sorted(((at, words[at]) for at in found if at in words), key=lambda each: (each[0] == NO_PLACE, each[1]))
        return [(at, f"{said} ({count(found[at], 'error')})") for at, said in named]

    @property
    def whos(self) -> list[tuple[str, str]]:
        """Whose errors it can be narrowed to, by who can put them right."""
        return [(str(who), words) for who, words in WHO_IN_WORDS.items() if any(e["who"] == who for e in self.close.errors)]

    def query(self, **more: str) -> str:
        """What it is narrowed to, for the address of its file."""
        asked = {**more, **{name: said for name, said in (("place", self.place), ("who", self.who)) if said}}
        return f"?{urlencode(asked)}" if asked else ""

    def rows(self) -> list[dict[str, Any]]:
        """The errors for the file, with whose they are and who can put them right in words."""
        return [{**error, **self._called(error["number"]), "who": WHO_IN_WORDS[Who(error["who"])]}
                for error in errors_shown(self.errors, self.shut, self.guarded())]

    def _called(self, number: str) -> dict[str, str]:
        whose = self.whose.get(number)
        return {"number": number.lstrip("0"), "name": whose.name if whose else "",
                "place": whose.place.words if whose and whose.place else ""}

    def _at(self, error: Mapping[str, Any]) -> str:
        """The number of the place of whom an error is of; empty for a restricted record, which is in no list of one place."""
        if error["number"] in self.shut:
            return ""
        whose = self.whose.get(error["number"])
        return whose.place.number if whose and whose.place else NO_PLACE


def wrong_in(close: MonthClose, user: User, asked: Mapping[str, str]) -> Wrong:
    """What is wrong in a month as a user is told of it, narrowed as asked by place and who."""
    shut = numbers_shut_to(user, close.area)
    named = whose(close, user, shut)
    return Wrong(close, named, shut, lambda: numbers_guarded_from(user, close.area), asked.get("place", ""), asked.get("who", ""))


def whose(close: MonthClose, user: User, shut: Collection[str]) -> dict[str, Whose]:
    """Everybody whom a month names that is in the register, by their number in the return."""
    keys = _keys(close.area, {each["number"] for each in (*close.moved, *close.errors)})
    open_to_all = [key for number, key in keys.items() if number not in shut]
    seen = listed(seen_by(user)).in_bulk(open_to_all)
    places = places_now(seen, may(user, Permission.SEE_SENSITIVE))
    return {number: Whose(key, _name(seen.get(key)), places.get(key)) for number, key in keys.items()}


def _keys(area: str, numbers: Collection[str]) -> dict[str, int]:
    held: Iterable[Learner] = Learner.objects.filter(area=area).only("pk", "number")
    return {each.return_number: each.pk for each in held if each.return_number in numbers}


def _name(learner: Learner | None) -> str:
    called = learner.called if learner else None
    return f"{called.given} {called.family}" if called else ""
