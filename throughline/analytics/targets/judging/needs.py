"""What a period's figure would have to be for an aim to be reached, with the comparators that were used."""

from dataclasses import dataclass
from math import floor

from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.evidence import Evidence
from throughline.analytics.targets.judging.amounts import gap_words, rank_words, value_words
from throughline.analytics.targets.judging.beginnings import Beginning
from throughline.analytics.targets.judging.spots import CannotJudgeError, Spot
from throughline.analytics.targets.language import (
    Against,
    Aim,
    Average,
    Change,
    Closing,
    Comparator,
    Comparison,
    Count,
    Direction,
    End,
    Gap,
    Level,
    Rank,
    RankChange,
    RankUnit,
    Relation,
    TargetUnit,
)
from throughline.analytics.targets.rules import Thresholds
from throughline.analytics.targets.say import AMONG_WORDS, COMPARISON_WORDS
from throughline.analytics.targets.wording.numbers import printed
from throughline.core.rounding import round_half_up

_POINTED = (Unit.POINTS, Unit.SCORE, Unit.PERCENTAGE_POINTS)
_LEVELS = {
    TargetUnit.PERCENT: (Unit.PERCENT,),
    TargetUnit.POINTS: _POINTED,
    TargetUnit.NUMBER: (*_POINTED, Unit.NUMBER, Unit.RATE_PER_10_000, Unit.RATE_PER_100_000),
    TargetUnit.RATIO: (Unit.NUMBER, Unit.SCORE),
    TargetUnit.PER_10_000: (Unit.RATE_PER_10_000,),
    TargetUnit.PER_100_000: (Unit.RATE_PER_100_000,),
}
_CHANGES = {**_LEVELS, TargetUnit.PERCENT: tuple(Unit), TargetUnit.POINTS: (Unit.PERCENT, *_POINTED)}


@dataclass(frozen=True)
class ComparatorUsed:
    """Somebody else's figure that a judgement rests on."""

    name: str
    value: float
    period: str
    source: str


@dataclass(frozen=True)
class Need:
    """The figure needed. sense is +1 where the actual one must be at least that, -1 at most; strict shuts out the same.

    settled, where it is not None, says outright whether the aim is reached, as a published band does.
    """

    value: float
    sense: int
    words: str
    strict: bool = False
    settled: bool | None = None
    notes: tuple[str, ...] = ()
    used: tuple[ComparatorUsed, ...] = ()

    def shortfall(self, actual: float) -> float:
        """How far an actual figure is on the wrong side of the one needed; none or less is on the right side."""
        return round((self.value - actual) * self.sense, 9)

    def reached(self, actual: float) -> bool:
        """Whether a figure does."""
        if self.settled is not None:
            return self.settled
        return self.shortfall(actual) < 0 if self.strict else self.shortfall(actual) <= 0


def need(aim: Aim, spot: Spot, start: Beginning | None, evidence: Evidence, thresholds: Thresholds) -> Need:
    """What the aim asks of a spot. Raises CannotJudgeError where units, order, comparators or a baseline are wanting."""
    match aim:
        case Average():
            return need(aim.aim, spot, start, evidence, thresholds)
        case Level():
            return _level(aim, spot, start, evidence)
        case Count():
            if evidence.unit is not Unit.NUMBER:
                raise CannotJudgeError(f"The target counts {aim.of}; the measure is {_in(evidence.unit)}.")
            level = Level(aim.comparison, aim.value, TargetUnit.NUMBER, aim.upper)
            return _level(level, spot, start, evidence)
        case Change():
            return _change(aim, _required(start), evidence)
        case Comparator():
            return _comparator(aim, spot, evidence, thresholds)
        case Rank():
            return _rank(aim, spot)
        case RankChange():
            return _rank_change(aim, _required(start))
        case Gap():
            return _gap(aim, spot, start, evidence)
    raise CannotJudgeError("This kind of target is not judged on one figure.")


def sense_of(direction: Direction, evidence: Evidence) -> int:
    """+1 or -1 for the way a value should go. Raises CannotJudgeError where better has no direction."""
    if direction is Direction.INCREASE:
        return 1
    if direction is Direction.REDUCE:
        return -1
    if evidence.polarity.sign == 0:
        raise CannotJudgeError(f"For this measure {evidence.polarity.words}: write “increase”, “reduce”, “above” or “below”.")
    return evidence.polarity.sign


def _required(start: Beginning | None) -> Beginning:
    if start is None:
        raise CannotJudgeError("No baseline is given to count the change from.")
    return start


def _in(unit: Unit) -> str:
    return "in per cent" if unit is Unit.PERCENT else f"in {unit.words}s" if unit is Unit.NUMBER else f"in {unit.words}"


def _level(aim: Level, spot: Spot, start: Beginning | None, evidence: Evidence) -> Need:
    if aim.comparison is Comparison.NONE:
        return Need(0.0, -1, f"no {aim.of}")
    if aim.comparison is Comparison.ALL and evidence.unit is not Unit.PERCENT:
        raise CannotJudgeError(f"“All {aim.of}” is judged on a percentage; the measure is {_in(evidence.unit)}.")
    if evidence.unit not in _LEVELS[aim.unit]:
        raise CannotJudgeError(f"The target is {printed(aim.value, aim.unit)}; the measure is {_in(evidence.unit)}.")
    stated = printed(aim.value, aim.unit)
    match aim.comparison:
        case Comparison.AT_LEAST | Comparison.ALL:
            return Need(aim.value, 1, f"at least {stated}")
        case Comparison.AT_MOST:
            return Need(aim.value, -1, f"no more than {stated}")
        case Comparison.MORE_THAN | Comparison.LESS_THAN:
            sense = 1 if aim.comparison is Comparison.MORE_THAN else -1
            return Need(aim.value, sense, f"{COMPARISON_WORDS[aim.comparison]} {stated}", strict=True)
        case Comparison.BETWEEN:
            upper = aim.value if aim.upper is None else aim.upper
            return _within(aim.value, upper, spot, evidence, f"between {stated} and {printed(upper, aim.unit)}")
    sense = evidence.polarity.sign or _way_there(aim, start, evidence)
    return Need(aim.value, sense, f"{'at least' if sense > 0 else 'no more than'} {stated}")


def _way_there(aim: Level, start: Beginning | None, evidence: Evidence) -> int:
    """Where neither way is better, a value to reach is to be reached from where it started."""
    if start is None or start.actual == aim.value:
        raise CannotJudgeError(f"For this measure {evidence.polarity.words}: write “at least” or “no more than”.")
    return 1 if aim.value > start.actual else -1


def _within(low: float, high: float, spot: Spot, evidence: Evidence, words: str) -> Need:
    """A range; past its far end in the better direction is reached too. Where neither is better both ends bind."""
    sign = evidence.polarity.sign
    if sign:
        return Need(low if sign > 0 else high, sign, words, notes=("Better than the range counts as reaching it.",))
    above = spot.actual is not None and spot.actual > high
    return Need(high if above else low, -1 if above else 1, words)


def _change(aim: Change, start: Beginning, evidence: Evidence) -> Need:
    sense = sense_of(aim.direction, evidence)
    base = value_words(start.actual, evidence)
    if aim.direction is Direction.KEEP:
        return Need(start.actual, sense, f"no worse than {base}, as in {start.period}")
    if aim.amount is None or aim.unit is None:
        return Need(start.actual, sense, f"{'more' if sense > 0 else 'less'} than {base}, as in {start.period}", strict=True)
    if evidence.unit not in _CHANGES[aim.unit]:
        raise CannotJudgeError(f"The target is a change of {printed(aim.amount, aim.unit)}; the measure is {_in(evidence.unit)}.")
    amount = abs(start.actual) * aim.amount / 100 if aim.unit is TargetUnit.PERCENT else aim.amount
    if aim.unit is TargetUnit.PERCENT and start.actual == 0:
        raise CannotJudgeError(f"The value in {start.period} was nothing, and no share of it can be taken.")
    needed = round_half_up(start.actual + sense * amount, evidence.decimals)
    bound, way = ("at least", "more") if sense > 0 else ("no more than", "less")
    sum_words = f"which is {printed(aim.amount, aim.unit)} {way} than {base} in {start.period}"
    return Need(needed, sense, f"{bound} {value_words(needed, evidence)}, {sum_words}")


def _comparator(aim: Comparator, spot: Spot, evidence: Evidence, thresholds: Thresholds) -> Need:
    name = comparator_name(aim.against, evidence)
    raw = spot.point.beside(aim.against) if spot.point else None
    if raw is None:
        raise CannotJudgeError(f"There is no figure for {name} in {spot.period}.")
    beside = round_half_up(raw, evidence.decimals)
    period, source = _whose(aim.against, spot, evidence)
    used = (ComparatorUsed(name, beside, period, source),)
    theirs = f"{value_words(beside, evidence)} for {name}" + (f" in {period}" if period != spot.period else "")
    if aim.relation is Relation.IN_LINE_WITH:
        return _in_line(aim, spot, beside, evidence, thresholds, used)
    by = aim.by or 0.0
    match aim.relation:
        case Relation.ABOVE | Relation.BELOW:
            sense, strict = (1 if aim.relation is Relation.ABOVE else -1), not by
        case Relation.AT_OR_ABOVE | Relation.AT_OR_BELOW:
            sense, strict = (1 if aim.relation is Relation.AT_OR_ABOVE else -1), False
        case _:
            sense, strict = sense_of(Direction.IMPROVE, evidence), not by
    way = ("above" if sense > 0 else "below") if strict or by else ("at or above" if sense > 0 else "at or below")
    words = f"{gap_words(by, evidence)} {way} {theirs}" if by else f"{way} {theirs}"
    against_the_grain = evidence.polarity.sign == -sense
    notes = (f"The target asks for {way} the comparator, although {evidence.polarity.words}.",) if against_the_grain else ()
    return Need(round(beside + sense * by, 9), sense, words, strict, notes=notes, used=used)


def _whose(against: Against, spot: Spot, evidence: Evidence) -> tuple[str, str]:
    """The period of a comparator's figure, and where it comes from: the newest published may be older than our own count."""
    if against is not Against.ENGLAND or spot.point is None:
        return spot.period, evidence.source
    return spot.point.england_period or spot.period, spot.point.england_source or evidence.source


def _in_line(aim: Comparator, spot: Spot, beside: float, evidence: Evidence, thresholds: Thresholds,
             used: tuple[ComparatorUsed, ...]) -> Need:
    margin = aim.by if aim.by is not None else thresholds.margin(evidence.unit, beside)
    whose = "" if aim.by is not None else " (our rule)"
    theirs = f"{value_words(beside, evidence)} for {used[0].name}" + (
        f" in {used[0].period}" if used[0].period != spot.period else "")
    words = f"within {gap_words(round(margin, 6), evidence)}{whose} of {theirs}"
    found = _within(round(beside - margin, 9), round(beside + margin, 9), spot, evidence, words)
    notes = ("Better than the comparator counts as in line with it.",) if found.notes else ()
    return Need(found.value, found.sense, words, notes=notes, used=used)


def comparator_name(against: Against, evidence: Evidence) -> str:
    """The comparator as this measure has it."""
    return {Against.ENGLAND: "England", Against.REGION: evidence.region, Against.NEIGHBOURS: evidence.neighbours}[against]


def _rank(aim: Rank, spot: Spot) -> Need:
    of = spot.of or 0
    share = {RankUnit.PERCENT: aim.limit / 100, RankUnit.QUARTILES: aim.limit / 4, RankUnit.PLACES: 0.0}[aim.unit]
    top = aim.end is End.TOP
    if aim.unit is RankUnit.PLACES:
        last = aim.limit if top else of - aim.limit
    else:
        last = float(floor(round(of * (share if top else 1 - share), 9)))
    words = f"{rank_words(last)} or better of the {of} {AMONG_WORDS[aim.among]} ranked"
    if aim.unit is RankUnit.QUARTILES and spot.band is not None:
        band = int(aim.limit if top else 4 - aim.limit)
        wanted = f"{'ABCD'[max(band, 1) - 1]}{' or better' if band > 1 else ''}"
        note = f"Quartile band in {spot.period}: {'ABCD'[spot.band - 1]}; needed: {wanted}."
        return Need(last, -1, words, settled=spot.band <= band, notes=(note,))
    return Need(last, -1, words)


def _rank_change(aim: RankChange, start: Beginning) -> Need:
    then = f"{rank_words(start.actual)} in {start.period}"
    if aim.direction is Direction.KEEP:
        return Need(start.actual, -1, f"no lower a place than {then}")
    if aim.places is None:
        return Need(start.actual, -1, f"a better place than {then}", strict=True)
    return Need(start.actual - aim.places, -1, f"{aim.places} places better than {then}")


def _gap(aim: Gap, spot: Spot, start: Beginning | None, evidence: Evidence) -> Need:
    if aim.closing is Closing.BELOW_NATIONAL:
        if spot.beside is None:
            raise CannotJudgeError(f"There is no gap for England in {spot.period}.")
        used = (ComparatorUsed("The gap in England", spot.beside, spot.period, evidence.source),)
        return Need(spot.beside, -1, f"less than England's gap of {gap_words(spot.beside, evidence)}", strict=True, used=used)
    if aim.closing is Closing.CLOSED:
        return Need(0.0, -1, "no gap")
    if aim.closing is Closing.AT_MOST:
        return Need(aim.amount or 0.0, -1, f"no more than {gap_words(aim.amount or 0.0, evidence)}")
    begun = _required(start)
    then = f"{gap_words(begun.actual, evidence)} in {begun.period}"
    if begun.actual <= 0:
        raise CannotJudgeError(f"There was no gap to reduce: it was {then}.")
    if aim.closing is Closing.NARROWED or aim.amount is None:
        return Need(begun.actual, -1, f"less than {then}", strict=True)
    cut = begun.actual * aim.amount / 100 if aim.unit is TargetUnit.PERCENT else aim.amount
    needed = round_half_up(begun.actual - cut, evidence.decimals)
    sum_words = f"which is {printed(aim.amount, aim.unit)} less than {then}"
    return Need(needed, -1, f"no more than {gap_words(needed, evidence)}, {sum_words}")
