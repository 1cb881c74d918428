"""The lists that schools, colleges, providers and young people send: each with its own headings, order and mistakes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from throughline.analytics.synthetic.files.dates import written
from throughline.analytics.synthetic.files.ledger import Ledger
from throughline.analytics.synthetic.files.sheets import WINDOWS, Sheet, day_of, write_sheet
from throughline.analytics.synthetic.files.smudges import Row, smudge
from throughline.core.ages import academic_year_end

# What each kind of list holds beside given and family, and whether the sender may leave the column out.
_COLUMNS = {
    "leavers": ("school", ("birth", "gender", "upn", "address_1", "address_2", "town", "postcode", "destination"),
                ("uln", "phone", "middle")),
    "starters": ("school", ("birth", "gender", "upn", "postcode", "start"), ("uln", "phone", "course", "middle")),
    "enrolments": ("college", ("birth", "uln", "postcode", "course", "start", "end"), ("gender", "phone", "middle")),
    "apprentices": ("college", ("birth", "uln", "course", "start", "end"), ("postcode", "phone")),
    "survey": ("survey", ("birth", "phone", "destination"), ()),
}
_LEFT_OUT = 0.4  # of the columns that may be
_WAYS_OF = {"leavers": "school", "starters": "school", "enrolments": "college", "apprentices": "college", "survey": "survey"}
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


def write_list(listed: Listed, folder: Path, headings: Mapping[str, Any], rates: Mapping[str, Any], chance: Random,
               ledger: Ledger) -> None:
    """Write one list and note what is wrong with it."""
    vocabulary, fields = _fields(listed.kind, chance)
    form = chance.choice(headings["dates"]["forms"])
    labels = {field: chance.choice(headings[vocabulary][field]) for field in fields}
    sheet = _sheet(listed, fields, labels, form, headings, rates["files"], chance)
    name = f"{listed.name}.{'csv' if sheet.alphabet else 'xlsx'}"
    ledger.file(name, listed.kind, listed.on, institution=listed.institution, headings_row=sheet.headings_row,
                date_form=form, alphabet=sheet.alphabet)
    _note_whole(name, sheet, ledger)
    _fill(name, sheet, listed, fields, labels, form, headings, rates, chance, ledger)
    if chance.random() < rates["files"]["totals_row"]:
        ledger.error(name, "totals_row", row=sheet.next_row)
        sheet.rows.append([f"Total: {len(sheet.rows)}"])
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_sheet(sheet, path)


def _fields(kind: str, chance: Random) -> tuple[str, list[str]]:
    vocabulary, always, perhaps = _COLUMNS[kind]
    fields = [*always, *(field for field in perhaps if chance.random() >= _LEFT_OUT)]
    if chance.random() < 0.3:
        chance.shuffle(fields)
    names = ["family", "given"] if chance.random() < 0.5 else ["given", "family"]
    return vocabulary, [*names, *fields]


def _sheet(listed: Listed, fields: list[str], labels: Row, form: str, headings: Mapping[str, Any],
           rates: Mapping[str, float], chance: Random) -> Sheet:
    titles = headings["titles"].get(listed.kind)
    titled = titles is not None and chance.random() < rates["title_rows"]
    workbook = chance.random() < rates["workbook"]
    windows, mark = chance.random() < rates["windows"], chance.random() < rates["byte_order_mark"]
    return Sheet(
        titles=[f"{chance.choice(titles)} {day_of(listed.on)}"] if titled else [],
        headings=[labels[field] for field in fields],
        alphabet=None if workbook else WINDOWS if windows else "utf-8-sig" if mark else "utf-8",
        trailing_comma=not workbook and chance.random() < rates["trailing_commas"],
        serials=[at for at, field in enumerate(fields) if field in ("birth", "start", "end") and form == "serial"],
    )


def _note_whole(name: str, sheet: Sheet, ledger: Ledger) -> None:
    if sheet.titles:
        ledger.error(name, "title_rows", row=1)
    if sheet.alphabet == WINDOWS:
        ledger.error(name, "windows")
    if sheet.alphabet == "utf-8-sig":
        ledger.error(name, "byte_order_mark")
    if sheet.trailing_comma:
        ledger.error(name, "trailing_commas")


def _fill(name: str, sheet: Sheet, listed: Listed, fields: list[str], labels: Row, form: str, headings: Mapping[str, Any],
          rates: Mapping[str, Any], chance: Random, ledger: Ledger) -> None:
    values, whole = rates["values"][_WAYS_OF[listed.kind]], rates["rows"][_WAYS_OF[listed.kind]]
    strays = {person["learner"] for person in listed.strays}
    for person in _together(listed):
        if person["learner"] in strays:
            ledger.error(name, "also_elsewhere", row=sheet.next_row, learner=person["learner"])
        elif chance.random() < whole["left_out"]:
            ledger.error(name, "left_out", learner=person["learner"])
            continue
        if chance.random() < whole["blank"]:
            ledger.error(name, "blank_row", row=sheet.next_row)
            sheet.rows.append([""] * len(fields))
        clean = _clean(person, listed, fields, form, headings, chance)
        again = chance.random() < whole["duplicate"]
        for copy in range(1 + again):
            if copy:
                ledger.error(name, "duplicate", row=sheet.next_row, learner=person["learner"])
            _write_row(name, sheet, person, clean, labels, form, values, chance, ledger)


def _together(listed: Listed) -> Iterable[dict[str, Any]]:
    """Everybody of a list by family name, as senders have it."""
    return sorted([*listed.people, *listed.strays], key=lambda each: (each["family_name"], each["given_name"], each["learner"]))


def _write_row(name: str, sheet: Sheet, person: dict[str, Any], clean: Row, labels: Row, form: str,
               values: Mapping[str, float], chance: Random, ledger: Ledger) -> None:
    row = smudge(clean, person, values, form, chance)
    cells = []
    for field in clean:
        held = sheet.as_held(row.values[field])
        if held != clean[field]:
            ledger.error(name, row.altered.get(field, "lost_letters"), row=sheet.next_row, learner=person["learner"],
                         field=labels[field], true=clean[field], written=held)
        cells.append(held)
    ledger.match(name, sheet.next_row, person["learner"])
    sheet.rows.append(cells)


def _clean(person: dict[str, Any], listed: Listed, fields: list[str], form: str, headings: Mapping[str, Any],
           chance: Random) -> Row:
    """What the list would say if nothing were wrong with it, field by field in the order of its columns."""
    start = person["start"]
    years = _COURSE_YEARS.get(person["code"], 1)
    end = academic_year_end(start).replace(year=academic_year_end(start).year + years - 1) - timedelta(days=31)
    held = {
        "given": person["given_name"], "family": person["family_name"], "middle": person["middle_name"],
        "birth": written(person["born"], form), "start": written(start, form), "end": written(end, form),
        "destination": _destination(person, listed, headings, chance),
        "course": chance.choice(headings["courses"].get(person["code"], [""])),
    }
    return {field: held.get(field, person.get(field)) or "" for field in fields}


def _destination(person: dict[str, Any], listed: Listed, headings: Mapping[str, Any], chance: Random) -> str:
    if listed.kind == "survey":
        return chance.choice(headings["answers"].get(person["code"], ["other"]))
    return chance.choice(headings["destinations"].get(person["intended"], [""]))
