"""One young person's record of a return, as printed, and the header that says whose records a file holds."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Record(NamedTuple):
    """One record: every field as printed, without space around it; empty where nothing was given.

    year_11_… and year_12_… are the two blocks of the September Guarantee. line is where the record began in its file,
    as an editor counts, and 0 for one that comes from no file.
    """

    young_persons_id: str = ""
    cohort_status: str = ""
    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    address_line_1: str = ""
    address_line_2: str = ""
    address_line_3: str = ""
    address_line_4: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""
    gender: str = ""
    dob: str = ""
    ethnicity: str = ""
    lead_lea: str = ""
    educated_lea: str = ""
    transferred_to: str = ""
    lea_at_year_11: str = ""
    unique_learner_no: str = ""
    unique_pupil_number: str = ""
    guarantee_indicator: str = ""
    previous_id: str = ""
    year_11_status: str = ""
    year_11_lea: str = ""
    year_12_status: str = ""
    year_12_lea: str = ""
    level_of_need: str = ""
    send_flag: str = ""
    sen_support_flag: str = ""
    activity_code: str = ""
    start_date: str = ""
    date_ascertained: str = ""
    date_verified: str = ""
    review_date: str = ""
    due_to_lapse_date: str = ""
    currency_lapsed: str = ""
    establishment_number: str = ""
    establishment_name: str = ""
    provider: str = ""
    neet_start_date: str = ""
    predicted_end_date: str = ""
    intended_destination: str = ""
    characteristics: tuple[str, ...] = ()
    line: int = 0


# Each field of a Record beside its element: the last part is the element's name, the part before it tells apart
# elements of one name.
ELEMENTS = {
    "young_persons_id": "YoungPersonsID",
    "cohort_status": "CohortStatus",
    "given_name": "GivenName",
    "middle_name": "MiddleName",
    "family_name": "FamilyName",
    "address_line_1": "AddressLine1",
    "address_line_2": "AddressLine2",
    "address_line_3": "AddressLine3",
    "address_line_4": "AddressLine4",
    "town": "Town",
    "county": "County",
    "postcode": "Postcode",
    "gender": "Gender",
    "dob": "DOB",
    "ethnicity": "Ethnicity",
    "lead_lea": "LeadLEA",
    "educated_lea": "EducatedLEA",
    "transferred_to": "TransferredToLACode",
    "lea_at_year_11": "LEACodeAtYear11",
    "unique_learner_no": "UniqueLearnerNo",
    "unique_pupil_number": "UniquePupilNumber",
    "guarantee_indicator": "GuaranteeStatusIndicator",
    "previous_id": "PreviousYPIDIdentifier",
    "year_11_status": "Year11/GuaranteeStatus",
    "year_11_lea": "Year11/LEACode",
    "year_12_status": "Year12/GuaranteeStatus",
    "year_12_lea": "Year12/LEACode",
    "level_of_need": "LevelOfNeedCode",
    "send_flag": "SENDFlag",
    "sen_support_flag": "SENSupportFlag",
    "activity_code": "ActivityCode",
    "start_date": "StartDate",
    "date_ascertained": "DateAscertained",
    "date_verified": "DateVerified",
    "review_date": "ReviewDate",
    "due_to_lapse_date": "DueToLapseDate",
    "currency_lapsed": "CurrencyLapsed",
    "establishment_number": "EstablishmentNumber",
    "establishment_name": "EstablishmentName",
    "provider": "UKProviderReferenceNumber",
    "neet_start_date": "NEETStartDate",
    "predicted_end_date": "PredictedEndDate",
    "intended_destination": "IntendedDestinationYr11",
    "characteristics": "CharacteristicCode",
}
PRINTED = Record._fields[:-2]  # the fields that are one string each
FIELD_OF = {element.casefold(): field for field, element in ELEMENTS.items()}
PLACE = {field: place for place, field in enumerate(Record._fields)}
# Fields of the return of 2015-16 that later ones do without: read past, and not kept.
WITHDRAWN = frozenset({"youthcontractindicator", "youthcontractstartdate"})


@dataclass(frozen=True)
class Header:
    """Whose records a file holds and of which month: period_end is the month's last day, sent the day it was made."""

    database_ids: tuple[str, ...]
    authorities: tuple[str, ...]
    sent: date
    period_end: date
    supplier: str = ""
    supplier_version: str = ""
    schema_version: str = ""
