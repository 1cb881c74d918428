"""Writes every file that would be sent about an invented authority, and the book of what is wrong with them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from throughline.analytics.participation.codesets import load_codeset
from throughline.analytics.participation.cohort import load_cohort
from throughline.analytics.participation.currency import load_currency
from throughline.analytics.synthetic.files.believed import Truth
from throughline.analytics.synthetic.files.flat import FORM, HEADINGS_ROW, write_flat
from throughline.analytics.synthetic.files.ledger import Ledger
from throughline.analytics.synthetic.files.lists import Listed, write_list
from throughline.analytics.synthetic.files.markup import write_return
from throughline.analytics.synthetic.files.returns import Month, Sending, sent
from throughline.analytics.synthetic.files.smudges import Row
from throughline.analytics.synthetic.people import World
from throughline.core.ages import academic_year, year_group
from throughline.core.periods import month_before

_SURVEY = (11, 1)
_YEAR_11, _YEAR_12 = 11, 12
_COLLEGE_CODES = {"220", "230", "250", "280"}
_PROVIDER_CODES = {"310", "320", "410", "430", "460", "530"}


def write_files(
    definitions: Path, world: World, folder: Path, done: Callable[[float], None],
) -> tuple[dict[str, int], dict[str, int]]:
    """Write folder/files from folder/truth; rows by file, and differences by kind. done is told the share written."""
    files, truth = folder / "files", Truth(folder / "truth")
    files.mkdir()
    with Ledger(folder / "truth") as ledger:
        _returns(definitions, world, truth, files, ledger, done)
        listed = [*_lists(world, truth), _survey(world, truth)]
        for number, each in enumerate(listed, 1):
            chance = Random(f"{world.seed} {each.name}")
            write_list(each, files, world.settings, chance, ledger)
            done(0.5 + 0.5 * number / len(listed))
    return dict(ledger.rows), dict(ledger.altered)


def _returns(definitions: Path, world: World, truth: Truth, files: Path, ledger: Ledger, done: Callable[[float], None]) -> None:
    """The return of the last whole month and of the one before as XML, and of the last as a flat file."""
    activities = load_codeset(definitions, "activity")
    cohort, currency = load_cohort(definitions), load_currency(definitions)
    last, area = month_before(world.until + timedelta(days=1)), world.areas[0]

    def rows(sending: Sending) -> Iterator[Row]:
        chance = Random(f"{world.seed} {sending.name}")
        neet = activities.where(sending.month.end, "group", "neet")
        return sent(sending, truth.believed(sending.month.end, neet), world.settings.errors, chance, ledger)

    for share, end in ((0.1, month_before(last)), (0.3, last)):
        month = Month(end, cohort.on(end), currency.on(end))
        name = f"monthly_return_{end:%Y-%m}.xml"
        ledger.file(name, "return", end, institution=area)
        write_return(files / name, area, month, rows(Sending(name, "return", month, "iso", 1)))
        done(share)
    name = f"flat_return_{last:%Y-%m}.csv"
    ledger.file(name, "flat", last, institution=area, headings_row=HEADINGS_ROW, date_form=FORM, alphabet="utf-8-sig")
    write_flat(files / name, area, month, rows(Sending(name, "flat", month, FORM, HEADINGS_ROW + 1)))
    done(0.5)


def _lists(world: World, truth: Truth) -> Iterator[Listed]:
    """Leavers and starters of each school, enrolments and withdrawals of each college, apprentices and trainees of providers."""
    year = academic_year(world.until)
    july = date(year, 7, 31)
    leavers: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for person in truth.really(july):
        if year_group(person["born"], july) == _YEAR_11:
            leavers[person["school_at_16"]].append(person)
    starters, elsewhere, enrolled, apprentices = _starters(world, truth)
    for school, people in sorted(leavers.items()):
        yield Listed(f"schools/{school}_leavers_{year}", "leavers", school, july, people, [])
    for school, people in sorted(starters.items()):
        chance, rate = Random(f"{world.seed} strays {school}"), world.settings.errors["rows"]["school"]["also_elsewhere"]
        strays = [person for person in elsewhere[school] if chance.random() < rate]
        yield Listed(f"schools/{school}_starters_{year}", "starters", school, world.until, people, strays)
    gone: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for person in truth.left(date(year, 9, 1), world.until):
        if person["code"] in _COLLEGE_CODES:
            gone[person["provider"]].append(person)
    for college, people in sorted(gone.items()):
        yield Listed(f"colleges/{college}_withdrawals_{year}", "withdrawals", college, world.until, people, [])
    for kind, held, where in (("enrolments", enrolled, "colleges"), ("apprentices", apprentices, "providers")):
        for provider, people in sorted(held.items()):
            yield Listed(f"{where}/{provider}_{kind}_{year}", kind, provider, world.until, people, [])


def _starters(world: World, truth: Truth) -> tuple[dict[str, list[dict[str, Any]]], ...]:
    """Who started year 12 at each school, who of each went to a college instead, and who is at each college and provider."""
    starters, elsewhere, enrolled, apprentices = (defaultdict(list) for _ in range(4))
    for person in truth.really(world.until):
        new = year_group(person["born"], world.until) == _YEAR_12
        if new and person["code"] == "210":
            starters[person["establishment"]].append(person)
        if new and person["code"] in _COLLEGE_CODES:
            elsewhere[person["school_at_16"]].append(person)
        if person["code"] in _COLLEGE_CODES and person["provider"]:
            enrolled[person["provider"]].append(person)
        if person["code"] in _PROVIDER_CODES and person["provider"]:
            apprentices[person["provider"]].append(person)
    return starters, elsewhere, enrolled, apprentices


def _survey(world: World, truth: Truth) -> Listed:
    """What those who had left year 11 replied of 1 November, the last one known of."""
    month, day = _SURVEY
    first = date(world.until.year, month, day)
    held = first if first <= world.until else first.replace(year=first.year - 1)
    people: list[dict[str, Any]] = [
        person for person in truth.really(held) if year_group(person["born"], held) == _YEAR_12
    ]
    return Listed(f"activity_survey_{held.year}", "survey", None, held, people, [])
