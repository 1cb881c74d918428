"""Says a target back in plain English: what was understood, in words that would be understood the same way."""

from datetime import date, timedelta

from throughline.analytics.targets.language import (
    Against,
    Aim,
    Average,
    Baseline,
    Change,
    Closing,
    Comparator,
    Comparison,
    Count,
    Direction,
    Due,
    End,
    Gap,
    Level,
    Milestone,
    Origin,
    OriginKind,
    Rank,
    RankChange,
    RankUnit,
    Relation,
    Target,
    TargetUnit,
    Trend,
)
from throughline.analytics.targets.wording.dues import MONTHS
from throughline.analytics.targets.wording.numbers import printed

COMPARISON_WORDS = {
    Comparison.AT_LEAST: "at least", Comparison.AT_MOST: "no more than", Comparison.MORE_THAN: "more than",
    Comparison.LESS_THAN: "less than", Comparison.REACH: "reach", Comparison.BETWEEN: "between",
}
AGAINST_WORDS = {
    Against.ENGLAND: "the average for England", Against.REGION: "the average for the region",
    Against.NEIGHBOURS: "the average of statistical neighbours",
}
AMONG_WORDS = {
    Against.ENGLAND: "authorities", Against.REGION: "authorities in the region", Against.NEIGHBOURS: "statistical neighbours",
}
RELATION_WORDS = {
    Relation.ABOVE: "above", Relation.BELOW: "below", Relation.BETTER_THAN: "better than", Relation.IN_LINE_WITH: "in line with",
    Relation.AT_OR_ABOVE: "at or above", Relation.AT_OR_BELOW: "at or below",
}
_BEST_OF = {Against.ENGLAND: "in England", Against.REGION: "in the region", Against.NEIGHBOURS: "of statistical neighbours"}


def say(target: Target) -> str:
    """One sentence or two; parse_target reads them as the same target."""
    words = "; ".join(say_aim(aim) for aim in target.parts)
    if target.every_measure:
        words += ", on every measure"
    if target.cohort:
        words += f", for {listed(target.cohort)}"
    if target.due:
        words += f", {say_due(target.due)}"
    if target.baseline:
        words += f"; {say_baseline(target.baseline)}"
    return f"{words[:1].upper()}{words[1:]}."


def say_aim(aim: Aim) -> str:
    """One aim in words, beginning small."""
    match aim:
        case Level():
            return _level(aim)
        case Count():
            far = f" and {printed(aim.upper)}" if aim.upper is not None else ""
            return f"{COMPARISON_WORDS[aim.comparison]} {printed(aim.value)}{far} {aim.of}"
        case Change():
            return _change(aim)
        case Trend():
            return f"{aim.direction} " + (f"for {aim.years} years running" if aim.years else "in every year since the baseline")
        case Comparator():
            return _comparator(aim)
        case Rank():
            return _rank(aim)
        case RankChange():
            return _rank_change(aim)
        case Gap():
            return _gap(aim)
        case Average():
            return f"{say_aim(aim.aim)}, as {_average(aim)}"
        case Milestone():
            return f"milestone: “{aim.words}”"


def say_due(due: Due) -> str:
    """When, in words: "by August 2015", "from September 2016", "in the academic year 2014/15", "each term"."""
    words = [_days(due)] if due.by or due.start else []
    if due.recurrence:
        words.append({"yearly": "each year", "termly": "each term", "half_termly": "each half term", "quarterly": "each quarter",
                      "monthly": "each month", "weekly": "each week"}[due.recurrence])
    if due.ongoing:
        words.append("ongoing")
    return ", ".join(words)


def say_baseline(baseline: Baseline) -> str:
    """Where it starts from, in words."""
    if baseline.to_be_determined:
        return "baseline to be determined"
    if baseline.value is None:
        return f"baseline in {baseline.period}"
    return f"baseline {printed(baseline.value, baseline.unit)}" + (f" ({baseline.period})" if baseline.period else "")


def listed(words: tuple[str, ...]) -> str:
    """Words as a list in a sentence: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def say_day(day: date) -> str:
    """A day in words."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _level(aim: Level) -> str:
    if aim.comparison in (Comparison.ALL, Comparison.NONE):
        which = "no " if aim.comparison is Comparison.NONE else "" if aim.of.startswith(("every ", "each ")) else "all "
        return f"{which}{aim.of}"
    far = f" and {printed(aim.upper, aim.unit)}" if aim.upper is not None else ""
    return f"{COMPARISON_WORDS[aim.comparison]} {printed(aim.value, aim.unit)}{far}"


def _since(since: Origin, before: str = "from") -> str:
    if since.kind is OriginKind.PREVIOUS:
        return f" {before} the previous year"
    return f" {before} {since.period if since.kind is OriginKind.PERIOD else 'the baseline'}"


def _change(aim: Change) -> str:
    if aim.direction is Direction.KEEP:
        return f"keep no worse than{_since(aim.since, 'in').removeprefix(' in')}"
    if aim.amount is None and aim.direction is not Direction.IMPROVE and aim.since.kind is OriginKind.PERIOD:
        return f"{'above' if aim.direction is Direction.INCREASE else 'below'} {aim.since.period} levels"
    amount = "" if aim.amount is None else f" by {printed(aim.amount, aim.unit)}"
    return f"{aim.direction}{amount}{_since(aim.since)}"


def _comparator(aim: Comparator) -> str:
    if aim.relation is Relation.AMONG_BEST:
        return f"among the best {_BEST_OF[aim.against]}"
    whom = AGAINST_WORDS[aim.against]
    if aim.by is None:
        return f"{RELATION_WORDS[aim.relation]} {whom}"
    apart = printed(aim.by, TargetUnit.POINTS)
    if aim.relation is Relation.IN_LINE_WITH:
        return f"within {apart} of {whom}"
    return f"{apart} {RELATION_WORDS[aim.relation]} {whom}"


def _rank(aim: Rank) -> str:
    plain = printed(aim.limit)
    part = {
        RankUnit.PLACES: f"{plain} places", RankUnit.PERCENT: f"{plain}%",
        RankUnit.QUARTILES: "quartile" if aim.limit == 1 else f"{plain} quartiles",
    }[aim.unit]
    where = "in the top" if aim.end is End.TOP else "not in the bottom"
    return f"{where} {part} of {AMONG_WORDS[aim.among]}"


def _rank_change(aim: RankChange) -> str:
    if aim.direction is Direction.KEEP:
        return f"keep the ranking among {AMONG_WORDS[aim.among]}{_since(aim.since)}"
    places = "" if aim.places is None else f" by {aim.places} {'place' if aim.places == 1 else 'places'}"
    return f"improve the ranking among {AMONG_WORDS[aim.among]}{places}{_since(aim.since)}"


def _gap(aim: Gap) -> str:
    whose = "gap between groups" if aim.to is None else f"gap to {AGAINST_WORDS[aim.to]}"
    amount = "" if aim.amount is None else printed(aim.amount, aim.unit)
    match aim.closing:
        case Closing.BELOW_NATIONAL:
            return f"{whose} less than the national gap"
        case Closing.REDUCED:
            return f"{whose} reduced by {amount}{_since(aim.since)}"
        case Closing.NARROWED:
            return f"{whose} narrowed{_since(aim.since)}"
        case Closing.CLOSED:
            return f"{whose} closed"
        case Closing.AT_MOST:
            return f"{whose} no more than {amount}"


def _average(aim: Average) -> str:
    return f"the average of {listed(aim.months)}" if aim.months else f"an average over {aim.periods} {aim.span}"


def _days(due: Due) -> str:
    if due.by and due.start:
        if (due.start.month, due.start.day, due.by) == (9, 1, date(due.start.year + 1, 8, 31)):
            return f"in the academic year {due.start.year}/{due.by.year % 100:02d}"
        return f"from {say_day(due.start)}, by {say_day(due.by)}"
    if due.by:
        return f"by {_month_or_day(due.by, (due.by + timedelta(days=1)).day == 1)}"
    return f"from {_month_or_day(due.start, due.start.day == 1)}" if due.start else ""


def _month_or_day(day: date, whole_month: bool) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}" if whole_month else say_day(day)
