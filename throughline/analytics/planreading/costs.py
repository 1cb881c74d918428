"""What something is said to cost: the amounts in the words, for how long or for what, and who pays."""

import re
from functools import lru_cache
from typing import Any

from throughline.analytics.planreading.tree import Cost
from throughline.analytics.planreading.vocabulary import Templates, any_of
from throughline.analytics.planreading.words import plain, words

_TIMES = {"thousand": 1_000, "million": 1_000_000}
_PHRASE = re.compile(r"[.;,(]|\band\b|£", re.IGNORECASE)


def read_cost(printed: str, templates: Templates) -> Cost:
    """The amounts printed with a pound sign, each as {"pounds", "basis", "source"}.

    pounds is a number; basis is "per year", "each" (for each of something) or ""; source is who pays, as printed, or "".
    Words without an amount ("Partner core contributions") are a cost with none.
    """
    text = plain(printed)
    return Cost(text, [_amount(found, text, templates) for found in _pattern(templates).finditer(text)])


def speaks_of_cost(text: str, templates: Templates) -> bool:
    """Whether a text reads like what something costs."""
    return "£" in text or bool(templates.pattern("costs", "words", "costs").search(text))


@lru_cache(maxsize=4)
def _pattern(templates: Templates) -> re.Pattern[str]:
    multiples = "|".join(f"(?P<{key}>{_either(spelt)})" for key, spelt in templates.table("costs", "multiples").items())
    return re.compile(rf"£\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?:(?:{multiples})(?![a-z]))?", re.IGNORECASE)


def _either(spelt: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(spelt, key=len, reverse=True))


def _amount(found: re.Match[str], text: str, templates: Templates) -> dict[str, Any]:
    number = float(found["number"].replace(",", ""))
    times = next((value for key, value in _TIMES.items() if found[key]), 1)
    pounds = round(number * times, 2)
    following = text[found.end():]
    return {"pounds": int(pounds) if pounds == int(pounds) else pounds, "basis": _basis(following, templates),
            "source": _source(following, templates)}


def _basis(following: str, templates: Templates) -> str:
    for basis, spelt in templates.table("costs", "basis").items():
        if re.match(r"\s*" + any_of(spelt), following, re.IGNORECASE):
            return basis
    return ""


def _source(following: str, templates: Templates) -> str:
    """Who pays: what follows "funded by" and the like, or stands in brackets, before the next amount or phrase."""
    here = following.split("£")[0]
    bracketed = re.match(r"[^(]*\(([^)]+)\)", here)
    named = templates.pattern("costs", "words", "source").search(here)
    if named and templates.months.keys().isdisjoint(words(here[named.end():])[:1]):
        return plain(_PHRASE.split(here[named.end():])[0])
    return plain(bracketed.group(1)) if bracketed else ""
