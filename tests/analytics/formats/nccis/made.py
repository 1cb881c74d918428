"""One invented record that every rule of April 2019 passes, and the XML of any, written plainly by hand."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

from django.conf import settings

from throughline.analytics.formats.nccis.check import Report, check_return
from throughline.analytics.formats.nccis.checking import Context
from throughline.analytics.formats.nccis.edition import Editions, load_editions
from throughline.analytics.formats.nccis.known import Codes, Setting, load_codes
from throughline.analytics.formats.nccis.record import ELEMENTS, Header, Record

APRIL = date(2019, 4, 30)
HEADER = Header(("123",), ("391", "392"), date(2019, 5, 1), APRIL, "A supplier", "1.0", "1.0")
# Sixteen on 31 August 2018, and so in year 12.
GOOD = Record(
    young_persons_id="1230000000001", cohort_status="P", given_name="Ada", family_name="Marsh", address_line_1="1 Mill Lane",
    town="Marlford", postcode="ZZ1 1ZZ", gender="F", dob="2002-01-15", ethnicity="WBRI", lead_lea="391", educated_lea="391",
    lea_at_year_11="391", unique_learner_no="1234567890", unique_pupil_number="A391123400001", guarantee_indicator="N",
    level_of_need="3", send_flag="N", sen_support_flag="N", activity_code="210", start_date="2018-09-05",
    date_ascertained="2018-09-20", date_verified="2018-10-03", due_to_lapse_date="2019-08-31", currency_lapsed="N",
    establishment_number="3914000", establishment_name="Marlford School", provider="10001234",
    predicted_end_date="2020-07-31",
)
HEADER_XML = (
    "<FileHeader><Databases><DatabaseID>123</DatabaseID></Databases>"
    "<SourceLEAs><LEACode>391</LEACode><LEACode>392</LEACode></SourceLEAs>"
    "<DateOfSend>2019-05-01</DateOfSend><PeriodEnd>2019-04-30</PeriodEnd><SupplierName>A supplier</SupplierName>"
    "<SupplierXMLVersion>1.0</SupplierXMLVersion><XMLSchemaVersion>1.0</XMLSchemaVersion></FileHeader>"
)
_PERSON = tuple(ELEMENTS)[:23]
_COHORT = ("activity_code", "start_date", "date_ascertained", "date_verified", "review_date", "due_to_lapse_date",
           "currency_lapsed", "establishment_number", "establishment_name", "provider", "neet_start_date", "predicted_end_date")


@cache
def editions() -> Editions:
    """The rules as they are."""
    return load_editions(settings.DEFINITIONS)


@cache
def codes() -> Codes:
    """The code lists as they are."""
    return load_codes(settings.DEFINITIONS)


def context(period_end: date = APRIL, edition: str | None = None) -> Context:
    """Every rule ready for a file of HEADER's authorities, of the period's edition unless another is named."""
    rules = next(each for each in editions().editions if each.name == edition) if edition else editions().on(period_end)
    return Context(rules, codes(), Setting(period_end, frozenset(HEADER.authorities), frozenset(HEADER.database_ids)))


def leaf(record: Record, field: str) -> str:
    """One element with its value."""
    name = ELEMENTS[field].rpartition("/")[2]
    return f"<{name}>{escape(getattr(record, field))}</{name}>"


def record_xml(record: Record) -> str:
    """A record without any space between its elements."""
    blocks = "".join(
        f"<Year{year}>{leaf(record, f'year_{year}_status')}{leaf(record, f'year_{year}_lea')}</Year{year}>"
        for year in (11, 12) if getattr(record, f"year_{year}_status") or getattr(record, f"year_{year}_lea")
    )
    characteristics = "".join(f"<CharacteristicCode>{escape(code)}</CharacteristicCode>" for code in record.characteristics)
    return (
        f"<YoungPersonsRecord><PersonalDetails>{''.join(leaf(record, field) for field in _PERSON)}</PersonalDetails>"
        f"<SeptemberGuarantee>{blocks}</SeptemberGuarantee><LevelOfNeed>"
        f"{''.join(leaf(record, field) for field in ('level_of_need', 'send_flag', 'sen_support_flag'))}"
        f"{f'<Characteristics>{characteristics}</Characteristics>' if characteristics else ''}</LevelOfNeed><Activities><Cohort>"
        f"{''.join(leaf(record, field) for field in _COHORT)}</Cohort></Activities>"
        f"<IntendedDestination>{leaf(record, 'intended_destination')}</IntendedDestination></YoungPersonsRecord>"
    )


def file_xml(records: Iterable[Record], header: str = HEADER_XML) -> str:
    """A whole return."""
    return f"<NCCIS>{header}{''.join(record_xml(record) for record in records)}</NCCIS>"


def checked(xml: str | bytes, name: str = "return.xml") -> Report:
    """The report on a file's content."""
    return check_return(BytesIO(xml.encode() if isinstance(xml, str) else xml), name, editions(), codes())


def numbers(report: Report) -> list[int]:
    """The numbers of the rules a report names, in order, each as often as it does."""
    return sorted(error.rule.number for error in report.errors)


def header_behind(records: int) -> Callable[[str], str]:
    """The header behind so many of the records; behind all where there are fewer."""
    def moved(xml: str) -> str:
        head, _, rest = xml.replace(HEADER_XML, "").partition("<NCCIS>")
        found = re.findall("<YoungPersonsRecord>.*?</YoungPersonsRecord>", rest)
        return f"{head}<NCCIS>{''.join(found[:records])}{HEADER_XML}{''.join(found[records:])}</NCCIS>"

    return moved
