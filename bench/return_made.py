"""Invented records of a monthly return, plain and nearly all in order, as many as a measurement wants."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from throughline.analytics.formats.nccis.record import Header, Record

HEADER = Header(("899",), ("899",), date(2019, 5, 1), date(2019, 4, 30), "Throughline", "1.0", "1.0")
# What some suppliers' systems and later years write in every record, put into one that is written plainly.
ODD = {
    "an attribute on every record": ("<YoungPersonsRecord>", '<YoungPersonsRecord version="2">'),
    "an unknown element in every record": ("<Gender>", "<NewField>2026-09-01</NewField><Gender>"),
}
_GIVEN = ("Amina", "Ben", "Chloe", "Dilan", "Ewa", "François", "Grace", "Hamza", "Isla", "Jakub", "Kezia", "Leo")
_FAMILY = ("Adeyemi", "Brook", "Carter", "Dhillon", "Ellis", "Fox", "Greenwood", "Hussain", "Ito", "Jones", "Kowalski", "Lamb")
_STREETS = ("High Street", "Station Road", "Mill Lane", "Church View", "Harbour Rise", "The Crescent")
_ETHNIC = ("WBRI", "WOTH", "MWBC", "APKN", "AIND", "BAFR", "NOBT")
_EDUCATION = ("210", "220", "230")
_NEET = ("619", "610", "640")
_SCHOOLS = ("Saltmere Academy", "Harbour School", "Arts & Sciences College", "St Dunstan’s", "Northgate High School")


def records(count: int, seed: int = 1) -> Iterator[Record]:
    """So many records, the same for the same seed; about one in fifty lacks something that a rule asks for."""
    random = Random(seed)
    for number in range(1, count + 1):
        yield _record(random, number)


def _record(random: Random, number: int) -> Record:
    birth = date(2000, 9, 1) + timedelta(random.randrange(730))  # years 12 and 13
    start = date(2018, 9, 1) + timedelta(random.randrange(60))
    told = start + timedelta(random.randrange(40))
    confirmed = told + timedelta(random.randrange(100))
    kind = random.random()
    activity: dict[str, str] = {"activity_code": random.choice(_EDUCATION), "due_to_lapse_date": "2019-07-31",
                                "predicted_end_date": "2019-07-31"}
    if kind > 0.95:
        activity = {"activity_code": random.choice(_NEET), "neet_start_date": str(start)}
    elif kind > 0.9:
        activity = {"activity_code": "310", "due_to_lapse_date": "2019-12-31"}
    return Record(
        young_persons_id=f"899{number:010}", cohort_status="P",
        given_name=f"{random.choice(_GIVEN)}-{random.choice(_GIVEN)}",
        family_name=random.choice(_FAMILY) + (f"-{random.choice(_FAMILY)}" if kind > 0.5 else ""),
        address_line_1=f"{random.randrange(1, 200)} {random.choice(_STREETS)}", town="Saltmere",
        postcode="" if random.random() > 0.98 else f"ZZ{random.randrange(10, 99)} {random.randrange(1, 9)}ZZ",
        gender=random.choice("FM"), dob=str(birth), ethnicity=random.choice(_ETHNIC), lead_lea="899", educated_lea="899",
        lea_at_year_11="899", unique_learner_no=str(1_000_000_000 + number), unique_pupil_number=f"A899{number:09}",
        guarantee_indicator="N", level_of_need="3", send_flag="N", sen_support_flag="Y" if random.random() > 0.9 else "N",
        start_date=str(start), date_ascertained=str(told), date_verified=str(confirmed), currency_lapsed="N",
        establishment_number=f"899{random.randrange(4000, 4040)}", establishment_name=random.choice(_SCHOOLS),
        characteristics=("140",) if random.random() > 0.97 else (), **activity,
    )
