"""Judges indicators on a day or for a period: what the system proposes with its sum, and a person's word beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from throughline.analytics.targets.evidence import Evidence, PersonJudgement, Point, known
from throughline.analytics.targets.judge import judge
from throughline.analytics.targets.judging.verdicts import Judgement, Verdict, cannot
from throughline.analytics.targets.language import Baseline, Milestone, NotUnderstood, Target, TargetUnit
from throughline.analytics.targets.rules import Rules
from throughline.analytics.targets.trajectory import Trajectory, year_by_year
from throughline.apps.indicators import models
from throughline.apps.indicators.evidence import BY_HAND, evidence_for
from throughline.apps.indicators.meaning import baseline_of, meaning_of, rules
from throughline.apps.indicators.models import Indicator, TrajectoryPoint
from throughline.apps.indicators.remedies import remedy_for
from throughline.core.periods import Period, PeriodKind
from throughline.core.statuses import Status

WITHHELD = "Its figures are the authority's own, and are shown only to those who work for it."
PROPOSED = "proposed"  # a person's row that lets the system's own rating stand again
RATINGS = {"green": "Green", "amber": "Amber", "red": "Red", "none": "Not rated"}


@dataclass(frozen=True)
class Result:
    """One indicator judged.

    proposed is the system's judgement with its sum; person the row of the person whose word counts, None where
    nobody's does. lapsed is a person's rating of an earlier period, which no longer counts. evidence is None where
    nothing is followed and nothing entered.
    """

    indicator: Indicator
    on: date
    meaning: Target | NotUnderstood
    evidence: Evidence | None
    trajectory: Trajectory | None
    cells: Sequence[TrajectoryPoint]
    baseline: Baseline | None
    proposed: Judgement
    person: models.Judgement | None = None
    lapsed: models.Judgement | None = None
    commentary: models.Judgement | None = None
    withheld: bool = False  # its figures are the authority's own, and not for the reader
    baseline_told: bool = True  # not where the baseline is a figure that is withheld, or suppressed since

    @property
    def verdict(self) -> Verdict:
        """Met, on track, off track, missed, or cannot be judged."""
        return self.proposed.verdict

    @property
    def rag(self) -> str:
        """The rating that counts: the person's where somebody gave another, otherwise the one proposed."""
        return self.person.rag if self.overridden and self.person else self.proposed.rag

    @property
    def overridden(self) -> bool:
        """Whether a person's rating stands in the place of the one proposed."""
        return self.person is not None and self.person.rag in RATINGS

    @property
    def rag_words(self) -> str:
        """The rating as a reader sees it."""
        return RATINGS[self.rag]

    @property
    def judged(self) -> bool:
        """Whether anything can be said."""
        return self.verdict is not Verdict.CANNOT_BE_JUDGED

    @property
    def remedy(self) -> str:
        """What would let it be judged; "" for one that is."""
        return "" if self.judged else remedy_for(self.indicator, self.meaning, self.evidence, self.proposed)

    @property
    def by_person(self) -> bool:
        """Whether a person settles it, wholly or in part: a milestone, words that cannot be read, or nothing to follow."""
        if isinstance(self.meaning, NotUnderstood) or self.evidence is None:
            return True
        return any(isinstance(aim, Milestone) for aim in self.meaning.parts)

    @property
    def lacks_figures(self) -> bool:
        """Whether figures would let it be judged, which it has none of; those of a measure, for example."""
        if isinstance(self.meaning, NotUnderstood) or (self.evidence and self.evidence.points):
            return False
        return not all(isinstance(aim, Milestone) for aim in self.meaning.parts)

    @property
    def points(self) -> list[Point]:
        """The points that had ended by the day and were out, earliest first."""
        return [point for point in (self.evidence.points if self.evidence else ()) if known(point, self.on)]

    @property
    def latest(self) -> Point | None:
        """The last of them, whether or not there is a number in it."""
        return self.points[-1] if self.points else None


def judge_all(indicators: Iterable[Indicator], on: date, period: str | None = None, *, entered: bool,
              counted: bool = False) -> dict[int, Result]:
    """Each indicator judged as at the end of a day, by its id.

    With a period, as printed, each is judged on the figures up to it, as soon as it had ended: an indicator whose
    own periods are spelt otherwise is judged on the day alone. entered says whether
    figures of measures that officers enter may be seen: by the reader who is shown the results, and never where what is
    said is kept for others to read; counted, whether those may be that the register counts of everybody, which say no
    more than what is published of every authority. A fixed number of queries, however many there are.
    """
    wanted, stated = list(indicators), rules()
    followed: dict[int, Evidence] = {}
    for area in {one.area for one in wanted}:
        followed |= evidence_for([one for one in wanted if one.area == area], area, on, entered=entered, counted=counted)
    cells = _by_indicator(TrajectoryPoint.objects.filter(indicator__in=wanted))
    said = _by_indicator(models.Judgement.objects.filter(indicator__in=wanted, on__lte=on).select_related("by"))
    printed = _baselines_printed(wanted)
    results = {}
    for one in wanted:
        figures = followed[one.pk]
        moment = _as_at(figures, on, period)
        shown = figures.kind == "published" or figures.source == BY_HAND or (
            counted and figures.kind == "register" and not one.group)
        withheld = not (entered or shown)
        told = one.pk in printed or not (withheld or _is_suppressed(figures, one.baseline_period))
        judged = _judged(one, figures, cells.get(one.pk, []), said.get(one.pk, []), moment, stated, baseline_told=told)
        results[one.pk] = _withheld(judged, stated) if withheld else judged
    return results


def _baselines_printed(indicators: Iterable[Indicator]) -> set[int]:
    """The indicators whose baseline is as the plan printed it, which whoever may see the plan may read.

    Any other was put in since, from figures that not everybody may see.
    """
    held = {one.pk: (one.baseline_printed, one.baseline_value) for one in indicators}
    made = models.IndicatorChange.objects.filter(indicator__in=held, kind=models.IndicatorChange.Kind.CREATED)
    return {row.indicator_id for row in made
            if (row.after.get("baseline_printed", ""), row.after.get("baseline_value")) == held[row.indicator_id]}


def _is_suppressed(evidence: Evidence, period: str) -> bool:
    """Whether the figure of a period is suppressed."""
    stretch = evidence.stretch(period) if period else None
    return any((point.start, point.end) == stretch and point.status is Status.SUPPRESSED for point in evidence.points)


def _withheld(result: Result, stated: Rules) -> Result:
    """A result whose figures the reader may not see: what a person said of it stands, and otherwise nothing can be said."""
    unsaid = isinstance(result.meaning, Target) and not (result.person and result.person.status)
    proposed = cannot(WITHHELD, stated.thresholds) if unsaid else result.proposed
    return replace(result, proposed=proposed, withheld=True)


def _by_indicator(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.indicator_id, []).append(row)
    return found


@dataclass(frozen=True)
class _Moment:
    """When something is judged: the day, and whether it is the day after a period that was asked for."""

    on: date
    of_period: bool = False


def _as_at(evidence: Evidence, on: date, period: str | None) -> _Moment:
    stretch = evidence.stretch(period) if period else None
    return _Moment(stretch[1] + timedelta(days=1), of_period=True) if stretch else _Moment(on)


def _judged(indicator: Indicator, evidence: Evidence, cells: Sequence[TrajectoryPoint], said: Sequence[models.Judgement],
            moment: _Moment, stated: Rules, *, baseline_told: bool) -> Result:
    followed = bool(indicator.measure or evidence.points)
    held = (_as_if_out(evidence) if moment.of_period else evidence) if followed else None
    meaning, trajectory = meaning_of(indicator), _trajectory(evidence, cells)
    if isinstance(meaning, Target) and meaning.baseline and meaning.baseline.value is not None and not baseline_told:
        meaning = replace(meaning, baseline=None)
    baseline = _baseline(indicator, meaning) if baseline_told else None
    counting = _counting(said)
    person = _as_person(counting)
    if isinstance(meaning, Target):
        proposed = judge(meaning, held, moment.on, stated, trajectory, baseline, person)
    else:
        proposed = _unread(indicator, meaning, moment.on, stated, person)
    lapsed = counting if counting and counting.period and proposed.period and counting.period != proposed.period else None
    return Result(
        indicator, moment.on, meaning, held, trajectory, cells, baseline, proposed, None if lapsed else counting, lapsed,
        next((row for row in said if row.commentary), None), baseline_told=baseline_told,
    )


def _counting(said: Sequence[models.Judgement]) -> models.Judgement | None:
    """The newest row that judges anything; None where it lets the system's own word stand."""
    found = next((row for row in said if row.status or row.rag), None)
    return None if found is None or found.rag == PROPOSED else found


def _as_person(row: models.Judgement | None) -> PersonJudgement | None:
    if row is None or not row.status:
        return None
    return PersonJudgement(row.status, row.by.full_name if row.by else "somebody who has left", row.on, row.evidence)


def _unread(indicator: Indicator, meaning: NotUnderstood, on: date, stated: Rules, person: PersonJudgement | None) -> Judgement:
    """Words that are no target we can read: what a person says of them, or why nothing can be said."""
    if person is not None:
        return judge(Target(Milestone(meaning.printed or indicator.title)), None, on, stated, person=person)
    if not indicator.target_words:
        return cannot("It has no target.", stated.thresholds)
    return cannot(f"Its target cannot be read. {meaning.why}", stated.thresholds)


def _as_if_out(evidence: Evidence) -> Evidence:
    """The figures as though each had come out on the day its period ended."""
    points = tuple(replace(point, released=None) for point in evidence.points)
    return replace(evidence, points=points, gaps=tuple(replace(gap, released=None) for gap in evidence.gaps))


def _trajectory(evidence: Evidence, cells: Sequence[TrajectoryPoint]) -> Trajectory | None:
    """The plan's own year by year values; where a period has both, the target goes before the trajectory."""
    found: dict[tuple[date, date], tuple[Period, float | None]] = {}
    kinds = (TrajectoryPoint.Kind.TRAJECTORY, TrajectoryPoint.Kind.TARGET)
    for cell in sorted((cell for cell in cells if cell.kind in kinds), key=lambda cell: kinds.index(cell.kind)):
        stretch = evidence.stretch(cell.period)
        if stretch and (cell.value is not None or stretch not in found):
            found[stretch] = (Period(cell.period, PeriodKind.CALENDAR_YEAR, *stretch), cell.value)
    return year_by_year(found.values()) if any(value is not None for _, value in found.values()) else None


def _baseline(indicator: Indicator, meaning: Target | NotUnderstood) -> Baseline | None:
    """Where it starts from: what the register holds, since an officer may have put the printed words right."""
    if indicator.baseline_value is not None:
        unit = TargetUnit.PERCENT if indicator.unit == "percent" else TargetUnit.NUMBER
        return Baseline(indicator.baseline_value, unit, indicator.baseline_period, printed=indicator.baseline_printed)
    return baseline_of(indicator.baseline_printed, meaning)


def on_hand(results: Mapping[int, Result], wanted: Iterable[Indicator]) -> list[Result]:
    """The results of these indicators, in their order."""
    return [results[one.pk] for one in wanted if one.pk in results]
