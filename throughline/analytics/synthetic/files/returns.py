"""The monthly return as a previous system wrote it: its own order of elements, its own case, a namespace by the year."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.cohort import Edition as CohortEdition
from throughline.analytics.participation.currency import Edition as CurrencyEdition
from throughline.analytics.participation.tables import EHC_PLAN, SEN_SUPPORT
from throughline.analytics.synthetic.files.dates import written
from throughline.analytics.synthetic.files.ledger import Ledger
from throughline.analytics.synthetic.files.smudges import Row, Written, smudge
from throughline.core.ages import year_group

SUPPLIER, SUPPLIER_VERSION, SCHEMA_VERSION = "Harbourlight Tracking", "7.2", "1.0"
_LAST_OF_SCHOOL = 11
_SPRING_TO_SUMMER = range(4, 9)
_CONTINUES = "114"
_SECOND = 5_000_000  # above every identifier that was given once
_PERSONAL = ("family", "given", "middle", "birth", "gender", "ethnic_group", "uln", "upn")
# What each field is called in the return; the names of the fields are those that files of every kind share.
ELEMENTS = {
    "identifier": "YoungPersonsID", "status": "CohortStatus", "given": "GivenName", "middle": "MiddleName",
    "family": "FamilyName", "address_1": "AddressLine1", "address_2": "AddressLine2", "address_3": "AddressLine3",
    "address_4": "AddressLine4", "town": "Town", "county": "County", "postcode": "Postcode", "gender": "Gender",
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
_ACTIVITY = ("activity", "start", "verified", "ascertained", "lapses", "lapsed", "review", "end", "neet_since", "provider",
             "institution", "establishment")
_NEED = ("send", "support", "need")


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
        "identifier": f"{person['area']}{person['learner']:010}", "given": person["given_name"],
        "middle": person["middle_name"], "family": person["family_name"], "lead": person["area"],
        "educated": (person["establishment"] or person["area"])[:3], "at_year_11": person["area"],
        "transferred_to": person["transferred_to"] if person["status"] == "T" else "", "guarantee_flag": "N",
        "need": person["level_of_need"], "send": "Y" if EHC_PLAN in traits else "N",
        "support": "Y" if SEN_SUPPORT in traits else "N", "activity": person["code"],
        "lapsed": "Y" if lapses and lapses < month.end else "N",
        "establishment": person["establishment"] or f"{person['area']}9999",
        "intended": person["intended"] if group == _LAST_OF_SCHOOL else "",
        "characteristics": ";".join(trait for trait in traits if trait not in (EHC_PLAN, SEN_SUPPORT)),
    }
    alike = ("status", "address_1", "address_2", "town", "postcode", "gender", "ethnic_group", "uln", "upn", "provider",
             "institution")
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


def sent(name: str, kind: str, people: Iterator[dict[str, Any]], month: Month, form: str, rates: dict[str, Any],
         chance: Random, ledger: Ledger, first_row: int, labels: dict[str, str]) -> Iterator[Row]:
    """The rows as they are sent, noting every difference; labels are the names of the fields in the file."""
    values, whole = rates["values"][kind], rates["rows"][kind]
    number = first_row
    for person in people:
        if not belongs(person, month):
            continue
        if chance.random() < whole["left_out"]:
            ledger.error(name, "left_out", learner=person["learner"])
            continue
        clean = return_row(person, month, form)
        again = chance.random() < whole["duplicate"]
        for copy in range(1 + again):
            row = smudge(clean, person, values, form, chance)
            if copy:
                ledger.error(name, "duplicate", row=number, learner=person["learner"])
                if chance.random() < whole["second_identifier"]:
                    row = _registered_twice(row)
            for field, altered in row.altered.items():
                ledger.error(name, altered, row=number, learner=person["learner"], field=labels[field],
                             true=clean[field], written=row.values[field])
            ledger.match(name, number, person["learner"])
            yield row.values
            number += 1


def _registered_twice(row: Written) -> Written:
    """A row with another identifier: two records of the previous system are of one learner."""
    identifier = row.values["identifier"]
    other = f"{identifier[:3]}{int(identifier[3:]) + _SECOND:010}"
    return Written({**row.values, "identifier": other}, {**row.altered, "identifier": "second_identifier"})


def write_return(path: Path, area: str, month: Month, rows: Iterator[Row]) -> None:
    """The return as XML, a record at a time."""
    year = month.end.year if month.end.month > 3 else month.end.year - 1
    with ExitStack() as files:
        file = files.enter_context(path.open("w", encoding="utf-8", newline="\n"))
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write(f'<nccis xmlns="urn:harbourlight:nccis:{year}-{(year + 1) % 100:02}">\n')
        file.write(_header(area, month.end))
        for row in rows:
            file.write(_record(row))
        file.write("</nccis>\n")


def _header(area: str, end: date) -> str:
    inner = (_element("SupplierName", SUPPLIER) + _element("SupplierXMLVersion", SUPPLIER_VERSION)
             + _element("XMLSchemaVersion", SCHEMA_VERSION) + _element("PeriodEnd", end.isoformat())
             + _element("DateOfSend", (end + timedelta(days=6)).isoformat())
             + _block("SourceLEAs", _element("LEACode", area)) + _block("Databases", _element("DatabaseID", area)))
    return _block("FileHeader", inner) + "\n"


def _record(row: Row) -> str:
    rest = [field for field in ELEMENTS if field not in (*_PERSONAL, *_ACTIVITY, *_NEED, "intended")]
    personal = _fields(row, [*rest[:2], *_PERSONAL, *rest[2:]])
    guarantee = "".join(
        _block(f"Year{year}", _element("LEACode", row["lead"]) + _element("GuaranteeStatus", row[f"guarantee_{year}"]))
        for year in (11, 12) if row[f"guarantee_{year}"]
    )
    held = "".join(_element("CharacteristicCode", code) for code in row["characteristics"].split(";") if code)
    return _block("YoungPersonsRecord", (
        _block("PersonalDetails", personal)
        + _block("LevelOfNeed", (_block("Characteristics", held) if held else "") + _fields(row, _NEED))
        + _block("SeptemberGuarantee", guarantee)
        + _block("IntendedDestination", _fields(row, ["intended"]))
        + _block("Activities", _block("Cohort", _fields(row, _ACTIVITY)))
    )) + "\n"


def _fields(row: Row, fields: Any) -> str:
    return "".join(_element(ELEMENTS[field], row[field]) for field in fields)


def _cased(name: str) -> str:
    """A name in this supplier's case: its first letter small."""
    return name[0].lower() + name[1:]


def _element(name: str, text: str) -> str:
    return f"<{_cased(name)}>{escape(text)}</{_cased(name)}>" if text else f"<{_cased(name)}/>"


def _block(name: str, inner: str) -> str:
    return f"<{_cased(name)}>{inner}</{_cased(name)}>"
