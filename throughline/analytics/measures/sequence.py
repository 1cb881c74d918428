"""Which period of a measure follows which, which is the latest, and where a series is broken."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from throughline.analytics.measures.definition import Measure
from throughline.core.periods import Period, PeriodKind, parse_period
from throughline.core.statuses import Status

# The most settled first. Within a period the most settled release is preferred; a provisional one is
# never the latest unless nothing else has been published, or it is asked for.
SETTLED_ORDER = (Status.FINAL.value, Status.REVISED.value, Status.PROVISIONAL.value)


@dataclass(frozen=True)
class Issue:
    """One period of one measure in one release status, and what it is compared with."""

    number: int  # stands for measure, period and release status together
    measure: str
    period: Period
    vintage: str
    has_values: bool
    preferred: bool = False
    latest: bool = False
    newest: bool = False
    previous: "Issue | None" = None

    def as_row(self) -> dict:
        """The issue as plain values for the warehouse; previous_* are None where no comparison is right."""
        before = self.previous
        return {
            "issue": self.number,
            "measure": self.measure,
            "period_start": self.period.start,
            "period_end": self.period.end,
            "vintage": self.vintage,
            "preferred": self.preferred,
            "latest": self.latest,
            "newest": self.newest,
            "previous_period": before.period.label if before else None,
            "previous_issue": before.number if before else None,
        }


def sequence(
    found: Iterable[tuple[str, str, str, date, date, str, bool]], measures: Mapping[str, Measure]
) -> list[Issue]:
    """Put every period found in order.

    found holds (measure, label, kind, start, end, vintage, has any value) once for each period and
    release status of each measure. A period is compared with the one exactly a year before it, in that
    one's most settled release, and never across a break in the series.
    """
    by_measure: dict[str, list[Issue]] = defaultdict(list)
    for number, (measure, label, kind, start, end, vintage, has_values) in enumerate(found):
        period = Period(label, PeriodKind(kind), start, end)
        by_measure[measure].append(Issue(number, measure, period, vintage, has_values))
    return [issue for id, issues in by_measure.items() for issue in _linked(issues, break_starts(measures[id]))]


def break_starts(measure: Measure) -> list[date]:
    """The first day of each period that starts a new series."""
    return [parse_period(entry.period, measure.year_type)[0].start for entry in measure.breaks]


def crosses_break(earlier: date, later: date, breaks: Iterable[date]) -> bool:
    """Whether a series is broken between two periods, given the first days of both."""
    return any(earlier < start <= later for start in breaks)


def _linked(issues: list[Issue], breaks: list[date]) -> list[Issue]:
    preferred = _preferred(issues)
    with_values = [issue for issue in preferred if issue.has_values]
    settled = [issue for issue in with_values if issue.vintage != Status.PROVISIONAL]
    latest = next(reversed(settled or with_values), None)
    newest = next(reversed(with_values), None)
    return [
        replace(issue, preferred=issue in preferred, latest=issue is latest, newest=issue is newest,
                previous=_previous(issue, preferred, breaks))
        for issue in issues
    ]


def _preferred(issues: list[Issue]) -> list[Issue]:
    """The most settled issue with values of each period, earliest period first."""
    best: dict[tuple[date, date], Issue] = {}
    for issue in sorted(issues, key=lambda issue: (not issue.has_values, SETTLED_ORDER.index(issue.vintage))):
        best.setdefault((issue.period.start, issue.period.end), issue)
    return sorted(best.values(), key=lambda issue: (issue.period.end, issue.period.start))


def _previous(issue: Issue, preferred: list[Issue], breaks: list[date]) -> Issue | None:
    for earlier in preferred:
        if issue.period.follows(earlier.period):
            return None if crosses_break(earlier.period.start, issue.period.start, breaks) else earlier
    return None
