"""The rules that compare the records of a file with each other, from a few numbers kept of each record.

What is kept of a record is 29 bytes, so that a file of half a million records needs some 15 MB here.
"""

from array import array
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from throughline.analytics.formats.nccis.days import without_midnight
from throughline.analytics.formats.nccis.record import Record

REPEATED_ID, SHARED_LEARNER_NUMBER, SHARED_NAME = "repeated_id", "shared_learner_number", "shared_name"
ACROSS = frozenset({REPEATED_ID, SHARED_LEARNER_NUMBER, SHARED_NAME})
_NONE = 0
_MOST_DIGITS = 18  # of a number that fits in eight bytes
_NAMED = 3  # other learners named beside one
_PLAIN, _GUARANTEE, _MERGED = 0, 1, 2
_STATUS = {"G": _GUARANTEE, "M": _MERGED}


class Clashing(NamedTuple):
    """A record that clashes with another: its learner's identifier, and its place in the file, counted from 1."""

    learner: str
    place: int


class Finding(NamedTuple):
    """A learner who fails a rule that compares records: value is what they share, others whom they share it with.

    The record begins on a line, as others of the file may: place, counted from 1, is its own.
    """

    predicate: str
    learner: str
    value: str
    others: tuple[Clashing, ...]
    line: int
    place: int


class _Numbers:
    """Printed numbers as eight bytes each, and back: those that are no plain number are kept as they are."""

    def __init__(self) -> None:
        self._odd: dict[str, int] = {}
        self._printed: list[str] = []

    def of(self, printed: str) -> int:
        """A number that stands for what was printed, and for nothing else."""
        if printed.isdecimal() and printed.isascii() and printed[0] != "0" and len(printed) <= _MOST_DIGITS:
            return int(printed)
        if not printed:
            return _NONE
        place = self._odd.setdefault(printed, len(self._odd))
        if place == len(self._printed):
            self._printed.append(printed)
        return -1 - place

    def printed(self, number: int) -> str:
        """What a number of ours stands for."""
        if number < 0:
            return self._printed[-1 - number]
        return str(number) if number != _NONE else ""


class Across:
    """Takes note of every record, and says at the end which of them clash."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._ids, self._learner_numbers, self._names = array("q"), array("q"), array("q")
        self._statuses, self._lines = bytearray(), array("I")

    def add(self, record: Record) -> None:
        """Take note of a record."""
        self._ids.append(self._numbers.of(record.young_persons_id))
        self._learner_numbers.append(self._numbers.of(record.unique_learner_no))
        named = record.given_name and record.family_name and record.dob
        self._names.append(hash((record.given_name, record.family_name, without_midnight(record.dob))) if named else _NONE)
        self._statuses.append(_STATUS.get(record.cohort_status, _PLAIN))
        self._lines.append(record.line)

    def __len__(self) -> int:
        return len(self._ids)

    def findings(self) -> Iterator[Finding]:
        """Every learner who fails one of ACROSS, each once for what they share, in the order of the file."""
        yield from self._repeated()
        yield from self._shared(SHARED_LEARNER_NUMBER, self._learner_numbers, _MERGED)
        yield from self._shared(SHARED_NAME, self._names, None)

    def _repeated(self) -> Iterator[Finding]:
        for number, places in self._clashes(self._ids).items():
            counted = [place for place in places if self._statuses[place] != _GUARANTEE]
            if len(counted) > 1:
                learner = self._numbers.printed(number)
                yield Finding(REPEATED_ID, learner, learner, (), self._lines[counted[1]], counted[1] + 1)

    def _shared(self, predicate: str, values: "array[int]", left_out: int | None) -> Iterator[Finding]:
        for number, places in self._clashes(values).items():
            sharers = {self._ids[place]: place for place in reversed(places) if self._statuses[place] != left_out}
            if len(sharers) < 2:
                continue
            printed = self._numbers.printed(number) if predicate == SHARED_LEARNER_NUMBER else ""
            learners = sorted(sharers, key=sharers.__getitem__)
            for learner in learners:
                others = [other for other in learners[: _NAMED + 1] if other != learner][:_NAMED]
                clashing = tuple(Clashing(self._numbers.printed(other), sharers[other] + 1) for other in others)
                place = sharers[learner]
                yield Finding(predicate, self._numbers.printed(learner), printed, clashing, self._lines[place], place + 1)

    @staticmethod
    def _clashes(values: "array[int]") -> Mapping[int, list[int]]:
        """The values that stand more than once, each with the places of the records that have it."""
        repeated = {one for one, other in pairwise(sorted(values)) if one == other and one != _NONE}
        places: dict[int, list[int]] = {}
        if repeated:
            for place, value in enumerate(values):
                if value in repeated:
                    places.setdefault(value, []).append(place)
        return places
