"""throughline import: previews, accepts, says what is wrong, and leaves with what a script can go by."""

import pytest
from django.core.management import CommandError, call_command

from tests.apps.exchange.returns_made import ADE, BO, made, record
from throughline.apps.exchange.models import Delivery
from throughline.apps.learners.models import Learner

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


def test_what_everybody_does_may_be_said(imported):
    imported(made(record(ADE)), "--accept")
    imported(LIST, "--activity", "230", "--establishment", "3584000", "--as-at", "2026-10-05", "--accept", name="college.csv")
    assert str(Learner.objects.get().activities.known().get().verified) == "2026-10-05"


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
