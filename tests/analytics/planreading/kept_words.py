"""An oracle: which words of a document's tables are in nothing that was read from them, counted slowly, word by word."""

import re
from collections import Counter
from collections.abc import Iterator

from throughline.analytics.planreading.document import Document, Source, Table
from throughline.analytics.planreading.tree import Action, Measure, Plan, Section

MARKS = {"o"}  # a list's mark that is a letter: the round bullet of a font of symbols


def words_of(text: str) -> list[str]:
    """Every run of letters and figures in a text, in small letters; "XR" is a word of its own even where it is run on."""
    return [word.lower() for word in re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])XR\b", " XR", text))]


def lost_words(document: Document, plan: Plan, headings: set[str] = frozenset(), labels: tuple[str, ...] = ()) -> dict[str, list]:
    """The words of each run of tables of a text that what was read from its lines holds fewer times, by where it stands.

    A section's title and its leads, and what a code stands for, may be printed many times and are kept once.
    headings are the first cells of heading rows; labels are words inside a cell that name a part and are none of it.
    """
    said = list(everything_said(plan))
    titles = [f"{section.kind} {section.number} {section.title}" for section in every_section(plan)]
    titles += [f"{code} {meaning}" for code, meaning in plan.glossary.items()]
    titles += [lead.printed for section in every_section(plan) for lead in section.leads]
    again = MARKS | {word for title in titles for word in words_of(title)}
    lost = {}
    for tables in runs_of_tables(document):
        first, last = tables[0].source.line, tables[-1].source.last_line or tables[-1].source.line
        kept = Counter(words_of(" ".join(text for source, text in said if source is None or first <= source.line <= last)))
        printed = Counter(word for table in tables for word in body_words(table, headings, labels))
        missing = {word: count for word, count in (printed - kept).items() if word not in again}
        if missing:
            lost[f"lines {first}-{last}"] = sorted(missing)
    return lost


def runs_of_tables(document: Document) -> Iterator[list[Table]]:
    """Tables with nothing between them."""
    run: list[Table] = []
    for block in document.blocks:
        if isinstance(block, Table):
            run.append(block)
        elif run:
            yield run
            run = []
    if run:
        yield run


def body_words(table: Table, headings: set[str], labels: tuple[str, ...]) -> list[str]:
    """Every word of a table that stands in no heading row and is no label."""
    found = []
    for row in table.rows:
        first = next((cell for cell in row.cells if words_of(cell)), "")
        if first in headings:
            continue
        for cell in row.cells:
            for label in labels:
                cell = cell.replace(label, " ")
            found += words_of(cell)
    return found


def everything_said(plan: Plan) -> Iterator[tuple[Source | None, str]]:
    """Every printed text of a plan with where it was read, None for what has no place; nothing that reading worked out."""
    for code, meaning in plan.glossary.items():
        yield None, f"{code} {meaning}"
    for each in plan.unread:
        if "read by what it says" not in each.why:  # said again, beside the tree
            yield each.source, each.text
    told = set()
    for section in every_section(plan):
        told |= {section.source, *section.fields.values(), *(action.source for action in section.actions)}
    for measure in plan.measures:
        if measure.source not in told:  # one read from a criterion is there in the criterion
            yield measure.source, " ".join(_of_measure(measure))
    for section in every_section(plan):
        yield section.source, " ".join(_of_section(section))
        for action in section.actions:
            yield action.source, " ".join(_of_action(action))


def every_section(plan: Plan) -> Iterator[Section]:
    """The sections of a plan, whatever they stand in."""
    pending = list(plan.sections)
    while pending:
        section = pending.pop()
        pending += section.sections
        yield section


def _of_measure(measure: Measure) -> Iterator[str]:
    yield from (measure.number, measure.text, measure.cohort, measure.section, measure.direction, *measure.notes)
    yield from (measure.baseline, measure.status, measure.target, measure.due) if not measure.trajectory else ()
    for step in measure.trajectory:
        yield from (step["period"], step["printed"], step.get("note", ""))


def _of_section(section: Section) -> Iterator[str]:
    yield from (section.kind, section.number, section.title, *section.impact, *section.success)
    yield from (owner.printed for owner in section.leads)
    yield from {answer.printed for answer in section.answers}


def _of_action(action: Action) -> Iterator[str]:
    written = (action.number, action.text, action.why, action.rag, *action.steps, *action.milestones, *action.success)
    yield from written
    yield from (owner.printed for owner in action.owners)
    yield from (action.when.printed if action.when else "", action.cost.printed if action.cost else "")
    yield from (reference.printed for reference in action.cross_references if reference.kind in ("plan", "section"))
    words = " ".join(words_of(" ".join(written)))  # a mention of an action in these is told already, one in a cell of its own not
    yield from {reference.printed for reference in action.cross_references
                if reference.kind == "action" and " ".join(words_of(reference.printed)) not in words}
