"""The files of rules in plain words, as definitions/rules/wording.toml has them: each value said, with its unit and source."""

import calendar
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
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
_SURE = {"high": "we are sure", "medium": "we are fairly sure", "low": "we are not sure"}
_UNDATED = "This rule is not dated: what you say holds for all days."  # what is stated whatever the day is asked without one
_HEADINGS = {"title", "name", "id", "about", "confidence", "source", "from", "codes"}
_MONTH, _DAY = "month of the year", "month and day"
_MONTH_AND_DAY = re.compile(r"(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)")


@dataclass(frozen=True)
class Time:
    """What a value is through some of the days that its edition is of, how sure and where from; amendment where it was changed.

    source is empty where it was changed for a reason that names none. valid_from and valid_to are the first and last of those
    days, None where they are the edition's own.
    """

    valid_from: date | None
    valid_to: date | None
    holds: Any
    shown: str
    confidence: str
    source: str
    amendment: RuleAmendment | None


@dataclass(frozen=True)
class Line:
    """A value as a page shows it: whose it is, what it says, what it is in each time, and what the file has.

    codes names the list whose codes it may have, where it is codes that can be said otherwise, and may_be_none says that it need
    have none of them; words are those that it may be, each with what it means, where it is one that is chosen. not_dated says why
    it is not said otherwise from a day on; nothing where it may be.
    """

    place: Place
    of: str
    says: str
    unit: str
    times: tuple[Time, ...]
    in_file: str
    amendable: bool
    codes: str = ""
    may_be_none: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    not_dated: str = ""

    def on(self, day: date | None) -> Time:
        """What it is from a day on, or as it was first."""
        return [time for time in self.times if time is self.times[0] or (day and time.valid_from and time.valid_from <= day)][-1]

    def shown(self, value: Said) -> str:
        """What it is, or was said to be, in words."""
        return with_unit(value, self.unit) if isinstance(value, Number) else self.words.get(str(value), ruling.printed(value))

    @property
    def is_dated(self) -> bool:
        """Whether it can be another from a day on."""
        return not self.not_dated

    @property
    def is_changed(self) -> bool:
        """Whether it was changed here in any time."""
        return any(time.amendment for time in self.times)


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
    known, standing = files()[name], ruling.standing(name)
    found = ((stated, _wording(known, place)) for place, stated in ruling.in_file(name).items())
    return [_line(name, stated, said or {}, standing.at(stated.place)) for stated, said in found
            if said or stated.is_number or stated.place.path[-1] not in _HEADINGS]


def chosen_words(name: str, place: Place) -> Mapping[str, str]:
    """The words of which a value of a file is one that is chosen, each with what it means; none where it is not."""
    return next((line.words for line in lines(name) if line.place == place), {}) if name in ruling.AMENDABLE else {}


def printed(name: str, place: Place, value: Said) -> str:
    """A value of a file, which need not have it any more, without its unit: a word by what it means."""
    words = (_wording(files()[name], place) or {}).get("words", {})
    return words.get(value, value) if isinstance(value, str) else ruling.printed(value)


def with_said(name: str, amendment: RuleAmendment) -> Line:
    """A value of a file as a page would show it with one amendment more, which need not be kept yet."""
    place, said = amendment.place, _wording(files()[name], amendment.place) or {}
    others = [each for each in ruling.standing(name).at(place) if each.starts != amendment.starts]
    return _line(name, ruling.in_file(name)[place], said, sorted([*others, amendment], key=lambda each: each.starts or date.min))


def in_days(days: ruling.Days) -> str:
    """Of which days something is said, in words."""
    first, last = (in_words(day) if day else "" for day in (days.first, days.last))
    if first:
        return f"from {first} until {last}" if last else f"from {first} on"
    return f"until {last}" if last else "for all days"


def goes_by_it(first: date | None) -> str:
    """From when on people go by what is said, in a sentence: at once, or from its first day where that is to come."""
    when = "that day" if first and first > timezone.localdate() else "now"
    return f"Everybody who uses this site goes by it from {when} on."


def rules_of_code(codeset: str, code: str) -> list[str]:
    """The rules that are of a code of a list, such as “Months that count: Activities that lapse”."""
    return [f"{known['title']}: {line.says}" for name, known in files().items() for line in lines(name)
            if line.codes == codeset and any(code in time.holds for time in line.times)]


def named_by_rules(codeset: str) -> bool:
    """Whether there are rules that officers can say to be of codes of a list."""
    return any(line.codes == codeset for name in files() for line in lines(name))


def on_day(name: str, path: str, day: date) -> Time:
    """What a value of dated rules is on a day, how sure and where from, as officers say it; before any edition the first's."""
    held = sorted((line for line in lines(name) if line.place.dotted == path and line.place.edition),
                  key=lambda line: line.place.edition or date.min)
    begun = [line for line in held if line.place.edition and line.place.edition <= day]
    return (begun or held[:1])[-1].on(day)


def how_sure(time: Time) -> str:
    """How sure we are of a value and where it is from, to stand in a sentence that says of what."""
    return f"{_SURE[time.confidence]}{f' ({time.source})' if time.source else ''}"


def with_unit(value: Said, unit: str) -> str:
    """A number with what it counts: 28 days, 1 year, 12 (December); codes as they are."""
    if isinstance(value, list):
        return ruling.printed(value)
    if unit == _MONTH:
        return f"{value} ({calendar.month_name[int(value)]})"
    return f"{value} {unit[:-1] if value == 1 and unit.endswith('s') else unit}".strip()


def _line(name: str, stated: Stated, said: Mapping[str, Any], amendments: Sequence[RuleAmendment]) -> Line:
    codes = said.get("list", "")
    words = said["words"] if stated.is_word and said.get("chosen") else {}
    may_change = (stated.is_number or words or (stated.is_codes and codes)) and name in ruling.AMENDABLE and not said.get("fixed")
    return Line(stated.place, _of(name, stated), said.get("says", stated.place.dotted), said.get("unit", ""),
                tuple(_times(stated, said, amendments)), _shown(stated.value, said), bool(may_change),
                codes if stated.is_codes else "", said.get("may_be_none", False), words,
                ruling.NOT_FROM_A_DAY_ON.get(name, "") if stated.place.edition else _UNDATED)


def _times(stated: Stated, said: Mapping[str, Any], amendments: Sequence[RuleAmendment]) -> Iterator[Time]:
    """What a value is as it was first, and from each day on from which officers say it otherwise."""
    first = next((each for each in amendments if each.starts is None), None)
    held = [first, *(each for each in amendments if each.starts)]
    for each, after in zip(held, [*held[1:], None], strict=True):
        value = each.value if each else stated.value
        yield Time(each.starts if each else None, after.starts - timedelta(days=1) if after and after.starts else None, value,
                   _shown(value, said), (each and each.confidence) or stated.nearest("confidence"),
                   each.source if each else stated.nearest("source"), each)


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
    return ruling.printed([words.get(each, each) for each in (value if isinstance(value, list) else [str(value)])])


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
