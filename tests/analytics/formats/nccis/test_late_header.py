"""A header that comes after records, and days with midnights, change nothing of what is said of a return."""

import re

import pytest

from tests.analytics.formats.nccis.made import GOOD, HEADER_XML, checked, file_xml, header_behind, record_xml

SEVERAL = [GOOD, GOOD._replace(given_name="Bo", characteristics=("110",)), GOOD._replace(given_name="Cy", year_11_status="159")]


@pytest.mark.parametrize("records", [1, 7, 1000])
def test_a_header_that_comes_late_changes_nothing_that_is_said(records):
    odd = [GOOD, GOOD._replace(gender="Q"), *SEVERAL, GOOD._replace(postcode="", dob="x"), *[GOOD] * 5]
    usual = checked(file_xml(odd).replace("><", ">\n<").replace("Marsh", "Marsh & Co"))
    report = checked(header_behind(records)(file_xml(odd)).replace("><", ">\n<").replace("Marsh", "Marsh & Co"))
    assert [(error.rule.number, error.learner) for error in report.errors] == [
        (error.rule.number, error.learner) for error in usual.errors]
    assert report.errors
    assert (report.records, report.header, len(report.notes)) == (usual.records, usual.header, len(usual.notes))
    assert "DOB" in report.rejected


@pytest.mark.parametrize(("there", "instead", "named"), [
    ("</NCCIS>", f"{HEADER_XML}</NCCIS>", "one header"), ("2019-04-30<", "2019-04-31<", "PeriodEnd"),
    ("</NCCIS>", "", "ends too soon"), ("<NCCIS>", f"<NCCIS>{record_xml(GOOD)}<FileHeader/>", "DatabaseID")])
def test_a_late_header_is_judged_as_an_early_one(there, instead, named):
    assert named in checked(header_behind(2)(file_xml(SEVERAL * 3)).replace(there, instead)).rejected


def test_days_with_midnights_are_the_same_days():
    usual, xml = checked(file_xml([GOOD])), re.sub(r"(\d{4}-\d\d-\d\d)<", r"\1T00:00:00<", file_xml([GOOD]))
    assert (usual.errors, checked(xml).errors, checked(xml).rejected) == ([], [], None)
    late = [error.value for error in checked(xml.replace("T00:00:00", "T00:00:01").replace("01</P", "00</P").replace(
        "01</DateOfS", "00</DateOfS")).errors]
    assert "2018-09-05T00:00:01" in late
