"""The return as a flat file, in the column order that a supplier's system writes."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from throughline.analytics.synthetic.files.dates import written
from throughline.analytics.synthetic.files.markup import SCHEMA_VERSION, SUPPLIER, SUPPLIER_VERSION
from throughline.analytics.synthetic.files.returns import ELEMENTS, Month
from throughline.analytics.synthetic.files.smudges import Row

HEADINGS_ROW = 1
FORM = "british_time"
CHARACTERISTICS = "CharacteristicCode"  # several are joined by semicolons
# Source of the order: a council's extract of March 2022.
COLUMNS = (
    "DatabaseId", "LEACode", "DateOfSend", "PeriodEnd", "SupplierName", "SupplierXMLVersion", "XMLSchemaVersion",
    "YoungPersonsID", "CohortStatus", "GivenName", "MiddleName", "FamilyName", "AddressLine1", "AddressLine2", "AddressLine3",
    "AddressLine4", "Town", "County", "Postcode", "Gender", "DOB", "Ethnicity", "LeadLEA", "EducatedLEA", "UniqueLearnerNo",
    "UniquePupilNumber", "PreviousYPIDIdentifier", "GuaranteeStatusIndicator", "LEACodeAtYear11", "TransferredToLACode",
    "LevelOfNeedCode", "SENDFlag", "SENSupportFlag", CHARACTERISTICS, "ActivityCode", "StartDate", "DateAscertained",
    "DateVerified", "DueToLapseDate", "CurrencyLapsed", "EstablishmentNumber", "EstablishmentName",
    "UKProviderReferenceNumber", "PredictedEndDate", "ReviewDate", "NEETStartDate", "IntendedDestinationYr11",
)


def write_flat(path: Path, area: str, month: Month, rows: Iterator[Row]) -> None:
    """The return as comma-separated values, the days of its header as Excel counts them."""
    header = [area, area, written(month.end + timedelta(days=6), "serial"), written(month.end, "serial"), SUPPLIER,
              SUPPLIER_VERSION, SCHEMA_VERSION]
    fields = {element: field for field, element in ELEMENTS.items()} | {CHARACTERISTICS: "characteristics"}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            said = {**row, "guarantee_flag": "N"}  # it has no columns for what the flag would promise
            writer.writerow([*header, *(said[fields[column]] for column in COLUMNS[len(header):])])
