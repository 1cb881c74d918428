"""A change of a rule is looked over before it is saved, says from when on it holds, and is taken back on the rule's own page."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.apps.codelists.of_rules import CHANGE, FROM_NOVEMBER, MONTHS, NOVEMBER, TYPED, amend, months
from tests.cast import signed_in_client
from throughline.apps.codelists import actions, ruling, wording
from throughline.apps.codelists.models import RuleAmendment
from throughline.ui.formats import day as in_words
from throughline.ui.formats import moment

pytestmark = pytest.mark.django_db
LOOKED_AT = {name: value for name, value in TYPED.items() if name != "confirm"}


def _table(shown: str) -> list[list[str]]:
    """What stands in each row of the table of what would hold."""
    rows = shown.partition("What would hold")[2].partition("</tbody>")[0].partition("<tbody")[2].split("<tr")[1:]
    return [[" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
            for row in rows]


def test_a_change_is_looked_over_with_what_stands_and_would_stand_before_it_is_saved_and_what_was_typed_goes_on():
    client, change = signed_in_client("data_officer"), reverse(CHANGE[0], args=CHANGE[1])
    amend(10, since=date(2027, 4, 1))
    amend(11, since=NOVEMBER)
    shown = client.post(change, LOOKED_AT | FROM_NOVEMBER).content.decode()
    assert months(NOVEMBER) == 11 and "Nothing is saved yet" in shown
    assert "From 1 November 2026 until 31 March 2027." in shown and "Days before it keep what they have" in shown
    assert [cells[:3] for cells in _table(shown)] == [
        ["until 31 October 2026", "12 months", "12 months, as now"],
        ["1 November 2026 to 31 March 2027", "11 months", "9 months"],
        ["from 1 April 2027", "10 months", "10 months, as now"]]
    assert TYPED["source"] in _table(shown)[1][3] and "The rule itself stays as it is" not in shown
    boxes = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
    again = client.post(change, boxes | {"back": "1"}).content.decode()
    assert re.search(r'name="value"[^>]*value="9"', again) and re.search(r'name="since_year"[^>]*value="2026"', again)
    client.post(change, boxes | {"confirm": "1"})
    assert (months(), months(NOVEMBER)) == (12, 9)


def test_the_same_number_from_another_source_is_said_to_change_nothing_else_before_it_is_saved():
    client, change = signed_in_client("data_officer"), reverse(CHANGE[0], args=CHANGE[1])
    shown = client.post(change, LOOKED_AT | {"value": "12"}).content.decode()
    assert "The rule itself stays as it is: 12 months is what holds already" in shown
    assert "A correction, for all days." in shown
    assert [cells[:3] for cells in _table(shown)] == [["all that the edition is of", "12 months", "12 months, as now"]]


@pytest.mark.parametrize(("day", "told"), [(1, "from that day on"), (0, "from now on"), (-1, "from now on")])
def test_a_change_says_from_when_on_everybody_goes_by_it(day, told):
    since = timezone.localdate() + timedelta(days=day)
    typed = {"when": "onward", "since_day": since.day, "since_month": since.month, "since_year": since.year}
    shown = signed_in_client("data_officer").post(reverse(CHANGE[0], args=CHANGE[1]), TYPED | typed, follow=True).content.decode()
    assert f"The rule was changed from {in_words(since)} on. Everybody who uses this site goes by it {told}." in shown


def test_what_somebody_took_back_already_is_said_to_be_so_on_the_rules_own_page(trafford_and_bury):
    amend(9)
    client, rule, back = signed_in_client("data_officer"), CHANGE[1], reverse("codelists:rule_withdraw", args=CHANGE[1])
    actions.withdraw_rule(by=trafford_and_bury, file="currency", place=MONTHS)
    taken = RuleAmendment.objects.get()
    for since, told in (("", f"It was taken back already, on {moment(taken.withdrawn_at)} by Tara Ford, Trafford."),
                        ("2026-11-01", "There was nothing to take back")):
        answer = client.post(back, {"since": since}, follow=True)
        assert told in answer.content.decode()
        assert answer.redirect_chain[-1][0] == reverse(CHANGE[0], args=rule)
    amend(8)
    answer = client.post(back, {"since": ""}, follow=True)
    assert "What was changed is taken back." in answer.content.decode() and months() == 12
    assert answer.redirect_chain[-1][0] == reverse(CHANGE[0], args=rule)


def test_a_number_of_every_file_and_the_codes_of_one_are_looked_over():
    client = signed_in_client("data_officer")
    asked = [(name, line) for name in ruling.AMENDABLE
             for line in {(bool(line.codes), line.is_dated): line for line in wording.lines(name) if line.amendable}.values()]
    assert len(asked) > len(ruling.AMENDABLE)
    for name, line in asked:
        address = reverse(CHANGE[0], args=[name, line.place.edition or wording.ALWAYS, line.place.dotted])
        shown = client.post(address, LOOKED_AT | {"value": ruling.printed(line.times[0].holds)}).content.decode()
        assert "The rule itself stays as it is" in shown, (name, line.place.dotted)
        assert (line.not_dated in shown) if line.not_dated else ("A correction, " in shown), (name, line.place.dotted)
