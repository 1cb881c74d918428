"""A list's rows through a mapping: one entry a young person, each cell understood, and each that could not be answered."""

import dataclasses
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from throughline.analytics.learnerlists.cells import (
    as_confirmed,
    as_date,
    as_flag,
    as_gender,
    as_intended,
    as_leaving_reason,
    as_level,
    as_name,
    as_number,
    as_postcode,
    as_support,
    as_yes_no,
    is_no_day,
    month_first,
    name_and_phone,
    of_school_age,
    says_unconfirmed,
    split_name,
)
from throughline.analytics.learnerlists.sheet import ListSheet
from throughline.analytics.learnerlists.taught import as_taught, believed, spelt
from throughline.analytics.learnerlists.vocabulary import Vocabulary
from throughline.analytics.participation.tables import EHC_PLAN, SEN_SUPPORT

_LENGTHS = {"uln": 10, "establishment": 7, "school_at_16": 7, "ukprn": 8}
_A_DAY, _NO_SUCH_DAY = "a day of the calendar", "the calendar has no such day: look up the right one"
A_KNOWN_ACTIVITY, A_KNOWN_DESTINATION = "a known activity", "a known destination"
A_KNOWN_REASON = "a known reason for leaving"
YES_OR_NO = "yes or no"
A_USED_COLUMN = "a column that is used"
A_LEAVING_DATE = "a leaving date"
CONFIRMED = "what is confirmed, or the day on which it was"
_USE_IT = ("its column is not used, and may say that they left, so what they do was not taken of this row: say what it holds "
           "under “What the columns hold”")
_SAY_WHEN = ("it may say that they left, so what they do was not taken of this row: find out, and let the list say when under a "
             "heading such as “Leaving date”, or record it on their page")
_CONFIRM = ("until it is confirmed, nothing that the row says of what they do is taken: where it is, let the list say Yes or the "
            "day, as day/month/year; otherwise find out what they do, and record it on their page")
_TAUGHT = ("say what it means under “What the columns hold”, which is remembered for the next list with these headings, or let "
           "whoever sent the list write its three-figure code; whoever follows them up can record on their page what they do")
_CODED = ("whoever sent the list can write its three-figure code; whoever follows them up can record on their page what they do; "
          "whoever runs Throughline can teach it the words")
_REASON = ("whoever sent the list can write its code, such as 2 for moved elsewhere or 97 for other; you can choose the reason "
           "on the young person’s page, under what they left; whoever runs Throughline can teach it the words")
_DOING, OF_SCHOOL_AGE = "activity", "activity_of_school_age"
AS_WRITTEN = "{}_as_written"  # under which the words of a column of activities are kept
LEFT = ("leaving", "leaving_reason")
SAY_WHETHER = (_DOING, "next_activity", *LEFT)  # the fields by which somebody still does something, or not
VERIFIED = "verified"
A_STATUS = "a status"  # no field: what a column is that is headed as one and is not used
_NAMES = ("given_name", "family_name", "full_name")
_YES_MEANS = {"ehc_plan": EHC_PLAN, "sen_support": SEN_SUPPORT}


class Unread(NamedTuple):
    """A cell that was not understood: the place of its column, from 0, and the field that this was taken for; what is written
    there, the rule that it breaks, and what to do.
    """

    column: int
    field: str
    printed: str
    rule: str
    remedy: str


@dataclass(frozen=True)
class Entry:
    """One row: values by field, dates as days, everything else as text; what was empty is absent. OF_SCHOOL_AGE is no field: it
    has the code that the words for what somebody does mean of whoever is of compulsory school age, where that is another; nor is
    AS_WRITTEN of a field of activities, which has those words where they are no code.

    either_way says that the names stood in one cell, which of them is the family name being a guess. unread are the cells that
    were not understood. traits has yes or no, or the day from which it has held, of each trait that the row says something of.
    """

    line: int
    values: Mapping[str, Any]
    unread: tuple[Unread, ...]
    either_way: bool = False
    traits: Mapping[str, bool | date] = dataclasses.field(default_factory=dict)

    def day(self, field: str) -> date | None:
        """A date of it."""
        found = self.values.get(field)
        return found if isinstance(found, date) else None

    def not_understood(self, field: str) -> str:
        """A cell that was not understood, as it is written; empty where there is none."""
        return next((cell.printed for cell in self.unread if cell.field == field), "")

    def text(self, field: str) -> str:
        """A text of it; empty where there is none."""
        found = self.values.get(field, "")
        return found if isinstance(found, str) else ""


@dataclass(frozen=True, eq=False)
class _Column:
    place: int
    field: str
    understand: Callable[[str], Any]
    rule: str
    remedy: str

    def unread(self, printed: str) -> Unread:
        """What is answered to a cell that was not understood."""
        remedy = _NO_SUCH_DAY if self.rule in (_A_DAY, CONFIRMED) and is_no_day(printed) else self.remedy
        return Unread(self.place, self.field, printed, self.rule, remedy)


def entries(
    sheet: ListSheet, columns: Mapping[int, str], vocabulary: Vocabulary, codes: frozenset[str],
    words: Mapping[str, str] = MappingProxyType({}), aside: Mapping[int, str] = MappingProxyType({}),
) -> Iterator[Entry]:
    """The rows of a list. columns maps the place of a column, from 0, to the field that it holds; words are codes of activities
    by what was taught of this list, of which those are believed that are in codes. aside are those of passed_over(): a cell of
    theirs that may say what they stand for is one that was not understood; where the field is empty, words of leaving alone do.

    A cell that cannot be understood is answered and left out of the values of its entry; the rest of the row stays.
    """
    words = believed(words, codes)
    mapped = [_column(sheet, place, field, vocabulary, codes, words) for place, field in sorted(columns.items()) if field]
    filled = {column.field for column in mapped if any(_says(column.field, row[column.place], vocabulary) for row in sheet.rows)}
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        values: dict[str, Any] = {}
        traits: dict[str, bool | date] = {}
        unread: list[Unread] = []
        for column in mapped:
            printed = row[column.place]
            if not _says(column.field, printed, vocabulary):
                continue
            understood = column.understand(printed)
            if understood is None:
                # Any for an activity, whose words can be taught.
                if column.rule == A_KNOWN_ACTIVITY or may_matter(column.field, printed, vocabulary):
                    unread.append(column.unread(printed))
            elif column.rule == YES_OR_NO:
                traits[column.field] = understood
            else:
                values[column.field] = understood
                if column.rule == A_KNOWN_ACTIVITY and printed != understood:
                    values[AS_WRITTEN.format(column.field)] = printed
            if column.field == _DOING and spelt(printed) not in words and (code := of_school_age(printed, vocabulary, codes)):
                values[OF_SCHOOL_AGE] = code
        told = {cell.column: cell for cell in (*unread, *_set_aside(row, aside, vocabulary, _has_left(values, vocabulary)))}
        yield Entry(line, values, tuple(told.values()), _part_names(values, filled), traits)


def _says(field: str, cell: str, vocabulary: Vocabulary) -> bool:
    return bool(cell) and not vocabulary.says_nothing(cell, vocabulary.fields[field].looks_like)


def _has_left(values: Mapping[str, Any], vocabulary: Vocabulary) -> bool:
    """Whether a row says on which day somebody left; one after the list's own is the end that is expected."""
    day = values.get("leaving")
    return day is not None and (vocabulary.day is None or day <= vocabulary.day)


def may_matter(field: str, cell: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell that was not understood may matter: where somebody may have left any that does not say that they did not,
    where something is confirmed any that says that it is not, and elsewhere any that says something.
    """
    if field in LEFT:
        return not vocabulary.has_not_left(cell) and as_flag(cell) is not False
    return not vocabulary.says_nothing(cell) or (field == VERIFIED and says_unconfirmed(cell, vocabulary))


def _set_aside(row: Sequence[str], aside: Mapping[int, str], vocabulary: Vocabulary, dated: bool) -> Iterator[Unread]:
    """The cells of such columns that may say that somebody left, unless the row says when, or that nothing is confirmed."""
    for place, field in aside.items():
        cell = row[place]
        if field == VERIFIED and says_unconfirmed(cell, vocabulary):
            yield Unread(place, field, cell, CONFIRMED, _CONFIRM)
        elif cell and not dated and _may_say_left(field, cell, vocabulary):
            yield Unread(place, field, cell, A_USED_COLUMN, _USE_IT) if field in SAY_WHETHER else Unread(
                place, "leaving", cell, A_LEAVING_DATE, _SAY_WHEN)


def _may_say_left(field: str, cell: str, vocabulary: Vocabulary) -> bool:
    if field in SAY_WHETHER:
        return may_matter(field, cell, vocabulary)
    return vocabulary.status_says_left(cell) if field == A_STATUS else vocabulary.says_left(cell)


def _column(
    sheet: ListSheet, place: int, field: str, vocabulary: Vocabulary, codes: frozenset[str], words: Mapping[str, str],
) -> _Column:
    kind = vocabulary.fields[field].looks_like
    if kind == "date":
        american = month_first(sheet.cells(place))
        return _Column(place, field, lambda cell: as_date(cell, american), _A_DAY, "write it as day/month/year")
    if kind == "confirmed":
        american = month_first(sheet.cells(place))
        return _Column(place, field, lambda cell: as_confirmed(cell, vocabulary, american), CONFIRMED, _CONFIRM)
    if field in _LENGTHS:
        length = _LENGTHS[field]
        return _Column(place, field, lambda cell: as_number(cell, length), f"{length} figures",
                       f"give the number with its {length} figures, or leave the cell empty")
    if kind == "activity":
        return _Column(place, field, lambda cell: as_taught(cell, words, vocabulary, codes), A_KNOWN_ACTIVITY, _TAUGHT)
    if kind == "intended":
        return _Column(place, field, lambda cell: as_intended(cell, vocabulary), A_KNOWN_DESTINATION, _CODED)
    if kind == "leaving_reason":
        return _Column(place, field, lambda cell: as_leaving_reason(cell, vocabulary), A_KNOWN_REASON, _REASON)
    if kind == "support":
        yes = _YES_MEANS.get(field, "")
        return _Column(place, field, lambda cell: as_support(cell, yes), "a known sort of support",
                       "write E for a plan, K for support without one, or N for neither")
    if kind == "yes_no":
        repeats, american = vocabulary.fields[field].headings, month_first(sheet.cells(place))
        return _Column(place, field, lambda cell: as_yes_no(cell, repeats, american), YES_OR_NO,
                       "write Yes or No, or leave the cell empty, which changes nothing")
    understand, rule, remedy = {
        "name": (as_name, "a name", "give the name"),
        "level": (lambda cell: as_level(cell, vocabulary), "a level of need",
                  "write 1 for intensive, 2 for extra or 3 for minimum"),
        "gender": (as_gender, "a known gender", "write F, M, U or W"),
        "postcode": (as_postcode, "a postcode", "write it as AB1 2CD, or leave it empty"),
        "upn": (_upn, "13 characters", "give the UPN with its 13 characters, or leave the cell empty"),
    }.get(kind, (str, "", ""))
    return _Column(place, field, understand, rule, remedy)


_BOTH_NAMES = {"given_name", "family_name"}


def _upn(printed: str) -> str | None:
    text = printed.replace(" ", "").upper()
    return text if len(text) == 13 and text.isalnum() else None


def _part_names(values: dict[str, Any], filled: Collection[str]) -> bool:
    """Part a telephone number from a name, and given from family name where both stand in one cell; whether that is a guess.

    filled are the fields of which any row says something: in a list that uses both columns of names, an empty cell is no reason
    to part the other.
    """
    for field in _NAMES:
        if field in values:
            values[field], phone = name_and_phone(values[field])
            values |= {"phone": phone} if phone and "phone" not in values else {}
    full = values.pop("full_name", "")
    parts = list(filter(None, (values.get("given_name"), values.get("family_name"))))
    in_one_cell = len(parts) == 1 and " " in parts[0] and not set(filled).issuperset(_BOTH_NAMES)
    whole = full if full and "family_name" not in values else parts[0] if in_one_cell else ""
    if not whole:
        return False
    values["given_name"], values["family_name"] = split_name(whole)
    return "," not in whole and " " in whole
