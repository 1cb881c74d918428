"""A file is accepted as it was shown, and a list that lets its sender see others only once somebody has checked it."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from tests.apps.exchange.browsing import accept_as_shown
from tests.apps.exchange.returns_made import ADE, BO, made, record
from tests.apps.organisations.boxes import boxes
from throughline.apps.exchange.actions.bringing import set_mapping
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.sending import correct_list
from throughline.apps.exchange.actions.settling import settle_row
from throughline.apps.exchange.models import Delivery
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.models import Activity, Learner
from throughline.apps.organisations.actions.amending import RefusedError

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "3584000", "3584001"
LIST = b"Forename,Surname,DOB,Start date\nAde,O'Brien,05/11/2009,01/09/2026\nBo,Ng,15/01/2010,01/10/2026\nNo,Body,01/02/2010,\n"
CHECKED = {"checked": "yes"}


@pytest.fixture
def school(cast, accepted):
    """The browser of somebody of the school at which Ade is, and Bo is not."""
    accepted(made(record(ADE), record(BO)))
    return cast("provider_staff", establishment=HERE, organisation="Marlbeck School")


@pytest.fixture
def officer_browser(cast):
    """The data officer's browser."""
    return cast("data_officer")


def _send(client, content=LIST, **said):
    client.post("/files/sent/", {"file": SimpleUploadedFile("leavers.csv", content), **said})
    return Delivery.objects.get(sent=True)


def _words(answer):
    return " ".join(unescape(answer.content.decode()).split())


def _codes():
    return {learner.number: [one.code for one in learner.activities.known()] for learner in Learner.objects.all()}


def test_what_its_sender_changed_meanwhile_is_not_accepted_from_an_old_page(school, officer_browser):
    delivery = _send(school, activity="210")
    before, old = _codes(), boxes(officer_browser.get(f"/files/{delivery.pk}/"))
    columns = f"/files/sent/{delivery.pk}/columns/"
    school.post(columns, boxes(school.get(columns)) | {"activity": "619"})
    answer = officer_browser.post(f"/files/{delivery.pk}/accept/", {"shown": old["shown"], **CHECKED}, follow=True)
    assert "read again, or one of its rows put right, since you opened its page" in _words(answer)
    assert "(619)" in _words(answer), "the page that follows shows what the list says now"
    assert (_codes(), Delivery.objects.get(pk=delivery.pk).state) == (before, "previewed")
    assert "The file is in the register" in _words(accept_as_shown(officer_browser, delivery.pk, **CHECKED))
    assert _codes() != before


def test_without_saying_what_was_shown_nothing_is_accepted_on_a_page(bring, officer_browser):
    delivery = bring(made(record(ADE)))
    assert "since you opened its page" in _words(officer_browser.post(f"/files/{delivery.pk}/accept/", follow=True))
    assert Learner.objects.count() == 0


def _read_again(delivery, officer):
    set_mapping(by=officer, delivery=delivery, mapping=delivery.mapping, constants=delivery.constants)


def _settled(delivery, officer):
    settle_row(by=officer, row=delivery.rows.get(line=4), settled="aside")


def _put_right(delivery, officer):
    correct_list(by=officer, delivery=delivery, mapping={**delivery.mapping, "3": ""})


@pytest.mark.parametrize("changed", [_read_again, _settled, _put_right])
def test_a_file_that_stands_otherwise_is_refused_and_accepted_as_it_stands(bring, accepted, officer, changed):
    accepted(made(record(ADE)))
    delivery = bring(LIST, "list.csv")
    shown = delivery.mark
    changed(delivery, officer)
    with pytest.raises(RefusedError, match="since you opened its page"):
        accept(by=officer, delivery=delivery, shown=shown)
    now = Delivery.objects.get(pk=delivery.pk)
    assert accept(by=officer, delivery=now, shown=now.mark).state == "accepted"


def test_a_mark_stays_while_nothing_changes(bring, cast):
    delivery = bring(LIST, "list.csv")
    cast("data_officer").get(f"/files/{delivery.pk}/")
    assert Delivery.objects.get(pk=delivery.pk).mark == delivery.mark


def test_the_command_accepts_what_it_has_just_read(bring, officer, tmp_path, capsys):
    delivery = bring(LIST, "list.csv")
    path = tmp_path / "list.csv"
    path.write_bytes(LIST)
    call_command("import", str(path), "--area", "358", "--activity", "230", "--accept")
    assert Delivery.objects.get(pk=delivery.pk).state == "accepted"


def test_those_who_are_not_at_the_senders_are_counted_and_have_to_be_checked(school, officer_browser, officer):
    delivery = _send(school, activity="210")
    page = _words(officer_browser.get(f"/files/{delivery.pk}/"))
    assert "1 of 2 people found on it is not at Marlbeck School as we hold it" in page
    assert "Accepting the list lets the sender see them" in page
    assert f'href="/files/{delivery.pk}/rows/elsewhere/"' in page
    assert "I have checked that they are at Marlbeck School now" in page
    refused = _words(accept_as_shown(officer_browser, delivery.pk))
    assert "1 person on this list is not at Marlbeck School as we hold it" in refused
    with pytest.raises(RefusedError, match="not at Marlbeck School"):
        accept(by=officer, delivery=delivery)
    assert [row.number for row in Learner.objects.filter(activities__code="210")] == []
    assert "Ng, Bo" not in _words(school.get("/learners/"))
    accept_as_shown(officer_browser, delivery.pk, **CHECKED)
    assert "Ng, Bo" in _words(school.get("/learners/"))


HELD_AT = "We hold them at Saltmere School, not at Marlbeck School"


# what Bo does as we hold it, whether the record is restricted, what stands in the row
@pytest.mark.parametrize(("held", "restricted", "said"), [
    ({"code": "210", "establishment": ELSEWHERE, "establishment_name": "Saltmere School"}, False, HELD_AT),
    ({"code": "619"}, False, "We do not hold them at Marlbeck School"),
    ({"code": "710", "establishment_name": "Invented Prison"}, True, "it is not told here where they are held"),
    ({"code": "210", "establishment": HERE}, True, "it is not told here where they are held"),
])
def test_each_row_about_somebody_held_elsewhere_says_where_and_can_be_seen_alone(school, cast, held, restricted, said):
    bo = Learner.objects.get(number=2)
    Activity.objects.create(learner=bo, start="2026-10-02", **held)
    set_restriction(by=None, learner=bo, restricted=restricted, protected_address=False, reason="A test")
    delivery, narrower = _send(school, activity="210"), cast("tracking_officer")
    for page in ("", "rows/elsewhere/"):
        shown = _words(narrower.get(f"/files/{delivery.pk}/{page}"))
        assert shown.count(said) == 1
        assert "Invented Prison" not in shown
    assert 'data-label="Line">3</td>' in shown
    assert 'data-label="Line">2</td>' not in shown
    assert said not in _words(school.get(f"/files/sent/{delivery.pk}/"))
    accept_as_shown(narrower, delivery.pk, **CHECKED)
    assert said not in _words(narrower.get(f"/files/{delivery.pk}/"))


@pytest.mark.parametrize("place", [HERE, ELSEWHERE])
def test_neither_what_is_counted_nor_what_is_asked_tells_where_a_restricted_record_is_held(school, officer_browser, place):
    bo = Learner.objects.get(number=2)
    Activity.objects.create(learner=bo, start="2026-10-02", code="210", establishment=place)
    set_restriction(by=None, learner=bo, restricted=True, protected_address=False, reason="A test")
    delivery = _send(school, activity="210")
    said = "is not at Marlbeck School as we hold it, or has a restricted record"
    assert f"1 of 2 people found on it {said}" in _words(officer_browser.get(f"/files/{delivery.pk}/"))
    assert f"1 person on this list {said}" in _words(accept_as_shown(officer_browser, delivery.pk))
    assert "The file is in the register" in _words(accept_as_shown(officer_browser, delivery.pk, **CHECKED))


def test_the_command_accepts_no_such_list_unchecked(school, tmp_path):
    delivery, path = _send(school, activity="210"), tmp_path / "leavers.csv"
    path.write_bytes(LIST)
    with pytest.raises(CommandError, match="Tick on the page of the file"):
        call_command("import", str(path), "--area", "358", "--accept")
    assert Delivery.objects.get(pk=delivery.pk).state == "previewed"


def test_a_sender_whose_people_are_all_theirs_needs_no_tick(school, officer_browser):
    delivery = _send(school, LIST.partition(b"Bo,")[0], activity="210")
    page = _words(officer_browser.get(f"/files/{delivery.pk}/"))
    assert "as we hold it" not in page
    assert "The file is in the register" in _words(accept_as_shown(officer_browser, delivery.pk))


def test_a_list_that_an_officer_brought_in_needs_no_tick(school, bring, officer):
    delivery = bring(LIST, "list.csv", establishment=ELSEWHERE)
    assert accept(by=officer, delivery=delivery).state == "accepted"


def test_the_sender_is_told_that_it_is_checked_and_of_nobody(school):
    delivery = _send(school, activity="210")
    page = _words(school.get(f"/files/sent/{delivery.pk}/"))
    assert "the authority checks that everybody on it is with you" in page
    assert "as we hold it" not in page


def test_whoever_links_a_row_of_a_list_that_was_sent_is_told_who_will_see_them(school, bring, officer_browser):
    said = "Marlbeck School sent this list. Choosing somebody lets the sender see them"
    row, ours = _send(school, activity="210").rows.get(outcome="unmatched"), bring(LIST + b"\n", "ours.csv")
    assert said in _words(officer_browser.get(f"/files/rows/{row.pk}/"))
    assert said not in _words(officer_browser.get(f"/files/rows/{ours.rows.get(outcome='unmatched').pk}/"))


def test_discarding_asks_first(bring, officer_browser):
    page = officer_browser.get(f"/files/{bring(LIST, 'list.csv').pk}/").content.decode()
    folded = page.partition("Discard the file</span></summary>")[2].partition("</details>")[0]
    assert "Discard it" in folded
    assert page.count("Discard it") == 1
    assert "cannot be accepted any more" in folded
