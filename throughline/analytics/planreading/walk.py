"""A document read from the top: what each heading, paragraph, list and table does to the plan read so far."""

import re
from collections.abc import Sequence

from throughline.analytics.planreading.action_rows import Reader, Stored
from throughline.analytics.planreading.criteria import add_criteria
from throughline.analytics.planreading.document import Block, Heading, Paragraph, Source, Table
from throughline.analytics.planreading.openings import (
    Opening,
    announces_recommendations,
    answered,
    is_caption,
    labelled,
    numbered,
    part_opened,
    read_opening,
)
from throughline.analytics.planreading.owners import UNNAMED, somebody
from throughline.analytics.planreading.promises import Intro, last_sentence, opens_with_a_verb, promises, read_intro
from throughline.analytics.planreading.sections import Outline, title_opening
from throughline.analytics.planreading.status_notes import status_note
from throughline.analytics.planreading.tables import TableReader
from throughline.analytics.planreading.tree import Action, Measure, Plan, Section, Unread
from throughline.analytics.planreading.vocabulary import Templates
from throughline.analytics.planreading.words import begins_inside, ends_inside, plain, words

_TARGET = re.compile(r"\btargets?\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d\s*%|\b\d{2,}\b(?!/)")
_LABEL = re.compile(r"[(]?\w{1,4}[.)]")
_LONGEST_HEADING = 16  # words of a paragraph that is taken for a heading because it is bold
_LONGEST_TITLE = 40  # words of a sentence that stands for the title of a numbered paragraph
_LONGEST_OBJECTIVE = 30  # words of a line that is not marked as a list's
_FRONT = ("period", "organisations")


class Walk:
    """Reads blocks one after another into a plan; what its codes stand for is known before."""

    def __init__(self, plan: Plan, templates: Templates, heading_year: int | None, explained: bool) -> None:
        self._plan, self._templates = plan, templates
        self._outline = Outline(plan)
        self._tables = TableReader(plan, self._outline, templates, plan.glossary, heading_year, explained)
        self._reader = Reader(templates, plan.glossary, heading_year, explained)
        self._part = ""  # the part that paragraphs go to: "impact", "success", "objectives", "recommended", "glossary", …
        self._intro: Paragraph | None = None
        self._kind = Intro.NOTHING
        self._entry: Action | None = None
        self._entry_done, self._entry_open = True, False  # whether the last entry ended, or stopped in the middle
        self._passed: Unread | None = None  # the entry of a list that was last listed as not read
        self._above: Section | None = None  # the objective that one further in stands under
        self._criteria: list[tuple[Section, int, Source]] = []  # entries that are still to be weighed as measures
        self._bare: tuple[Section, Source] | None = None  # a section named without its title, which the next heading is

    def read(self, blocks: Sequence[Block]) -> list[Measure]:
        """Read the blocks of a document in order; answers the measures that stand in tables of them."""
        run: list[Table] = []
        for block in blocks:
            if isinstance(block, Table):
                run.append(block)
                continue
            self._read_tables(run)
            run = []
            self._words(block)
        self._read_tables(run)
        self._weigh()
        self._outline.prune()
        return self._tables.measures

    def _read_tables(self, run: list[Table]) -> None:
        if not run:
            return
        self._weigh()
        if self._part == "glossary":
            self._tables.read_glossary(run)
            return
        if self._part == "contents":
            self._tables.read_contents(run)
            return
        self._part = "" if self._part != "measures" else self._part
        self._tables.read(run, self._intro.text if self._intro else "")
        self._bare = None

    def _words(self, block: Heading | Paragraph) -> None:
        heading = isinstance(block, Heading)
        text = plain(block.text)
        opening = None if _listed(block) else read_opening(text, self._templates, heading)
        if opening:
            self._open(opening, block)
        elif self._opens_part(block, text) or self._labels(block, text) or self._passes(block, text):
            return
        elif isinstance(block, Heading) and not is_caption(text, self._templates) and (
                block.level or self._part not in ("impact", "success", "objectives")):
            self._heading(block, text)
        elif isinstance(block, Paragraph) and _is_bold_title(block) and not self._part:
            self._heading(Heading(block.text, 0, block.source), text)
        else:
            self._paragraph(_as_paragraph(block), text)

    def _passes(self, block: Heading | Paragraph, text: str) -> bool:
        """Whether a line is of a part that is not read line by line: an entry of the contents, or of the glossary."""
        if self._part == "contents" and not text[-1:].isdigit() or self._part == "glossary" and _opens_no_entry(block, text):
            self._turn("")
        return self._part in ("contents", "glossary")

    def _open(self, opening: Opening, block: Heading | Paragraph) -> None:
        level = block.level if isinstance(block, Heading) else 0
        section = self._outline.open(opening, block.source, level)
        self._bare = (section, block.source) if not opening.title else None
        self._turn("objectives" if opening.objectives else "")

    def _opens_part(self, block: Heading | Paragraph, text: str) -> bool:
        """A line that names a part: "How will we know?", "Objectives", "6. Success measures"."""
        part = part_opened(text, self._templates)
        if not part or (_listed(block) and part != "success") or part in _FRONT:
            return False
        number, title = numbered(text)
        level = block.level if isinstance(block, Heading) else 0
        if number and isinstance(block, Heading):
            self._outline.open(Opening("section", number, title, named=False), block.source, level)
        elif part in ("glossary", "measures", "contents", "recommendations") and isinstance(block, Heading):
            self._outline.open(Opening("section", "", title, named=False), block.source, level)
        self._turn(part)
        return True

    def _labels(self, block: Heading | Paragraph, text: str) -> bool:
        """A line that names a part and goes on with it: "Accountable leads: …"."""
        part, rest = labelled(text, self._templates)
        if not part or _listed(block) or not self._outline.current():
            return part in _FRONT
        section = self._outline.standing()
        if part == "leads":
            leads, unnamed = somebody(rest, self._templates, self._plan.glossary)
            section.leads += leads
            section.fields["leads"] = block.source
            self._plan.unread += [Unread(block.source, words, UNNAMED) for words in unnamed]
        elif part == "answers":
            section.answers += answered(text, self._templates)
        elif part in ("impact", "success"):
            self._turn(part)
            if rest:
                self._paragraph(Paragraph(rest, block.source), rest)
        else:
            return False
        return True

    def _turn(self, part: str) -> None:
        self._weigh()
        self._part, self._intro, self._kind = part, None, Intro.NOTHING
        self._entry, self._passed, self._above = None, None, None

    def _heading(self, block: Heading, text: str) -> None:
        if self._bare:
            section, _ = self._bare
            section.title, self._bare = text, None
            return
        self._turn("")
        if words(text):
            self._outline.open(title_opening(text, block.level), block.source, block.level)

    def _paragraph(self, block: Paragraph, text: str) -> None:
        if self._part == "recommended" and self._recommendation(block, text):
            return
        if self._part == "recommendations":
            self._recommends(block, text)
            return
        if self._part == "objectives":
            if self._objective(block, text):
                return
            self._turn("")
        if self._part in ("impact", "success") and self._outline.current():
            self._criterion(block, text)
        elif _listed(block) and not re.fullmatch(r"\d+\.\d+", numbered(text)[0]):
            self._list_entry(block, text)
        else:
            self._running_text(block, text)

    def _recommends(self, block: Paragraph, text: str) -> None:
        """A paragraph under a heading of recommendations: one of them, or more of the one above."""
        number, title = numbered(_entry_text(block))
        last = self._outline.current()
        if last is not None and last.kind == "recommendation" and begins_inside(text):
            last.title = f"{last.title} {text}"
        elif number or self._templates.pattern("sections", "parts", "obliges").search(text):
            self._outline.open(Opening("recommendation", number, title), block.source)
        elif not text.endswith(":"):
            self._turn("")

    def _recommendation(self, block: Paragraph, text: str) -> bool:
        number, title = numbered(_entry_text(block))
        if not number:
            self._turn("")
            return False
        self._outline.open(Opening("recommendation", number, title), block.source)
        return True

    def _objective(self, block: Paragraph, text: str) -> bool:
        """An objective of a list, or one under the objective above it; whether the line was one."""
        number, title = numbered(_entry_text(block))
        number, title = number, (re.sub(r"^[-–]\s+", "", title) if number else title)
        inner = not number and (block.depth > 0 or not block.bullet)
        if not (block.bullet or number) and (len(text.split()) > _LONGEST_OBJECTIVE or not self._above or text.endswith(":")):
            return False
        section = Section("objective", title.rstrip(":"), block.source, number)
        self._outline.add(section, self._above if inner else None)
        if not inner or self._above is None:
            self._above = section
        return True

    def _criterion(self, block: Paragraph, text: str) -> None:
        """An entry of what will be different or of how that will be known, with the figures it promises."""
        section = self._outline.standing()
        entries = getattr(section, self._part)
        entry = _entry_text(block)
        unfinished = entries and not re.search(r"[.:;!?]$", entries[-1]) and (begins_inside(entry) or ends_inside(entries[-1]))
        if unfinished:
            entries[-1] = f"{entries[-1]} {entry}"
        else:
            entries.append(entry)
            if self._part == "success":
                self._criteria.append((section, len(entries) - 1, block.source))
        section.fields.setdefault(self._part, block.source)

    def _weigh(self) -> None:
        """Read the entries of success that have been gathered, whole by now, for the figures they promise."""
        for section, place, source in self._criteria:
            add_criteria(self._plan, section, [section.success[place]], source, self._templates)
        self._criteria.clear()

    def _running_text(self, block: Paragraph, text: str) -> None:
        number, _ = numbered(text)
        self._entry, self._passed = None, None
        if "." in number:
            self._outline.close_paragraph()
            said = last_sentence(text[len(number):])
            title = said if len(said.split()) <= _LONGEST_TITLE else ""
            self._outline.open(Opening("section", number, title, named=False), block.source)
        elif status_note(text, block.source, self._plan, self._templates):
            return
        if announces_recommendations(text, self._templates):
            self._turn("recommended")
        self._intro, self._kind = block, read_intro(text, self._templates)
        self._figures_in_passing(text, block.source)

    def _figures_in_passing(self, text: str, source: Source) -> None:
        """Sentences of running text that speak of a target and a figure."""
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text):
            if _TARGET.search(sentence) and _FIGURE.search(_without_years(sentence)):
                self._unread(source, sentence, "speaks of a target in running text; add it as a measure if it is one")

    def _list_entry(self, block: Paragraph, text: str) -> None:
        """An entry of a list in running text: an action, a step of one, or nothing that a plan promises."""
        entry = _entry_text(block)
        goes_on = not self._entry_done and (begins_inside(entry) or self._entry_open)
        if self._entry and goes_on:
            self._extend(entry)
        elif self._kind is Intro.PROMISE and self._intro:
            self._step(entry)
        elif self._is_action(entry):
            self._act(entry, block.source)
        elif self._passed and goes_on:
            self._passed.text = f"{self._passed.text} {entry}"
        elif self._kind in (Intro.ANNOUNCED, Intro.DONE) and self._about_actions():
            self._pass(block.source, entry, "stands in a list of actions and does not promise to do something")
        elif promises(entry, self._templates):
            self._pass(block.source, entry, "promises something in a list that is not of actions")
        self._entry_done, self._entry_open = bool(re.search(r"[.:;!?]$", entry)), ends_inside(entry)

    def _is_action(self, entry: str) -> bool:
        """Whether an entry promises something, by the words above the list and by its own."""
        if self._kind is Intro.ANNOUNCED:
            return promises(entry, self._templates) or opens_with_a_verb(entry, self._templates)
        return self._kind is Intro.ACTIONS or (self._kind is Intro.DONE and promises(entry, self._templates))

    def _about_actions(self) -> bool:
        return bool(self._intro and re.search(r"\b(actions?|activities)\b", last_sentence(self._intro.text), re.IGNORECASE))

    def _extend(self, entry: str) -> None:
        if self._entry is None:
            return
        if self._entry.steps:
            self._entry.steps[-1] = f"{self._entry.steps[-1]} {entry}"
        else:
            self._entry.text = f"{self._entry.text} {entry}"

    def _step(self, entry: str) -> None:
        """An entry that says how the sentence above the list is to be done."""
        if self._entry is None and self._intro is not None:
            self._act(last_sentence(self._intro.text), self._intro.source)
        if self._entry is not None:
            self._entry.steps.append(entry)

    def _act(self, text: str, source: Source) -> None:
        self._passed = None
        action = self._reader.action(Stored({"action": text}, source, {}, []), None)
        self._outline.standing().actions.append(action)
        self._entry = action

    def _pass(self, source: Source, entry: str, why: str) -> None:
        self._unread(source, entry, why)
        self._passed, self._entry = self._plan.unread[-1], None

    def _unread(self, source: Source, text: str, why: str) -> None:
        self._plan.unread.append(Unread(source, text, why))


def _opens_no_entry(block: Heading | Paragraph, text: str) -> bool:
    return isinstance(block, Heading) and not re.match(r"[A-Z][A-Z&]+\b", text)


def _listed(block: Heading | Paragraph) -> bool:
    return isinstance(block, Paragraph) and bool(block.bullet)


def _as_paragraph(block: Heading | Paragraph) -> Paragraph:
    return block if isinstance(block, Paragraph) else Paragraph(block.text, block.source)


def _is_bold_title(block: Paragraph) -> bool:
    text = plain(block.text)
    return block.bold and not block.bullet and len(text.split()) <= _LONGEST_HEADING and text[-1:] not in (".", ":", ",", ";")


def _entry_text(block: Paragraph) -> str:
    """An entry with its label ("1.", "(a)") in front and without a symbol ("•")."""
    text = plain(block.text)
    if _LABEL.fullmatch(block.bullet):
        return f"{block.bullet} {text}"
    return text.lstrip("•·▪●○❖➢> ") if block.bullet else text


def _without_years(sentence: str) -> str:
    return re.sub(r"(?:19|20)\d{2}(?:\s*[-–/]\s*\d{2,4})?|\b\d{1,2}\s*(?:[-–]|to)\s*\d{1,2}\b", " ", sentence)
