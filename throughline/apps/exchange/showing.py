"""What a file holds and would change, as its page and the command show it: columns, warnings and rows, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from throughline.apps.accounts.places import workplace_lines
from throughline.apps.exchange import queries
from throughline.apps.exchange.elsewhere import Elsewhere, where_held
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.readers import Reader, may_leave_out
from throughline.apps.exchange.reading import lacking, tells_activity
from throughline.apps.exchange.words import NO_HEADINGS, activity, named, places_in, shown, title
from throughline.core.problems import Problem
from throughline.ui.formats import count, day

_OUTCOMES = {
    Row.Outcome.NEW: "New: they would be added", Row.Outcome.SAME: "The same: nothing would change",
    Row.Outcome.UNMATCHED: "Not matched: nobody was found for sure",
}


class RowShown(NamedTuple):
    """A row as a page shows it to its reader: what it calls whom it is about, its changes in words, what was left, and where they
    are held who are not with the list's sender, or that they would be at no place, in a sentence; whether it may be left out.
    """

    row: Row
    named: str
    changes: list[dict[str, str]]
    left: list[Problem]
    where: str
    may_leave_out: bool


def rows_shown(delivery: Delivery, rows: Iterable[Row], reader: Reader) -> list[RowShown]:
    """Some rows of a delivery as their reader may see them."""
    rows = list(rows)
    places, elsewhere = places_in(rows), where_held(delivery, rows, reader)
    return [RowShown(row, reader.named(row), shown(row, reader, places),
                     naming(queries.left_of(delivery, row, reader), places), elsewhere.get(row.pk, ""), may_leave_out(row))
            for row in rows]


def naming(problems: Iterable[Problem], places: Mapping[str, str]) -> list[Problem]:
    """Problems in which places stand with their names."""
    return [replace(problem, remedy=named(problem.remedy, places)) for problem in problems]


def about(rows: Iterable[Row]) -> dict[str, list[int]]:
    """What the audit says of rows that are shown: the numbers of whom they are about, and the lines of those of nobody yet."""
    rows = list(rows)
    numbers = {row.learner.number for row in rows if row.learner}
    return {"learners": sorted(numbers), "lines": [row.line for row in rows if not row.learner]}


def comes_of(delivery: Delivery, outcome: Row.Outcome) -> str:
    """What comes of rows of an outcome: of a file that waits what would."""
    return _OUTCOMES.get(outcome, outcome.label) if delivery.waits else outcome.label


def understood(delivery: Delivery, whose: str = "") -> list[str]:
    """What the columns of a list were taken for, those that are not used and why, and what holds for everybody on it; whose is
    the place whose list it is, in words.
    """
    lines = [f"{column['called']}: {_taken_for(column['field'], column['why'])}" for column in delivery.columns]
    if delivery.no_headings:
        lines.append(NO_HEADINGS.removesuffix("."))
    if delivery.sheets:
        which = "The sheet that is read" if len(delivery.sheets) == 1 else "The sheets that are read"
        lines.append(f"{which}: {', '.join(name for name, *_ in delivery.sheets)}")
    if everybody := activity(delivery.constants.get("activity", ""), delivery.as_at):
        lines.append(f"What everybody is doing: {everybody}")
    if whose:
        lines.append(f"Whose list it is: {whose}")
    return [*lines, f"The day it speaks of: {day(delivery.as_at)}, {delivery.get_dated_by_display()}"]


def place_in_words(delivery: Delivery) -> str:
    """The place whose list it is; empty where nobody said."""
    return "; ".join(workplace_lines(delivery.establishment, delivery.constants.get("ukprn", "")))


def _taken_for(field: str, why: str) -> str:
    return title(field) if field else f"not used: {why}" if why else "not used"


def says_nothing(delivery: Delivery) -> str:
    """That a list that waits says nothing of what anybody is doing, and what to do; empty for one that does, and for one whose
    columns are not known well enough to find anybody.
    """
    if not delivery.waits or delivery.is_return or tells_activity(delivery) or lacking(delivery.mapping):
        return ""
    return ("Nothing in this list says what anybody is doing, so nobody’s activity would change. If everybody on it is doing the "
            "same, such as studying at the school that sent it, or a column says it in words that we do not know, say so under "
            "“Say otherwise what the columns hold, or of which day it speaks”.")


def headed_like_somebody(delivery: Delivery) -> str:
    """That the first row of a list that waits is read as headings, though it looks like somebody; empty for any other."""
    if not delivery.waits or not delivery.noticed.get("somebody"):
        return ""
    return ("The first row of this list is read as its headings, as was said of it, though it looks like a person. Whoever it is "
            "about would be missed.")


def at_no_place(many: int) -> str:
    """That so many rows of a list would put somebody at no place, and what to do; empty for none."""
    if not many:
        return ""
    return (f"{count(many, 'row')} would put somebody at no school, college or provider, since neither the row nor the list says "
            "where they are. If it is the list of one place, say whose list it is.")


def at_another_place(delivery: Delivery, found: Elsewhere) -> str:
    """That people on a list are not at the place that sent it, and what accepting it does; empty where all of them are."""
    if not found.elsewhere:
        return ""
    are, have = ("is", "has") if found.elsewhere == 1 else ("are", "have")
    shut = f", or {have} a restricted record" if found.shut else ""
    on_it, sender = count(found.on_it, "person", "people"), queries.sender_of(delivery)
    return (f"{found.elsewhere:,} of {on_it} found on it {are} not at {sender} as we hold it{shut}. Accepting the list lets the "
            "sender see them, where it places them there.")
