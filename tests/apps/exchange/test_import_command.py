"""throughline import: previews, accepts, says what is wrong, and leaves with what a script can go by."""

import pytest
from django.core.management import CommandError, call_command

from tests.apps.exchange.returns_made import ADE, BO, made, record
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.exchange import queries
from throughline.apps.exchange.models import Delivery
from throughline.apps.learners.models import Learner, Name
from throughline.config.command import run as typed

pytestmark = pytest.mark.django_db
LIST = (b"Forename,Surname,DOB,Start date\nAde,O'Brien,05/11/2009,01/09/2026\nBo,Ng,31/02/2010,\n,,,01/09/2026\n"
        b"Cy,Poe,01/12/2009,\n")


@pytest.fixture
def imported(tmp_path, capsys):
    """Run the command on a file of this name and content; answers what it printed and what it left with."""

    def run(content: bytes, *options: str, name: str = "file.xml", area: str = "358") -> tuple[str, int]:
        path = tmp_path / name
        path.write_bytes(content)
        try:
            call_command("import", str(path), *(["--area", area] if area else []), *options)
        except SystemExit as left:
            return capsys.readouterr().out, left.code
        except CommandError as error:
            return str(error), error.returncode
        return capsys.readouterr().out, 0

    return run


def test_without_accept_only_a_preview_is_kept(imported):
    printed, left = imported(made(record(ADE), record(BO)))
    assert left == 0
    assert "New" in printed
    assert "Nothing of the register was changed" in printed
    assert (Delivery.objects.get().state, Learner.objects.count()) == ("previewed", 0)


def test_it_is_accepted_when_asked_also_later(imported):
    content = made(record(ADE), record(BO))
    imported(content)
    assert imported(content, "--accept")[1] == 0
    assert (Delivery.objects.get().state, Learner.objects.count()) == ("accepted", 2)
    printed, left = imported(content, "--accept")
    assert "This very file was brought in before" in printed
    assert (left, Delivery.objects.count(), Learner.objects.count()) == (0, 1, 2)


def test_rows_left_unread_are_listed_and_leave_with_one(imported):
    printed, left = imported(LIST, name="college.csv")
    assert left == 1
    told = " ".join(printed.split())
    assert ("college.csv, line 3, column DOB “31/02/2010”: the calendar has no such day: look up the right one "
            "(a day of the calendar)") in told
    assert "31/08/2010" not in told


def test_the_rules_that_a_list_breaks_are_printed_with_who_can_put_them_right(imported):
    imported(made(record(ADE)), "--accept")
    printed, left = imported(b"Forename,Surname,Date of birth,Activity code,Start date\nAde,O'Brien,05/11/2009,440,01/10/2026\n",
                             "--as-at", "2026-10-05", name="list.csv")
    told = " ".join(printed.split())
    assert left == 0
    assert "list.csv, line 2, column Start date (StartDate) “2026-10-01”: This training and support programme starts" in told
    assert "(rule 253, priority 2)" in told
    assert "For a tracking officer: 1 record. This training and support programme starts at 18." in told


def test_what_a_rule_tells_of_characteristics_is_not_printed(imported):
    imported(made(record(ADE, "160", "170")), "--accept")
    row = b"Forename,Surname,DOB,Activity code,Start date\nAde,O'Brien,05/11/2009,650,01/10/2026\n"
    for printed, _ in (imported(row, name="list.csv"), imported(made(record({**ADE, "ActivityCode": "650"}, "160", "170")))):
        assert not any(told in printed for told in ("170", "regnant", "rule 235", "CharacteristicCode"))
        assert "Open their record to see what the next return would find wrong in it" in " ".join(printed.split())


def test_a_field_of_ours_is_named_as_the_pages_name_it(imported):
    printed = " ".join(imported(b"Forename,Surname,DOB\nAde,O'Brien,\n", name="college.csv")[0].split())
    assert "line 2, column Date of birth: give a date of birth or an identifier" in printed


def test_a_review_on_the_last_day_there_is_stops_nobody(imported):
    """A supplier writes 31 December 9999 for never."""
    temporary = {**ADE, "ActivityCode": "350", "ReviewDate": "9999-12-31", "PredictedEndDate": ""}
    assert imported(made(record(temporary), record(BO)), "--accept")[1] == 0
    assert sorted(Name.objects.known().values_list("given", flat=True)) == ["Ade", "Bo"]


def test_what_everybody_does_may_be_said(imported):
    imported(made(record(ADE)), "--accept")
    imported(LIST, "--activity", "230", "--establishment", "3584000", "--as-at", "2026-10-05", "--accept", name="college.csv")
    assert str(Learner.objects.get().activities.known().get().verified) == "2026-10-05"


def test_a_providers_number_says_whose_list_it_is_and_is_kept_when_it_is_asked_again(imported):
    for options in (("--establishment", "10077777"), ("--activity", "410")):
        assert imported(LIST, *options, name="college.csv")[1] == 1
        assert Delivery.objects.get().constants["ukprn"] == "10077777"


def test_a_file_that_cannot_be_read_is_refused_and_not_kept(imported):
    printed, left = imported(b"<NCCIS>", name="broken.xml")
    assert left == 1
    assert "broken.xml" in printed
    assert Delivery.objects.count() == 0


def test_wrong_use_leaves_with_two(imported, tmp_path):
    assert imported(LIST, area="")[1] == 2
    with pytest.raises(CommandError) as refused:
        call_command("import", str(tmp_path / "none.csv"), "--area", "358")
    assert refused.value.returncode == 2


@pytest.mark.parametrize(("option", "value", "said"), [
    ("--activity", "999", "“999” is no activity"), ("--establishment", "ABC", "“ABC” is no number of a school")])
def test_what_holds_for_nobody_is_refused_and_nothing_is_kept(imported, option, value, said):
    printed, left = imported(LIST, option, value, "--accept", name="list.csv")
    assert (said in printed, left, Delivery.objects.count()) == (True, 2, 0)


def test_it_says_how_far_the_headline_of_a_return_could_fall(imported):
    printed, _ = imported(made(record({**BO, "ActivityCode": "810", "NEETStartDate": "", "DateAscertained": ""})))
    said = ("Among the 1 whom the headline counts in it, NEET or not known could fall by at most 100.0 points and rise by at "
            "most 0.0")
    assert said in " ".join(printed.split())


def _left(arguments: list[str]) -> int:
    """What the command leaves with, as it is typed."""
    try:
        return typed(arguments)
    except SystemExit as left:
        return left.code


def test_a_file_brought_in_before_says_so_while_it_waits_too(imported):
    content = made(record(ADE))
    assert "brought in before" not in imported(content)[0]
    assert "This very file was brought in before, on" in " ".join(imported(content)[0].split())
    assert "and waits for a decision" in " ".join(imported(content)[0].split())


def test_a_day_that_is_none_says_what_a_day_looks_like(capsys):
    assert _left(["import", "list.csv", "--as-at", "31/02/2026"]) == 2
    assert "“31/02/2026” is no day: write year, month and day, as 2026-09-30" in " ".join(capsys.readouterr().err.split())


def test_the_kinds_are_listed_without_an_empty_one(capsys):
    assert _left(["import", "--help"]) == 0
    assert "--kind {return,survey,list}" in capsys.readouterr().out


def test_what_was_noticed_of_a_list_is_printed(imported):
    printed = " ".join(imported(LIST + b"Total: 9\n", name="leavers 2024.csv")[0].split())
    assert "its name says “2024”" in printed
    assert printed.count("The file says 9, we read 4") == 1
    again = " ".join(imported(LIST + b"Total: 9\n", "--activity", "230", name="leavers 2024.csv")[0].split())
    assert "its name says “2024”" in again, "nobody has said of which day it is"
    said = " ".join(imported(LIST + b"Total: 9\n", "--as-at", "2026-10-05", name="leavers 2024.csv")[0].split())
    assert "its name says" not in said


UNKNOWN_COLUMNS = b"Forename,Surname,Date of birth,UPN,Finishes\nAde,O'Brien,05/11/2009,hello,31/07/2027\nZed,Zoo,05/11/2009,x,\n"


@pytest.mark.parametrize("options", [(), ("--accept",)])
def test_what_the_columns_hold_and_what_the_page_warns_of_is_printed(imported, options):
    imported(made(record(ADE)), "--accept")
    told = " ".join(imported(UNKNOWN_COLUMNS, "--as-at", "2026-10-05", *options, name="college.csv")[0].split())
    for said in ("What the columns hold: Forename: First name Surname: Surname", "Finishes: not used: its heading is not known",
                 "UPN: not used: its heading says “UPN”, but nothing in it looks like one", "speaks of: 5 October 2026",
                 "Nothing in this list says what anybody is doing, so nobody’s activity would change."):
        assert said in told
    assert ("Say otherwise on the page of the file" in told) is not bool(options)


def test_the_first_differences_are_printed_with_how_many_more_there_are(imported, monkeypatch):
    monkeypatch.setattr(queries, "SAMPLE", 1)
    imported(made(record(ADE), record(BO)), "--accept")
    renamed = made(record({**ADE, "FamilyName": "Okafor"}), record({**BO, "FamilyName": "Ngo"}), period_end="2026-10-31")
    printed, _ = imported(renamed, name="again.xml")
    told, pk = " ".join(printed.split()), Delivery.objects.get(name="again.xml").pk
    assert ("Changed (2) Line 2, Ade Okafor, found by young person's identifier and ULN: Name (replaced): Ade O'Brien → "
            f"Ade Okafor and 1 more, on the page of the file: /files/{pk}/rows/changed/") in told
    assert "Ngo" not in told
    look = AuditEntry.objects.filter(verb="looked", subject_id=str(pk)).get()
    assert (look.who, look.detail) == (None, {"learners": [Learner.objects.get(names__family="O'Brien").number], "lines": []})


def test_who_was_not_matched_is_printed_with_why_and_where_to_say_who_it_is(imported):
    told = " ".join(imported(UNKNOWN_COLUMNS, "--activity", "230", name="college.csv")[0].split())
    assert ("Not matched: nobody was found for sure (2) Line 2, Ade O'Brien: They would be at no place, since the list names "
            "none; nobody in the register has these identifiers, or this name and date of birth Line 3") in told
    assert "Say whom they are about on the site: /files/not-matched/" in told
    assert "say whose list it is. The option --establishment does." in told


def test_what_is_restricted_sensitive_or_protected_is_not_printed(imported):
    imported(made(record(ADE), record(BO)), "--accept")
    Learner.objects.filter(names__family="O'Brien").update(restricted=True)
    row = b"Forename,Surname,DOB,Postcode,Young carer\nAde,O'Brien,05/11/2009,QX1 1AB,Y\nBo,Ng,15/01/2010,QX1 1AB,Y\n"
    told = " ".join(imported(row, name="list.csv")[0].split())
    number = Learner.objects.get(restricted=True).number
    assert f"Line 2, Restricted record {number}" in told
    assert not any(shut in told for shut in ("Ade", "O'Brien"))
    assert "Line 3, Bo Ng" in told
    assert "Characteristic (new): a sensitive characteristic" in told
