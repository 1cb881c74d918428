"""The rules as they hold: their files, with the numbers and codes that officers say otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.analytics.formats.nccis.edition import load_editions, read_editions
from throughline.analytics.intake.rules import load_rules as load_intake
from throughline.analytics.participation.cohort import load_cohort
from throughline.analytics.participation.contacting import load_contacting
from throughline.analytics.participation.currency import load_currency
from throughline.analytics.participation.retention import load_retention
from throughline.analytics.participation.stated import Amended, Place, Said, Stated, fits, read_stated, values
from throughline.analytics.participation.worklists import Worklists, load_casework, load_worklists
from throughline.apps.codelists.asked import asked_once
from throughline.apps.codelists.models import RuleAmendment, SaidOtherwiseQuerySet
from throughline.apps.codelists.written import written_at
from throughline.core.problems import RefusedFileError

RETURNS = "returns"  # the numbered rules of the return: a folder with a file for each edition
NO_LONGER_THERE = "The file has no such value any more"


def _worklists(definitions: Path, amended: tuple[Amended, ...]) -> tuple[Worklists, ...]:
    return load_worklists(definitions / "rules" / "worklists.toml", rule("cohort"), amended)


_LOADERS: Mapping[str, Callable[[Path, tuple[Amended, ...]], Any]] = {
    "currency": load_currency, "cohort": load_cohort, "worklists": _worklists, "contacting": load_contacting,
    "retention": load_retention, "intake": load_intake, "casework": load_casework, RETURNS: load_editions,
}
AMENDABLE = tuple(_LOADERS)


@dataclass(frozen=True)
class Standing:
    """The amendments of a file that were not withdrawn: those that hold, by place, and those that are void, each with why."""

    holds: Mapping[Place, RuleAmendment]
    void: tuple[tuple[RuleAmendment, str], ...]

    @property
    def amended(self) -> tuple[Amended, ...]:
        """What is laid over the file."""
        return tuple(each.amended for each in self.holds.values())


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
    file, latest = in_file(name), _latest(name)
    void = [(each, _why(each, file)) for each in latest.values() if not fits(each.amended, file)]
    found = Standing({place: each for place, each in latest.items() if fits(each.amended, file)}, tuple(void))
    try:
        _load(name, found.amended)
    except RefusedFileError as error:
        return Standing({}, (*void, *((each, error.problems[0].remedy) for each in found.holds.values())))
    return found


def try_value(name: str, place: Place, value: Said) -> Said:
    """Whether a number or codes may be said otherwise so; answers what the file says there.

    Raises KeyError where the file has no such value or is not amended here, RefusedFileError for a value that cannot be.
    """
    file = in_file(name)
    if name not in AMENDABLE or not (file[place].is_codes if isinstance(value, list) else file[place].is_number):
        raise KeyError(place)
    others = tuple(each for each in standing(name).amended if each.place != place)
    _load(name, (*others, Amended(place, file[place].value, value)))
    return file[place].value


def history(name: str, place: Place) -> list[RuleAmendment]:
    """Every amendment of a number, the latest first, withdrawn ones too."""
    return amendments_of(name, place).history()


def amendments_of(name: str, place: Place) -> SaidOtherwiseQuerySet:
    """Every amendment of a number."""
    return RuleAmendment.objects.filter(file=name, edition=place.edition, path=place.dotted)


def _latest(name: str) -> dict[Place, RuleAmendment]:
    return {each.place: each for each in RuleAmendment.objects.filter(file=name).standing()}


def _why(amendment: RuleAmendment, file: Mapping[Place, Stated]) -> str:
    now = file.get(amendment.place)
    return f"The file now says {printed(now.value)}" if now and (now.is_number or now.is_codes) else NO_LONGER_THERE


def printed(value: Said) -> str:
    """A number or codes as they are printed without anything beside them."""
    return ", ".join(value) if isinstance(value, list) else str(value)


def _path(name: str) -> Path:
    return Path(settings.DEFINITIONS) / "rules" / f"{name}.toml"


def _load(name: str, amended: tuple[Amended, ...]) -> Any:
    return _LOADERS[name](settings.DEFINITIONS, amended) if name in _LOADERS else None


@lru_cache(maxsize=64)
def _rule(definitions: Path, name: str, written_at: int, amended_at: tuple) -> Any:
    return _load(name, standing(name).amended)
