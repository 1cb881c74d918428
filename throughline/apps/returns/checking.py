"""What is wrong in a month's records, grouped by who can put it right, and how far the headline could move if all were."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from throughline.analytics.formats.nccis.across import Across
from throughline.analytics.formats.nccis.check import errors_between
from throughline.analytics.formats.nccis.checking import Error, check_record
from throughline.analytics.formats.nccis.edition import WARNING
from throughline.analytics.formats.nccis.record import Record
from throughline.analytics.participation.swing import Swing
from throughline.apps.learners.codes import cohort
from throughline.apps.learners.identified import Identified
from throughline.apps.learners.return_rules import context, editions


class Checked:
    """Records let through one by one, each checked by every rule; errors has what was found, once all are through."""

    def __init__(self, area: str, month_end: date) -> None:
        self.edition, self.caution = editions().on(month_end), editions().caution(month_end)
        self._context = context(area, month_end)
        self._across = Across()
        self.errors: list[Error] = []

    def through(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records as they came; rules between records are seen to after the last."""
        for record in records:
            self._across.add(record)
            self.errors += check_record(record, self._context)
            yield record
        self.errors += errors_between(self._across, self._context)


def as_kept(errors: Iterable[Error], identified: Identified) -> list[dict[str, Any]]:
    """Errors as a month keeps them: by rule, and by the learner's number in the authority.

    The message names nobody: others are the numbers of those whose records it clashes with.
    """
    return [
        {"rule": error.rule.number, "priority": error.rule.priority, "who": str(error.rule.who),
         "number": identified.number(error.learner), "field": error.rule.element, "value": error.value, "message": error.message,
         "others": [identified.number(other.learner) for other in error.others]}
        for error in sorted(errors, key=lambda error: (error.rule.priority, error.rule.number, error.learner))
    ]


def could_move(
    kept: Iterable[Mapping[str, Any]], standings: Mapping[str, str], among: int,
) -> dict[str, dict[str, float | None]]:
    """By how many points NEET or not known could fall and rise at most, by who can put errors right, were all of theirs put
    right; under ALL were everybody's, where whoever several can put right counts once.

    standings are what those of the headline's ages count as, by their numbers in the return, among how many it counts.
    """
    people: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for error in kept:
        people[error["number"]].append((error["who"], error["field"], error["priority"] >= WARNING))
    swing = Swing(cohort())
    for number, errors in people.items():
        swing.person(errors, standings.get(number))
    return {"could_fall": swing.falls(among), "could_rise": swing.rises(among)}
