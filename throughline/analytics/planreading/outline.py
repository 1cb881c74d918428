"""A plan as indented text for a person to read at a terminal, what could not be read last."""

from collections.abc import Iterator

from throughline.analytics.planreading.tree import Action, Measure, Owner, Plan, Section

_STEP = "  "


def as_text(plan: Plan) -> str:
    """The plan's sections, actions and measures, each with its number, then what could not be read and why."""
    return "\n".join([*_front(plan), *_sections(plan.sections, 0), *_measures(plan), *_glossary(plan), *_unread(plan)]) + "\n"


def _front(plan: Plan) -> Iterator[str]:
    yield plan.title or "A plan without a title"
    if plan.period:
        yield f"Period: {plan.period}"
    if plan.organisations:
        yield f"Organisations: {'; '.join(plan.organisations)}"


def _sections(sections: list[Section], depth: int) -> Iterator[str]:
    for section in sections:
        yield ""
        indent = _STEP * depth
        named = f"{section.kind.capitalize()} {section.number}".strip()
        yield f"{indent}{named}: {section.title}  [{section.source}]"
        if section.leads:
            yield f"{indent}{_STEP}Leads: {_owners(section.leads)}"
        if section.answers:
            yield f"{indent}{_STEP}Answers recommendation {', '.join(answer.target for answer in section.answers)}"
        yield from _entries("What difference it will make", section.impact, depth + 1)
        yield from _entries("How we will know", section.success, depth + 1)
        for action in section.actions:
            yield from _action(action, depth + 1)
        yield from _sections(section.sections, depth + 1)


def _action(action: Action, depth: int) -> Iterator[str]:
    indent = _STEP * depth
    yield f"{indent}{action.number or '-'} {action.text}  [{action.source}]"
    told = {"Why": " ".join(action.why.split()), "Who": _owners(action.owners), "When": _when(action),
            "Cost": _cost(action), "RAG": action.rag}
    yield from (f"{indent}{_STEP}{label}: {said}" for label, said in told.items() if said)
    yield from _entries("Steps", action.steps, depth + 1)
    yield from _entries("Milestones", action.milestones, depth + 1)
    yield from _entries("Successful if", action.success, depth + 1)
    if action.cross_references:
        said = (f"{each.target}{'' if each.found or each.kind == 'plan' else ' (not found)'}" for each in action.cross_references)
        yield f"{indent}{_STEP}Refers to: {'; '.join(said)}"


def _entries(label: str, entries: list[str], depth: int) -> Iterator[str]:
    if entries:
        yield f"{_STEP * depth}{label}:"
        yield from (f"{_STEP * (depth + 1)}• {entry}" for entry in entries)


def _owners(owners: list[Owner]) -> str:
    return "; ".join(f"{owner.printed} ({owner.name})" if owner.name and owner.name not in owner.printed else owner.printed
                     for owner in owners)


def _when(action: Action) -> str:
    if action.when is None:
        return ""
    when = action.when
    dates = [_date(each) for each in when.dates]
    meant = [*dates, *([when.recurrence] if when.recurrence else []), *(["ongoing"] if when.ongoing else [])]
    meant += [] if when.understood else ["not understood"]
    return f"{when.printed} ({'; '.join(meant)})" if meant else when.printed


def _date(each: dict[str, str]) -> str:
    if each["kind"] == "from":
        return f"from {each['start']}"
    if each["kind"] == "by" or each["start"] == each["end"]:
        return f"{each['kind']} {each['end']}"
    return f"{each['start']} to {each['end']}"


def _cost(action: Action) -> str:
    if action.cost is None:
        return ""
    amounts = [f"£{each['pounds']:,}{' ' + each['basis'] if each['basis'] else ''}" for each in action.cost.amounts]
    return f"{action.cost.printed} ({'; '.join(amounts)})" if amounts else action.cost.printed


def _measures(plan: Plan) -> Iterator[str]:
    if plan.measures:
        yield from ("", "Measures")
    for measure in plan.measures:
        yield f"{_STEP}{measure.number or '-'} {measure.text}  [{measure.source}]"
        told = {"For": measure.cohort, "From": measure.baseline, "Target": measure.target, "Due": measure.due,
                "Direction": measure.direction, "Status": measure.status, "Year by year": _years(measure)}
        yield from (f"{_STEP * 2}{label}: {said}" for label, said in told.items() if said)
        yield from (f"{_STEP * 2}Note: {note}" for note in measure.notes if note != measure.text)


def _years(measure: Measure) -> str:
    return "; ".join(f"{step['period']} {step['printed'] or 'blank'}" for step in measure.trajectory)


def _glossary(plan: Plan) -> Iterator[str]:
    if plan.glossary:
        yield from ("", "Glossary")
        yield from (f"{_STEP}{code}: {meaning}" for code, meaning in plan.glossary.items())


def _unread(plan: Plan) -> Iterator[str]:
    yield from ("", f"Not read with confidence: {len(plan.unread)}")
    for each in plan.unread:
        yield f"{_STEP}{each.source}: {each.why}"
        yield from (f"{_STEP * 2}{line}" for line in each.text.splitlines())
