"""How the words of a list for activities were read stands on its page, before anybody accepts it."""

import pytest
from django.core.management import call_command

from tests.apps.exchange.returns_made import ADE, BO, made, record
from tests.apps.performance.reading import table
from throughline.apps.exchange.read_as import words_read
from throughline.apps.exchange.readers import reader_of
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.models import Learner

pytestmark = pytest.mark.django_db
LIST = (b"Forename,Surname,DOB,Activity\nAde,O'Brien,05/11/2009,Custody\nBo,Ng,15/01/2010,sixth  form\n"
        b"Cy,Poe,01/12/2009,230\nDi,Roe,02/12/2009,Sixth Form\nEd,Roe,03/12/2009,Apprenticeship\nFi,Roe,04/12/2009,dreams\n")


@pytest.fixture
def delivery(accepted, bring):
    """A list of Ade and Bo, who are in the register, and of others."""
    accepted(made(record(ADE), record(BO)))
    return bring(LIST, "list.csv")


def test_each_word_stands_with_what_it_was_read_as_and_in_how_many_rows_the_commonest_first(delivery, cast):
    rows = table(cast("tracking_officer").get(f"/files/{delivery.pk}/"), "words-read")
    assert rows == [["“sixth form”", "Full-time education: school sixth form (210)", "2"],
                    ["“Apprenticeship”", "Apprenticeship (310)", "1"], ["“Custody”", "Custody (young adult offender) (710)", "1"]]


def test_the_command_prints_it_but_for_what_is_guarded(delivery, tmp_path, capsys):
    (tmp_path / "again.csv").write_bytes(LIST + b"Gus,Roe,05/12/2009,Employed\n")
    call_command("import", str(tmp_path / "again.csv"), "--area", "358")
    printed = " ".join(capsys.readouterr().out.split())
    assert "How its words for what they do were read: “sixth form”: " in printed
    assert "(210), 2 rows “Apprenticeship”" in printed
    assert "custody" not in printed.lower()


def test_the_words_of_a_record_that_is_shut_are_not_told(delivery, officer):
    set_restriction(by=officer, learner=Learner.objects.get(number=2), restricted=True, protected_address=False, reason="A test")
    told = {each.words: each.rows for each in words_read(delivery, reader_of(officer, "358"))}
    assert told == {"Apprenticeship": 1, "Sixth Form": 1, "Custody": 1}


def test_a_return_has_codes_and_no_words(accepted, officer):
    assert words_read(accepted(made(record(ADE))), reader_of(officer, "358")) == []
