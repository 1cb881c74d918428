"""The files of rules in plain words, as definitions/rules/wording.toml has them: each value said, with its unit and source."""

import calendar
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from throughline.analytics.participation.stated import Number, Place, Said, Stated
from throughline.apps.accounts.places import authority_name
from throughline.apps.accounts.queries import areas_here
from throughline.apps.codelists import ruling
from throughline.apps.codelists.models import RuleAmendment
from throughline.apps.codelists.queries import codeset
from throughline.ui.formats import day as in_words

FILE = "wording.toml"
ALWAYS = "always"  # in addresses, for what a file states whatever the day
_HEADINGS = {"title", "name", "id", "about", "confidence", "source", "from", "codes"}
_MONTH, _DAY = "month of the year", "month and day"
_MONTH_AND_DAY = re.compile(r"(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)")


@dataclass(frozen=True)
class Line:
    """A value as a page shows it: whose it is, what it says, what holds and what the file has, how sure and where from.

    codes names the list whose codes it may have, where it is codes that can be said otherwise.
    """

    place: Place
    of: str
    says: str
    unit: str
    holds: Any
    shown: str
    in_file: str
    confidence: str
    source: str
    amendment: RuleAmendment | None
    amendable: bool
    codes: str = ""


def files() -> Mapping[str, Mapping[str, Any]]:
    """The files that are shown, by name: title, about, warning and says."""
    path = Path(settings.DEFINITIONS) / "rules" / FILE
    return _files(path, path.stat().st_mtime_ns)


def editions(name: str) -> list[date | None]:
    """The first days of a file's editions, in its order; None for what it states whatever the day."""
    return list(dict.fromkeys(line.place.edition for line in lines(name)))


def called(edition: date | None) -> str:
    """An edition as a reader says it."""
    return f"From {in_words(edition)}" if edition else "Whatever the day"


def lines(name: str) -> list[Line]:
    """Every value of a file that its wording names, and every other that is no heading, in the file's order."""
    known, held = files()[name], ruling.standing(name).holds
    found = ((stated, _wording(known, place)) for place, stated in ruling.in_file(name).items())
    return [_line(name, stated, said or {}, held.get(stated.place)) for stated, said in found
            if said or stated.is_number or stated.place.path[-1] not in _HEADINGS]


def with_unit(value: Said, unit: str) -> str:
    """A number with what it counts: 28 days, 1 year, 12 (December); codes as they are."""
    if isinstance(value, list):
        return ruling.printed(value)
    if unit == _MONTH:
        return f"{value} ({calendar.month_name[int(value)]})"
    return f"{value} {unit[:-1] if value == 1 and unit.endswith('s') else unit}".strip()


def _line(name: str, stated: Stated, said: Mapping[str, Any], amendment: RuleAmendment | None) -> Line:
    holds, unit, codes = amendment.value if amendment else stated.value, said.get("unit", ""), said.get("list", "")
    may_change = (stated.is_number or (stated.is_codes and codes)) and name in ruling.AMENDABLE and not said.get("fixed")
    return Line(stated.place, _of(name, stated), said.get("says", stated.place.dotted), unit, holds, _shown(holds, said),
                _shown(stated.value, said), stated.nearest("confidence"), stated.nearest("source"), amendment,
                bool(may_change), codes if stated.is_codes else "")


def _of(name: str, stated: Stated) -> str:
    """What the innermost table with a number, a title, a name or codes is called; nothing for a value of the edition itself."""
    for table in stated.within:
        if "number" in table:
            return f"Rule {table['number']}: {table['field']}"
        if "title" in table or "name" in table:
            called = str(table.get("title") or table["name"])
            return called[0].upper() + called[1:] if stated.place.path[-1] != "title" else ""
        if "codes" in table:
            codes, day = codeset(files()[name]["codes"]), stated.place.edition or timezone.localdate()
            return "; ".join(f"{code} {codes.label(code, day)}" for code in table["codes"])
    return ""


def _shown(value: Any, said: Mapping[str, Any]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Number):
        return with_unit(value, said.get("unit", ""))
    if said.get("unit") == _DAY and (day := _MONTH_AND_DAY.fullmatch(str(value))):
        return f"{int(day['day'])} {calendar.month_name[int(day['month'])]}"
    words = said.get("words", {})
    return ", ".join(words.get(each, each) for each in (value if isinstance(value, list) else [str(value)]))


def _wording(known: Mapping[str, Any], place: Place) -> Mapping[str, Any] | None:
    """The line of the wording that names a value; one without a * before one with."""
    says: Mapping[str, Mapping[str, Any]] = known["says"]
    if place.dotted in says:
        return says[place.dotted]
    return next((said for pattern, said in says.items() if _names(pattern.split("."), place.path)), None)


def _names(pattern: list[str], path: tuple[str, ...]) -> bool:
    return len(pattern) == len(path) and all(key in ("*", own) for key, own in zip(pattern, path, strict=True))


@lru_cache(maxsize=4)
def _files(path: Path, written_at: int) -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def holds_for() -> str:
    """For whom what is said of a code or a rule holds, in a sentence: every authority whose people use this site."""
    names = sorted(authority_name(area) for area in areas_here())
    if len(names) < 2:
        return "It holds for every authority whose people use this site" + (f": now {names[0]} alone." if names else ".")
    return (f"It holds for all authorities whose people use this site, which are {len(names)}: {', '.join(names[:-1])} and "
            f"{names[-1]}.")
