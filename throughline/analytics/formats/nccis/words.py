"""What was found in a return, in words for a terminal: errors, then warnings, by who can put them right and then by rule.

Errors are counted as they are found and not held, but for the few that are named.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from throughline.analytics.formats.nccis.check import Report, Watch, check_file
from throughline.analytics.formats.nccis.checking import Error
from throughline.analytics.formats.nccis.edition import WHO_IN_WORDS, Editions, Rule, Who
from throughline.analytics.formats.nccis.known import Codes
from throughline.analytics.formats.nccis.record import Header

_SHOWN = 8  # learners named beneath a rule
_NOTES = 20


@dataclass
class _OfRule:
    """How often one rule was broken, and by whom first."""

    rule: Rule
    first: list[Error] = field(default_factory=list)
    count: int = 0

    def add(self, error: Error) -> None:
        self.count += 1
        if len(self.first) < _SHOWN:
            self.first.append(error)


class _Found(dict[tuple[bool, int, int, str], _OfRule]):
    """What was found so far, by whether it is a warning, and the priority, number and field of its rule."""

    def take(self, errors: Sequence[Error]) -> None:
        for error in errors:
            rule = error.rule
            key = (error.is_warning, rule.priority, rule.number, rule.field)
            (self.get(key) or self.setdefault(key, _OfRule(rule))).add(error)

    def of(self, warnings: bool) -> list[_OfRule]:
        """Errors or warnings, by the priority and number of their rule."""
        return [self[key] for key in sorted(self) if key[0] == warnings]


def checked_in_words(
    path: Path, editions: Editions, codes: Codes, watching: Callable[[Header], Watch] | None = None,
) -> tuple[Report, str]:
    """Check a file: the report, with no errors in it, and all of it in words, a line at a time; watching as check_file takes it.

    Raises OSError when the file cannot be opened.
    """
    found = _Found()
    report = check_file(path, editions, codes, found.take, watching)
    return report, "\n".join(_lines(report, found.of(warnings=False), found.of(warnings=True))) + "\n"


def _lines(report: Report, errors: Sequence[_OfRule], warnings: Sequence[_OfRule]) -> Iterator[str]:
    yield _opening(report)
    if report.caution:
        yield report.caution
    if report.rejected:
        yield f"Rejected: {report.rejected}"
    yield from (f"Note: {note.sentence()}" for note in report.notes[:_NOTES])
    if len(report.notes) > _NOTES:
        yield f"… and {_count(len(report.notes) - _NOTES, 'more note')}."
    if errors or warnings or not report.rejected:
        yield _summary(report, _all(errors), _all(warnings))
    elif report.header is not None:
        yield "No errors were found in what could be read."
    yield from _by_who(errors, "For")
    yield from _by_who(warnings, "Warnings, which do not count as errors, for")


def _summary(report: Report, errors: int, warnings: int) -> str:
    """One line: how it stands."""
    if report.rejected:
        return f"{report.file}: the department would reject this file."
    words = f"{report.file}: {_count(errors, 'error')}"
    return words + (f" and {_count(warnings, 'warning')}." if warnings else ".")


def _all(found: Sequence[_OfRule]) -> int:
    return sum(each.count for each in found)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def _opening(report: Report) -> str:
    words = f"{report.file}: {_count(report.records, 'record')}"
    if report.header is None:
        return words
    return f"{words}, period to {report.header.period_end:%-d %B %Y}, rules of {report.edition}"


def _by_who(found: Sequence[_OfRule], to: str) -> Iterator[str]:
    for who in Who:
        if theirs := [each for each in found if each.rule.who == who]:
            yield ""
            yield f"{to} {WHO_IN_WORDS[who]}: {_all(theirs):,}"
            for each in theirs:
                yield from _of_rule(each)


def _of_rule(found: _OfRule) -> Iterator[str]:
    rule, more = found.rule, found.count - len(found.first)
    yield f"  Rule {rule.number}, priority {rule.priority}, {rule.element}: {found.count:,}. {rule.message}"
    yield f"    {', '.join(_named(error) for error in found.first)}{f' and {more:,} more' if more else ''}"


def _named(error: Error) -> str:
    learner = error.learner or "no identifier"
    return f"{learner} (line {error.line})" if error.line else learner
