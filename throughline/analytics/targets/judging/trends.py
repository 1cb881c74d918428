"""Whether a value moved the same way year after year."""


from throughline.analytics.targets.evidence import Evidence
from throughline.analytics.targets.judging.amounts import value_words
from throughline.analytics.targets.judging.beginnings import spot_of, year_before
from throughline.analytics.targets.judging.needs import sense_of
from throughline.analytics.targets.judging.spots import CannotJudgeError, Series, Spot
from throughline.analytics.targets.language import Baseline, Trend


def trend(aim: Trend, series: Series, spot: Spot, evidence: Evidence,
          baseline: Baseline | None) -> tuple[bool, tuple[str, ...]]:
    """Whether every year up to the spot's moved as the aim asks, and each year's change in words.

    Without a number of years it is every year since the baseline, or the latest one where there is no baseline.
    Raises CannotJudgeError over a missing year or a break.
    """
    years = aim.years or _years_since(series, spot, evidence, baseline)
    sense = sense_of(aim.direction, evidence)
    steps: list[str] = []
    kept, later = True, spot
    for _ in range(years):
        earlier = _year_before(series, later, evidence)
        change = round(((later.actual or 0.0) - (earlier.actual or 0.0)) * sense, 9)
        kept = kept and change > 0
        was, now = (value_words(one.actual or 0.0, evidence) for one in (earlier, later))
        found = "as asked" if change > 0 else "not as asked"
        steps.append(f"From {was} in {earlier.period} to {now} in {later.period}: {found}.")
        later = earlier
    return kept, tuple(reversed(steps))


def _years_since(series: Series, spot: Spot, evidence: Evidence, baseline: Baseline | None) -> int:
    if baseline is None or not baseline.period:
        return 1
    start = spot_of(series, baseline.period, evidence)
    if start is None:
        raise CannotJudgeError(f"There is no figure for {baseline.period}, which the target starts from.")
    return max(1, spot.end.year - start.end.year)


def _year_before(series: Series, later: Spot, evidence: Evidence) -> Spot:
    earlier = year_before(series, later)
    if earlier is None or earlier.actual is None:
        raise CannotJudgeError(f"There is no figure for the year before {later.period}.")
    broken = evidence.break_between(earlier.start, later.start)
    if broken:
        raise CannotJudgeError(f"The series is broken between {earlier.period} and {later.period}: {broken.reason}")
    return earlier
