"""Tables as a plan holds them: rows of actions put together across pages, indicators, glossaries, and what is none of these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from throughline.analytics.planreading.action_rows import Reader, Stored, stored
from throughline.analytics.planreading.bullets import split_entries
from throughline.analytics.planreading.columns import (
    ACTION_NUMBER,
    SECTION_ROLES,
    Columns,
    align,
    guessed_headings,
    read_headings,
    told_by_contents,
    without_dash,
)
from throughline.analytics.planreading.criteria import add_criteria
from throughline.analytics.planreading.document import Row, Source, Table
from throughline.analytics.planreading.grids import grid_measure, holds_years, year_tables
from throughline.analytics.planreading.joining import continues, join, reach_down
from throughline.analytics.planreading.openings import (
    Opening,
    announces_recommendations,
    answered,
    numbered,
    numbered_items,
    part_opened,
    read_opening,
)
from throughline.analytics.planreading.owners import read_owners
from throughline.analytics.planreading.sections import Outline
from throughline.analytics.planreading.tree import Measure, Plan, Section, Unread
from throughline.analytics.planreading.vocabulary import Templates
from throughline.analytics.planreading.words import is_debris, known_by, lines, plain, words

# The kinds of table with headings, and the column without which a table is not of the kind.
_KINDS = {"actions": "action", "measures": "measure", "glossary": "code", "recommendations": "recommendation"}
_LONGEST_CODE = 3  # words


@dataclass
class _Rows:
    """Rows under one heading row, or under none."""

    kind: str = ""  # "actions", "measures", "glossary" or ""
    columns: Columns | None = None
    above: Row | None = None  # a row of one cell above the headings: the table's title
    rows: list[tuple[Row, bool]] = field(default_factory=list)  # with whether a page may have ended before it


class TableReader:
    """Reads one run of tables after another into a plan."""

    def __init__(self, plan: Plan, outline: Outline, templates: Templates, glossary: Mapping[str, str],
                 heading_year: int | None, explained: bool) -> None:
        self._plan, self._outline, self._templates, self._glossary = plan, outline, templates, glossary
        self._reader = Reader(templates, glossary, heading_year, explained)
        self._last, self._intro = _Rows(), ""
        self.measures: list[Measure] = []  # those that stand in tables of them
        self._group = ""  # what the last table of years in this run stands under

    def read(self, tables: Sequence[Table], intro: str) -> None:
        """Tables that follow one another with nothing between them: a table may go on in the next. intro is what stands above."""
        self._intro, self._group, self._last = intro, "", _Rows()
        for table in tables:
            for place, row in enumerate(table.rows):
                if any(words(cell) for cell in row.cells):
                    self._row(row, place == 0, table)
        self._finish()

    def read_contents(self, tables: Sequence[Table]) -> None:
        """Tables of contents, which say nothing of a plan."""
        for table in tables:
            self._unread(table.source, "\n".join(_joined(row) for row in table.rows), "a table of contents")

    def read_glossary(self, tables: Sequence[Table]) -> None:
        """Tables under the heading of a glossary: what is not of it is listed."""
        for row in (row for table in tables for row in table.rows):
            if read_headings(row.cells, "glossary", self._templates) is None:
                self._glossary_row(row)

    def _row(self, row: Row, first: bool, table: Table) -> None:
        if self._opens_section(row) or self._heads(row):
            return
        columns = self._last.columns
        if first and (self._last.rows if columns is None else not _may_belong(row, columns)):
            self._finish()
        self._last.rows.append((row, first))

    def _heads(self, row: Row) -> bool:
        """A row of headings opens a table, or repeats those of the one it goes on with."""
        for kind, needed in _KINDS.items():
            columns = read_headings(row.cells, kind, self._templates)
            if columns is None or needed not in columns.roles:
                continue
            if self._last.columns and self._last.kind == kind and columns.roles == self._last.columns.roles:
                self._last.rows.append((replace(row, cells=()), True))
                return True
            above = self._row_above()
            self._finish()
            if above and kind == "actions":
                self._open_theme(_joined(above), above.source)
            self._last = _Rows(kind, columns, above)
            for heading, phrase in guessed_headings(columns, kind, self._templates):
                self._unread(row.source, heading, f"a heading that we do not know, read as “{phrase}”")
            return True
        return False

    def _row_above(self) -> Row | None:
        """The row of one cell that stands alone above the headings."""
        if self._last.kind or len(self._last.rows) != 1:
            return None
        row, _ = self._last.rows[0]
        if sum(bool(words(cell)) for cell in row.cells) != 1:
            return None
        self._last.rows.clear()
        return row

    def _opens_section(self, row: Row) -> bool:
        """A row that opens a section: its name first, and what is known of its success in any other cell."""
        held = [(place, cell) for place, cell in enumerate(row.cells) if words(cell)]
        said = lines(held[0][1])
        opening = read_opening(said[0], self._templates, heading=False) if said else None
        if opening is None or not (opening.title or opening.number):
            return False
        if len(held) > 1 and self._last.kind == "actions" and len(said) == 1 and not part_opened(
                lines(held[1][1])[0], self._templates):
            return False
        self._finish()
        section = self._outline.open(opening, row.source)
        for line in said[1:]:
            answers = answered(line, self._templates)
            section.answers += answers
            if not answers:
                self._unread(row.source, line, "stands beside the title of a section and is no part of one we know")
        for _, cell in held[1:]:
            self._part_of_section(cell, row.source)
        return True

    def _part_of_section(self, cell: str, source: Source) -> None:
        section = self._outline.standing()
        entries = split_entries(cell, self._templates)
        opened = part_opened(entries[0], self._templates)
        if not opened and len(entries) == 1:
            label, _, rest = plain(cell).partition("?")
            opened, entries = part_opened(label, self._templates), [label, plain(rest)]
        if opened in ("success", "impact"):
            said = [entry for entry in entries[1:] if entry]
            getattr(section, opened).extend(said)
            section.fields[opened] = source
            if opened == "success":
                add_criteria(self._plan, section, said, source, self._templates)
        else:
            self._unread(source, plain(cell), "stands beside the title of a section and is no part of one we know")

    def _finish(self) -> None:
        """Read the rows gathered so far, as what they have turned out to be."""
        gathered, self._last = self._last, _Rows()
        rows = [row for row, _ in gathered.rows if row.cells]
        if gathered.kind == "actions" and gathered.columns:
            self._actions(gathered.rows, gathered.columns)
        elif gathered.kind == "measures" and gathered.columns:
            self._measures(rows, gathered.columns, gathered.above)
        elif gathered.kind == "recommendations" and gathered.columns:
            above = [(gathered.above, False)] if gathered.above else []
            self._recommendations([*above, *((row, cut) for row, cut in gathered.rows if row.cells)], gathered.columns)
        elif gathered.kind == "glossary":
            for row in [*filter(None, [gathered.above]), *rows]:
                self._glossary_row(row)
        elif rows:
            self._loose(rows)

    def _actions(self, rows: Sequence[tuple[Row, bool]], columns: Columns) -> None:
        gathered: list[Stored] = []
        after_break = False
        for row, cut in rows:
            after_break = after_break or cut
            if not row.cells:
                continue
            if self._adds_up(row):
                self._unread(row.source, _joined(row), "adds up the rows above it, and is no action")
                continue
            cells, unnumbered = without_dash(row.cells, columns)
            new = stored(align(cells, columns, self._templates, self._glossary), row.source, columns, unnumbered)
            if gathered and continues(new, gathered[-1], after_break):
                join(gathered[-1], new, self._templates)
            elif self._heads_theme(row, columns):
                self._place(gathered)
                gathered = []
                self._open_theme(next(plain(cell) for cell in row.cells if words(cell)), row.source)
            else:
                if gathered:
                    reach_down(gathered[-1], new, row, columns)
                gathered.append(new)
            after_break = False
        self._place(gathered)

    def _adds_up(self, row: Row) -> bool:
        """A row whose first words say that it is a total."""
        first = next((cell for cell in row.cells if words(cell)), "")
        return known_by(first) in self._templates.words("columns", "rows", "total")

    def _open_theme(self, title: str, source: Source) -> None:
        self._outline.open(Opening("theme", *numbered(title)), source)

    def _heads_theme(self, row: Row, columns: Columns) -> bool:
        """A row of one cell that stands under a narrower column than its words need: a theme for the rows below it."""
        held = [(place, plain(cell)) for place, cell in enumerate(row.cells) if words(cell)]
        if len(held) != 1 or len(row.cells) < 3 or held[0][0] >= len(columns.roles) or is_debris(held[0][1]):
            return False
        place, text = held[0]
        under_number = columns.roles[place] == "number" and not ACTION_NUMBER.fullmatch(text)
        return under_number and text[:1].isupper() and len(text.split()) > 1

    def _place(self, gathered: list[Stored]) -> None:
        """Make an action of every row and put it where it stands."""
        for row in gathered:
            self._open_named_in(row)
            section = self._outline.standing()
            if not section.title and not section.number and not section.actions:
                section.source = row.source
            above = section.actions[-1] if section.actions else None
            action = self._reader.action(row, above)
            section.actions.append(action)
            self._plan.unread += row.unread
            add_criteria(self._plan, section, [*action.success, *action.milestones], row.source, self._templates)

    def _open_named_in(self, row: Stored) -> None:
        """The sections a row names in columns of their own, as a workbook with everything on one sheet does."""
        for kind in SECTION_ROLES:
            printed = plain(row.cells.pop(kind, ""))
            if printed:
                named = read_opening(printed, self._templates, heading=True)
                self._outline.open(named or Opening(kind, *numbered(printed)), row.source)
        for level in sorted(role for role in row.cells if role.startswith("level ")):
            printed = plain(row.cells.pop(level))
            named = read_opening(printed, self._templates, heading=True)
            self._outline.open(named or Opening("section", *numbered(printed)), row.source, int(level.split()[1]))

    def _measures(self, rows: Sequence[Row], columns: Columns, above: Row | None) -> None:
        title = _joined(above) if above else ""
        if above and (not rows or "section" in columns.roles):
            self._unread(above.source, title, "the title of a table of measures that stand under parts of their own")
        for row in rows:
            aligned = {role: cell for role, cell in zip(columns.roles, row.cells, strict=False) if role}
            left = [cell for role, cell in zip((*columns.roles, *[""] * len(row.cells)), row.cells, strict=False) if not role]
            if not words(aligned.get("measure", "")):
                left = [title, *row.cells]
            else:
                self.measures.append(grid_measure(aligned, row.source, title, self._templates))
                self._plan.measures.append(self.measures[-1])
                self._notes(aligned, row.source)
            for cell in left:
                if words(cell):
                    self._unread(row.source, plain(cell), "stands under no heading of this table of measures that we know")

    def _notes(self, cells: Mapping[str, str], source: Source) -> None:
        measure = self._plan.measures[-1]
        measure.notes += [plain(cells[role]) for role in ("notes", "trajectory", "goal") if words(cells.get(role, ""))]
        direction = plain(cells.get("direction", ""))
        if words(direction) and direction.casefold() not in ("up", "down", "keep"):
            measure.notes.append(direction)
        if not measure.section:
            current = self._outline.current()
            measure.section = (current.title or current.number) if current else ""

    def _recommendations(self, rows: Sequence[tuple[Row, bool]], columns: Columns) -> None:
        """The recommendations of an inspection, each with who must answer it; a row may go on with the one above.

        A list inside one keeps its marks: it is one recommendation, and its parts stay apart in it.
        """
        last: Section | None = None
        answering = ""
        for row, cut in rows:
            cells = {role: plain(cell) for role, cell in zip(columns.roles, row.cells, strict=False) if role and words(cell)}
            text = cells.get("recommendation", "")
            named = "lead" in cells or "number" in cells
            if text and (named or "lead" not in columns.roles):
                last = self._outline.open(Opening("recommendation", cells.get("number", ""), text), row.source)
                answering = cells.get("lead", "")
                self._lead(last, answering)
            elif text and last is not None and not named:
                last.title = f"{last.title} {text}"
            elif last is not None and set(cells) == {"lead"} and cut:
                answering = f"{answering} {cells['lead']}"
                last.leads.clear()
                self._lead(last, answering)
            else:
                self._unread(row.source, _joined(row), "a row of recommendations without its words")
            for cell in [cell for place, cell in enumerate(row.cells) if place >= len(columns.roles) or not columns.roles[place]]:
                self._unread(row.source, plain(cell), "stands under no heading of this table that we know")

    def _lead(self, section: Section, printed: str) -> None:
        section.leads += [lead for lead in read_owners(printed, self._templates, self._glossary) if lead not in section.leads]

    def _glossary_row(self, row: Row) -> None:
        held = [plain(cell) for cell in row.cells if words(cell)]
        known = self._plan.glossary.get(held[0]) if len(held) == 2 else None
        if not held or known == held[-1]:
            return
        if len(held) == 2 and known is None and held[0][:1].isalpha() and len(held[0].split()) <= _LONGEST_CODE:
            self._plan.glossary[held[0]] = held[1]
        else:
            self._unread(row.source, " ".join(held), "a row of a glossary without its code or its meaning")

    def _loose(self, rows: list[Row]) -> None:
        """Rows without headings: told by their contents, or listed as they stand."""
        if holds_years(rows, self._templates):
            measures, unread = year_tables(rows, self._templates, self._group)
            self._group = measures[-1].section
            self._plan.measures += measures
            self.measures += measures
            self._plan.unread += unread
            return
        if self._turned(rows) or self._told_by_contents(rows):
            return
        rest = [row for row in rows if not self._recommends(row)]
        if rest and not self._themes(rest):
            text = "\n".join(_joined(row) for row in rest)
            self._unread(_span(rest), text, "a table whose columns are not those of a plan")

    def _told_by_contents(self, rows: list[Row]) -> bool:
        """A table without headings, or under a row of headings that we do not know: its columns told by what they hold."""
        columns = told_by_contents([row.cells for row in rows], self._templates, self._glossary)
        if columns:
            why = "the table has no headings; its columns were told by what they hold"
            self._unread(rows[0].source, ", ".join(role for role in columns.roles if role), why)
            self._actions([(row, False) for row in rows], columns)
            return True
        above, *body = rows
        columns = told_by_contents([row.cells for row in body], self._templates, self._glossary, headed=True)
        if columns and len(body) > 1:
            columns = replace(columns, headings=(*above.cells, *columns.headings)[:len(columns.roles)])
            self._unread(above.source, _joined(above), "headings that we do not know; the columns were told by what they hold")
            self._actions([(row, False) for row in body], columns)
            return True
        return False

    def _turned(self, rows: list[Row]) -> bool:
        """A table on its side, with its headings in the first column: each further column is an action."""
        width = max(len(row.cells) for row in rows)
        columns = read_headings([row.cells[0] for row in rows], "actions", self._templates)
        if columns is None or "action" not in columns.roles or width < 2:
            return False
        across = [tuple(row.cells[place] if place < len(row.cells) else "" for row in rows) for place in range(1, width)]
        self._actions([(Row(cells, _span(rows)), False) for cells in across if any(words(cell) for cell in cells)], columns)
        return True

    def _recommends(self, row: Row) -> bool:
        """A cell that recommends in a numbered list: "It is recommended that Cabinet: 1. Note …"."""
        held = [cell for cell in row.cells if words(cell)]
        said, items = numbered_items(held[0])
        if len(held) != 1 or not items or not announces_recommendations(said, self._templates):
            return False
        for number, text in items:
            self._outline.open(Opening("recommendation", number, text), row.source)
        self._unread(row.source, said, "announces the recommendations")
        return True

    def _themes(self, rows: Sequence[Row]) -> bool:
        """A table of two columns under words that speak of actions: themes on the left, each printed once, and their actions."""
        if not self._templates.pattern("sections", "promises", "tables").search(self._intro):
            return False
        held = [[plain(cell) for cell in row.cells] for row in rows]
        if any(len(cells) < 2 or not words(cells[1]) or any(words(cell) for cell in cells[2:]) for cells in held):
            return False
        for row, cells in zip(rows, held, strict=True):
            if words(cells[0]):
                self._open_theme(cells[0], row.source)
            text = row.cells[1]
            section = self._outline.standing()
            section.actions.append(self._reader.action(Stored({"action": text}, row.source, {}, []), None))
        return True

    def _unread(self, source: Source, text: str, why: str) -> None:
        if words(text):
            self._plan.unread.append(Unread(source, text, why))


def _may_belong(row: Row, columns: Columns) -> bool:
    """Whether the first row of the next table can be of the same table: it has not lost most of its columns."""
    return len(row.cells) * 2 >= sum(bool(role) for role in columns.roles)


def _joined(row: Row) -> str:
    return " | ".join(plain(cell) for cell in row.cells if plain(cell))


def _span(rows: Sequence[Row]) -> Source:
    first, last = rows[0].source, rows[-1].source
    if first.row is None and first.line is not None:
        return replace(first, last_line=(last.last_line or last.line) if len(rows) > 1 else first.last_line)
    return replace(first, row=None) if first.table is not None and len(rows) > 1 else first
