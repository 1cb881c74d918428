"""The code lists as they hold: their files, with what officers have said otherwise."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from throughline.analytics.learnerlists.vocabulary import TRAIT_LISTS
from throughline.analytics.participation.codechanges import Change, LaidOver, Place, added, laid_over
from throughline.analytics.participation.codesets import NAMES, Code, CodeSet, load_codeset
from throughline.analytics.participation.newcodes import alike_in_name, fault_of_code, never_together
from throughline.apps.codelists.asked import asked_once
from throughline.apps.codelists.beside import read_beside
from throughline.apps.codelists.headings import refuse_unsayable
from throughline.apps.codelists.models import Amendment, RuleAmendment, SaidOtherwiseQuerySet
from throughline.core.problems import Problem, RefusedFileError
from throughline.ui.formats import day as in_words

GUARDS = ("sensitive", "restricted")  # columns that say of whom only some are told
YES = "yes"
_INITIALS = {"neet", "upn"}
STAYS_GUARDED = "This can be said to be yes here, and not to be no again: only the list’s file can say so"
# Lists to which no code is added here, each with what would not know of it.
NO_NEW_CODES: Mapping[str, str] = {
    "characteristic": "each has a column of its own in the figures",
    "cohort_status": "the rules of the return and the ways of leaving the cohort name each of them",
    "gender": "the words by which lists of young people are understood name each of them",
}
# Lists of whose codes a list of young people can say those alone that definitions/mappings/learner_lists.toml has words for.
KNOWN_BY_WORDS = ("intended_destination", "leaving_reason", "level_of_need")
COUNTED_BY = ("activity", "ethnic_group")  # lists by whose codes figures are counted
# What a code is added for, and where it holds from then on, of the lists of which that is not what it is of others.
ADDED_FOR: Mapping[str, str] = {
    "own_trait": "For something that you want to record of young people and this list has not.",
    "upn_authority": "For an authority that gives out unique pupil numbers and that this list has not.",
}
HOLDS_IN: Mapping[str, str] = {
    **dict.fromkeys(("intended_destination", "level_of_need"),
                    "It can be recorded, read from returns and returned at once, on the days that you say."),
    "leaving_reason": "It can be recorded at once, on the days that you say. It is in no return.",
    "own_trait": "It can be recorded at once, on the days that you say, and read from lists of young people that have what it "
                 "means as a heading. It is in no return and no figure.",
    "upn_authority": "Unique pupil numbers that name it are taken for right at once, on the days that you say.",
}


@dataclass(frozen=True)
class Standing:
    """A list as it holds, with the amendments that hold, by place, and those that are void, each with why."""

    laid: LaidOver
    holds: dict[Place, Amendment]
    void: tuple[tuple[Amendment, str], ...]

    def said_by(self, place: Place) -> Amendment | None:
        """The amendment by which the line of a place is as it is, or that added its code; None where its file alone says it."""
        return self.holds.get(place) or self.holds.get(added(place.code))

    def adds(self, code: str) -> bool:
        """Whether a code is of the list because it was added here."""
        return added(code) in self.holds

    def knows(self, code: str) -> bool:
        """Whether the list has a code, or had one added or changed that no longer holds."""
        return code in self.laid.codes.by_code or any(each.code == code for each, _ in self.void)


def codeset(name: str) -> CodeSet:
    """One list by its name, such as activity."""
    return asked_once("list", name, lambda: standing(name).laid.codes)


def codesets() -> dict[str, CodeSet]:
    """Every list by its name."""
    return {name: codeset(name) for name in NAMES}


def as_in_file(name: str) -> CodeSet:
    """One list as its file has it, whatever officers have said."""
    return _from_file(settings.DEFINITIONS, name, _written_at(name))


def standing(name: str) -> Standing:
    """One list as it holds. Where what is said otherwise makes no sense with a changed file, the file alone holds."""
    return _standing(settings.DEFINITIONS, name, _written_at(name), amended_at())


def tried(name: str, change: Change) -> LaidOver:
    """A list as it would be with one change more, which takes the place of what holds there now.

    Raises RefusedFileError for what the list could not hold, for what would guard a code no longer, and for a trait that no list
    of young people could say.
    """
    if name in TRAIT_LISTS and "label" in change.says:
        refuse_unsayable(name, change.place.code, change.says["label"], {each: codeset(each) for each in TRAIT_LISTS})
    others = [each.change for place, each in standing(name).holds.items() if place != change.place]
    laid = laid_over(as_in_file(name), [*others, change])
    if line := laid.line_at(change.place):
        now = line_at(name, change.place).facts
        bared = [fact for fact in line.facts if line.facts[fact] not in may_become(fact, now[fact], {line.facts[fact]})]
        if bared:
            raise RefusedFileError([Problem(name, None, fact, line.facts[fact], "guarded for good", STAYS_GUARDED)
                                    for fact in bared])
    return laid


def try_without(name: str, place: Place) -> None:
    """Whether what is said of a code at a place may be taken back.

    Raises RefusedFileError, which names it, where something else that is said otherwise would make no sense without it, or
    would have no place in the list. What holds no more is in nothing's way, and is taken back whatever else is said.
    """
    others = [each for at, each in standing(name).holds.items() if at != place]
    read_beside(others, lambda left: _laid_whole(name, left), _told)


def _laid_whole(name: str, amendments: Sequence[Amendment]) -> LaidOver:
    """A list with amendments laid over it. Raises RefusedFileError where they make no sense, or one of them has no place."""
    laid = laid_over(as_in_file(name), [each.change for each in amendments])
    if laid.void:
        raise RefusedFileError([Problem(name, None, "", change.place.code, "a place in the list", f"{change.place.code}: {why}")
                                for change, why in laid.void])
    return laid


def _told(amendment: Amendment) -> str:
    """An amendment as a refusal names it."""
    place = amendment.place
    if place.added:
        return f"code {place.code}, which was added"
    of = f"code {place.code}, from {in_words(place.starts)} on" if place.starts else f"code {place.code}"
    return of if place.onward else f"{of}, as it always was"


def tried_new(name: str, code: str, says: Mapping[str, str]) -> LaidOver:
    """A list as it would be with a code more, of which says is all that is said, by column.

    Raises RefusedFileError for a list that takes no new codes here, for a code that it has or that is not written as its codes
    are, for what the list never says in a column or never together, for a label that another code has on any of its days, and
    for what the list could not hold.
    """
    listed = standing(name).laid.codes
    why = _why_not_new(listed, code)
    if why:
        raise RefusedFileError([Problem(name, None, "code", code, "a new code", why)])
    unsaid = [fact for fact in listed.facts if says.get(fact) not in values_of(listed, fact)]
    if unsaid:
        raise RefusedFileError([Problem(name, None, fact, says.get(fact, ""), "one of the list", "Choose one of those there are")
                                for fact in unsaid])
    if pair := never_together(listed, says):
        raise RefusedFileError([_not_together(listed, says, *pair)])
    laid = tried(name, Change(added(code), says))
    [(_, line)] = laid.lines_of(code)
    if other := alike_in_name(listed, line):
        raise RefusedFileError([Problem(name, None, "label", line.label, "a label of its own",
                                        f"Code {other} means “{line.label}” already. Say what sets this one apart from it")])
    return laid


def _not_together(listed: CodeSet, says: Mapping[str, str], one: str, other: str) -> Problem:
    """That no code of a list has what is said in two columns of a new one, and what there is instead."""
    with_it = sorted({said(line.facts[other]) or "none" for line in listed.lines if line.facts[one] == says[one]})
    one_in_words, other_in_words = said(one), said(other)
    told = (f"No code of the list has the {one_in_words} “{said(says[one]) or 'none'}” with the {other_in_words} "
            f"“{said(says[other]) or 'none'}”: with that {one_in_words} it is {' or '.join(with_it)}. Choose what goes together. "
            "If the department says otherwise all the same, add the code with what goes together, then change it on its own page")
    return Problem(listed.name, None, other, says[other], "one that goes with the rest", told)


def said(fact: str) -> str:
    """What a list says of a code, as a reader says it: "not participating", "NEET available"."""
    return " ".join(word.upper() if word in _INITIALS else word for word in fact.split("_"))


def _why_not_new(listed: CodeSet, code: str) -> str | None:
    if listed.name in NO_NEW_CODES:
        return f"New codes of this list come with an edition of Throughline, since {NO_NEW_CODES[listed.name]}"
    if code in listed.by_code:
        return f"The list has the code {code} already. Change that one, or add another"
    return fault_of_code(listed, code)


def values_of(listed: CodeSet, fact: str) -> set[str]:
    """What a list says of codes in a column; of what guards a code, whether it does or not."""
    return {"no", YES} if fact in GUARDS else {line.facts[fact] for line in listed.lines}


def may_become(fact: str, now: str, values: Set[str]) -> Set[str]:
    """Which of some values a column of a code may be said to be: what guards a code is said to be yes here, never no again."""
    return {now, YES} if fact in GUARDS else values


def line_at(name: str, place: Place, says: Mapping[str, str] | None = None) -> Code:
    """The line of a place with all its days, those included that a later line takes away: as it is said now, or with other
    columns said there.

    Raises KeyError where there is no such place.
    """
    holds = standing(name).holds
    before = [each.change for at, each in holds.items() if at.order < place.order]
    said = holds[place].says if says is None and place in holds else says or {}
    line = laid_over(as_in_file(name), [*before, Change(place, said)]).line_at(place)
    if line is None:
        raise KeyError(place)
    return line


def differing(name: str, place: Place, says: Mapping[str, str]) -> dict[str, str]:
    """What of some columns, as printed, differs from what would hold at a place if nothing were said otherwise there.

    Raises KeyError where there is no such place.
    """
    before = line_at(name, place, {}).printed
    return {column: value for column, value in says.items()
            if before[column] != value and not (place.onward and column == "valid_from")}


def said_at(name: str, place: Place) -> SaidOtherwiseQuerySet:
    """Every amendment of one place of a code, withdrawn ones too."""
    return Amendment.objects.filter(codeset=name, code=place.code, starts=place.starts, onward=place.onward, added=place.added)


def history(name: str, code: str) -> list[Amendment]:
    """Every amendment of a code, the latest first, withdrawn ones too."""
    return Amendment.objects.filter(codeset=name, code=code).history()


def amended_at() -> tuple:
    """What changes whenever a code is amended or an amendment withdrawn."""
    return Amendment.objects.stamp()


def all_amended_at() -> str:
    """What changes whenever a code or a number of any rule is amended or an amendment withdrawn, in a form that can be kept."""
    return " ".join(map(str, (*Amendment.objects.stamp(), *RuleAmendment.objects.stamp())))


def _written_at(name: str) -> int:
    return (Path(settings.DEFINITIONS) / "codesets" / "learners" / f"{name}.csv").stat().st_mtime_ns


@lru_cache(maxsize=32)
def _from_file(definitions: Path, name: str, written_at: int) -> CodeSet:
    return load_codeset(definitions, name)


@lru_cache(maxsize=32)
def _standing(definitions: Path, name: str, written_at: int, amended_at: tuple) -> Standing:
    listed = _from_file(definitions, name, written_at)
    latest = {each.place: each for each in Amendment.objects.filter(codeset=name).standing()}
    try:
        laid = laid_over(listed, [each.change for each in latest.values()])
    except RefusedFileError as error:
        return Standing(laid_over(listed), {}, tuple((each, error.problems[0].remedy) for each in latest.values()))
    void = {change.place: why for change, why in laid.void}
    return Standing(laid, {place: each for place, each in latest.items() if place not in void},
                    tuple((latest[place], why) for place, why in void.items()))
