"""A return is written as the layout says, the same bytes every time, and read back as it was."""

from io import BytesIO

import pytest
from django.conf import settings as site
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.formats.nccis.made import GOOD, HEADER
from throughline.analytics.formats.nccis.document import Document
from throughline.analytics.formats.nccis.layout import load_layout
from throughline.analytics.formats.nccis.record import PRINTED, Header, Record
from throughline.analytics.formats.nccis.writing import UnwritableError, write_return
from throughline.core.problems import RefusedFileError

LAYOUT = load_layout(site.DEFINITIONS, "2019-20")
AS_WRITTEN = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<NCCIS>
  <FileHeader>
    <Databases>
      <DatabaseID>123</DatabaseID>
    </Databases>
    <SourceLEAs>
      <LEACode>391</LEACode>
      <LEACode>392</LEACode>
    </SourceLEAs>
    <DateOfSend>2019-05-01</DateOfSend>
    <PeriodEnd>2019-04-30</PeriodEnd>
    <SupplierName>A supplier</SupplierName>
    <SupplierXMLVersion>1.0</SupplierXMLVersion>
    <XMLSchemaVersion>1.0</XMLSchemaVersion>
  </FileHeader>
  <YoungPersonsRecord>
    <PersonalDetails>
      <YoungPersonsID>1230000000001</YoungPersonsID>
      <CohortStatus>P</CohortStatus>
      <GivenName>Zoë &amp; &lt;Ada&gt;</GivenName>
      <MiddleName></MiddleName>
      <FamilyName>O’Hara</FamilyName>
      <AddressLine1></AddressLine1>
      <AddressLine2></AddressLine2>
      <AddressLine3></AddressLine3>
      <AddressLine4></AddressLine4>
      <Town></Town>
      <County></County>
      <Postcode></Postcode>
      <Gender></Gender>
      <DOB></DOB>
      <Ethnicity></Ethnicity>
      <LeadLEA></LeadLEA>
      <EducatedLEA></EducatedLEA>
      <TransferredToLACode></TransferredToLACode>
      <LEACodeAtYear11></LEACodeAtYear11>
      <UniqueLearnerNo></UniqueLearnerNo>
      <UniquePupilNumber></UniquePupilNumber>
      <GuaranteeStatusIndicator></GuaranteeStatusIndicator>
      <PreviousYPIDIdentifier></PreviousYPIDIdentifier>
    </PersonalDetails>
    <SeptemberGuarantee>
      <Year12>
        <GuaranteeStatus>114</GuaranteeStatus>
        <LEACode></LEACode>
      </Year12>
    </SeptemberGuarantee>
    <LevelOfNeed>
      <LevelOfNeedCode></LevelOfNeedCode>
      <SENDFlag></SENDFlag>
      <SENSupportFlag></SENSupportFlag>
      <Characteristics>
        <CharacteristicCode>110</CharacteristicCode>
        <CharacteristicCode>140</CharacteristicCode>
      </Characteristics>
    </LevelOfNeed>
    <Activities>
      <Cohort>
        <ActivityCode>619</ActivityCode>
        <StartDate></StartDate>
        <DateAscertained></DateAscertained>
        <DateVerified></DateVerified>
        <ReviewDate></ReviewDate>
        <DueToLapseDate></DueToLapseDate>
        <CurrencyLapsed></CurrencyLapsed>
        <EstablishmentNumber></EstablishmentNumber>
        <EstablishmentName></EstablishmentName>
        <UKProviderReferenceNumber></UKProviderReferenceNumber>
        <NEETStartDate></NEETStartDate>
        <PredictedEndDate></PredictedEndDate>
      </Cohort>
    </Activities>
    <IntendedDestination>
      <IntendedDestinationYr11></IntendedDestinationYr11>
    </IntendedDestination>
  </YoungPersonsRecord>
</NCCIS>
"""


def written(records, header=HEADER) -> bytes:
    out = BytesIO()
    assert write_return(out, header, iter(records), LAYOUT) == len(records)
    return out.getvalue()


def read(content):
    document = Document(BytesIO(content), "return.xml")
    return document.header, [record._replace(line=0) for record in document]


def test_a_record_as_it_is_written():
    record = Record(young_persons_id="1230000000001", cohort_status="P", given_name="Zoë & <Ada>", family_name="O’Hara",
                    year_12_status="114", activity_code="619", characteristics=("110", "140"))
    assert written([record]).decode() == AS_WRITTEN


def test_without_characteristics_and_guarantee_their_elements_are_left_out():
    text = written([GOOD]).decode()
    assert "Characteristic" not in text
    assert "Year1" not in text.replace("LEACodeAtYear11", "")
    assert "<SeptemberGuarantee>\n    </SeptemberGuarantee>" in text


def test_the_headers_last_element_is_never_empty():
    header = Header(("123",), (), HEADER.sent, HEADER.period_end)
    assert "<XMLSchemaVersion>1.0</XMLSchemaVersion>\n  </FileHeader>" in written([], header).decode()


VALUES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\t\n\r",
                               exclude_characters="\ufffe\uffff"), max_size=12).map(str.strip)
RECORDS = st.builds(
    lambda values, codes: GOOD._replace(**values, characteristics=codes),
    st.dictionaries(st.sampled_from(PRINTED), VALUES), st.lists(VALUES.filter(bool), max_size=3).map(tuple))


@settings(max_examples=150, deadline=None)
@given(st.lists(RECORDS, max_size=4))
def test_what_is_written_is_read_and_written_again_the_same(records):
    content = written(records)
    header, back = read(content)
    assert back == records
    assert header == HEADER
    assert written(back, header) == content


def test_many_records_are_written_as_one_by_one():
    records = [GOOD._replace(young_persons_id=f"123{number:010}") for number in range(1500)]
    assert written(records).count(b"</YoungPersonsRecord>\n") == 1500
    assert read(written(records))[1] == records


@pytest.mark.parametrize("value", ["A\x00a", "A\x0ba", "\ufffe"])
def test_what_no_xml_can_hold_is_said(value):
    with pytest.raises(UnwritableError, match="take it out"):
        written([GOOD._replace(given_name=value)])


def test_the_end_of_marked_text_may_stand_in_a_value():
    assert read(written([GOOD._replace(given_name="a]]>b")]))[1][0].given_name == "a]]>b"


def test_there_is_no_such_layout():
    with pytest.raises(RefusedFileError, match="2019-20"):
        load_layout(site.DEFINITIONS, "1999-00")


@pytest.mark.parametrize(("there", "instead"), [
    ("AddressLine4", "AddressLine5"), ('name = "2019-20"', ""), ("[otherwise]", "[[["),
])
def test_a_layout_that_cannot_be_used_is_refused(tmp_path, there, instead):
    path = tmp_path / "rules" / "returns" / "layout-2019-20.toml"
    path.parent.mkdir(parents=True)
    given = (site.DEFINITIONS / "rules" / "returns" / path.name).read_text(encoding="utf-8")
    path.write_text(given.replace(there, instead), encoding="utf-8")
    with pytest.raises(RefusedFileError, match=r"layout-2019-20\.toml"):
        load_layout(tmp_path, "2019-20")
