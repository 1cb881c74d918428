"""Judges a target on a day: met, on track, off track, missed, or cannot be judged, with the sum and the comparators.

A target is judged on the last period that had ended, and was out, by the day asked about, and no later than its
due date. Reached is met, before the due date or on it. Not reached, it is missed once the figure for the due date
is out; until then it is on or off track by the trajectory from its baseline. A target that falls due again and
again is judged period by period, and one without a due date is taken to hold now.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from throughline.analytics.targets.evidence import Evidence, PersonJudgement
from throughline.analytics.targets.judging.amounts import apart_words, spot_words, value_words
from throughline.analytics.targets.judging.beginnings import Beginning, beginning, origin_of
from throughline.analytics.targets.judging.duedates import is_due_period, last_by
from throughline.analytics.targets.judging.needs import Need, need
from throughline.analytics.targets.judging.spots import CannotJudgeError, Series, Spot, series_of
from throughline.analytics.targets.judging.track import Track, track
from throughline.analytics.targets.judging.trends import trend
from throughline.analytics.targets.judging.verdicts import Judgement, Verdict, cannot, together
from throughline.analytics.targets.language import (
    Against,
    Aim,
    Average,
    Baseline,
    Change,
    Closing,
    Comparator,
    Due,
    End,
    Gap,
    Milestone,
    OriginKind,
    Rank,
    RankChange,
    RankUnit,
    Relation,
    Target,
    Trend,
)
from throughline.analytics.targets.rules import Rules
from throughline.analytics.targets.say import say_day
from throughline.analytics.targets.trajectory import Trajectory
from throughline.core.rounding import round_half_up

_BY_PERSON = {verdict.value: verdict for verdict in Verdict if verdict is not Verdict.CANNOT_BE_JUDGED}


@dataclass(frozen=True)
class _Known:
    """What is the same for every part of a target."""

    target: Target
    on: date
    rules: Rules
    trajectory: Trajectory | None
    baseline: Baseline | None
    person: PersonJudgement | None


@dataclass(frozen=True)
class _Case:
    """One aim with everything it is judged by."""

    aim: Aim
    due: Due | None
    baseline: Baseline | None
    evidence: Evidence
    on: date
    rules: Rules
    trajectory: Trajectory | None


def judge(target: Target, evidence: Evidence | None | Sequence[Evidence | None], on: date, rules: Rules,
          trajectory: Trajectory | None = None, baseline: Baseline | None = None,
          person: PersonJudgement | None = None) -> Judgement:
    """The judgement of a target as at the end of a day, from what was known then.

    evidence is one measure's figures for every part, or one (or None) for each part in order. trajectory and
    baseline go before the straight line and the target's own baseline. person is somebody's judgement of what no
    figure settles: a milestone, or a part with no measure.
    """
    parts = target.parts
    each = [evidence] * len(parts) if isinstance(evidence, Evidence) or evidence is None else list(evidence)
    if len(each) != len(parts):
        return cannot(f"The target has {len(parts)} parts and {len(each)} measures are tied to it.", rules.thresholds)
    known = _Known(target, on, rules, trajectory, baseline or target.baseline, person)
    judged = [_part(aim, figures, known) for aim, figures in zip(parts, each, strict=True)]
    return judged[0] if len(judged) == 1 else together(judged, rules.thresholds)


def judge_every_measure(target: Target, evidence: Sequence[Evidence], on: date, rules: Rules) -> Judgement:
    """A target that is to hold of each of several measures: judged of each, and together as the worst that is known."""
    return together([judge(target, figures, on, rules) for figures in evidence], rules.thresholds)


def _part(aim: Aim, evidence: Evidence | None, known: _Known) -> Judgement:
    if isinstance(aim, Milestone) or evidence is None:
        return _by_person(aim, known.person, known.on, known.rules)
    case = _Case(_resolved(aim, known.rules), known.target.due, known.baseline, evidence, known.on, known.rules, known.trajectory)
    try:
        judged = _trend(case, case.aim) if isinstance(case.aim, Trend) else _figure(case)
    except CannotJudgeError as refused:
        return cannot(str(refused), known.rules.thresholds, evidence.title)
    return replace(judged, steps=(*_how_read(aim, case), *judged.steps))


def _by_person(aim: Aim, person: PersonJudgement | None, on: date, rules: Rules) -> Judgement:
    if person is None or person.on > on:
        wanting = "It is judged by a person, with evidence." if isinstance(aim, Milestone) else "No measure is tied to it."
        return cannot(wanting, rules.thresholds)
    verdict = _BY_PERSON.get(person.status)
    if verdict is None or not person.evidence.strip():
        return cannot("A person's judgement needs a status and the evidence it rests on.", rules.thresholds)
    words = f"Judged {verdict} by {person.by} on {say_day(person.on)}. Evidence: {person.evidence.strip()}"
    return Judgement(verdict, rules.thresholds.rag[verdict.value.replace(" ", "_")], (words,))


def _resolved(aim: Aim, rules: Rules) -> Aim:
    """Among the best is a rank, by a rule of ours."""
    if not isinstance(aim, Comparator) or aim.relation is not Relation.AMONG_BEST:
        return aim
    if aim.against is Against.NEIGHBOURS:
        return Rank(End.TOP, float(rules.thresholds.best_neighbours), RankUnit.PLACES, aim.against)
    return Rank(End.TOP, rules.thresholds.best_percent, RankUnit.PERCENT, aim.against)


def _how_read(aim: Aim, case: _Case) -> tuple[str, ...]:
    if aim is case.aim or not isinstance(case.aim, Rank):
        return ()
    part = f"{case.aim.limit:g}%" if case.aim.unit is RankUnit.PERCENT else f"{case.aim.limit:g} places"
    return (f"“Among the best” is taken as the top {part} (our rule).",)


def _figure(case: _Case) -> Judgement:
    """Any aim that is judged on one period's figure."""
    _refuse_too_soon(case)
    series = series_of(case.aim, case.evidence, case.on)
    spot = last_by(series, case.due, case.on)
    if spot.actual is None:
        raise CannotJudgeError(spot.why_none)
    start, no_start = _beginning(case, series, spot)
    needed = need(case.aim, spot, start, case.evidence, case.rules.thresholds)
    steps = [_value_step(case, spot), *needed.notes, f"Needed{_by_when(case.due)}: {needed.words}."]
    if needed.reached(spot.actual):
        return _cautioned(_met(case, spot, needed, steps), case, spot, "not reached", needed.reached)
    by = case.due.by if case.due else None
    passed = by is not None and case.on > by
    if (by is None and case.trajectory is None) or (by is not None and passed and is_due_period(spot, series, by)):
        return _cautioned(_not_reached(case, spot, needed, start, steps), case, spot, "reached",
                          lambda value: not needed.reached(value))
    if passed:
        steps.append("The due date has passed, but the figure for it is not out yet.")

    def tracked(value: float) -> Track:
        return track(replace(spot, actual=value), needed, start, case.due, case.trajectory, case.evidence, case.rules.thresholds,
                     no_start)

    found = tracked(spot.actual)
    other = Verdict.OFF_TRACK if found.on_track else Verdict.ON_TRACK
    return _cautioned(_on_the_way(case, spot, needed, found, steps), case, spot, other.value,
                      lambda value: tracked(value).on_track is found.on_track)


def _cautioned(judged: Judgement, case: _Case, spot: Spot, otherwise: str, holds: Callable[[float], bool]) -> Judgement:
    """The judgement with a caution where it would be otherwise at the most that the value may be for all we know."""
    most = spot.point.at_most if spot.what == "value" and spot.point else None
    if most is None or holds(most := round_half_up(most, case.evidence.decimals)):
        return judged
    caution = (f"{judged.verdict.value.capitalize()} by those who are known. Were all of those not known NEET, it would be "
               f"{value_words(most, case.evidence)}: {otherwise}.")
    return replace(judged, caution=caution, steps=(*judged.steps, caution))


def _refuse_too_soon(case: _Case) -> None:
    if case.due and case.due.start and case.due.by is None and case.on < case.due.start:
        raise CannotJudgeError(f"It starts on {say_day(case.due.start)}.")


def _beginning(case: _Case, series: Series, spot: Spot) -> tuple[Beginning | None, CannotJudgeError | None]:
    """Where the aim starts from; an aim that is not a change can do without, and keeps the reason for its trajectory."""
    try:
        return beginning(case.aim, series, spot, case.evidence, case.baseline), None
    except CannotJudgeError as refused:
        if _is_change(case.aim):
            raise
        return None, refused


def _is_change(aim: Aim) -> bool:
    held = aim.aim if isinstance(aim, Average) else aim
    if isinstance(held, Gap):
        return held.closing in (Closing.REDUCED, Closing.NARROWED)
    return isinstance(held, Change | RankChange)


def _value_step(case: _Case, spot: Spot) -> str:
    what = spot.what.capitalize()
    among = f" of {spot.of}" if spot.of else ""
    source = ", ".join(dict.fromkeys(part for part in (case.evidence.source, spot.release) if part))
    made = f" {spot.made}" if spot.made else ""
    return f"{what} in {spot.period}: {spot_words(spot.actual or 0.0, spot, case.evidence)}{among} ({source}).{made}"


def _by_when(due: Due | None) -> str:
    return f" by {say_day(due.by)}" if due and due.by else ""


def _met(case: _Case, spot: Spot, needed: Need, steps: list[str]) -> Judgement:
    early = bool(case.due and case.due.by and case.on <= case.due.by)
    steps.append("Reached before the due date: met early." if early else "Reached: met.")
    return _judgement(case, spot, needed, Verdict.MET, "met", steps, early=early)


def _not_reached(case: _Case, spot: Spot, needed: Need, start: Beginning | None, steps: list[str]) -> Judgement:
    """After the due date, or where there is none: how far short, and whether that is narrowly."""
    short = needed.shortfall(spot.actual or 0.0)
    if short:
        steps.append(f"Short by {apart_words(abs(short), spot, case.evidence)}.")
    if case.due is None or (case.due.by is None and case.due.recurrence is None):
        steps.append("No due date is given, so it should hold now: off track.")
        return _judgement(case, spot, needed, Verdict.OFF_TRACK, "off_track", steps)
    way = abs(needed.value - start.actual) if start else 0.0
    narrowly = needed.settled is None and way > 0 and short <= round(case.rules.thresholds.behind_share * way, 9)
    steps.append("Not reached by the due date: missed." if case.due.by else f"Not reached for {spot.period}: missed.")
    return _judgement(case, spot, needed, Verdict.MISSED, "narrowly_missed" if narrowly else "missed", steps)


def _on_the_way(case: _Case, spot: Spot, needed: Need, found: Track, steps: list[str]) -> Judgement:
    steps.extend(found.steps)
    verdict = Verdict.ON_TRACK if found.on_track else Verdict.OFF_TRACK
    moment = "off_track" if not found.on_track else "behind" if found.behind > 0 else "on_track"
    steps.append(f"{verdict.value.capitalize()}.")
    return _judgement(case, spot, needed, verdict, moment, steps, expected=found.expected)


def _judgement(case: _Case, spot: Spot, needed: Need, verdict: Verdict, moment: str, steps: Sequence[str], *,
               early: bool = False, expected: float | None = None) -> Judgement:
    return Judgement(
        verdict, case.rules.thresholds.rag[moment], tuple(steps), measure=case.evidence.title, what=spot.what,
        period=spot.period, period_end=spot.end, value=spot.actual, needed=needed.value, expected=expected,
        margin=-needed.shortfall(spot.actual or 0.0) + 0.0, early=early, comparators=needed.used,
    )


def _trend(case: _Case, aim: Trend) -> Judgement:
    """A move year after year."""
    _refuse_too_soon(case)
    series = series_of(case.aim, case.evidence, case.on)
    spot = last_by(series, case.due, case.on)
    if spot.actual is None:
        raise CannotJudgeError(spot.why_none)
    kept, steps = trend(aim, series, spot, case.evidence, case.baseline)
    by = case.due.by if case.due else None
    over = by is None or (case.on > by and is_due_period(spot, series, by))
    if kept:
        verdict = Verdict.MET if over or aim.years else Verdict.ON_TRACK
    else:
        verdict = Verdict.MISSED if by and over else Verdict.OFF_TRACK
    return Judgement(
        verdict, case.rules.thresholds.rag[verdict.value.replace(" ", "_")], (*steps, f"{verdict.value.capitalize()}."),
        measure=case.evidence.title, what="value", period=spot.period, period_end=spot.end, value=spot.actual,
        early=verdict is Verdict.MET and not over,
    )


def needs_baseline(target: Target) -> bool:
    """Whether a target cannot be judged at all until its baseline is known."""
    return any(_is_change(aim) and origin_of(aim).kind is OriginKind.BASELINE for aim in target.parts)
