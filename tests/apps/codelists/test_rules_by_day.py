"""Rules on their pages from a day on: each time of a value with its source, and the days before as they were."""

import re
import tomllib
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
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
from throughline.analytics.participation import stated
from throughline.analytics.participation.stated import Place, laid_over
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.codelists import actions, ruling, wording
from throughline.apps.codelists.models import RuleAmendment
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
    again = client.post(change, TYPED | {"value": "13"}, follow=True).content.decode()
    assert "The rule was changed until 31 October 2026." in again
    actions.withdraw_rule(by=None, file="currency", place=MONTHS)
    assert '12 months<span class="app-sub">until 31 October 2026</span>' in shown
    assert '9 months<span class="app-sub">from 1 November 2026</span>' in shown
    assert "sample return, April 2019" in shown and TYPED["source"] in shown
    entry = AuditEntry.objects.filter(room="codelists", verb="changed").earliest("pk")
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
    assert [each.detail for each in AuditEntry.objects.filter(verb="removed").order_by("-pk")[:2]] == [{"from": "2026-11-01"}, {}]


def test_from_one_day_on_and_from_a_later_one_each_holds_in_its_time_and_the_latest_said_of_a_day():
    amend(8, since=date(2027, 4, 1))
    amend(9, since=NOVEMBER)
    amend(10, since=NOVEMBER)
    days = (date(2026, 10, 31), NOVEMBER, date(2027, 3, 31), date(2027, 4, 1))
    assert [months(day) for day in days] == [12, 10, 10, 8]
    [line] = [line for line in wording.lines("currency") if line.place == MONTHS]
    assert [(time.valid_from, time.valid_to, time.holds) for time in line.times] == [
        (None, date(2026, 10, 31), 12), (NOVEMBER, date(2027, 3, 31), 10), (date(2027, 4, 1), None, 8)]


def test_what_is_typed_must_differ_from_what_holds_on_its_own_day_if_only_in_how_sure_we_are():
    client, later = signed_in_client("data_officer"), FROM_NOVEMBER | {"since_month": "12"}
    client.post(reverse(CHANGE[0], args=CHANGE[1]), TYPED | FROM_NOVEMBER)

    def told(**typed: str) -> bool:
        """Whether it is refused."""
        answer = client.post(reverse(CHANGE[0], args=CHANGE[1]), TYPED | later | typed).content.decode()
        return "is what holds already, as sure and from the same source. Change something" in answer

    assert [told(), told(value="12"), told(value="12"), told(value="12", source="Read again")] == [True, False, True, False]
    assert [months(day) for day in (NOVEMBER, date(2026, 12, 1))] == [9, 12]
    [line] = [line for line in wording.lines("currency") if line.place == MONTHS]
    first = dict.fromkeys(later, "") | {"value": "12", "source": line.times[0].source, "when": "always"}
    assert [told(**first, confidence=sure) for sure in (line.times[0].confidence, "high")] == [True, False]
    assert (months(), ruling.history("currency", MONTHS)[0].confidence) == (12, "high")


@pytest.mark.parametrize(("asked", "value", "day"), [("", "12", ""), ("?since=2026-11-01", "9", "2026")])
def test_the_box_has_the_value_of_the_time_whose_row_leads_there_and_when_it_is_so_must_be_chosen(asked, value, day):
    amend(9, since=NOVEMBER)
    address = reverse(CHANGE[0], args=CHANGE[1])
    assert f'href="{address}{asked}"' in page("rule_edition", CHANGE[1][:2], "data_officer")
    form = signed_in_client("data_officer").get(address + asked).content.decode()
    boxes = {name: re.search(f'<input [^>]*name="{name}"[^>]*>', form)[0] for name in ("value", "since_year")}
    assert f'value="{value}"' in boxes["value"]
    assert f'value="{day}"' in boxes["since_year"]
    assert 'name="when"' in form and " checked" not in form


def test_the_day_that_the_form_came_with_is_not_asked_of_whoever_says_that_it_always_was_so():
    """It is another's day, shown with the option that wants one; a day that was typed there contradicts."""
    amend(9, since=NOVEMBER)
    client, address = signed_in_client("data_officer"), reverse(CHANGE[0], args=CHANGE[1]) + "?since=2026-11-01"
    form = client.get(address).content.decode()
    revealed = re.search(r'data-reveals="(.*?)"', form)[1]
    assert 'name="since_day"' in form.partition(f'id="{revealed}"')[2]
    assert "From which day on? (optional)" not in form
    came_with = FROM_NOVEMBER | {"when": "always"}
    typed = client.post(address, TYPED | came_with | {"since_month": "12"})
    assert (typed.status_code, "It cannot be both" in typed.content.decode()) == (400, True)
    looked_over = client.post(address, {name: said for name, said in (TYPED | came_with).items() if name != "confirm"})
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(.*?)"', looked_over.content.decode()))
    assert carried["since"] == "2026-11-01"
    client.post(address, TYPED | {"value": "8", "when": "always", "since": carried["since"]})
    assert (months(), months(NOVEMBER)) == (8, 9)


def test_of_two_that_say_the_same_days_otherwise_the_earlier_is_replaced_and_one_button_takes_both_back():
    for value in (8, 10):
        amend(value, since=NOVEMBER)
    shown = page("learners:amend_rule", CHANGE[1], "data_officer")
    assert (shown.count("replaced by what was said later"), shown.count("Take back<span")) == (1, 1)


LEAST, MOST = (Place(date(2016, 9, 1), ("ages_with_a_plan", at)) for at in "01")


def test_what_others_need_is_not_taken_back_before_them_and_the_refusal_names_them():
    amend(17, LEAST, "cohort", since=NOVEMBER)
    amend(17, MOST, "cohort", since=NOVEMBER)
    amend(20, Place(None, ("contact", "priority_days")), "cohort")
    args = ["cohort", "2016-09-01", LEAST.dotted]
    back, client = reverse("codelists:rule_withdraw", args=args), signed_in_client("data_officer")
    told = client.post(back, {"since": "2026-11-01"}, follow=True).content.decode()
    assert "officers said otherwise: ages_with_a_plan.1 is 17 from 1 November 2026 on. Change or take that back first" in told
    assert ruling.rule("cohort").on(NOVEMBER).with_plan == (17, 17)
    for place in (MOST, LEAST):
        assert actions.withdraw_rule(by=None, file="cohort", place=place, since=NOVEMBER) == 1
    assert (ruling.rule("cohort").on(NOVEMBER).with_plan[0], ruling.rule("cohort").priority_days) == (18, 20)


def test_where_a_changed_file_leaves_no_sense_in_what_was_said_nothing_more_is_said_until_it_is_taken_back(rewrite):
    amend(80, Place(None, ("contact", "priority_days")), "cohort")
    rewrite("cohort", "overdue_days = 90", "overdue_days = 60")
    with pytest.raises(RefusedFileError, match="contact.priority_days is 80 as it always was. Change or take that back first"):
        amend(19, LEAST, "cohort")
    actions.withdraw_rule(by=None, file="cohort", place=Place(None, ("contact", "priority_days")))
    amend(19, LEAST, "cohort")
    assert ruling.rule("cohort").on(NOVEMBER).with_plan[0] == 19


def test_how_long_records_are_kept_is_not_said_otherwise_from_a_day_on():
    args = ["retention", "2016-09-01", "years_after"]
    form = page("learners:amend_rule", args, "data_officer")
    assert "not changed from a day on" in form and "since_day" not in form
    assert "not changed from a day on" in page("rule_edition", args[:2], "data_officer")
    place = Place(date(2016, 9, 1), ("years_after",))
    with pytest.raises(KeyError):
        amend(2, place, "retention", since=NOVEMBER)
    assert amend(2, place, "retention") and ruling.rule("retention").on(NOVEMBER).years_after == 2
    RuleAmendment.objects.create(file="retention", edition=place.edition, path=place.dotted, instead_of=3, value=1,
                                 starts=NOVEMBER)
    assert ruling.rule("retention").on(NOVEMBER).years_after == 2
    assert "not changed from a day on" in page("rules")


def test_numbers_that_go_together_need_do_so_only_through_the_same_days():
    amend(17, LEAST, "cohort", since=NOVEMBER)
    amend(19, MOST, "cohort", since=NOVEMBER)
    amend(20, LEAST, "cohort")
    assert [ruling.rule("cohort").on(day).with_plan for day in (date(2026, 10, 31), NOVEMBER)] == [(20, 24), (17, 19)]
    with pytest.raises(RefusedFileError):
        amend(16, MOST, "cohort", since=date(2027, 4, 1))


def test_what_is_not_dated_says_so_and_is_of_all_days():
    args = ["cohort", "always", "contact.priority_days"]
    form = page("learners:amend_rule", args, "data_officer")
    assert "This rule is not dated" in form
    assert "since_day" not in form and "since_day" in page("learners:amend_rule", CHANGE[1], "data_officer")
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
    age, found = Place(date(2019, 4, 1), ("rule", "9", "age")), page("rule_edition", ["returns", "2026-04-01"]).count(">low<")
    actions.amend_rule(by=None, file="returns", place=age, value=26, reason="A", confidence="low")
    assert page("rule_edition", ["returns", "2026-04-01"]).count(">low<") == found + 1


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


def test_however_many_days_are_said_a_page_reads_the_file_and_what_is_said_of_it_once(monkeypatch):
    for month in (11, 12):
        amend(month - 2, since=date(2026, month, 1))
    read, parsed, loads = [], [], tomllib.loads
    monkeypatch.setattr(stated.tomllib, "loads", lambda text: parsed.append(text) or loads(text))
    monkeypatch.setattr(stated, "laid_over", lambda parsed, amended: read.append(amended) or laid_over(parsed, amended))
    stated._as_parsed.cache_clear()
    client = signed_in_client("data_officer")
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("codelists:rules"))
    table = RuleAmendment._meta.db_table
    whole = [each["sql"] for each in asked if f'FROM "{table}"' in each["sql"] and "MAX(" not in each["sql"]]
    assert len(whole) <= len(wording.files())
    assert parsed and len(parsed) == len(set(parsed))
    read.clear()
    client.get(reverse("codelists:rules"))
    assert [amended for amended in read if amended] == []
