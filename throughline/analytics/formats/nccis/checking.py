"""Checks one record by every rule that concerns a record alone, whether it comes from a file, a form or an import."""

import re
from collections.abc import Callable, Sequence
from operator import getitem, itemgetter
from typing import Any, NamedTuple

from throughline.analytics.formats.nccis.across import ACROSS, Clashing
from throughline.analytics.formats.nccis.days import Days
from throughline.analytics.formats.nccis.edition import WARNING, Edition, Rule
from throughline.analytics.formats.nccis.known import Births, Codes, Given, Setting
from throughline.analytics.formats.nccis.predicates import OF_VALUE, OfValue
from throughline.analytics.formats.nccis.predicates_between import BETWEEN, Fails
from throughline.analytics.formats.nccis.record import PLACE, Record
from throughline.core.problems import Problem, RefusedFileError

NO_ACTIVITIES = "no_activities"  # found in reading: a record as it is here always has a place for its activity
_APART = ACROSS | {NO_ACTIVITIES}
_HELD = 20_000  # values remembered of one field
# Fields whose values are too many to be worth remembering, in the order in which they are tested.
_UNREPEATED = ("young_persons_id", "given_name", "family_name", "unique_learner_no", "unique_pupil_number")


class Error(NamedTuple):
    """A record that fails a rule. line is where the record began in its file, 0 outside one.

    message names nobody. Of a rule that compares records, place is the record's in its file, counted from 1, and others are
    those that it clashes with: who they are may not be for everybody who may read the message.
    """

    rule: Rule
    learner: str
    value: str
    message: str
    line: int
    place: int = 0
    others: tuple[Clashing, ...] = ()

    @property
    def is_warning(self) -> bool:
        """Whether it is told only, and does not count as an error."""
        return self.rule.priority >= WARNING

    @property
    def sentence(self) -> str:
        """The message with the others that the record clashes with, for whoever holds the file itself."""
        return with_others(self.message, [other.learner for other in self.others])

    def as_dict(self) -> dict[str, str | int]:
        """The error as plain values, for a program of whoever holds the file itself."""
        return {"rule": self.rule.number, "priority": self.rule.priority, "learner": self.learner,
                "field": self.rule.element, "value": self.value, "message": self.sentence}


class _Outcomes(dict[Any, tuple[Rule, ...]]):
    """The rules of one field that each value met so far fails."""

    def __init__(self, tests: Sequence[tuple[Rule, OfValue]]) -> None:
        super().__init__()
        self._tests = tests

    def __missing__(self, value: Any) -> tuple[Rule, ...]:
        if len(self) >= _HELD:
            self.clear()
        failed = self[value] = tuple([rule for rule, fails in self._tests if fails(value)])
        return failed


class Context:
    """Every rule of an edition made ready for one setting. Make one for a file, or for a month of data entry.

    Raises RefusedFileError naming a rule whose predicate there is not, or that lacks what its predicate needs.
    """

    def __init__(self, edition: Edition, codes: Codes, setting: Setting) -> None:
        self.edition, self.setting = edition, setting
        self.days = Days()
        self.births = Births(setting.period_end, self.days)
        self.apart: dict[str, Rule] = {}
        of_value: dict[str, list[tuple[Rule, OfValue]]] = {}
        self._always: list[tuple[Rule, Fails]] = []
        self._when: dict[str, list[tuple[Rule, Fails]]] = {}
        self._by_code: dict[str, list[tuple[Rule, Fails]]] = {}
        for rule in edition.rules:
            given = Given(rule.field, rule.given, codes, setting, self.days)
            if rule.predicate in _APART:
                self.apart[rule.predicate] = rule
            elif rule.predicate in OF_VALUE:
                of_value.setdefault(rule.field, []).append((rule, _made(rule, OF_VALUE[rule.predicate], given)))
            else:
                self._add(rule, given)
        self._of_unrepeated = [(PLACE[field], *test) for field in _UNREPEATED for test in of_value.pop(field, ())]
        self._pick = _picker([PLACE[field] for field in of_value])
        self._outcomes = [_Outcomes(tests) for tests in of_value.values()]
        self._guarded = [(PLACE[field], tests) for field, tests in self._when.items()]

    def _add(self, rule: Rule, given: Given) -> None:
        test = _made(rule, BETWEEN.get(rule.predicate), given)
        if test.codes is not None:
            for code in test.codes:
                self._by_code.setdefault(code, []).append((rule, test.fails))
        elif test.when is not None:
            self._when.setdefault(test.when, []).append((rule, test.fails))
        else:
            self._always.append((rule, test.fails))

    def failed(self, record: Record) -> list[Rule]:
        """The rules a record fails, in no order; each stands there once."""
        failed: list[Rule] = []
        for rules in filter(None, map(getitem, self._outcomes, self._pick(record))):
            failed += rules
        for place, rule, wrong in self._of_unrepeated:
            if wrong(record[place]):
                failed.append(rule)
        born = self.births[record.dob]
        for rule, fails in self._always:
            if fails(record, born):
                failed.append(rule)
        for place, tests in self._guarded:
            if record[place]:
                for rule, fails in tests:
                    if fails(record, born):
                        failed.append(rule)
        for rule, fails in self._by_code.get(record.activity_code, ()):
            if fails(record, born):
                failed.append(rule)
        return failed


def _picker(places: Sequence[int]) -> Callable[[Record], tuple[Any, ...]]:
    """What takes the values in some places out of a record, as a tuple whatever their number."""
    return itemgetter(*places) if len(places) > 1 else lambda record: tuple(record[place] for place in places)


def _made(rule: Rule, maker: Callable[[Given], Any] | None, given: Given) -> Any:
    try:
        if maker is None:
            raise KeyError(rule.predicate)
        return maker(given)
    except (KeyError, re.error) as missing:
        words = f"rule {rule.number} needs {missing}, which is not there or cannot be read"
        raise RefusedFileError([Problem("rules of the return", None, f"rule {rule.number}", rule.predicate,
                                        "a predicate with what it needs", words)]) from missing


def with_others(message: str, others: Sequence[str]) -> str:
    """A rule's message with the others that a record clashes with, as they may be called to whoever reads it."""
    return f"{message} The other: {', '.join(others)}." if others else message


def check_record(record: Record, context: Context) -> list[Error]:
    """Everything wrong with one record, by rule number. Rules that compare records of a file are not among them."""
    failed = context.failed(record)
    if not failed:
        return []
    return [error_of(rule, record) for rule in sorted(failed, key=lambda rule: rule.number)]


def error_of(rule: Rule, record: Record) -> Error:
    """A record's failing of a rule, with the value of the field that the rule is about."""
    value = getattr(record, rule.field) if rule.field else ""
    printed = value if isinstance(value, str) else ", ".join(value)
    return Error(rule, record.young_persons_id, printed, rule.message, record.line)
