"""The words by which a list's columns and cells are known: definitions/mappings/learner_lists.toml, and the code lists."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from throughline.analytics.learnerlists.harmless import Beside, beside_of
from throughline.analytics.participation.codesets import CodeSet, load_codeset
from throughline.core.problems import Problem, RefusedFileError

KINDS = ("any", "name", "date", "gender", "upn", "uln", "postcode", "establishment", "ukprn", "support", "activity",
         "intended", "leaving_reason", "level", "yes_no", "confirmed", "phone", "email")
TEXTS = ("any", "name", "postcode", "phone", "email")  # of KINDS, those of which a cell is taken as it is written
TRAIT_LISTS = ("characteristic", "own_trait")  # the code lists of what a column may say yes or no of
LABELLED_LISTS = ("activity", "intended_destination", "leaving_reason", "level_of_need")  # those whose codes a cell says in words
Labels = Mapping[str, Collection[tuple[str, str]]]  # by list, each code with each label that it ever had, the latest last
ByFirstWord = Mapping[str, Mapping[str, str]]  # codes by phrase, by the phrase's first word
_ASKS_FOR = re.compile(r" (?:y n|yes no|m f|male female)$")  # the answers that a heading asks for, after what it is of
_MORE = re.compile(r"\s[-–—]|[(\d/]")  # how what is more begins, behind the words that say that somebody left

# Where a word may begin in what is written together: at a capital, as in “IsYOT” and “YOTWorker”, and after several of them, as
# in “YOTworker”.
_PARTING = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Z]{2})(?=[a-z])")


class Left(NamedTuple):
    """The words that say that somebody left, those with which a cell may go on behind them, and the headings of statuses, with
    what says it in these alone, and codes that do.
    """

    words: frozenset[str] = frozenset()
    and_more: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    of_status: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Field:
    """What a column may hold: its name in our words, the headings it goes by, and what its cells must look like.

    otherwise are headings of another field, taken for this one where their cells do not look like that other; second are headings
    taken for it where no other column is; paired are headings of another field, taken for this one where the list has a column of
    the field goes_with and none that is headed as this one's.
    """

    id: str
    title: str
    headings: tuple[str, ...]
    looks_like: str
    otherwise: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    paired: tuple[str, ...] = ()
    goes_with: str = ""


@dataclass(frozen=True)
class Survey:
    """How the activity survey is known, by a heading or a word in its file's name, and the day of the year that it asks about."""

    headings: tuple[str, ...]
    names: tuple[str, ...]
    month: int
    day: int


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Fields by id; headings that mean nothing to us; first words of rows that are no person, and those that count rows;
    words before the day of a list; words of ages, and of what begins, ends, is planned or printed; words for activities, for
    what leavers intend, for why they left, and for levels of need, by code; how the survey is known; by words for activities,
    the codes that they mean of those of compulsory school age; headings of restricted characteristics, which no list may say;
    words that deny what stands beside them, and those with which it is not done now; what a text says that says nothing, and what
    else does but may be a name; what says that the day of leaving is not known, and that somebody has not left; what may stand
    beside words for an activity; names of places that are known, in the plain form, and of colleges among them, whose names say
    what is done there; the day of the list whose cells are read, where that is known: what is said to begin later has not begun;
    what says that something is not confirmed, and that somebody left, whatever the column.
    """

    fields: Mapping[str, Field]
    ignored: frozenset[str]
    not_people: tuple[str, ...]
    counts: tuple[str, ...]
    as_at: tuple[str, ...]
    ages: tuple[str, ...]
    plans: tuple[str, ...]
    activities: Mapping[str, tuple[str, ...]]
    intended: Mapping[str, tuple[str, ...]]
    reasons: Mapping[str, tuple[str, ...]]
    survey: Survey
    of_school_age: Mapping[str, str]
    levels: Mapping[str, tuple[str, ...]]
    restricted: frozenset[str]
    denials: tuple[str, ...]
    not_now: tuple[str, ...]
    nothing: frozenset[str]
    nothing_but_in_names: frozenset[str]
    day_unknown: frozenset[str]
    still_there: frozenset[str]
    beside: Beside
    places: frozenset[str] = frozenset()
    colleges: frozenset[str] = frozenset()
    day: date | None = None
    unconfirmed: frozenset[str] = frozenset()
    left: Left = Left()

    def says_nothing(self, text: str, kind: str = "any") -> bool:
        """Whether a text of one of TEXTS says as much as an empty cell, or a cell that is not understood: “n/a”, “not known”."""
        said = _bare(text)
        return kind in TEXTS and (said in self.nothing or (kind != "name" and said in self.nothing_but_in_names))

    def has_not_left(self, text: str) -> bool:
        """Whether a cell that should say when or why somebody left says that they did not: “n/a”, “current”; not “unknown”."""
        said = _bare(text)
        return said in self.still_there or (self.says_nothing(text) and said not in self.day_unknown)

    def is_unconfirmed(self, text: str) -> bool:
        """Whether a cell that should say when something was confirmed says, other than by a plain no, that it is not."""
        return _bare(text) in self.unconfirmed

    def says_left(self, text: str) -> bool:
        """Whether all of a cell says that somebody left, but for what stands behind a dash or a stroke, in brackets or in
        figures, or goes on as “withdrawn from all courses” does.
        """
        said = plain(_MORE.split(text, maxsplit=1)[0]).split()
        return any(" ".join(said[:many]) in self.left.words and (many == len(said) or said[many] in self.left.and_more)
                   for many in range(1, len(said) + 1))

    def status_says_left(self, text: str) -> bool:
        """Whether a cell of a status says anywhere that somebody left, or is a code of it: “3 - Withdrawn”."""
        said, known = plain(text), self.left
        return said in known.codes or any(f" {phrase} " in f" {said} " for phrase in (*known.words, *known.of_status))

    @cached_property
    def by_heading(self) -> Mapping[str, str]:
        """The field of each heading, in the plain form."""
        return {heading: field.id for field in self.fields.values() for heading in (*field.headings, *field.second)}

    def speaks_of(self, heading: str, fields: Collection[str], words: Iterable[str] = ()) -> bool:
        """Whether one of the headings of some fields stands in a heading, though there may be other words around it, or one of
        some words, though it may be written together with others: unless all of it is a heading of another field.
        """
        theirs = [known for field in fields for known in self.fields[field].headings]
        others = [known for known, field in self.by_heading.items() if field not in fields]
        return self._stands_in(heading, theirs, others, words)

    def is_restricted(self, heading: str) -> bool:
        """Whether a heading speaks of a restricted characteristic, likewise: “YOT worker”, “YOTWorker”, “YouthJusticeTeam”."""
        words = [_together(known) for known in self.restricted if " " in known]
        return self._stands_in(heading, self.restricted, self.by_heading, words)

    @staticmethod
    def _stands_in(heading: str, known: Iterable[str], of_others: Iterable[str], words: Iterable[str]) -> bool:
        together = _together(plain_heading(heading))
        if any(together == _together(other) for other in of_others):
            return False
        return any(word in together for word in words) or not _runs(heading).isdisjoint(map(_together, known))

    @cached_property
    def second(self) -> frozenset[str]:
        """The headings that give way to another of their field."""
        return frozenset(heading for field in self.fields.values() for heading in field.second)

    @cached_property
    def paired(self) -> Mapping[str, Field]:
        """The field that a heading means where the list has a column of what that goes with."""
        return {heading: field for field in self.fields.values() for heading in field.paired}

    @cached_property
    def otherwise(self) -> Mapping[str, str]:
        """The field that a heading means where its cells do not look like its first."""
        return {heading: field.id for field in self.fields.values() for heading in field.otherwise}

    @cached_property
    def by_phrase(self) -> tuple[tuple[str, str], ...]:
        """Phrases for activities with their codes, the longest first."""
        return _longest_first(self.activities)

    @cached_property
    def in_activities(self) -> ByFirstWord:
        """What may stand in a cell that says an activity: phrases with their codes, and what is harmless, which has none."""
        return _by_first_word((*((phrase, "") for phrase in self.beside.harmless), *self.by_phrase))

    @cached_property
    def denying(self) -> ByFirstWord:
        """The words of not_now, without a code."""
        return _by_first_word((word, "") for word in self.not_now)

    @cached_property
    def part_time(self) -> ByFirstWord:
        """The words for part time, likewise."""
        return _by_first_word((phrase, "") for phrase in self.beside.part_time)

    @cached_property
    def full_time(self) -> ByFirstWord:
        """The words for full time, likewise."""
        return _by_first_word((phrase, "") for phrase in self.beside.full_time)

    @cached_property
    def intended_by_phrase(self) -> tuple[tuple[str, str], ...]:
        """Phrases for what leavers intend with their codes, the longest first."""
        return _longest_first(self.intended)

    @cached_property
    def reasons_by_phrase(self) -> tuple[tuple[str, str], ...]:
        """Phrases for why somebody left with their codes, the longest first."""
        return _longest_first(self.reasons)

    @cached_property
    def levels_by_phrase(self) -> tuple[tuple[str, str], ...]:
        """Phrases for levels of need with their codes, the longest first."""
        return _longest_first(self.levels)

    @cached_property
    def said_in_cells(self) -> frozenset[str]:
        """What may be a heading or the cell of somebody: words for what people do, and for what holds of them."""
        answers = (word for field in self.fields.values() if field.looks_like in ("yes_no", "support") for word in field.headings)
        return self.restricted.union((phrase for phrase, _ in self.by_phrase), answers)

    @cached_property
    def trait_words(self) -> frozenset[str]:
        """The headings of all that a column may say yes or no of: a cell that repeats its own says yes."""
        return frozenset(word for field in self.fields.values() if field.looks_like == "yes_no" for word in field.headings)


def _longest_first(phrases: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    pairs = [(phrase, code) for code, several in phrases.items() for phrase in several]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def _by_first_word(phrases: Iterable[tuple[str, str]]) -> ByFirstWord:
    found: dict[str, dict[str, str]] = {}
    for phrase, code in phrases:
        found.setdefault(phrase.split(" ")[0], {})[phrase] = code
    return found


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def plain(text: str) -> str:
    """A cell, a heading or a phrase to be compared: small letters, single spaces, no punctuation."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower().replace("'", "").replace("’", "")).split())


def plain_heading(text: str) -> str:
    """A heading to be compared with those that are known: plain(), without the answers that it asks for at its end, as in
    “Sex (M/F)” and “FSM Y/N”. In a cell those words are what nobody chose from.
    """
    return _ASKS_FOR.sub("", plain(text))


def _together(plainly: str) -> str:
    return plainly.replace(" ", "")


def _runs(heading: str) -> frozenset[str]:
    """Whatever words may follow one another in a heading, written together; they are parted at changes of case too."""
    words = plain(_PARTING.sub(" ", heading)).split()
    return frozenset("".join(words[first:last]) for last in range(1, len(words) + 1) for first in range(last))


def load_vocabulary(
    definitions: Path, traits: Mapping[str, str] | None = None, restricted: Collection[str] | None = None,
    labels: Labels | None = None,
) -> Vocabulary:
    """The words of the file, with a field for each code of the lists of traits that has none there, unless it is restricted.

    traits are their labels by code; None takes them from the lists' files, and so of restricted, which are the codes of those
    that are told only to whoever opens a record. A label is a heading too, where it is no other's. labels are those of the codes
    of LABELLED_LISTS, each of which is a phrase for its code, whatever the file says of it; None takes them from their files.
    Raises RefusedFileError when the file cannot be understood or a heading belongs to two fields.
    """
    path = definitions / "mappings" / "learner_lists.toml"
    with path.open("rb") as file:
        stated = tomllib.load(file)
    try:
        fields = {name: _field(name, given) for name, given in stated["field"].items()}
        fields |= _of_traits(fields, _labels(definitions) if traits is None else traits, _trait_headings(stated["trait"]))
        kept_out = _restricted(definitions) if restricted is None else restricted
        phrases = _with_labels(stated, _labels_of_lists(definitions) if labels is None else labels)
        vocabulary = Vocabulary(
            {name: field for name, field in fields.items() if name not in kept_out},
            frozenset(map(plain_heading, stated["ignored"]["headings"])), tuple(map(plain, stated["not_people"]["words"])),
            tuple(map(plain, stated["not_people"]["counts"])), tuple(map(plain, stated["as_at"]["words"])),
            tuple(map(plain, stated["other_days"]["ages"])), tuple(map(plain, stated["other_days"]["plans"])),
            phrases["activity"], phrases["intended_destination"], phrases["leaving_reason"], _survey(stated["survey"]),
            {phrase: code for code, phrases in _phrases(stated["of_school_age"]).items() for phrase in phrases},
            phrases["level_of_need"],
            frozenset(heading for name, field in fields.items() if name in kept_out for heading in field.headings),
            tuple(map(plain, stated["otherwise"]["denied"])),
            tuple(map(plain, (*stated["otherwise"]["denied"], *stated["otherwise"]["not_now"]))),
            frozenset(stated["nothing"]["words"]), frozenset(stated["nothing"]["but_in_names"]),
            frozenset(stated["nothing"]["day_unknown"]), frozenset(stated["nothing"]["still_there"]),
            beside_of(stated["beside_activity"], stated["part_time"]), unconfirmed=frozenset(stated["nothing"]["unconfirmed"]),
            left=Left(*(frozenset(map(plain, stated["left"][name])) for name in Left._fields)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        remedy = f"give each field a title, headings and looks_like: {error}"
        raise RefusedFileError([Problem(path.name, None, "field", "", "readable words", remedy)]) from error
    _refuse_twice_said(path, fields)
    return vocabulary


def _labels_of_lists(definitions: Path) -> Labels:
    return labels_of({name: load_codeset(definitions, name) for name in LABELLED_LISTS})


def _survey(stated: Mapping[str, Any]) -> Survey:
    return Survey(_headings(stated, "headings"), tuple(map(plain, stated["names"])), stated["month"], stated["day"])


def labels_of(lists: Mapping[str, CodeSet]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The labels of those of LABELLED_LISTS that are among some lists, as load_vocabulary() takes them."""
    given = {name: sorted(lists[name].lines, key=lambda line: line.valid_from or date.min)
             for name in LABELLED_LISTS if name in lists}
    return {name: tuple((line.code, line.label) for line in lines) for name, lines in given.items()}


def _with_labels(stated: Mapping[str, Any], labels: Labels) -> dict[str, dict[str, tuple[str, ...]]]:
    """The phrases of each of LABELLED_LISTS by their code: those of the file, and the labels, which mean no other code."""
    found = {}
    for name in LABELLED_LISTS:
        typed = {phrase: code for code, several in _phrases(stated[name]).items() for phrase in several}
        meant = typed | {phrase: code for code, label in labels.get(name, ()) if (phrase := plain(label))}
        codes = dict.fromkeys((*typed.values(), *meant.values()))
        found[name] = {code: tuple(phrase for phrase, theirs in meant.items() if theirs == code) for code in codes}
    return found


def _phrases(stated: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {code: tuple(map(plain, phrases)) for code, phrases in stated.items()}


def _trait_headings(stated: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {code: _headings(stated, code) for code in stated}


def _field(name: str, given: Mapping[str, Any]) -> Field:
    if given["looks_like"] not in KINDS:
        raise ValueError(f"{name} looks like “{given['looks_like']}”, which is none of {', '.join(KINDS)}")
    return Field(name, given["title"], _headings(given, "headings"), given["looks_like"], _headings(given, "otherwise"),
                 _headings(given, "second"), _headings(given, "paired"), given.get("goes_with", ""))


def _headings(given: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(map(plain_heading, given.get(key, ())))


def _restricted(definitions: Path) -> frozenset[str]:
    """The codes of characteristics that were ever restricted, as the list's file has them."""
    return load_codeset(definitions, "characteristic").ever("restricted", "yes")


def _labels(definitions: Path) -> dict[str, str]:
    """The labels of traits by their code, the latest of each, as the lists' files have them."""
    lists = (load_codeset(definitions, name) for name in TRAIT_LISTS)
    return {code: lines[-1].label for traits in lists for code, lines in traits.by_code.items()}


def _of_traits(
    fields: Mapping[str, Field], traits: Mapping[str, str], headings: Mapping[str, tuple[str, ...]],
) -> dict[str, Field]:
    """A field for each trait that has none: its headings are those of the file, and its label where that means nothing else. Of
    two with one label, as where an officer added the second, the first has it.
    """
    taken = {heading for field in fields.values() for heading in (*field.headings, *field.second)}
    taken.update(heading for several in headings.values() for heading in several)
    found = {}
    for code, label in traits.items():
        if code not in fields:
            own = {plain_heading(label)} - {""} - taken
            taken |= own
            found[code] = Field(code, label, tuple(dict.fromkeys((*headings.get(code, ()), *own))), "yes_no")
    return found


def _refuse_twice_said(path: Path, fields: Mapping[str, Field]) -> None:
    owner: dict[str, str] = {}
    problems = []
    for field in fields.values():
        for heading in (*field.headings, *field.second):
            if owner.setdefault(heading, field.id) != field.id:
                remedy = f"take it out of {owner[heading]} or out of {field.id}"
                problems.append(Problem(path.name, None, field.id, heading, "each heading means one thing", remedy))
    if problems:
        raise RefusedFileError(problems)
