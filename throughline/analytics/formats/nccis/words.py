"""What was found in a return, in words for a terminal: errors, then warnings, by who can put them right and then by rule."""

from collections.abc import Iterator, Sequence

from throughline.analytics.formats.nccis.check import Report
from throughline.analytics.formats.nccis.checking import Error
from throughline.analytics.formats.nccis.edition import WHO_IN_WORDS, Who

_SHOWN = 8  # learners named beneath a rule
_NOTES = 20


def as_text(report: Report) -> str:
    """The whole report, a line at a time."""
    return "\n".join(_lines(report)) + "\n"


def summary(report: Report) -> str:
    """One line: how it stands."""
    if report.rejected:
        return f"{report.file}: the department would reject this file."
    warnings = sum(error.is_warning for error in report.errors)
    errors = len(report.errors) - warnings
    words = f"{report.file}: {_count(errors, 'error')}"
    return words + (f" and {_count(warnings, 'warning')}." if warnings else ".")


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def _lines(report: Report) -> Iterator[str]:
    yield _opening(report)
    if report.caution:
        yield report.caution
    if report.rejected:
        yield f"Rejected: {report.rejected}"
    yield from (f"Note: {note.sentence()}" for note in report.notes[:_NOTES])
    if len(report.notes) > _NOTES:
        yield f"… and {_count(len(report.notes) - _NOTES, 'more note')}."
    if report.errors or not report.rejected:
        yield summary(report)
    elif report.header is not None:
        yield "No errors were found in what could be read."
    yield from _by_who([error for error in report.errors if not error.is_warning], "For")
    yield from _by_who([error for error in report.errors if error.is_warning], "Warnings, which do not count as errors, for")


def _by_who(found: Sequence[Error], to: str) -> Iterator[str]:
    for who in Who:
        if theirs := [error for error in found if error.rule.who == who]:
            yield ""
            yield f"{to} {WHO_IN_WORDS[who]}: {len(theirs):,}"
            yield from _by_rule(theirs)


def _opening(report: Report) -> str:
    words = f"{report.file}: {_count(report.records, 'record')}"
    if report.header is None:
        return words
    return f"{words}, period to {report.header.period_end:%-d %B %Y}, rules of {report.edition}"


def _by_rule(errors: Sequence[Error]) -> Iterator[str]:
    keys = sorted({(error.rule.priority, error.rule.number, error.rule.field) for error in errors})
    for priority, number, field in keys:
        found = [error for error in errors if (error.rule.number, error.rule.field) == (number, field)]
        rule = found[0].rule
        yield f"  Rule {number}, priority {priority}, {rule.element}: {len(found):,}. {rule.message}"
        named = ", ".join(_named(error) for error in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
        yield f"    {named}{more}"


def _named(error: Error) -> str:
    learner = error.learner or "no identifier"
    return f"{learner} (line {error.line})" if error.line else learner
