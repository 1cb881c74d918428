"""The signs that may stand in a cell beside its words: a few say nothing, and any other may change what the words mean."""

import re

TICKS = frozenset("✓✔☑✅")  # that say yes
_UNSEEN = "\u00ad\u200b\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"  # what word processors and pages of the web leave behind
_HARMLESS = ".,;:-‐‑–—−/\\()[]|&'’‘`\"“”+*_@#•·…" + _UNSEEN
_OTHERS = re.compile(rf"[^A-Za-z0-9\s{re.escape(_HARMLESS + ''.join(sorted(TICKS)))}]+")


def other_signs(text: str) -> list[str]:
    """What in a text is neither a letter from a to z, a figure, nor a sign that is harmless, as “?” and “✗”: each once."""
    return list(dict.fromkeys(_OTHERS.findall(text)))
