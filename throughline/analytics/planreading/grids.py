"""Tables of indicators: grids with a column for each year, registers with a baseline and a target, years set side by side."""

import re
from collections.abc import Iterator, Sequence

from throughline.analytics.planreading.columns import DASHES
from throughline.analytics.planreading.dates import is_year_or_years
from throughline.analytics.planreading.document import Row, Source
from throughline.analytics.planreading.openings import numbered
from throughline.analytics.planreading.statements import completed, target_words
from throughline.analytics.planreading.tree import Measure, Unread
from throughline.analytics.planreading.vocabulary import Templates, any_of
from throughline.analytics.planreading.words import known_by, plain, words

_VALUE = re.compile(r"(?P<before>(?:[^\d£%-]*[^\w£%-])?)(?P<value>-?£?\d[\d,]*(?:\.\d+)?\s?%?)(?P<after>(?!\w).*)")
_NOTED = re.compile(r"(?P<printed>.*?)\s*\((?P<note>[^()]+)\)")
_ARROW = re.compile(r"[^\w%]*(?:1|N/A|n/a|\\?[Rr]ightarrow|[Uu]p|[Dd]own)?[^\w%]*")


def grid_measure(cells: dict[str, str], source: Source, group: str, templates: Templates) -> Measure:
    """One row of a grid or register: its measure, with the group it is printed in and a step for each year's column."""
    number, text = plain(cells.get("number", "")), plain(cells.get("measure", ""))
    if not number:
        number, text = indicator_number(text, templates)
    steps = [_step(role, cells[role]) for role in cells if role.split()[0] in ("trajectory", "target", "arrow") and " " in role]
    target = plain(cells.get("target", ""))
    arrows = bool(steps) and all(_ARROW.fullmatch(step["printed"]) for step in steps) and not cells.get("target")
    measure = Measure(
        text, source, number=number, cohort=plain(cells.get("cohort", "")),
        baseline=plain(cells.get("baseline", "")), target="" if target in DASHES else target or target_words(text, templates),
        unit=plain(cells.get("unit", "")), due=plain(cells.get("due", "")), direction=_direction(cells.get("direction", "")),
        status=plain(cells.get("status", "")) or group_of(group, templates),
        trajectory=[{**step, "kind": "arrow"} for step in steps] if arrows else steps,
        section=plain(cells.get("section", "")) or plain(group),
    )
    return measure if _only_told_of(measure, templates) else completed(measure, templates)


def _only_told_of(measure: Measure, templates: Templates) -> bool:
    """Whether a line says only what has become of an indicator: "KPI 7 has been deleted"."""
    told = [status for status in templates.table("measures", "status") if status != "groups"]
    return measure.status in told and not measure.target


def indicator_number(text: str, templates: Templates) -> tuple[str, str]:
    """The number an indicator is printed with, and its words: ("KPI 8", "Advanced level progression …")."""
    named = re.compile(rf"({any_of(templates.words('measures', 'number', 'words'))}\s*\d+[a-z]?)\s*[:.–-]?\s+(.+)", re.IGNORECASE)
    found = named.fullmatch(text)
    return (found.group(1), found.group(2)) if found else numbered(text)


def group_of(title: str, templates: Templates) -> str:
    """The group that a grid's title prints its indicators in, or ""."""
    known = known_by(title)
    return next((group for group in templates.words("measures", "status", "groups") if known.endswith(known_by(group))), "")


def _step(role: str, cell: str) -> dict[str, str]:
    """A year's cell: its figure, and apart from it what stands in brackets behind it: "41% (provisional)"."""
    kind, period = role.split(" ", 1)
    printed = plain(cell)
    noted = _NOTED.fullmatch(printed)
    note = {"note": noted["note"]} if noted else {}
    return {"period": period, "printed": noted["printed"] if noted else printed, "kind": kind, **note}


def _direction(printed: str) -> str:
    said = plain(printed).casefold()
    for direction, spelt in (("up", ("up", "higher", "increase", "↑")), ("down", ("down", "lower", "decrease", "↓")),
                             ("keep", ("keep", "same", "maintain", "→"))):
        if any(word in said for word in spelt):
            return direction
    return ""


def holds_years(rows: Sequence[Row], templates: Templates) -> bool:
    """Whether a table sets years and what is expected and aimed at in them side by side, three rows of them or more."""
    counts = [sum(is_year_or_years(cell) for cell in row.cells) for row in rows]
    aimed = any(_is_label(row, templates) for row in rows) or 2 in counts
    return sum(count > 0 for count in counts) >= 3 and max(counts) <= 2 and aimed


def year_tables(rows: Sequence[Row], templates: Templates, section: str = "") -> tuple[list[Measure], list[Unread]]:
    """The measures of a table in which each has a line of words and then a row for each year, expected on the left of aimed at.

    section is what the table before it was under, which holds until a row of one short name opens another.
    Words that the table's columns have cut are put together as well as may be, and listed for a person to look at.
    """
    measures: list[Measure] = []
    unread: list[Unread] = []
    said: list[Row] = []
    group: Row | None = None  # a row of one short name that no measure stands under yet
    first_column = _first_year_column(rows)
    for row in rows:
        if any(is_year_or_years(cell) for cell in row.cells):
            if group is not None and not said:
                said = [group]  # no group: the words of the measure itself
            elif group is not None:
                section = _joined(group)
            group = None
            if said or not measures:
                measures.append(_opened(said, section, row.source, templates, unread))
                said = []
            _add_years(measures[-1], row, first_column, templates, unread)
        elif _is_label(row, templates):
            unread += _cut_labels(row, templates)
        elif not said and group is None and _is_group(row):
            group = row
        else:
            said.append(row)
    stray = "words in a table of years that belong to no measure"
    unread += [Unread(row.source, _joined(row), stray) for row in (group, *said) if row]
    return [_settled(measure, templates) for measure in measures], unread


def _first_year_column(rows: Sequence[Row]) -> int:
    return min(place for row in rows for place, cell in enumerate(row.cells) if is_year_or_years(cell))


def _is_label(row: Row, templates: Templates) -> bool:
    """Whether a row holds only the headings of years and figures, cut or whole: "Trajec", "ctory", "Targ", "Notes"."""
    held = [known_by(cell) for cell in row.cells if known_by(cell)]
    return bool(held) and all(_is_cut_heading(each, templates) for each in held)


def _headings(templates: Templates) -> set[str]:
    columns = templates.table("columns", "measures")
    return {known_by(word) for role in ("trajectory", "goal", "notes") for word in columns.get(role, ())}


def _is_cut_heading(known: str, templates: Templates) -> bool:
    return any(known == word or (len(known) > 3 and word.endswith(known)) or (known == "jets" and word == "targets")
               for word in _headings(templates))


def _cut_labels(row: Row, templates: Templates) -> Iterator[Unread]:
    cut = [plain(cell) for cell in row.cells if known_by(cell) and known_by(cell) not in _headings(templates)]
    if cut:
        yield Unread(row.source, " ".join(cut), "a heading of the table, cut by its columns")


def _is_group(row: Row) -> bool:
    held = [plain(cell) for cell in row.cells if plain(cell)]
    return len(held) == 1 and len(held[0].split()) <= 3 and held[0][:1].isupper()


def _opened(said: list[Row], section: str, source: Source, templates: Templates, unread: list[Unread]) -> Measure:
    """The measure that lines of words open. Where a line comes twice, the one that is whole counts."""
    whole = [row for row in said if sum(bool(plain(cell)) for cell in row.cells) == 1 and numbered(_joined(row))[0]]
    if whole and said and said[-1] is whole[-1]:
        unread += [Unread(row.source, _joined(row), "cut by the table's columns, and printed whole below") for row in said[:-1]]
        said = said[-1:]
    cut = [row for row in said if sum(bool(words(cell)) for cell in row.cells) > 1]
    sewn = "words cut by the table's columns, put together as well as may be"
    unread += [Unread(row.source, _joined(row), sewn) for row in cut]
    printed = " ".join(filter(None, (_sewn(row) for row in said)))
    found = re.match(r"(\d{1,2})\.\s*(?=\S)", printed)
    text = printed[found.end():] if found else printed
    first = said[0].source if said else source
    return Measure(text, first, number=found.group(1) if found else "", section=section)


def _joined(row: Row) -> str:
    return " ".join(plain(cell) for cell in row.cells if plain(cell))


def _sewn(row: Row) -> str:
    """The cells of a row whose words were cut, with what two of them share printed once."""
    text = ""
    for cell in (plain(each) for each in row.cells if words(each)):
        shared = next((size for size in range(min(len(text), len(cell), 8), 0, -1) if text[-size:] == cell[:size]), 0)
        shared = shared if shared > 1 else 0
        apart = bool(text) and not shared
        text = f"{text} {cell}" if apart else text + cell[shared:]
    return text


def _add_years(measure: Measure, row: Row, first_column: int, templates: Templates, unread: list[Unread]) -> None:
    """Each year of a row with the figure beside it; what stands before the first year, and after a figure, is kept."""
    period, kind = "", "trajectory"
    for place, cell in enumerate(row.cells):
        text = plain(cell)
        if is_year_or_years(text):
            period, kind = text, "trajectory" if place <= first_column else "target"
            measure.trajectory.append({"period": text, "printed": "", "kind": kind})
        elif words(text) and _is_cut_heading(known_by(text), templates):
            unread.append(Unread(row.source, text, "a heading of the table that stands among its figures"))
        elif words(text):
            _add_figure(measure, row.source, text, period, unread)


def _add_figure(measure: Measure, source: Source, text: str, period: str, unread: list[Unread]) -> None:
    found = _VALUE.fullmatch(text)
    if not period or (not found and measure.trajectory[-1].get("note")):
        unread.append(Unread(source, text, "words beside the years of a table that belong to none of them"))
    elif found and not measure.trajectory[-1]["printed"]:
        measure.trajectory[-1]["printed"] = found["value"].strip()
        rest = f"{found['before']} {found['after']}".strip()
        if words(rest):
            unread.append(Unread(source, rest, "a heading or a mark that runs into a figure"))
    else:
        measure.trajectory[-1]["note"] = text


def _settled(measure: Measure, templates: Templates) -> Measure:
    """The last figure that was reached, and the last that is aimed at, as the baseline and the target."""
    measure.trajectory.sort(key=lambda step: step["kind"] == "target")
    reached = [step for step in measure.trajectory if step["kind"] == "trajectory" and step["printed"]]
    aimed = [step for step in measure.trajectory if step["kind"] == "target" and step["printed"]]
    measure.baseline = reached[-1]["printed"] if reached else ""
    measure.target, measure.due = (aimed[-1]["printed"], aimed[-1]["period"]) if aimed else ("", "")
    measure.status = "" if aimed else "to be determined"
    return completed(measure, templates)
