"""Who stands on which list of a tracking team, and how support cases end: the rules of worklists.toml and casework.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from throughline.analytics.participation.cohort import Cohort
from throughline.analytics.participation.stated import Amended, read_stated, refused, stated_editions, whole

NOT_KNOWN, ABOUT_TO_LAPSE, NEET_OVERDUE = "not_known", "about_to_lapse", "neet_overdue"
AGREED_START_PASSED, WITHOUT_NEXT_PLACE = "agreed_start_passed", "without_next_place"
LISTS = (NOT_KNOWN, ABOUT_TO_LAPSE, NEET_OVERDUE, AGREED_START_PASSED, WITHOUT_NEXT_PLACE)
_WORTHS = ("not_known", "about_to_lapse", "neet_overdue")
_MOST_DAYS, _MOST_WEEKS, _MOST_PEOPLE = 731, 104, 1_000
_AGES = 16, 24


@dataclass(frozen=True)
class Worklist:
    """One list: days, codes and families are what it counts with; why says which worth of contacting.toml an answer has."""

    id: str
    title: str
    about: str
    why: str
    days: int = 0
    codes: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()


@dataclass(frozen=True)
class EarlyLeavers:
    """Who has left early: the academic ages and families of activities, the month to which courses run that say no day, and
    how many days ago is of late; as_intended has the activities that fulfil what somebody meant to do next, by its code.
    """

    ages: frozenset[int]
    families: frozenset[str]
    courses_end: int
    days: int
    as_intended: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Worklists:
    """One edition of definitions/rules/worklists.toml."""

    starts: date
    confidence: str
    source: str
    lists: Mapping[str, Worklist]
    drawn_by: int
    meeting_lists: tuple[str, ...]
    meeting_standings: tuple[str, ...]
    meeting_neet_days: int
    early_leavers: EarlyLeavers


@dataclass(frozen=True)
class Outcome:
    """What came of a contact or a case: lasting and activities are of cases, what else there is beside the title, of contacts.

    channels are those that it may come of, and says the activities that it may tell of: any where none is named. suggests is
    the activity that it leaves, whoever told of it, where it leaves one. activities are families or codes of which what they do
    after it is one, where it says so.
    """

    id: str
    title: str
    answered: bool = False
    told_by: str = ""
    means_fail: bool = False
    channels: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    suggests: str = ""
    lasting: bool = False
    activities: tuple[str, ...] = ()

    def may_come_of(self, channel: str) -> bool:
        """Whether a try by this channel can have come to it."""
        return not self.channels or channel in self.channels

    def may_tell_of(self, activity: str) -> bool:
        """Whether somebody can have said this activity then."""
        return not self.says or activity in self.says

    def may_record(self, activity: str) -> bool:
        """Whether this activity can have been recorded with it."""
        return bool(activity) and (activity == self.suggests or self.answered and self.may_tell_of(activity))


@dataclass(frozen=True)
class Casework:
    """How cases may end, and after how many weeks somebody asks whether it lasted."""

    sustained_weeks: int
    outcomes: Mapping[str, Outcome]


def load_worklists(path: Path, cohort: Cohort, amended: tuple[Amended, ...] = ()) -> tuple[Worklists, ...]:
    """Every edition of a file of worklists, the oldest first, some numbers amended; what it shares with the cohort's rules is
    as those have it.

    Raises RefusedFileError, saying what is wrong.
    """
    remedy = "give each edition its lists, each with title, about and why, and the parts likeness, meeting and early_leavers"
    return stated_editions(path, amended, lambda given: _edition(given, cohort), remedy)


def load_casework(definitions: Path, amended: tuple[Amended, ...] = ()) -> Casework:
    """The rules of definitions/rules/casework.toml, some numbers amended. Raises RefusedFileError, saying what is wrong."""
    path = definitions / "rules" / "casework.toml"
    stated = read_stated(path, amended)
    try:
        return Casework(whole(stated["sustained_weeks"], "The weeks", 1, _MOST_WEEKS), named(stated["outcome"]))
    except (KeyError, TypeError, ValueError) as error:
        raise refused(path, "give sustained_weeks, and each outcome its title", error) from error


def named(stated: Mapping[str, Mapping[str, Any]]) -> dict[str, Outcome]:
    """Outcomes by id."""
    many = ("channels", "says", "activities")
    lists = {name: {each: tuple(given.get(each, ())) for each in many} for name, given in stated.items()}
    return {name: Outcome(name, **{**given, **lists[name]}) for name, given in stated.items()}


def _edition(given: Mapping[str, Any], cohort: Cohort) -> Worklists:
    if set(given["list"]) != set(LISTS):
        raise ValueError(f"the lists are {', '.join(LISTS)}")
    shared: Mapping[str, Mapping[str, Any]] = {
        NEET_OVERDUE: {"days": cohort.overdue_days}, AGREED_START_PASSED: {"codes": cohort.agreed_starts},
    }
    lists = {name: _list(name, {**shared.get(name, {}), **given["list"][name]}) for name in LISTS}
    meeting = given["meeting"]
    if unknown := set(meeting["lists"]) - set(LISTS):
        raise ValueError(f"{', '.join(sorted(unknown))} is no list")
    return Worklists(given["from"], given["confidence"], given["source"], lists,
                     whole(given["likeness"]["drawn_by"], "The number of people", 0, _MOST_PEOPLE), tuple(meeting["lists"]),
                     tuple(meeting["vulnerable_standings"]), whole(meeting["neet_days"], "The days", 0, _MOST_DAYS),
                     _early_leavers(given["early_leavers"]))


def _early_leavers(given: Mapping[str, Any]) -> EarlyLeavers:
    ages = frozenset(whole(age, "The academic age", *_AGES) for age in given["ages"])
    return EarlyLeavers(ages, frozenset(given["families"]), whole(given["courses_end"], "The month", 1, 12),
                        whole(given["days"], "The days", 1, _MOST_DAYS),
                        {intended: frozenset(codes) for intended, codes in given["as_intended"].items()})


def _list(name: str, given: Mapping[str, Any]) -> Worklist:
    if given["why"] not in _WORTHS:
        raise ValueError(f"why of {name} is one of {', '.join(_WORTHS)}")
    return Worklist(name, given["title"], given["about"], given["why"], whole(given.get("days", 0), "The days", 0, _MOST_DAYS),
                    frozenset(given.get("codes", ())), frozenset(given.get("families", ())))
