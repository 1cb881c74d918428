"""A return is read as any supplier's system writes it, and refused in words where it cannot be."""

import re
from datetime import date
from io import BytesIO

import pytest

from tests.analytics.formats.nccis.made import GOOD, HEADER, HEADER_XML, checked, file_xml, header_behind, record_xml
from throughline.analytics.formats.nccis import document as documents
from throughline.analytics.formats.nccis.days import as_day
from throughline.analytics.formats.nccis.document import Document
from throughline.core.problems import RefusedFileError

THREE = [
    GOOD,
    GOOD._replace(young_persons_id="1230000000002", family_name="O’Hara & Sons", characteristics=("110", "140"),
                  year_11_status="159", year_11_lea="391"),
    GOOD._replace(young_persons_id="1230000000003", middle_name="<Mary>", year_12_status="114", year_12_lea="392"),
]
NO_PERSON = re.sub("<PersonalDetails>.*</PersonalDetails>", "", record_xml(GOOD))
DAYS = "days written as year-month-day"


def read(xml, learning=True):
    return Document(BytesIO(xml.encode() if isinstance(xml, str) else xml), "return.xml", learning)


def without_line(records):
    return [record._replace(line=0) for record in records]


def indented(xml):
    return xml.replace("><", ">\n  <")


def one_tag(xml):
    return re.sub(r"<(\w+)></\1>", r"<\1/>", xml)


def in_capitals(xml):
    return re.sub(r"<(/?)(\w+)>", lambda tag: f"<{tag[1]}{tag[2].upper()}>", xml)


def prefixed(xml):
    xml = re.sub(r"<(/?)(\w+)>", r"<\1d:\2>", xml)
    return xml.replace("<d:NCCIS>", '<d:NCCIS xmlns:d="urn:department:nccis:2019" version="2019">')


def reordered(xml):
    """The parts of each record, and the elements of its activity, from last to first."""
    def parts(found):
        return found[1] + "".join(reversed(re.findall(r"<(?P<tag>\w+)>.*?</(?P=tag)>", found[2]))) + found[3]

    def whole(pattern, text):
        return re.sub(pattern, lambda found: found[1] + "".join(
            each[0] for each in reversed(re.findall(r"(<(\w+)>.*?</\2>)", found[2]))) + found[3], text)

    return whole("(<YoungPersonsRecord>)(.*?)(</YoungPersonsRecord>)", whole("(<Cohort>)(.*?)(</Cohort>)", xml))


WRITTEN = {
    "with its header behind the first record": header_behind(1),
    "with its header between the records": header_behind(5),
    "with its header last": header_behind(1000),
    "indented, with its header last": lambda xml: indented(header_behind(1000)(xml)),
    "with its header last and a record in a comment": lambda xml: f"{header_behind(1000)(xml)}<!-- {record_xml(GOOD)} -->",
    "with midnights in its header": lambda xml: xml.replace("04-30</Per", "04-30T00:00:00</Per").replace(
        "05-01</DateOfS", "05-01 00:00:00.000+01:00</DateOfS"),
    "plainly": lambda xml: xml,
    "indented": indented,
    "with one tag for what is empty": one_tag,
    "in capitals": in_capitals,
    "in small letters": lambda xml: re.sub(r"<(/?)(\w+)>", lambda tag: f"<{tag[1]}{tag[2].lower()}>", xml),
    "with a namespace and a prefix": prefixed,
    "with a namespace": lambda xml: xml.replace("<NCCIS>", '<NCCIS xmlns="urn:nccis:2018">'),
    "in another order": reordered,
    "with another spelling": lambda xml: xml.replace("NEETStartDate", "NeetStartDate"),
    "with a document type": lambda xml: f'<?xml version="1.0"?><!DOCTYPE NCCIS2019 SYSTEM "nccis.dtd">\n{xml}',
    "with another root": lambda xml: xml.replace("NCCIS>", "NCCIS2019>"),
    "with comments": lambda xml: xml.replace("<Gender>", "<!-- <YoungPersonsRecord></YoungPersonsRecord> --><Gender>"),
    "with a record in a comment": lambda xml: xml.replace("</NCCIS>", f"<!-- {record_xml(GOOD)} --></NCCIS>"),
    "with a record in a comment between": lambda xml: xml.replace(
        "</YoungPersonsRecord><Y", f"</YoungPersonsRecord><!-- {record_xml(GOOD)} --><Y"),
    "with marked text": lambda xml: xml.replace("O’Hara &amp; Sons", "<![CDATA[O’Hara & Sons]]>"),
    "with numbered characters": lambda xml: xml.replace("’", "&#8217;").replace("&amp;", "&#x26;"),
    "with space around values": lambda xml: xml.replace(">Marsh<", "> Marsh\n<").replace(">391<", ">391 <"),
    "with lines of Windows": lambda xml: indented(xml).replace("\n", "\r\n"),
    "with fields of 2015": lambda xml: xml.replace(
        "</PersonalDetails>", "<YouthContractIndicator>N</YouthContractIndicator><YouthContractStartDate/></PersonalDetails>"),
    "with a block for each characteristic": lambda xml: xml.replace(
        "</CharacteristicCode><C", "</CharacteristicCode></Characteristics><Characteristics><C"),
}


@pytest.mark.parametrize("learning", [True, False])
@pytest.mark.parametrize("how", WRITTEN)
def test_it_is_read_as_suppliers_write_it(how, learning):
    document = read(WRITTEN[how](file_xml(THREE * 3)), learning)
    assert without_line(document) == THREE * 3
    assert document.header == HEADER
    assert document.refusals == []
    assert [note.rule for note in document.notes] == ([DAYS] if "midnights" in how else [])


@pytest.mark.parametrize("how", sorted(set(WRITTEN) - {"with comments", "with a record in a comment between"}))
def test_all_but_the_first_are_read_at_a_stroke(how):
    document = read(WRITTEN[how](file_xml([GOOD] * 40)))
    assert len(list(document)) == 40
    assert document._shapes
    assert document._parser.CurrentByteIndex < len(file_xml([GOOD] * 8)) * 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252", "iso-8859-15"])
def test_encodings(encoding):
    zoe = GOOD._replace(given_name="Zoë")
    declared = encoding.removesuffix("-sig")
    xml = f'<?xml version="1.0" encoding="{declared}"?>{file_xml([zoe] * 3)}'
    assert without_line(read(xml.encode(encoding))) == [zoe] * 3


DECLARED = [  # what a file saved as UTF-8 says of itself, and what it is read as, if at all
    ("utf-8", "read"), ("UTF8", "read"), ("us-ascii", "not its letters"), ("utf-16", "forgiven"), ("UTF-16", "forgiven"),
    ("utf-16le", "forgiven"), ("utf_16_be", "forgiven"), ("utf-32", "forgiven"), ("hex", "unknown"), ("base64", "unknown"),
    ("zlib", "unknown"), ("rot13", "unknown"), ("punycode", "unknown"), ("undefined", "unknown"), ("cp037", "unknown"),
    ("idna", "not its letters"), ("aliases", "unknown"), ("..", "unknown"),
]


@pytest.mark.parametrize(("declared", "how"), DECLARED)
def test_an_encoding_that_is_declared_and_cannot_be_true(declared, how):
    zoe = GOOD._replace(given_name="Zoë")
    content = f'<?xml version="1.0" encoding="{declared}"?>\n{file_xml([zoe] * 3)}'.encode()
    if how in ("read", "forgiven"):
        document = read(content)
        assert without_line(document) == [zoe] * 3
        assert [(reason.line, reason.value) for reason in document.forgiven] == [(1, declared)] * (how == "forgiven")
        return
    with pytest.raises(RefusedFileError) as refused:
        list(read(content))
    [problem] = refused.value.problems
    assert problem.rule == {"unknown": "a known encoding", "not its letters": "characters of its encoding"}[how]
    assert "save the file as UTF-8" in problem.remedy


@pytest.mark.parametrize("way", [lambda xml: xml, header_behind(1000)])
def test_records_know_the_line_they_began_on(way):
    xml = indented(way(file_xml(THREE * 4)))
    lines = [number for number, line in enumerate(xml.split("\n"), 1) if "<YoungPersonsRecord>" in line]
    assert [record.line for record in read(xml)] == lines
    assert [record.line for record in read(xml, learning=False)] == lines


def test_stray_ampersands_are_read_and_noted():
    xml = indented(file_xml(THREE * 3)).replace("O’Hara &amp; Sons", "O’Hara & Sons &co;")
    for learning in (True, False):
        document = read(xml, learning)
        assert [record.family_name for record in document][1::3] == ["O’Hara & Sons &co;"] * 3
        lines = [number for number, line in enumerate(xml.split("\n"), 1) if "O’Hara" in line]
        assert [note.line for note in document.notes] == [line for line in lines for _ in range(2)]
        assert "&amp;" in document.notes[0].rule
        assert [(reason.line, reason.value) for reason in document.forgiven] == [(lines[0], "&")]


@pytest.mark.parametrize("learning", [True, False])
@pytest.mark.parametrize("block", [13, 1 << 18])  # a day may stand across two
@pytest.mark.parametrize("midnight", ["T00:00:00", " 00:00", "T00:00:00.000+01:00"])
def test_midnights_are_read_and_noted_once_in_a_file(midnight, block, learning, monkeypatch):
    monkeypatch.setattr(documents, "_BLOCK", block)
    xml = indented(file_xml(THREE * 3)).replace("2002-01-15<", f"2002-01-15{midnight}<")
    document = read(xml, learning)
    assert {as_day(record.dob) for record in document} == {date(2002, 1, 15)}
    first = next(number for number, line in enumerate(xml.split("\n"), 1) if midnight in line)
    assert [(note.line, note.value, note.rule) for note in document.notes] == [(first, midnight.strip(), DAYS)]


def test_what_is_not_known_is_noted_once():
    xml = file_xml(THREE).replace("<Gender>", "<Shoe>42</Shoe><Gender>")
    document = read(xml)
    assert without_line(document) == THREE
    assert [(note.field, note.line) for note in document.notes] == [("Shoe", 1)]


@pytest.mark.parametrize(("there", "instead", "named"), [
    ("<gender>", "<x:NewField/><gender>", "NewField"),
    ("<duetolapsedate>", "<duetolapsedate>2019-01-01</duetolapsedate><duetolapsedate>", "DueToLapseDate"),
    ("<gender>", "<leacode>391</leacode><gender>", "LEACode"),
    ("</cohort>", "</cohort><d:COHORT></d:COHORT>", "Cohort"),
    ("</nccis>", "<ExtraPart/></nccis>", "ExtraPart"),
])
def test_a_note_names_the_element_as_the_department_does_or_as_it_stands(there, instead, named):
    xml = WRITTEN["in small letters"](file_xml(THREE)).replace(there, instead)
    document = read(xml)
    list(document)
    assert [note.field for note in document.notes] == [named]


def test_one_element_however_it_is_written_is_noted_once():
    first, rest = file_xml(THREE).split("<Gender>", 1)
    document = read(first + "<Shoe/><SHOE/><x:shoe/><Gender>" + rest)
    list(document)
    assert [note.field for note in document.notes] == ["Shoe"]


def test_a_field_given_twice_is_noted():
    document = read(file_xml([GOOD] * 3).replace("<Gender>F</Gender>", "<Gender>M</Gender><Gender>F</Gender>"))
    assert without_line(document) == [GOOD] * 3
    assert [note.rule for note in document.notes] == ["each field once"]


FIRST = GOOD._replace(year_11_status="159", year_11_lea="391", neet_start_date="2019-01-01", characteristics=("110",))
LAST = GOOD._replace(activity_code="619", start_date="2019-02-01")


def part(record, name):
    return re.search(f"<{name}>.*</{name}>", record_xml(record))[0]


@pytest.mark.parametrize("learning", [True, False])
@pytest.mark.parametrize(("name", "fields"), [
    ("Cohort", {"activity_code": "619", "start_date": "2019-02-01", "neet_start_date": ""}),
    ("Activities", {"activity_code": "619", "start_date": "2019-02-01", "neet_start_date": ""}),
    ("SeptemberGuarantee", {"year_11_status": "", "year_11_lea": ""}),
    ("LevelOfNeed", {"characteristics": ()}),
    ("PersonalDetails", {}),
])
def test_a_part_given_twice_is_not_mixed_with_the_first(name, fields, learning):
    last = re.sub(r"<\w+></\w+>", "", part(LAST, name).replace(f"<{name}></{name}>", f"<{name}> </{name}>"))
    twice = record_xml(FIRST).replace(f"</{name}>", f"</{name}>{last}")
    document = read(f"<NCCIS>{HEADER_XML}{twice * 5}</NCCIS>", learning)
    assert without_line(document) == [FIRST._replace(**fields)] * 5
    assert document.refusals == []
    assert document.notes[0].field == name
    assert "last" in document.notes[0].remedy
    assert len({note.field for note in document.notes}) == len(document.notes) == 1


def test_codes_in_blocks_of_their_own_are_one_part():
    document = read(WRITTEN["with a block for each characteristic"](file_xml(THREE)), False)
    assert [record.characteristics for record in document] == [(), ("110", "140"), ()]
    assert document.notes == []


BAD_HEADERS = [
    ("<DatabaseID>123</DatabaseID>", "<DatabaseID>12x</DatabaseID>", "DatabaseID"),
    ("<DatabaseID>123</DatabaseID>", "<DatabaseID></DatabaseID>", "DatabaseID"),
    ("<DatabaseID>123</DatabaseID>", "", "DatabaseID"),
    ("<LEACode>392</LEACode>", "<LEACode>Marl</LEACode>", "LEACode"),
    ("<DateOfSend>2019-05-01<", "<DateOfSend>1 May<", "DateOfSend"),
    ("<DateOfSend>2019-05-01<", "<DateOfSend><", "DateOfSend"),
    ("<PeriodEnd>2019-04-30<", "<PeriodEnd>2019-04-31<", "PeriodEnd"),
    ("<PeriodEnd>2019-04-30</PeriodEnd>", "", "PeriodEnd"),
    ("<SupplierName>", "<Phone>1</Phone><SupplierName>", "Phone"),
    ("<SupplierName>", "hello<SupplierName>", "hello"),
    ("A supplier", "A <b>supplier</b>", "b"),
]


@pytest.mark.parametrize(("there", "instead", "named"), BAD_HEADERS)
def test_a_header_that_cannot_be_used_rejects_the_file(there, instead, named):
    report = checked(file_xml(THREE, HEADER_XML.replace(there, instead)))
    assert named in report.rejected
    assert (report.records, report.errors) == (0, [])


@pytest.mark.parametrize(("xml", "named"), [
    ("<NCCIS></NCCIS>", "FileHeader"),
    (file_xml([GOOD], ""), "FileHeader"),
    (file_xml([GOOD], HEADER_XML + HEADER_XML), "one header"),
    (file_xml([GOOD]) + file_xml([GOOD]), "well-formed"),
    ("<NCCIS><!-- never closed" + file_xml([GOOD]), "ends too soon"),
    (file_xml(THREE).replace("</Gender>", "</Sex>"), "well-formed"),
    (file_xml(THREE).replace("Ada", "A\x01a"), "well-formed"),
    (file_xml(THREE).replace("Ada", "A<a"), "well-formed"),
    (file_xml(THREE) + "and more", "well-formed"),
    ("", "empty"),
    ("   \n", "empty"),
    (b"PK\x03\x04 a workbook", "CSV"),
    (b"<?xml version='1.0' encoding='utf-8'?><NCCIS>\xff\xfe</NCCIS>", "UTF-8"),
    (b"<?xml version='1.0' encoding='klingon'?><NCCIS></NCCIS>", "klingon"),
])
def test_a_file_that_cannot_be_read_is_rejected(xml, named):
    report = checked(xml)
    assert named in report.rejected


PAGE = "<!doctype html>\n<html lang=en><head><meta charset=utf-8><title>Sign in</title></head><body>&nbsp;</body></html>"
WRAPPED = f'<?xml version="1.0"?><!-- <NCCIS> --><soap:Envelope xmlns:soap="urn:soap">{file_xml(THREE)}</soap:Envelope>'


@pytest.mark.parametrize(("xml", "root"), [
    (PAGE, "html"), (PAGE.replace("<!doctype html>", "<!DOCTYPE html>"), "html"), (WRAPPED, "soap:Envelope"),
    ("<html><body><p>Sign in</p></body></html>", "html"), (f"<{'x' * 500}/>", "x" * 40 + ","),
])
def test_what_is_no_return_is_called_so_with_the_element_found(xml, root):
    report = checked(xml)
    assert report.rejected.startswith(f"return.xml: this is no NCCIS return: its outermost element is {root}")
    assert "FileHeader" in report.rejected
    assert report.records == 0


def test_a_return_that_is_broken_is_not_called_none():
    for xml in ("<NCCIS><x></NCCIS>", file_xml(THREE).replace("NCCIS>", "Returns>").replace("</PeriodEnd>", "</Period>")):
        assert "well-formed" in checked(xml).rejected
    assert "PeriodEnd" in checked(file_xml(THREE).replace("NCCIS>", "Returns>").replace("2019-04-30<", "x<")).rejected


def test_where_it_is_not_well_formed_is_said():
    lines = indented(file_xml(THREE * 5)).split("\n")
    place = max(number for number, line in enumerate(lines) if "Gender" in line)
    lines[place] = lines[place].replace("</Gender>", "</Sex>")
    report = checked("\n".join(lines))
    assert f"line {place + 1}:" in report.rejected
    assert "mismatched tag" in report.rejected
    assert report.records == 14


@pytest.mark.parametrize(("there", "instead"), [
    ("Ada", "A\x01a"), ("Ada", "A]]>a"), ("</Gender>", "</gender>"), ("<Gender>", "<Gender a=b>"), ("</YoungPersonsRecord>", ""),
])
def test_the_last_record_is_judged_as_the_first(there, instead):
    records = [GOOD._replace(given_name="Bo"), *[GOOD._replace(given_name="Bo")] * 5, GOOD]
    before, last, after = file_xml(records).rpartition("<YoungPersonsRecord>")
    with pytest.raises(RefusedFileError, match="well-formed"):
        list(read(before + (last + after).replace(there, instead, 1)))


def test_words_between_records_do_not_hide_a_fault():
    xml = file_xml([GOOD] * 5)
    place = xml.rindex("<YoungPersonsRecord>")
    assert len(list(read(xml[:place] + "words" + xml[place:]))) == 5
    with pytest.raises(RefusedFileError, match="well-formed"):
        list(read(xml[:place] + "</Nothing>" + xml[place:]))


BOMB = ('<?xml version="1.0"?><!DOCTYPE NCCIS [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        + file_xml([GOOD._replace(given_name="AMP")]).replace("AMP", "&b;"))


@pytest.mark.parametrize("xml", [
    BOMB,
    '<!DOCTYPE NCCIS [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + file_xml([GOOD]).replace("Ada", "&x;"),
    '<!DOCTYPE NCCIS [<!ENTITY % x SYSTEM "http://example.org/x"> %x;]>' + file_xml([GOOD]),
])
def test_entities_of_a_files_own_are_refused(xml):
    assert "the file declares an entity of this name" in checked(xml).rejected


def test_a_tower_of_elements_is_refused():
    assert "levels" in checked(file_xml([GOOD]).replace("Ada", "<a>" * 1000 + "</a>" * 1000)).rejected


def test_an_endless_value_is_refused():
    assert "characters" in checked(file_xml([GOOD]).replace("Ada", "A" * 3_000_000)).rejected


def test_an_endless_record_is_not_held():
    filler = "<Shoe>42</Shoe>" * 200_000
    document = read(file_xml([GOOD]).replace("<Gender>", filler + "<Gender>"))
    assert without_line(document) == [GOOD]


def test_a_record_without_its_parts_rejects_the_file_and_the_rest_is_read():
    report = checked(file_xml(THREE).replace(record_xml(THREE[1]), NO_PERSON))
    assert "PersonalDetails" in report.rejected
    assert report.records == 3
    assert 1 in {error.rule.number for error in report.errors}


def test_a_record_without_activities_rejects_the_file_and_is_named():
    bad = re.sub("<Activities>.*</Activities>", "", record_xml(GOOD._replace(young_persons_id="1230000000009")))
    report = checked(f"<NCCIS>{HEADER_XML}{record_xml(THREE[0])}{bad}{bad.replace('09<', '10<')}</NCCIS>")
    assert "Activities" in report.rejected
    assert [error.learner for error in report.errors if error.rule.number == 240] == ["1230000000009", "1230000000010"]


def test_an_activity_that_is_empty_is_an_error_and_no_rejection():
    report = checked(re.sub("<Cohort>.*</Cohort>", "", file_xml([GOOD])))
    assert report.rejected is None
    assert {error.rule.number for error in report.errors} == {200, 202, 203, 220}


@pytest.mark.parametrize(("changes", "named"), [({"cohort_status": "X"}, "X"), ({"cohort_status": "Q"}, "Q"),
                                                ({"dob": "15 January"}, "15 January")])
def test_a_record_that_rejects_the_file(changes, named):
    report = checked(file_xml([GOOD, GOOD._replace(**changes)]))
    assert named in report.rejected
    assert report.records == 2


def test_a_file_without_records_is_in_order():
    report = checked(file_xml([]))
    assert (report.records, report.rejected, report.errors) == (0, None, [])


def test_a_header_without_authorities_fails_every_record():
    header = re.sub("<SourceLEAs>.*</SourceLEAs>", "", HEADER_XML)
    report = checked(file_xml([GOOD], header))
    assert report.rejected is None
    assert [error.rule.number for error in report.errors] == [26]
