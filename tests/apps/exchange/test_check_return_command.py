"""throughline check-return: the report on standard output, and an exit status that says how it stands."""

import json
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from tests.analytics.formats.nccis.made import GOOD, HEADER_XML, file_xml
from throughline.apps.exchange.management.commands import check_return
from throughline.config.command import run

pytestmark = pytest.mark.django_db
OURS = GOOD._replace(young_persons_id="1230000000002", unique_learner_no="", lead_lea="899", educated_lea="899",
                     establishment_number="8994000", given_name="Bo")
HEADER_899 = HEADER_XML.replace("392", "899")


@pytest.fixture
def file(tmp_path):
    def write(text, name="return.xml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)
    return write


def status(*arguments):
    try:
        return run(["check-return", *arguments])
    except SystemExit as left:
        return left.code


def test_a_return_in_order_leaves_with_0(file, capsys):
    assert status(file(file_xml([GOOD])), "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {"records": 1, "rejected": None, "errors": []}


def test_errors_leave_with_1_and_are_all_there_for_a_program(file, capsys):
    assert status(file(file_xml([GOOD._replace(postcode="", gender="Q")])), "--format", "json") == 1
    printed = capsys.readouterr()
    assert [(error["rule"], error["learner"], error["field"], error["value"]) for error in json.loads(printed.out)["errors"]] == [
        (5, "1230000000001", "Gender", "Q"), (32, "1230000000001", "Postcode", "")]
    assert printed.err == ""


def test_elements_in_another_order_and_midnights_are_answered_as_in_the_usual_way(file, capsys):
    usual = file_xml([GOOD, GOOD._replace(postcode="", gender="Q")])
    header = HEADER_XML.replace("-30<", "-30T00:00:00<")
    for xml in (usual, usual.replace(HEADER_XML, header), usual.replace(HEADER_XML, "").replace("</NCCIS>", f"{header}</NCCIS>")):
        assert status(file(xml), "--format", "json") == 1
        printed = capsys.readouterr().out
        assert [error["rule"] for error in json.loads(printed)["errors"]][:2] == [5, 32]
        assert (json.loads(printed)["records"], json.loads(printed)["rejected"]) == (2, None)


def test_a_warning_alone_leaves_with_1_since_it_is_among_the_errors(file, capsys):
    both = [GOOD, GOOD._replace(young_persons_id="1230000000002", unique_learner_no="")]
    assert status(file(file_xml(both)), "--format", "json") == 1
    assert [(error["rule"], error["priority"]) for error in json.loads(capsys.readouterr().out)["errors"]] == [(908, 3), (908, 3)]
    assert status(file(file_xml(both))) == 1
    assert "0 errors and 2 warnings" in capsys.readouterr().out


def test_a_rejected_file_leaves_with_1(file, capsys):
    assert status(file("<NCCIS></NCCIS>"), "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["records"], report["errors"]) == (0, [])
    assert "FileHeader" in report["rejected"]


@pytest.mark.parametrize(("there", "instead", "why"), [
    ("<FamilyName>", "<FamilyName>B & ", "return.xml, line 1 “&”: the file was read all the same, but the department rejects it, "
     "since it is not well-formed XML: write each such ampersand as &amp;"),
    ("NCCIS>", "Foo>", "column Foo: the file was read all the same, but the department rejects it: call the outermost"),
    ("<NCCIS>", '<?xml version="1.0" encoding="utf-16"?><NCCIS>', "column encoding “utf-16”: it was read as UTF-8"),
])
def test_what_reading_forgives_and_the_department_does_not_rejects_the_file(file, capsys, there, instead, why):
    path = file(file_xml([GOOD]).replace(there, instead))
    assert status(path, "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["records"], report["errors"]) == (1, [])
    assert why in report["rejected"]
    assert status(path) == 1
    assert f"Rejected: {report['rejected']}" in capsys.readouterr().out


def test_words_are_grouped_by_who_can_put_it_right(file, capsys):
    assert status(file(file_xml([GOOD._replace(postcode="", send_flag="")]))) == 1
    printed = capsys.readouterr().out
    assert printed.index("For a tracking officer") < printed.index("Rule 32") < printed.index("For the SEND team")


def test_no_such_file_leaves_with_2(tmp_path, capsys):
    assert status(str(tmp_path / "nowhere.xml")) == 2
    assert "nowhere.xml" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_not_told_that_there_is_no_such_file(file, monkeypatch):
    def write(_):
        raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", SimpleNamespace(write=write))
    with pytest.raises(BrokenPipeError):
        call_command("check_return", file(file_xml([GOOD])), "--format", "json")


@pytest.mark.parametrize("arguments", [[], ["a.xml", "--format", "yaml"], ["a.xml", "b.xml"]])
def test_bad_usage_leaves_with_2(arguments, capsys):
    assert status(*arguments) == 2
    assert capsys.readouterr().out == ""


def test_a_flat_file_is_checked_too(file, capsys):
    flat = "YoungPersonsID,DatabaseId,LEACode,DateOfSend,PeriodEnd\n1230000000001,123,391,43586,43585\n"
    assert status(file(flat, "return.csv"), "--format", "json") == 1
    assert {2, 3, 200} < {error["rule"] for error in json.loads(capsys.readouterr().out)["errors"]}


def test_the_invented_authority_is_known_in_a_demonstration_only(file, capsys, settings, tmp_path):
    path = file(file_xml([OURS], HEADER_899))
    settings.DEMONSTRATION, settings.VAR = False, tmp_path
    (tmp_path / "invented").mkdir()  # what a demonstration left beside it makes no difference
    assert status(path, "--format", "json") == 1
    assert {15, 19, 228} <= {error["rule"] for error in json.loads(capsys.readouterr().out)["errors"]}
    settings.DEMONSTRATION = True
    assert status(path) == 0


def test_how_far_the_headline_of_the_file_could_fall_is_said_in_words_alone(file, capsys):
    """One of two who are 16 is not known, and nobody says since when that is; a third is another authority's."""
    unknown = GOOD._replace(young_persons_id="1230000000002", given_name="Bo", unique_learner_no="", activity_code="810",
                            date_ascertained="", due_to_lapse_date="", predicted_end_date="")
    elsewhere = GOOD._replace(young_persons_id="1230000000003", given_name="Cy", unique_learner_no="", lead_lea="899")
    path = file(file_xml([GOOD, unknown, elsewhere]))
    assert status(path) == 1
    said = capsys.readouterr().out
    assert said.endswith("\n\nAmong the 2 whom the headline counts in it, NEET or not known could fall by at most 50.0 points "
                         "and rise by at most 0.0 if all that breaks a rule of the return were put right.\n")
    assert status(path, "--format", "json") == 1
    assert set(json.loads(capsys.readouterr().out)) == {"records", "rejected", "errors"}
    assert status(file(file_xml([GOOD]))) == 0
    assert "headline" not in capsys.readouterr().out


def test_without_a_database_a_return_is_checked_all_the_same(file, capsys, monkeypatch):
    def no_table(*asked):
        raise OperationalError("no such table")

    monkeypatch.setattr(check_return, "HeadlineOfFile", no_table)
    assert status(file(file_xml([GOOD._replace(postcode="")]))) == 1
    assert "Rule 32" in capsys.readouterr().out


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("check_return", str(tmp_path))
    assert refused.value.returncode == 2


@pytest.mark.parametrize("content", [
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x9d\xff", b"%PDF-1.7\n\x9d", b"hello\n", b"\n\n\x9d"])
def test_what_is_no_return_is_called_so_and_nothing_else_is_said_of_it(tmp_path, capsys, content):
    path = tmp_path / "photo.png"
    path.write_bytes(content)
    assert status(str(path)) == 1
    said = capsys.readouterr().out
    assert "photo.png: this is no return: give the department’s XML" in said
    for nonsense in ("codec", "line 0", "No errors were found"):
        assert nonsense not in said


def test_a_letter_that_cannot_be_read_is_told_in_words(tmp_path, capsys):
    path = tmp_path / "return.csv"
    path.write_bytes(b"DatabaseId,DateOfSend,PeriodEnd,YoungPersonsID\n123,43586,43585,\x9d\n")
    assert status(str(path)) == 1
    assert "return.csv: save the file as CSV in UTF-8: a letter of it cannot be read" in capsys.readouterr().out
