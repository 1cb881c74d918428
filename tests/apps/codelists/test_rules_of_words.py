"""A rule that is one word of a few is chosen from them, tried as a number is, and said in words wherever it is told."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tests.apps.codelists.of_rules import ARGS, EDITION, FROM_NOVEMBER, NOVEMBER, TYPED, amend, page
from tests.cast import signed_in_client
from throughline.analytics.participation.contacting import MEANS
from throughline.analytics.participation.currency import Lapses
from throughline.analytics.participation.stated import Place
from throughline.apps.codelists import ruling, wording
from throughline.apps.codelists.models import RuleAmendment
from throughline.core.problems import RefusedFileError

WORTHS = ("not_known", "about_to_lapse", "neet_overdue")
pytestmark = pytest.mark.django_db


def test_the_words_to_choose_from_are_those_that_a_rule_may_be():
    offered = {(name, line.says): list(line.words) for name in ruling.AMENDABLE for line in wording.lines(name) if line.words}
    assert offered == {("currency", "Lapses"): list(Lapses), ("contacting", "Needs"): list(MEANS),
                       ("worklists", "An answer is worth as much as for somebody"): list(WORTHS)}
    assert all(line.amendable for name in ruling.AMENDABLE for line in wording.lines(name) if line.words)


@pytest.mark.parametrize(("file", "edition", "path"), [
    ("contacting", None, "channel.letter.needs"), ("worklists", EDITION, "list.not_known.why"),
])
def test_a_word_that_a_file_does_not_know_is_refused_by_its_loader(file, edition, path):
    with pytest.raises(RefusedFileError):
        ruling.try_value(file, Place(edition, tuple(path.split("."))), "luck")


def test_an_officer_chooses_how_activities_lapse_among_the_words_that_it_may_be():
    lapses = ("learners:amend_rule", [*ARGS, "rule.310.lapses"])
    client, change = signed_in_client("data_officer"), reverse(lapses[0], args=lapses[1])
    offered = re.findall(r'<input [^>]*name="value"[^>]*>', client.get(change).content.decode())
    assert [re.findall('value="([a-z_]+)"', each) for each in offered] == [[word] for word in Lapses]
    assert ["checked" in each for each in offered] == [word is Lapses.VERIFIED for word in Lapses]
    looked_at = {name: value for name, value in TYPED.items() if name != "confirm"} | {"value": "never"}
    shown = client.post(change, looked_at).content.decode()
    assert "<strong>never</strong>" in shown and 'name="value" value="never"' in shown
    assert ruling.rule("currency").on(NOVEMBER).rules["310"].lapses is Lapses.VERIFIED
    saved = client.post(change, TYPED | {"value": "never"} | FROM_NOVEMBER, follow=True).content.decode()
    assert "in the file so many months after it was last confirmed" in saved
    said = [ruling.rule("currency").on(day).rules["310"].lapses for day in (date(2026, 10, 31), NOVEMBER)]
    assert said == [Lapses.VERIFIED, Lapses.NEVER]
    history = page(*lapses, role="data_officer").partition("What was changed here")[2]
    assert "never from 1 November 2026 on, when the file said so many months after it was last confirmed" in history


@pytest.mark.parametrize(("typed", "told"), [
    ("predicted", "predicted is not one of the available choices"),
    ("review", "This rule says no days in currency.toml, after which activities would lapse"),
    ("verified", "is what holds already"),
])
def test_a_word_that_the_rule_cannot_have_is_answered_at_its_box(typed, told):
    change = reverse("learners:amend_rule", args=[*ARGS, "rule.310.lapses"])
    as_sure = {"confidence": "medium", "source": "sample return, April 2019"}
    answer = signed_in_client("data_officer").post(change, TYPED | as_sure | {"value": typed})
    assert (answer.status_code, told in answer.content.decode()) == (400, True)
    assert RuleAmendment.objects.count() == 0


def test_a_word_that_the_file_has_otherwise_now_is_void_and_said_in_words(rewrite):
    amend("never", Place(EDITION, ("rule", "530", "lapses")))
    rewrite("currency", 'codes = ["530"]\nlapses = "verified"', 'codes = ["530"]\nlapses = "predicted_end"')
    assert "never, when the file said so many months after it was last confirmed" in page("rules")
