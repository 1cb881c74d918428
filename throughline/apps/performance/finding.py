"""Which measures answer to the words somebody typed."""

import re
from collections.abc import Iterable

from throughline.analytics.measures.definition import Measure
from throughline.core.nearest import nearest

_WORD = re.compile(r"[a-z0-9]+")
_WEIGHTS = (("title", 5), ("keywords", 4), ("theme", 2), ("description", 1), ("why", 1))


def find(measures: Iterable[Measure], words: str) -> list[Measure]:
    """The measures that answer to every word, best first; a misspelt word is taken for its nearest.

    Those that answer alike stay in the order given, after one whose very title was typed. A word answers to
    any word it begins, so that “absen” finds absence and absentees.
    """
    held = list(measures)
    texts = {measure.id: _words_of(measure) for measure in held}
    known = {word for text in texts.values() for word in text}
    wanted = [_known(word, known) for word in _WORD.findall(words.lower())]
    scored = [(_score(texts[measure.id], wanted), measure) for measure in held]
    scored.sort(key=lambda pair: (-pair[0], pair[1].title.lower() != words.strip().lower()))
    return [measure for score, measure in scored if score > 0]


def _words_of(measure: Measure) -> dict[str, int]:
    """Each word of a measure with the weight of the best place it stands in."""
    weights: dict[str, int] = {}
    for field, weight in _WEIGHTS:
        text = getattr(measure, field)
        text = " ".join(text) if isinstance(text, tuple) else text
        for word in _WORD.findall(text.lower()):
            weights[word] = max(weights.get(word, 0), weight)
    return weights


def _known(word: str, known: set[str]) -> str:
    if any(other.startswith(word) for other in known):
        return word
    return next(iter(nearest(word, sorted(other for other in known if len(other) > 3), 1)), word)


def _score(text: dict[str, int], wanted: list[str]) -> int:
    """The sum of the best weight for each word; nothing unless every word is answered to."""
    best = [max((weight for word, weight in text.items() if word.startswith(start)), default=0) for start in wanted]
    return sum(best) if best and all(best) else 0
