"""Reads a target from the words a plan uses, or says why it cannot and what wording would be read."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.language import (
    Aim,
    And,
    Average,
    Baseline,
    Change,
    Comparator,
    Due,
    Level,
    Milestone,
    NotUnderstood,
    Target,
    TargetUnit,
)
from throughline.analytics.targets.rules import Rules, Words
from throughline.analytics.targets.wording import changes, gaps, levels, standings
from throughline.analytics.targets.wording.averages import AveragePhrase, take_average
from throughline.analytics.targets.wording.baselines import read_baseline, take_baseline
from throughline.analytics.targets.wording.doubts import doubts
from throughline.analytics.targets.wording.draft import USED, Draft
from throughline.analytics.targets.wording.dues import find_dues, merged, parse_due
from throughline.analytics.targets.wording.phrases import Pieces, Reader, compiled, pieces
from throughline.analytics.targets.wording.promises import take_promise, take_whole
from throughline.analytics.targets.wording.refusals import refusal

LONGEST = 3000  # characters; a longer text is a chapter, and no target


@dataclass(frozen=True)
class Hints:
    """What is known beside a target's own words: cells of the same row, the measure's unit, the day the plan was made.

    What the words themselves say goes before a hint. unit lets a bare "98" be 98 per cent.
    """

    unit: Unit | None = None
    due: str = ""
    baseline: str = ""
    cohort: str = ""
    made_on: date | None = None


@dataclass
class _Reading:
    """What has been read so far: aims by where they stand."""

    aims: list[tuple[int, Aim]] = field(default_factory=list)

    def add(self, start: int, aim: Aim) -> None:
        self.aims.append((start, aim))

    def has_aim(self, start: int, end: int) -> bool:
        return any(start <= place < end for place, _ in self.aims)

    def in_order(self) -> tuple[Aim, ...]:
        found: list[Aim] = []
        for _, aim in sorted(self.aims, key=lambda pair: pair[0]):
            if aim not in found:
                found.append(aim)
        return tuple(found)


_LABEL = compiled(r"^kpis? ?[0-9]+[a-z]? ?[:.)]? +")
_MARKER = compiled(r"\btargets?\b ?(?:[:=]+|(?= ?(?:in line|at or |above|below|better|within|among)))")
_MILESTONE = compiled(r"\bmilestone: ?“(?P<words>[^”]+)”")
_EVERY = compiled(r"\b(?:(?:on|across|for|in) )?(?:all|every|each)(?: of)?(?: the| our)? (?:measures?|indicators?)\b")
_AGES = compiled(
    r"(?<![\w¤])(?:ages?d? ¤{1,2} ?(?:-|to|and|&) ?¤{1,2}|¤{1,2}(?: ?(?:-|to|and|&) ?¤{1,2})? ?-?year[- ]olds?"
    r"|year ¤{1,2}|whole cohort)(?![\w¤])"
)


def parse_target(text: str, rules: Rules, hints: Hints | None = None) -> Target | NotUnderstood:
    """The target that text promises. Never raises: any text at all gives a target or the reason there is none."""
    known = hints or Hints()
    printed = _LABEL.sub("", " ".join(text.replace(USED, " ").split()))
    if not printed or len(printed) > LONGEST:
        return refusal(printed, LONGEST)
    draft, fragments = Draft(printed), pieces(rules.words)
    baseline = take_baseline(draft)
    reading = _Reading()
    _strike_facts(draft)
    _take_milestones(draft, reading)
    if every := _EVERY.search(draft.left):
        draft.strike(*every.span())
    _take_aims(draft, rules.words, reading)
    due = _take_due(draft, known.made_on)
    _take_promises(draft, fragments, reading)
    if not reading.aims:
        return refusal(printed, LONGEST)
    cohort = _cohort(draft, fragments)
    target = Target(
        aim=_joined(reading.in_order()), due=due, cohort=cohort, baseline=baseline,
        every_measure=every is not None, printed=text, unread=draft.unread(),
    )
    target = _with_hints(target, known, fragments)
    return replace(target, doubts=doubts(target))


def _strike_facts(draft: Draft) -> None:
    """Only what follows “Target =” is promised; what stands before it, and sentences of fact, cannot be an aim."""
    marker = _MARKER.search(draft.left)
    if marker:
        before = draft.left[: marker.start()]
        draft.left = before.translate(str.maketrans("0123456789", "¤" * 10)) + USED * len(marker[0]) + draft.left[marker.end():]


def _take_milestones(draft: Draft, reading: _Reading) -> None:
    for match in list(_MILESTONE.finditer(draft.text)):
        reading.add(match.start(), Milestone(match["words"].strip()))
        draft.strike(*match.span())
        draft.quoted.append(match.span())


@lru_cache(maxsize=8)
def _readers(words: Words) -> tuple[Reader, ...]:
    """Every way of putting an aim, those that could be taken for another first."""
    fragments = pieces(words)
    return (
        *gaps.readers(fragments), *standings.readers(fragments), *changes.readers(fragments),
        *levels.readers(fragments),
    )


def _take_aims(draft: Draft, words: Words, reading: _Reading) -> None:
    for start, end in draft.sentences():
        if draft.is_fact(start, end):
            continue
        average = take_average(draft, start, end)
        for reader in _readers(words):
            _take(reader, draft, start, end, average, reading)


def _take(reader: Reader, draft: Draft, start: int, end: int, average: AveragePhrase | None, reading: _Reading) -> None:
    for first, last in draft.pieces(start, end):
        for match in list(reader.pattern.finditer(draft.left[first:last])):
            aim = reader.make(match)
            if aim is not None:
                reading.add(first + match.start(), _averaged(aim, average))
                draft.strike(first + match.start(), first + match.end())


def _averaged(aim: Aim, average: AveragePhrase | None) -> Aim:
    if average is None or not isinstance(aim, Level | Change | Comparator):
        return aim
    return Average(aim, average.months, average.periods, average.span)


def _take_due(draft: Draft, made_on: date | None) -> Due | None:
    found = find_dues(draft.left, made_on)
    for one in found:
        draft.strike(one.start, one.end)
    return merged(found)


def _take_promises(draft: Draft, fragments: Pieces, reading: _Reading) -> None:
    """All and none of something beside what was found; a bare verb or a milestone only where nothing was."""
    for start, end in draft.sentences():
        if not draft.is_fact(start, end) and not reading.has_aim(start, end) and (found := take_whole(draft, start, end)):
            reading.add(*found)
    if not reading.aims:
        for start, end in draft.sentences():
            if not draft.is_fact(start, end) and (found := take_promise(draft, start, end, fragments)):
                reading.add(*found)


def _joined(aims: tuple[Aim, ...]) -> Aim | And:
    return aims[0] if len(aims) == 1 else And(aims)


def _cohort(draft: Draft, fragments: Pieces) -> tuple[str, ...]:
    """The groups named, by their own names, and ages as printed, in the order they stand; struck out."""
    named = [(match.span(), fragments.cohort_title(match[0])) for match in fragments.cohort.finditer(draft.text)]
    ages = _AGES.finditer(Draft(draft.text).left)
    named += [(match.span(), draft.text[match.start():match.end()].lower()) for match in ages]
    named = [(span, name) for span, name in named if not any(first <= span[0] < last for first, last in draft.quoted)]
    for span, _ in named:
        draft.strike(*span)
    return tuple(dict.fromkeys(name for _, name in sorted(named)))


def _with_hints(target: Target, known: Hints, fragments: Pieces) -> Target:
    due = target.due or (parse_due(known.due, known.made_on) if known.due.strip() else None)
    baseline = target.baseline or (read_baseline(known.baseline) if known.baseline.strip() else None)
    cohort = target.cohort or (_cohort(Draft(" ".join(known.cohort.split())), fragments) if known.cohort.strip() else ())
    aim = target.aim
    if known.unit is Unit.PERCENT:
        aim = _joined(tuple(_in_percent(part) for part in target.parts))
        baseline = _baseline_in_percent(baseline)
    return replace(target, aim=aim, due=due, baseline=baseline, cohort=cohort)


def _in_percent(aim: Aim) -> Aim:
    if isinstance(aim, Average):
        held = _in_percent(aim.aim)
        return replace(aim, aim=held) if isinstance(held, Level | Change | Comparator) else aim
    if isinstance(aim, Level) and aim.unit is TargetUnit.NUMBER:
        return replace(aim, unit=TargetUnit.PERCENT)
    return aim


def _baseline_in_percent(baseline: Baseline | None) -> Baseline | None:
    if baseline and baseline.unit is TargetUnit.NUMBER:
        return replace(baseline, unit=TargetUnit.PERCENT)
    return baseline
