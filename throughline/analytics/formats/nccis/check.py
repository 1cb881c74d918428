"""Checks a whole return by every rule of its year, and says whether the department would take it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from throughline.analytics.formats.nccis.across import SHARED_NAME, Across
from throughline.analytics.formats.nccis.checking import NO_ACTIVITIES, Context, Error, check_record
from throughline.analytics.formats.nccis.edition import Editions
from throughline.analytics.formats.nccis.known import Codes, Setting
from throughline.analytics.formats.nccis.reading import Return, open_return
from throughline.analytics.formats.nccis.record import Header, Record
from throughline.core.problems import Problem, RefusedFileError

Take = Callable[[Sequence[Error]], None]  # what is given errors as they are found
Watch = Callable[[Record, Sequence[Error]], None]  # what is shown every record, with what it fails by itself


@dataclass
class Report:
    """What was found in a return. rejected says in words why the department would take none of it, or is None.

    records counts those that were read; errors are in the order of the file, those between records last, and none where
    they were handed to somebody else; found counts them all the same, warnings among them. edition is the name of the
    rules used and caution what must be said of them; both are empty when there was no header to tell.
    """

    file: str
    records: int = 0
    rejected: str | None = None
    errors: list[Error] = field(default_factory=list)
    found: int = 0
    notes: list[Problem] = field(default_factory=list)
    edition: str = ""
    caution: str | None = None
    header: Header | None = None

    @property
    def is_clean(self) -> bool:
        """Whether the department would take it and no rule was broken, those that only warn included."""
        return self.rejected is None and not self.found


def check_file(
    path: Path, editions: Editions, codes: Codes, take: Take | None = None, watching: Callable[[Header], Watch] | None = None,
) -> Report:
    """Check a file. Raises OSError when it cannot be opened; whatever is wrong in it is in the report, or given to take."""
    with path.open("rb") as stream:
        return check_return(stream, path.name, editions, codes, take, watching)


def check_return(
    stream: BinaryIO, file: str, editions: Editions, codes: Codes, take: Take | None = None,
    watching: Callable[[Header], Watch] | None = None,
) -> Report:
    """Check a return from a stream that can be read again from its start.

    Records are not held, but for the few numbers of each that Across compares. Errors are held in the report, unless take
    is given: then it gets them as they are found. Reasons to reject the file are held either way. watching makes of the header
    what is shown every record.
    """
    report = Report(file)
    try:
        read = open_return(stream, file)
    except RefusedFileError as refused:
        report.rejected = why_rejected(refused.problems)
        return report
    report.header = read.header
    context = _context(read.header, editions, codes, report)
    across, refusals = Across(), list[Problem]()

    def add(errors: Sequence[Error]) -> None:
        report.found += len(errors)
        (take or report.errors.extend)(errors)

    try:
        _check_records(read, context, across, add, refusals, file, watching(read.header) if watching else None)
    except RefusedFileError as refused:
        refusals = [*refused.problems, *refusals]
    report.records = len(across)
    for error in chain(no_activities(read, context), errors_between(across, context)):
        add([error])
    report.notes = read.notes
    report.rejected = why_rejected([*read.refusals, *refusals, *read.forgiven]) or None
    return report


def _context(header: Header, editions: Editions, codes: Codes, report: Report) -> Context:
    edition = editions.on(header.period_end)
    report.edition, report.caution = edition.name, editions.caution(header.period_end)
    setting = Setting(header.period_end, frozenset(header.authorities), frozenset(header.database_ids))
    return Context(edition, codes, setting)


def _check_records(
    read: Return, context: Context, across: Across, add: Take, refusals: list[Problem], file: str, watch: Watch | None,
) -> None:
    births = context.births
    for record in read:
        across.add(record)
        found = check_record(record, context)
        if watch:
            watch(record, found)
        if found:
            add(found)
        if found or (record.dob and births[record.dob].birth is None):
            refusals += refusals_of(record, found, context, file)


def refusals_of(record: Record, errors: Sequence[Error], context: Context, file: str) -> Iterator[Problem]:
    """Why the department would take none of a file for the sake of one record of it; errors are what the record fails."""
    for error in errors:
        if error.rule.rejects:
            yield Problem(file, error.line, error.rule.element, error.value, str(error.rule.number), error.message)
    if record.dob and context.births[record.dob].birth is None:
        yield Problem(file, record.line, "DOB", record.dob, "a date of birth that can be read",
                      f"give a day of the calendar, as year-month-day, of learner {record.young_persons_id}")


def no_activities(read: Return, context: Context) -> Iterator[Error]:
    """Rule 240, which is found while a file is read."""
    rule = context.apart.get(NO_ACTIVITIES)
    for problem in read.refusals:
        if rule is not None and problem.field == rule.element:
            yield Error(rule, problem.value, "", rule.message, problem.line or 0)


def errors_between(across: Across, context: Context) -> Iterator[Error]:
    """What the records of a file fail together, once all of them were taken note of."""
    for finding in across.findings():
        rule = context.apart.get(finding.predicate)
        if rule is None:
            continue
        value = "" if finding.predicate == SHARED_NAME else finding.value
        yield Error(rule, finding.learner, value, rule.message, finding.line, finding.place, finding.others)


def why_rejected(problems: Sequence[Problem]) -> str:
    """Why a file is rejected: the first reason, and how many more there are."""
    return rejected_for(problems[0], len(problems)) if problems else ""


def rejected_for(first: Problem, many: int) -> str:
    """Why a file is rejected for so many reasons, of which this is the first."""
    return first.sentence() + (f" And {many - 1:,} more." if many > 1 else "")
