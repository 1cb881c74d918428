"""The worklist as shown: filters, both orders, what is suggested, restricted records, and what is asked of the database."""

import csv
import html
import re
from datetime import date, timedelta

import duckdb
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.followup.conftest import TODAY
from throughline.analytics.participation.codechanges import Place as PlaceInList
from throughline.analytics.participation.stated import Place
from throughline.analytics.warehouse.tables import SCHOOL
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.codelists.actions import amend, amend_rule, withdraw_rule
from throughline.apps.followup import register as memory
from throughline.apps.followup.actions.contacts import log_contact
from throughline.apps.followup.actions.following import claim
from throughline.apps.followup.register import register
from throughline.apps.followup.views import worklist
from throughline.apps.followup.worklist import counts, entries
from throughline.apps.learners.actions.activities import confirm_activity, record_activity
from throughline.apps.learners.actions.circumstances import change_contact
from throughline.apps.learners.actions.learners import amend_details
from throughline.apps.learners.actions.looking import open_restricted
from throughline.apps.learners.actions.membership import end_membership
from throughline.apps.learners.models import Activity, Contact, Learner, Opening, Trait


def _names(name="neet_overdue", **asked):
    called = {learner.pk: learner.names.get().given for learner in Learner.objects.all()}
    return [called[entry.pk] for entry in entries(register("358"), name, asked)]


def test_longest_waiting_first(enrol):
    for given, ago in (("Middle", 150), ("First", 200), ("Last", 100)):
        enrol(given, ago=ago)
    assert _names(order="waiting") == ["First", "Middle", "Last"]


def test_a_code_that_is_put_right_changes_who_is_listed_at_once(enrol, officer):
    enrol("Ade", code="660", ago=100)
    assert _names() == ["Ade"]
    amend(by=officer, codeset="activity", place=PlaceInList("660", None), says={"group": "other"}, reason="A test")
    assert _names() == []


@pytest.mark.parametrize(("ahead", "listed"), [(0, []), (1, ["Ade"])])
def test_a_code_that_turns_changes_who_is_listed_from_that_day_on(enrol, officer, ahead, listed):
    enrol("Ade", code="660", ago=100)
    turns = PlaceInList("660", timezone.localdate() + timedelta(days=ahead), onward=True)
    amend(by=officer, codeset="activity", place=turns, says={"group": "other"}, reason="A test")
    assert _names() == listed


def test_a_currency_period_that_is_changed_changes_who_is_not_known_at_once(enrol, officer):
    enrol("Ade", code="310", ago=300)
    enrol("Bea", code="330", ago=100)
    assert _names("not_known") == []
    months = Place(date(2015, 4, 1), ("rule", "310", "months"))
    amend_rule(by=officer, file="currency", place=months, value=6, reason="A test")
    assert _names("not_known") == ["Ade"]
    withdraw_rule(by=officer, file="currency", place=months)
    assert _names("not_known") == []


@pytest.mark.parametrize(("file", "day", "path", "value", "worklist", "listed"), [
    ("worklists", date(2015, 4, 1), "list.about_to_lapse.days", 120, "about_to_lapse", {"Ade"}),
    ("cohort", None, "contact.overdue_days", 150, "neet_overdue", set()),
    ("cohort", date(2016, 9, 1), "ages_with_a_plan.0", 19, "neet_overdue", set()),
])
def test_days_and_ages_that_are_changed_change_the_lists_at_once(enrol, officer, file, day, path, value, worklist, listed):
    enrol("Ade", code="310", ago=300)
    enrol("Bea", code="619", ago=100, born=date(2008, 3, 4), traits=["ehc_plan"])
    before = set(_names(worklist))
    amend_rule(by=officer, file=file, place=Place(day, tuple(path.split("."))), value=value, reason="A test")
    assert before != listed
    assert set(_names(worklist)) == listed


def test_minutes_that_are_changed_change_the_order_at_once(enrol, officer):
    enrol("Letter", ago=300)
    enrol("Phone", ago=100, phone="01632 960000")
    assert _names(order="best") == ["Phone", "Letter"]
    for channel in ("text_message", "telephone"):
        amend_rule(by=officer, file="contacting", place=Place(None, ("channel", channel, "minutes")), value=500, reason="A test")
    assert _names(order="best") == ["Letter", "Phone"]


def test_best_next_contact_puts_whoever_can_be_reached_cheaply_before_whoever_waited_longer(enrol):
    enrol("Letter", ago=300)
    enrol("Phone", ago=100, phone="01632 960000")
    assert _names(order="best") == ["Phone", "Letter"]
    assert _names() == ["Phone", "Letter"]


@pytest.mark.parametrize(("asked", "left"), [
    ({"district": "E07999902"}, {"North"}), ({"age": "16"}, {"North", "South"}), ({"age": "17"}, set()),
    ({"vulnerable": "yes"}, {"South"}), ({"vulnerable": "no"}, {"North"}), ({"school": "3584001"}, {"South"}),
    ({"provider": "3584999"}, {"North"}), ({"provider": "10001234"}, {"South"}), ({"officer": "nobody"}, {"North"}),
    ({"officer": "nobody", "district": "E07999901"}, set()),
])
def test_filters(officer, enrol, asked, left):
    enrol("North", district="E07999902", establishment="3584999")
    south = enrol("South", traits=["110"], ukprn="10001234")
    south.school_at_16 = "3584001"
    south.save()
    claim(by=officer, learner=south)
    assert set(_names(**asked)) == left
    assert set(_names(officer=str(officer.pk))) == {"South"}


def test_only_ones_own_authority_is_counted(enrol):
    enrol("Ours")
    enrol("Theirs", area="202")
    assert counts(register("358"))["neet_overdue"] == counts(register("202"))["neet_overdue"] == 1


def test_a_wrong_number_is_not_suggested_again_until_we_are_told_another(officer, enrol):
    learner = enrol(phone="01632 960000")
    assert entries(register("358"), "neet_overdue", {})[0].next.channel.needs == "phone"
    log_contact(by=officer, learner=learner, channel="telephone", outcome="wrong_number")
    assert entries(register("358"), "neet_overdue", {})[0].next.channel.needs == "address"
    change_contact(by=officer, contact=Contact.objects.get(), phone="01632 960001")
    assert entries(register("358"), "neet_overdue", {})[0].next.channel.needs == "phone"


@pytest.mark.parametrize(("traits", "seen"), [(["170"], False), (["110"], True), (["110", "170"], True)])
def test_what_is_restricted_puts_nobody_on_a_list_of_the_vulnerable(enrol, traits, seen):
    learner = enrol("Ade")
    for trait in traits:
        Trait.objects.create(learner=learner, trait=trait, starts=date(2026, 9, 1))
    assert register("358").rows[learner.pk].person.vulnerable is seen


def test_a_change_of_the_register_is_seen_at_once(enrol):
    enrol("Ade")
    assert counts(register("358"))["neet_overdue"] == 1
    learner = enrol("Bo")
    assert counts(register("358"))["neet_overdue"] == 2
    Trait.objects.create(learner=learner, trait="110", starts=date(2026, 9, 1))
    assert register("358").rows[learner.pk].person.vulnerable
    amend_details(by=None, learner=learner, born=date(2009, 3, 4))
    assert register("358").rows[learner.pk].age == 17
    end_membership(by=None, learner=learner, status="E", left_on=date(2026, 11, 28))
    assert counts(register("358"))["neet_overdue"] == 1


@pytest.mark.parametrize("late", [False, True])
def test_what_was_worked_out_anew_is_what_working_out_everything_gives(officer, enrol, late):
    """late: a belief is written down after a newer one was, as by somebody whose transaction took longer."""
    first = [enrol(given, ago=100 + 10 * at) for at, given in enumerate("ABCDE")]
    began = timezone.now()
    register("358")
    record_activity(by=officer, learner=first[0], code="220", start=date(2026, 11, 1))
    register("358")
    if late:
        Activity.objects.create(learner=first[1], code="230", start=date(2026, 11, 2), known_from=began)
    confirm_activity(by=officer, activity=first[2].activities.known().get())
    few = register("358")
    memory._memory.clear()
    assert (few.rows, few.chances) == (register("358").rows, register("358").chances)


def test_an_unchanged_register_is_worked_out_once(enrol, django_assert_max_num_queries):
    enrol()
    register("358")
    with django_assert_max_num_queries(12):  # the stamps of what is believed, of code lists and rules, the basics, and the tries
        register("358")


def test_the_page_names_nobody_whose_record_is_restricted_until_it_is_opened(officer, client, enrol):
    enrol("Ade", "Shown")
    shut = enrol("Bo", "Hidden", restricted=True)
    page = client.get("/follow-up/lists/neet_overdue/").content.decode()
    assert ("Shown" in page, "Hidden" in page, "1 restricted record on this list is left off" in page) == (True, False, True)
    assert '/learners/?records=restricted"' in page
    assert "Hidden" not in client.get("/follow-up/lists/neet_overdue/list.csv").content.decode()
    assert client.get(f"/follow-up/learners/{shut.pk}/").url == f"/learners/{shut.pk}/open/"
    assert client.get(f"/follow-up/learners/{shut.pk}/log/").status_code == 404
    Opening.objects.create(learner=shut, number=shut.number, area="358", by=officer, who_email="", reason="x",
                           until=shut.added_at + timedelta(days=10_000))
    assert "Hidden" in client.get("/follow-up/lists/neet_overdue/").content.decode()


def test_whom_the_page_shows_is_in_the_audit_by_number(client, enrol):
    learner = enrol("Zebedee")
    client.get("/follow-up/lists/neet_overdue/")
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.room, entry.detail) == ("looked", "followup", {"learners": [learner.number]})


def test_when_the_look_cannot_be_recorded_nothing_is_shown(client, enrol, monkeypatch):
    from django.db import DatabaseError

    from throughline.apps.followup.actions import looking

    def broken(**_):
        raise DatabaseError("read only")

    learner = enrol("Zebedee")
    monkeypatch.setattr(looking, "record", broken)
    for path in ("/follow-up/lists/neet_overdue/", "/follow-up/lists/neet_overdue/list.csv", f"/follow-up/learners/{learner.pk}/",
                 "/follow-up/risk/", f"/follow-up/learners/{learner.pk}/log/"):
        with pytest.raises(DatabaseError):
            client.get(path)


def test_a_saved_filter_leads_the_team_to_the_same_list(client, enrol):
    enrol("North", district="E07999902")
    enrol("South")
    answer = client.post("/follow-up/lists/neet_overdue/save/?district=E07999902", {"name": "The north"})
    assert answer.status_code == 302
    page = client.get("/follow-up/").content.decode()
    assert "The north" in page
    assert "/follow-up/lists/neet_overdue/?district=E07999902" in page


PAGE = "/follow-up/lists/neet_overdue/"


def _options(page: str, name: str) -> dict[str, str]:
    """The choices of a box of the page, by what it sends."""
    box = page.partition(f'name="{name}"')[2].partition("</select>")[0]
    return dict(re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', box))


@pytest.fixture
def schools(tmp_path, settings):
    """A warehouse that knows one school."""
    with duckdb.connect(tmp_path / "schools.duckdb") as made:
        rows = SCHOOL.from_rows([{"urn": "100000", "laestab": "3584001", "name": "Marl High", "area": "358", "status": "open"}])
        made.register("rows", rows)
        made.execute("CREATE TABLE school AS FROM rows")
        made.execute("CREATE TABLE district (district TEXT, name TEXT)")
    settings.WAREHOUSE = tmp_path / "schools.duckdb"


def test_a_list_is_narrowed_by_the_names_of_schools_and_providers(schools, client, enrol):
    learner = enrol("Ade", "Schooled", establishment_name="Marl College", ukprn="10001234")
    learner.school_at_16 = "3584001"
    learner.save()
    enrol("Bo", "Nameless", establishment="3584999")
    page = client.get(PAGE).content.decode()
    assert _options(page, "school") == {"": "Any", "3584001": "Marl High"}
    assert _options(page, "provider") == {"": "Any", "10001234": "Marl College", "3584999": "Number 3584999"}
    narrowed = client.get(f"{PAGE}?school=3584001").content.decode()
    assert ("Schooled" in narrowed, "Nameless" in narrowed) == (True, False)
    assert "School at 16: Marl High" in narrowed
    assert "Marl High" in client.get(f"{PAGE}list.csv").content.decode()


def test_a_place_of_a_restricted_record_alone_is_no_choice_until_the_record_is_opened(schools, officer, client, enrol):
    enrol("Ade", establishment="3584998", establishment_name="Open College")
    shut = enrol("Bo", restricted=True, establishment="3584999", establishment_name="Secure Place")
    shut.school_at_16 = "3584001"
    shut.save()
    page = client.get(PAGE).content.decode()
    assert (_options(page, "school"), _options(page, "provider")) == ({"": "Any"}, {"": "Any", "3584998": "Open College"})
    assert "Secure Place" not in page
    open_restricted(by=officer, learner=shut, reason="They telephoned to ask where they should go on Monday")
    page = client.get(PAGE).content.decode()
    assert _options(page, "school") == {"": "Any", "3584001": "Marl High"}
    assert _options(page, "provider") == {"": "Any", "3584998": "Open College", "3584999": "Secure Place"}


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}list.csv", f"{PAGE}grid/", f"{PAGE}save/", "/follow-up/"])
def test_a_page_reads_the_register_once(client, enrol, path):
    enrol("Ade")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    stamps = [one for one in asked if 'MAX("learners_trait"."known_from")' in one["sql"]]
    assert len(stamps) == 1


@pytest.mark.parametrize(("asked", "shown", "said"), [
    ("school=3584001", False, "School at 16: "),  # nobody on the list is of it any more
    ("officer=999999", True, "the list is not narrowed by it: Officer"),
    ("district=E07999999", True, "the list is not narrowed by it: District"),
])
def test_an_address_that_was_shared_never_shows_more_than_it_says(client, enrol, asked, shown, said):
    enrol("Ade", "Okonjo")
    page = client.get(f"{PAGE}?{asked}").content.decode()
    assert ("Okonjo" in page, said in page) == (shown, True)


def test_a_saved_filter_shows_a_colleague_the_same_list(client, colleague, enrol):
    from django.test import Client

    from tests.cast import sign_in

    enrol("Ade", "Northman", district="E07999902")
    enrol("Bo", "Southman")
    assert client.post(f"{PAGE}save/?district=E07999902", {"name": "The north"}).status_code == 302
    theirs = sign_in(Client(), colleague)
    today = theirs.get("/follow-up/").content.decode()
    address = html.unescape(re.search(r'href="([^"]*)">The north<', today).group(1))
    page = theirs.get(address).content.decode()
    assert ("Northman" in page, "Southman" in page) == (True, False)


def test_each_row_says_how_likely_neet_and_what_was_known_before(client, enrol, monkeypatch):
    monkeypatch.setattr(worklist, "school_names", lambda numbers: {"8994000": "Saltmere Harbour School"})
    learner = enrol("Ade", code="210", ago=300, establishment="8994000", predicted_end=TODAY - timedelta(days=90))
    record_activity(by=None, learner=learner, code="810", start=TODAY - timedelta(days=80))
    record_activity(by=None, learner=learner, code="820", start=TODAY - timedelta(days=40))
    enrol("Bo", code="619", ago=100)
    page = " ".join(html.unescape(client.get("/follow-up/lists/not_known/").content.decode()).split())
    assert "Cannot be contacted, no current address. Before: Saltmere Harbour School" in page
    [entry] = entries(register("358"), "not_known", {})
    assert entry.likely in page
    assert entry.next.case.neet_chance > 0.5
    assert "Likely NEET</th>" not in client.get("/follow-up/lists/neet_overdue/").content.decode()
    for given in ("Cy", "Di"):
        planned = enrol(given, code="220", ago=100, ascertained=None, verified=None)
    days = {"start": TODAY - timedelta(days=400), "ascertained": TODAY - timedelta(days=300)}
    Activity.objects.create(learner=planned, code="310", **days)
    rows = csv.DictReader(client.get("/follow-up/lists/not_known/list.csv").content.decode("utf-8-sig").splitlines())
    told = {row["Name"]: (row["Known to do before"], row["Days since last heard of"]) for row in rows}
    assert told == {"Okafor, Ade": ("Full-time education: school sixth form", "0"), "Okafor, Cy": ("", ""),
                    "Okafor, Di": ("", "300")}


def test_how_likely_neet_is_not_said_of_somebody_who_is(client, enrol):
    enrol("Lapsed", code="619", ago=100)
    enrol("Unsure", code="810", ago=100)
    held = register("358")
    chances = {entry.row.person.pk: entry.of_100 for name in held.rules.worklists.lists for entry in entries(held, name, {})}
    neet = {pk for pk, row in held.rows.items() if row.standing == "neet"}
    assert neet
    assert {pk for pk, chance in chances.items() if chance is None} == neet & chances.keys()
    enrol("Agreed", code="615", ago=20, review=TODAY - timedelta(days=3))
    page = client.get("/follow-up/lists/agreed_start_passed/").content.decode()
    assert "Agreed" in page
    assert "Likely NEET</th>" not in page


def test_a_way_that_is_the_same_for_everybody_is_said_once(client, enrol):
    for given in ("Ade", "Bo"):
        enrol(given, ago=100, phone="07700 900123")
    page = client.get("/follow-up/lists/neet_overdue/").content.decode()
    assert page.count("in 100 answer") == 1
    assert "Suggested way for everybody on this page" in page
    enrol("Cy", ago=100)
    page = client.get("/follow-up/lists/neet_overdue/").content.decode()
    assert page.count("in 100 answer") == 3
    assert "Suggested way for everybody" not in page
