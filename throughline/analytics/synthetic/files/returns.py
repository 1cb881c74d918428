"""What the monthly return says of each learner, and what of that is sent with mistakes in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.cohort import Edition as CohortEdition
from throughline.analytics.participation.currency import Edition as CurrencyEdition
from throughline.analytics.participation.tables import EHC_PLAN, SEN_SUPPORT
from throughline.analytics.synthetic.files.dates import written
from throughline.analytics.synthetic.files.ledger import Ledger
from throughline.analytics.synthetic.files.smudges import Row, Written, smudge
from throughline.core.ages import year_group

_LAST_OF_SCHOOL = 11
_SPRING_TO_SUMMER = range(4, 9)
_CONTINUES = "114"
_SECOND = 5_000_000  # above every identifier that was given once
# What each field is called in the return; the names of the fields are those that files of every kind share.
ELEMENTS = {
    "identifier": "YoungPersonsID", "status": "CohortStatus", "given": "GivenName", "middle": "MiddleName",
    "family": "FamilyName", "line_1": "AddressLine1", "line_2": "AddressLine2", "line_3": "AddressLine3",
    "line_4": "AddressLine4", "town": "Town", "county": "County", "postcode": "Postcode", "gender": "Gender",
    "birth": "DOB", "ethnic_group": "Ethnicity", "lead": "LeadLEA", "educated": "EducatedLEA",
    "transferred_to": "TransferredToLACode", "at_year_11": "LEACodeAtYear11", "uln": "UniqueLearnerNo",
    "upn": "UniquePupilNumber", "guarantee_flag": "GuaranteeStatusIndicator", "previous": "PreviousYPIDIdentifier",
    "need": "LevelOfNeedCode", "send": "SENDFlag", "support": "SENSupportFlag", "activity": "ActivityCode",
    "start": "StartDate", "ascertained": "DateAscertained", "verified": "DateVerified", "review": "ReviewDate",
    "lapses": "DueToLapseDate", "lapsed": "CurrencyLapsed", "establishment": "EstablishmentNumber",
    "institution": "EstablishmentName", "provider": "UKProviderReferenceNumber", "neet_since": "NEETStartDate",
    "end": "PredictedEndDate", "intended": "IntendedDestinationYr11",
}
_BLOCKS = ("guarantee_11", "guarantee_12", "characteristics")


@dataclass(frozen=True)
class Month:
    """A month's end, with the rules that hold then."""

    end: date
    cohort: CohortEdition
    currency: CurrencyEdition


def return_row(person: dict[str, Any], month: Month, form: str) -> Row:
    """What the return says of somebody: every field as text, and the blocks guarantee_11, guarantee_12, characteristics."""
    group = year_group(person["born"], month.end)
    traits = person["traits"]
    activity = Activity(person["code"] or "", person["start"] or month.end, person["ascertained"], person["verified"],
                        person["review"], person["predicted_end"])
    lapses = month.currency.lapse_date(activity) if person["code"] else None
    days = {"start": person["start"], "ascertained": person["ascertained"], "verified": person["verified"],
            "review": person["review"], "lapses": lapses, "neet_since": person["neet_since"], "end": person["predicted_end"],
            "birth": person["born"]}
    plain = {
        "identifier": f"{person['area']}{person['learner']:010}", "lead": person["area"],
        "educated": (person["establishment"] or person["area"])[:3], "at_year_11": person["area"],
        "transferred_to": person["transferred_to"] if person["status"] == "T" else "", "guarantee_flag": "N",
        "need": person["level_of_need"], "send": "Y" if EHC_PLAN in traits else "N",
        "support": "Y" if SEN_SUPPORT in traits else "N", "activity": person["code"],
        "lapsed": "Y" if lapses and lapses < month.end else "N",
        "establishment": person["establishment"] or f"{person['area']}9999",
        "intended": person["intended"] if group == _LAST_OF_SCHOOL else "",
        "characteristics": ";".join(trait for trait in traits if trait not in (EHC_PLAN, SEN_SUPPORT)),
    }
    alike = ("status", "given", "middle", "family", "line_1", "line_2", "town", "postcode", "gender", "ethnic_group", "uln",
             "upn", "provider", "institution")
    row = dict.fromkeys((*ELEMENTS, *_BLOCKS), "")
    row |= {field: person[field] or "" for field in alike} | {field: value or "" for field, value in plain.items()}
    row |= {field: written(day, form) for field, day in days.items()}
    row |= _guarantee(person, month.end, group)
    return row


def _guarantee(person: dict[str, Any], end: date, group: int) -> Row:
    """The block of the September Guarantee that is due for a year group at that time of the year, and its flag."""
    first = _LAST_OF_SCHOOL if end.month in _SPRING_TO_SUMMER else _LAST_OF_SCHOOL + 1
    if not person["guarantee"] or person["status"] != "P":
        return {}
    if group == first:
        return {"guarantee_11": person["guarantee"], "guarantee_flag": "Y"}
    if group == first + 1:
        made = person["guarantee"] == "110"
        return {"guarantee_12": _CONTINUES if made else person["guarantee"], "guarantee_flag": "Y"}
    return {}


def belongs(person: dict[str, Any], month: Month) -> bool:
    """Whether somebody is in the month's return: tracked, in the last year of school, or having left in the month."""
    before = month.end - timedelta(days=month.end.day)
    on, has_plan = (month.end, EHC_PLAN in person["traits"]) if person["status"] == "P" else (before, True)
    return month.cohort.tracks(person["born"], has_plan, on) or year_group(person["born"], on) == _LAST_OF_SCHOOL


@dataclass(frozen=True)
class Sending:
    """One file of a month's return: its kind in errors.toml, how it writes days, and the row of its first record."""

    name: str
    kind: str
    month: Month
    form: str
    first_row: int


def sent(sending: Sending, people: Iterator[dict[str, Any]], errors: Mapping[str, Any], chance: Random,
         ledger: Ledger) -> Iterator[Row]:
    """The rows as they are sent, one after another, with every difference noted."""
    whole, number = errors["rows"][sending.kind], sending.first_row
    for person in people:
        if not belongs(person, sending.month):
            continue
        if chance.random() < whole["left_out"]:
            ledger.error(sending.name, "left_out", learner=person["learner"])
            continue
        clean = return_row(person, sending.month, sending.form)
        twice = chance.random() < whole["duplicate"]
        for copy in range(1 + twice):
            row = smudge(clean, person, errors["values"][sending.kind], sending.form, chance)
            if copy:
                ledger.error(sending.name, "duplicate", row=number, learner=person["learner"])
                row = _registered_twice(row) if chance.random() < whole["second_identifier"] else row
            for field, kind in row.altered.items():
                ledger.error(sending.name, kind, row=number, learner=person["learner"], field=ELEMENTS[field],
                             true=clean[field], written=row.values[field])
            ledger.match(sending.name, number, person["learner"])
            yield row.values
            number += 1


def _registered_twice(row: Written) -> Written:
    """A row with another identifier: two records of the previous system are of one learner."""
    identifier = row.values["identifier"]
    other = f"{identifier[:3]}{int(identifier[3:]) + _SECOND:010}"
    return Written({**row.values, "identifier": other}, {**row.altered, "identifier": "second_identifier"})
