"""Which columns of a plan are shown, in which order and how wide, and how each thing is put into words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from throughline.analytics.planreading.costs import is_amount
from throughline.analytics.planreading.tree import Action, Cost, CrossReference, Measure, Owner, Plan, Section
from throughline.analytics.planreading.words import begins_inside
from throughline.analytics.planwriting.facts import Facts, Update, day
from throughline.analytics.planwriting.report import Cell, Column, Table, lines_of, plain

KINDS = {
    "recommendation": "Recommendation",
    "priority": "Priority",
    "section": "Section",
    "objective": "Objective",
    "theme": "Theme",
}
LEADS = "Accountable leads:"
ANSWERS = "Recommendations answered:"
IMPACT = "What difference will this make?"
SUCCESS = "How will we know?"
MEASURES = "Measures:"
NOT_RATED = "Not rated"
BROKEN = "Not found in this plan"
NONE = "–"
_DIRECTIONS = {"up": "Up", "down": "Down", "keep": "Keep"}
_RATINGS = {"r": "Red", "a": "Amber", "g": "Green", "b": "Blue"}
_LABEL = re.compile(r"\(?([ivx]+|[a-z]|\d{1,2})[.)]\s", re.IGNORECASE)  # "II. ", "(a) ", "3) "
_BY_THEMSELVES = [*((kind,) for kind in KINDS), ("recommendation", "priority"), ("section", "objective")]
_STEPS = {"target": "Target", "arrow": "Direction"}
_REFERRED = {True: "Found", False: BROKEN}


@dataclass(frozen=True)
class Placed:
    """An action where it stands: the sections it is under, outermost first, and its latest update where there is one.

    rated says whether anything of the plan is, so that an action without a rating must say so.
    """

    action: Action
    under: tuple[Section, ...]
    update: Update | None = None
    rated: bool = False


@dataclass(frozen=True)
class _Shown:
    """One column: what it is, what stands in it, and whether it is there even when nothing does."""

    column: Column
    cell: Callable[..., Cell]
    always: bool = False


def sections_in_order(plan: Plan) -> Iterator[tuple[Section, ...]]:
    """Each section as the plan reads, with those above it before it: (recommendation, priority)."""
    pending: list[tuple[Section, ...]] = [(section,) for section in reversed(plan.sections)]
    while pending:
        path = pending.pop()
        yield path
        pending.extend((*path, inner) for inner in reversed(path[-1].sections))


def actions_in_order(plan: Plan) -> list[Action]:
    """Every action as the plan reads; an action's place in this list is what Facts.updates know it by."""
    return [action for path in sections_in_order(plan) for action in path[-1].actions]


def placed_actions(plan: Plan, facts: Facts) -> list[Placed]:
    """Every action as the plan reads, with where it stands and its latest update."""
    standing = [(action, path) for path in sections_in_order(plan) for action in path[-1].actions]
    rated = bool(facts.updates) or any(action.rag.strip() for action, _ in standing)
    return [Placed(action, path, facts.updates.get(place), rated) for place, (action, path) in enumerate(standing)]


def section_line(section: Section) -> str:
    """A section's heading: "Priority 1: Raise attendance", "Section 2", or only its title where it is a plain part."""
    title, number = " ".join(section.title.split()), section.number.strip()
    if not number and title and section.kind == "section":
        return title
    named = f"{KINDS[section.kind]} {number}".strip()
    return f"{named}: {title}" if title else named


def owners_line(owners: Sequence[Owner]) -> str:
    """Several owners on one line, as printed."""
    return "; ".join(owner.printed or owner.name for owner in owners)


def rating(printed: str) -> Cell:
    """A rating in words and in its colour. A blank is "Not rated"; words that name no one colour have none."""
    word = " ".join(printed.split())
    if not word:
        return Cell((NOT_RATED,), tone="unrated")
    word = _RATINGS.get(word.casefold(), word)
    first = word.split()[0].casefold()
    return Cell((word,), tone=first if first in ("red", "amber", "green", "blue") else "")


def action_table(placed: Sequence[Placed], shown: Sequence[_Shown], caption: str) -> Table:
    """The actions as a table of the columns shown."""
    return _table(placed, shown, caption)


def action_columns(placed: Sequence[Placed], leading: Sequence[_Shown] = ()) -> list[_Shown]:
    """The columns that any of the actions uses, in order, after those that lead.

    Where the actions have nothing but words, the column of numbers stands too: one column alone is a list. It stands as
    well where a row would be taken for more of the row above it, and a dash in it says that the action has no number.
    """
    used = [_IN_POUNDS if each is _COST and _all_in_pounds(placed) else each for each in _used(placed, _ACTION_COLUMNS[1:])]
    numbers = any(each.action.number for each in placed) or any(_goes_on(each.action) for each in placed) or len(used) < 2
    return [*leading, *(_ACTION_COLUMNS[:1] if numbers else []), *used]


def _goes_on(action: Action) -> bool:
    """Whether an action without a number reads as if it went on with the one above: it begins in the middle, or has no words."""
    text = " ".join(action.text.split())
    return not text or begins_inside(text)


def _all_in_pounds(placed: Sequence[Placed]) -> bool:
    """Whether some costs are bare numbers and each of those was read as pounds, so that the heading can say it of all."""
    costs = [each.action.cost for each in placed if each.action.cost]
    bare = [bool(cost.amounts) for cost in costs if _is_bare(cost)]
    return bool(bare) and all(bare)


def _is_bare(cost: Cost) -> bool:
    return is_amount(cost.printed) and "£" not in cost.printed


def measures_by_section(plan: Plan) -> dict[int, list[Measure]]:
    """The measures under each section, by its place in sections_in_order; under -1 those that name no section we hold."""
    places: dict[str, int] = {}
    for place, path in enumerate(sections_in_order(plan)):
        for name in (path[-1].title, path[-1].number):
            places.setdefault(_known(name), place)
    found: dict[int, list[Measure]] = {}
    for measure in plan.measures:
        named = _known(measure.section)
        found.setdefault(places.get(named, -1) if named else -1, []).append(measure)
    return found


def measure_table(measures: Sequence[Measure], named: bool = False) -> Table:
    """The measures as a table: the columns they use, one for each period, and, if named, one for their section."""
    periods = dict.fromkeys(_period(step) for measure in measures for step in measure.trajectory)
    years = [_Shown(Column(period, 16), _year(period), always=True) for period in periods]
    shown = [*_used(measures, _MEASURE_COLUMNS), *years, *_used(measures, _MEASURE_ENDS)]
    return _table(measures, [*shown, *_used(measures, _MEASURE_SECTION)] if named else shown, "Measures")


def reference_table(placed: Sequence[Placed]) -> Table:
    """Every cross-reference, action by action, with whether the plan holds what it names."""
    rows = [(each, reference) for each in placed for reference in each.action.cross_references]
    return _table(rows, _REFERENCE_COLUMNS, "Cross references")


def section_columns(placed: Sequence[Placed]) -> list[_Shown]:
    """For a table of every action of the plan: one column a level, holding the heading of the section above.

    A column is headed by what its sections are where each level has one kind, and those stand in each other by themselves.
    """
    deepest = max((len(each.under) for each in placed), default=0)
    kinds = [{each.under[level].kind for each in placed if level < len(each.under)} for level in range(deepest)]
    named = all(len(found) == 1 for found in kinds) and tuple(kind for found in kinds for kind in found) in _BY_THEMSELVES
    headings = [KINDS[kinds[level].pop()] if named else f"Part, level {level + 1}" for level in range(deepest)]
    return [_Shown(Column(heading, 34), _section_at(level), always=True) for level, heading in enumerate(headings)]


def _known(name: str) -> str:
    return " ".join(name.casefold().split())


def _used(rows: Sequence[object], shown: Sequence[_Shown]) -> list[_Shown]:
    return [each for each in shown if each.always or any(each.cell(row).lines for row in rows)]


def _table(rows: Sequence[object], shown: Sequence[_Shown], caption: str) -> Table:
    cells = tuple(tuple(each.cell(row) for each in shown) for row in rows)
    return Table(tuple(each.column for each in shown), cells, caption)


def _words(text: str) -> Cell:
    return Cell(lines_of(text))


def _items(items: Sequence[str]) -> Cell:
    """Each item on a line of its own; under a bullet where there are several, unless they bring labels of their own."""
    lines = tuple(" ".join(plain(item).split()) for item in items if item.strip())
    return Cell(lines, listed=len(lines) > 1 and not all(_LABEL.match(line) for line in lines))


def _cost(placed: Placed) -> Cell:
    """A cost as printed; a bare number that was read as pounds has its sign, where the heading cannot say it of all."""
    cost = placed.action.cost
    if cost is None:
        return Cell()
    return _words(f"£{cost.printed}" if cost.amounts and _is_bare(cost) else cost.printed)


def _rating(placed: Placed) -> Cell:
    if not placed.rated:
        return Cell()
    return rating(placed.update.rag if placed.update else placed.action.rag)


def _update(placed: Placed) -> Cell:
    if placed.update is None:
        return Cell()
    since = (f"{day(placed.update.on)}:",) if placed.update.on else ()
    return Cell((*since, *lines_of(placed.update.narrative)))


def _references(placed: Placed) -> Cell:
    """The references that the action's own words do not already make."""
    action = placed.action
    said = "\n".join([action.text, *action.steps, *action.milestones, *action.success])
    apart = [reference.printed for reference in action.cross_references if reference.printed not in said]
    return _words("\n".join(dict.fromkeys(apart)))


def _section_at(level: int) -> Callable[[Placed], Cell]:
    return lambda placed: _words(section_line(placed.under[level])) if level < len(placed.under) else Cell()


def _year(period: str) -> Callable[[Measure], Cell]:
    return lambda measure: _words("\n".join(_said(step) for step in measure.trajectory if _period(step) == period))


def _period(step: Mapping[str, str]) -> str:
    """The heading of the column that a step of a trajectory stands in."""
    return f"{_STEPS.get(step['kind'], '')} {step['period']}".strip()


def _said(step: Mapping[str, str]) -> str:
    note = step.get("note", "")
    return f"{step['printed']} ({note})".strip() if note else step["printed"]


def _standing(placed: Placed) -> Cell:
    """What an action is known by in a list: its number, or else how it begins."""
    action = placed.action
    start = " ".join(action.text.split())
    return _words(action.number or (start if len(start) <= 60 else f"{start[:57]}..."))


def _found(reference: CrossReference) -> Cell:
    if reference.kind == "plan" and not reference.found:
        return _words("In another plan")
    return Cell((_REFERRED[reference.found],), tone="" if reference.found else "red")


def _target(measure: Measure) -> Cell:
    """What is aimed at, unless the measure's own words say it: "Attendance will be above the national average".

    A dash says that nothing is, whatever the measure's words may seem to say.
    """
    return Cell() if measure.target == measure.text else _words(measure.target or NONE)


_COST = _Shown(Column("Cost", 24), _cost)
_IN_POUNDS = _Shown(Column("Cost (£)", 24), lambda placed: _words(placed.action.cost.printed if placed.action.cost else ""))

_ACTION_COLUMNS = (
    _Shown(Column("Number", 22), lambda placed: _words(placed.action.number or NONE), always=True),
    _Shown(Column("Action", 48), lambda placed: _words(placed.action.text), always=True),
    _Shown(Column("Why", 36), lambda placed: _words(placed.action.why)),
    _Shown(Column("Steps", 46), lambda placed: _items(placed.action.steps)),
    _Shown(Column("Who", 31), lambda placed: _words(owners_line(placed.action.owners))),
    _Shown(Column("When", 27), lambda placed: _words(placed.action.when.printed if placed.action.when else "")),
    _Shown(Column("Milestones", 36), lambda placed: _items(placed.action.milestones)),
    _COST,
    _Shown(Column("Successful if", 36), lambda placed: _items(placed.action.success)),
    _Shown(Column("Cross references", 26), _references),
    _Shown(Column("RAG", 18), _rating),
    _Shown(Column("Latest update", 44), _update),
)

_MEASURE_COLUMNS = (
    _Shown(Column("Number", 22), lambda measure: _words(measure.number)),
    _Shown(Column("Measure", 60), lambda measure: _words(measure.text), always=True),
    _Shown(Column("Cohort", 28), lambda measure: _words(measure.cohort)),
    _Shown(Column("Baseline", 22), lambda measure: _words(measure.baseline)),
    _Shown(Column("Target", 26), _target),
    _Shown(Column("Unit", 16), lambda measure: _words(measure.unit)),
    _Shown(Column("Due", 20), lambda measure: _words(measure.due)),
    _Shown(Column("Direction", 18), lambda measure: _words(_DIRECTIONS.get(measure.direction, measure.direction))),
)

_MEASURE_ENDS = (
    _Shown(Column("Status", 24), lambda measure: _words(measure.status)),
    _Shown(Column("Notes", 40), lambda measure: _items(measure.notes)),
)

_MEASURE_SECTION = (_Shown(Column("Section", 26), lambda measure: _words(measure.section)),)

_REFERENCE_COLUMNS = (
    _Shown(Column("Mentioned in", 40), lambda row: _standing(row[0]), always=True),
    _Shown(Column("As printed", 50), lambda row: _words(row[1].printed), always=True),
    _Shown(Column("Refers to", 30), lambda row: _words(row[1].target), always=True),
    _Shown(Column("Kind", 20), lambda row: _words(row[1].kind.capitalize()), always=True),
    _Shown(Column("In this plan", 36), lambda row: _found(row[1]), always=True),
)
