"""Single rows of a waiting file left out by hand and taken back in: the counts follow, and nothing of them is written."""

from html import unescape

import pytest

from tests.apps.exchange.browsing import accept_as_shown
from tests.apps.exchange.returns_made import ADE, BO, made, record
from tests.cast import make_user
from throughline.apps.exchange.actions.bringing import set_mapping
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.leaving_out import leave_out, take_in
from throughline.apps.exchange.actions.settling import settle_row
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.models import Learner
from throughline.apps.organisations.actions.amending import RefusedError

pytestmark = pytest.mark.django_db
MISSPELT = b"Forename,Surname,DOB,ULN\nAde,O'Brian,05/11/2009,9276308686\nBo,Ng,15/01/2010,1234567899\nNo,Body,01/02/2010,\n"
CY = {**BO, "YoungPersonsID": "3580000000003", "GivenName": "Cy", "DOB": "2010-02-02"}


@pytest.fixture
def misspelt(accepted, bring):
    """A college's list: one name on it is wrong, one number is new, and one person is not known."""
    accepted(made(record(ADE), record(BO)))
    return bring(MISSPELT, "college.csv")


def _counts(delivery):
    return {outcome: many for outcome, many in Delivery.objects.get(pk=delivery.pk).counts.items() if many}


def _held():
    return sorted(str(one) for learner in Learner.objects.all() for one in (*learner.names.known(), *learner.identifiers.known()))


def _words(answer):
    return " ".join(unescape(answer.content.decode()).split())


def test_nothing_of_a_row_that_is_left_out_reaches_the_register_and_the_rest_does(misspelt, officer):
    before = _held()
    row = leave_out(by=officer, row=misspelt.rows.get(line=2))
    assert (row.outcome, row.left_out, row.left_out_by, row.changes) == ("set_aside", True, officer, [])
    assert _counts(misspelt) == {"set_aside": 1, "changed": 1, "unmatched": 1}
    accept(by=officer, delivery=misspelt)
    assert _counts(misspelt) == {"set_aside": 1, "changed": 1, "unmatched": 1}
    assert [said for said in _held() if said not in before] == ["Unique learner number 1234567899"]


def test_a_row_that_is_taken_back_in_changes_what_it_would_have(misspelt, officer):
    was = misspelt.rows.get(line=2)
    row = take_in(by=officer, row=leave_out(by=officer, row=was))
    assert (row.outcome, row.left_out_by, row.changes, row.learner) == ("changed", None, was.changes, was.learner)
    assert _counts(misspelt) == {"changed": 2, "unmatched": 1}


def test_a_row_is_left_out_on_the_page_and_its_page_says_by_whom(misspelt, cast):
    client, row, its = cast("data_officer"), misspelt.rows.get(line=2), f"/files/{misspelt.pk}/"
    assert "Leave this row out" in _words(client.get(its))
    rows = f"{its}rows/changed/"
    answer = client.post(f"/files/rows/{row.pk}/leave-out/", {"next": rows}, follow=True)
    assert answer.request["PATH_INFO"] == rows
    assert "Line 2 is left out" in _words(answer)
    leave_out(by=make_user("tracking_officer"), row=misspelt.rows.get(line=3))
    page = _words(client.get(its))
    assert "2 rows were left out by hand: 1 by Data officer Example, 1 by Tracking officer Example." in page
    assert page.count("Take this row back in") == 2
    assert "Line 2 is taken back in" in _words(client.post(f"/files/rows/{row.pk}/take-in/", follow=True))
    accept_as_shown(client, misspelt.pk)
    assert "Take this row back in" not in _words(client.get(its))
    assert "1 row was left out by hand: 1 by Tracking officer Example." in _words(client.get(its))
    assert "decided on" not in _words(client.post(f"/files/rows/{row.pk}/leave-out/", follow=True))
    assert not Row.objects.get(pk=row.pk).left_out


def test_a_page_that_was_open_meanwhile_accepts_no_row_that_it_did_not_show(misspelt, officer):
    shown = misspelt.mark
    leave_out(by=officer, row=misspelt.rows.get(line=2))
    with pytest.raises(RefusedError, match="since you opened its page"):
        accept(by=officer, delivery=misspelt, shown=shown)


def test_only_a_row_that_would_change_something_is_left_out_while_its_file_waits(misspelt, officer):
    unmatched, changed = misspelt.rows.get(line=4), misspelt.rows.get(line=2)
    with pytest.raises(RefusedError, match="would add or change"):
        leave_out(by=officer, row=unmatched)
    with pytest.raises(RefusedError, match="not left out"):
        take_in(by=officer, row=changed)
    leave_out(by=officer, row=changed)
    with pytest.raises(RefusedError, match="left out already"):
        leave_out(by=officer, row=changed)
    with pytest.raises(RefusedError, match="Take it back in first"):
        settle_row(by=officer, row=changed, settled="aside")
    accept(by=officer, delivery=misspelt)
    for action in (leave_out, take_in):
        with pytest.raises(RefusedError, match="accepted this file"):
            action(by=officer, row=changed)
    assert not Row.objects.get(pk=changed.pk).may_be_settled


def test_what_was_left_out_stays_so_when_the_list_is_read_again(misspelt, officer):
    leave_out(by=officer, row=misspelt.rows.get(line=2))
    set_mapping(by=None, delivery=misspelt, mapping=misspelt.mapping, constants={"activity": "230"})
    row = misspelt.rows.get(line=2)
    assert (row.left_out, row.left_out_by, row.outcome) == (True, officer, "set_aside")
    assert take_in(by=officer, row=row).outcome == "changed"


def test_a_row_that_somebody_linked_is_still_linked_once_it_is_taken_back_in(misspelt, officer):
    bo = Learner.objects.get(number=2)
    linked = settle_row(by=officer, row=misspelt.rows.get(line=4), settled="linked", learner=bo, takes_name=True)
    row = take_in(by=officer, row=leave_out(by=officer, row=linked))
    assert (row.settled, row.learner, row.outcome) == ("linked", bo, "changed")


def test_another_row_about_the_same_person_is_compared_anew(accepted, bring, officer):
    """What the first would have changed, the second does once that is left out; it is shown so, and not only written so."""
    accepted(made(record(ADE)))
    line = b"Ade,O'Brian,05/11/2009,9276308686\n"
    delivery = bring(b"Forename,Surname,DOB,ULN\n" + line * 2, "college.csv")
    assert _counts(delivery) == {"changed": 1, "same": 1}
    leave_out(by=officer, row=delivery.rows.get(line=2))
    assert _counts(delivery) == {"set_aside": 1, "changed": 1}
    assert delivery.rows.get(line=3).changes
    leave_out(by=officer, row=delivery.rows.get(line=3))
    before = _held()
    accept(by=officer, delivery=delivery)
    assert _held() == before


def test_whoever_is_found_only_while_somebody_new_is_left_out_is_looked_for_each_time(accepted, bring, officer):
    """Two are called alike on the list, one of them new, whose number is another than hers whom we hold."""
    accepted(made(record(ADE)))
    delivery = bring(b"Forename,Surname,DOB,ULN\nAde,O'Brien,05/11/2009,8184654323\nAde,OBrien,05/11/2009,\n", "college.csv")
    new, other = delivery.rows.order_by("line")

    def found():
        return Row.objects.get(pk=other.pk).outcome

    assert found() == "same"
    new = settle_row(by=officer, row=new, settled="new")
    assert (new.outcome, found()) == ("new", "unmatched")
    leave_out(by=officer, row=new)
    assert found() == "same"
    take_in(by=officer, row=Row.objects.get(pk=new.pk))
    assert (found(), _counts(delivery)) == ("unmatched", {"new": 1, "unmatched": 1})


def test_somebody_new_in_a_return_is_left_out_and_the_others_are_added(accepted, bring, officer):
    accepted(made(record(ADE)))
    delivery = bring(made(record(ADE), record(CY), record({**CY, "Town": "Saltmere"}), record(BO), period_end="2026-10-31"))
    first, second = delivery.rows.filter(values__given="Cy").order_by("place")
    leave_out(by=officer, row=first)
    assert Row.objects.get(pk=second.pk).outcome == "new"
    leave_out(by=officer, row=Row.objects.get(pk=second.pk))
    assert _counts(delivery)["new"] == 1
    accept(by=officer, delivery=delivery)
    assert sorted(Learner.objects.values_list("number", flat=True)) == [1, 2]
    assert {row.learner for row in delivery.rows.filter(left_out=True)} == {None}


def test_one_of_two_rows_about_somebody_new_is_left_out_and_the_other_adds_them(bring, officer):
    delivery = bring(made(record(CY), record({**CY, "Town": "Saltmere"})))
    leave_out(by=officer, row=delivery.rows.order_by("place").first())
    accept(by=officer, delivery=delivery)
    cy = Learner.objects.get()
    assert [row.learner for row in delivery.rows.order_by("place")] == [None, cy]


def test_a_row_that_is_left_out_is_still_about_somebody_and_shut_when_their_record_is(misspelt, officer, cast):
    row = leave_out(by=officer, row=misspelt.rows.get(line=2))
    set_restriction(by=officer, learner=row.learner, restricted=True, protected_address=False, reason="A test")
    page = _words(cast("data_officer").get(f"/files/{misspelt.pk}/"))
    assert f"Restricted record {row.learner.number}" in page
    assert "O'Brian" not in page


def test_nobody_leaves_a_row_of_another_authority_out(misspelt, cast):
    other, row = cast("data_officer", area="202", email="other@example.org"), misspelt.rows.get(line=2)
    assert [other.post(f"/files/rows/{row.pk}/{what}/").status_code for what in ("leave-out", "take-in")] == [404, 404]
    assert not Row.objects.get(pk=row.pk).left_out


def test_a_row_with_the_same_number_and_another_birth_is_compared_anew_too(bring, officer):
    others = [{**ADE, "DOB": day, "UniquePupilNumber": ""} for day in ("2010-01-15", "2010-01-16")]
    delivery = bring(made(*map(record, others)))
    assert (delivery.counts["new"], delivery.counts["same"]) == (1, 1)
    leave_out(by=officer, row=delivery.rows.order_by("line")[0])
    delivery.refresh_from_db()
    assert (delivery.counts["new"], delivery.counts["same"], delivery.counts["set_aside"]) == (1, 0, 1)
    assert accept(by=officer, delivery=delivery, shown=delivery.mark).counts["new"] == 1


@pytest.mark.parametrize(("decided", "said"), [
    (False, "nothing of it reaches the register. Take it back in on the page of its file first."),
    (True, "It is left out by hand: nothing of it reached the register."),
])
def test_a_row_that_is_left_out_offers_no_settling(accepted, bring, officer, cast, decided, said):
    accepted(made(record(ADE)))
    row = bring(b"Forename,Surname,DOB,ULN,Activity\nAde,O'Brien,05/11/2009,9276308686,619\nCy,Poe,31/02/2010,,619\n",
                "list.csv").rows.get(line=2)
    client, address = cast("data_officer"), f"/files/rows/{row.pk}/"
    assert "Settle the row" in _words(client.get(address))
    leave_out(by=officer, row=row)
    if decided:
        accept(by=officer, delivery=Delivery.objects.get(pk=row.delivery_id))
    page = _words(client.get(address))
    assert said in page
    assert ("Settle the row" in page, "Whom it may be about" in page) == (False, False)


def test_the_problems_of_a_row_that_is_left_out_lead_to_no_settling(bring, officer, cast):
    delivery = bring(made(record({**ADE, "Ethnicity": "ZZZZ"})))
    client, way = cast("data_officer"), "Say who it is"
    assert way in _words(client.get(f"/files/{delivery.pk}/problems/"))
    leave_out(by=officer, row=delivery.rows.get())
    assert way not in _words(client.get(f"/files/{delivery.pk}/problems/"))


def test_a_row_that_is_in_the_register_says_so_and_offers_no_settling(accepted, cast):
    row = accepted(made(record(ADE))).rows.get()
    page = _words(cast("data_officer").get(f"/files/rows/{row.pk}/"))
    assert "What this row says is in the register already. Change it there." in page
    assert "Settle the row" not in page
