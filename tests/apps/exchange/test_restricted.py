"""What a file says of a restricted record or a protected home is shown to nobody who has not opened it, and looks name whom."""

import html
import re
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet

from tests.apps.exchange.returns_made import ADE, AREA, BO, made, record
from throughline.analytics.intake.differences import SAYS_NO
from throughline.apps.accounts.models import AuditEntry, Verb
from throughline.apps.exchange.actions.bringing import set_mapping
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.looking_again import look_again
from throughline.apps.exchange.actions.settling import settle_row
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.queries import left_of, problems_of, rows_come_otherwise
from throughline.apps.exchange.readers import reader_of
from throughline.apps.exchange.since import otherwise_now
from throughline.apps.learners.actions.circumstances import add_trait
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.actions.looking import open_restricted
from throughline.apps.learners.models import Activity, Address, Learner

pytestmark = pytest.mark.django_db
OLDER = {**BO, "UniqueLearnerNo": "9276308686", "DateVerified": "2026-10-20"}
PAGES = ("/files/{pk}/", "/files/{pk}/rows/changed/", "/files/{pk}/rows/same/", "/files/{pk}/problems/",
         "/files/{pk}/problems.csv")


@pytest.fixture
def bo(accepted):
    """Bo, who is in custody and has a number of their own by a first return."""
    accepted(made(record({**BO, "UniqueLearnerNo": "1234567899", "AddressLine1": "9 Hidden Row", "Town": "Saltmere"})))
    learner = Learner.objects.get()
    Activity.objects.create(learner=learner, code="710", start="2026-10-03", establishment_name="Invented Prison")
    return learner


@pytest.fixture
def sent(bo, bring):
    """A later file about Bo that says what is older than what is held, another number and another home."""
    return bring(made(record({**OLDER, "AddressLine1": "7 Refuge Lane", "Town": "Marlbeck", "Postcode": "M16 OPQ"}),
                      period_end="2026-10-31"))


def _said(client, delivery) -> str:
    """What the pages say; tokens and digests, in which any three figures may stand, are no words."""
    pages = (client.get(page.format(pk=delivery.pk)).content.decode() for page in PAGES)
    return "".join(html.unescape(re.sub(r'value="\w{60,}"', "", page)) for page in pages)


def _restrict(learner, **what):
    set_restriction(by=None, learner=learner, reason="A test", **{"restricted": False, "protected_address": False, **what})


SHOWN = ("Invented Prison", "1234567899", "9276308686", "7 Refuge Lane", "M16 OPQ", "Bo Ng")


def test_notes_of_a_file_say_what_is_held_of_a_record_that_is_open_to_all(cast, sent):
    said = _said(cast("tracking_officer"), sent)
    assert [words for words in SHOWN if words not in said] == []


@pytest.mark.parametrize("when", ["before the file came", "afterwards"])
def test_nothing_of_a_restricted_record_is_told_by_a_file(cast, bo, bring, when):
    if when == "before the file came":
        _restrict(bo, restricted=True)
    delivery = bring(made(record({**OLDER, "AddressLine1": "7 Refuge Lane"}), period_end="2026-10-31"))
    _restrict(bo, restricted=True)
    said = _said(cast("tracking_officer"), delivery)
    assert [words for words in (*SHOWN, "710", "9 Hidden Row") if words in said] == []
    assert f"Restricted record {bo.number}" in said


def test_whoever_opened_the_record_sees_what_the_file_says(cast, officer, bo, sent):
    _restrict(bo, restricted=True)
    open_restricted(by=officer, learner=bo, reason="They telephoned to ask where they should go")
    assert "9276308686" in _said(cast("tracking_officer"), sent)


def test_a_protected_home_is_told_by_no_file_and_the_rest_is(cast, bo, sent):
    _restrict(bo, protected_address=True)
    client = cast("tracking_officer")
    row = sent.rows.get()
    said = _said(client, sent) + client.get(f"/files/rows/{row.pk}/").content.decode()
    assert [words for words in ("7 Refuge Lane", "9 Hidden Row", "M16 OPQ", "Bo Ng") if words in said] == ["Bo Ng"]


@pytest.mark.parametrize("sheltered", ["by the record", "by the address", "until they moved"])
def test_a_list_of_guesses_does_not_tell_which_address_is_the_protected_one(cast, bo, bring, tmp_path, capsys, sheltered):
    """The pages, the download, the counts and the command answer the right one as they answer any other."""
    if sheltered == "by the record":
        _restrict(bo, protected_address=True)
    else:
        QuerySet(Address).update(protected=True)
    if sheltered == "until they moved":
        QuerySet(Address).update(starts=date(2019, 1, 1), ends=date(2020, 1, 1))
        Address.objects.create(learner=bo, line_1="3 New Road", town="Marlbeck", postcode="ZZ1 1AB", starts=date(2020, 1, 2))
    told, client = [], cast("tracking_officer")
    for number, address in enumerate(("9 Hidden Row,Saltmere", "8 Hidden Row,Saltmere", "7 Refuge Lane,Marlbeck")):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"Forename,Surname,DOB,Address,Town\nBo,Ng,{bo.born:%d/%m/%Y},{address}\n", encoding="utf-8")
        call_command("import", str(path), "--area", AREA)
        delivery = Delivery.objects.get(name=path.name)
        table = client.get(f"/files/{delivery.pk}/problems.csv").content.decode()
        printed = capsys.readouterr().out
        for its in (path.name, address.replace(",", ", "), f"/files/{delivery.pk}/"):
            printed = printed.replace(its, "")
        told.append((delivery.counts, delivery.rows.get().outcome, "the address is protected" in _said(client, delivery),
                     table.replace(f"file {delivery.pk}", ""), printed))
    assert told[0][1:3] == (("changed", False) if sheltered == "until they moved" else ("same", True))
    assert told[0] == told[1] == told[2]
    accept(by=None, delivery=Delivery.objects.get(name="0.csv"))
    assert bo.addresses.known().get(ends=None).protected is (sheltered != "by the record")


@pytest.mark.parametrize(("heading", "taken_for", "kept"), [
    ("PCode", "postcode", "now"), ("", "postcode", "now"), ("Where", "postcode", "now"),
    ("Home address", "activity", "now"), ("Postcode (term time)", "gender", "now"), *[
        (heading, "gender", "now") for heading in (
            "AddressLine3", "HomePostcode", "PupilAddress", "County", "District of home", "Postcodes", "Addresses", "Hometown")],
    ("PCode", "postcode", "before columns were"), ("", "postcode", "before columns were"),
])
def test_a_home_that_nobody_can_read_is_not_told_where_it_is_protected_whatever_its_column_is_called(
        cast, officer, bo, bring, heading, taken_for, kept):
    """Nor whatever the column is taken for, where it is called a home's; there are others without a heading beside it."""
    _restrict(bo, protected_address=True)
    listed = f"Forename,Surname,,,{heading},Email\nBo,Ng,{bo.born:%d/%m/%Y},31/02/2026,M16 OPQ,\nCy,Poe,01/12/2009,,M1 1AA,\n"
    mapping = dict(enumerate(("given_name", "family_name", "date_of_birth", "start", taken_for)))
    delivery = set_mapping(by=officer, delivery=bring(listed.encode(), "homes.csv"), constants={},
                           mapping={str(place): field for place, field in mapping.items()})
    row = delivery.rows.get(learner=bo)
    if kept != "now":
        for each in row.problems:
            each["field"] = delivery.headings[each.pop("column")]
        row.save()
        import_module("throughline.apps.exchange.migrations.0016_fields_of_cells")._place(apps, None)
    client = cast("tracking_officer")
    said = _said(client, delivery) + client.get(f"/files/rows/{row.pk}/").content.decode()
    assert ("M16 OPQ" in said, "the address is protected" in said) == (False, True)
    assert ("31/02/2026" in said) is (kept == "now" or heading != "")


def test_the_command_that_reads_a_file_says_nothing_of_a_restricted_record(bo, sent, officer):
    _restrict(bo, restricted=True)
    said = " ".join(told.problem.sentence() for told in problems_of(sent, reader_of(None, sent.area)))
    assert ("710" in said, "1234567899" in said) == (False, False)


WHOLE = (*PAGES, "/files/{pk}/rows/new/", "/files/files.csv")
MONTHS = {"begins": ((), ("170",)), "ends": (("170",), ()), "goes on": ((), ())}  # what a first return says, and the next


def _told_of_a_return(client, delivery, learner) -> str:
    """All that is told of a return, whatever its number in the database, those of its rows and the minute; leaving a row out is
    tried too.
    """
    row = delivery.rows.get(learner=learner)
    pages = [client.get(page.format(pk=delivery.pk)) for page in (*WHOLE, f"/files/rows/{row.pk}/")]
    pages.append(client.post(f"/files/rows/{row.pk}/leave-out/", follow=True))
    if delivery.waits:
        client.post(f"/files/rows/{row.pk}/take-in/")
    pages.append(client.get("/files/"))
    said = html.unescape("".join(page.content.decode() for page in pages))
    return re.sub(r'value="\w{60,}"|/\d+/|file[ -]\d+|\d+:\d\d[ap]m', "", said)


@pytest.mark.parametrize(("month", "when", "opened"), [
    ("begins", "waiting", False), ("begins", "waiting", True), ("begins", "accepted", False), ("begins", "accepted", True),
    ("ends", "accepted", False), ("ends", "as an earlier version kept it", False),
])
def test_a_return_tells_of_a_restricted_characteristic_those_alone_who_opened_the_record(
        cast, officer, accepted, bring, capsys, tmp_path, month, when, opened):
    """It tells others what it would if nothing of it began or ended, of somebody of whom nothing else changes."""
    told, client, path = {}, cast("tracking_officer"), tmp_path / "return.xml"
    for name in (month, "goes on"):
        before, after = MONTHS[name]
        with transaction.atomic():
            accepted(made(record(ADE), record(BO, *before)), "first.xml")
            learner = Learner.objects.get(number=2)
            path.write_bytes(made(record(ADE), record(BO, *after), period_end="2026-10-31"))
            delivery = bring(path.read_bytes(), path.name)
            if opened:
                open_restricted(by=officer, learner=learner, reason="They telephoned to ask where they should go")
            if when == "accepted":
                delivery = accept(by=officer, delivery=delivery, shown=delivery.mark)
                assert learner.traits.known().filter(trait="170", ends=None).exists() is (month == name == "begins")
            elif when != "waiting":
                delivery.rows.update(only_traits=False)
                import_module("throughline.apps.exchange.migrations.0019_rows_of_traits_alone")._say(apps, None)
            told[name] = _told_of_a_return(client, delivery, learner)
            capsys.readouterr()
            call_command("import", str(path), "--area", AREA)
            told[name, "command"] = re.sub(r"at \d+:\d\d[ap]m", "", capsys.readouterr().out)  # a minute may pass between
            transaction.set_rollback(True)
    assert ("a restricted characteristic" in told[month], told[month] == told["goes on"]) == (opened, not opened)
    assert told[month, "command"] == told["goes on", "command"]


@pytest.mark.parametrize(("says", "left_out"), [({}, False), ({"Town": "Marlbeck", "AddressLine1": "5 New Road"}, True)])
def test_whoever_opened_the_record_leaves_a_row_out_only_for_what_everybody_is_told(
        cast, officer, accepted, bring, says, left_out):
    """That a row is left out is told to everybody: were nothing else of it told, that would tell of the characteristic."""
    accepted(made(record(ADE), record(BO)))
    delivery, bo = bring(made(record(ADE), record({**BO, **says}, "170"), period_end="2026-10-31")), Learner.objects.get(number=2)
    open_restricted(by=officer, learner=bo, reason="They telephoned to ask where they should go")
    row, client = delivery.rows.get(learner=bo), cast("tracking_officer")
    page = client.get(f"/files/{delivery.pk}/rows/changed/").content.decode()
    assert ("a restricted characteristic" in page, f"/files/rows/{row.pk}/leave-out/" in page) == (True, left_out)
    said = html.unescape(client.post(f"/files/rows/{row.pk}/leave-out/", follow=True).content.decode())
    assert ("Put anything else right on their own page" in said, Row.objects.get(pk=row.pk).left_out) == (not left_out, left_out)


def test_neither_does_it_tell_of_one_that_was_recorded_while_it_waited(cast, officer, accepted, bring):
    accepted(made(record(ADE), record(BO)))
    delivery, bo = bring(made(record(ADE), record(BO, "170"), period_end="2026-10-31")), Learner.objects.get(number=2)
    add_trait(by=officer, learner=bo, trait="170", starts=date(2026, 10, 1))
    assert otherwise_now(delivery) == 0
    look_again(by=officer, delivery=delivery)
    assert (delivery.rows.get(learner=bo).outcome, rows_come_otherwise(delivery).count()) == ("same", 0)


def test_whoever_is_new_by_a_return_is_told_of_without_it(cast, bring):
    delivery = bring(made(record(BO, "160", "170")))
    client, pages = cast("tracking_officer"), (f"/files/{delivery.pk}/", f"/files/rows/{delivery.rows.get().pk}/")
    said = "".join(client.get(page).content.decode() for page in pages)
    assert ("Care leaver" in said, "a restricted characteristic" in said) == (True, False)


@pytest.mark.parametrize("opened", [False, True])
def test_what_an_earlier_version_kept_of_a_restricted_characteristic_in_a_list_is_told_likewise(
        cast, officer, accepted, bring, opened):
    """Then a list could say it, and asked where its No stood against what is held."""
    accepted(made(record(ADE), record(BO, "170")))
    delivery = bring(b"Forename,Surname,DOB\nAde,O'Brien,05/11/2009\nBo,Ng,15/01/2010\n", "list.csv")
    ade, bo = delivery.rows.order_by("line")
    bo.problems = [{"field": "trait", "value": "170", "rule": SAYS_NO, "remedy": "we hold it", "who": "", "when": "compared"}]
    bo.save()
    if opened:
        open_restricted(by=officer, learner=bo.learner, reason="They telephoned to ask where they should go")
    said = _said(cast("tracking_officer"), delivery)
    told = ("we hold it" in said, "1 row has" in said, "there is something to look at" in said, "1 problem" in said)
    assert told == (opened,) * 4


@pytest.fixture
def clashing(bo, bring):
    """A file on one line in which one has Bo's learner number, and another has Bo's name and day of birth."""
    number = bo.identifiers.get(scheme="uln").value
    people = [{**ADE, "UniqueLearnerNo": number}, {**BO, "YoungPersonsID": "3580000000009"}, {**OLDER, "UniqueLearnerNo": number}]
    return bring(made(*map(record, people), period_end="2026-10-31", between=""))


def test_the_other_of_records_that_clash_is_named_to_whoever_may_know(cast, bo, clashing):
    said = _said(cast("tracking_officer"), clashing)
    assert f"The other: 358{bo.number:010d}." in said
    assert "The other: 3580000000009." in said


def test_a_restricted_record_is_named_by_no_other_that_it_clashes_with(cast, officer, bo, clashing):
    _restrict(bo, restricted=True)
    said = _said(cast("tracking_officer"), clashing)
    assert f"358{bo.number:010d}" not in said
    assert said.count("The other: a restricted record.") == 4  # of two people, on the page of problems and in its file
    assert "The other: 3580000000009" not in said, "what the restricted record clashes with is its own"
    open_restricted(by=officer, learner=bo, reason="They telephoned to ask where they should go")
    assert f"The other: 358{bo.number:010d}." in _said(cast("tracking_officer"), clashing)


def test_rules_that_records_break_are_counted_in_the_rules_own_words(cast, bring):
    people = [{**BO, "YoungPersonsID": f"358000000000{number}", "UniqueLearnerNo": "9276308686"} for number in (7, 8, 9)]
    delivery = bring(made(*map(record, people)))
    page = html.unescape(cast("tracking_officer").get(f"/files/{delivery.pk}/").content.decode())
    counted = page.partition("<table")[0]
    assert counted.count("(rule 907, priority 1)") == counted.count("(rule 908, priority 3)") == 1
    assert "3 records: " in page
    assert "The other" not in page
    assert {each["rule"]: each["many"] for each in delivery.broken if each["rule"] in (907, 908)} == {907: 3, 908: 3}


def test_a_look_at_problems_names_whom_they_are_of_however_the_lines_break(cast, bo, clashing):
    cast("tracking_officer").get(f"/files/{clashing.pk}/problems/")
    assert clashing.rows.filter(problems=[]).count() == 0
    clashing.rows.filter(place=1).update(problems=[])
    cast("tracking_officer").get(f"/files/{clashing.pk}/problems/")
    assert AuditEntry.objects.latest("id").detail == {"learners": [bo.number], "lines": [1]}


@pytest.mark.parametrize("page", ["/files/{pk}/", "/files/{pk}/rows/{outcome}/", "/files/{pk}/problems/",
                                  "/files/{pk}/problems.csv"])
def test_a_look_at_a_file_names_whom_it_showed(cast, bo, sent, page):
    cast("tracking_officer").get(page.format(pk=sent.pk, outcome=sent.rows.get().outcome))
    looks = AuditEntry.objects.filter(subject_kind="delivery", verb__in=(Verb.LOOKED, Verb.DOWNLOADED))
    assert [look.detail["learners"] for look in looks] == [[bo.number]]


def test_a_look_at_rows_that_nobody_was_found_for_names_the_lines(cast, bo, accepted, bring):
    listed = bring(b"Forename,Surname,DOB\nNobody,Known,01/02/2010\n", "list.csv")
    client = cast("tracking_officer")
    client.get("/files/not-matched/")
    assert AuditEntry.objects.latest("id").detail == {"files and lines": [[listed.pk, 2]]}
    client.get(f"/files/{listed.pk}/")
    assert AuditEntry.objects.latest("id").detail == {"learners": [], "lines": [2]}


@pytest.mark.parametrize(("settled", "shown"), [("", False), ("aside", True)])
def test_a_rule_that_a_record_breaks_stands_beside_it_where_nothing_else_comes_of_it(bring, officer, settled, shown):
    people = [{**BO, "YoungPersonsID": f"358000000000{number}", "UniqueLearnerNo": "9276308686"} for number in (7, 8)]
    row = bring(made(*map(record, people))).rows.get(place=1)
    row = settle_row(by=officer, row=row, settled=settled) if settled else row
    assert any("rule 907" in problem.rule for problem in left_of(row.delivery, row, reader_of(officer, AREA))) is shown
