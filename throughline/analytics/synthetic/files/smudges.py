"""What goes wrong with one value on its way: slips, swapped days, old names and addresses, missing and invalid numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from throughline.analytics.synthetic.files.dates import written

Person = Mapping[str, Any]
Row = dict[str, str]  # what stands in each field
_ADDRESS = ("line_1", "line_2", "town", "postcode")
_NAMES = ("given", "family")
_OTHER_FORM = {"iso": "british", "british": "words", "british_short": "iso", "serial": "british", "words": "iso"}


@dataclass(frozen=True)
class Written:
    """A row as it is sent. altered says of which field by what kind; two kinds never alter one field."""

    values: Row
    altered: Mapping[str, str]


def smudge(row: Row, person: Person, rates: Mapping[str, float], form: str, chance: Random) -> Written:
    """A row with what may go wrong gone wrong, each kind as often as its rate, form being how the file writes dates.

    Chance is asked for every kind whether or not it applies, so that a rate changes no other kind's rows.
    """
    values, altered = dict(row), {}
    for kind, rate in rates.items():
        if chance.random() >= rate:
            continue
        for field, value in KINDS[kind](values, person, form, chance).items():
            if field in values and field not in altered and value != row[field]:
                values[field], altered[field] = value, kind
    return Written(values, altered)


def _slip(row: Row, _person: Person, _form: str, chance: Random) -> Row:
    """A letter of a name left out, doubled, changed for its neighbour, or put in its place."""
    field = chance.choice(_NAMES)
    name = row.get(field, "")
    if len(name) < 3:
        return {}
    at = chance.randrange(1, len(name) - 1)
    before, letter, after = name[:at], name[at], name[at + 1:]
    return {field: chance.choice((
        before + after, before + letter + letter + after, before + after[0] + letter + after[1:],
        before + chance.choice("aeioutrnsl") + after,
    ))}


def _swapped(row: Row, person: Person, form: str, _chance: Random) -> Row:
    born = person["born"]
    return {"birth": written(date(born.year, born.day, born.month), form)} if born.day <= 12 else {}


def _former_name(row: Row, person: Person, _form: str, _chance: Random) -> Row:
    return {"family": person["former_family"]} if person["former_family"] else {}


def _former_address(row: Row, person: Person, _form: str, _chance: Random) -> Row:
    return {field: person[f"former_{field}"] or "" for field in _ADDRESS} if person["former_postcode"] else {}


def _missing(field: str) -> Callable[[Row, Person, str, Random], Row]:
    return lambda row, person, form, chance: {field: ""}


def _invalid_uln(row: Row, _person: Person, _form: str, chance: Random) -> Row:
    number = row.get("uln", "")
    return {"uln": number[:-1] + str((int(number[-1]) + chance.randrange(1, 10)) % 10)} if number else {}


def _wrong_gender(row: Row, _person: Person, _form: str, _chance: Random) -> Row:
    return {"gender": "M" if row.get("gender") == "F" else "F"}


def _wrong_code(field: str, *codes: str) -> Callable[[Row, Person, str, Random], Row]:
    return lambda row, person, form, chance: {field: chance.choice(codes)}


def _shortened(row: Row, _person: Person, _form: str, _chance: Random) -> Row:
    """An establishment number without that of its authority."""
    return {"establishment": row["establishment"][3:]}


def _unspaced(row: Row, _person: Person, _form: str, chance: Random) -> Row:
    joined = row.get("postcode", "").replace(" ", "")
    return {"postcode": joined if chance.random() < 0.5 else joined.lower()}


def _stray_spaces(row: Row, _person: Person, _form: str, chance: Random) -> Row:
    field = chance.choice(_NAMES)
    return {field: chance.choice((" {}", "{} ", "{}  ")).format(row[field])}


def _names_swapped(row: Row, _person: Person, _form: str, _chance: Random) -> Row:
    return {"given": row["family"], "family": row["given"]}


def _capitals(row: Row, _person: Person, _form: str, _chance: Random) -> Row:
    return {field: row[field].upper() for field in _NAMES}


def _other_date_form(row: Row, person: Person, form: str, _chance: Random) -> Row:
    return {"birth": written(person["born"], _OTHER_FORM[form])}


KINDS: dict[str, Callable[[Row, Person, str, Random], Row]] = {
    "slip": _slip,
    "day_and_month_swapped": _swapped,
    "former_name": _former_name,
    "former_address": _former_address,
    "missing_upn": _missing("upn"),
    "missing_uln": _missing("uln"),
    "missing_birth": _missing("birth"),
    "missing_postcode": _missing("postcode"),
    "missing_ethnic_group": _missing("ethnic_group"),
    "invalid_uln": _invalid_uln,
    "wrong_gender": _wrong_gender,
    "wrong_ethnic_group": _wrong_code("ethnic_group", "WBRT", "ASIA", "99"),
    "wrong_activity": _wrong_code("activity", "215", "999", "61"),
    "missing_activity": _missing("activity"),
    "shortened_establishment": _shortened,
    "postcode_unspaced": _unspaced,
    "stray_spaces": _stray_spaces,
    "names_swapped": _names_swapped,
    "capitals": _capitals,
    "other_date_form": _other_date_form,
}
