"""A target's words while they are being read: which are used, which stand for no number, and which are left over."""

import re
from dataclasses import dataclass, field

USED = "\x00"
# Digits that are part of a name and no amount: KPI 2, Key Stage 4, level 2 and 3, 16-18 year olds, 5 A*-C, 1:2:1, 18+.
_NAMES = (
    r"\bkpis?\s*\d+[:.)]?",
    r"\b(?:key stages?|ks)\s?\d(?:\s*(?:and|&|/|,|-)\s*(?:ks)?\d)*",
    r"\b(?:level|levels|phase|priority|gateway|cat|year|years|yr|yrs|cohort|section|appendix|tier|l)\s?\d{1,2}(?:\s*(?:and|or|&|/|-|to)\s*\d{1,2})*\b(?!%)",
    r"\bpriority (?:one|two|three|four|five|six)\b",
    r"\bages?d?\s*\d{1,2}(?:\s*(?:-|to|and|&)\s*\d{1,2})?\b(?!%)",
    r"\b\d{1,2}(?:\s*(?:-|to|and|&|/)\s*\d{1,2})?\s*-?\s*year[- ]olds?\b",
    r"\b1[1-9]\s*[-/]\s*(?:1[2-9]|2[0-5])\b(?!%)",
    r"\(\d-\d from \d{4}\)",
    r"\b1\d or 1\d\b|\b\d\d\+",
    r"\b(?:progress|attainment) 8\b",
    r"\b\d\+?\s?a\*?\s?-\s?[a-g]\b|\b\d-\d\b(?= (?:from|grades?|in|pass)|\))",
    r"\b\d+:\d+:\d+\b|^\d\.\d{1,2}[a-z]?\b(?=\s+(?-i:[A-Z]))",
    r"\b(?:for )?(?:at least )?\d+ (?:weeks?|days?|hours?)\b",
)
_NAME = re.compile("|".join(_NAMES), re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z(“\"'•])|;\s*")
_FACT = re.compile(
    r"\b(?:has|have) (?:improved|not (?:seen|improved)|increased|fallen|already|been)\b|\b(?:is|are) (?:now|still|currently)\b"
    r"|\bremains? (?:within|in)\b|\bachieved\b.*\bwhich is\b|\bwas\b.*\bcompared (?:to|with)\b", re.IGNORECASE)
_PROMISE = re.compile(r"\b(?:will|shall|must|should|ensur\w+|aim\w*|targets?|to be)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]", re.UNICODE)
_AROUND = " ,.;:=-–•“”\"'"
_PIECE = re.compile(rf"[^{USED}]+")
_FILLER = re.compile(
    "a|an|the|we|our|us|it|its|they|their|them|this|that|these|those|will|shall|would|be|is|are|was|to|of|for|and|or|so|on|in"
    "|by|at|with|as|from|up|down|have|has|been|there|all|ensure|targets?|who|which|rolling|per|thus|each|any|do|does"
    "|figures?|levels?|values?|rates?"
)


@dataclass
class Draft:
    """text is the printed words in one line; left is the same with what is used struck out and names without digits.

    quoted holds where words stand that are nothing but a milestone's own.
    """

    text: str
    left: str = field(init=False)
    quoted: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left = _NAME.sub(lambda match: _DIGIT.sub("¤", match[0]), self.text)

    def strike(self, start: int, end: int) -> None:
        """Mark a stretch as used."""
        self.left = self.left[:start] + USED * (end - start) + self.left[end:]

    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence of what is left begins and ends."""
        starts = [0, *(match.end() for match in _SENTENCE.finditer(self.text))]
        ends = [*(match.start() for match in _SENTENCE.finditer(self.text)), len(self.text)]
        return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]

    def is_fact(self, start: int, end: int) -> bool:
        """Whether a sentence tells how things are and promises nothing."""
        sentence = self.text[start:end]
        return bool(_FACT.search(sentence)) and not _PROMISE.search(sentence)

    def pieces(self, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """The stretches not used yet."""
        stop = len(self.left) if end is None else end
        return [match.span() for match in _PIECE.finditer(self.left, start, stop)]

    def unread(self) -> tuple[str, ...]:
        """The words left over that say something, as printed."""
        left = [trimmed(self.text[start:end]) for start, end in self.pieces()]
        return tuple(piece for piece in left if _says_something(piece))


def trimmed(words: str) -> str:
    """Words without the punctuation around them; a bracket stays where its other half is there too."""
    bare = words.strip(_AROUND)
    while bare.startswith(")") or (bare.startswith("(") and bare.count("(") > bare.count(")")):
        bare = bare[1:].strip(_AROUND)
    while bare.endswith("(") or (bare.endswith(")") and bare.count(")") > bare.count("(")):
        bare = bare[:-1].strip(_AROUND)
    return bare


def _says_something(piece: str) -> bool:
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*|[^\s\w]", piece.lower())
    return any(_WORD.search(word) and not _FILLER.fullmatch(word) for word in words)
