"""A document, or a file of one, read as a plan."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from throughline.analytics.planreading.containers.open import open_document
from throughline.analytics.planreading.document import Block, Document, Table
from throughline.analytics.planreading.front import heading_year, read_organisations, read_period, read_title
from throughline.analytics.planreading.glossary import glossary_blocks, read_glossary
from throughline.analytics.planreading.references import every_section, find_references
from throughline.analytics.planreading.tree import Measure, Plan, Unread
from throughline.analytics.planreading.vocabulary import Templates, load_templates
from throughline.analytics.planreading.walk import Walk
from throughline.analytics.planreading.words import known_by


def read_plan(document: Document, templates: Templates) -> Plan:
    """The plan that a document holds. Every word of a table ends up in its tree or among what is unread."""
    document = replace(document, blocks=tuple(_addressed(block) for block in document.blocks))
    title = read_title(document, templates)
    period = read_period(document, title, templates)
    plan = Plan(title, period, read_organisations(document, title, templates), glossary=read_glossary(document, templates))
    explained = bool(glossary_blocks(document, templates))
    tabled = Walk(plan, templates, heading_year(period), explained).read(document.blocks)
    _lift_what_the_title_holds(plan)
    plan.measures = _each_once(plan, tabled)
    plan.unread += [Unread(source, "", why) for source, why in document.unread]
    find_references(plan, templates)
    return plan


def _lift_what_the_title_holds(plan: Plan) -> None:
    """A heading that is the plan's own title is no part of it: what stands under it stands in the plan."""
    for place, section in enumerate(plan.sections):
        own = section.actions or section.impact or section.success or section.leads or section.answers or section.number
        if known_by(section.title) == known_by(plan.title) and section.sections and not own:
            plan.sections[place : place + 1] = section.sections
            for measure in plan.measures:
                measure.section = "" if measure.section == section.title else measure.section
            return


def _each_once(plan: Plan, tabled: Sequence[Measure]) -> list[Measure]:
    """The measures without those of a section's criteria that its table of measures has too, or that it says twice."""
    sections = [section for section in every_section(plan.sections) if section.number]
    borne = Counter(known_by(section.number) for section in sections)
    # A table names a section by its number, if no other bears it: each part of a plan may count its own from one.
    numbers = {known_by(section.title): known_by(section.number) for section in sections if borne[known_by(section.number)] == 1}

    def said(measure: Measure) -> tuple[str, ...]:
        under = known_by(measure.section)
        words = (measure.text, measure.cohort, measure.baseline, measure.target)
        return numbers.get(under, under), *map(known_by, words)

    in_tables, known = {id(measure) for measure in tabled}, {said(measure) for measure in tabled}
    kept = []
    for measure in plan.measures:
        if id(measure) in in_tables:
            kept.append(measure)
        elif said(measure) not in known:
            known.add(said(measure))
            kept.append(measure)
    return kept


def _addressed(block: Block) -> Block:
    """A block whose rows are known by their row alone, as their sources are in words, where a container gives lines too."""
    if not isinstance(block, Table):
        return block
    rows = (replace(row, source=replace(row.source, line=None, last_line=None)) if row.source.row else row for row in block.rows)
    return replace(block, rows=tuple(rows))


def read_plan_file(path: Path, definitions: Path) -> Plan:
    """The plan that a file holds, read with the vocabularies of a folder of definitions. Raises RefusedFileError."""
    return read_plan(open_document(path), load_templates(definitions))
