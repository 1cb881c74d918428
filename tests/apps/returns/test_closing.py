"""A month closes whole or not at all, says what is wrong and what moved, and is written again byte for byte."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tests.apps.organisations.boxes import boxes
from tests.apps.returns.closed import OCTOBER, SEPTEMBER, learner, records, told
from tests.cast import make_user, signed_in_client
from throughline.analytics.participation.codechanges import Place as PlaceInList
from throughline.analytics.participation.stated import Place
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.codelists.actions import amend, amend_rule, withdraw, withdraw_rule
from throughline.apps.learners.actions import activities, identity
from throughline.apps.learners.actions.learners import add_learner, set_restriction
from throughline.apps.learners.actions.membership import end_membership, rejoin
from throughline.apps.learners.actions.undoing import last_change, undo_last_change
from throughline.apps.learners.models import WriteOnceError
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.performance import figures
from throughline.apps.returns.actions import closing
from throughline.apps.returns.actions.closing import STEPS, close_month
from throughline.apps.returns.again import since
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.month import ages_of, moves_by_kind, report_lines
from throughline.apps.returns.queries import content_of, numbers_shut_to

pytestmark = pytest.mark.django_db


def test_the_return_says_what_the_register_does():
    one = learner()
    [said] = records(close_month(by=None, area="358", month_end=OCTOBER))
    assert said["YoungPersonsID"] == f"358{one.number:010d}"
    expected = {"FamilyName": "O'Brien", "ActivityCode": "230", "StartDate": "2026-09-07", "DueToLapseDate": "2027-07-31",
                "CurrencyLapsed": "N", "LeadLEA": "358"}
    assert {name: said[name] for name in expected} == expected


def test_a_currency_period_that_is_changed_changes_the_next_close_and_no_closed_month():
    learner(code="310", start=date(2026, 2, 2))
    months = Place(date(2015, 4, 1), ("rule", "310", "months"))
    lapsed, closed = [], []
    for after in (None, 6, None):
        if after:
            amend_rule(by=None, file="currency", place=months, value=after, reason="A test")
        else:
            withdraw_rule(by=None, file="currency", place=months)
        closed.append(close_month(by=None, area="358", month_end=OCTOBER, reason="A test" if closed else ""))
        lapsed.append([(said["CurrencyLapsed"], said["DueToLapseDate"]) for said in records(closed[-1])])
    assert lapsed == [[("N", "2027-02-02")], [("Y", "2026-08-02")], [("N", "2027-02-02")]]
    assert [each.figures["now"]["not_known"] for each in closed] == [0, 1, 0]
    assert [records(MonthClose.objects.get(pk=each.pk))[0]["CurrencyLapsed"] for each in closed] == ["N", "Y", "N"]


def test_a_currency_period_that_is_another_from_a_day_on_leaves_the_months_before_as_they_were():
    learner(code="310", start=date(2026, 2, 2))
    months = Place(date(2015, 4, 1), ("rule", "310", "months"))
    amend_rule(by=None, file="currency", place=months, value=6, since=date(2026, 10, 1), reason="A test")
    closed = [close_month(by=None, area="358", month_end=end) for end in (SEPTEMBER, OCTOBER)]
    assert [records(each)[0]["DueToLapseDate"] for each in closed] == ["2027-02-02", "2026-08-02"]
    assert [each.figures["now"]["not_known"] for each in closed] == [0, 1]


def test_a_code_that_turns_between_two_months_changes_the_later_and_no_closed_month():
    """Re-engagement counts as NEET from 1 October on, until that is taken back."""
    learner(code="530")
    onward = PlaceInList("530", date(2026, 10, 1), onward=True)
    amend(by=None, codeset="activity", place=onward, says={"group": "neet"}, reason="A test")
    closed = [close_month(by=None, area="358", month_end=end) for end in (SEPTEMBER, OCTOBER)]
    withdraw(by=None, codeset="activity", place=onward)
    closed.append(close_month(by=None, area="358", month_end=OCTOBER, reason="A test"))
    kept = [MonthClose.objects.get(pk=each.pk) for each in closed]
    assert [(each.figures["now"]["neet"], records(each)[0]["NEETStartDate"]) for each in kept] == [
        (0, ""), (1, "2026-10-01"), (0, "")]


def test_figures_that_do_not_show_the_register_are_built_again_by_a_close(
        settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks):
    settings.WAREHOUSE = tmp_path / "warehouse.duckdb"
    built = []
    monkeypatch.setattr(figures, "rebuild", lambda: built.append(settings.WAREHOUSE.with_suffix(".behind").unlink()))
    with django_capture_on_commit_callbacks(execute=True):
        learner()
    for reason, begun in (("", [*STEPS]), ("Nothing changed since", [*STEPS[:-1]])):
        steps = []
        with django_capture_on_commit_callbacks(execute=True):
            close_month(by=None, area="358", month_end=OCTOBER, reason=reason, step=steps.append)
        assert (len(built), steps) == (1, begun)


def test_no_day_in_it_is_after_the_month():
    found = learner()
    activities.confirm_activity(by=None, activity=found.activities.known().get(), verified=date(2026, 11, 20))
    told_late = add_learner(by=None, area="358", born=date(2009, 10, 1), given="Ana", family="Li", since=date(2025, 9, 1))
    activities.record_activity(by=None, learner=told_late, code="230", start=date(2026, 9, 7), ascertained=date(2026, 11, 20))
    close = close_month(by=None, area="358", month_end=OCTOBER)
    said = {record["YoungPersonsID"][-1]: record["DateVerified"] for record in records(close)}
    assert said == {str(found.number)[-1]: "2026-09-07", str(told_late.number)[-1]: "2026-10-31"}
    assert 305 not in {error["rule"] for error in close.errors}


def test_the_day_of_lapsing_is_counted_from_the_confirmation_that_the_return_states():
    found = learner(code="330")
    activities.confirm_activity(by=None, activity=found.activities.known().get(), verified=date(2026, 11, 20))
    [said] = records(close_month(by=None, area="358", month_end=OCTOBER))
    assert (said["DateVerified"], said["DueToLapseDate"]) == ("2026-09-07", "2027-03-07")


def test_an_identifier_that_a_return_brought_is_written_and_its_errors_are_the_learners(settings):
    known, other = learner(), learner(start=date(2026, 9, 8), code="619")
    for found, value in ((known, "3580000123456"), (other, f"358{known.number:010d}")):
        identity.add_identifier(by=None, learner=found, scheme="young_persons_id", value=value)
    close = close_month(by=None, area="358", month_end=OCTOBER)
    said = records(close)
    # The second's ten digits are the number of the first, so that it is written by its own.
    assert [each["YoungPersonsID"] for each in said] == ["3580000123456", f"358{other.number:010d}"]
    assert [each["PreviousYPIDIdentifier"] for each in said] == ["", f"358{known.number:010d}"]
    assert {error["number"] for error in close.errors} <= {known.return_number, other.return_number}
    assert known.return_number in {error["number"] for error in close.errors}
    end_membership(by=None, learner=known, status="E", left_on=date(2026, 10, 20))
    assert close_month(by=None, area="358", month_end=OCTOBER, reason="A test").leavers == [known.return_number]


def test_the_database_of_what_is_written_is_the_settings(settings):
    settings.DATABASE_ID = "444"
    one = learner()
    close = close_month(by=None, area="358", month_end=OCTOBER)
    assert b"<DatabaseID>444</DatabaseID>" in content_of(close)
    assert records(close)[0]["YoungPersonsID"] == f"444{one.number:010d}"
    assert 903 not in {error["rule"] for error in close.errors}


def test_a_protected_address_leaves_in_no_file():
    learner(protected=True)
    [said] = records(close_month(by=None, area="358", month_end=OCTOBER))
    assert (said["AddressLine1"], said["Postcode"]) == ("Address protected", "ZZ99 9ZZ")
    assert b"High Street" not in content_of(MonthClose.objects.get())


def left_in_september():
    """Somebody who left on 20 September, as was learnt long after: to the register they are a leaver until this month ends."""
    found = learner()
    end_membership(by=None, learner=found, status="E", left_on=date(2026, 9, 20))
    return found


def test_a_leaver_is_returned_once():
    found = left_in_september()
    assert told(SEPTEMBER) == ["E"]
    assert MonthClose.objects.get().leavers == [found.return_number]
    assert told(OCTOBER) == []
    assert told(OCTOBER, "Somebody was found") == []
    assert told(SEPTEMBER, "An address was wrong") == ["E"]


def test_a_leaver_who_is_learnt_of_late_is_returned_once_whichever_month_is_closed_first():
    """Both were closed when nobody knew that they had left; the later is closed again before the earlier."""
    found = learner()
    assert (told(SEPTEMBER), told(OCTOBER)) == (["P"], ["P"])
    end_membership(by=None, learner=found, status="E", left_on=date(2026, 9, 20))
    assert told(OCTOBER, "Somebody left") == ["E"]
    assert told(SEPTEMBER, "Somebody left") == []
    assert told(OCTOBER, "An address was wrong") == ["E"]


def test_months_may_be_closed_in_any_order():
    left_in_september()
    assert told(OCTOBER) == ["E"]
    assert told(SEPTEMBER) == []


def test_whoever_came_back_and_left_again_left_in_the_month_before_all_the_same():
    test_who_came_back_and_left_again_is_returned_again()
    assert told(SEPTEMBER, "An address was wrong") == ["E"]
    assert told(OCTOBER, "An address was wrong") == ["E"]


def test_a_close_says_of_which_ages_its_headline_is():
    """As the rules had them when it was closed, whatever they say afterwards."""
    learner()
    close = close_month(by=None, area="358", month_end=OCTOBER)
    page = signed_in_client("data_officer").get(reverse("returns:month", args=[close.pk])).content.decode()
    assert "Headline, academic ages 16 and 17<" in page
    assert [ages_of(MonthClose(figures=figures)) for figures in ({"ages": [16]}, {"ages": [16, 17, 18]}, {})] == [
        "academic age 16", "academic ages 16, 17 and 18", ""]


@pytest.mark.parametrize("taken_back", [
    lambda found: undo_last_change(by=None, learner=found, at=last_change(found).at),
    lambda found: rejoin(by=None, learner=found, since=date(2026, 9, 20)),  # the day on which they left
])
def test_who_was_called_a_leaver_by_mistake_is_returned_when_they_leave(taken_back):
    found = left_in_september()
    told(SEPTEMBER)
    taken_back(found)
    assert told(SEPTEMBER, "They never left") == ["P"]
    assert told(OCTOBER) == ["P"]
    end_membership(by=None, learner=found, status="T", left_on=date(2026, 10, 20), transferred_to="202")
    assert told(OCTOBER, "They moved away") == ["T"]


def test_who_came_back_and_left_again_is_returned_again():
    found = left_in_september()
    told(SEPTEMBER)
    rejoin(by=None, learner=found, since=date(2026, 10, 5))
    end_membership(by=None, learner=found, status="E", left_on=date(2026, 10, 20))
    assert told(OCTOBER) == ["E"]


def test_whoever_is_too_old_or_too_young_is_not_returned():
    learner(born=date(2007, 8, 31))  # 18 without a plan a year ago
    learner(born=date(2011, 9, 1))  # year 10
    assert told(OCTOBER) == []


def test_what_moved_adds_up_to_the_change():
    found = learner()
    stayed = learner(code="619", start=date(2026, 9, 1))
    activities.record_activity(by=None, learner=found, code="619", start=date(2026, 10, 12), ascertained=date(2026, 10, 12))
    close = close_month(by=None, area="358", month_end=OCTOBER)
    assert (close.figures["before"]["neet"], close.figures["now"]["neet"]) == (1, 2)
    assert moves_by_kind(close, ()) == [("Became NEET", [f"{found.number:010d}"])]
    set_restriction(by=None, learner=found, restricted=True, protected_address=False, reason="A test")
    assert moves_by_kind(close, numbers_shut_to(None, "358")) == [("Became NEET", ["a restricted record"])]
    assert stayed.number != found.number


def test_whoever_was_found_to_be_neet_is_told_though_the_headline_is_unchanged():
    found = learner(code="810")
    activities.record_activity(by=None, learner=found, code="619", start=date(2026, 10, 12), ascertained=date(2026, 10, 12))
    close = close_month(by=None, area="358", month_end=OCTOBER)
    assert close.figures["now"]["neet"] - close.figures["before"]["neet"] == 1
    assert sum(move["change"] for move in close.moved) == 0
    assert moves_by_kind(close, ()) == [("Found to be NEET", [f"{found.number:010d}"])]


def test_neet_is_between_none_and_all_of_those_not_known():
    for code in ("230", "619", "810", "810"):
        learner(code=code)
    now = close_month(by=None, area="358", month_end=OCTOBER).figures["now"]
    assert (now["neet_at_least_percent"], now["neet_percent"], now["neet_at_most_percent"]) == (25, 25, 75)
    assert 25 < now["neet_estimate_percent"] < 75


def test_a_closed_month_is_the_same_however_the_register_changes():
    found = learner()
    before = content_of(close_month(by=None, area="358", month_end=OCTOBER))
    identity.rename(by=None, learner=found, given="Zoë", family="Other", since=date(2026, 10, 1))
    assert content_of(MonthClose.objects.get()) == before
    again = close_month(by=None, area="358", month_end=OCTOBER, reason="A name was put right")
    assert again.version == 2
    assert content_of(again) != before
    assert content_of(MonthClose.objects.get(version=1)) == before


def test_the_register_as_it_was_known_gives_the_same_records_again():
    from throughline.apps.learners.returned import records as written

    found = learner()
    close = close_month(by=None, area="358", month_end=OCTOBER)
    identity.rename(by=None, learner=found, given="Zoë", family="Other", since=date(2026, 10, 1))
    activities.record_activity(by=None, learner=found, code="619", start=date(2026, 10, 2))
    then = list(written("358", OCTOBER, close.known))
    assert [(record.family_name, record.activity_code) for record in then] == [("O'Brien", "230")]
    assert then != list(written("358", OCTOBER))


@pytest.mark.parametrize(("month_end", "why"), [
    (date(2026, 10, 30), "not the last day"), (date(2999, 12, 31), "not over yet"), (OCTOBER, "say why"),
    (date(2019, 1, 31), "Nobody was in the cohort at the end of January 2019"),
])
def test_what_may_not_be_closed_is_refused_in_words(month_end, why):
    learner()
    close_month(by=None, area="358", month_end=OCTOBER)
    with pytest.raises(RefusedError, match=why):
        close_month(by=None, area="358", month_end=month_end)
    assert MonthClose.objects.count() == 1


def test_nothing_is_kept_when_it_fails_half_way(monkeypatch):
    learner()
    monkeypatch.setattr(closing, "record", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        close_month(by=None, area="358", month_end=OCTOBER)
    assert MonthClose.objects.count() == 0


def test_a_month_of_leavers_alone_is_refused_on_the_page_too():
    left_in_september()
    client = signed_in_client("data_officer")
    answer = client.post(reverse("returns:close"), {"month_end": "2026-10-31"})
    assert answer.status_code == 400
    assert "Nobody was in the cohort at the end of October 2026, as the register has it, so it cannot be closed. Choose " \
           "another month, or bring in a file first that says who was in the cohort then." in answer.content.decode()
    assert not MonthClose.objects.exists()


def test_what_was_closed_is_never_changed():
    learner()
    close = close_month(by=None, area="358", month_end=OCTOBER)
    for change in (close.save, close.delete, MonthClose.objects.all().delete):
        with pytest.raises(WriteOnceError):
            change()


def test_errors_are_kept_with_who_can_put_them_right():
    learner(code="620")  # a young carer who is not marked as a carer
    close = close_month(by=None, area="358", month_end=OCTOBER)
    assert {error["rule"] for error in close.errors} >= {233}
    assert all(error["who"] and error["message"] for error in close.errors)


def test_the_page_says_all_of_it_and_the_look_is_recorded():
    learner(code="620")
    close = close_month(by=None, area="358", month_end=OCTOBER)
    client = signed_in_client("data_officer")
    page = client.get(reverse("returns:month", args=[close.pk])).content.decode()
    assert "October 2026" in page
    assert "233" in page
    assert AuditEntry.objects.filter(verb="looked", subject_kind="month", subject_id=str(close.pk)).count() == 1
    file = client.get(reverse("returns:return_file", args=[close.pk]))
    assert file.content == content_of(close)
    assert AuditEntry.objects.filter(verb="downloaded", subject_id=str(close.pk)).count() == 1


def test_another_authority_sees_none_of_it():
    learner()
    close = close_month(by=None, area="358", month_end=OCTOBER)
    client = signed_in_client("data_officer", area="850", email="elsewhere@example.org")
    assert client.get(reverse("returns:month", args=[close.pk])).status_code == 404
    assert "October 2026" not in client.get(reverse("returns:months")).content.decode()


def test_closing_again_on_the_page_asks_why():
    learner()
    client = signed_in_client("data_officer")
    address, form = reverse("returns:close"), {"month_end": "2026-10-31"}
    assert client.post(address, form).status_code == 302
    answer = client.post(address, form)
    assert answer.status_code == 400
    assert "say why" in answer.content.decode()
    assert 'href="#id_reason"' in answer.content.decode()
    assert client.post(address, form | {"reason": "Late news"}).status_code == 302
    assert MonthClose.objects.get(version=2).closed_by == make_user("data_officer")


def test_a_month_that_was_closed_after_the_form_was_shown_is_asked_about_once_more():
    """Two tabs, or two people: nobody closes over a version that they were not shown."""
    learner()
    close_month(by=None, area="358", month_end=OCTOBER)
    client, address = signed_in_client("data_officer"), reverse("returns:close")
    tab = boxes(client.get(address)) | {"month_end": "2026-10-31", "reason": "Late news"}
    assert client.post(address, tab).status_code == 302
    answer = client.post(address, tab)
    said = " ".join(answer.content.decode().split())
    assert f"October 2026 was closed by {make_user('data_officer').full_name} after this page was shown, as version 2" in said
    assert (answer.status_code, MonthClose.objects.count()) == (400, 2)
    again = boxes(answer)
    assert (again["month_end"], again["reason"]) == ("2026-10-31", "Late news")
    assert client.post(address, again).status_code == 302
    assert MonthClose.objects.count() == 3


def test_a_month_closed_again_says_what_differs_or_that_nothing_does(capsys, monkeypatch):
    monkeypatch.setattr(figures, "rebuild", lambda: None)  # which the tests of other rooms share
    found = learner()
    first = close_month(by=None, area="358", month_end=OCTOBER)
    call_command("close", month="2026-10", reason="To be sure")
    assert "Nothing differs from version 1" in " ".join(capsys.readouterr().out.split())
    activities.record_activity(by=None, learner=found, code="810", start=date(2026, 10, 5), ascertained=date(2026, 10, 5),
                               verified=date(2026, 10, 5))
    client = signed_in_client("data_officer")
    form = {"month_end": "2026-10-31", "reason": "Late news"}
    told = " ".join(client.post(reverse("returns:close"), form, follow=True).content.decode().split())
    assert told.count("Different from version 2: the records of the return, the headline, what moved it.") == 2
    assert "version" not in report_lines(first)[-1]


@pytest.mark.parametrize(("changed", "differs"), [
    ({}, []), ({"known": -2}, []), ({"errors": [{"rule": 1}]}, ["errors"]), ({"moved": [{"number": "1"}]}, ["moved"]),
    ({"figures": {"neet": 3}}, ["headline"]), ({"figures": {"neet_estimate_percent": 0.00001}}, []),
])
def test_the_day_of_writing_and_what_is_printed_alike_make_no_difference_and_anything_else_does(changed, differs):
    learner()
    before = close_month(by=None, area="358", month_end=OCTOBER)
    known = before.known + timedelta(days=changed.get("known", 0))
    then, now = (str(timezone.localdate(moment)).encode() for moment in (before.known, known))
    written = content_of(before).replace(then, now, 1)
    figures = {**before.figures, "now": before.figures["now"] | changed.get("figures", {})}
    kept = {"errors": before.errors, "moved": before.moved, **changed, "figures": figures, "known": known}
    assert since(before, written, kept) == {"since": {"version": 1, "differing": differs, "lacking": []}}
    assert since(before, written.replace(b"Brien", b"Bryan"), kept)["since"]["differing"] == ["records", *differs]
    assert since(None, written, kept) == {}
