"""What is read at a stroke is what the parser reads: the same records, notes and refusals, whatever is thrown at both."""

import re
from io import BytesIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.formats.nccis.made import GOOD, HEADER_XML, record_xml
from throughline.analytics.formats.nccis.document import Document
from throughline.analytics.formats.nccis.record import ELEMENTS, PRINTED
from throughline.core.problems import RefusedFileError

VALUES = st.one_of(
    st.sampled_from(["", "Ada", " Ada", "Ada\n", "A\tb", "A  b", "O’Hara", "\u00a0x\u00a0", "x]]", "|", " | ", "a>b", "\u2028"]),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=12))
CHANGES = st.dictionaries(st.sampled_from(PRINTED), VALUES, max_size=3)
CODES = st.lists(st.sampled_from(["110", "140", "", " 1", "a&b", "<"]), max_size=3).map(tuple)
# Put into the text of a file, in places that may be anywhere.
SPOILED = st.sampled_from([
    "&", "&amp;", "&#65;", "&#x0;", "&nosuch;", "]]>", "<!-- a comment -->", "<![CDATA[ & ]]>", "\x01", "\ufffe", "\r", "\r\n",
    " ", "<", ">", "<Gender/>", "</Gender>", "<Shoe>42</Shoe>", "<?go on?>", "</YoungPersonsRecord>", "<YoungPersonsRecord>",
    "words",
    "<CharacteristicCode>150</CharacteristicCode>", "<Characteristics/>", "<Year11/>", "<FileHeader/>", "</NCCIS>",
    ' n="1"', " n='a>b'", ' nil="true"', "<Shoe/>", "<Shoe n='1'>", "</Shoe>", "<Gender n=''>F</Gender>", "<Cohort>", "</Cohort>",
])
STYLES = st.sampled_from([
    lambda xml: xml, lambda xml: xml.replace("><", ">\n<"), lambda xml: xml.replace("></", ">\r\n</"),
    lambda xml: xml.replace("<MiddleName></MiddleName>", "<MiddleName/>"),
    lambda xml: xml.replace("<SeptemberGuarantee></SeptemberGuarantee>", "<SeptemberGuarantee />"),
])

# Values of attributes and of elements that are not known: most are passed over, some spoil the file.
PASSED_OVER = st.one_of(
    st.sampled_from(["1", "2026-09-01", "", "O'Hara", 'a "b"', "a>b", "a&amp;b", "a & b", "&#65;", "&nosuch;", "]]>", "<", "\x01",
                     "two\nlines", "\u2028", "\ufffe", "\U0001fffe", " x ", "<!-- no -->"]),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=4))
# What a supplier or a later year may add to a record's text; {} is a value of its own in each record.
ADDED = st.sampled_from([
    ("<YoungPersonsRecord>", '<YoungPersonsRecord id="{}">'), ("<YoungPersonsRecord>", "<YoungPersonsRecord  x:id = '{}' v='2'>"),
    ("<Cohort>", '<Cohort n="{}">'), ("<PersonalDetails>", "<PersonalDetails n='{}' >"), ("<Year11>", '<Year11 n="{}">'),
    ("<SeptemberGuarantee>", '<SeptemberGuarantee n="{}">'), ("<Characteristics>", '<Characteristics n="{}">'),
    ("<CharacteristicCode>", '<CharacteristicCode n="{}">'), ("<DOB>", '<DOB type="{}">'), ("<DOB>", '<DOB type="1" type="{}">'),
    ("<DOB>", '<DOB xsi:nil="{}">'), ("<Gender>", "<!-- {} --><Gender>"), ("<Gender>", "<Shoe>{}</Shoe><Gender>"),
    ("<Gender>", '<x:Shoe size="{}"/><Gender>'), ("<GuaranteeStatus>", "<Shoe>{}</Shoe><GuaranteeStatus>"),
    ("<LevelOfNeedCode>", "<Feet>{}<Shoe>42</Shoe></Feet><LevelOfNeedCode>"), ("<Cohort>", "<Feet><Cohort>"),
    ("</Cohort>", "</Cohort></Feet>"), ("</Activities>", "<Cohort><Shoe>{}</Shoe></Cohort></Activities>"),
    ("</YoungPersonsRecord>", '<Feet n="{}"><Gender>M</Gender></Feet></YoungPersonsRecord>'),
    ("<Gender>", "<LEACode>{}</LEACode><Gender>"),
    ("</Year11>", "</Year11><Year11><LEACode>{}</LEACode></Year11>"), ("</Activities>", "</Activities><Activities/>"),
    ("</LevelOfNeed>", "<CharacteristicCode xsi:nil='true'/></LevelOfNeed>"), ("</MiddleName>", "{}</MiddleName>"),
])


def nil(xml: str) -> str:
    """What is empty written as suppliers' own tools write it."""
    return re.sub(r"<(\w+)></\1>", r'<\1 xsi:nil="true"/>', xml)


def _told(document: Document):
    return document.notes, document.refusals, document.forgiven


def outcome(xml: str, learning: bool):
    """All that reading a file says, or why it cannot be read."""
    records, document = [], None
    try:
        document = Document(BytesIO(xml.encode()), "x", learning)
        for record in document:
            records.append(record)
    except RefusedFileError as refused:
        return records, refused.problems, document and _told(document)
    return records, document.header, _told(document)


@settings(max_examples=250, deadline=None)
@given(st.lists(st.tuples(CHANGES, CODES), min_size=2, max_size=6), STYLES)
def test_records_are_the_same(drawn, style):
    records = [GOOD._replace(**changes, characteristics=codes) for changes, codes in drawn]
    xml = f"<NCCIS>{HEADER_XML}{style(''.join(record_xml(record) for record in [GOOD, *records]))}</NCCIS>"
    assert outcome(xml, True) == outcome(xml, False)


@settings(max_examples=400, deadline=None)
@given(st.lists(ADDED, min_size=1, max_size=3), st.lists(PASSED_OVER, min_size=1, max_size=3),
       st.lists(CODES, min_size=6, max_size=9), st.lists(st.booleans(), max_size=9), STYLES, st.booleans())
def test_records_with_attributes_and_elements_that_are_not_known_are_the_same(added, values, codes, bare, style, with_nil):
    body = ""
    for place, each in enumerate(codes):
        changes = {"year_11_status": "159" if place % 3 else "", "middle_name": "" if place % 2 else "Jo"}
        record = style(record_xml(GOOD._replace(**changes, characteristics=each)))
        record = nil(record) if with_nil else record
        for there, instead in added if place >= len(bare) or not bare[place] else ():
            # The first records have a plain value, so that a shape is learnt before an odd one comes.
            record = record.replace(there, instead.replace("{}", values[place % len(values)] if place > 2 else str(place)))
        body += record
    xml = f"<NCCIS>{HEADER_XML}{body}</NCCIS>"
    assert outcome(xml, True) == outcome(xml, False)


@pytest.mark.parametrize(("there", "instead"), [
    ("<YoungPersonsRecord>", '<YoungPersonsRecord id="{}">'),
    ("<YoungPersonsRecord>", "<YoungPersonsRecord x:id = '{}' version='2'>"),
    ("<Cohort>", '<Cohort n="{}">'),
    ("<DOB>", '<DOB type="date">'),
    ("<Gender>", "<Shoe>{} &amp; a half</Shoe><Gender>"),
    ("<Gender>", "<Shoe size='{}'/><Gender>"),
    ("</YoungPersonsRecord>", "<Feet><Shoe>{}</Shoe><Toes/></Feet></YoungPersonsRecord>"),
    ("<CharacteristicCode>", '<CharacteristicCode year="{}">'),
    ("<Year11>", "<Year11 n='{}'>"),
])
@pytest.mark.parametrize("with_nil", [False, True])
def test_attributes_and_elements_that_are_not_known_are_read_past_at_a_stroke(there, instead, with_nil):
    body = ""
    for number in range(400):
        changes = dict.fromkeys(Random(number).sample(PRINTED[1:], 20), "")
        record = GOOD._replace(**{**(changes if with_nil else {}), "year_11_lea": "391"}, characteristics=("110",))
        written = nil(record_xml(record)) if with_nil else record_xml(record)
        body += written.replace(there, instead.format(number))
    xml = f"<NCCIS>{HEADER_XML}{body}</NCCIS>"
    document = Document(BytesIO(xml.encode()), "x")
    assert len(list(document)) == 400
    assert document._parser.CurrentByteIndex < len(xml) / 20
    assert outcome(xml, True) == outcome(xml, False)


def test_what_the_parser_refuses_for_its_length_is_refused():
    long = record_xml(GOOD).replace("Ada", "A" * 150_000)
    xml = f"<NCCIS>{HEADER_XML}{record_xml(GOOD) * 5}{long}</NCCIS>"
    assert outcome(xml, True) == outcome(xml, False)
    assert "at most" in outcome(xml, True)[1][0].rule


def test_a_block_given_twice_is_left_to_the_parser():
    # Each of the first has one field of the block, and the last has a block for each field.
    status, area = "<Year11><GuaranteeStatus>159</GuaranteeStatus></Year11>", "<Year11><LEACode>391</LEACode></Year11>"
    plain = record_xml(GOOD).replace("</SeptemberGuarantee>", "{}</SeptemberGuarantee>")
    body = "".join(plain.format(blocks) for blocks in ["", status, area] * 3 + [area + status])
    xml = f"<NCCIS>{HEADER_XML}{body}</NCCIS>"
    assert outcome(xml, True) == outcome(xml, False)
    assert (outcome(xml, True)[0][-1].year_11_status, outcome(xml, True)[0][-1].year_11_lea) == ("159", "")


def test_a_shape_is_not_learnt_from_a_comment():
    odd = record_xml(GOOD).replace("<GivenName>Ada", "<GivenName><!-- <YoungPersonsRecord><GivenName>-->Ada")
    cut = record_xml(GOOD).partition("<GivenName>")[2]
    xml = f"<NCCIS>{HEADER_XML}{odd * 3}<YoungPersonsRecord><GivenName>{cut}</NCCIS>"
    assert outcome(xml, True) == outcome(xml, False)


LEFT_OUT = st.lists(st.sampled_from([element.rpartition("/")[2] for element in ELEMENTS.values()]), max_size=12)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(CHANGES, CODES, LEFT_OUT, STYLES), min_size=5, max_size=8))
def test_records_that_leave_out_different_elements_are_the_same(drawn):
    body = ""
    for changes, codes, left_out, style in drawn:
        record = record_xml(GOOD._replace(**{"year_11_status": codes[0] if codes else "", **changes}, characteristics=codes))
        for name in left_out:
            record = re.sub(f"<{name}>[^<]*</{name}>", "", record)
        body += style(record)
    xml = f"<NCCIS>{HEADER_XML}{body}</NCCIS>"
    assert outcome(xml, True) == outcome(xml, False)


def test_records_that_leave_out_what_is_empty_are_read_at_a_stroke():
    random = Random(7)
    changes = [dict.fromkeys(random.sample(PRINTED[1:], 20), "") for _ in range(400)]
    records = [GOOD._replace(**each, characteristics=("110",) * (place % 3)) for place, each in enumerate(changes)]
    body = re.sub(r"<(\w+)></\1>", "", "".join(record_xml(record) for record in records))
    document = Document(BytesIO(f"<NCCIS>{HEADER_XML}{body}</NCCIS>".encode()), "x")
    assert [record._replace(line=0) for record in document] == records
    assert document._parser.CurrentByteIndex < len(body) / 4


def test_a_long_run_of_space_costs_nothing():
    spoiled = record_xml(GOOD).replace("</SENSupportFlag>", "</SENSupportFlag>" + " " * 400_000 + "<Shoe/>")
    xml = f"<NCCIS>{HEADER_XML}{record_xml(GOOD) * 3}{spoiled}</NCCIS>"
    assert outcome(xml, True) == outcome(xml, False)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100_000), SPOILED), max_size=3), STYLES, st.integers(0, 5))
def test_spoiled_files_are_read_or_refused_the_same(places, style, before):
    body = style("".join(record_xml(GOOD._replace(given_name=name)) for name in ("Ada", "Bo", "Cy", "Di")))
    for place, spoiled in places:
        place %= len(body)
        body = body[:place] + spoiled + body[place:]
    end = "</YoungPersonsRecord>"
    parts = body.split(end)
    first, rest = end.join([*parts[:before], ""]), end.join(parts[before:])
    xml = f"<NCCIS>{first}{HEADER_XML}{rest}</NCCIS>"
    assert outcome(xml, True) == outcome(xml, False)
