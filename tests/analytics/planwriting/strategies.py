"""Plans that nobody wrote, for Hypothesis to try: every shape of the tree, in words that real plans are made of."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.tree import Action, Cost, CrossReference, Measure, Owner, Plan, Section, When

NOWHERE = Source()
# Words that mean nothing to a reader of plans: apostrophes, ampersands, accents, fractions and dashes among them.
_WORDS = (
    "pupils'", "learners’", "R&D", "café", "naïve", "Nîmes", "coaching", "pathways", "A*/A", "curriculum", "sixth-form",
    "visits", "Marlshire's", "14–24", "(STEM)", "timetable", "“bridging”", "courses", "maths", "English", "½", "BTEC",
    "mentors", "open", "evenings", "transport", "T-level", "Welsh", "œuvre", "<draft>", "e-mail", "shared", "rural",
)
_OWNERS = ("Head of Participation", "Director of Education", "Marlshire College", "School Improvement Board", "DCS", "HSI",
           "Post-16 Commissioning Manager", "Marlshire Careers Service")
_TIMES = ("By Sept 2026", "Termly", "From Jan 2027", "2026/27", "On-going", "March 2028", "By the end of December 2026")
_COSTS = ("£12,000 a year", "Salary costs", "£3,500 funded by the college", "None")
GLOSSARY = {"DCS": "Director of Children's Services", "HSI": "Head of School Improvement"}


def sentences(most: int = 14) -> st.SearchStrategy[str]:
    """A sentence of two words or more that begins as sentences do."""
    return st.lists(st.sampled_from(_WORDS), min_size=2, max_size=most).map(lambda words: f"Offer {' '.join(words)} locally")


def lists_of_sentences() -> st.SearchStrategy[list[str]]:
    """None, one or several sentences."""
    return st.lists(sentences(), max_size=3)


_NESTED = [("recommendation", "priority"), ("section", "objective"), ("priority", ""), ("section", "")]


@st.composite
def actions(draw: st.DrawFn, number: str, numbers: list[str]) -> Action:
    """An action with that number; it may refer to another of the numbers, or to one that no action has."""
    text, references = draw(sentences(most=60)), []
    target = draw(st.none() | st.sampled_from([*numbers, "9:9:9"]))
    if target and target != number and ":" in target:
        text, references = f"{text} (see {target})", [CrossReference(target, target, found=target in numbers)]
    return Action(
        text, NOWHERE, number,
        steps=draw(lists_of_sentences()),
        owners=[Owner(name) for name in draw(st.lists(st.sampled_from(_OWNERS), max_size=3, unique=True))],
        when=draw(st.none() | st.sampled_from(_TIMES).map(When)),
        milestones=draw(lists_of_sentences()),
        cost=draw(st.none() | st.sampled_from(_COSTS).map(Cost)),
        success=draw(lists_of_sentences()),
        cross_references=references,
        rag=draw(st.sampled_from(["", "Red", "Amber", "Green"])),
        why=draw(st.just("") | sentences()),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of recommendations with priorities, or of sections or objectives alone, numbered 1:1:1, 1.3 or 1.3A."""
    outer, inner = draw(st.sampled_from(_NESTED))
    shape = draw(st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=2), min_size=1, max_size=3))
    pattern = draw(st.sampled_from(["{}:{}:{}", "{}.{}{}"]))
    numbered = [[[pattern.format(one, two, three) for three in _third(pattern, count)] for two, count in enumerate(parts, 1)]
                for one, parts in enumerate(shape, 1)]
    numbers = [number for parts in numbered for part in parts for number in part]
    sections = [_outer(draw, outer, inner, str(place), parts, numbers) for place, parts in enumerate(numbered, 1)]
    return Plan(
        f"Marlshire {draw(st.sampled_from(['14-24 action plan', 'post-16 improvement plan']))}",
        draw(st.sampled_from(["", "2026 to 2029", "2026/27"])),
        draw(st.lists(st.sampled_from(["Marlshire County Council", "Marlshire 14-24 Partnership"]), unique=True)),
        sections, _measures(draw, sections), glossary=draw(st.sampled_from([{}, GLOSSARY])),
    )


def _third(pattern: str, count: int) -> list[Any]:
    return ["", "A", "B"][:count] if "." in pattern else list(range(1, count + 1))


def _outer(draw: st.DrawFn, outer: Any, inner: Any, number: str, parts: list[list[str]], numbers: list[str]) -> Section:
    held = [[draw(actions(each, numbers)) for each in part] for part in parts]
    if not inner:
        return _section(draw, outer, number, actions=[action for part in held for action in part])
    return _section(draw, outer, number, sections=[
        _section(draw, inner, str(place), actions=part) for place, part in enumerate(held, 1)])


def _section(draw: st.DrawFn, kind: Any, number: str, **held: Any) -> Section:
    leads = [Owner(name) for name in draw(st.lists(st.sampled_from(_OWNERS), max_size=2, unique=True))]
    impact, success = draw(lists_of_sentences()), draw(lists_of_sentences())
    return Section(kind, draw(sentences()), NOWHERE, number, leads, impact, success, **held)


def _measures(draw: st.DrawFn, sections: list[Section]) -> list[Measure]:
    """Measures in the order of the sections they stand under, and then some that stand under none."""
    titles = [section.title for outer in sections for section in (outer, *outer.sections)]
    named = [title for title in titles if titles.count(title) == 1]
    return [replace(draw(measures()), section=title) for title in [*(t for t in named if draw(st.booleans())), ""]]


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    """A measure with cells empty and years missing; without a target of its own its words are its target."""
    values = st.sampled_from(["", "5.5%", "91.36%", "4,000"])
    years = draw(st.sampled_from([[], ["2026/27", "2027/28"]]))
    text = draw(sentences())
    return Measure(
        text, NOWHERE, draw(st.sampled_from(["KPI 8", "2", "1.3A"])),
        cohort=draw(st.sampled_from(["", "Care leavers", "Year 12"])), baseline=draw(values), target=draw(values) or text,
        unit=draw(st.sampled_from(["%", "points"])), due=draw(st.sampled_from(["", "September 2029"])),
        direction=draw(st.sampled_from(["up", "down", "keep"])),
        status=draw(st.sampled_from(["", "amended", "deleted"])),
        trajectory=[{"period": year, "printed": draw(values), "kind": "trajectory"} for year in years],
    )
