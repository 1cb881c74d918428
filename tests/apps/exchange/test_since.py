"""A file that waits while the register changes: its page says so, nothing else than what was shown is accepted, and looking again
shows what it would change now, of the rows concerned alone as of all.
"""

from datetime import date
from html import unescape

import pytest

from tests.apps.exchange.browsing import accept_as_shown
from tests.apps.exchange.returns_made import ADE, AREA, BO, made, record
from throughline.analytics.participation.codechanges import Place as PlaceInList
from throughline.analytics.participation.stated import Place
from throughline.apps.codelists.actions import amend, amend_rule, withdraw_rule
from throughline.apps.codelists.queries import codeset
from throughline.apps.exchange import since
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.leaving_out import leave_out, take_in
from throughline.apps.exchange.actions.looking_again import look_again
from throughline.apps.exchange.actions.settling import settle_row
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.queries import rows_come_otherwise
from throughline.apps.exchange.since import otherwise_now
from throughline.apps.exchange.together import marks_of, together
from throughline.apps.learners.actions.activities import record_activity, withdraw_activity
from throughline.apps.learners.actions.identity import add_identifier, rename
from throughline.apps.learners.actions.learners import add_learner, amend_details
from throughline.apps.learners.models import Activity, Learner
from throughline.apps.organisations.actions.amending import RefusedError

pytestmark = pytest.mark.django_db
LIST = (b"Forename,Surname,DOB,ULN,Activity,Start date\nAde,O'Brien,05/11/2009,,619,01/10/2026\n"
        b",,,9276308686,619,01/10/2026\nAde,O'Brien,05/11/2009,,619,01/10/2026\nBo,Ng,15/01/2010,,619,05/09/2026\n"
        b"Cy,Dell,02/03/2010,,310,03/10/2026\nDi,Eve,,9276308694,310,03/10/2026\nEd,Fox,04/05/2010,,310,03/10/2026\n"
        b"Bo,Ng,15/01/2010,,310,02/10/2026\n")
TWIN = {**BO, "YoungPersonsID": "3580000000003", "GivenName": "Cy"}
ONE_CELL = b"Name,DOB,Activity,Start date\nCy Dell,02/03/2010,310,03/10/2026\nDell Cy,02/03/2010,310,04/10/2026\n"


@pytest.fixture
def waiting(accepted, bring):
    """A list that waits: of Ade three rows, one by the number alone, of Bo two, and three people who are not in the register."""
    accepted(made(record(ADE), record(BO)))
    return bring(LIST, "list.csv", as_at=date(2026, 11, 20))


MARK = '<span class="app-sub">differs from what was shown before</span>'


def _to_work(number):
    def change(by):
        record_activity(by=by, learner=Learner.objects.get(number=number), code="310", start=date(2026, 11, 10))
    return change


def _added(by):
    add_learner(by=by, area=AREA, given="Cy", family="Dell", born=date(2010, 3, 2))


def _added_alike(by):
    add_learner(by=by, area=AREA, given="Bo", family="Ng", born=date(2010, 1, 15))


def _numbered(by):
    add_identifier(by=by, learner=Learner.objects.get(number=2), scheme="uln", value="9276308694")


def _withdrawn(by):
    withdraw_activity(by=by, activity=Activity.objects.known().get(learner__number=2))


def _another(by):
    add_learner(by=by, area=AREA, given="Zoe", family="Other", born=date(2009, 11, 5))


def _called_otherwise(by):
    rename(by=by, learner=Learner.objects.get(number=2), kind="known_as", given="Bobby", family="Ng")


# what changes of the register, and how many rows come out otherwise then
# The first of Bo's two rows is of what they did before the other began.
CHANGES = [(_to_work(1), 2), (_to_work(2), 1), (_added, 1), (_added_alike, 2), (_numbered, 2),
           (_withdrawn, 1), (_another, 0), (_called_otherwise, 0)]


def _rows(delivery):
    kept = ("line", "outcome", "learner", "changes", "problems", "doubt", "counts_as", "settled", "left_out")
    return list(delivery.rows.order_by("line").values_list(*kept))


def _marked(delivery):
    return [row.line for row in rows_come_otherwise(delivery)]


@pytest.mark.parametrize(("change", "many"), CHANGES)
def test_it_is_known_which_rows_come_out_otherwise_and_looking_again_shows_them(waiting, officer, monkeypatch, change, many):
    leave_out(by=officer, row=waiting.rows.get(line=2))
    settle_row(by=officer, row=waiting.rows.get(line=8), settled="new")
    waiting.refresh_from_db()
    assert otherwise_now(waiting) == 0
    before, compared_at = _rows(waiting), waiting.compared_at
    change(officer)
    assert otherwise_now(waiting) == many
    few = look_again(by=officer, delivery=waiting)
    shown = _rows(few)
    otherwise = [now[0] for was, now in zip(before, shown, strict=True) if was != now]
    assert (len(otherwise), _marked(few)) == (many, otherwise)
    assert [row[-2:] for row in shown] == [row[-2:] for row in before], "what was decided stays"
    assert otherwise_now(few) == 0
    # All of it compared again, slowly, comes to the same.
    monkeypatch.setattr(since, "FEW", 0)
    Delivery.objects.filter(pk=waiting.pk).update(compared_at=compared_at)
    waiting.refresh_from_db()
    assert otherwise_now(waiting) is None
    whole = look_again(by=officer, delivery=waiting)
    assert (_rows(whole), whole.counts, whole.broken, whole.could_fall) == (shown, few.counts, few.broken, few.could_fall)


def test_names_in_one_cell_are_looked_for_either_way_whatever_came_of_the_register_or_another_row(accepted, bring, officer):
    accepted(made(record(BO)))
    listed = bring(ONE_CELL, "list.csv", as_at=date(2026, 11, 20))
    settle_row(by=officer, row=listed.rows.get(line=2), settled="new")
    assert [row[1] for row in _rows(listed)] == ["new", "same"], "the second is about whoever the first adds"
    settle_row(by=officer, row=listed.rows.get(line=2), settled="aside")
    assert [row[1] for row in _rows(listed)] == ["set_aside", "unmatched"]
    listed.refresh_from_db()
    _added(officer)
    assert otherwise_now(listed) == 1
    assert [row[1] for row in _rows(look_again(by=officer, delivery=listed))] == ["set_aside", "changed"]


def test_a_row_that_waited_since_two_were_alike_is_the_others_once_one_is_corrected(waiting, officer):
    _added_alike(officer)
    waiting = look_again(by=officer, delivery=waiting)
    amend_details(by=officer, learner=Learner.objects.get(number=2), born=date(2010, 1, 16))
    assert otherwise_now(waiting) == 2


def test_what_was_shown_before_the_register_changed_is_not_accepted(waiting, officer, cast):
    client, page = cast("data_officer"), f"/files/{waiting.pk}/"
    mark = waiting.mark
    _to_work(2)(officer)
    shown = " ".join(unescape(client.get(page).content.decode()).split())
    assert "1 row would come out otherwise now than shown here" in shown
    assert "Accept it into the register" not in shown
    with pytest.raises(RefusedError, match="The register has changed since .*, and 1 row would come out otherwise"):
        accept(by=officer, delivery=waiting, shown=mark)
    again = " ".join(client.post(f"{page}look-again/", follow=True).content.decode().split())
    assert "compared with the register as it is now" in again
    assert "otherwise now" not in again
    assert "1 row differs from what was shown before, since the register or its rules changed." in again
    assert f'href="{page}rows/otherwise/">See that row</a>' in again
    assert again.count(MARK) == client.get(f"{page}rows/otherwise/").content.decode().count(MARK) == 1
    assert "added to the history" in again
    with pytest.raises(RefusedError, match="read again"):
        accept(by=officer, delivery=waiting, shown=mark)
    assert "The file is in the register" in accept_as_shown(client, waiting.pk).content.decode()
    assert Activity.objects.known().filter(learner__number=2, code="310", start=date(2026, 10, 2)).exists()
    after = [client.get(at).content.decode() for at in (page, f"{page}rows/otherwise/")]
    assert not any(words in told for told in after for words in (MARK, "row differs"))


START_DAYS = Place(date(2016, 9, 1), ("same_start_days",))


def _days_of_one_start(_):
    amend_rule(by=None, file="intake", place=START_DAYS, value=5, reason="A test")


def _restricted(_):
    line = next(line for line in codeset("characteristic").lines if line.code == "150")
    amend(by=None, codeset="characteristic", place=PlaceInList("150", None), says={**line.printed, "restricted": "yes"},
          reason="A test")


def _days_as_in_the_file(_):
    withdraw_rule(by=None, file="intake", place=START_DAYS)


AMENDED = (b"Forename,Surname,DOB,Activity,Start date,Substance misuse\nAde,O'Brien,05/11/2009,230,20/09/2026,\n"
           b"Bo,Ng,15/01/2010,,,Yes\nCy,Dell,02/03/2010,310,03/10/2026,\n")


# what was amended before the list came, what is amended while it waits, which lines come out otherwise then, and which of these
# are marked: what is restricted is shown to nobody
@pytest.mark.parametrize(("before", "change", "lines", "marked"), [
    (None, _days_of_one_start, [2], [2]), (_days_of_one_start, _days_as_in_the_file, [2], [2]), (None, _restricted, [3], []),
])
def test_a_rule_or_a_code_list_that_is_amended_while_a_file_waits_has_it_looked_at_again(
        accepted, bring, officer, cast, before, change, lines, marked):
    accepted(made(record(ADE), record(BO)))
    if before:
        before(officer)
    waiting, client = bring(AMENDED, "list.csv", as_at=date(2026, 11, 20), establishment="3584000"), cast("data_officer")
    page, was = f"/files/{waiting.pk}/", _rows(waiting)
    assert "Accept it into the register" in client.get(page).content.decode()
    change(officer)
    shown = " ".join(unescape(client.get(page).content.decode()).split())
    assert ("a rule or a code list, has changed since" in shown, "Accept it into the register" in shown) == (True, False)
    assert "a rule or a code list, has changed since" in accept_as_shown(client, waiting.pk, shown=waiting.mark).content.decode()
    again = look_again(by=officer, delivery=waiting)
    assert (_marked(again), otherwise_now(again)) == (marked, 0)
    assert [now[0] for then, now in zip(was, _rows(again), strict=True) if then != now] == lines
    assert accept(by=officer, delivery=again, shown=again.mark).state == "accepted"


def test_a_file_that_waited_before_it_was_kept_what_it_was_compared_by_is_looked_at_again(waiting, officer):
    Delivery.objects.update(compared_by="")
    waiting.refresh_from_db()
    assert (otherwise_now(waiting), otherwise_now(look_again(by=officer, delivery=waiting))) == (None, 0)


@pytest.mark.parametrize("few", [500, 0])
def test_rows_that_came_out_otherwise_stay_marked_until_the_file_is_looked_at_again(waiting, officer, monkeypatch, few):
    monkeypatch.setattr(since, "FEW", few)
    _to_work(2)(officer)
    look_again(by=officer, delivery=waiting)
    assert _marked(waiting) == [9]
    settle_row(by=officer, row=waiting.rows.get(line=8), settled="new")
    leave_out(by=officer, row=waiting.rows.get(line=8))
    settle_row(by=officer, row=waiting.rows.get(line=9), settled="aside")
    assert _marked(waiting) == [9], "what an officer decides is no change of the register"
    _to_work(1)(officer)
    assert 9 not in _marked(look_again(by=officer, delivery=waiting)) != []


@pytest.mark.parametrize("decide", [
    lambda row, by: leave_out(by=by, row=row), lambda row, by: settle_row(by=by, row=row, settled="aside"),
    lambda row, by: settle_row(by=by, row=row, settled="linked", learner=Learner.objects.get(number=1)),
    lambda row, by: take_in(by=by, row=row),
], ids=["left out", "set aside", "linked", "taken in"])
def test_what_the_register_brings_into_other_rows_when_one_is_decided_on_is_marked(waiting, officer, decide, request):
    row = waiting.rows.get(line=5)
    if "taken in" in request.node.name:
        leave_out(by=officer, row=row)
    _to_work(2)(officer)
    decide(row, officer)
    assert _marked(waiting) == [9], "the row itself is decided on, and the register changed of nobody else"
    waiting.refresh_from_db()
    assert otherwise_now(waiting) == 0


def test_what_only_the_decision_brings_into_another_row_is_not_marked(waiting, officer):
    _to_work(1)(officer)
    was = waiting.rows.get(line=5).changes
    leave_out(by=officer, row=waiting.rows.get(line=9))
    assert (waiting.rows.get(line=5).changes != was, _marked(waiting)) == (True, [])


@pytest.mark.parametrize(("content", "name", "together_with"), [
    (made(record(BO), record(TWIN), period_end="2026-10-31"), "return.xml", 1),
    (b"Forename,Surname,DOB\nBo,Ng,15/01/2010\nCy,Ng,15/01/2010\n", "list.csv", 2),
])
def test_whoever_is_found_hangs_together_with_their_namesakes_in_a_list_alone(accepted, bring, content, name, together_with):
    accepted(made(record(BO), record(TWIN)))
    delivery = bring(content, name)
    assert [row.learner.number for row in together(delivery, marks_of(delivery.rows.get(place=1)))] == [2, 3][:together_with]


def test_a_row_that_an_earlier_version_kept_in_other_words_does_not_come_out_otherwise(accepted, bring, officer):
    """Then the code was the value, and the row's own words were not kept."""
    accepted(made(record(ADE), record(BO)))
    _to_work(2)(officer)
    content = b"Forename,Surname,DOB,Activity,Start date\nBo,Ng,15/01/2010,Sixth form,02/10/2026\n"
    delivery = bring(content, "list.csv", as_at=date(2026, 11, 20))
    row = delivery.rows.get()
    [asked] = row.problems
    row.problems = [{**{name: said for name, said in asked.items() if name != "code"}, "value": asked["code"], "remedy": "ask"}]
    assert (asked["value"], row.problems[0]["value"]) == ("Sixth form", "210")
    row.save()
    _called_otherwise(officer)
    assert otherwise_now(delivery) == 0
    Row.objects.filter(pk=row.pk).update(problems=[{**row.problems[0], "value": "220"}])
    assert otherwise_now(delivery) == 1
