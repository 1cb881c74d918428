"""What is read at a stroke is what the parser reads: the same records, notes and refusals, whatever is thrown at both."""

import re
from io import BytesIO
from random import Random

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
])
STYLES = st.sampled_from([
    lambda xml: xml, lambda xml: xml.replace("><", ">\n<"), lambda xml: xml.replace("></", ">\r\n</"),
    lambda xml: xml.replace("<MiddleName></MiddleName>", "<MiddleName/>"),
    lambda xml: xml.replace("<SeptemberGuarantee></SeptemberGuarantee>", "<SeptemberGuarantee />"),
])


def outcome(xml: str, learning: bool):
    """All that reading a file says, or why it cannot be read."""
    records, document = [], None
    try:
        document = Document(BytesIO(xml.encode()), "x", learning)
        for record in document:
            records.append(record)
    except RefusedFileError as refused:
        return records, refused.problems, document and document.notes, document and document.refusals
    return records, document.header, document.notes, document.refusals


@settings(max_examples=250, deadline=None)
@given(st.lists(st.tuples(CHANGES, CODES), min_size=2, max_size=6), STYLES)
def test_records_are_the_same(drawn, style):
    records = [GOOD._replace(**changes, characteristics=codes) for changes, codes in drawn]
    xml = f"<NCCIS>{HEADER_XML}{style(''.join(record_xml(record) for record in [GOOD, *records]))}</NCCIS>"
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
@given(st.lists(st.tuples(st.integers(0, 100_000), SPOILED), min_size=1, max_size=3), STYLES)
def test_spoiled_files_are_read_or_refused_the_same(places, style):
    body = style("".join(record_xml(GOOD._replace(given_name=name)) for name in ("Ada", "Bo", "Cy", "Di")))
    for place, spoiled in places:
        place %= len(body)
        body = body[:place] + spoiled + body[place:]
    xml = f"<NCCIS>{HEADER_XML}{body}</NCCIS>"
    assert outcome(xml, True) == outcome(xml, False)
