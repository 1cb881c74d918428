"""What the rules say of codes like a new one: how long those stay current, and which rules name some of them and not it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from throughline.analytics.participation.codesets import Code, CodeSet
from throughline.analytics.participation.currency import Lapses
from throughline.apps.codelists import ruling
from throughline.apps.codelists.wording import Line, editions, files, lines

CURRENCY = "currency"
_OF_A_RULE = 3  # keys that lead to what a rule says itself: the rules, the rule and what it says
_SO_MANY = "so many"  # in the words of when an activity lapses, before the unit of a number that stands beside it


@dataclass(frozen=True)
class Current:
    """Codes that lapse alike: when, in words, and the value of the rule that names them; None where no rule does."""

    codes: tuple[str, ...]
    lapse: str
    never: bool
    rule: Line | None


def stay_current(listed: CodeSet, new: Code) -> list[Current]:
    """How long codes like a new one stay current, on the first day to come on which it may be used, in the order of the rules.

    Nothing of a list whose codes do not lapse, nor where a rule names the new code already.
    """
    if files()[CURRENCY]["codes"] != listed.name:
        return []
    day = max(new.valid_from or date.min, timezone.localdate())
    left, found = _alike(listed, new) & listed.usable(day), []
    rules = _rules_on(day)
    if any(new.code in rule["codes"].on(day).holds for rule in rules):
        return []
    for rule in rules:
        named = tuple(code for code in rule["codes"].on(day).holds if code in left)
        left -= set(named)
        if named:
            found.append(Current(named, _lapse(rule, day), rule["lapses"].on(day).holds == Lapses.NEVER, rule["codes"]))
    return [*found, *([Current(tuple(sorted(left)), str(Lapses.NEVER), True, None)] if left else [])]


def rules_to_look_at(listed: CodeSet, new: Code) -> list[tuple[str, Line]]:
    """The values of rules that name codes like a new one of a list one by one and not it, each with the name of its file, as far
    as they are of any of its days; how long codes stay current is told apart.

    What names a single code and is not changed here is about that code, as that a young carer is a carer, and can be of no other.
    """
    alike = _alike(listed, new)
    return [(name, line) for name in files() if name != CURRENCY for line in lines(name) if line.codes == listed.name
            and any(alike & set(time.holds) and new.code not in time.holds for time in line.times)
            and (line.amendable or any(len(time.holds) > 1 for time in line.times))
            and (ruling.days_of(name, line.place).last or date.max) >= (new.valid_from or date.min)]


def _alike(listed: CodeSet, new: Code) -> set[str]:
    """The codes that are of the family of a new one; in a list without families all of them are."""
    return {line.code for line in listed.lines if line.facts.get("family") == new.facts.get("family")} - {new.code}


def _rules_on(day: date) -> list[dict[str, Line]]:
    """The rules of currency that hold on a day, in their order, each its values by their keys."""
    stated = sorted(edition for edition in editions(CURRENCY) if edition)
    held = ([edition for edition in stated if edition <= day] or stated)[-1]
    found: dict[str, dict[str, Line]] = {}
    for line in lines(CURRENCY):
        if line.place.edition == held and len(line.place.path) == _OF_A_RULE:
            _, rule, key = line.place.path
            found.setdefault(rule, {})[key] = line
    return list(found.values())


def _lapse(rule: Mapping[str, Line], day: date) -> str:
    """When what a rule names lapses, in words, with its number."""
    words = rule["lapses"].on(day).shown
    for line in rule.values():
        words = words.replace(f"{_SO_MANY} {line.unit}", line.on(day).shown) if line.unit else words
    return words
