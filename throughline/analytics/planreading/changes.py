"""What a newer version of a plan changes: its sections, actions and measures set side by side, field by field."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.tree import Action, Measure, Owner, Plan, Section
from throughline.analytics.planreading.words import words

What = Literal["section", "action", "measure"]
Kind = Literal["added", "removed", "reworded", "renumbered", "moved", "changed"]

_ALIKE = 0.7  # likeness of two texts, of 1, from which they are one thing reworded
_ALIKE_OF_ONE_NUMBER = 0.4  # the same where both have the same number
_SHARED = 0.3  # of the words of both, below which likeness is not worked out


@dataclass(frozen=True)
class Change:
    """One difference. label is what the thing is known by: its number, or how it begins.

    field is the field that differs, "" for a thing added or removed; before and after are its words, a line an entry.
    """

    what: What
    kind: Kind
    label: str
    field: str = ""
    before: str = ""
    after: str = ""
    old_source: Source | None = None
    new_source: Source | None = None


@dataclass(frozen=True)
class _Thing:
    """A section, an action or a measure with the words it is known by, where it stands and its fields as printed."""

    what: What
    number: str
    text: str
    source: Source
    under: int  # the section it stands in, 0 for none
    where: str  # what that section is known by
    fields: dict[str, str]

    @property
    def label(self) -> str:
        return _label(self.number, self.text)


def _label(number: str, text: str) -> str:
    start = " ".join(text.split())
    return number or (start if len(start) <= 60 else f"{start[:57]}...")


def compare(old: Plan, new: Plan) -> list[Change]:
    """What is different in the newer plan: sections first, then actions, then measures, each in the order of the plan.

    Things are the same when their number and words are; else when their words are alike, more so without a shared number.
    """
    old_sections, new_sections = list(_sections(old.sections)), list(_sections(new.sections))
    pairs = _paired([_section(*each) for each in old_sections], [_section(*each) for each in new_sections])
    same = {id(old_sections[first][0]): id(new_sections[second][0]) for first, second in pairs.items()}
    return [
        *_differences([_section(*each) for each in old_sections], [_section(*each) for each in new_sections], pairs, same),
        *_compared(_actions(old_sections), _actions(new_sections), same),
        *_compared([_measure(each) for each in old.measures], [_measure(each) for each in new.measures], same),
    ]


def _compared(old: list[_Thing], new: list[_Thing], same: dict[int, int]) -> Iterator[Change]:
    yield from _differences(old, new, _paired(old, new), same)


def _sections(sections: Sequence[Section], under: Section | None = None) -> Iterator[tuple[Section, Section | None]]:
    for section in sections:
        yield section, under
        yield from _sections(section.sections, section)


def _section(section: Section, under: Section | None) -> _Thing:
    fields = {
        "kind": section.kind, "leads": _owners(section.leads), "impact": "\n".join(section.impact),
        "success": "\n".join(section.success), "answers": "\n".join(each.target for each in section.answers),
    }
    where = _label(under.number, under.title) if under else ""
    return _Thing("section", section.number, section.title, section.source, id(under) if under else 0, where, fields)


def _actions(sections: Sequence[tuple[Section, Section | None]]) -> list[_Thing]:
    return [_action(action, section) for section, _ in sections for action in section.actions]


def _action(action: Action, under: Section) -> _Thing:
    fields = {
        "steps": "\n".join(action.steps), "owners": _owners(action.owners), "when": action.when.printed if action.when else "",
        "milestones": "\n".join(action.milestones), "cost": action.cost.printed if action.cost else "",
        "success": "\n".join(action.success), "cross_references": "\n".join(each.target for each in action.cross_references),
        "rag": action.rag, "why": action.why,
    }
    where = _label(under.number, under.title)
    return _Thing("action", action.number, action.text, action.source, id(under), where, fields)


def _measure(measure: Measure) -> _Thing:
    named = ("cohort", "baseline", "target", "unit", "due", "direction", "status")
    years = "\n".join(f"{step['period']} {step['kind']}: {step['printed']}" for step in measure.trajectory)
    fields = {name: getattr(measure, name) for name in named} | {"trajectory": years, "notes": "\n".join(measure.notes)}
    return _Thing("measure", measure.number, measure.text, measure.source, 0, measure.section, fields)


def _owners(owners: Sequence[Owner]) -> str:
    return "\n".join(owner.printed for owner in owners)


def _paired(old: Sequence[_Thing], new: Sequence[_Thing]) -> dict[int, int]:
    """The place in the newer plan of each thing of the older: those that are alike in most first."""
    keys: tuple[Callable[[_Thing], Hashable], ...] = (
        lambda each: (each.number, each.text, each.fields.get("cohort"), "" if each.under else each.where),
        lambda each: (each.number, each.text, each.fields.get("cohort")),
        lambda each: (each.text, each.fields.get("cohort")),
    )
    pairs: dict[int, int] = {}
    for key in keys:
        _pair_by(key, old, new, pairs)
    taken = set(pairs.values())
    left = [place for place in range(len(old)) if place not in pairs]
    free = [place for place in range(len(new)) if place not in taken]
    for _, first, second in sorted(_likenesses(old, new, left, free), reverse=True):
        if first not in pairs and second not in taken:
            pairs[first] = second
            taken.add(second)
    return pairs


def _pair_by(key: Callable[[_Thing], Hashable], old: Sequence[_Thing], new: Sequence[_Thing], pairs: dict[int, int]) -> None:
    taken = set(pairs.values())
    places: dict[Hashable, list[int]] = {}
    for place, each in enumerate(new):
        if place not in taken:
            places.setdefault(key(each), []).append(place)
    for place, each in enumerate(old):
        if place not in pairs and places.get(key(each)):
            pairs[place] = places[key(each)].pop(0)


def _likenesses(
    old: Sequence[_Thing], new: Sequence[_Thing], left: list[int], free: list[int]
) -> Iterator[tuple[float, int, int]]:
    """How alike the things are that are not yet paired, where that is enough for them to be one."""
    said = {place: set(words(new[place].text)) for place in free}
    for first in left:
        mine = set(words(old[first].text))
        for second in free:
            numbered = bool(old[first].number) and old[first].number == new[second].number
            if len(mine & said[second]) < _SHARED * len(mine | said[second]):
                continue
            likeness = SequenceMatcher(None, old[first].text, new[second].text, autojunk=False).ratio()
            if likeness >= (_ALIKE_OF_ONE_NUMBER if numbered else _ALIKE):
                yield likeness + numbered, first, second


def _differences(old: Sequence[_Thing], new: Sequence[_Thing], pairs: dict[int, int], same: dict[int, int]) -> Iterator[Change]:
    came_from = {second: first for first, second in pairs.items()}
    for place, each in enumerate(old):
        if place not in pairs:
            yield Change(each.what, "removed", each.label, before=each.text, old_source=each.source)
    for place, each in enumerate(new):
        if place in came_from:
            yield from _between(old[came_from[place]], each, same)
        else:
            yield Change(each.what, "added", each.label, after=each.text, new_source=each.source)


def _between(old: _Thing, new: _Thing, same: dict[int, int]) -> Iterator[Change]:
    """How a thing of the older plan differs from what has become of it."""
    def changed(kind: Kind, field: str, before: str, after: str) -> Change:
        return Change(new.what, kind, new.label, field, before, after, old.source, new.source)

    if old.number != new.number:
        yield changed("renumbered", "number", old.number, new.number)
    if old.text != new.text:
        yield changed("reworded", "title" if new.what == "section" else "text", old.text, new.text)
    if (old.where != new.where) if new.what == "measure" else (same.get(old.under, 0) != new.under):
        yield changed("moved", "section", old.where, new.where)
    for field, before in old.fields.items():
        if before != new.fields[field]:
            yield changed("changed", field, before, new.fields[field])
