"""How many records the next return would have, and errors of each priority, were a code or a rule said otherwise."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from throughline.analytics.formats.nccis.edition import WARNING, Edition
from throughline.analytics.participation.cohort import UPPER_AGE
from throughline.apps.codelists.ruling import RETURNS, supposed
from throughline.apps.learners.models import Learner
from throughline.apps.learners.return_rules import editions
from throughline.apps.learners.returned import Composed, composed_of
from throughline.apps.learners.would_change import Change, Table
from throughline.apps.returns.checking import Checked
from throughline.apps.returns.queries import reported_leavers
from throughline.core.periods import month_end
from throughline.ui.formats import month, number

_GO_BY = {"activity", "authority_number", "characteristic", "cohort_status", "currency", "cohort", RETURNS}
_PRIORITIES = range(1, WARNING)


@dataclass(frozen=True)
class _Found:
    """How many records a return has by cohort status, and how many errors by rule, each with its priority and number."""

    records: Counter[str]
    errors: Counter[tuple[int, int]]

    def of(self, priority: int) -> int:
        return sum(many for (of, _), many in self.errors.items() if of == priority)


def would_return(change: Change) -> Table | str:
    """The records and the errors of the return of the month that is open by what holds, and by what is said."""
    end = month_end(change.day)
    if change.name not in _GO_BY | _listed(editions().on(end)):
        return "the next return"
    area = change.user.area
    composed, learners = composed_of(area, end, reported=reported_leavers(area, end)), list(change.learners.order_by("number"))
    now = _found(learners, composed, Checked(area, end))
    with supposed(change.name, change.then):
        then = _found(learners, composed.by_rules_of_now(), Checked(area, end))
    rows = [("Records", now.records.total(), then.records.total()),
            *((f"Errors of priority {priority}", now.of(priority), then.of(priority)) for priority in _PRIORITIES),
            ("Warnings", now.of(WARNING), then.of(WARNING)), *_by_rule(now, then)]
    return Table("return", f"What the return of {month(end)} would have, as the register is now", "In the return", rows,
                 _of_leavers(now, then))


def _of_leavers(now: _Found, then: _Found) -> str:
    """Why the records do not go by who would be tracked; nothing where they do."""
    before, after = now.records[UPPER_AGE], then.records[UPPER_AGE]
    if before == after:
        return ""
    return (f"Of the records, {number(before)} by what holds and {number(after)} by what you say are of young people who have "
            "grown too old to be tracked: they are returned once more, as leavers.")


def _listed(edition: Edition) -> set[str]:
    """The lists that the rules of an edition go by."""
    return {rule.given["codeset"] for rule in edition.rules if "codeset" in rule.given}


def _found(learners: Iterable[Learner], composed: Composed, checked: Checked) -> _Found:
    records = Counter(record.cohort_status for record in checked.through(filter(None, map(composed.record, learners))))
    return _Found(records, Counter((error.rule.priority, error.rule.number) for error in checked.errors))


def _by_rule(now: _Found, then: _Found) -> list[tuple[str, int, int]]:
    """The rules of which there would be more errors, or fewer."""
    return [(f"Rule {number}, of priority {priority}", now.errors[priority, number], then.errors[priority, number])
            for priority, number in sorted(now.errors.keys() | then.errors.keys())
            if now.errors[priority, number] != then.errors[priority, number]]
