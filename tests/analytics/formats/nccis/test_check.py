"""A whole return is checked: by the rules of its year, between its records, and told in words."""

import json
from datetime import date
from io import BytesIO, StringIO

import pytest

from tests.analytics.formats.nccis.made import GOOD, HEADER_XML, checked, codes, editions, file_xml, numbers
from throughline.analytics.formats.nccis.as_json import write_checked
from throughline.analytics.formats.nccis.check import check_return
from throughline.analytics.formats.nccis.checking import Context
from throughline.analytics.formats.nccis.edition import load_editions
from throughline.analytics.formats.nccis.known import Setting
from throughline.analytics.formats.nccis.words import checked_in_words
from throughline.core.problems import RefusedFileError

BO = GOOD._replace(young_persons_id="1230000000002", given_name="Bo", unique_learner_no="")
CY = BO._replace(young_persons_id="1230000000003", given_name="Cy")


def in_words(folder, *records):
    file = folder / "return.xml"
    file.write_text(file_xml(records), encoding="utf-8")
    report, words = checked_in_words(file, editions(), codes())
    assert report.errors == []
    return words.splitlines()


def found(*records):
    report = checked(file_xml(records))
    return [(error.rule.number, error.learner) for error in report.errors]


# The records of a file, and each error between them.
BETWEEN = [
    ([GOOD, BO, CY], []),
    ([GOOD, GOOD._replace(given_name="Di")], [(902, "1230000000001")]),
    ([BO, BO, BO], [(902, "1230000000002")]),
    ([BO, BO._replace(cohort_status="G")], []),
    ([BO._replace(cohort_status="G"), BO._replace(cohort_status="G")], []),
    ([BO, BO._replace(cohort_status="G"), BO], [(902, "1230000000002")]),
    ([GOOD, CY._replace(unique_learner_no="1234567890")], [(907, "1230000000001"), (907, "1230000000003")]),
    ([GOOD, CY._replace(unique_learner_no="1234567890", cohort_status="M")], []),
    ([GOOD._replace(cohort_status="G"), CY._replace(unique_learner_no="1234567890")],
     [(907, "1230000000001"), (907, "1230000000003")]),
    ([GOOD, GOOD._replace(cohort_status="G")], []),
    ([BO, CY._replace(given_name="Bo")], [(908, "1230000000002"), (908, "1230000000003")]),
    ([BO, CY._replace(given_name="Bo", dob="2002-01-16")], []),
    ([BO, CY._replace(given_name="bo")], []),
    ([BO, CY._replace(given_name="Bo", dob=f"{BO.dob}T00:00:00")], [(908, "1230000000002"), (908, "1230000000003")]),
]


@pytest.mark.parametrize(("records", "errors"), BETWEEN)
def test_errors_between_records(records, errors):
    records = [record._replace(year_11_status="110", year_11_lea="391", year_12_status="110", year_12_lea="391")
               if record.cohort_status == "G" else record for record in records]
    assert found(*records) == errors


def test_the_others_are_named():
    report = checked(file_xml([GOOD, CY._replace(unique_learner_no="1234567890")]))
    assert report.errors[0].as_dict()["message"].endswith("The other: 1230000000003.")
    assert (report.errors[0].message, report.errors[0].place) == (report.errors[0].rule.message, 1)
    assert report.errors[0].others == (("1230000000003", 2),)
    assert (report.errors[0].value, report.errors[0].rule.element) == ("1234567890", "UniqueLearnerNo")


def test_a_warning_is_told_apart_and_is_found_all_the_same(tmp_path):
    twins = [BO, CY._replace(given_name="Bo")]
    report = checked(file_xml(twins))
    assert numbers(report) == [908, 908]
    assert (report.found, report.is_clean) == (2, False)
    assert in_words(tmp_path, *twins)[1] == "return.xml: 0 errors and 2 warnings."


def test_the_report_for_a_program(tmp_path):
    file, out = tmp_path / "return.xml", StringIO()
    file.write_text(file_xml([GOOD, BO._replace(postcode="“x”\u2028\ny", gender="Q")]), encoding="utf-8")
    report = write_checked(file, editions(), codes(), out)
    told = {
        "records": 2,
        "rejected": None,
        "errors": [{
            "rule": 5, "priority": 2, "learner": "1230000000002", "field": "Gender", "value": "Q",
            "message": "This is not a gender code of the year's return. Choose one from the list.",
        }, {
            "rule": 43, "priority": 2, "learner": "1230000000002", "field": "Postcode", "value": "“x”\u2028\ny",
            "message": "This is not a postcode. Write it in capitals with one space before the last three characters, "
                       "or ZZ99 9ZZ for none.",
        }],
    }
    assert out.getvalue() == json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    assert (report.errors, report.found, report.is_clean) == ([], 2, False)


def test_the_report_for_a_program_on_a_file_in_order_and_on_one_rejected(tmp_path):
    for content, told in ((file_xml([GOOD]), {"records": 1, "rejected": None, "errors": []}),
                          ("", {"records": 0, "rejected": checked("").rejected, "errors": []})):
        file, out = tmp_path / "return.xml", StringIO()
        file.write_text(content, encoding="utf-8")
        write_checked(file, editions(), codes(), out)
        assert out.getvalue() == json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def test_errors_that_are_handed_over_are_not_held():
    xml = file_xml([BO._replace(postcode="x")] * 3).replace("</NCCIS>", "")
    taken = []
    report = check_return(BytesIO(xml.encode()), "return.xml", editions(), codes(), taken.extend)
    assert [error.rule.number for error in taken] == [43, 43, 43, 902]
    assert (report.errors, report.found, report.records) == ([], 4, 3)


def test_the_report_in_words(tmp_path):
    records = [GOOD, BO._replace(postcode="x", provider="1"), CY._replace(postcode="y", send_flag="")]
    assert in_words(tmp_path, *records) == [
        "return.xml: 3 records, period to 30 April 2019, rules of 2019-20",
        "return.xml: 4 errors.",
        "",
        "For a tracking officer: 2",
        "  Rule 43, priority 2, Postcode: 2. This is not a postcode. Write it in capitals with one space before the last three "
        "characters, or ZZ99 9ZZ for none.",
        "    1230000000002 (line 1), 1230000000003 (line 1)",
        "",
        "For a data officer: 1",
        "  Rule 39, priority 2, UKProviderReferenceNumber: 1. A UK provider reference number has eight digits and begins with 1. "
        "Look it up, or leave it empty.",
        "    1230000000002 (line 1)",
        "",
        "For the SEND team: 1",
        "  Rule 103, priority 2, SENDFlag: 1. It is not said whether there is an education, health and care plan. Enter Y or N.",
        "    1230000000003 (line 1)",
    ]


def test_of_many_who_break_a_rule_the_first_are_named_and_all_are_counted(tmp_path):
    many = [BO._replace(young_persons_id=f"12300000000{at}", postcode="x") for at in range(10, 21)]
    words = in_words(tmp_path, *many)
    rule, named = words[4:6]
    assert rule.startswith("  Rule 43, priority 2, Postcode: 11. ")
    assert named.strip() == ", ".join(f"12300000000{at} (line 1)" for at in range(10, 18)) + " and 3 more"


def test_warnings_stand_apart_after_the_errors_of_everybody(tmp_path):
    """Rule 908 only warns; who can put it right has an error too."""
    twins = [GOOD, GOOD._replace(young_persons_id="1230000000002", unique_learner_no="", postcode="x", send_flag="")]
    lines = [line.strip() for line in in_words(tmp_path, *twins)]
    told = [line for line in lines if line.startswith(("For ", "Warnings, ", "Rule "))]
    assert [line.partition(", priority")[0].partition(":")[0] for line in told] == [
        "For a tracking officer", "Rule 43", "For the SEND team", "Rule 103",
        "Warnings, which do not count as errors, for a tracking officer", "Rule 908"]


@pytest.mark.parametrize(("month", "edition", "said"), [
    ("2014-06-30", "2015-16", "oldest known"),
    ("2016-04-30", "2015-16", "with the changes that are known"),
    ("2017-03-31", "2015-16", "not known in full"),
    ("2017-04-30", "2017-18", "not known in full"),
    ("2019-03-31", "2018-19", "not known in full"),
    ("2019-04-30", "2019-20", None),
    ("2020-03-31", "2019-20", None),
    ("2020-04-30", "2020-21", "with the changes that are known"),
    ("2026-03-31", "2020-21", "with the changes that are known"),
    ("2026-10-31", "2026-27", "with the changes that are known"),
    ("2031-01-31", "2026-27", "with the changes that are known"),
])
def test_the_edition_is_that_of_the_period(month, edition, said):
    report = checked(file_xml([GOOD], HEADER_XML.replace("2019-04-30", month)))
    assert report.edition == edition
    assert report.caution is None if said is None else said in report.caution


def test_every_rule_is_worded_for_a_person():
    for edition in editions().editions:
        for rule in edition.rules:
            assert rule.message.endswith(".")
            assert len(rule.message.split()) > 6, rule.number
            assert rule.confidence in ("high", "medium", "low")
            assert rule.priority in (1, 2, 3)


def test_what_is_our_reading_of_a_rule_is_not_said_to_be_sure():
    """That a date which cannot be read counts as none, where no other rule tells of it; and who is exempt of an age."""
    rules = {rule.number: rule for rule in editions().on(date(2019, 4, 30)).rules}
    ours = {rule.number for rule in rules.values() if rule.predicate in ("empty_or_no_day", "code_without_day")}
    assert {number: rules[number].confidence for number in {*ours, 40}} == dict.fromkeys((40, 202, 203, 224, 262), "medium")


WHOLE = 'changes = "none"\nfrom = 2019-04-01\nknown_in_full = true\nsource = "a test"\n'
RULE = ('[[rule]]\nnumber = 4\npriority = 2\nfield = "Gender"\npredicate = "empty"\nmessage = "No gender."\n'
        'who = "tracking_officer"\nconfidence = "high"\n')


def edition_of(tmp_path, text):
    folder = tmp_path / "rules" / "returns"
    folder.mkdir(parents=True)
    (folder / "2019-20.toml").write_text(text, encoding="utf-8")
    return load_editions(tmp_path)


@pytest.mark.parametrize(("text", "named"), [
    ("[[[", "readable TOML"),
    ("known_in_full = true\n", "from"),
    (WHOLE + RULE, "none"),
    (WHOLE.partition("\n")[2] + RULE.replace('"Gender"', '"Shoe"'), "Shoe"),
    (WHOLE.partition("\n")[2] + RULE.replace('"tracking_officer"', '"nobody"'), "rule 4"),
    (WHOLE.partition("\n")[2] + RULE.replace('priority = 2\n', ""), "priority"),
    (WHOLE.partition("\n")[2] + RULE + 'fields = ["Shoe"]\n', "Shoe"),
])
def test_rules_that_cannot_be_used_are_refused(tmp_path, text, named):
    with pytest.raises(RefusedFileError, match=named):
        edition_of(tmp_path, text)


@pytest.mark.parametrize("given", [
    'predicate = "no_such"', 'predicate = "other_length"', 'predicate = "holds"\npattern = "["',
])
def test_a_rule_that_lacks_what_it_needs_is_refused(tmp_path, given):
    held = edition_of(tmp_path, WHOLE.partition("\n")[2] + RULE.replace('predicate = "empty"', given))
    with pytest.raises(RefusedFileError, match="rule 4"):
        Context(held.editions[0], codes(), Setting(date(2019, 4, 30)))
