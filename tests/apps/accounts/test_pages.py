"""What an administrator does with people, and what the audit shows and hands over."""

import csv
import io
from datetime import datetime

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from tests.cast import make_user
from throughline.apps.accounts.actions import create_user, record
from throughline.apps.accounts.models import AuditEntry, User, Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import ALL_ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(cast):
    """The administrator's client."""
    return cast("administrator")


def _words(answer) -> str:
    return answer.content.decode()


def test_adding_a_person(boss):
    typed = {"email": "Nuno@Example.org", "full_name": "Nuno Example", "role": "councillor", "area": "850", "job_title": ""}
    answer = boss.post("/people/add/", typed, follow=True)
    assert "Nuno Example has an account" in _words(answer)
    made = User.objects.get(email="nuno@example.org")
    assert (made.role, made.area, made.full_name) == ("councillor", "850", "Nuno Example")
    assert AuditEntry.objects.get(verb=Verb.CREATED, subject_label="nuno@example.org").who_email == (
        "administrator@example.org"
    )


def test_the_log_does_not_name_whom_a_letter_was_for(settings, caplog, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nothing listens there
    typed = {"email": "nuno@example.org", "full_name": "Nuno Example", "role": "councillor", "area": "850", "job_title": ""}
    with django_capture_on_commit_callbacks() as letters:
        user = create_user(by=None, site="http://testserver/", **typed)
    letters[0]()
    assert user.letter_failed
    assert "could not be sent" in caplog.text
    assert "nuno" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_administrator_is_told_of_a_letter_that_could_not_be_sent(settings, cast):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nothing listens there
    typed = {"email": "nuno@example.org", "full_name": "Nuno Example", "role": "councillor", "area": "850", "job_title": ""}
    words = _words(cast("administrator").post("/people/add/", typed, follow=True))
    assert "the letter to them could not be sent" in words
    assert "and a letter with a link" not in words
    assert User.objects.filter(email="nuno@example.org").exists()


def test_the_form_says_what_a_person_without_an_authority_sees(boss):
    assert "they then see published figures only" in _words(boss.get("/people/add/"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "ADMINISTRATOR@example.org"}, "There is already an account with this email address"),
        ({"email": "nobody"}, "Enter an address such as"),
        ({"role": ""}, "Choose a role"),
        ({"role": "wizard"}, "wizard"),
        ({"area": "85"}, "Enter a code of three digits, such as 850"),
        ({"full_name": ""}, "s full name</a>"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_makes_nobody(boss, wrong, said):
    right = {"email": "nuno@example.org", "full_name": "Nuno Example", "role": "councillor", "area": "850"}
    words = _words(boss.post("/people/add/", {**right, **wrong}))
    assert "There is a problem" in words
    assert said in words
    assert "<title>Error: " in words
    assert User.objects.count() == 1


def test_changing_a_role(boss):
    person = make_user("councillor")
    answer = boss.get(f"/people/{person.pk}/change/")
    assert 'value="Councillor Example"' in _words(answer)
    boss.post(f"/people/{person.pk}/change/", {"full_name": "Councillor Example", "role": "inspector"})
    person.refresh_from_db()
    assert person.role == "inspector"
    assert "Role: Councillor → Inspector" in _words(boss.get("/audit/?verb=changed"))


@pytest.mark.parametrize(("verb", "learners", "said"), [
    (Verb.CHANGED, [None, "1 learner"], "nothing → 1 learner"), (Verb.LOADED, [0, 2], "0 → 2"),
    (Verb.LOOKED, [4, 7], "4, 7"), (Verb.DOWNLOADED, [4, 7, 9], "4, 7, 9"), (Verb.LOOKED, [], "none"),
])
def test_a_change_of_learners_says_how_many_and_a_look_says_which(boss, verb, learners, said):
    record(by=None, verb=verb, room="followup", subject=("bulk update", "1", "Bulk update"), detail={"learners": learners})
    assert f"<div>Learners: {said}</div>" in _words(boss.get("/audit/"))


def test_closing_opening_and_resetting_ask_first(boss):
    person = make_user("councillor")
    for step, active in (("deactivate", False), ("reactivate", True), ("reset-second-factor", True)):
        before = User.objects.get(pk=person.pk).session_round
        assert "Councillor Example" in _words(boss.get(f"/people/{person.pk}/{step}/"))
        assert User.objects.get(pk=person.pk).session_round == before, "asking must change nothing"
        boss.post(f"/people/{person.pk}/{step}/")
        now = User.objects.get(pk=person.pk)
        assert (now.is_active, now.session_round) == (active, before + 1)


def test_the_last_administrator_is_told_why_not(boss):
    me = User.objects.get(role="administrator")
    assert "Nobody else can manage people" in _words(boss.post(f"/people/{me.pk}/deactivate/"))
    assert User.objects.get(pk=me.pk).is_active


def test_nobody_gives_themselves_another_role_authority_or_place(boss):
    me = User.objects.get(role="administrator")
    form = _words(boss.get(f"/people/{me.pk}/change/"))
    assert "Nobody changes their own role, authority or place of work: ask another administrator to" in form
    assert [name for name in ("role", "area", "establishment", "ukprn", "organisation") if f'name="{name}"' in form] == []
    typed = {"full_name": "Somebody Else", "job_title": "", "role": "data_officer", "area": "899", "establishment": "8994000"}
    boss.post(f"/people/{me.pk}/change/", typed)
    me.refresh_from_db()
    assert (me.full_name, me.role, me.area, me.establishment) == ("Somebody Else", "administrator", "358", "")


STAFF = {"email": "nuno@example.org", "full_name": "Nuno Example", "role": "provider_staff", "area": "358"}


@pytest.mark.parametrize(("typed", "said"), [
    ({"area": "999"}, "No authority has the code 999 today"),
    ({"area": "970"}, "No authority has the code 970 today"),
    ({"area": "928"}, "No authority has the code 928 today"),
    ({}, "Enter the establishment number of the school or college they work at"),
    ({"establishment": "12"}, "establishment"),
    ({"role": "young_person_or_parent", "establishment": "3584000"}, "Leave this empty: only for"),
    ({"role": "councillor", "ukprn": "10001234"}, "Leave this empty: only for"),
])
@pytest.mark.usefixtures("tiny_figures")
def test_an_account_is_of_an_authority_there_is_and_staff_alone_of_a_place(boss, typed, said):
    answer = _words(boss.post("/people/add/", {**STAFF, **typed}))
    assert said in answer
    assert not User.objects.filter(email="nuno@example.org").exists()


@pytest.mark.usefixtures("tiny_figures")
def test_a_place_of_work_is_named_beside_its_number(boss):
    done = _words(boss.post("/people/add/", {**STAFF, "establishment": "3584001"}, follow=True))
    assert "They work for Trafford, 358, at Brook School, 3584001." in done
    person = User.objects.get(email="nuno@example.org")
    assert _words(boss.get(f"/people/{person.pk}/")).count("Brook School, 3584001") == 1
    changed = boss.post(f"/people/{person.pk}/change/", {**STAFF, "establishment": "3584009"}, follow=True)
    assert "3584009, which no school or college that we know of has" in _words(changed)


def test_a_search_finds_and_no_address_holds_what_was_searched_for(boss):
    make_user("councillor", full_name="Siân Example", job_title="Cabinet member")
    make_user("inspector")
    answer = boss.post("/people/", {"words": "siân cabinet", "role": "", "status": ""}, follow=True)
    assert answer.redirect_chain == [("/people/", 302)]
    assert "1 person" in _words(answer)
    assert "councillor@example.org" in _words(answer)
    assert "inspector@example.org" not in _words(answer)
    boss.post("/people/", {"role": "inspector", "status": "closed"})
    assert "Nobody fits" in _words(boss.get("/people/"))
    assert "siân" not in str(list(AuditEntry.objects.values()))


def test_people_come_in_pages(boss):
    for number in range(30):
        make_user("employer", email=f"e{number}@example.org", full_name=f"Employer {number:02}")
    assert "31 people" in _words(boss.get("/people/"))
    assert "Employer 29" in _words(boss.get("/people/?page=2"))


def test_a_person_who_is_not_there(boss):
    assert boss.get("/people/999999/").status_code == 404


def _entry(email_of: str, verb: str, *when: int) -> None:
    at = datetime(*when, tzinfo=timezone.get_default_timezone())
    AuditEntry.objects.create(at=at, who=make_user(email_of), who_email=email_of, verb=verb, path=f"/p{when[2]}/")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"/p1/", "/p2/", "/p3/"}),
        ("verb=downloaded", {"/p2/"}),
        ("first_day=2&first_month=6&first_year=2026", {"/p2/", "/p3/"}),
        ("last_day=2&last_month=6&last_year=2026", {"/p1/", "/p2/"}),
        ("first_day=1&first_month=6&first_year=2026&last_day=1&last_month=6&last_year=2026", {"/p1/"}),
    ],
)
def test_the_audit_is_narrowed_on_the_page_and_in_the_file_alike(cast, asked, found):
    _entry("councillor", Verb.LOOKED, 2026, 6, 1, 23, 59)
    _entry("councillor", Verb.DOWNLOADED, 2026, 6, 2, 23, 59)
    _entry("inspector", Verb.LOOKED, 2026, 6, 3, 0, 0)
    client = cast("information_governance_officer")
    page = _words(client.get(f"/audit/?{asked}"))
    rows = list(csv.DictReader(io.StringIO(client.get(f"/audit.csv?{asked}").content.decode("utf-8-sig"))))
    for path in ("/p1/", "/p2/", "/p3/"):
        assert (path in page) == (path in found)
    assert {row["page"] for row in rows} & {"/p1/", "/p2/", "/p3/"} == found


def test_the_audit_of_one_person(cast):
    _entry("councillor", Verb.LOOKED, 2026, 6, 1)
    _entry("inspector", Verb.LOOKED, 2026, 6, 3)
    page = _words(cast("administrator").get(f"/audit/?person={make_user('inspector').pk}"))
    assert "/p3/" in page
    assert "/p1/" not in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("first_day=31&first_month=2&first_year=2026", "must be a real day"),
        ("first_day=3&first_month=6&first_year=2026&last_day=2&last_month=6&last_year=2026", "not before the first"),
    ],
)
def test_days_that_cannot_be_are_answered_in_words(cast, asked, said):
    assert said in _words(cast("administrator").get(f"/audit/?{asked}"))


def test_a_spreadsheet_runs_nothing_that_somebody_wrote(cast):
    record(by=None, verb=Verb.LOOKED, room="x", subject=("person", "1", "=HYPERLINK(1)"))
    rows = list(csv.DictReader(io.StringIO(cast("administrator").get("/audit.csv").content.decode("utf-8-sig"))))
    assert "'=HYPERLINK(1)" in {row["of"] for row in rows}


def test_the_audit_opens_in_excel_with_its_accents(cast):
    record(by=None, verb=Verb.LOOKED, room="x", subject=("person", "1", "Siân"))
    answer = cast("administrator").get("/audit.csv")
    assert answer.content.startswith("\ufeffat,email,authority,did,room,kind,id,of,page,detail".encode())
    assert f'filename="audit-{timezone.localdate()}.csv"' in answer["Content-Disposition"]


def test_it_is_said_how_long_records_are_kept_and_that_nothing_deletes_them_yet(cast):
    client = cast("administrator")
    for path in ("/audit/", "/your-account/"):
        words = _words(client.get(path))
        assert "6 years after the entry was made" in words, path
        assert "not yet automatic" in words, path


@pytest.mark.parametrize(("verb", "kind", "label", "detail", "said"), [
    (Verb.LOOKED, "learners", "Learners", {"learners": [1662, 131]}, "Learners: 1662, 131"),
    (Verb.CHANGED, "person", "a@example.org", {"role": ["councillor", None], "is_active": [True, False]},
     "Role: Councillor → nothing; Account open: yes → no"),
    (Verb.REFUSED, "", "", {"permission": "see_audit"}, "Permission: See the audit"),
    (Verb.CHANGED, "draft report", "X", {"parts": ["summary", "risks"]}, "Parts: summary, risks"),
    (Verb.LOOKED, "delivery", "X", {"files and lines": [[3, 4], [3, 5]]}, "Files and lines: 3/4, 3/5"),
    (Verb.CREATED, "plan", "X", {"of": {"a": 1}}, "Of: a: 1"),
])
@pytest.mark.usefixtures("tiny_figures")
def test_the_file_of_the_audit_is_in_words(cast, verb, kind, label, detail, said):
    record(by=make_user("councillor"), verb=verb, room="x", subject=(kind, "1", label), detail=detail)
    rows = _csv(cast("information_governance_officer").get("/audit.csv"))
    assert [(row["authority"], row["detail"]) for row in rows if row["email"] == "councillor@example.org"] == [("Trafford", said)]


def _about(kind: str, label: str, **more) -> None:
    record(by=make_user("councillor"), verb=more.pop("verb", Verb.LOOKED), room="x", subject=(kind, "7", label), **more)


def test_the_audit_is_narrowed_to_one_learner_with_the_lists_that_showed_them(cast):
    _about("learner", "131", path="/own/")
    _about("learner", "1310", path="/of-another/")
    _about("learners", "Learners", path="/list/", detail={"learners": [7, 131]})
    _about("learners", "Learners", path="/other-list/", detail={"learners": [7, 1312, 4131]})
    _about("bulk update", "Bulk update", verb=Verb.CHANGED, detail={"learners": [131, 0]}, path="/counts/")
    _about("opening of a restricted record", "131", verb=Verb.CREATED, detail={"minutes": [None, 60]})
    client = cast("information_governance_officer")
    page = _words(client.get("/audit/?learner=131"))
    found = {path: path in page for path in ("/own/", "/list/", "/of-another/", "/other-list/", "/counts/")}
    assert found == {"/own/": True, "/list/": True, "/of-another/": False, "/other-list/": False, "/counts/": False}
    assert {(row["did"], row["of"], row["detail"]) for row in _csv(client.get("/audit.csv?learner=131"))} == {
        ("looked at", "learner 131", ""), ("looked at", "Learners", "Learners: 7, 131"),
        ("opened what is restricted of", "learner 131", "For 60 minutes")}
    assert "such as 131" in _words(client.get("/audit/?learner=Zoe"))


@pytest.mark.usefixtures("tiny_figures")
def test_the_audit_says_what_was_opened_and_of_which_authority_they_are(cast):
    _about("opening of a restricted record", "131", verb=Verb.CREATED, detail={"minutes": [None, 60]})
    _about("plan", "A plan", path="/plan/")
    page = _words(cast("information_governance_officer").get("/audit/?kind=opening+of+a+restricted+record"))
    assert "Opened what is restricted of" in page
    assert "learner 131" in page
    assert "<div>For 60 minutes</div>" in page
    assert 'councillor@example.org<span class="app-sub">Trafford</span>' in page
    assert "/plan/" not in page


def _csv(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_people_found_are_handed_over_all_pages_of_them(boss):
    for n in range(30):
        make_user("councillor", email=f"councillor{n}@example.org")
    make_user("inspector")
    boss.post("/people/", {"role": "councillor"})
    held = _csv(boss.get("/people/people.csv"))
    assert len(held) == 30
    assert {(row["Role"], row["Account"], row["Last signed in"]) for row in held} == {("Councillor", "open", "")}
    assert "councillor29@example.org" in {row["Email address"] for row in held}
    assert boss.get("/people/people.xlsx")["Content-Disposition"] == 'attachment; filename="people.xlsx"'


def test_the_table_of_roles_is_handed_over_as_it_stands(cast):
    held = {row["Permission"]: row for row in _csv(cast("employer").get("/roles/roles.csv"))}
    assert set(held) == {permission.title for permission in Permission}
    assert set(held["Load published data"]) == {"Permission", *(role.title for role in ALL_ROLES)}
    assert (held["Load published data"]["Data officer"], held["Load published data"]["Councillor"]) == ("yes", "no")


@pytest.mark.parametrize(("role", "path", "name"), [("administrator", "/people/", "people"), ("employer", "/roles/", "roles")])
def test_a_page_offers_its_table_as_files(cast, role, path, name):
    page = _words(cast(role).get(path))
    assert [f'href="{path}{name}.{kind}"' in page for kind in ("csv", "xlsx")] == [True, True]


def test_how_long_a_link_works_is_read_from_the_settings(settings):
    settings.PASSWORD_RESET_TIMEOUT = 5 * 86400
    make_user("councillor")
    client = Client()
    assert "for 5 days" in _words(client.post("/account/password/reset/", {"email": "councillor@example.org"}, follow=True))
    assert "for 5 days" in mail.outbox[0].body
    assert "more than 5 days old" in _words(client.get("/account/password/reset/key/1-abc/"))


def test_sign_up_is_closed_in_the_same_words_at_both_doors():
    assert render_to_string("account/signup.html") == render_to_string("account/signup_closed.html")


def test_your_account_shows_your_own_doings_only(cast):
    make_user("inspector")
    record(by=make_user("inspector"), verb=Verb.LOOKED, room="x", path="/of-the-inspector/")
    record(by=make_user("employer"), verb=Verb.LOOKED, room="x", path="/of-the-employer/")
    page = _words(cast("employer").get("/your-account/"))
    assert "/of-the-employer/" in page
    assert "/of-the-inspector/" not in page


def test_the_admin_reads_and_acts_only_through_actions(boss):
    make_user("administrator", email="second@example.org")
    person = make_user("councillor")
    assert boss.get("/admin/accounts/user/").status_code == 200
    assert boss.get(f"/admin/accounts/user/{person.pk}/change/").status_code == 200
    assert boss.get("/admin/accounts/auditentry/").status_code == 200
    assert boss.get("/admin/accounts/user/add/").status_code == 403
    assert boss.post(f"/admin/accounts/user/{person.pk}/delete/").status_code == 403
    assert boss.post(f"/admin/accounts/user/{person.pk}/change/", {"role": "administrator"}).status_code == 403
    boss.post("/admin/accounts/user/", {"action": "deactivate_user", "_selected_action": [person.pk]})
    person.refresh_from_db()
    assert not person.is_active
    assert AuditEntry.objects.filter(detail={"is_active": [True, False]}).exists()


def test_an_account_says_where_somebody_works(boss):
    typed = {"email": "head@example.org", "full_name": "Head Example", "role": "provider_staff", "area": "850",
             "organisation": "Example School", "establishment": "850/4001", "ukprn": "10001234"}
    boss.post("/people/add/", typed)
    made = User.objects.get(email="head@example.org")
    assert (made.organisation, made.establishment, made.ukprn) == ("Example School", "8504001", "10001234")
    shown = _words(boss.get(f"/people/{made.pk}/"))
    assert "Example School; 8504001, which no school or college that we know of has; 10001234, which" in shown
    boss.post(f"/people/{made.pk}/change/", {**typed, "ukprn": ""})
    made.refresh_from_db()
    assert (made.establishment, made.ukprn) == ("8504001", "")


@pytest.mark.parametrize(("box", "value"), [("establishment", "850"), ("ukprn", "1000123")])
def test_a_number_that_is_no_place_is_refused(boss, box, value):
    typed = {"email": "head@example.org", "full_name": "Head Example", "role": "provider_staff", box: value}
    assert "digits" in _words(boss.post("/people/add/", typed))
    assert not User.objects.filter(email="head@example.org").exists()
