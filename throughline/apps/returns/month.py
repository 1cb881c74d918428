"""A closed month in words: its headline beside the month before, what moved it, and what is wrong."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from throughline.analytics.formats.nccis.checking import with_others
from throughline.analytics.formats.nccis.edition import WHO_IN_WORDS, Who
from throughline.analytics.participation.moved import Reason
from throughline.analytics.participation.swing import ALL
from throughline.apps.codelists.wording import how_sure, on_day
from throughline.apps.learners.return_rules import expected_by
from throughline.apps.learners.sight import RESTRICTED
from throughline.apps.returns import printed
from throughline.apps.returns.again import said_since
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.printed import Row, percent
from throughline.apps.returns.queries import latest
from throughline.core.periods import month_before
from throughline.ui.formats import NONE, count, day

AS_KNOWN_NOW = "neet_or_not_known_16_17_month_register"  # the measure that counts the headline anew
HIDDEN = "not shown before the record is opened"
_GUARDED_FIELDS = frozenset({"AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "Town", "County", "Postcode",
                             "CharacteristicCode"})  # what a return says of where somebody lives, and of them
# How sure we are of whom two of these count: the department's own definition of joiners and leavers was not to be had.
JOINERS = (
    "“Became NEET” is whoever is NEET at this month end and was something else that is known at the one before; “Left NEET” is "
    "the reverse. We are fairly sure that the department counts joiners and leavers by month ends too, and have not seen its own "
    "definition, so do not expect its tables to agree to the person."
)
REASONS = {
    Reason.JOINED: "Became NEET", Reason.LEFT: "Left NEET", Reason.NEWLY_NOT_KNOWN: "No longer known", Reason.FOUND: "Found",
    Reason.FOUND_WITHIN: "Found to be NEET", Reason.LOST_WITHIN: "Was NEET, and no longer known",
    Reason.AGED_IN: "Came of age, NEET or not known", Reason.AGED_OUT: "Grew out of the headline's ages",
    Reason.MOVED_IN: "Joined the cohort, NEET or not known", Reason.MOVED_OUT: "Left the cohort",
}


@dataclass(frozen=True)
class WhoCount:
    """How many errors one sort of person can put right, of how many young people, and how far the headline could fall
    and rise; rise is empty for a month that was closed before that was kept with it.
    """

    in_words: str
    errors: int
    people: int
    fall: str
    rise: str = ""


@dataclass(frozen=True)
class RuleCount:
    """How many records of a month fail a rule in one wording, what to do, who can, and whose records they are by number."""

    number: int
    priority: int
    who: str
    count: int
    message: str
    people: tuple[str, ...] = ()


def rates(close: MonthClose) -> list[Row]:
    """The headline's rates and counts beside those of the month before, at the moment of closing."""
    return printed.rows(close.figures)


def ages_of(close: MonthClose) -> str:
    """The academic ages that the headline is of, in words; empty for a month that was closed before they were kept with it."""
    return printed.ages(close.figures)


def report_lines(close: MonthClose) -> list[str]:
    """What must be said beside the figures of a month, closed or as it stands: the range of NEET, whether the rules are those of
    the year, and whether the month before is counted otherwise by now.
    """
    lines = [printed.neet_range(close.figures)]
    errors = sum(error["priority"] < 3 for error in close.errors)
    warnings = len(close.errors) - errors
    lines.append(f"{count(errors, 'error')} {'is' if errors == 1 else 'are'} left in the return"
                 + (f", and {count(warnings, 'warning')}." if warnings else "."))
    before = latest(close.area, month_before(close.month_end), before=close)
    return [*lines, *filter(None, (close.figures.get("caution"), said_since(close), changed_since(close, before)))]


def expected(month_end: date) -> str:
    """By when the department expects the return of a month, with how sure of that we are."""
    sure = how_sure(on_day("upload_timetable", "days", month_end))
    return (f"The department expects the return of {month_end:%B %Y} by {day(expected_by(month_end))}, as far as we know. "
            f"Of that day {sure}. It stands under Rules, where it can be changed.")


def changed_since(close: MonthClose, before: MonthClose | None) -> str:
    """That the month before is now counted otherwise than when it was closed; empty where it is not, or was not closed."""
    if before is None:
        return ""
    then, now = (held["neet_or_not_known_percent"] for held in (before.figures["now"], close.figures["before"]))
    if percent(then) == percent(now):
        return ""
    known = f"was known when {close.month_end:%B} was closed" if close.pk else "is known now, by today’s rules"
    return (f"{before.month_end:%B %Y} was closed with {percent(then)} NEET or not known. Counted again, as the register "
            f"{known}, it is {percent(now)}, and the change is from that: what came in between is in it.")


def moves_shown(close: MonthClose, shut: Collection[str]) -> list[dict[str, Any]]:
    """Who moved the headline and how; whose number is shut is a restricted record, so that its standing is nobody's."""
    return [{**move, "number": RESTRICTED} if move["number"] in shut else move for move in close.moved]


def errors_shown(errors: Iterable[Mapping[str, Any]], shut: Collection[str], guarded: Collection[str]) -> list[dict[str, Any]]:
    """Errors of the return as a reader is told of them; of whose number is shut no more than that something is, nor that it is
    they who clash; of whose number is guarded not what their address or their characteristics say.
    """
    told = {"rule": None, "field": "", "value": "", "message": "The record is restricted: open it, then take this list again."}
    return [{**error, **(told if error["number"] in shut else _told(error, shut, guarded))} for error in errors]


def _told(error: Mapping[str, Any], shut: Collection[str], guarded: Collection[str]) -> dict[str, Any]:
    hidden = error["number"] in guarded and error["field"] in _GUARDED_FIELDS
    return {"message": _message(error, shut), **({"value": HIDDEN} if hidden else {})}


def _message(error: Mapping[str, Any], shut: Collection[str]) -> str:
    return with_others(error["message"], [
        RESTRICTED if number in shut else number.lstrip("0") for number in error.get("others", ())])


def moves_by_kind(close: MonthClose, shut: Collection[str]) -> list[tuple[str, list[str]]]:
    """What moved the headline, the commonest first, each with the numbers of the people."""
    found: dict[str, list[str]] = defaultdict(list)
    for move in moves_shown(close, shut):
        found[REASONS[move["reason"]]].append(move["number"])
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def errors_by_rule(errors: Iterable[Mapping[str, Any]], shut: Collection[str]) -> list[RuleCount]:
    """How many errors there are of each rule, the most pressing first; whose number is shut is counted and not named.

    A rule that is worded for two fields (27 and 261, of year 11 and year 12) is counted by each of its wordings.
    """
    found: dict[tuple[int, str], list[Mapping[str, Any]]] = defaultdict(list)
    for error in errors:
        found[error["rule"], error["message"]].append(error)
    counted = [RuleCount(rule, alike[0]["priority"], WHO_IN_WORDS[Who(alike[0]["who"])], len(alike), message,
                         tuple(dict.fromkeys(error["number"] for error in alike if error["number"] not in shut)))
               for (rule, message), alike in found.items()]
    return sorted(counted, key=lambda rule: (rule.priority, -rule.count, rule.number, rule.message))


def errors_by_who(close: MonthClose) -> list[WhoCount]:
    """How many errors each sort of person can put right, the most first; all of them together last, where there are several."""
    found: dict[str, list[dict]] = defaultdict(list)
    for error in close.errors:
        found[error["who"]].append(error)
    falls, rises = printed.falls(close.figures), printed.rises(close.figures)

    def counted_of(words: str, errors: Collection[Mapping[str, Any]], who: str) -> WhoCount:
        return WhoCount(words, len(errors), len({error["number"] for error in errors}), falls.get(who, NONE), rises.get(who, ""))

    counted = [counted_of(WHO_IN_WORDS[Who(who)], errors, who) for who, errors in found.items()]
    in_all = counted_of("all of them together", close.errors, ALL)
    return [*sorted(counted, key=lambda group: (-group.errors, group.in_words)), *([in_all] if len(counted) > 1 else [])]
