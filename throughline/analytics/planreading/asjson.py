"""A plan as plain values for JSON, and back without loss."""

import re
from typing import Any

from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.tree import Action, Cost, CrossReference, Measure, Owner, Plan, Section, Unread, When

_PARTS = re.compile(
    r"(?:^|, )(?:page (?P<page>\d+)|table (?P<table>\d+)|row (?P<row>\d+)|lines? (?P<line>\d+)(?:-(?P<last>\d+))?)$"
)


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan as dictionaries and lists. A source is its words ("lines 12-14"; "page 3, table 1, row 4")."""
    return {
        "title": plan.title, "period": plan.period, "organisations": list(plan.organisations),
        "sections": [_section(section) for section in plan.sections],
        "measures": [_measure(measure) for measure in plan.measures],
        "unread": [{"source": str(each.source), "text": each.text, "why": each.why} for each in plan.unread],
        "glossary": dict(plan.glossary),
    }


def from_json(values: dict[str, Any]) -> Plan:
    """The plan that as_json wrote. Keys beside those the issue of a plan names may be left out."""
    return Plan(
        values["title"], values["period"], list(values["organisations"]),
        [_read_section(each) for each in values["sections"]], [_read_measure(each) for each in values["measures"]],
        [Unread(read_source(each["source"]), each["text"], each["why"]) for each in values["unread"]],
        dict(values.get("glossary", {})),
    )


def read_source(words: str) -> Source:
    """A source from its words. A sheet's name may hold anything, so what is known is taken from the end."""
    rest = words
    found: dict[str, int] = {}
    while match := _PARTS.search(rest):
        here = {key: int(value) for key, value in match.groupdict().items() if value}
        if here.keys() & found.keys():
            break
        rest, found = rest[:match.start()], found | here
    sheet = rest.removeprefix("sheet ") if rest.startswith("sheet ") else None
    return Source(found.get("page"), sheet, found.get("table"), found.get("row"), found.get("line"), found.get("last"))


def _section(section: Section) -> dict[str, Any]:
    return {
        "kind": section.kind, "number": section.number, "title": section.title,
        "leads": [_owner(owner) for owner in section.leads], "impact": list(section.impact), "success": list(section.success),
        "source": str(section.source), "sections": [_section(inner) for inner in section.sections],
        "actions": [_action(action) for action in section.actions],
        "answers": [_reference(each) for each in section.answers], "fields": _fields(section.fields),
    }


def _read_section(values: dict[str, Any]) -> Section:
    return Section(
        values["kind"], values["title"], read_source(values["source"]), values["number"],
        [_read_owner(each) for each in values["leads"]], list(values["impact"]), list(values["success"]),
        [_read_section(each) for each in values["sections"]], [_read_action(each) for each in values["actions"]],
        answers=[CrossReference(**each) for each in values.get("answers", [])], fields=_read_fields(values),
    )


def _action(action: Action) -> dict[str, Any]:
    return {
        "number": action.number, "text": action.text, "steps": list(action.steps),
        "owners": [_owner(owner) for owner in action.owners], "when": _when(action.when),
        "milestones": list(action.milestones), "cost": _cost(action.cost), "success": list(action.success),
        "cross_references": [_reference(each) for each in action.cross_references], "rag": action.rag or None,
        "source": str(action.source), "why": action.why, "fields": _fields(action.fields),
    }


def _read_action(values: dict[str, Any]) -> Action:
    when, cost = values["when"], values["cost"]
    return Action(
        values["text"], read_source(values["source"]), values["number"], list(values["steps"]),
        [_read_owner(each) for each in values["owners"]], When(**_copied(when, "dates")) if when else None,
        list(values["milestones"]), Cost(**_copied(cost, "amounts")) if cost else None, list(values["success"]),
        [CrossReference(**each) for each in values["cross_references"]], values["rag"] or "",
        why=values.get("why", ""), fields=_read_fields(values),
    )


def _copied(values: dict[str, Any], key: str) -> dict[str, Any]:
    return {**values, key: [dict(each) for each in values[key]]}


def _owner(owner: Owner) -> dict[str, str]:
    return {"printed": owner.printed, "name": owner.name, "code": owner.code, "kind": owner.kind}


def _read_owner(values: dict[str, str]) -> Owner:
    return Owner(values["printed"], values["name"], values["code"], values["kind"])


def _when(when: When | None) -> dict[str, Any] | None:
    return None if when is None else {
        "printed": when.printed, "dates": [dict(each) for each in when.dates], "recurrence": when.recurrence,
        "ongoing": when.ongoing, "understood": when.understood,
    }


def _cost(cost: Cost | None) -> dict[str, Any] | None:
    return None if cost is None else {"printed": cost.printed, "amounts": [dict(each) for each in cost.amounts]}


def _reference(reference: CrossReference) -> dict[str, Any]:
    kept = {"words": reference.words, "document": reference.document}
    return {"printed": reference.printed, "target": reference.target, "kind": reference.kind, "found": reference.found,
            **{name: value for name, value in kept.items() if value}}


def _measure(measure: Measure) -> dict[str, Any]:
    named = ("number", "text", "cohort", "baseline", "target", "unit", "due", "direction", "status")
    return {
        **{name: getattr(measure, name) for name in named}, "source": str(measure.source),
        "trajectory": [dict(step) for step in measure.trajectory], "section": measure.section, "notes": list(measure.notes),
    }


def _read_measure(values: dict[str, Any]) -> Measure:
    given = {key: value for key, value in values.items() if key not in ("source", "trajectory", "notes")}
    return Measure(source=read_source(values["source"]), trajectory=[dict(step) for step in values.get("trajectory", [])],
                   notes=list(values.get("notes", [])), **given)


def _fields(fields: dict[str, Source]) -> dict[str, str]:
    return {name: str(source) for name, source in fields.items()}


def _read_fields(values: dict[str, Any]) -> dict[str, Source]:
    return {name: read_source(words) for name, words in values.get("fields", {}).items()}
