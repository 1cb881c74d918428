"""How plans put a standing among others: "above the national average", "in line with", "top quartile", "our high ranking"."""

import re

from throughline.analytics.targets.language import (
    Aim,
    Comparator,
    Direction,
    End,
    Rank,
    RankChange,
    RankUnit,
    Relation,
    TargetUnit,
)
from throughline.analytics.targets.wording.numbers import WORDS, quantity, read_quantity
from throughline.analytics.targets.wording.phrases import ORIGIN, Pieces, Reader, compiled, origin

RELATIONS = {
    Relation.AMONG_BEST: (
        r"among(?:st)? the (?:very )?best|one of the best|among(?:st)? the (?:top|highest)|best(?= (?:of|for|in|among))"
    ),
    Relation.IN_LINE_WITH: (
        r"(?:at least )?in line with(?:,? or (?:better|higher) than,?|,? or above,?)?|on a par with|comparable (?:to|with)"
        r"|match(?:es|ing)?|equal to|similar to|the same as|close to"
    ),
    Relation.AT_OR_ABOVE: (
        r"at or above|at or higher than|equal to or above|no lower than|not (?:be )?(?:lower than|below)|at least"
    ),
    Relation.AT_OR_BELOW: r"at or below|at or lower than|no (?:higher|more) than|not (?:be )?(?:higher than|above)|at most",
    Relation.BETTER_THAN: r"better than|ahead of|outperform(?:s|ing)?",
    Relation.ABOVE: r"above|higher than|greater than|more than|over|exceed(?:s|ing|ed)?",
    Relation.BELOW: r"below|lower than|less than|fewer than|under",
}
_SHARES = {"quartile": (RankUnit.QUARTILES, 1.0), "quarter": (RankUnit.PERCENT, 25.0), "half": (RankUnit.PERCENT, 50.0),
           "third": (RankUnit.PERCENT, 33.3), "quintile": (RankUnit.PERCENT, 20.0), "decile": (RankUnit.PERCENT, 10.0),
           "percentile": (RankUnit.PERCENT, 1.0)}
_PLACES = r"[0-9]{1,3}(?:\.[0-9]+)?|" + "|".join(sorted(WORDS, key=len, reverse=True))
_WHAT = (
    rf"(?:(?P<quartiles>{_PLACES}) quartiles|(?P<share>{'|'.join(_SHARES)})"
    r"|(?P<percent>[0-9]{1,3}(?:\.[0-9]+)?) ?(?:%|per cent)"
    rf"|(?P<places>{_PLACES})(?: places)?)(?![\w%])"
)
_BANDS = {"a": 1.0, "b": 2.0, "c": 3.0}


def readers(pieces: Pieces) -> list[Reader]:
    """The ways of putting a rank, a move in the ranking or a standing to a comparator, the most particular first."""
    whom, among = pieces.against, pieces.among
    into = r"(?:\b(?:in|within|into|to|reach|be|among|amongst) )?(?:\bthe )?"
    out = r"(?:\bnot (?:be )?in|\bout of|\babove|\boutside|\baway from|\bno longer in|\bleave|\bclear of)"
    keep, improve = pieces.verbs(Direction.KEEP), pieces.verbs(Direction.IMPROVE)
    ranking = r"(?: (?:on|our|the|its|their|high|current|strong|national|good)){0,5} (?:rank(?:ing)?s?|standing)\b"
    ranked = rf"\brank(?:ed)? (?:of )?(?P<places>[0-9]{{1,3}}|first)(?:st|nd|rd|th)?\b(?: or (?:better|above|higher))?{among}"
    return [
        Reader(compiled(rf"{out} (?:the )?(?:bottom|lowest|worst) {_WHAT}{among}"), lambda m: _rank(pieces, m, End.NOT_BOTTOM)),
        Reader(compiled(rf"{into}\b(?:top|upper|highest) {_WHAT}{among}"), lambda m: _rank(pieces, m, End.TOP)),
        Reader(compiled(r"\b(?:quartile )?band (?P<band>[abc])\b(?: or (?:better|above|higher))?"), _band),
        Reader(compiled(ranked), lambda m: _ranked(pieces, m)),
        Reader(compiled(rf"\b{keep}(?: and {improve})?{ranking}{among}(?: no lower than at the baseline)?{ORIGIN}"),
               lambda m: RankChange(Direction.KEEP, None, pieces.among_whom(m), origin(m))),
        Reader(compiled(rf"\b{improve}{ranking}{among}(?: by (?P<places>[0-9]{{1,3}}) places?)?{ORIGIN}"),
               lambda m: _climb(pieces, m)),
        *_comparators(pieces, whom),
    ]


def _comparators(pieces: Pieces, whom: str) -> list[Reader]:
    ahead = rf"(?:at least )?{quantity('n')} (?P<way>above|higher than|better than|below|lower than) {whom}"
    near = rf"\bwithin {quantity('n')} (?:of|from) {whom}"
    found = [
        Reader(compiled(ahead), lambda m: _by(pieces, m)),
        Reader(compiled(near), lambda m: Comparator(Relation.IN_LINE_WITH, pieces.whom(m), read_quantity(m, "n")[0])),
    ]
    for relation, words in RELATIONS.items():
        found.append(_comparator(pieces, relation, rf"\b(?:{words}) {whom}"))
    return found


def _comparator(pieces: Pieces, relation: Relation, pattern: str) -> Reader:
    return Reader(compiled(pattern), lambda match: Comparator(relation, pieces.whom(match)))


def _by(pieces: Pieces, match: re.Match[str]) -> Aim | None:
    value, unit = read_quantity(match, "n")
    if unit not in (None, TargetUnit.POINTS, TargetUnit.PERCENT):
        return None
    way = match["way"].lower()
    relation = Relation.BETTER_THAN if way.startswith("better") else Relation.ABOVE
    return Comparator(Relation.BELOW if way in ("below", "lower than") else relation, pieces.whom(match), value)


def _rank(pieces: Pieces, match: re.Match[str], end: End) -> Aim | None:
    if match["share"]:
        unit, limit = _SHARES[match["share"].lower()]
    elif match["percent"]:
        unit, limit = RankUnit.PERCENT, float(match["percent"])
    else:
        unit = RankUnit.QUARTILES if match["quartiles"] else RankUnit.PLACES
        words = (match["quartiles"] or match["places"]).lower()
        limit = float(WORDS.get(words) or words)
    most = {RankUnit.PERCENT: 100.0, RankUnit.QUARTILES: 4.0, RankUnit.PLACES: 999.0}[unit]
    return Rank(end, limit, unit, pieces.among_whom(match)) if 0 < limit <= most else None


def _band(match: re.Match[str]) -> Aim:
    return Rank(End.TOP, _BANDS[match["band"].lower()], RankUnit.QUARTILES)


def _ranked(pieces: Pieces, match: re.Match[str]) -> Aim | None:
    place = 1.0 if match["places"].lower() == "first" else float(match["places"])
    return Rank(End.TOP, place, RankUnit.PLACES, pieces.among_whom(match)) if place else None


def _climb(pieces: Pieces, match: re.Match[str]) -> Aim:
    places = int(match["places"]) if match["places"] else None
    return RankChange(Direction.IMPROVE, places, pieces.among_whom(match), origin(match))
