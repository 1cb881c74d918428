"""Making a plan of a tree that was read: everything in it, or nothing at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Model

from throughline.analytics.planreading import tree
from throughline.analytics.planreading.dates import read_when
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.models import Party
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.actions.accepting_links import link_references, register_measures
from throughline.apps.plans.actions.accepting_recommendations import link_recommendations
from throughline.apps.plans.actions.naming import Directory
from throughline.apps.plans.models import (
    Action,
    ActionOwner,
    Cost,
    Milestone,
    Plan,
    Section,
    SectionLead,
    Step,
    SuccessCriterion,
)
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.timing import timed, when_fields
from throughline.apps.plans.vocabulary import templates

LARGEST = Decimal(10) ** 10  # pounds; what is larger was never one amount


@dataclass
class Placed:
    """The rows made of a tree's sections and actions, beside what they were made of, in the order of the plan."""

    sections: list[tuple[tree.Section, Section]] = field(default_factory=list)
    actions: list[tuple[tree.Action, Action]] = field(default_factory=list)


@transaction.atomic
def accept_tree(*, by: User | None, area: str, tree: tree.Plan, title: str = "", previous: Plan | None = None,
                supplement_of: Plan | None = None) -> Plan:
    """Make a draft plan of everything in a tree; title in place of the tree's own.

    previous is the plan that it is the next version of, supplement_of the one that it adds to. Owners are looked up in
    the directory and named ones added to it, measures join the indicator register, references are resolved and the
    broken ones kept. Raises ValueError for a plan of another authority.
    """
    for other in (previous, supplement_of):
        if other is not None and other.area != area:
            raise ValueError("a plan can follow or add to a plan of its own authority only")
    plan = _plan(by, area, tree, title, previous, supplement_of)
    placed = Placed()
    _make_sections(plan, tree.sections, placed)
    _make_actions(plan, placed)
    people = Directory(by, area, tree.glossary)
    _make_parts(plan, placed, people)
    measures = register_measures(by=by, plan=plan, measures=tree.measures, placed=placed)
    link_references(plan, placed, measures)
    link_recommendations(plan, placed)
    made = {"sections": len(placed.sections), "actions": len(placed.actions), "indicators": len(measures)}
    detail = {name: [None, many] for name, many in made.items()}
    record(by=by, verb="created", room=ROOM, subject=subject_of(plan), detail=detail)
    return plan


def _plan(by: User | None, area: str, read: tree.Plan, title: str, previous: Plan | None, supplement_of: Plan | None) -> Plan:
    starts_on, ends_on = lasts(read.period)
    return Plan.objects.create(
        area=area, title=fitting(Plan, "title", title or read.title or "Plan without a title"), made_by=by,
        period=fitting(Plan, "period", read.period), organisations=read.organisations, glossary=read.glossary,
        previous=previous, supplement_of=supplement_of, starts_on=starts_on, ends_on=ends_on,
        cohort=previous.cohort if previous else "", summary=previous.summary if previous else "",
    )


def lasts(period: str) -> tuple[date | None, date | None]:
    """The first and the last day of a plan's period as printed, None where the words do not say."""
    dates = read_when(period, templates()).dates if period.strip() else []
    starts = [date.fromisoformat(each["start"]) for each in dates if each["start"]]
    ends = [date.fromisoformat(each["end"]) for each in dates if each["end"]]
    return min(starts, default=None), max(ends, default=None)


def fitting(model: type[Model], name: str, text: str) -> str:
    """A text that its column can hold; what is longer ends in an ellipsis."""
    most = model._meta.get_field(name).max_length or len(text)
    return text if len(text) <= most else f"{text[:most - 1]}…"


def _make_sections(plan: Plan, sections: Sequence[tree.Section], placed: Placed) -> None:
    """The sections level by level, since a row must be there before what stands under it names it."""
    order = {id(section): place for place, section in enumerate(in_order(sections))}
    made: dict[int, Section] = {}
    level: list[tuple[tree.Section, Section | None]] = [(section, None) for section in sections]
    while level:
        rows = Section.objects.bulk_create([_section(plan, read, above, order[id(read)]) for read, above in level])
        pairs = [(read, row) for (read, _), row in zip(level, rows, strict=True)]
        made.update({id(read): row for read, row in pairs})
        level = [(under, row) for read, row in pairs for under in read.sections]
    placed.sections = [(section, made[id(section)]) for section in in_order(sections)]


def in_order(sections: Sequence[tree.Section]) -> Iterator[tree.Section]:
    """Every section as the plan reads, each before those under it."""
    for section in sections:
        yield section
        yield from in_order(section.sections)


def _section(plan: Plan, read: tree.Section, above: Section | None, position: int) -> Section:
    return Section(
        plan=plan, parent=above, position=position, kind=read.kind, number=fitting(Section, "number", read.number),
        title=read.title, impact="\n".join(" ".join(line.split()) for line in read.impact),
        source=fitting(Section, "source", str(read.source)),
    )


def _make_actions(plan: Plan, placed: Placed) -> None:
    pairs = [(read, row) for section, row in placed.sections for read in section.actions]
    made = Action.objects.bulk_create([_action(plan, row, read, place) for place, (read, row) in enumerate(pairs)])
    placed.actions = [(read, action) for (read, _), action in zip(pairs, made, strict=True)]


def _action(plan: Plan, section: Section, read: tree.Action, position: int) -> Action:
    when = vars(read.when) if read.when else {}
    return Action(
        plan=plan, section=section, position=position, number=fitting(Action, "number", read.number), text=read.text,
        why=read.why, rag_printed=read.rag, source=fitting(Action, "source", str(read.source)), **when_fields(when),
    )


def _make_parts(plan: Plan, placed: Placed, people: Directory) -> None:
    """What hangs on the sections and the actions, kind by kind."""
    parts: list[models.Model] = []
    known = templates()
    for read, section in placed.sections:
        parts += [SectionLead(section=section, **_owner(owner, place, people)) for place, owner in enumerate(read.leads)]
        parts += _criteria(plan, read.success, section=section, source=section.source)
    for read, action in placed.actions:
        parts += [Step(action=action, text=text, position=place) for place, text in enumerate(read.steps)]
        parts += [Milestone(action=action, text=text, position=n, **timed(text, known)) for n, text in enumerate(read.milestones)]
        parts += [ActionOwner(action=action, **_owner(owner, place, people)) for place, owner in enumerate(read.owners)]
        parts += _costs(action, read.cost)
        parts += _criteria(plan, read.success, action=action, source=action.source)
    for model in (SectionLead, SuccessCriterion, Step, Milestone, ActionOwner, Cost):
        model.objects.bulk_create([part for part in parts if type(part) is model])


def _owner(owner: tree.Owner, position: int, people: Directory) -> dict[str, Any]:
    party: Party | None = people.whom(owner)
    return {"printed": owner.printed or owner.name, "party": party, "position": position}


def _criteria(plan: Plan, texts: Sequence[str], **of: Any) -> list[models.Model]:
    return [SuccessCriterion(plan=plan, text=text, position=place, **of) for place, text in enumerate(texts)]


def _costs(action: Action, cost: tree.Cost | None) -> list[models.Model]:
    """One row for each amount, all with the printed words; one without an amount where the words hold none."""
    if cost is None or not (cost.printed or cost.amounts):
        return []
    amounts = [each for each in cost.amounts if Decimal(str(each["pounds"])) < LARGEST]
    if not amounts:
        return [Cost(action=action, printed=cost.printed)]
    return [
        Cost(action=action, position=place, printed=cost.printed, amount=Decimal(str(each["pounds"])),
             basis=fitting(Cost, "basis", each.get("basis", "")), fund=each.get("source", ""), year=each.get("year", ""))
        for place, each in enumerate(amounts)
    ]
