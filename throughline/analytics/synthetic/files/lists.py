"""The lists that schools, colleges, providers and young people send: each with its own headings, order and mistakes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from throughline.analytics.synthetic.files.dates import written
from throughline.analytics.synthetic.files.leaving import meant, why
from throughline.analytics.synthetic.files.ledger import Ledger
from throughline.analytics.synthetic.files.sheets import WINDOWS, Sheet, day_of, write_sheet
from throughline.analytics.synthetic.files.smudges import Row, smudge
from throughline.analytics.synthetic.settings import Settings
from throughline.core.ages import academic_year_end

# The kind of sender, what its list holds beside given and family, and what it may leave out.
_COLUMNS = {
    "leavers": ("school", ("birth", "gender", "upn", "line_1", "line_2", "town", "postcode", "destination"),
                ("uln", "phone", "middle")),
    "starters": ("school", ("birth", "gender", "upn", "postcode", "start"), ("uln", "phone", "course", "middle")),
    "enrolments": ("college", ("birth", "uln", "postcode", "course", "start", "end"), ("gender", "phone", "middle")),
    "apprentices": ("college", ("birth", "uln", "course", "start", "end"), ("postcode", "phone")),
    "withdrawals": ("college", ("birth", "uln", "left", "reason", "destination"), ("postcode", "course", "start")),
    "survey": ("survey", ("birth", "phone", "destination"), ()),
}
_LEFT_OUT, _OUT_OF_ORDER = 0.4, 0.3  # of the columns that may be; of the lists
_DAYS = ("birth", "start", "end", "left")
_COURSE_YEARS = {"310": 2, "320": 2}


@dataclass(frozen=True)
class Listed:
    """One file to be: its name without an ending, its kind, who sends it, the day it speaks of, and whom it lists.

    strays are learners who are listed although they are not there.
    """

    name: str
    kind: str
    institution: str | None
    on: date
    people: list[dict[str, Any]]
    strays: list[dict[str, Any]]


def write_list(listed: Listed, folder: Path, settings: Settings, chance: Random, ledger: Ledger) -> None:
    """Write one list and note what is wrong with it."""
    writing = _begin(listed, settings, chance)
    sheet = writing.sheet
    ledger.file(writing.name, listed.kind, listed.on, institution=listed.institution, headings_row=sheet.headings_row,
                date_form=writing.form, alphabet=sheet.alphabet)
    _note_whole(writing, ledger)
    _fill(writing, settings, chance, ledger)
    if chance.random() < settings.errors["files"]["totals_row"]:
        ledger.error(writing.name, "totals_row", row=sheet.next_row)
        sheet.rows.append([f"Total: {sum(map(any, sheet.rows))}"])
    path = folder / writing.name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_sheet(sheet, path)


@dataclass(frozen=True)
class _Writing:
    """A list while it is written: its name with its ending, how it writes days, and its headings by field."""

    listed: Listed
    name: str
    sheet: Sheet
    form: str
    labels: Row


def _begin(listed: Listed, settings: Settings, chance: Random) -> _Writing:
    """The sheet without rows: which columns in which order, under which headings, in which kind of file."""
    headings, rates = settings.headings, settings.errors["files"]
    vocabulary, fields = _fields(listed.kind, chance)
    form = chance.choice(headings["dates"]["forms"])
    labels = {field: chance.choice(headings[vocabulary][field]) for field in fields}
    titles = headings["titles"].get(listed.kind)
    titled = titles is not None and chance.random() < rates["title_rows"]
    workbook = chance.random() < rates["workbook"]
    windows, mark = chance.random() < rates["windows"], chance.random() < rates["byte_order_mark"]
    sheet = Sheet(
        titles=[f"{chance.choice(titles)} {day_of(listed.on)}"] if titled else [],
        headings=list(labels.values()),
        alphabet=None if workbook else WINDOWS if windows else "utf-8-sig" if mark else "utf-8",
        trailing_comma=not workbook and chance.random() < rates["trailing_commas"],
        serials=[at for at, field in enumerate(fields) if field in _DAYS and form == "serial"],
    )
    return _Writing(listed, f"{listed.name}.{'xlsx' if workbook else 'csv'}", sheet, form, labels)


def _fields(kind: str, chance: Random) -> tuple[str, list[str]]:
    """The vocabulary of a kind's headings, and its columns in a sender's order."""
    vocabulary, always, perhaps = _COLUMNS[kind]
    fields = [*always, *(field for field in perhaps if chance.random() >= _LEFT_OUT)]
    if chance.random() < _OUT_OF_ORDER:
        chance.shuffle(fields)
    names = ["family", "given"] if chance.random() < 0.5 else ["given", "family"]
    return vocabulary, [*names, *fields]


def _note_whole(writing: _Writing, ledger: Ledger) -> None:
    sheet = writing.sheet
    if sheet.titles:
        ledger.error(writing.name, "title_rows", row=1)
    if sheet.alphabet == WINDOWS:
        ledger.error(writing.name, "windows")
    if sheet.alphabet == "utf-8-sig":
        ledger.error(writing.name, "byte_order_mark")
    if sheet.trailing_comma:
        ledger.error(writing.name, "trailing_commas")


def _fill(writing: _Writing, settings: Settings, chance: Random, ledger: Ledger) -> None:
    """Everybody's rows, by family name as senders have them, less those left out."""
    listed, sheet, name = writing.listed, writing.sheet, writing.name
    whole = settings.errors["rows"][_COLUMNS[listed.kind][0]]
    strays = {person["learner"] for person in listed.strays}
    for person in sorted([*listed.people, *listed.strays], key=_by_name):
        if person["learner"] in strays:
            ledger.error(name, "also_elsewhere", row=sheet.next_row, learner=person["learner"])
        elif chance.random() < whole["left_out"]:
            ledger.error(name, "left_out", learner=person["learner"])
            continue
        if chance.random() < whole["blank"]:
            ledger.error(name, "blank_row", row=sheet.next_row)
            sheet.rows.append([""] * len(writing.labels))
        clean = _clean(person, writing, settings.headings, chance)
        _add(writing, person, clean, settings, chance, ledger)
        if chance.random() < whole["duplicate"]:
            ledger.error(name, "duplicate", row=sheet.next_row, learner=person["learner"])
            _add(writing, person, clean, settings, chance, ledger)


def _by_name(person: dict[str, Any]) -> tuple[str, str, int]:
    return person["family"], person["given"], person["learner"]


def _add(writing: _Writing, person: dict[str, Any], clean: Row, settings: Settings, chance: Random, ledger: Ledger) -> None:
    """One row, with what goes wrong with it noted; letters that the file cannot hold among it."""
    sheet = writing.sheet
    row = smudge(clean, person, settings.errors["values"][_COLUMNS[writing.listed.kind][0]], writing.form, chance)
    cells = []
    for field in clean:
        held = sheet.as_held(row.values[field])
        if held != clean[field]:
            ledger.error(writing.name, row.altered.get(field, "lost_letters"), row=sheet.next_row, learner=person["learner"],
                         field=writing.labels[field], true=clean[field], written=held)
        cells.append(held)
    ledger.match(writing.name, sheet.next_row, person["learner"])
    sheet.rows.append(cells)


def _clean(person: dict[str, Any], writing: _Writing, headings: Mapping[str, Any], chance: Random) -> Row:
    """What the list would say if nothing were wrong with it, field by field in the order of its columns."""
    start = person["start"]
    last_summer = academic_year_end(start)
    years = _COURSE_YEARS.get(person["code"], 1)
    # Whoever is listed is on the programme still.
    summer = max(last_summer.replace(year=last_summer.year + years - 1), academic_year_end(writing.listed.on))
    end = summer - timedelta(days=31)
    held = {
        "birth": written(person["born"], writing.form), "start": written(start, writing.form),
        "end": written(end, writing.form), "destination": _destination(person, writing.listed, headings, chance),
        "course": chance.choice(headings["courses"].get(person["code"], [""])),
    }
    if writing.listed.kind == "withdrawals":
        held |= {"left": written(person["left_on"], writing.form), "reason": why(person, headings, chance)}
    return {field: held.get(field, person.get(field)) or "" for field in writing.labels}


def _destination(person: dict[str, Any], listed: Listed, headings: Mapping[str, Any], chance: Random) -> str:
    if listed.kind == "survey":
        return chance.choice(headings["answers"].get(person["code"], ["other"]))
    if listed.kind == "withdrawals":
        return meant(person, headings, chance)
    return chance.choice(headings["destinations"].get(person["intended"], [""]))
