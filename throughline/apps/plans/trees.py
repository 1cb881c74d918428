"""A plan as we keep it, turned into the tree that reading gives and that writing and comparing take."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from throughline.analytics.planreading import tree
from throughline.analytics.planreading.asjson import read_source
from throughline.analytics.planreading.owners import read_owners
from throughline.analytics.planreading.vocabulary import Templates
from throughline.apps.indicators.models import Indicator, TrajectoryPoint
from throughline.apps.organisations.models import PartyCode
from throughline.apps.plans import models
from throughline.apps.plans.vocabulary import templates

_DIRECTIONS = {"higher_is_better": "up", "lower_is_better": "down", "closer_is_better": "keep"}
_COST = ("action_id", "printed", "amount", "basis", "fund", "year")
_REFERENCE = ("action_id", "printed", "target", "kind", "to_action_id", "to_section_id", "to_indicator_id")
_STATUSES = {Indicator.State.MERGED: "merged", Indicator.State.RETIRED: "deleted"}
BY_APPROVAL = "By the approval of"  # how the reason begins why an indicator went out of use with its plan's next version

Rows = dict[int, list[Any]]


@dataclass
class _Parts:
    """What hangs on a plan's sections and actions, by the number of what it hangs on."""

    sections: Rows = field(default_factory=dict)
    leads: Rows = field(default_factory=dict)
    success: Rows = field(default_factory=dict)
    answers: Rows = field(default_factory=dict)
    actions: Rows = field(default_factory=dict)
    steps: Rows = field(default_factory=dict)
    owners: Rows = field(default_factory=dict)
    milestones: Rows = field(default_factory=dict)
    costs: Rows = field(default_factory=dict)
    criteria: Rows = field(default_factory=dict)
    references: Rows = field(default_factory=dict)


def plan_tree(plan: models.Plan) -> tree.Plan:
    """The whole plan as a tree, removed parts left out; a fixed number of queries, however large the plan."""
    parts = _parts(plan)
    return tree.Plan(
        title=plan.title, period=plan.period, organisations=list(plan.organisations), glossary=dict(plan.glossary),
        sections=[_section(row, parts) for row in parts.sections.get(0, [])], measures=_measures(plan),
    )


def sections_in_order(sections: Iterable[models.Section]) -> list[tuple[models.Section, int]]:
    """Sections as their plan reads, each with its level from 1."""
    under: dict[int | None, list[models.Section]] = defaultdict(list)
    for section in sections:
        under[section.parent_id].append(section)
    ordered: list[tuple[models.Section, int]] = []
    pending = [(section, 1) for section in reversed(under[None])]
    while pending:
        section, level = pending.pop()
        ordered.append((section, level))
        pending.extend((each, level + 1) for each in reversed(under[section.pk]))
    return ordered


def actions_in_order(plan: models.Plan) -> list[models.Action]:
    """The actions as the plan reads: the order that plan_tree has them in."""
    place = {section.pk: n for n, (section, _) in enumerate(sections_in_order(models.Section.objects.filter(plan=plan)))}
    return sorted(models.Action.objects.filter(plan=plan, section__in=place), key=lambda action: place[action.section_id])


def _parts(plan: models.Plan) -> _Parts:
    of = {"action__plan": plan, "action__removed_at": None}
    codes = _codes(plan.area)
    found = _Parts(
        sections=_by(_sections(plan), "parent_id"),
        leads=_owners(models.SectionLead.objects.filter(section__plan=plan), "section_id", codes),
        answers=_by(_answers(plan), "section_id"),
        actions=_by(models.Action.objects.filter(plan=plan).values(), "section_id"),
        steps=_texts(models.Step.objects.filter(**of), "action_id"),
        owners=_owners(models.ActionOwner.objects.filter(**of), "action_id", codes),
        milestones=_texts(models.Milestone.objects.filter(**of), "action_id"),
        costs=_by(models.Cost.objects.filter(**of).values(*_COST), "action_id"),
        references=_by(models.CrossReference.objects.filter(**of).values(*_REFERENCE), "action_id"),
    )
    criteria = list(models.SuccessCriterion.objects.filter(plan=plan).values("text", "action_id", "section_id"))
    found.criteria = _by((each for each in criteria if each["action_id"]), "action_id", "text")
    found.success = _by((each for each in criteria if not each["action_id"]), "section_id", "text")
    return found


def _by(rows: Iterable[Mapping[str, Any]], key: str, only: str = "") -> Rows:
    """The rows, or one value of each, gathered under what they hang on; 0 for those that hang on nothing."""
    gathered: Rows = defaultdict(list)
    for row in rows:
        gathered[row[key] or 0].append(row[only] if only else row)
    return gathered


def _texts(rows: Any, key: str) -> Rows:
    return _by(rows.values(key, "text"), key, "text")


def _sections(plan: models.Plan) -> Any:
    return models.Section.objects.filter(plan=plan).values("pk", "parent_id", "kind", "number", "title", "impact", "source")


def _answers(plan: models.Plan) -> Iterable[Mapping[str, Any]]:
    through = models.Section.answers.through.objects.filter(section__plan=plan, recommendation__removed_at=None)
    rows = through.order_by("recommendation__position", "recommendation_id")
    return rows.values("section_id", "recommendation__number", "recommendation__text", "recommendation__inspection__title")


def _codes(area: str) -> dict[int, list[str]]:
    held: dict[int, list[str]] = defaultdict(list)
    for party, code in PartyCode.objects.filter(area=area).values_list("party_id", "code"):
        held[party].append(code)
    return held


def _owners(rows: Any, key: str, codes: Mapping[int, list[str]]) -> Rows:
    gathered: Rows = defaultdict(list)
    unknown = lru_cache(partial(_unknown_owner, templates()))
    for holder, printed, party, name, kind in rows.values_list(key, "printed", "party_id", "party__name", "party__kind"):
        gathered[holder].append(_owner(printed, name, kind, codes.get(party, [])) if party else copy(unknown(printed)))
    return gathered


def _owner(printed: str, name: str, kind: str, codes: Iterable[str]) -> tree.Owner:
    """An owner whom the directory knows: its name, and the code by which it is printed."""
    said = set(re.findall(r"[\w&]+", printed))
    return tree.Owner(printed, name if name != printed else "", next((code for code in codes if code in said), ""), kind)


def _unknown_owner(known: Templates, printed: str) -> tree.Owner:
    """An owner whom the directory does not know: what the printed words alone say."""
    read = read_owners(printed, known, {})
    return read[0] if [owner.printed for owner in read] == [printed] else tree.Owner(printed)


def _section(row: Mapping[str, Any], parts: _Parts) -> tree.Section:
    answers = [_answer(each) for each in parts.answers.get(row["pk"], []) if row["kind"] != "recommendation"]
    return tree.Section(
        kind=row["kind"], title=row["title"], number=row["number"], source=read_source(row["source"]),
        leads=parts.leads.get(row["pk"], []), impact=row["impact"].splitlines(), success=parts.success.get(row["pk"], []),
        sections=[_section(under, parts) for under in parts.sections.get(row["pk"], [])],
        actions=[_action(under, parts) for under in parts.actions.get(row["pk"], [])], answers=answers,
    )


def _answer(row: Mapping[str, Any]) -> tree.CrossReference:
    number, text = row["recommendation__number"], row["recommendation__text"]
    named = number or text
    return tree.CrossReference(named, named, "section", True, text, row["recommendation__inspection__title"])


def _action(row: Mapping[str, Any], parts: _Parts) -> tree.Action:
    at = row["id"]
    return tree.Action(
        text=row["text"], source=read_source(row["source"]), number=row["number"], steps=parts.steps.get(at, []),
        owners=parts.owners.get(at, []), when=tree.When(**row["when"]) if row["when"] else None,
        milestones=parts.milestones.get(at, []), cost=_cost(parts.costs.get(at, [])), success=parts.criteria.get(at, []),
        cross_references=[_reference(each) for each in parts.references.get(at, [])], rag=row["rag_printed"], why=row["why"],
    )


def _cost(rows: list[Mapping[str, Any]]) -> tree.Cost | None:
    if not rows:
        return None
    printed = "; ".join(dict.fromkeys(row["printed"] or cost_words(row) for row in rows))
    amounts = [
        {"pounds": _pounds(row["amount"]), "basis": row["basis"], "source": row["fund"],
         **({"year": row["year"]} if row["year"] else {})}
        for row in rows if row["amount"] is not None
    ]
    return tree.Cost(printed, amounts)


def _pounds(amount: Any) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)


def cost_words(row: Mapping[str, Any]) -> str:
    """An amount that was typed in and never printed, in the words a plan would use: "£50,000 per year from the grant"."""
    amount = f"£{row['amount']:,.2f}".removesuffix(".00") if row["amount"] is not None else ""
    source = f"from {row['fund']}" if row["fund"] else ""
    return " ".join(part for part in (amount, row["basis"], source, row["year"]) if part)


def _reference(row: Mapping[str, Any]) -> tree.CrossReference:
    """Our own kinds say how two things hang together; the tree's say what is named."""
    kind = row["kind"] if row["kind"] in ("action", "section", "measure", "plan") else _named(row)
    found = bool(row["to_action_id"] or row["to_section_id"] or row["to_indicator_id"])
    return tree.CrossReference(row["printed"], row["target"] or row["printed"], kind, found)


def _named(row: Mapping[str, Any]) -> str:
    for kind, key in (("action", "to_action_id"), ("section", "to_section_id"), ("measure", "to_indicator_id")):
        if row[key]:
            return kind
    return "plan"


def _measures(plan: models.Plan) -> list[tree.Measure]:
    """The plan's indicators, each once, in the order of the register: its own, its sections' and its actions'."""
    under = _sections_of_indicators(plan)
    held = indicators_of(plan)
    steps: Rows = defaultdict(list)
    for point in TrajectoryPoint.objects.filter(indicator__in=held).values("indicator_id", "period", "printed", "kind"):
        at = point.pop("indicator_id")
        steps[at].append(point)
    return [_measure(each, under.get(each.pk, ""), steps[each.pk]) for each in held]


def indicators_of(plan: models.Plan) -> list[Indicator]:
    """Every indicator that a plan, a section of it or an action of it names, each once."""
    named: set[int] = set()
    for through, of in (
        (models.Plan.indicators.through, {"plan": plan}),
        (models.Section.indicators.through, {"section__plan": plan, "section__removed_at": None}),
        (models.Action.indicators.through, {"action__plan": plan, "action__removed_at": None}),
    ):
        named.update(through.objects.filter(**of).values_list("indicator_id", flat=True))
    return list(Indicator.objects.filter(pk__in=named))


def _sections_of_indicators(plan: models.Plan) -> dict[int, str]:
    rows = models.Section.indicators.through.objects.filter(section__plan=plan, section__removed_at=None)
    named = rows.order_by("-section__position").values_list("indicator_id", "section__number", "section__title")
    return {indicator: number or title for indicator, number, title in named}


def _measure(indicator: Indicator, section: str, trajectory: list[dict[str, str]]) -> tree.Measure:
    return tree.Measure(
        text=indicator.title, source=read_source(indicator.source), number=indicator.number, cohort=indicator.cohort,
        baseline=indicator.baseline_printed, target=indicator.target_words, unit=indicator.unit, due=indicator.due_printed,
        direction=_DIRECTIONS.get(indicator.polarity, ""), trajectory=trajectory, section=section,
        status=indicator.status_printed or _status(indicator),
    )


def _status(indicator: Indicator) -> str:
    """What became of an indicator while its plan was living; what the next version did to it is no part of the plan."""
    return "" if indicator.state_reason.startswith(BY_APPROVAL) else _STATUSES.get(indicator.state, "")
