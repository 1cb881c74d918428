"""A school sends its own list: it waits for the authority, and the sender learns of the file, never of the register."""

import re
from contextlib import nullcontext

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.apps.exchange.browsing import accept_as_shown
from tests.apps.exchange.returns_made import ADE, BO, made, record
from tests.apps.organisations.boxes import boxes
from tests.cast import make_user, sign_in
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.looking_again import look_again
from throughline.apps.exchange.actions.undoing import undo
from throughline.apps.exchange.models import Delivery, RememberedMapping
from throughline.apps.learners.models import Learner
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.ui.formats import day

pytestmark = pytest.mark.django_db
SCHOOL = "3584000"
LIST = (b"Forename,Surname,DOB,ULN,Start date\nAde,O'Brien,05/11/2009,9276308686,01/09/2026\n"
        b"Bo,Ng,16/01/2010,,01/09/2026\nCy,Poe,31/02/2010,,\n")


@pytest.fixture
def school(cast):
    """The browser of somebody of a school."""
    return cast("provider_staff", establishment=SCHOOL, organisation="Marlbeck School")


def _send(client, content=LIST, name="starters.csv", **boxes):
    return client.post("/files/sent/", {"file": SimpleUploadedFile(name, content), **boxes}, follow=True)


def _words(answer):
    return " ".join(answer.content.decode().split())


def test_a_list_waits_for_the_authority_as_the_schools_own(school, accepted, register):
    accepted(made(record(ADE), record(BO)))
    before = register(past=True)
    page = _words(_send(school, activity="210"))
    assert "It waits for the authority to look it over" in page
    assert "Waiting for the authority" in page
    delivery = Delivery.objects.get(kind="list")
    assert (delivery.establishment, delivery.constants) == (SCHOOL, {"establishment_name": "Marlbeck School", "activity": "210"})
    assert register(past=True) == before


def test_the_sender_is_told_of_the_file_and_nothing_of_the_register(school, accepted):
    accepted(made(record(ADE), record(BO)))
    listed = b"Forename,Surname,DOB,ULN,Sex\nAde,O'Brien,05/11/2009,9276308686,M\nBo,Ng,16/01/2010,,M\n,,31/02/2010,,\n"
    told = _words(_send(school, listed))
    assert "31/02/2010" in told
    rows = list(Delivery.objects.get(kind="list").rows.all())
    assert {row.outcome for row in rows} == {"same", "unmatched", "unreadable"}
    assert [problem["remedy"] for row in rows for problem in row.problems if "we hold F" in problem["remedy"]]
    unknown = _words(_send(school, listed.replace(b"Ade,O'Brien", b"Eve,O'Nobody").replace(b"9276308686", b""), "others.csv"))
    for said in ("Not matched", "Changed", "we hold", "nobody in the register", "another"):
        assert said not in told + unknown
    assert "<dd>2</dd>" in told
    assert "<dd>2</dd>" in unknown, "who is known and who is not looks the same"


def test_an_officer_accepts_it_and_the_sender_sees_that(school, cast, accepted):
    accepted(made(record(ADE)))
    _send(school, activity="210")
    delivery = Delivery.objects.get(kind="list")
    officer = cast("data_officer")
    assert "School, college or provider staff Example" in _words(officer.get("/files/"))
    assert "The file is in the register" in _words(accept_as_shown(officer, delivery.pk))
    assert Learner.objects.get().activities.known().filter(establishment=SCHOOL).exists()
    assert "Accepted" in _words(school.get(f"/files/sent/{delivery.pk}/"))


@pytest.mark.parametrize(("number", "name", "noted"), [
    ("3584999", "Other Place", ["establishment"]), ("", "Other Place", ["establishment_name"]), (SCHOOL, "Marlbeck Sch", []),
    ("", "MARLBECK SCHOOL", []), ("", "", []),
])
def test_a_list_speaks_of_nobody_elsewhere(school, bring, number, name, noted):
    """An officer's own list may say of each row where they are; what a school sends is read as of the school."""
    listed = f"Forename,Surname,DOB,ULN,LAESTAB,School name\nAde,O'Brien,05/11/2009,9276308686,{number},{name}\n".encode()
    _send(school, listed, activity="210")
    row = Delivery.objects.get().rows.get()
    doing = row.values["doing"]
    assert (doing["establishment"], doing["establishment_name"]) == (SCHOOL, "Marlbeck School")
    assert [problem["field"] for problem in row.problems] == noted
    theirs = bring(listed + b"\n", "b.csv", constants={"activity": "210"}, establishment=SCHOOL).rows.get().values["doing"]
    assert (theirs["establishment"], theirs.get("establishment_name", "")) == (number or SCHOOL, name)


def test_what_others_sent_is_not_there(school, bring):
    another = sign_in(type(school)(), make_user("provider_staff", email="b@example.org", establishment="3588001"))
    _send(another)
    delivery = Delivery.objects.get()
    officers = bring(made(record(ADE)))
    for pk in (delivery.pk, officers.pk):
        assert school.get(f"/files/sent/{pk}/").status_code == 404
        assert school.get(f"/files/sent/{pk}/problems.csv").status_code == 404
        assert school.get(f"/files/{pk}/").status_code == 403
        assert school.post(f"/files/{pk}/accept/").status_code == 403
    assert "You have sent no list yet" in _words(school.get("/files/sent/"))


@pytest.mark.parametrize(("decided", "state"), [(False, "it waits for a decision there"), (True, "it was accepted there on ")])
def test_bytes_that_are_there_already_say_where_they_stand_and_no_more(school, bring, officer, decided, state):
    theirs = bring(LIST, "theirs.csv")
    if decided:
        accept(by=officer, delivery=theirs)
    told = _words(_send(school))
    assert f"The authority has this very list already, though not from you: {state}" in told
    assert "No list has been sent from your account." in told
    assert "theirs.csv" not in told


def test_a_list_that_one_sent_before_is_pointed_to(school):
    _send(school)
    told = _words(_send(school, name="again.csv"))
    assert "You sent this very list on" in told
    assert "starters.csv" in told


def _columns(school, delivery, **changed):
    page = school.get(f"/files/sent/{delivery.pk}/columns/")
    return school.post(f"/files/sent/{delivery.pk}/columns/", boxes(page) | changed, follow=True)


def test_a_sender_puts_right_what_the_columns_were_taken_for(school, cast, accepted):
    accepted(made(record(ADE)))
    _send(school, LIST.replace(b"Forename,Surname", b"Surname,Forename"))
    delivery = Delivery.objects.get(kind="list")
    told = _words(_columns(school, delivery, column_0="given_name", column_1="family_name", activity="210"))
    assert "your next one with these headings will be read so too" in told
    delivery.refresh_from_db()
    assert (delivery.mapping["0"], delivery.mapping["1"]) == ("given_name", "family_name")
    assert delivery.constants == {"establishment_name": "Marlbeck School", "activity": "210"}
    assert delivery.establishment == SCHOOL
    for said in ("Whose list it is", "Changed", "Not matched"):
        assert said not in told
    _send(school, LIST.replace(b"Forename,Surname", b"Surname,Forename") + b"\n", "next.csv")
    assert Delivery.objects.get(name="next.csv").mapping == delivery.mapping


def test_what_a_sender_says_of_columns_holds_for_no_list_of_others(school, cast, bring):
    _send(school)
    delivery = Delivery.objects.get()
    _columns(school, delivery, column_0="family_name", column_1="given_name")
    assert RememberedMapping.objects.get().whose == SCHOOL
    assert bring(LIST + b"\n", "ours.csv").mapping["0"] == "given_name"
    other = cast("provider_staff", establishment="3584001", organisation="Other School", email="other@example.org")
    _send(other, LIST + b"\n\n", "theirs.csv")
    assert Delivery.objects.get(name="theirs.csv").mapping["0"] == "given_name"


def test_what_an_officer_says_later_holds_for_the_sender_too(school, cast):
    _send(school)
    delivery = Delivery.objects.get()
    _columns(school, delivery, column_0="family_name", column_1="given_name")
    columns = {f"column_{place}": field for place, field in delivery.mapping.items()}
    cast("data_officer").post(f"/files/{delivery.pk}/columns/", columns)
    _send(school, LIST + b"\n", "next.csv")
    assert Delivery.objects.get(name="next.csv").mapping["0"] == "given_name"


def test_a_list_that_was_decided_on_or_sent_by_others_is_not_put_right(school, bring):
    theirs = bring(LIST, "theirs.csv")
    assert school.get(f"/files/sent/{theirs.pk}/columns/").status_code == 404
    theirs.delete()
    _send(school)
    delivery = Delivery.objects.get()
    Delivery.objects.update(state="accepted")
    told = _words(school.post(f"/files/sent/{delivery.pk}/columns/", {"column_0": "given_name"}, follow=True))
    assert "The authority has decided on this list" in told
    assert "Say otherwise what the columns hold" not in told


def test_an_account_that_names_no_place_sends_nothing(cast):
    client = cast("provider_staff")
    assert "names no school, college or provider" in _words(client.get("/files/sent/"))
    assert _send(client).status_code == 422
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("content", [b"", made(record(ADE)), b"\x00\x01", b"Dear all,\nno list\n"])
def test_a_return_or_what_is_no_list_is_refused_in_words(school, content):
    assert "There is a problem" in _words(_send(school, content)) or "The list was not read" in _words(_send(school, content))
    assert not Delivery.objects.exists()


def test_what_everybody_did_on_one_list_overrides_nothing_of_the_next(school):
    """A sender who chooses “The list says it” is taken at their word, whatever was said of the list before."""
    _send(school, activity="619")
    _columns(school, Delivery.objects.get(), activity="619")
    _send(school, LIST + b"\n", "next.csv")
    assert "activity" not in Delivery.objects.get(name="next.csv").constants


def test_a_list_that_says_nothing_of_activities_says_so_to_its_sender(school):
    said = "Nothing in this list says what anybody is doing, so it changes nobody’s activity"
    assert said in _words(_send(school))
    _columns(school, Delivery.objects.get(), activity="210")
    assert said not in _words(school.get(f"/files/sent/{Delivery.objects.get().pk}/"))


MANY = "Forename,Surname,DOB,Sex\n" + "".join(f"{name},Ng,15/01/2010,F\n" for name in (
    "Ann", "Bea", "Cat", "Dee", "Eve", "Fay", "Gil", "Hal", "Ida", "Jan", "Kay", "Liz"))
NAMES = [line.partition(",")[0] for line in MANY.splitlines()[1:]]


def _became(school, delivery):
    page = _words(school.get(f"/files/sent/{delivery.pk}/"))
    return dict(re.findall(r"<dt>(Rows [^<]+)</dt><dd>([^<]+)</dd>", page))


@pytest.mark.parametrize(("known", "accepted_rows", "others", "differs"), [
    (6, "6", "6", "6"), (0, "At most 5", "At least 7", "At most 5"), (5, "At most 5", "At least 7", "At most 5"),
    (7, "At least 7", "At most 5", "At least 7"), (12, "At least 7", "At most 5", "At least 7"),
])
def test_the_sender_of_an_accepted_list_is_told_totals_that_tell_of_nobody(
        school, accepted, officer, known, accepted_rows, others, differs):
    accepted(made(*(record({**BO, "YoungPersonsID": f"358{number:010d}", "GivenName": name, "EstablishmentNumber": SCHOOL})
                    for number, name in enumerate(NAMES[:known], 1)), record(ADE)))
    _send(school, MANY.encode())
    delivery = Delivery.objects.get(kind="list")
    assert set(_became(school, delivery)) == {"Rows read", "Rows not read"}
    accept(by=officer, delivery=delivery, checked=True)
    assert _became(school, delivery) == {
        "Rows read": "12", "Rows not read": "0", "Rows accepted": accepted_rows, "Rows not matched or left out": others,
        "Rows with something for the authority to look at": differs}


def test_of_a_list_of_few_no_total_is_said_to_be_of_more_than_it_has(school, officer):
    _send(school)
    delivery = Delivery.objects.get(kind="list")
    accept(by=officer, delivery=delivery, checked=True)
    assert set(_became(school, delivery).values()) == {"3", "0", "At most 3"}


def test_the_sender_is_told_when_a_list_was_taken_back(school, accepted, officer):
    accepted(made(record(ADE)))
    _send(school, activity="210")
    delivery = Delivery.objects.get(kind="list")
    undo(by=officer, delivery=accept(by=officer, delivery=delivery))
    page = _words(school.get(f"/files/sent/{delivery.pk}/"))
    assert f"Accepted on {day(timezone.now())}, and taken back on {day(timezone.now())}" in page
    assert set(_became(school, delivery)) == {"Rows read", "Rows not read"}


@pytest.mark.parametrize("restricted", [False, True])
def test_whoever_came_into_the_register_since_at_the_senders_is_asked_for_only_if_that_is_not_told(
        school, accepted, officer, restricted):
    accepted(made(record({**ADE, "EstablishmentNumber": SCHOOL})))
    _send(school, b"Forename,Surname,DOB\nAde,O'Brien,05/11/2009\nBo,Ng,15/01/2010\n", activity="210")
    there = [{**one, "EstablishmentNumber": SCHOOL} for one in (ADE, BO)]
    accepted(made(*map(record, there), period_end="2026-10-31"))
    Learner.objects.filter(number=2).update(restricted=restricted)
    with pytest.raises(RefusedError, match="or has a restricted record") if restricted else nullcontext():
        accept(by=officer, delivery=Delivery.objects.get(kind="list"))


def test_whoever_came_into_the_register_since_a_list_was_shown_has_to_be_checked_too(school, accepted, officer):
    accepted(made(record({**ADE, "EstablishmentNumber": SCHOOL})))
    _send(school, b"Forename,Surname,DOB\nAde,O'Brien,05/11/2009\nBo,Ng,15/01/2010\n", activity="210")
    delivery = Delivery.objects.get(kind="list")
    accepted(made(record({**ADE, "EstablishmentNumber": SCHOOL}), record(BO), period_end="2026-10-31"))
    with pytest.raises(RefusedError, match="The register has changed since"):
        accept(by=officer, delivery=delivery, shown=delivery.mark)
    delivery = look_again(by=officer, delivery=delivery)
    with pytest.raises(RefusedError, match="1 person on this list is not at"):
        accept(by=officer, delivery=delivery, shown=delivery.mark)
    delivery.refresh_from_db()
    assert delivery.waits
    assert accept(by=officer, delivery=delivery, shown=delivery.mark, checked=True).state == "accepted"
