"""Which measure of the scorecard an indicator probably follows, from its words and cohort; the choice is an officer's."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from throughline.analytics.measures.definition import Measure
from throughline.apps.indicators.groups import group_named
from throughline.apps.indicators.meaning import rules, vocabulary
from throughline.apps.indicators.models import Indicator
from throughline.apps.performance import figures

_WORD = re.compile(r"[a-z0-9]+(?:-[0-9]+)?")
_OTHER_COHORT = 0.55  # for each group of young people that only one of the two names
_AGES = re.compile(r"\b(1[0-9]|2[0-5])\s*(?:-|/|to|and|&|or|–)\s*(1[0-9]|2[0-5])\b")


@dataclass(frozen=True)
class Suggestion:
    """A measure, and the group of it where the words name one; reason is a sentence, alike from 0 to 1."""

    measure: Measure
    breakdown: str
    group: str
    reason: str
    alike: float


def suggestions(title: str, cohort: str = "", target_words: str = "", limit: int = 3) -> list[Suggestion]:
    """The measures most like an indicator's words, best first; at most limit, and none that are quite unlike them."""
    known = _known(tuple(figures.measures().values()))
    own = _words(f"{title} {cohort}") or _words(target_words)
    found = []
    for measure in known.measures:
        group = group_named(measure, f"{cohort} {title}")
        alike, shared = known.alike(own, measure, group[1] if group else "")
        if alike >= vocabulary()["suggestions"]["least"]:
            found.append(Suggestion(measure, *(group or ("", "")), _reason(measure, group, shared), alike))
    found.sort(key=lambda one: -one.alike)
    return found[:limit]


def _reason(measure: Measure, group: tuple[str, str] | None, shared: frozenset[str]) -> str:
    """Why a measure is offered, in the measure's own words."""
    told = [word for word in measure.title.split() if _words(word) & shared or _AGES.search(word)]
    said = f"they share “{' '.join(told)}”" if told else "its description speaks of the same"
    return said + (f", and its group is “{group[1]}”" if group else "")


def certain(indicator: Indicator) -> Suggestion | None:
    """The one measure an indicator follows beyond doubt: very like it, and well ahead of the next; None otherwise."""
    stated = vocabulary()["suggestions"]
    best = suggestions(indicator.title, indicator.cohort, indicator.target_words, limit=2)
    if not best or best[0].alike < stated["certain"]:
        return None
    return best[0] if len(best) == 1 or best[0].alike - best[1].alike >= stated["ahead"] else None


@dataclass(frozen=True, eq=False)
class _Known:
    """The measures with the words of each, and how much each word tells: the rarer the more."""

    measures: tuple[Measure, ...]
    titles: Mapping[str, frozenset[str]]
    others: Mapping[str, frozenset[str]]
    weight: Mapping[str, float]

    def alike(self, own: frozenset[str], measure: Measure, group: str) -> tuple[float, frozenset[str]]:
        """How alike words and a measure are, and the words they share: those only one of them has count against it."""
        title, other = self.titles[measure.id] | _words(group), self.others[measure.id]
        shared = own & (title | other)
        told = self._tell(shared & title) + 0.8 * self._tell(shared - title)
        total = self._tell(shared) + 0.35 * self._tell(title - own) + 0.5 * self._tell(own - shared)
        # A measure of one group of young people is hardly the one meant by words that name no group, or another.
        apart = _cohorts(own) ^ _cohorts(title)
        return (told / total if total else 0.0) * _OTHER_COHORT ** len(apart), shared

    def _tell(self, words: Iterable[str]) -> float:
        return sum(self.weight.get(word, 1.5) for word in words)


@lru_cache(maxsize=4)
def _known(measures: tuple[Measure, ...]) -> _Known:
    titles = {measure.id: _words(measure.title) for measure in measures}
    others = {measure.id: _words(f"{' '.join(measure.keywords)} {measure.description}") for measure in measures}
    counted = [titles[measure.id] | others[measure.id] for measure in measures]
    every = frozenset().union(*counted)
    weight = {word: math.log(1 + len(counted) / sum(word in words for words in counted)) for word in every}
    return _Known(measures, titles, others, weight)


def _words(text: str) -> frozenset[str]:
    """The words of a text that say what is measured, each in one spelling; a stretch of ages is one word."""
    said = _same(" ".join(_WORD.findall(_AGES.sub(r" \1-\2 ", text.lower()))))
    empty = vocabulary()["suggestions"]["empty"]
    return frozenset(_singular(word) for word in said.split() if word not in empty and (len(word) > 1 or word.isdigit()))


def _same(said: str) -> str:
    """Words that mean the same put into one of them: those of the suggestions' own list, and the cohorts' names."""
    padded = f" {said} "
    for names in _spellings():
        for name in names[1:]:
            padded = padded.replace(f" {name} ", f" {names[0]} ")
    return padded.strip()


def _cohorts(words: frozenset[str]) -> frozenset[str]:
    """The words that stand for a group of young people."""
    return words & _cohort_words(tuple(names[0] for names in rules().words.cohorts if names), _lists())


@lru_cache(maxsize=4)
def _cohort_words(cohorts: tuple[str, ...], _spelt_by: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset().union(*(_words(name) for name in cohorts))


def _spellings() -> list[list[str]]:
    return _spelt(_lists())


def _lists() -> tuple[tuple[str, ...], ...]:
    """The lists of words that mean the same, as they stand: what is worked out from them is kept by their content."""
    return tuple(tuple(names) for names in (*vocabulary()["suggestions"]["same"], *rules().words.cohorts))


@lru_cache(maxsize=4)
def _spelt(lists: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    """Each list begins with a single word that stands for the rest, the longest of which are looked for first."""
    found = []
    for names in lists:
        plain = [" ".join(_WORD.findall(name.lower())) for name in names]
        stands = min((name for name in plain if " " not in name), key=len, default="".join(plain[0].split()))
        found.append([stands, *sorted((name for name in plain if name != stands), key=len, reverse=True)])
    return found


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
