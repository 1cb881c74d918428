"""The sections of a plan as they open and close while it is read from the top."""

import re
from dataclasses import dataclass

from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.openings import Opening, numbered
from throughline.analytics.planreading.tree import Plan, Section, SectionKind
from throughline.analytics.planreading.words import known_by, words

# Which kind stands inside which where the headings have no levels of their own: outermost first.
_RANKS: dict[SectionKind, int] = {"recommendation": 1, "section": 1, "priority": 2, "theme": 3, "objective": 5}
_PARAGRAPH = 4  # a numbered paragraph of a report: 4.27
_ALIKE = 0.6  # of the words of two titles of one number


@dataclass
class _Open:
    section: Section
    rank: int
    level: int
    named: bool


class Outline:
    """The plan's sections, with those open at the place reached."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._open: list[_Open] = []
        self._named: set[int] = set()

    def current(self) -> Section | None:
        """The innermost section open."""
        return self._open[-1].section if self._open else None

    def standing(self) -> Section:
        """The innermost section open; an untitled one where there is none yet."""
        if not self._open:
            self.open(Opening("section", "", "", named=True), Source())
        return self._open[-1].section

    def open(self, opening: Opening, source: Source, level: int = 0) -> Section:
        """Open a section where it belongs, or the same one again where the plan repeats its heading."""
        rank = _PARAGRAPH if opening.kind == "section" and "." in opening.number else _RANKS[opening.kind]
        self._close(opening, rank, level)
        around = self._open[-1].section.sections if self._open else self._plan.sections
        section = _again(opening, around)
        if section is None:
            section = Section(opening.kind, opening.title, source, opening.number)
            around.append(section)
        if opening.named:
            self._named.add(id(section))
        self._open.append(_Open(section, rank, level, opening.named))
        return section

    def add(self, section: Section, around: Section | None) -> None:
        """Put a section in another, or in the one that is open, without opening it."""
        (around or self.standing()).sections.append(section)
        self._named.add(id(section))

    def close_paragraph(self) -> None:
        """Leave a numbered paragraph, and what is open inside it."""
        while self._open and self._open[-1].rank >= _PARAGRAPH:
            self._open.pop()

    def prune(self) -> None:
        """Take out the sections that only a title opened and that hold nothing."""
        self._plan.sections = self._kept(self._plan.sections)

    def _close(self, opening: Opening, rank: int, level: int) -> None:
        """Close what the new section does not stand in. A named one stands in no part that only a title opened."""
        while self._open:
            last = self._open[-1]
            if opening.kind == last.section.kind == "section" and _beside(opening.number, last.section.number):
                inside = False
            elif level and last.level:
                inside = last.level < level
            else:
                inside = last.rank < rank and (last.named or not opening.named or opening.kind == "objective")
            if inside:
                return
            self._open.pop()

    def _kept(self, sections: list[Section]) -> list[Section]:
        for section in sections:
            section.sections = self._kept(section.sections)
        return [section for section in sections if id(section) in self._named or _holds_anything(section)]


def title_opening(text: str, level: int) -> Opening:
    """The section that a heading opens which only gives a title: a theme, or a section where it has a number or a level."""
    number, title = numbered(text)
    return Opening("section" if number or level else "theme", number, title, named=False)


def _beside(number: str, other: str) -> bool:
    """Whether two numbers are of one depth, as 2 and 6 are: their headings' levels, which converters guess, say nothing then."""
    return bool(re.fullmatch(r"[\d.]+", number) and re.fullmatch(r"[\d.]+", other)) and number.count(".") <= other.count(".")


def _again(opening: Opening, around: list[Section]) -> Section | None:
    """The section of the same kind and number with much the same title, or of the same title where it has no number."""
    for section in around:
        if (section.kind, section.number) == (opening.kind, opening.number) and _alike(section.title, opening.title):
            return section
    return None


def _alike(title: str, other: str) -> bool:
    first, second = set(words(title)), set(words(other))
    return known_by(title) == known_by(other) or len(first & second) >= _ALIKE * max(len(first | second), 1)


def _holds_anything(section: Section) -> bool:
    return bool(section.sections or section.actions or section.impact or section.success or section.leads)
