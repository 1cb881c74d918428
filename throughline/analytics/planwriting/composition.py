"""A plan as a document to be written: read from top to bottom for Word, PDF and text, or sheet by sheet for Excel."""

from collections import Counter

from throughline.analytics.planreading.tree import Plan, Section
from throughline.analytics.planwriting import layout
from throughline.analytics.planwriting.facts import Facts, day
from throughline.analytics.planwriting.report import (
    Block,
    Bullets,
    Column,
    Figures,
    Heading,
    Paragraph,
    Report,
    Table,
    lines_of,
)

_DEEPEST = 4  # headings below this look alike


def plan_report(plan: Plan, facts: Facts) -> Report:
    """The plan as it is read: its sections in order with their tables, then measures, cross-references and glossary."""
    placed = layout.placed_actions(plan, facts)
    columns = layout.action_columns(placed)
    measures = layout.measures_by_section(plan)
    blocks: list[Block] = [*_standing(placed, facts), *_success(facts)]
    for place, path in enumerate(layout.sections_in_order(plan)):
        level = min(len(path), _DEEPEST)
        blocks += [Heading(layout.section_line(path[-1]), level), *_opening(path[-1], level)]
        here = [each for each in placed if each.under[-1] is path[-1]]
        if here:
            blocks.append(layout.action_table(here, columns, f"Actions: {layout.section_line(path[-1])}"))
        if place in measures:
            blocks += [Paragraph("", layout.MEASURES), layout.measure_table(measures[place])]
    if -1 in measures:
        blocks += [Heading("Measures"), layout.measure_table(measures[-1], named=True)]
    return _titled(plan, facts, [*blocks, *_references(placed), *_glossary(plan)])


def plan_workbook(plan: Plan, facts: Facts) -> Report:
    """The plan for a workbook: one table each of all actions, measures and references, and its sections in words."""
    placed = layout.placed_actions(plan, facts)
    columns = layout.action_columns(placed, leading=layout.section_columns(placed))
    blocks: list[Block] = [*_standing(placed, facts), *_success(facts), layout.action_table(placed, columns, "Actions")]
    blocks += [layout.measure_table(plan.measures, named=True), layout.reference_table(placed)]
    blocks += [block for block in _glossary(plan) if isinstance(block, Table)]
    for path in layout.sections_in_order(plan):
        level = min(len(path), _DEEPEST)
        blocks += [Heading(layout.section_line(path[-1]), level), *_opening(path[-1], level)]
    return _titled(plan, facts, blocks)


def _titled(plan: Plan, facts: Facts, blocks: list[Block]) -> Report:
    said = [
        ("Period", plan.period),
        ("Organisations", "; ".join(plan.organisations)),
        ("Issued by", facts.issued_by),
        ("As at", day(facts.as_at) if facts.as_at else ""),
    ]
    details = tuple((label, words) for label, words in said if words.strip())
    return Report(plan.title, facts.authority, facts.status, details, tuple(blocks), (), facts.authority, facts.as_at)


def _standing(placed: list[layout.Placed], facts: Facts) -> list[Block]:
    """How many actions stand at each rating, where the plan is being monitored."""
    if not facts.updates:
        return []
    words = [layout.rating(each.update.rag if each.update else each.action.rag).lines[0] for each in placed]
    counts = Counter(words)
    order = ["Green", "Amber", "Red", "Blue"]
    named = [word for word in order if word in counts]
    others = sorted(word for word in counts if word not in (*order, layout.NOT_RATED))
    unrated = [layout.NOT_RATED] if layout.NOT_RATED in counts else []
    pairs = [("Actions", str(len(placed))), *((word, str(counts[word])) for word in (*named, *others, *unrated))]
    return [Figures(tuple(pairs))]


def _success(facts: Facts) -> list[Block]:
    """How it will be known that the plan as a whole worked."""
    return [Heading(layout.SUCCESS, 1, listed=False), *_items(list(facts.success))] if facts.success else []


def _opening(section: Section, level: int) -> list[Block]:
    """What stands between a section's heading and its table: who leads it, what it is to change, how that is known."""
    blocks: list[Block] = []
    if section.leads:
        blocks.append(Paragraph(layout.owners_line(section.leads), layout.LEADS))
    blocks += _answers(section)
    for heading, items in ((layout.IMPACT, section.impact), (layout.SUCCESS, section.success)):
        if items:
            blocks += [Heading(heading, level + 1, listed=False), *_items(items)]
    return blocks


def _answers(section: Section) -> list[Block]:
    """The recommendations a section says it answers: in the line that says so where the plan has one, else numbered."""
    lines = dict.fromkeys(answer.printed for answer in section.answers if ":" in answer.printed)
    numbers = [answer.printed for answer in section.answers if ":" not in answer.printed]
    said = [Paragraph(after.strip(), f"{label}:") for label, _, after in (line.partition(":") for line in lines)]
    return [*said, *([Paragraph("; ".join(numbers), layout.ANSWERS)] if numbers else [])]


def _items(items: list[str]) -> list[Block]:
    """One item as a paragraph, several as a list."""
    lines = [" ".join(lines_of(item)) for item in items]
    return [Paragraph(lines[0])] if len(lines) == 1 else [Bullets(tuple(lines))]


def _references(placed: list[layout.Placed]) -> list[Block]:
    table = layout.reference_table(placed)
    return [Heading("Cross references"), table] if table.rows else []


def _glossary(plan: Plan) -> list[Block]:
    if not plan.glossary:
        return []
    rows = tuple((code, meaning) for code, meaning in plan.glossary.items())
    return [Heading("Glossary"), Table((Column("Code", 1), Column("Meaning", 5)), rows, "Glossary")]
