"""What something is said to cost: the amounts in the words, for how long or for what, and who pays."""

import re
from functools import lru_cache
from typing import Any

from throughline.analytics.planreading.tree import Cost
from throughline.analytics.planreading.vocabulary import Templates, any_of
from throughline.analytics.planreading.words import plain, words

_TIMES = {"thousand": 1_000, "million": 1_000_000}
_AMOUNT = re.compile(r"£?\s?\d[\d,]*(?:\.\d{1,2})?")
_FINANCIAL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[/–-]\s*((?:19|20)?\d{2})(?!\d)")
_PHRASE = re.compile(r"[.;,(]|\band\b|£", re.IGNORECASE)


def read_cost(printed: str, templates: Templates, in_pounds: bool = False) -> Cost:
    """The amounts printed with a pound sign, each as {"pounds", "basis", "source"}, and "year" where one is printed with it.

    pounds is a number; basis is "per year", "each" (for each of something) or ""; source is who pays, as printed, or "";
    year is a financial year, "2026/27", where the words after the amount name one and no other.
    Words without an amount ("Partner core contributions") are a cost with none. in_pounds is whether the column says
    that a number alone is one.
    """
    text = plain(printed)
    signed = f"£{text}" if in_pounds and is_amount(text) and "£" not in text else text
    return Cost(text, [_amount(found, signed, templates) for found in _pattern(templates).finditer(signed)])


def is_amount(text: str) -> bool:
    """Whether a text is a number that may be an amount, with or without a pound sign, and nothing else."""
    return bool(_AMOUNT.fullmatch(text))


def counts_in_pounds(heading: str) -> bool:
    """Whether the heading of a column says that its numbers are pounds, and not thousands or millions of them."""
    return "£" in heading and not re.search(r"0{3}|£\s*[km]\b|thousand|million", heading, re.IGNORECASE)


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
    year = _year(following)
    return {"pounds": int(pounds) if pounds == int(pounds) else pounds, "basis": _basis(following, templates),
            "source": _source(following, templates), **({"year": year} if year else {})}


def _year(following: str) -> str:
    years = {f"{first}/{last[-2:]}" for first, last in _FINANCIAL_YEAR.findall(following.split("£")[0])
             if (int(first) + 1) % 100 == int(last[-2:])}
    return years.pop() if len(years) == 1 else ""


def _basis(following: str, templates: Templates) -> str:
    for basis, spelt in templates.table("costs", "basis").items():
        if re.match(r"\s*" + any_of(spelt), following, re.IGNORECASE):
            return basis
    return ""


def _source(following: str, templates: Templates) -> str:
    """Who pays: what follows "funded by" and the like, or stands in brackets, before the next amount or phrase."""
    here = following.split("£")[0]
    bracketed = re.match(r"[^(]*\(([^)]+)\)", _FINANCIAL_YEAR.sub("", here).replace("()", ""))
    named = templates.pattern("costs", "words", "source").search(here)
    if named and not _FINANCIAL_YEAR.match(here[named.end():].lstrip()) and templates.months.keys().isdisjoint(
            words(here[named.end():])[:1]):
        return plain(_PHRASE.split(here[named.end():])[0])
    return plain(bracketed.group(1)) if bracketed else ""
