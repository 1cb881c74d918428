"""What a record of the department's return says of somebody."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

from throughline.analytics.formats.nccis.days import as_day
from throughline.analytics.formats.nccis.record import Record
from throughline.analytics.formats.nccis.unsaid import NO_ESTABLISHMENT, area_of
from throughline.analytics.intake.held import Note
from throughline.analytics.intake.said import Doing, Said
from throughline.analytics.participation.tables import EHC_PLAN, SEN_SUPPORT
from throughline.core.ages import YEAR_11, year_group

_AT_SCHOOL = "110"  # registered at a school, of compulsory school age
_FIGURES, _OF_AREA = 7, 3  # of an establishment's number, and of its authority's
# The fields of a record that say where somebody lives, with what the register calls each.
HOME = {"address_line_1": "line_1", "address_line_2": "line_2", "address_line_3": "line_3", "address_line_4": "line_4",
        "town": "town", "county": "county", "postcode": "postcode"}
_SCHEMES = {"young_persons_id": "young_persons_id", "upn": "unique_pupil_number", "uln": "unique_learner_no",
            "previous_young_persons_id": "previous_id"}
_FLAGS = {EHC_PLAN: "send_flag", SEN_SUPPORT: "sen_support_flag"}
_BLOCKS = ("year_11", "year_12")
_OF_SAID = {"given_name": "given", "middle_name": "middle", "family_name": "family", "dob": "born", "gender": "gender",
            "ethnicity": "ethnic_group", "intended_destination": "intended_destination", "lea_at_year_11": "area_at_16",
            "level_of_need": "level_of_need", "cohort_status": "status", "transferred_to": "transferred_to"}
_OF_DOING = {"activity_code": "code", "start_date": "start", "date_ascertained": "ascertained", "date_verified": "verified",
             "review_date": "review", "predicted_end_date": "predicted_end", "establishment_number": "establishment",
             "establishment_name": "establishment_name", "provider": "ukprn", "neet_start_date": "neet_start"}


@dataclass(frozen=True, eq=False)
class Lists:
    """The codes that a record may carry, by the register's names for their lists; what is wrong with a number; and what the
    directory calls the place of a number, empty where it has none.
    """

    codes: dict[str, Collection[str]]
    faults: Callable[[str, str], str | None]
    called: Callable[[str], str] = lambda number: ""


def said_by(record: Record, as_at: date, lists: Lists) -> tuple[Said, list[Note]]:
    """What a record says, and what of it cannot be used. as_at is the last day of the return's month."""
    notes: list[Note] = []

    def coded(name: str, printed: str) -> str:
        if printed and printed not in lists.codes[name]:
            notes.append(Note(name, printed, "a code of the list", "give a code of the list; the rest of the record was read"))
            return ""
        return printed

    def numbered(scheme: str, printed: str) -> str:
        fault = lists.faults(scheme, printed) if printed else None
        if fault:
            notes.append(Note(scheme, printed, "a number that can be one", f"{fault}; the rest of the record was read"))
        return "" if fault else "".join(printed.split()).upper()

    characteristics = {code for printed in record.characteristics if (code := coded("characteristic", printed))}
    said_yes = {trait for trait, flag in _FLAGS.items() if getattr(record, flag).upper() == "Y"}
    said_no = {trait for trait, flag in _FLAGS.items() if getattr(record, flag).upper() == "N"}
    born = as_day(record.dob)
    doing = _doing(record, as_at, coded("activity", record.activity_code), lists, notes)
    said = Said(
        given=record.given_name[:100], middle=record.middle_name[:100], family=record.family_name[:100], born=born,
        gender=coded("gender", record.gender), ethnic_group=coded("ethnic_group", record.ethnicity),
        intended_destination=coded("intended_destination", record.intended_destination),
        identifiers={scheme: number for scheme, field in _SCHEMES.items()
                     if (number := numbered(scheme, getattr(record, field)))},
        address={ours: text[:100] for theirs, ours in HOME.items() if (text := getattr(record, theirs))},
        school_at_16=_school_at_16(record, born, as_at, doing.establishment if doing else ""),
        area_at_16=_area(record.lea_at_year_11), doing=doing,
        traits=frozenset(characteristics | said_yes),
        ended=frozenset((set(lists.codes["characteristic"]) - characteristics) | said_no),
        level_of_need=coded("level_of_need", record.level_of_need),
        guarantees={block: (code, getattr(record, f"{block}_lea")) for block in _BLOCKS
                    if (code := coded("guarantee_status", getattr(record, f"{block}_status")))},
        status=record.cohort_status, transferred_to=record.transferred_to, whole=True,
        area=record.lead_lea,
    )
    return said, notes


def printed_by(said: Said, field: str) -> str:
    """What a row of any file says in a field of a record, as a record prints it; empty where it says nothing, and of
    characteristics and flags, which are held together and not by what one row says.
    """
    if field in _OF_DOING:
        value = getattr(said.doing, _OF_DOING[field], None)
    elif field in _OF_SAID:
        value = getattr(said, _OF_SAID[field])
    elif field in HOME:
        value = said.address.get(HOME[field])
    else:
        value = next((said.identifiers.get(scheme) for scheme, theirs in _SCHEMES.items() if theirs == field), None)
    return value.isoformat() if isinstance(value, date) else value or ""


def doing_by_days(record: Record, as_at: date, codes: Collection[str]) -> Doing | None:
    """The activity, of these codes, with its days and nothing of where it is; None where the record says none that started.

    A return vouches for it on the day it was last confirmed, and on none after as_at, the last day of its month.
    """
    start = as_day(record.start_date)
    if start is None or record.activity_code not in codes:
        return None
    ascertained, verified = as_day(record.date_ascertained), as_day(record.date_verified)
    vouched = min(max(start, verified or ascertained or start), as_at)
    return Doing(record.activity_code, vouched, start, ascertained, as_day(record.review_date), as_day(record.predicted_end_date))


def _doing(record: Record, as_at: date, code: str, lists: Lists, notes: list[Note]) -> Doing | None:
    """The activity and where it is."""
    if not code:
        return None
    by_days = doing_by_days(record, as_at, (code,))
    if by_days is None:
        notes.append(Note("start_date", record.start_date, "a day on which it started",
                          "give a day of the calendar, as year-month-day; the activity of this record was not read"))
        return None
    place = _place(record, lists, notes)
    educated_in = _area(record.educated_lea)
    if educated_in == area_of(place, record.lead_lea):
        educated_in = ""  # as a return has it where nobody has said
    provider = record.provider if len(record.provider) == 8 and record.provider.isdecimal() else ""
    number, name = place or provider, record.establishment_name[:200]
    if not number or name == lists.called(number):
        name = ""  # as a return has it where nobody has said
    return replace(by_days, establishment=place, establishment_name=name, ukprn=provider, educated_in=educated_in,
                   neet_start=as_day(record.neet_start_date))


def _place(record: Record, lists: Lists, notes: list[Note]) -> str:
    """The establishment's number; empty for the number of no establishment, and for one of no authority, of which a note."""
    number = record.establishment_number
    if len(number) != _FIGURES or not number.isdecimal() or number.endswith(NO_ESTABLISHMENT):
        return ""
    if fault := lists.faults("establishment", number):
        notes.append(Note("establishment", number, "a number that can be one", f"{fault}; the rest of the record was read"))
        return ""
    return number


def _area(printed: str) -> str:
    return printed if len(printed) == _OF_AREA and printed.isdecimal() else ""


def _school_at_16(record: Record, born: date | None, as_at: date, place: str) -> str:
    """The school of year 11: where somebody is in that year, or was when they were last known to be at school."""
    if born is None or not place:
        return ""
    group = year_group(born, as_at)
    return place if group == YEAR_11 or (group > YEAR_11 and record.activity_code == _AT_SCHOOL) else ""
