"""What the elements of the department's return are called in plain words, by their names there."""

_IN_WORDS = {
    "YoungPersonsID": "Young person’s identifier", "CohortStatus": "Cohort status", "GivenName": "First name",
    "MiddleName": "Middle names", "FamilyName": "Surname", "AddressLine1": "Address", "AddressLine2": "Address, second line",
    "AddressLine3": "Address, third line", "AddressLine4": "Address, fourth line", "Town": "Town", "County": "County",
    "Postcode": "Postcode", "Gender": "Gender", "DOB": "Date of birth", "Ethnicity": "Ethnic group", "LeadLEA": "Lead authority",
    "EducatedLEA": "Authority in which they learn", "TransferredToLACode": "Authority that they moved to",
    "LEACodeAtYear11": "Authority in year 11", "UniqueLearnerNo": "ULN", "UniquePupilNumber": "UPN",
    "GuaranteeStatusIndicator": "In the September Guarantee or not",
    "PreviousYPIDIdentifier": "Previous young person’s identifier", "GuaranteeStatus": "September Guarantee",
    "LEACode": "Authority of the September Guarantee", "LevelOfNeedCode": "Level of need",
    "SENDFlag": "EHC plan", "SENSupportFlag": "SEN support", "ActivityCode": "What they are doing",
    "StartDate": "Start date", "DateAscertained": "Date found out", "DateVerified": "Date confirmed", "ReviewDate": "Review date",
    "DueToLapseDate": "Date on which it lapses", "CurrencyLapsed": "Whether it has lapsed",
    "EstablishmentNumber": "School or college number", "EstablishmentName": "School, college or provider",
    "UKProviderReferenceNumber": "UKPRN", "NEETStartDate": "NEET since", "PredictedEndDate": "Expected end",
    "IntendedDestinationYr11": "Intended destination", "CharacteristicCode": "Characteristic",
    "Activities": "What they are doing",
}


def element_in_words(name: str) -> str:
    """An element in plain words, with its name after them for whoever keeps the system that wrote it; empty for what is none."""
    words = _IN_WORDS.get(name, "")
    return f"{words} ({name})" if words and words != name else words
