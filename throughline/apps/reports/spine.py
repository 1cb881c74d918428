"""The spine of a plan: from recommendation to priority, action, indicator, figure and board minute, and back again."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from throughline.apps.governance.models import Decision
from throughline.apps.indicators.judgements import Result, judge_all
from throughline.apps.indicators.models import Indicator
from throughline.apps.plans.models import Action, Plan, Recommendation, Section
from throughline.apps.plans.queries import latest_updates
from throughline.apps.plans.trees import sections_in_order
from throughline.apps.plans.words import rated, section_name
from throughline.core.rounding import round_half_up

_WHOLE = 0  # stands for the plan as a whole among the numbers of its sections


@dataclass
class Doing:
    """An action with its rating, the indicators it is to move and the minutes that asked for it."""

    action: Action
    rag: str
    results: list[Result] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


@dataclass
class Answer:
    """A section with what hangs on it: its own indicators and minutes, and its actions; section None is the plan itself."""

    section: Section | None
    name: str
    results: list[Result] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    doing: list[Doing] = field(default_factory=list)


@dataclass
class Strand:
    """A recommendation, None for what answers none, and the sections that answer it."""

    recommendation: Recommendation | None
    answers: list[Answer]


def spine(plan: Plan, on: date, indicator: int | None = None, *, entered: bool) -> list[Strand]:
    """The strands of a plan on a day; with an indicator, only what leads to it. A fixed number of queries.

    entered says whether the reader may see figures that officers enter.
    """
    answers = _answers(plan, on, entered)
    if indicator is not None:
        answers = {pk: kept for pk, each in answers.items() if (kept := _leading_to(each, indicator))}
    links = _answering(plan)
    recommendations = Recommendation.objects.filter(pk__in={r for held in links.values() for r in held})
    strands = [
        Strand(each, [answer for pk, answer in answers.items() if each.pk in links[pk] and _says_more(answer)])
        for each in recommendations.select_related("inspection")
    ]
    rest = [answer for pk, answer in answers.items() if not links[pk] and (answer.doing or answer.results or answer.decisions)]
    return [strand for strand in [*strands, Strand(None, rest)] if strand.answers]


def plans_with(indicator: Indicator) -> QuerySet[Plan]:
    """The plans in the lists that an indicator stands in: under the plan itself, a section or an action; newest first."""
    in_section = Section.objects.filter(indicators=indicator).values("plan")
    in_action = Action.objects.filter(indicators=indicator, section__removed_at=None).values("plan")
    named = Q(indicators=indicator) | Q(pk__in=in_section) | Q(pk__in=in_action)
    return Plan.objects.filter(named, area=indicator.area).distinct()


def _says_more(answer: Answer) -> bool:
    """Whether a section adds anything: one that only prints the recommendation does not answer it."""
    has = answer.doing or answer.results or answer.decisions
    return bool(has or (answer.section and answer.section.kind != Section.Kind.RECOMMENDATION))


def _answers(plan: Plan, on: date, entered: bool) -> dict[int, Answer]:
    ordered = [section for section, _ in sections_in_order(Section.objects.filter(plan=plan))]
    of_section, of_action = _results(plan, on, entered)
    to_section, to_action = _decisions(plan, of_section)
    updates = latest_updates(Action.objects.filter(plan=plan))
    found = {each.pk: Answer(each, section_name(each), of_section[each.pk], to_section[each.pk]) for each in ordered}
    found[_WHOLE] = Answer(None, "The plan as a whole", of_section[_WHOLE], to_section[_WHOLE])
    for action in Action.objects.filter(plan=plan, section__in=list(found)):
        rag = updates[action.pk].rag if action.pk in updates else ""
        found[action.section_id].doing.append(Doing(action, rag, of_action[action.pk], to_action[action.pk]))
    return found


def _results(plan: Plan, on: date, entered: bool) -> tuple[dict[int, list[Result]], dict[int, list[Result]]]:
    """The indicators of each section and each action, and under _WHOLE those of the plan that stand nowhere in it, judged."""
    by_section = list(Section.indicators.through.objects.filter(section__plan=plan).values_list("section_id", "indicator_id"))
    by_action = list(Action.indicators.through.objects.filter(action__plan=plan).values_list("action_id", "indicator_id"))
    placed = {indicator for _, indicator in by_section + by_action}
    by_plan = [(_WHOLE, each) for each in plan.indicators.values_list("pk", flat=True) if each not in placed]
    pairs = by_section + by_plan, by_action
    wanted = Indicator.objects.filter(pk__in={indicator for held in pairs for _, indicator in held})
    judged = judge_all(wanted.exclude(state=Indicator.State.RETIRED), on, entered=entered)
    gathered: list[dict[int, list[Result]]] = []
    for held in pairs:
        found: dict[int, list[Result]] = defaultdict(list)
        for holder, indicator in held:
            if indicator in judged:
                found[holder].append(judged[indicator])
        gathered.append(found)
    return gathered[0], gathered[1]


def _decisions(
    plan: Plan, results: dict[int, list[Result]]
) -> tuple[dict[int, list[Decision]], dict[int, list[Decision]]]:
    """The minutes about each section and each action; those about an indicator stand where it stands, the rest with the plan."""
    standing = {result.indicator.pk: holder for holder, held in results.items() for result in held}
    about = Q(plan=plan) | Q(section__plan=plan) | Q(action__plan=plan) | Q(indicator__in=list(standing))
    sections, actions = defaultdict(list), defaultdict(list)
    for decision in Decision.objects.filter(about).distinct().select_related("meeting__board"):
        if decision.action_id:
            actions[decision.action_id].append(decision)
        else:
            holder = decision.section_id or standing.get(decision.indicator_id, _WHOLE)
            sections[holder].append(decision)
    return sections, actions


def _answering(plan: Plan) -> dict[int, set[int]]:
    """Which recommendations each section answers; a section answers what the section it is part of answers."""
    own: dict[int, set[int]] = defaultdict(set)
    pairs = Section.answers.through.objects.filter(section__plan=plan, recommendation__removed_at=None)
    for section, recommendation in pairs.values_list("section_id", "recommendation_id"):
        own[section].add(recommendation)
    for section, _ in sections_in_order(Section.objects.filter(plan=plan)):
        if section.parent_id:
            own[section.pk] |= own[section.parent_id]
    return own  # and nothing for the plan as a whole, which answers no one recommendation


def _leading_to(answer: Answer, indicator: int) -> Answer | None:
    """The part of a section's strand that leads to an indicator."""
    own = [result for result in answer.results if result.indicator.pk == indicator]
    doing = [each for each in answer.doing if any(result.indicator.pk == indicator for result in each.results)]
    if own:
        return Answer(answer.section, answer.name, own, answer.decisions, answer.doing)
    return Answer(answer.section, answer.name, [], answer.decisions, doing) if doing else None


def figure_words(result: Result) -> str:
    """An indicator's newest figure with its period: "5.3 in 2024/25"; says so where there is none."""
    point = result.latest
    if point is None or point.value is None:
        return "figure not shown" if result.withheld else "no figure yet"
    places = result.indicator.decimals
    unit = result.evidence.unit.suffix if result.evidence else ""
    return f"{round_half_up(point.value, places):,.{places}f}{unit} in {point.period}"


def source_words(result: Result) -> str:
    """Where that figure comes from: the source and its release."""
    held = result.evidence
    if held is None:
        return ""
    release = result.latest.release if result.latest else ""
    return ", ".join(part for part in (held.source, release) if part)


def rows(strands: list[Strand]) -> Iterator[dict[str, Any]]:
    """The strands as a flat table: a row for each action and indicator, and for each indicator of a section."""
    for strand in strands:
        recommendation = str(strand.recommendation or "")
        for answer in strand.answers:
            start = {"recommendation": recommendation, "section": answer.name}
            yield from (start | _figure(result) | _minutes(answer.decisions) for result in answer.results)
            for each in answer.doing:
                doing = start | {"action": str(each.action), "rating": rated(each.rag)} | _minutes(each.decisions)
                yield from ([doing | _figure(result) for result in each.results] or [doing])


def _figure(result: Result) -> dict[str, str]:
    return {"indicator": str(result.indicator), "figure": figure_words(result), "source": source_words(result),
            "status": str(result.verdict), "target": result.indicator.target_words}


def _minutes(decisions: list[Decision]) -> dict[str, str]:
    return {"minutes": "; ".join(f"{each} ({each.meeting.board})" for each in decisions)}
