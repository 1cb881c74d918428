"""Which column of a list holds what: guessed from headings and cells, corrected by people, remembered by headings."""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from throughline.analytics.learnerlists.cells import (
    as_activity,
    as_confirmed,
    as_date,
    as_gender,
    as_intended,
    as_leaving_reason,
    as_level,
    as_number,
    as_postcode,
    as_support,
    as_yes_no,
    month_first,
    name_and_phone,
    says_unconfirmed,
)
from throughline.analytics.learnerlists.entries import A_STATUS, LEFT, SAY_WHETHER, VERIFIED, may_matter
from throughline.analytics.learnerlists.sheet import ListSheet
from throughline.analytics.learnerlists.telling import is_no_birth, is_ones_birth
from throughline.analytics.learnerlists.vocabulary import Vocabulary, plain, plain_heading
from throughline.analytics.participation.tables import EHC_PLAN

_SAMPLE = 200  # rows looked at
_ENOUGH = 0.6  # of the filled cells of a column must look like what its heading says
_TELLING = 0.9  # of the filled cells, where there is no heading to go by
_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]")
_TELLING_KINDS = {"upn": "upn", "postcode": "postcode", "email": "email"}  # what is known by its cells alone
_BORN = "date_of_birth"
_VAGUE = ("reason", "reasons")  # headings that may be of reasons for anything
_RESTRICTED = "a restricted characteristic is recorded on each one’s own page, or comes with the return"
Looks = Mapping[str, Callable[[str], bool]]  # by kind, whether a cell looks like it


@dataclass(frozen=True)
class Guess:
    """What a column is taken for. field is empty where it is not used; why says what the guess rests on."""

    column: int
    heading: str
    field: str
    why: str


def signature(sheet: ListSheet) -> str:
    """What a mapping is remembered by: the headings of a list, whatever their capitals and punctuation."""
    return hashlib.sha256("\n".join(map(plain, sheet.headings)).encode()).hexdigest()


def guess(sheet: ListSheet, vocabulary: Vocabulary, codes: frozenset[str], day: date) -> list[Guess]:
    """One guess a column, in order; no field is given to two columns. codes are the activity codes there are; day is the one on
    which those on the list are of an age to be followed.
    """
    looks = _looks(vocabulary, codes)
    guesses: dict[int, Guess] = {}
    taken: set[str] = set()
    headed = {vocabulary.by_heading.get(plain_heading(heading), "") for heading in sheet.headings}
    gives_way = [plain_heading(heading) in vocabulary.second for heading in sheet.headings]
    for column in sorted(range(len(sheet.headings)), key=lambda column: gives_way[column]):
        heading, cells = sheet.headings[column], _filled(sheet, column)
        field, why = ("", "the list has no headings") if sheet.no_headings else _by_heading(
            heading, cells, vocabulary, looks, headed)
        if field in taken:
            field, why = "", f"another column is already taken for “{vocabulary.fields[field].title}”"
        if field:
            taken.add(field)
        guesses[column] = Guess(column, heading, field, why)
    in_order = (guesses[column] for column in range(len(sheet.headings)))
    known = [_by_cells(given, sheet, vocabulary, looks, taken) if not given.field else given for given in in_order]
    return known if _BORN in taken else _with_births(known, sheet, vocabulary, day)


def _with_births(known: list[Guess], sheet: ListSheet, vocabulary: Vocabulary, day: date) -> list[Guess]:
    """The guesses with the one column of dates on which young people were born, where no heading says which it is."""
    unused = [given for given in known if not given.field
              and plain_heading(given.heading) not in vocabulary.ignored and not vocabulary.is_restricted(given.heading)]
    found = [given.column for given in unused if _are_births(_filled(sheet, given.column), day)]
    if len(found) == 1:
        known[found[0]] = Guess(found[0], known[found[0]].heading, _BORN, "what is in it")
    return known


def _are_births(cells: list[str], day: date) -> bool:
    """Whether cells are days on which young people were born; a few of them may be days on which nobody can have been."""
    american = month_first(cells)

    def impossible(cell: str) -> bool:
        born = as_date(cell, american)
        return born is not None and is_no_birth(born, day)

    births = _share(cells, lambda cell: is_ones_birth(cell, day, american))
    return bool(cells) and births >= _ENOUGH and births + _share(cells, impossible) >= _TELLING


def fits(sheet: ListSheet, mapping: Mapping[int, str], vocabulary: Vocabulary, codes: frozenset[str], day: date) -> bool:
    """Whether the columns of a list look like what a mapping of another one says, for lists that have no headings to say it.

    Dates of birth, where a column says any, are those of people who are followed on the day; no other column of dates holds such.
    """
    looks = _looks(vocabulary, codes)

    def fit(cells: list[str], field: str) -> bool:
        kind = vocabulary.fields[field].looks_like
        told_by_births = not cells or kind not in ("date", "confirmed") or _are_births(cells, day) == (field == _BORN)
        return told_by_births and _share(cells, looks[kind]) >= _ENOUGH

    return all(fit(_filled(sheet, place), field) for place, field in mapping.items())


def _filled(sheet: ListSheet, column: int) -> list[str]:
    """The cells of a column that say something, of the rows that are looked at."""
    return [cell for cell in sheet.cells(column)[:_SAMPLE] if cell]


def _by_heading(
    heading: str, cells: list[str], vocabulary: Vocabulary, looks: Looks, headed: Collection[str],
) -> tuple[str, str]:
    """The field that a heading means and its cells bear out, and why; headed are the fields of all headings of the list."""
    words = plain_heading(heading)
    if words in vocabulary.ignored:
        return "", "nothing of it is kept"
    if vocabulary.is_restricted(heading):
        return "", _RESTRICTED
    pair = vocabulary.paired.get(words)
    paired = pair is not None and pair.goes_with in headed and pair.id not in headed
    field = pair.id if pair and paired else vocabulary.by_heading.get(words)
    if field is None:
        return "", "its heading is not known"
    looks_so = looks[vocabulary.fields[field].looks_like]
    said = [cell for cell in cells if looks_so(cell) or not vocabulary.says_nothing(cell)]
    telling = [cell for cell in said if looks_so(cell) or may_matter(field, cell, vocabulary)]
    other = vocabulary.otherwise.get(words)
    # Where cells say something and nothing of this field, as a status may, a heading that may mean another is not believed.
    share = 0.0 if other and said and not telling else _share(telling, looks_so)
    if share < _ENOUGH and other and _share(said, looks[vocabulary.fields[other].looks_like]) >= _ENOUGH:
        return other, "its heading, and what is in it"
    if share < _ENOUGH:
        few = "only some of its cells look" if share else "nothing in it looks"
        return "", f"its heading says “{vocabulary.fields[field].title}”, but {few} like one"
    return field, "its heading"


def _by_cells(given: Guess, sheet: ListSheet, vocabulary: Vocabulary, looks: Looks,
              taken: set[str]) -> Guess:
    """A column whose heading told nothing may be known by cells that are like nothing else, but not one of what is restricted."""
    cells = [] if vocabulary.is_restricted(given.heading) else _filled(sheet, given.column)
    for kind, field in _TELLING_KINDS.items():
        if field not in taken and cells and _share(cells, looks[kind]) >= _TELLING:
            taken.add(field)
            return Guess(given.column, given.heading, field, "what is in it")
    return given


def _share(cells: list[str], looks_so: Callable[[str], bool]) -> float:
    return sum(map(looks_so, cells)) / len(cells) if cells else 1.0


def _looks(vocabulary: Vocabulary, codes: frozenset[str]) -> Looks:
    return {
        "any": lambda cell: True,
        "name": lambda cell: not any(letter.isdigit() for letter in name_and_phone(cell)[0]),
        "date": lambda cell: as_date(cell) is not None or as_date(cell, month_first=True) is not None,
        "gender": lambda cell: as_gender(cell) is not None,
        "upn": lambda cell: bool(_UPN.fullmatch(cell.replace(" ", "").upper())),
        "uln": lambda cell: as_number(cell, 10) is not None,
        "postcode": lambda cell: as_postcode(cell) is not None,
        "establishment": lambda cell: as_number(cell, 7) is not None,
        "ukprn": lambda cell: as_number(cell, 8) is not None,
        "support": lambda cell: as_support(cell, yes=EHC_PLAN) is not None,
        "activity": lambda cell: as_activity(cell, vocabulary, codes) is not None,
        "intended": lambda cell: as_intended(cell, vocabulary) is not None,
        "leaving_reason": lambda cell: as_leaving_reason(cell, vocabulary) is not None,
        "level": lambda cell: as_level(cell, vocabulary) is not None,
        "confirmed": lambda cell: says_unconfirmed(cell, vocabulary) or any(
            as_confirmed(cell, vocabulary, american) is not None for american in (False, True)),
        "yes_no": lambda cell: as_yes_no(cell, vocabulary.trait_words) is not None,
        "phone": lambda cell: 9 <= sum(letter.isdigit() for letter in cell) <= 15,
        "email": lambda cell: "@" in cell,
    }


def passed_over(sheet: ListSheet, used: Mapping[int, str], vocabulary: Vocabulary, of_all: bool) -> dict[int, str]:
    """The columns that may say that somebody left, or that nothing is confirmed, though they are not used for that, with the
    field of those whose headings say so, and with none those of a status. Where something is said of all on the list, those that
    say what somebody does, or no more than “Reason”, are among these, and with no field all others, but for names and what is
    never kept.
    """
    found = {}
    for place, heading in enumerate(sheet.headings):
        words, field = plain_heading(heading), vocabulary.by_heading.get(plain_heading(heading), "")
        vague = words in _VAGUE or words in vocabulary.otherwise
        gives_way = words in vocabulary.second and field in used.values()
        says = field in SAY_WHETHER and not gives_way
        sure = says and words not in vocabulary.left.statuses and (of_all or (field in LEFT and not vague))
        if place not in used and (sure or field == VERIFIED):
            found[place] = field
            continue
        if (says or of_all or words in vocabulary.left.statuses) and _may_hold_words(heading, used.get(place), vocabulary):
            found[place] = A_STATUS if words in vocabulary.left.statuses else ""
    return found


def _may_hold_words(heading: str, used_for: str | None, vocabulary: Vocabulary) -> bool:
    """Whether words of leaving in a column mean it: not where it is used for that, which reads them, nor in one of names."""
    if used_for in SAY_WHETHER or plain_heading(heading) in vocabulary.ignored or vocabulary.is_restricted(heading):
        return False
    field = used_for or vocabulary.by_heading.get(plain_heading(heading))
    return not field or vocabulary.fields[field].looks_like != "name"


def missing(fields: set[str]) -> str:
    """What a mapping still lacks before young people can be found by it, in a sentence; empty when nothing."""
    if fields & {"upn", "uln", "young_persons_id"}:
        return ""
    if not (fields & {"full_name"} or fields >= {"given_name", "family_name"}):
        return "Say which column holds the names: a full name, or a first name and a surname."
    if "date_of_birth" not in fields:
        return "Say which column holds the date of birth or an identifier, or nobody can be told from their namesakes."
    return ""
