"""Why words cannot be read as a target, and which words would be."""

from throughline.analytics.targets.language import NotUnderstood
from throughline.analytics.targets.wording.draft import Draft
from throughline.analytics.targets.wording.phrases import compiled

_EXAMPLES = "“at least 95%”, “reduce by 5 points”, “above England”, “in the top quartile of authorities”, “strategy published”"
_REASONS = (
    (r"\b(?:in line with|better than|above|match(?:es|ing)?|exceed(?:s|ing)?)\b",
     "It is set beside something we hold no figures for.",
     "name England, the region or statistical neighbours: “in line with statistical neighbours”"),
    (r"\b(?:quartile|ranking|ranked)\b",
     "It speaks of a ranking, but not of the place wanted in it.",
     "say the place or the part: “in the top half of authorities”, “in the top 10 of statistical neighbours”"),
    (r"\bgaps?\b",
     "It speaks of a gap, but not of what should become of it.",
     "say how far: “halve the gap”, “gap reduced by 5 points”, “gap less than the national gap”"),
    (r"\bon target\b",
     "It points to a target that is not printed here.",
     "give the value: “at least 60%”"),
    (r"\b(?:XR|see also|refer to|see \d)",
     "It points to another place and promises nothing itself.",
     "write the target that stands there"),
    (r"^\W*(?:the )?(?:numbers?|%|per cent|percentage|proportion|rate) of\b",
     "It names something to measure, but not what it should come to.",
     "say how many or how much: “at least 20 places taken up”, “at least 60% at level 2”"),
)
_PATTERNS = tuple((compiled(pattern), why, wording) for pattern, why, wording in _REASONS)


def refusal(printed: str, longest: int) -> NotUnderstood:
    """The answer for words that were not read."""
    if not printed:
        return NotUnderstood(printed, "There are no words here.", f"write, for example, {_EXAMPLES}")
    if len(printed) > longest:
        return NotUnderstood(printed, f"It is longer than {longest:,} characters.", "write one target at a time")
    draft = Draft(printed)
    if all(draft.is_fact(start, end) for start, end in draft.sentences()):
        return NotUnderstood(printed, "It tells how things are, and promises nothing.", "write what is to become of it")
    for pattern, why, wording in _PATTERNS:
        if pattern.search(printed):
            return NotUnderstood(printed, why, wording)
    return NotUnderstood(
        printed, "No number, comparator, rank, gap or milestone was found in it.", f"write, for example, {_EXAMPLES}",
    )
