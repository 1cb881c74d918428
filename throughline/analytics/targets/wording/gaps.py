"""How plans put the closing of a gap: "halving of the gaps", "closed to less than the gap nationally", "reduced by 10%"."""

import re

from throughline.analytics.targets.language import Against, Aim, Closing, Gap, TargetUnit
from throughline.analytics.targets.wording.numbers import is_year, quantity, read_quantity
from throughline.analytics.targets.wording.phrases import ORIGIN, Pieces, Reader, compiled, origin

# A gap in skills or in provision is something missing, and no difference between two figures.
_GAP = r"(?<!skills )(?<!skill )(?<!challenge the )(?P<gap>gaps?)\b(?! (?:in (?:provision|skills|data|their)|analysis))"
_LESS = (
    r"(?:less|smaller|lower|narrower|below)(?: than)? (?:the )?(?:national )?"
    r"(?:gaps? (?:nationally|in england|for england)|gaps?(?<=national gap)|gaps?(?<=national gaps)|england gap)"
)
_CUT = r"(?:reduc(?:e|ed|es|ing)|cut|narrow(?:ed|s|ing)?|clos(?:e|ed|es|ing)|shr[iu]nk|improv(?:e|ed|ing))"
_NO_MORE = r"(?:no (?:more|greater|wider) than|at most|less than|to)"
_ANY = r"[^;]{0,120}?"


def readers(pieces: Pieces) -> list[Reader]:
    """The ways of putting a gap, the most particular first."""
    to = compiled(rf"\bgaps? (?:to|with|from|against) {pieces.against}")

    def gap(closing: Closing, amount: float | None = None, unit: TargetUnit | None = None) -> "_Make":
        return _Make(pieces, to, closing, amount, unit)

    amount = rf"by (?:at least )?{quantity('n')}{ORIGIN}"
    halve = r"halv(?:e|es|ed|ing)"
    return [
        Reader(compiled(rf"(?:{_CUT} )?\b{_GAP}{_ANY}\b{_LESS}"), gap(Closing.BELOW_NATIONAL)),
        Reader(compiled(rf"\b{halve}(?: of)?(?: [a-z]+){{0,4}}? {_GAP}(?: (?:to|with|between|in) {pieces.against})?{ORIGIN}"),
               gap(Closing.REDUCED, 50.0, TargetUnit.PERCENT)),
        Reader(compiled(rf"\b{_GAP}{_ANY}\b{halve}\b{ORIGIN}"), gap(Closing.REDUCED, 50.0, TargetUnit.PERCENT)),
        Reader(compiled(rf"\b{_GAP}{_ANY}\b{_CUT} {amount}"), gap(Closing.REDUCED)),
        Reader(compiled(rf"\b{_CUT}\b{_ANY}\b{_GAP}{_ANY}\b{amount}"), gap(Closing.REDUCED)),
        Reader(compiled(rf"(?:\b{_CUT}\b[^;]{{0,40}}?)?\b{_GAP}{_ANY}\b{_NO_MORE} {quantity('n')}"),
               gap(Closing.AT_MOST)),
        Reader(compiled(rf"\b(?:clos|eliminat|remov)(?:e|ing) (?:(?:the|our|all|any|of) )*(?:[a-z]+ ){{0,2}}?{_GAP}"),
               gap(Closing.CLOSED)),
        Reader(compiled(rf"\b{_GAP}{_ANY}\b(?:closed|eliminated|removed)\b"), gap(Closing.CLOSED)),
        Reader(compiled(rf"\b(?:narrow(?:ing)?|reduc(?:e|ing)|reduction in)(?: of)? (?:[a-z]+ ){{0,4}}?{_GAP}{ORIGIN}"),
               gap(Closing.NARROWED)),
        Reader(compiled(rf"\b{_GAP}{_ANY}\b(?:narrow(?:s|ed|ing)?|reduc(?:e|es|ed|ing)|smaller)\b{ORIGIN}"),
               gap(Closing.NARROWED)),
        Reader(compiled(rf"(?:{_CUT} to )?\b{_LESS}"), gap(Closing.BELOW_NATIONAL)),
    ]


class _Make:
    """Makes a Gap of a match; whose the gap is to is looked for in the words of the match and just after it."""

    def __init__(self, pieces: Pieces, to: re.Pattern[str], closing: Closing, amount: float | None,
                 unit: TargetUnit | None) -> None:
        self._pieces, self._to, self._closing, self._amount, self._unit = pieces, to, closing, amount, unit

    def __call__(self, match: re.Match[str]) -> Aim | None:
        amount, unit = self._amount, self._unit
        groups = match.groupdict()
        if amount is None and "n" in groups:
            if is_year(match, "n"):
                return None
            amount, printed = read_quantity(match, "n")
            unit = self._points(printed)
        since = origin(match) if "since" in groups else Gap(self._closing).since
        return Gap(self._closing, self._whom(match), amount, unit, since)

    def _points(self, printed: TargetUnit | None) -> TargetUnit:
        """A share stays a share only of a gap that is to be reduced by it; a gap as such is always in points."""
        share = self._closing is Closing.REDUCED and printed is TargetUnit.PERCENT
        return TargetUnit.PERCENT if share else TargetUnit.POINTS

    def _whom(self, match: re.Match[str]) -> Against | None:
        if self._closing is Closing.BELOW_NATIONAL:
            return None
        found = self._to.match(match.string, match.start("gap"))
        return self._pieces.whom(found) if found else None
