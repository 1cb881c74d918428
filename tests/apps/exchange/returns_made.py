"""Returns in few words, for the tests of imports: invented young people of Marlshire as the department's XML has them."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

AREA = "358"
_PERSONAL = ("YoungPersonsID", "CohortStatus", "GivenName", "MiddleName", "FamilyName", "AddressLine1", "Town", "Postcode",
             "Gender", "DOB", "Ethnicity", "LeadLEA", "EducatedLEA", "LEACodeAtYear11", "UniqueLearnerNo", "UniquePupilNumber",
             "PreviousYPIDIdentifier", "TransferredToLACode")
_COHORT = ("ActivityCode", "StartDate", "DateAscertained", "DateVerified", "ReviewDate", "EstablishmentNumber",
           "EstablishmentName", "NEETStartDate", "PredictedEndDate", "CurrencyLapsed")
ADE = {"YoungPersonsID": "3580000000001", "GivenName": "Ade", "FamilyName": "O'Brien", "DOB": "2009-11-05", "Gender": "F",
       "AddressLine1": "12 High Street", "Town": "Marlbeck", "Postcode": "ZZ1 1AA", "Ethnicity": "WBRI",
       "UniqueLearnerNo": "9276308686", "ActivityCode": "230", "StartDate": "2026-09-01", "DateAscertained": "2026-09-10",
       "DateVerified": "2026-09-20", "EstablishmentNumber": "3584000", "EstablishmentName": "Marlbeck College",
       "PredictedEndDate": "2027-07-31"}
BO = {"YoungPersonsID": "3580000000002", "GivenName": "Bo", "FamilyName": "Ng", "DOB": "2010-01-15", "Gender": "M",
      "ActivityCode": "619", "StartDate": "2026-09-05", "DateAscertained": "2026-09-05", "NEETStartDate": "2026-09-05"}


def record(person: Mapping[str, str], *characteristics: str) -> str:
    """One young person; what is not given is empty."""
    said = {"CohortStatus": "P", "LeadLEA": AREA, "CurrencyLapsed": "N", **person}
    codes = "".join(f"<CharacteristicCode>{code}</CharacteristicCode>" for code in characteristics)
    return (f"<YoungPersonsRecord><PersonalDetails>{_elements(_PERSONAL, said)}</PersonalDetails><SeptemberGuarantee/>"
            f"<LevelOfNeed><LevelOfNeedCode>{said.get('LevelOfNeedCode', '2')}</LevelOfNeedCode>"
            f"<SENDFlag>{said.get('SENDFlag', 'N')}</SENDFlag><SENSupportFlag>N</SENSupportFlag>"
            f"<Characteristics>{codes}</Characteristics></LevelOfNeed>"
            f"<Activities><Cohort>{_elements(_COHORT, said)}</Cohort></Activities></YoungPersonsRecord>")


def made(*records: str, period_end: str = "2026-09-30", database: str = AREA, between: str = "\n") -> bytes:
    """A whole return; between two records stands a new line, or nothing as some suppliers' systems write it."""
    return (f"<NCCIS><FileHeader><Databases><DatabaseID>{database}</DatabaseID></Databases><SourceLEAs><LEACode>{AREA}</LEACode>"
            f"</SourceLEAs><DateOfSend>2026-10-05</DateOfSend><PeriodEnd>{period_end}</PeriodEnd><SupplierName>S</SupplierName>"
            f"<SupplierXMLVersion>1</SupplierXMLVersion><XMLSchemaVersion>1</XMLSchemaVersion></FileHeader>{between}"
            + between.join(records) + "</NCCIS>").encode()


def _elements(names: tuple[str, ...], said: Mapping[str, str]) -> str:
    return "".join(f"<{name}>{escape(said.get(name, ''))}</{name}>" for name in names)
