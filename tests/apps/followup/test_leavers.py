"""Early leavers: who is one, day by day at the edges, and what the page and each file tell of them."""

import csv
import html
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.apps.followup.conftest import TODAY
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.followup import leavers
from throughline.apps.followup.actions.contacts import log_contact
from throughline.apps.followup.leavers import by_place, early_leavers
from throughline.apps.followup.register import register
from throughline.apps.learners.actions.looking import open_restricted
from throughline.apps.learners.models import Activity, Source

COLLEGE, OTHER, UKPRN = "3584101", "3584102", "10000358"
JULY = date(2027, 7, 31)


@pytest.fixture(autouse=True)
def _directory(monkeypatch):
    """The directory has one college under two numbers."""
    monkeypatch.setattr(leavers, "only_establishments", lambda ukprns: {UKPRN: COLLEGE} if UKPRN in ukprns else {})


@pytest.fixture
def leave(enrol):
    """Enrol somebody in a place from 9 September 2026, who does something else from a day on."""

    def add(given="Ade", *, code="220", place=COLLEGE, planned=JULY, then="619", to="", to_ukprn="", on=date(2026, 10, 20),
            **more):
        at = {"establishment": place, "predicted_end": planned}
        learner = enrol(given, code=code, ago=(TODAY - date(2026, 9, 9)).days, **at, **more)
        if then:
            Activity.objects.create(learner=learner, code=then, start=on, ascertained=on, verified=on, establishment=to,
                                    ukprn=to_ukprn)
        return learner

    return add


def _found(year=2026):
    return [(one.row.person.number, one.on) for one in early_leavers(register("358"), year)]


@pytest.mark.parametrize(("what", "left", "is_one"), [
    ("from college to NEET, before the planned end", {}, True),
    ("to another course of the same college under its other number", {"then": "230", "to_ukprn": UKPRN}, False),
    ("to another college under its provider number", {"place": OTHER, "then": "230", "to_ukprn": UKPRN}, True),
    ("to a provider of which the directory says nothing", {"then": "230", "to_ukprn": "10009999"}, False),
    ("to nobody knows what", {"then": "810"}, False),
    ("to a job with training elsewhere", {"then": "310", "to": OTHER}, True),
    ("to another college", {"then": "220", "to": OTHER}, True),
    ("to another course of the same college", {"then": "230", "to": COLLEGE}, False),
    ("to a college that nobody named", {"then": "220"}, False),
    ("from a place that nobody named to a college", {"place": "", "then": "220", "to": OTHER}, False),
    ("from a place that nobody named to NEET", {"place": ""}, True),
    ("on the day after the planned end", {"planned": date(2026, 10, 19)}, False),
    ("on the planned end", {"planned": date(2026, 10, 20)}, True),
    ("in October, without a planned end", {"planned": None}, True),
    ("from NEET to a job", {"code": "619", "then": "310"}, False),
    ("from a job with training", {"code": "320"}, False),
    ("still there", {"then": ""}, False),
    ("at academic age 17", {"born": date(2009, 3, 4)}, True),
    ("at academic age 18", {"born": date(2008, 3, 4), "traits": ("ehc_plan",)}, False),
])
def test_who_left_early(leave, what, left, is_one):
    learner = leave(**left)
    assert _found() == ([(learner.number, date(2026, 10, 19))] if is_one else [])


@pytest.mark.parametrize(("on", "is_one"), [
    (date(2026, 6, 1), True), (date(2026, 6, 2), False), (date(2026, 9, 1), False), (date(2026, 9, 2), True),
])
def test_without_a_planned_end_courses_are_taken_to_run_to_june(enrol, on, is_one):
    learner = enrol(code="220", ago=(TODAY - date(2025, 9, 2)).days, establishment=COLLEGE, born=date(2009, 3, 4))
    Activity.objects.create(learner=learner, code="619", start=on, ascertained=on, verified=on)
    last = on - timedelta(days=1)
    assert _found(2025 if last < date(2026, 9, 1) else 2026) == ([(learner.number, last)] if is_one else [])


def test_whoever_left_twice_stands_once_with_the_last_and_in_the_year_of_each(leave):
    learner = leave(then="220", to=OTHER, born=date(2009, 3, 4))
    Activity.objects.create(learner=learner, code="619", start=date(2026, 11, 3), verified=date(2026, 11, 3))
    Activity.objects.create(learner=learner, code="220", start=date(2025, 9, 9), establishment=OTHER)
    Activity.objects.create(learner=learner, code="619", start=date(2026, 2, 2), verified=date(2026, 2, 2))
    assert _found() == [(learner.number, date(2026, 11, 2))]
    assert _found(2025) == [(learner.number, date(2026, 2, 1))]


@pytest.mark.parametrize(("said_before", "now", "planned"), [
    ([JULY], date(2026, 10, 19), JULY),  # a list of leavers brings the day forward
    ([None], date(2026, 10, 19), None),
    ([date(2027, 6, 30), JULY], date(2026, 10, 19), JULY),
    ([], date(2026, 10, 19), "planned so"),
    ([date(2026, 10, 1)], date(2026, 10, 19), "planned so"),
    ([JULY], TODAY, "goes on today"),
])
def test_an_end_that_was_brought_forward_is_an_early_leaving_of_whom_nobody_says_what_came_next(
        leave, said_before, now, planned):
    learner = leave(then="", planned=now)
    (held,) = learner.activities.all()
    for end in said_before:
        held.again(predicted_end=end, known_from=held.known_from, known_to=timezone.now()).save()
    found = [(one.on, one.then, one.planned) for one in early_leavers(register("358"), 2026)]
    assert found == ([] if isinstance(planned, str) else [(now, None, planned)])


def test_whoever_is_not_known_before_they_go_elsewhere_left_when_they_were_known_last(leave):
    learner = leave(then="810", on=date(2026, 10, 1))
    at = date(2026, 11, 2)
    Activity.objects.create(learner=learner, code="619", start=at, ascertained=at, verified=at)
    (one,) = early_leavers(register("358"), 2026)
    assert (one.on, one.then.code) == (date(2026, 9, 30), "619")


def test_a_college_under_its_two_numbers_is_one_place(leave):
    leave("Ade")
    learner = leave("Bea", place="")
    Activity.objects.filter(learner=learner, code="220").cease(timezone.now())
    start = date(2026, 9, 9)
    Activity.objects.create(learner=learner, code="220", start=start, verified=start, ukprn=UKPRN, predicted_end=JULY)
    assert [(one.number, one.left) for one in by_place(early_leavers(register("358"), 2026))] == [(COLLEGE, 2)]


def test_places_are_counted_with_what_their_leavers_count_as_now(leave):
    leave("Ade")
    leave("Bea", then="310", to=OTHER)
    leave("Cyd", place=OTHER, then="619", on=date(2026, 10, 2))
    leave("Dee", then="350")
    counted = {one.number: (one.left, dict(one.now), one.otherwise) for one in by_place(early_leavers(register("358"), 2026))}
    assert counted == {COLLEGE: (3, {"neet": 1, "participating": 1, "other": 1}, 1), OTHER: (1, {"neet": 1}, 0)}


def _text(client, **asked):
    response = client.get(reverse("followup:leavers"), asked)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_the_page_says_who_left_what_when_and_what_came_next(client, leave):
    leave("Ade", family="Okafor", then="310", to=OTHER)
    page = _text(client)
    for said in ("Early leavers of 2026/27", "Okafor, Ade", "19 October 2026", "was to end on 31 July 2027",
                 "since 20 October 2026", OTHER, "Participating"):
        assert said in page


def test_the_page_is_narrowed_to_a_place_a_year_group_and_a_standing(client, leave):
    leave("Ade")
    leave("Bea", place=OTHER)
    leave("Cyd", then="310", to=OTHER, born=date(2009, 3, 4))
    for asked, shown in (({"place": OTHER}, {"Bea"}), ({"group": "13"}, {"Cyd"}), ({"now": "neet"}, {"Ade", "Bea"}),
                         ({"place": COLLEGE, "now": "participating"}, {"Cyd"}), ({"year": "2025"}, set())):
        page = _text(client, **asked)
        assert {name for name in ("Ade", "Bea", "Cyd") if name in page} == shown


def test_two_files_of_one_place_say_whom_each_is_for(client, leave):
    leave("Ade")
    page = _text(client, place=COLLEGE)
    assert page.index(f"For {COLLEGE}: what it may be told") < page.index("For us only: everybody on this page")
    named = [client.get(reverse(f"followup:{name}", args=args), {"place": COLLEGE})["Content-Disposition"] for name, args in (
        ("leavers_feedback_download", [COLLEGE, "csv"]), ("leavers_download", ["csv"]))]
    assert named == [f'attachment; filename="for-{COLLEGE}-early-leavers-2026.csv"',
                     f'attachment; filename="for-us-only-early-leavers-of-{COLLEGE}-2026.csv"']
    assert "For us only" not in _text(client)
    assert 'filename="early-leavers-2026.csv"' in client.get(reverse("followup:leavers_download", args=["csv"]))[
        "Content-Disposition"]


def test_a_year_in_which_nobody_left_says_so_and_nonsense_shows_this_year(client, leave):
    leave("Ade")
    assert "Nobody is recorded as having left early in 2025/26" in _text(client, year="2025")
    assert "Ade" in _text(client, year="never", place="' or 1=1", page="x")


def test_today_says_how_many_left_of_late_and_this_year(client, leave):
    for given, ago in (("Ade", 29), ("Bea", 30), ("Cyd", 60)):  # what came next; the last day there is the day before
        leave(given, on=TODAY - timedelta(days=ago))
    shown = re.sub(r"\s+", " ", client.get(reverse("followup:today")).content.decode())
    assert "1 in the last 30 days, 3 in 2026/27" in shown


def test_restricted_records_are_counted_apart_and_named_nowhere(client, leave):
    leave("Ade", restricted=True)
    leave("Bea")
    page = _text(client)
    assert "Ade" not in page
    assert "1 restricted record is left off" in page
    for name, args in (("leavers_download", ["csv"]), ("leavers_feedback_download", [COLLEGE, "csv"])):
        content = client.get(reverse(f"followup:{name}", args=args)).content.decode()
        assert "Bea" in content
        assert "Ade" not in content


def test_a_place_is_told_of_no_restricted_record_even_by_whoever_has_opened_it(client, officer, leave):
    learner = leave("Ade", restricted=True)
    open_restricted(by=officer, learner=learner, reason="They telephoned to ask where to go on Monday")
    assert "Ade" in _text(client)
    assert _rows(client, "leavers_feedback_download", COLLEGE) == []


@pytest.mark.parametrize(("intended", "since", "came_of"), [
    ("311", [("619", 23), ("310", 60)], "As intended"), ("311", [("619", 23)], "Otherwise than intended"),
    ("311", [("616", 23)], "Not known yet"), ("311", [("810", 23)], "Not known yet"), ("311", [], "Not known yet"),
    ("111", [("310", 23)], "Otherwise than intended"), ("111", [("220", 23)], "As intended"),
    ("111", [("290", 23)], "Otherwise than intended"), ("511", [("619", 23)], ""), ("", [("310", 23)], ""),
])
def test_whether_somebody_does_as_they_intended_is_told_by_all_they_are_known_to_have_done_since(leave, intended, since, came_of):
    learner = leave(then="", planned=date(2026, 10, 1), intended_next=intended)
    (held,) = learner.activities.all()
    held.again(predicted_end=JULY, known_from=held.known_from, known_to=timezone.now()).save()
    for code, days in since:
        start = date(2026, 9, 9) + timedelta(days=days)
        Activity.objects.create(learner=learner, code=code, start=start, ascertained=start, verified=start, establishment=OTHER)
    (one,) = early_leavers(register("358"), 2026)
    assert one.came_of == came_of


def test_the_page_says_why_they_left_what_they_meant_and_what_came_of_it(client, leave):
    leave("Ade", leaving_reason="43", intended_next="311", then="310", to=OTHER)
    leave("Bea", leaving_reason="43", born=date(2009, 3, 4))
    leave("Cyd")
    page = _text(client)
    for said in ("Why they left Reason Year 12 Year 13 Left early Money 1 1 2 Nobody has said 1 0 1",
                 "Money Apprenticeship since 20 October 2026, 3584102",
                 "Meant to: Employment with training, apprenticeships included As intended"):
        assert said in page
    for reason, shown in (("43", {"Ade", "Bea"}), ("none", {"Cyd"}), ("46", {"Ade", "Bea", "Cyd"})):
        page = _text(client, reason=reason)
        assert {name for name in ("Ade", "Bea", "Cyd") if f"Okafor, {name}" in page} == shown


def _rows(client, name, *args):
    content = client.get(reverse(f"followup:{name}", args=[*args, "csv"])).content.decode("utf-8-sig")
    return list(csv.DictReader(content.splitlines()))


def test_the_file_of_leavers_says_whether_what_came_next_is_confirmed(client, leave):
    leave("Ade", then="310", to=OTHER)
    Activity.objects.create(learner=leave("Bea", then=""), code="310", start=date(2026, 10, 20))
    rows = {row["Name"]: (row["Since"], row["Last confirmed"]) for row in _rows(client, "leavers_download")}
    assert rows == {"Okafor, Ade": ("2026-10-20", "2026-10-20"), "Okafor, Bea": ("2026-10-20", "")}


def test_a_place_is_told_of_its_own_leavers_and_of_custody_as_other_activity(client, leave):
    leave("Ade", code="290", then="710")
    leave("Bea", place=OTHER)
    (told,) = _rows(client, "leavers_feedback_download", COLLEGE)
    assert (told["Name"], told["Left"]) == ("Okafor, Ade", "2026-10-19")
    assert (told["What they left"], told["Counts now as"]) == ("Participating", "In other activity")
    assert set(told) == {"Name", "Date of birth", "Left", "What they left", "Why they left", "Meant to do next",
                         "As they meant to?", "Counts now as"}


@pytest.mark.parametrize(("kind", "teller", "reason", "told"), [
    ("list", "leavers.csv", "43", ("Money", "Undecided")), ("list", "leavers.csv", "3", ("", "Undecided")),
    ("list", "leavers.csv", "44", ("", "Undecided")), ("import", Source.OF_A_PLACE, "43", ("", "")),
    ("person", Source.OF_A_PLACE, "46", ("", "Undecided")),
    ("person", Source.OF_A_PLACE, "43", ("Money", "Undecided")), ("person", "The young person", "43", ("", "")),
    ("return", "October", "43", ("", "")),
])
def test_a_place_is_told_why_somebody_left_only_where_a_place_said_so_and_nothing_sensitive(
        client, leave, kind, teller, reason, told):
    leave("Ade", leaving_reason=reason, intended_next="511", source=_source(kind, teller))
    (row,) = _rows(client, "leavers_feedback_download", COLLEGE)
    assert (row["Why they left"], row["Meant to do next"]) == told


def _source(kind, name="leavers.csv"):
    """A source of a kind; “list” stands for the list of a place."""
    return Source.objects.create(area="358", kind="import" if kind == "list" else kind, name=name, lists_a_place=kind == "list")


LIST, THEMSELVES, COLLEGE_ITSELF, SURVEY = ("list",), ("person", "The young person"), ("person", Source.OF_A_PLACE), ("import",)


# what was said one after another, each as who told it, why they left, what they meant to do next, and the day they began
@pytest.mark.parametrize(("beliefs", "told"), [
    ([(THEMSELVES, "43", "511", 9), (LIST, "43", "511", 9)], ("", "")),
    ([(LIST, "43", "511", 9), (THEMSELVES, "43", "511", 9)], ("Money", "Undecided")),
    ([(THEMSELVES, "43", "", 9), (LIST, "43", "511", 9)], ("", "Undecided")),
    ([(LIST, "", "511", 9), (THEMSELVES, "43", "511", 9), (SURVEY, "43", "511", 9)], ("", "Undecided")),
    ([(THEMSELVES, "43", "", 9), (LIST, "97", "", 9)], ("Another reason", "")),
    ([(LIST, "97", "", 9), (THEMSELVES, "43", "", 9), (LIST, "43", "", 9)], ("", "")),
    ([(THEMSELVES, "43", "", 9), (LIST, "97", "", 9), (LIST, "43", "", 9)], ("", "")),
    ([(SURVEY, "43", "511", 9), (COLLEGE_ITSELF, "43", "511", 9)], ("", "")),
    ([(THEMSELVES, "43", "511", 9), (LIST, "43", "511", 10)], ("", "")),
    ([(COLLEGE_ITSELF, "43", "511", 9), (THEMSELVES, "43", "511", 10)], ("Money", "Undecided")),
    ([(LIST, "43", "", 9), (THEMSELVES, "", "", 9), (THEMSELVES, "43", "", 9)], ("", "")),  # taken back, and said anew
    ([(LIST, "43", "", 9), (THEMSELVES, "", "", 9), (LIST, "43", "", 9)], ("Money", "")),
])
def test_what_a_later_source_took_over_was_told_by_the_first_that_said_it(client, leave, beliefs, told):
    now = leave("Ade").activities.get(code="220")
    for at, (teller, reason, intended, day) in enumerate(beliefs):
        moment = timezone.now() + timedelta(seconds=at)
        Activity.objects.filter(pk=now.pk).cease(moment)
        now = now.again(source=_source(*teller), leaving_reason=reason, intended_next=intended, start=date(2026, 9, day))
        now.known_from = moment
        now.save()
    (row,) = _rows(client, "leavers_feedback_download", COLLEGE)
    assert (row["Why they left"], row["Meant to do next"]) == told


def test_whom_a_place_is_told_of_is_not_narrowed_to_a_reason_that_it_is_not_told(client, leave):
    leave("Ade", leaving_reason="3")
    leave("Bea")
    content = client.get(reverse("followup:leavers_feedback_download", args=[COLLEGE, "csv"]), {"reason": "3"}).content.decode()
    assert ("Ade" in content, "Bea" in content) == (True, True)


def test_the_file_has_whoever_left_and_of_whom_nobody_says_what_came_next(client, leave):
    learner = leave("Ade", then="", planned=date(2026, 10, 1))
    (held,) = learner.activities.all()
    held.again(predicted_end=JULY, known_from=held.known_from, known_to=timezone.now()).save()
    (row,) = _rows(client, "leavers_download")
    assert (row["Left"], row["What came next"], row["Since"]) == ("2026-10-01", "", "")


def test_what_a_file_takes_away_is_told_in_the_audit(client, leave):
    learner = leave("Ade")
    _rows(client, "leavers_feedback_download", COLLEGE)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, COLLEGE in entry.subject_label, str(learner.number) in str(entry.detail)) == ("downloaded", True, True)


def test_the_files_say_what_the_page_does(client, leave):
    leave("Ade", then="310", to=OTHER, leaving_reason="46", intended_next="111")
    (row,) = _rows(client, "leavers_download")
    assert (row["Left"], row["Was to end"], row["Since"], row["Where"]) == ("2026-10-19", "2027-07-31", "2026-10-20", OTHER)
    assert (row["Why they left"], row["Meant to do next"], row["As they meant to?"]) == (
        "Excluded", "Full-time education", "Otherwise than intended")
    (place,) = _rows(client, "leavers_places_download")
    assert (place["Number"], place["Left early"], place["Now: Participating"], place["Now: NEET"]) == (COLLEGE, "1", "1", "0")


def test_early_leavers_are_worked_out_once_for_as_long_as_the_register_stays_as_it_is(officer, leave, monkeypatch):
    asked = []
    monkeypatch.setattr(leavers, "only_establishments", lambda ukprns: asked.append(1) or {})
    learner = leave("Ade", on=date(2026, 9, 20))
    assert (len(_found()), len(_found()), len(asked)) == (1, 1, 1)
    log_contact(by=officer, learner=learner, channel="telephone", outcome="reached_young_person")
    (one,) = early_leavers(held := register("358"), 2026)
    assert (one.row, len(asked)) == (held.rows[learner.pk], 1)
    leave("Bo")
    assert (len(_found()), len(_found(2025)), len(_found(2025)), len(asked)) == (2, 0, 0, 3)
    monkeypatch.setattr(leavers, "named_at", lambda: (1,))  # the directory was loaded anew
    assert (len(_found()), len(asked)) == (2, 4)
