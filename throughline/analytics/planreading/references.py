"""Mentions of other actions, sections and plans in an action's words, and whether the document holds what they name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from throughline.analytics.planreading.tree import Action, CrossReference, Plan, Section
from throughline.analytics.planreading.vocabulary import Templates, any_of
from throughline.analytics.planreading.words import known_by, plain

_JOINED = r"(?:\s*(?:,|and|&)\s*|\s+)"
_COLONS = re.compile(r"(?<![\d:.])\d{1,2}:\d{1,2}(?::\d{1,2})+(?![\d:])")
_THROUGH = r"\s*(?:-|–|to)\s*"
_DOTTED = r"\d{1,2}\.\d{1,2}[a-zA-Z]?"
_NAMED_PLAN = r"[A-Z][\w'’]*(?:\s+(?:[A-Z][\w'’]*|of|and|&))*"


@dataclass(frozen=True)
class Held:
    """What the document holds that can be pointed at: numbers of actions, numbers and titles of sections and measures."""

    actions: frozenset[str]
    sections: frozenset[str]
    measures: frozenset[str]


def held_by(plan: Plan) -> Held:
    """Everything of a plan that a reference may name, as known_by spells it."""
    sections = list(every_section(plan.sections))
    actions = {action.number.casefold() for section in sections for action in section.actions if action.number}
    named = {known_by(name) for section in sections for name in (section.number, section.title) if name}
    measures = {known_by(name) for measure in plan.measures for name in (measure.number, measure.section) if name}
    return Held(frozenset(actions), frozenset(named), frozenset(measures))


def find_references(plan: Plan, templates: Templates) -> None:
    """Fill in the cross-references of every action, and settle which of all references are found."""
    held = held_by(plan)
    for section in every_section(plan.sections):
        for answer in section.answers:
            answer.found = _is_held(answer, held)
        for action in section.actions:
            said = [action.text, *action.steps, *action.milestones, *action.success]
            for reference in (each for text in said for each in mentions(text, templates)):
                if not _repeats(reference, action):
                    action.cross_references.append(reference)
            for reference in action.cross_references:
                _settle(reference, held)


def mentions(text: str, templates: Templates) -> list[CrossReference]:
    """The references a text makes, in order, none of them settled."""
    line = plain(text)
    found = [*_numbers_alone(line), *_numbers_after_cues(line, templates), *_names_after_cues(line, templates),
             *_parts_of_plans(line, templates)]
    found.sort(key=lambda each: each[0])
    return [reference for _, reference in found]


def cell_references(text: str, templates: Templates) -> tuple[list[CrossReference], str]:
    """The references of a column of them, and what its words say before the first: "XR City targets XR Skills plan".

    Numbers with nothing else beside them, "See 1.1" or "1.1, 2.3", are references too, whatever comes before them.
    """
    line = plain(text)
    marks = [found.span() for found in re.finditer(r"(?:(?<![A-Z])|(?<=[a-z]))XR(?=[\s-])", line)]
    # Where each has a mark of its own, each is printed with it.
    if len(marks) < 2 and (numbers := _numbers_only(line, templates)):
        return [CrossReference(line, number) for number in numbers], ""
    marks = marks or [found.span() for found in templates.pattern("references", "cues", "before_names").finditer(line)]
    if not marks:
        return [], line
    references = []
    for (begins, ends), following in zip(marks, [*marks[1:], (len(line), 0)], strict=True):
        target = line[ends:following[0]].strip(" -–,;")
        if target:
            printed = line[begins:following[0]].strip()
            references.append(CrossReference(printed, target, "action" if _is_number(target) else "plan"))
    return references, line[:marks[0][0]].strip()


def _numbers_only(line: str, templates: Templates) -> list[str]:
    """The numbers of a cell that holds nothing but numbers of actions and a cue before them; none where it holds more."""
    cue = any_of(templates.words("references", "cues", "before_numbers"))
    number = rf"(?:{_COLONS.pattern}|{_DOTTED}(?!\d|%))"
    said = rf"(?:{cue}\s*:?\s*)?{number}(?:(?:{_JOINED}|\s*;\s*)(?:{cue}\s*:?\s*)?{number})*[.;]?"
    return re.findall(number, line) if re.fullmatch(said, line, re.IGNORECASE) else []


def _numbers_alone(line: str) -> Iterator[tuple[int, CrossReference]]:
    """A number such as 1:2:1 is that of an action wherever it stands."""
    for found in _COLONS.finditer(line):
        yield found.start(), CrossReference(found.group(), found.group())


def _numbers_after_cues(line: str, templates: Templates) -> Iterator[tuple[int, CrossReference]]:
    cue = any_of(templates.words("references", "cues", "before_numbers"))
    numbers = rf"{_DOTTED}(?:(?:{_JOINED}|{_THROUGH}){_DOTTED})*(?!\d|%|\.\d)"
    for found in re.finditer(rf"{cue}\s*:?\s*(?P<numbers>{numbers})", line, re.IGNORECASE):
        listed = _listed(found["numbers"])
        for place, number in enumerate(listed):
            yield found.start() + place, CrossReference(found.group() if len(listed) == 1 else number, number)


def _listed(printed: str) -> list[str]:
    """The numbers of a list, with those that stand between the two of a range: "1.1-1.3, 2.2" is four."""
    numbers: list[str] = []
    for joined, number in re.findall(rf"({_THROUGH})?({_DOTTED})", printed):
        first, last = (each.split(".") for each in (numbers[-1] if joined and numbers else number, number))
        between = range(int(first[1]) + 1, int(last[1])) if first[0] == last[0] and f"{first[1]}{last[1]}".isdigit() else ()
        numbers += [*(f"{first[0]}.{each}" for each in between), number]
    return numbers


def _names_after_cues(line: str, templates: Templates) -> Iterator[tuple[int, CrossReference]]:
    parts = any_of((*templates.words("sections", "parts", "success"), *templates.words("sections", "parts", "measures")))
    cue = any_of(templates.words("references", "cues", "before_names"))
    for found in re.finditer(rf"{cue}\s+(?:the\s+)?(?P<name>{parts})", line, re.IGNORECASE):
        yield found.start(), CrossReference(found.group(), found["name"], "section")
    for found in re.finditer(r"(?:XR|X ref to|X re to)\s+(?P<name>[A-Z][\w ]+)", line):
        if not _is_number(found["name"]):
            yield found.start(), CrossReference(found.group().strip(), found["name"].strip(), "plan")


def _parts_of_plans(line: str, templates: Templates) -> Iterator[tuple[int, CrossReference]]:
    part = any_of(templates.words("references", "cues", "parts"))
    for found in re.finditer(rf"(?i:{part})\s+\d+\s+of\s+(?:the\s+)?(?P<plan>{_NAMED_PLAN})", line):
        yield found.start(), CrossReference(found.group(), found["plan"], "plan")


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(rf"{_DOTTED}|{_COLONS.pattern}|\d{{1,2}}", text.strip()))


def _repeats(reference: CrossReference, action: Action) -> bool:
    if reference.kind == "action" and reference.target.casefold() == action.number.casefold():
        return True
    return any(known_by(each.target) == known_by(reference.target) for each in action.cross_references)


def _settle(reference: CrossReference, held: Held) -> None:
    """Whether the document holds what is named; a number that is no action's may be a section's or a measure's."""
    if reference.kind == "action" and reference.target.casefold() not in held.actions:
        if known_by(reference.target) in held.sections:
            reference.kind = "section"
        elif known_by(reference.target) in held.measures:
            reference.kind = "measure"
    if reference.kind == "plan" and known_by(reference.target) in held.sections:
        reference.kind = "section"
    reference.found = _is_held(reference, held)


def _is_held(reference: CrossReference, held: Held) -> bool:
    if reference.kind == "action":
        return reference.target.casefold() in held.actions
    known = known_by(reference.target)
    return {"section": known in held.sections, "measure": known in held.measures}.get(reference.kind, False)


def every_section(sections: Sequence[Section]) -> Iterator[Section]:
    """Each section, and after it those that stand in it."""
    for section in sections:
        yield section
        yield from every_section(section.sections)
