"""The rules as they hold: their files, with the numbers, codes and words that officers say otherwise."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.analytics.formats.nccis.edition import load_editions, read_editions
from throughline.analytics.formats.nccis.timetable import load_timetable
from throughline.analytics.intake.rules import load_rules as load_intake
from throughline.analytics.participation.adjustment import load_adjustment
from throughline.analytics.participation.codesets import NAMES
from throughline.analytics.participation.cohort import load_cohort
from throughline.analytics.participation.contacting import load_contacting
from throughline.analytics.participation.currency import load_currency
from throughline.analytics.participation.retention import load_retention
from throughline.analytics.participation.rulechanges import editions_of, held_day_by_day
from throughline.analytics.participation.stated import Amended, Place, Said, Stated, fits, read_stated, values
from throughline.analytics.participation.worklists import Worklists, load_casework, load_worklists
from throughline.apps.codelists.asked import answered, asked_once
from throughline.apps.codelists.beside import read_beside
from throughline.apps.codelists.models import RuleAmendment, SaidOtherwiseQuerySet
from throughline.apps.codelists.written import written_at
from throughline.core.problems import RefusedFileError
from throughline.ui.formats import day as in_words

RETURNS = "returns"  # the numbered rules of the return: a folder with a file for each edition
# Rules whose numbers are said otherwise as they always were alone, though their editions are dated, each with why.
NOT_FROM_A_DAY_ON: Mapping[str, str] = {
    "retention": "This rule is not changed from a day on: records are forgotten by the rule of the day, and nobody would see "
                 "beforehand which ones a later rule ends. What you say holds for all days of this edition.",
}
NO_LONGER_THERE = "The file has no such value any more"
NOT_OF_THAT_DAY = "The file says something else of that day now, in another edition"


def _worklists(definitions: Path, amended: tuple[Amended, ...]) -> tuple[Worklists, ...]:
    return load_worklists(definitions / "rules" / "worklists.toml", rule("cohort"), amended)


_LOADERS: Mapping[str, Callable[[Path, tuple[Amended, ...]], Any]] = {
    "currency": load_currency, "cohort": load_cohort, "worklists": _worklists, "contacting": load_contacting,
    "retention": load_retention, "intake": load_intake, "casework": load_casework, "neet_adjustment": load_adjustment,
    "upload_timetable": load_timetable, RETURNS: load_editions,
}
AMENDABLE = tuple(_LOADERS)


@dataclass(frozen=True)
class Days:
    """The first and last day of which an edition says a value, None where there is no such day."""

    first: date | None
    last: date | None

    def has_within(self, day: date) -> bool:
        """Whether a value may be another from a day on: one of them that is not the first, since that would be all of them."""
        return self.first is not None and self.first < day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Standing:
    """The amendments of a file that were not withdrawn: those that hold, and those that are void, each with why.

    One holds for a place and a day from which on it is so: first those for all days, then from the earliest day.
    """

    holds: tuple[RuleAmendment, ...]
    void: tuple[tuple[RuleAmendment, str], ...]

    @property
    def amended(self) -> tuple[Amended, ...]:
        """What is laid over the file."""
        return tuple(each.amended for each in self.holds)

    def at(self, place: Place) -> list[RuleAmendment]:
        """Those that hold of one value."""
        return [each for each in self.holds if each.place == place]


def rule(name: str) -> Any:
    """One file of AMENDABLE as its loader reads it, the numbers that officers say otherwise among the rest."""
    return asked_once("rule", name, lambda: _rule(settings.DEFINITIONS, name, written_at("rules"), amended_at()))


def amended_at() -> tuple:
    """What changes whenever a number is said otherwise or an amendment withdrawn."""
    return RuleAmendment.objects.stamp()


def in_file(name: str) -> dict[Place, Stated]:
    """Every value of a file as the file has it, by place, in the file's order."""
    parsed = read_editions(settings.DEFINITIONS) if name == RETURNS else read_stated(_path(name))
    return {one.place: one for one in values(parsed)}


def standing(name: str) -> Standing:
    """What officers say otherwise than a file. Where all of it makes no sense with a changed file, the file alone holds."""
    return asked_once("standing", name, lambda: _standing(settings.DEFINITIONS, name, written_at("rules"), amended_at()))


@lru_cache(maxsize=64)
def _standing(definitions: Path, name: str, written_at: int, amended_at: tuple) -> Standing:
    found = _fitting(name)
    try:
        _load(name, found.amended)
    except RefusedFileError as error:
        return Standing((), (*found.void, *((each, error.problems[0].remedy) for each in found.holds)))
    return found


def _fitting(name: str) -> Standing:
    """What officers say otherwise than a file: of each place and day the latest, whether all of it makes sense or not."""
    file = in_file(name)
    why = [(each, _why(name, each, file)) for each in _latest(name)]
    return Standing(tuple(each for each, said in why if not said), tuple((each, said) for each, said in why if said))


def try_value(name: str, place: Place, value: Said, since: date | None = None) -> Said:
    """Whether a value may be said otherwise so, for all days or from a day on; answers what the file says there.

    Raises what tried does.
    """
    tried(name, place, value, since)
    return in_file(name)[place].value


def tried(name: str, place: Place, value: Said, since: date | None = None) -> Any:
    """A file of AMENDABLE as it would be read with one value said otherwise for all days or from a day on.

    Raises KeyError where the file has no such value, not on that day or is not amended here, RefusedFileError for a value that
    cannot be, by itself or with what else is said otherwise.
    """
    file = in_file(name)
    if name not in AMENDABLE or not file[place].is_of_a_kind_with(value):
        raise KeyError(place)
    if since and (name in NOT_FROM_A_DAY_ON or not days_of(name, place).has_within(since)):
        raise KeyError(since)
    return _try(name, _others(name, place, since), Amended(place, file[place].value, value, since))


@contextmanager
def supposed(name: str, then: Any) -> Iterator[None]:
    """While it lasts, a code list or a file of rules of that name is as it would be, and so is what is read with it."""
    answers = {("list" if name in NAMES else "rule", name): then}
    if name == "cohort":
        said = standing("worklists").amended
        with answered(answers):
            answers["rule", "worklists"] = _load("worklists", said)
    with answered(answers):
        yield


def try_without(name: str, place: Place, since: date | None) -> None:
    """Whether what is said of a value for all days, or from a day on, may be taken back.

    Raises RefusedFileError where what else is said otherwise would make no sense without it. What makes none already, as with a
    file that changed, is taken back one by one.
    """
    if standing(name).holds:
        _try(name, _others(name, place, since))


def _others(name: str, place: Place, since: date | None) -> list[RuleAmendment]:
    return [each for each in _fitting(name).holds if (each.place, each.starts) != (place, since)]


def _try(name: str, others: Sequence[RuleAmendment], *more: Amended) -> Any:
    """Read a file with amendments laid over it. Where others are in the way, the refusal names them."""
    return read_beside(others, lambda left: _load(name, (*(each.amended for each in left), *more)), _told)


def _told(amendment: RuleAmendment) -> str:
    """An amendment as a refusal names it."""
    from_when = f"from {in_words(amendment.starts)} on" if amendment.starts else "as it always was"
    return f"{amendment.path} is {printed(amendment.value)} {from_when}"


def days_of(name: str, place: Place) -> Days:
    """The days of which an edition says a value: of the return those of every edition that has the rule of that one.

    There are none of what is not dated: what a file states whatever the day.
    """
    editions = editions_of(_as_in_file(settings.DEFINITIONS, name, written_at("rules"))) if place.edition else ()
    own = [at for at, edition in enumerate(editions) if _says(name, edition, place)]
    if not own:
        return Days(None, None)
    after = editions[own[-1] + 1:]
    return Days(editions[own[0]].starts, after[0].starts - timedelta(days=1) if after else None)


def time_of(name: str, place: Place, since: date | None) -> Days:
    """The days of which a value is said that is said as it always was, or from a day on: until something else is said of later
    ones. The first is None where it is said of every day before too, as the oldest edition is.
    """
    days = days_of(name, place)
    oldest = min((edition.starts for edition in editions_of(_as_in_file(settings.DEFINITIONS, name, written_at("rules")))),
                 default=None)
    later = [each.starts for each in standing(name).at(place) if each.starts and each.starts > (since or date.min)]
    last = min(later) - timedelta(days=1) if later else days.last
    return Days(since or (days.first if days.first != oldest else None), last)


def _says(name: str, edition: Any, place: Place) -> bool:
    if name == RETURNS:
        return any(rule.stated == place.edition and str(rule.number) in place.path for rule in edition.rules)
    return edition.starts == place.edition


def history(name: str, place: Place) -> list[RuleAmendment]:
    """Every amendment of a number, the latest first, withdrawn ones too."""
    return amendments_of(name, place).history()


def amendments_of(name: str, place: Place) -> SaidOtherwiseQuerySet:
    """Every amendment of a number."""
    return RuleAmendment.objects.filter(file=name, edition=place.edition, path=place.dotted)


def _latest(name: str) -> list[RuleAmendment]:
    """The latest amendment of each place and day, those for all days first and then from the earliest day on."""
    latest = {(each.place, each.starts): each for each in RuleAmendment.objects.filter(file=name).standing()}
    return sorted(latest.values(), key=lambda each: each.starts or date.min)


def _why(name: str, amendment: RuleAmendment, file: Mapping[Place, Stated]) -> str:
    """Why an amendment does not hold; nothing where it does."""
    if fits(amendment.amended, file):
        if amendment.starts is None:
            return ""
        held = days_of(name, amendment.place).has_within(amendment.starts)
        return NOT_FROM_A_DAY_ON.get(name, "" if held else NOT_OF_THAT_DAY)
    now = file.get(amendment.place)
    return f"The file now says {printed(now.value)}" if now and now.is_of_a_kind_with(amendment.value) else NO_LONGER_THERE


def printed(value: Said) -> str:
    """A number, a word or codes as they are printed without anything beside them; "none" where there is no code."""
    return ", ".join(value) or "none" if isinstance(value, list) else str(value)


def _path(name: str) -> Path:
    return Path(settings.DEFINITIONS) / "rules" / f"{name}.toml"


def _load(name: str, amended: tuple[Amended, ...]) -> Any:
    if name not in _LOADERS:
        return None
    return held_day_by_day(lambda said: _LOADERS[name](settings.DEFINITIONS, said), amended)


@lru_cache(maxsize=64)
def _as_in_file(definitions: Path, name: str, written_at: int) -> Any:
    return _load(name, ())


@lru_cache(maxsize=64)
def _rule(definitions: Path, name: str, written_at: int, amended_at: tuple) -> Any:
    return _load(name, standing(name).amended)
