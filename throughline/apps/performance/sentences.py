"""What a measure's page says in sentences: what a point is worth, what the model changes, what a chart shows."""

from throughline.analytics.measures.definition import Breakdown, Measure, Unit
from throughline.analytics.measures.figures import NEIGHBOUR_MODELS, Figure, Range
from throughline.analytics.measures.series import Gap, Point
from throughline.analytics.participation.standing import Standing
from throughline.apps.codelists.wording import how_sure, on_day
from throughline.apps.learners.codes import rules
from throughline.apps.performance.measure_page import MeasurePage
from throughline.apps.performance.words import value
from throughline.core.rounding import round_half_up
from throughline.core.statuses import Status

WHAT_THE_BAND_IS = (
    "“At least” is NEET as counted, “at most” what it would be if everybody not known were NEET, and “likely” what it is if they "
    "are like known people. NEET is somewhere between the two ends."
)


def sentences(page: MeasurePage) -> list[str]:
    """The sentences under an authority's standing; none for a region or for England."""
    return [said for said in (what_it_may_be(page.measure, page.between), how_its_range_moved(page), as_once_adjusted(page),
                              what_published_neet_may_be(page), worth_of_a_point(page), choice_of_model(page)) if said]


def what_it_may_be(measure: Measure, between: Range | None) -> str:
    """NEET as a range, since some of those not known are NEET: finding people narrows it and never makes it look worse."""
    if between is None:
        return ""
    low, likely, high = (value(measure, each) for each in (between.low, between.estimate, between.high))
    return (f"NEET is somewhere from {low}, if nobody of those not known is NEET, to {high}, if everybody of them is. If they "
            f"are like known people of their age, support, vulnerability and district, it is {likely}. Finding people narrows "
            "the range.")


def how_its_range_moved(page: MeasurePage) -> str:
    """What is sure of a change in NEET: how its range moved, what follows from that, and whether tracking is part of it."""
    now, then = page.between, page.before
    if now is None or then is None:
        return ""
    was = f"NEET was {_range_in_words(page.measure, *then[:3])} in {page.figure.previous_period}."
    return " ".join(filter(None, (was, _sure(page.figure, now, then), _not_known_since(page.measure, now, then))))


def _sure(figure: Figure, now: Range, then: Range) -> str:
    if figure.unsure:
        return "Its two ends did not go the same way, so whether that is better or worse cannot be told."
    judged = figure.judged
    if judged not in ("better", "worse"):
        return ""
    if now.low > then.high or now.high < then.low:
        return f"The two ranges do not meet, so that is {judged} whoever of those not known is NEET."
    otherwise = "more" if judged == "better" else "less"
    return f"Both ends went the same way, so that is {judged} unless those not known are {otherwise} often NEET than they were."


def _not_known_since(measure: Measure, now: Range, then: Range) -> str:
    """Whether fewer or more are not known than then, by how wide the range is as a change is printed."""
    wider = round_half_up((now.high - now.low) - (then.high - then.low), measure.decimals)
    return f"{'More' if wider > 0 else 'Fewer'} are not known than then, which is part of how the range moved." if wider else ""


def as_once_adjusted(page: MeasurePage) -> str:
    """NEET as the department once adjusted it, said to be historic and indicative; empty where it is not told."""
    if page.between is None or page.between.adjusted is None or page.period is None:
        return ""
    by = rules().adjustment.on(page.period.end)
    sure = how_sure(on_day("neet_adjustment", "lapsed_not_neet", page.period.end))
    return (f"Adjusted as the department once did, until {by.until}, indicative: {value(page.measure, page.between.adjusted)}. "
            f"That is history, to read old figures by, and no target. Of those whose record has lapsed it takes "
            f"{by.lapsed_not_neet} in 100 to be NEET where they were in education, training or work, and {by.lapsed_neet} in 100 "
            f"where they were NEET; whoever is recorded as not known is taken not to be. Of these numbers {sure}. They stand "
            "under Rules.")


def what_published_neet_may_be(page: MeasurePage) -> str:
    """That NEET as published is the lower end of what it may be, and what “at most” is beside it; empty for any other measure."""
    if not page.highs and page.beside_most is None:
        return ""
    said = ("NEET as published is the lower end of what it may be: some of those not known may be NEET too. “At most” is NEET "
            "and not known as published, added; both are rounded, so it may be a little off.")
    lacking = page.figure.value is not None and page.highs and page.highs.get(page.area.area) is None
    return f"{said} How many are not known is not published of {page.area.name} for {page.figure.period}." if lacking else said


def hidden_groups(page: MeasurePage) -> str:
    """How many groups of a measure of the register are suppressed, and by which rules; a small authority has small groups."""
    groups = [each for part in page.parted for each in part.groups]
    hidden = [each for part in page.parted for each in part.hidden]
    if not hidden:
        return f"None of the {len(groups)} groups is suppressed."
    return (f"{len(hidden)} of the {len(groups)} groups {'is' if len(hidden) == 1 else 'are'} suppressed, by one of three rules: "
            "too few people are counted in the group or left over; another group is hidden, and this one with it so that nobody "
            "can work that one out by subtraction; or the figure could be worked out from others that are told"
            f"{_hidden_together(page.measure)}. The fewer people are counted in all, the more groups that is.")


def _hidden_together(measure: Measure) -> str:
    counted = set(measure.register.numerator.get("standing", ())) if measure.register else set()
    alone = len(counted) == 1 and counted <= {Standing.NEET, Standing.NOT_KNOWN}
    return ", which is why NEET and not known are hidden together" if alone else ""


def worth_of_a_point(page: MeasurePage) -> str:
    """How many places doing one point better would be worth, if every other authority stayed where it is."""
    places = page.figure.places_per_point
    if places is None:
        return ""
    better = "lower" if page.measure.polarity.sign < 0 else "higher"
    said = f"If {page.area.name} were {_point(page.measure)} {better} and nobody else moved"
    return f"{said}, it would be {_places(places)} further up." if places else f"{said}, its rank would not change."


def _point(measure: Measure) -> str:
    amount = f"{measure.point:g}"
    one = measure.point == 1
    if measure.unit in (Unit.PERCENT, Unit.PERCENTAGE_POINTS):
        return "one percentage point" if one else f"{amount} percentage points"
    return "one point" if one else f"{amount} points"


def _places(count: int) -> str:
    return "one place" if count == 1 else f"{count} places"


def choice_of_model(page: MeasurePage) -> str:
    """How far the choice of neighbour model moves the rank among neighbours."""
    moved = page.moved_by_model
    if moved is None:
        return ""
    new, old = (page.figures[model] for model in NEIGHBOUR_MODELS)
    said = (f"Among its statistical neighbours of the {NEIGHBOUR_MODELS[0]} model {page.area.name} is "
            f"{new.neighbours_rank} of {new.neighbours_ranked}; of the {NEIGHBOUR_MODELS[1]} model, "
            f"{old.neighbours_rank} of {old.neighbours_ranked}.")
    if moved == 0:
        return f"{said} The choice of model does not move its rank."
    return f"{said} The choice of model moves its rank by {_places(abs(moved))}."


def alternative_trend(page: MeasurePage) -> str:
    """The trend chart in words."""
    had = [point for point in page.points if point.value is not None]
    if not had:
        return f"Line chart of {page.measure.title}; {page.area.name} has no figures."
    first, last = had[0], had[-1]
    apart = "; " if page.has_range else ", "
    said = (f"Line chart of {page.measure.title}{', with the range that it lies in as a band' if page.has_range else ''}. "
            f"{page.area.name}: {apart.join(_at(page.measure, point) for point in (first, last))}.")
    if last.england is not None and page.area.area != "970":
        said += f" England in {last.period.label}: {value(page.measure, last.england)}."
    unsettled = [point.period.label for point in had if point.status is Status.PROVISIONAL]
    said += f" The figure for {', '.join(unsettled)} is provisional." if unsettled else ""
    broken = [point.period.label for point in page.points[1:] if point.break_before]
    return said + (f" The series is broken at {', '.join(broken)}." if broken else "")


def _at(measure: Measure, point: Point) -> str:
    """One point of a trend in words, as a range where it has one."""
    if point.high is None:
        return f"{value(measure, point.value)} in {point.period.label}"
    return f"{_range_in_words(measure, point.value, point.estimate, point.high)} in {point.period.label}"


def _range_in_words(measure: Measure, low: float | None, likely: float | None, high: float | None) -> str:
    return f"at least {value(measure, low)}, likely {value(measure, likely)}, at most {value(measure, high)}"


def alternative_strip(page: MeasurePage) -> str:
    """The strip of all authorities in words."""
    figure = page.figure
    said = (f"Every authority's figure as a mark on one line, from {value(page.measure, figure.lowest)} to "
            f"{value(page.measure, figure.highest)}.")
    if figure.rank:
        said += f" {page.area.name} is at {value(page.measure, figure.value)}, {figure.rank} of {figure.ranked}."
    return said


def alternative_map(page: MeasurePage) -> str:
    """The map in words."""
    said = f"Map of England with each authority shaded by the fifth of authorities it is in for {page.measure.title}."
    return said + (f" {page.area.name} is in fifth {page.figure.quintile}." if page.figure.quintile else "")


def alternative_gap(page: MeasurePage, breakdown: Breakdown, rows: list[Gap]) -> str:
    """The chart of gaps in words: the latest gap of each group."""
    latest = {gap.group: gap for gap in rows if gap.gap is not None}
    parts = [f"{group}: {value(page.measure, gap.gap)} in {gap.period.label}" for group, gap in latest.items()]
    return f"Line chart of the gap by {breakdown.title.lower()} for {page.area.name}. {'; '.join(parts)}."
