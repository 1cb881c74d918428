"""Rules on their pages from a day on: each time of a value with its source, and the days before as they were."""

from datetime import date

import pytest
from django.urls import reverse

from tests.apps.codelists.of_rules import (
    CHANGE,
    EDITION,
    FROM_NOVEMBER,
    MONTHS,
    NOVEMBER,
    TYPED,
    amend,
    months,
    page,
)
from tests.cast import signed_in_client
from throughline.analytics.participation.stated import Place
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.codelists import ruling, wording
from throughline.apps.followup.rules import worklists
from throughline.apps.learners.return_rules import editions
from throughline.core.problems import RefusedFileError

pytestmark = pytest.mark.django_db
DAYS = (date(2016, 10, 31), date(2026, 10, 31), NOVEMBER)


def test_a_number_is_another_from_a_day_on_and_the_days_before_keep_what_they_had():
    """Its page shows each time with what it rests on; either change is taken back alone."""
    client, change = signed_in_client("data_officer"), reverse(CHANGE[0], args=CHANGE[1])
    shown = client.post(change, TYPED | FROM_NOVEMBER, follow=True).content.decode()
    before, since = date(2026, 10, 31), NOVEMBER
    assert (months(EDITION), months(before), months(since)) == (12, 12, 9)
    assert "The rule was changed from 1 November 2026 on" in shown
    assert '12 months<span class="app-sub">until 31 October 2026</span>' in shown
    assert '9 months<span class="app-sub">from 1 November 2026</span>' in shown
    assert "sample return, April 2019" in shown and TYPED["source"] in shown
    entry = AuditEntry.objects.filter(room="codelists", verb="changed").get()
    assert entry.detail == {"in_file": 12, "value": 9, "from": "2026-11-01"}
    amend(11)
    assert (months(before), months(since)) == (11, 9)
    form = client.get(change).content.decode()
    assert "What is said from 1 November 2026 on stays as it is" in form
    assert all(f">{days}</th>" in form for days in ("until 31 October 2026", "from 1 November 2026")) and TYPED["source"] in form
    assert "9 months from 1 November 2026 on, when the file said 12" in form
    client.post(reverse("codelists:rule_withdraw", args=CHANGE[1]), {"since": ""})
    assert (months(before), months(since)) == (12, 9)
    client.post(reverse("codelists:rule_withdraw", args=CHANGE[1]), {"since": "2026-11-01"})
    assert (months(before), months(since)) == (12, 12)


def test_from_one_day_on_and_from_a_later_one_each_holds_in_its_time_and_the_latest_said_of_a_day():
    amend(8, since=date(2027, 4, 1))
    amend(9, since=NOVEMBER)
    amend(10, since=NOVEMBER)
    days = (date(2026, 10, 31), NOVEMBER, date(2027, 3, 31), date(2027, 4, 1))
    assert [months(day) for day in days] == [12, 10, 10, 8]
    [line] = [line for line in wording.lines("currency") if line.place == MONTHS]
    assert [(time.valid_from, time.valid_to, time.holds) for time in line.times] == [
        (None, date(2026, 10, 31), 12), (NOVEMBER, date(2027, 3, 31), 10), (date(2027, 4, 1), None, 8)]


def test_what_is_typed_must_differ_from_what_holds_on_its_own_day():
    amend(9, since=NOVEMBER)
    client, later = signed_in_client("data_officer"), FROM_NOVEMBER | {"since_month": "12"}
    told = client.post(reverse(CHANGE[0], args=CHANGE[1]), TYPED | later | {"value": "9"}).content.decode()
    assert "Enter a number other than the one that holds already" in told
    client.post(reverse(CHANGE[0], args=CHANGE[1]), TYPED | later | {"value": "12"})
    assert [months(day) for day in (NOVEMBER, date(2026, 12, 1))] == [9, 12]


def test_numbers_that_go_together_need_do_so_only_through_the_same_days():
    least, most = (Place(date(2016, 9, 1), ("ages_with_a_plan", at)) for at in "01")
    amend(17, least, "cohort", since=NOVEMBER)
    amend(19, most, "cohort", since=NOVEMBER)
    amend(20, least, "cohort")
    assert [ruling.rule("cohort").on(day).with_plan for day in (date(2026, 10, 31), NOVEMBER)] == [(20, 24), (17, 19)]
    with pytest.raises(RefusedFileError):
        amend(16, most, "cohort", since=date(2027, 4, 1))


def test_what_is_not_dated_says_so_and_is_of_all_days():
    args = ["cohort", "always", "contact.priority_days"]
    form = page("rule_amend", args, "data_officer")
    assert "This rule is not dated" in form
    assert "since_day" not in form and "since_day" in page("rule_amend", CHANGE[1], "data_officer")
    assert "These rules are not dated" in page("rule_edition", args[:2], "data_officer")
    with pytest.raises(KeyError):
        amend(20, Place(None, ("contact", "priority_days")), "cohort", since=NOVEMBER)


def test_days_of_a_worklist_and_a_priority_of_the_return_are_others_from_a_day_on():
    place = Place(EDITION, ("list", "about_to_lapse", "days"))
    amend(14, place, "worklists", since=NOVEMBER)
    assert [worklists(day).lists["about_to_lapse"].days for day in (date(2026, 10, 31), NOVEMBER)] == [30, 14]
    amend(1, Place(date(2019, 4, 1), ("rule", "9", "priority")), "returns", since=NOVEMBER)
    told = [{rule.number: rule.priority for rule in editions().on(day).rules}[9] for day in DAYS]
    assert told == [2, 2, 1]
    shown = page("rule_edition", ["returns", "2026-04-01"])
    assert "2 until 31 October 2026; 1 from 1 November 2026" in shown


def test_a_file_with_an_edition_of_its_own_from_before_that_day_on_makes_the_amendment_void(rewrite):
    amend(9, since=NOVEMBER)
    edition = '[[edition]]\nfrom = 2026-11-01\nconfidence = "high"\nsource = "A"\n[[edition.rule]]\ncodes = ["310"]\n'
    rewrite("currency", "[[edition]]\nfrom = 2015", edition + 'lapses = "verified"\nmonths = 10\n\n[[edition]]\nfrom = 2015')
    assert (months(), months(NOVEMBER)) == (12, 10)
    shown = page("rules", role="data_officer")
    assert ruling.NOT_OF_THAT_DAY in shown
    assert "9 from 1 November 2026 on, when the file said 12" in shown
    told = signed_in_client("data_officer").post(reverse(CHANGE[0], args=CHANGE[1]), TYPED | FROM_NOVEMBER).content.decode()
    assert "Enter a day after 1 April 2015 up to 31 October 2026" in told
