"""From a figure to the young people it counts: who is listed to whom, that the numbers agree, and that each look is recorded."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.performance.reading import facts, links, main, table
from tests.cast import make_user, sign_in, signed_in_client
from throughline.analytics.measures import who
from throughline.analytics.measures.areas import all_areas
from throughline.analytics.measures.series import trend
from throughline.apps.accounts.models import AuditEntry, Verb
from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.actions.circumstances import add_trait
from throughline.apps.learners.actions.forgetting import forget_learners
from throughline.apps.learners.actions.learners import add_learner
from throughline.apps.learners.actions.looking import open_restricted
from throughline.apps.learners.actions.membership import end_membership
from throughline.apps.learners.codes import rules
from throughline.apps.learners.models import Address, Learner
from throughline.apps.performance import figures as room
from throughline.apps.performance.groups import groups_of_people
from throughline.apps.performance.people import moments

JOINED, BEGAN = date(2025, 9, 1), date(2025, 9, 5)
SCHOOL = "3584001"
NEET, MONTH, AVERAGE = "/measures/neet_16_17", "_month_register/young-people/", "_register/young-people/"
OCTOBER = "?month=2025-10"
YOUTH_JUSTICE, LOOKED_AFTER, PREGNANCY, PARENT = "170", "110", "650", "120"


def _enrol(family: str, code: str = "310", area: str = "358", **facts) -> Learner:
    learner = add_learner(by=None, area=area, born=date(2008, 10, 1), given="Ade", family=family, since=JOINED, **facts)
    record_activity(by=None, learner=learner, code=code, start=BEGAN, ascertained=BEGAN)
    return learner


@pytest.fixture(scope="module")
def few_months() -> None:
    """Not here: every month that a register is counted at is kept, since these tests look far back."""


@pytest.fixture(scope="module")
def counted_once(count_once):
    """Thirty young people in education, and ten who are NEET: at a school, restricted, protected, or of a vulnerable group."""
    for _ in range(30):
        _enrol("Learning")
    neet = {name: _enrol(name.title(), "619") for name in (
        "one", "two", "three", "four", "five", "restricted", "protected", "youth justice", "looked after")}
    neet["pupil"] = _enrol("Pupil", PREGNANCY, school_at_16=SCHOOL, gender="F")
    for name in ("pupil", "one"):  # who is a father
        add_trait(by=None, learner=neet[name], trait=PARENT, starts=JOINED)
    Learner.objects.filter(pk=neet["restricted"].pk).update(restricted=True)
    add_trait(by=None, learner=neet["youth justice"], trait=YOUTH_JUSTICE, starts=JOINED)
    add_trait(by=None, learner=neet["looked after"], trait=LOOKED_AFTER, starts=JOINED)
    Learner.objects.filter(pk=neet["protected"].pk).update(protected_address=True)
    for name in ("one", "protected"):
        Address.objects.create(learner=neet[name], line_1="1 Row", district="E06000001", starts=JOINED)
    Address.objects.create(learner=neet["two"], line_1="2 Row", district="E06000001", protected=True,  # a refuge that was left
                           starts=JOINED, ends=date(2025, 11, 30))
    _enrol("Elsewhere", "619", area="202")
    return count_once(), neet


@pytest.fixture
def counted(counted_once, stand_on):
    """Those of counted_once, with a warehouse of the test's own that counts them."""
    folder, neet = counted_once
    stand_on(folder)
    return neet


def _names(answer) -> list[str]:
    return [row[0] for row in table(answer, "people")]


def _file(client, query) -> list[dict[str, str]]:
    answer = client.get(f"{NEET}_month_register/young-people.csv{query}")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_those_listed_and_those_held_back_make_the_figure(counted):
    answer = signed_in_client("tracking_officer").get(f"{NEET}{MONTH}{OCTOBER}")
    said = facts(answer)
    assert (said["Counted"], said["Listed here"]) == ("10", "9")
    assert said["The figure for October 2025"] == "25.0% 10 of 40"
    assert "1 young person is counted and not listed" in main(answer)
    assert "Restricted, Ade" not in _names(answer)
    assert "Elsewhere, Ade" not in _names(answer)
    assert "last confirmed on 5 September 2025" in main(answer)
    assert f"/learners/{counted['one'].pk}/" in links(answer)
    end_membership(by=None, learner=counted["one"], status="E")
    left = {row[0]: row[-1] for row in table(signed_in_client("data_officer").get(f"{NEET}{MONTH}{OCTOBER}"), "people")}
    assert (left["One, Ade"], "Left the cohort" in left["Two, Ade"]) == ("Left the cohort", False)
    assert {"Left the cohort", left["Two, Ade"]} <= {row["Counts today as"] for row in _file(
        signed_in_client("data_officer", email="other@example.org"), OCTOBER)}


def test_each_look_and_each_file_is_recorded_with_whom_it_showed(counted):
    client = signed_in_client("tracking_officer")
    for path, verb in ((f"{NEET}{MONTH}", Verb.LOOKED), (f"{NEET}_month_register/young-people.csv", Verb.DOWNLOADED)):
        client.get(f"{path}{OCTOBER}")
        entry = AuditEntry.objects.order_by("-pk")[0]
        shown = {learner.number for name, learner in counted.items() if name != "restricted"}
        assert (entry.verb, entry.subject_kind, set(entry.detail["learners"])) == (verb, "learners", shown)


def test_the_file_holds_those_of_the_page_and_no_restricted_record(counted):
    rows = _file(signed_in_client("tracking_officer"), OCTOBER)
    assert {row["Family name"] for row in rows} == {name.title() for name in counted if name != "restricted"}
    assert {row["Activity code"] for row in rows} == {"619", PREGNANCY}


def test_an_average_says_which_counts_it_is_made_of(counted):
    answer = signed_in_client("tracking_officer").get(f"{NEET}{AVERAGE}?month=2026-01")
    assert "average of 3 month ends" in main(answer)
    assert "December 2025" in main(answer)
    assert facts(answer)["The figure for 2026"].endswith("on average")


def test_a_list_does_not_tell_who_is_in_a_restricted_group_or_lives_where_nobody_is_told(counted):
    client = signed_in_client("tracking_officer")
    whole = client.get(f"{NEET}{MONTH}{OCTOBER}").content.decode()
    assert f"vulnerable_group:{LOOKED_AFTER}" in whole
    assert f"vulnerable_group:{YOUTH_JUSTICE}" not in whole
    forced = client.get(f"{NEET}{MONTH}{OCTOBER}&who=vulnerable_group:{YOUTH_JUSTICE}")
    assert "Everyone" in main(forced)
    assert "The group you asked for is not listed here" in main(forced)
    assert "not listed here" not in main(client.get(f"{NEET}{MONTH}{OCTOBER}"))
    anybody = client.get(f"{NEET}{MONTH}{OCTOBER}&who=vulnerable_group:any")
    assert _names(anybody) == ["Looked After, Ade"]
    assert facts(anybody)["Counted"] == "2"
    there = client.get(f"{NEET}{MONTH}{OCTOBER}&who=district:E06000001")
    assert _names(there) == ["One, Ade"]
    districts = {row[0]: row[3] for row in table(client.get(f"{NEET}{MONTH}{OCTOBER}"), "people")}
    assert (districts["Protected, Ade"], districts["Two, Ade"]) == ("Protected", "Protected")
    assert not {"Protected", "Two"} & {row["Family name"] for row in _file(client, f"{OCTOBER}&who=district:E06000001")}


def test_young_mothers_are_listed_to_whoever_may_see_that_somebody_is_a_parent(counted):
    asked = f"{NEET}{MONTH}{OCTOBER}&who=vulnerable_group:young_mother"
    answer = signed_in_client("tracking_officer").get(asked)
    assert _names(answer) == ["Pupil, Ade"]
    assert "Young mothers" in main(answer)
    assert "The group you asked for is not listed here" in main(signed_in_client("provider_staff").get(asked))


def test_whoever_opened_where_somebody_lives_finds_them_in_the_list_of_their_district(counted):
    officer = make_user("tracking_officer")
    client = sign_in(Client(), officer)
    open_restricted(by=officer, learner=counted["protected"], reason="They telephoned to ask where they should go on Monday")
    assert _names(client.get(f"{NEET}{MONTH}{OCTOBER}&who=district:E06000001")) == ["One, Ade", "Protected, Ade"]
    districts = {row[0]: row[3] for row in table(client.get(f"{NEET}{MONTH}{OCTOBER}"), "people")}
    assert districts["Protected, Ade"] == districts["One, Ade"] != "Protected" == districts["Two, Ade"]


def test_a_suppressed_figure_is_said_to_be(counted):
    answer = signed_in_client("tracking_officer").get(f"{NEET}{MONTH}{OCTOBER}&who=vulnerable_group:{LOOKED_AFTER}")
    assert _names(answer) == ["Looked After, Ade"]
    assert "suppressed wherever it is shown" in main(answer)


@pytest.mark.parametrize(("role", "told"), [("tracking_officer", True), ("provider_staff", False)])
def test_a_sensitive_activity_is_told_by_its_group_to_whoever_may_not_see_it(counted, role, told):
    client = signed_in_client(role, **({"establishment": SCHOOL} if role == "provider_staff" else {}))
    page = client.get(f"{NEET}{MONTH}{OCTOBER}").content.decode()
    file = client.get(f"{NEET}_month_register/young-people.csv{OCTOBER}").content.decode()
    assert ["Pupil" in page, "Pupil" in file] == [True, True]
    assert {words in said for words in ("pregnancy", PREGNANCY) for said in (page, file)} == {told}


@pytest.mark.parametrize(("role", "group", "names"), [
    ("tracking_officer", "temporary_break", ["Pupil, Ade"]),
    ("tracking_officer", "working_towards", []),
    ("provider_staff", "temporary_break", None),
    ("provider_staff", "not_participating", None),  # whoever is NEET and is not here is on a break
    ("provider_staff", "not_known", []),
])
def test_a_break_for_good_cause_is_listed_to_whoever_may_see_what_it_tells(counted, role, group, names):
    client = signed_in_client(role, **({"establishment": SCHOOL} if role == "provider_staff" else {}))
    page = client.get(f"/measures/duty_16_17_register/young-people/{OCTOBER}&who=duty_class:{group}")
    assert ("The group you asked for is not listed here" in main(page)) == (names is None)
    assert (f"duty_class:{group}" in page.content.decode()) == (names is not None)
    assert (_names(page) if 'id="people"' in page.content.decode() else []) == (names or [])


def test_an_indicator_may_be_about_every_class_of_the_duty(counted):
    offered = [name for by, _, name in groups_of_people(room.measures()["duty_16_17_register"], rules()) if by == "duty_class"]
    assert sorted(offered) == ["Current situation not known", "Not taking part", "Taking part", "Temporary break from learning",
                               "Working towards taking part"]


def test_the_classes_of_the_duty_stand_from_taking_part_to_not_known(counted):
    page = signed_in_client("tracking_officer").get(f"/measures/duty_16_17_register/young-people/{OCTOBER}").content.decode()
    assert re.findall(r'value="duty_class:(\w+)"', page) == [
        "participating", "working_towards", "temporary_break", "not_participating", "not_known"]


def test_a_school_sees_its_own_and_no_figure(counted):
    client = sign_in(signed_in_client("provider_staff"), make_user("provider_staff"))
    user = make_user("provider_staff")
    user.establishment = SCHOOL
    user.save(update_fields=["establishment"])
    answer = client.get(f"{NEET}{MONTH}{OCTOBER}")
    assert _names(answer) == ["Pupil, Ade"]
    assert "Counted" not in facts(answer)
    assert "25.0%" not in main(answer)
    page = answer.content.decode()
    assert "ethnic_group:" not in page
    assert "vulnerable_group:" not in page
    assert "district:" not in page


@pytest.mark.parametrize("role", ["strategy_lead", "councillor", "administrator", "information_governance_officer"])
def test_whoever_sees_no_young_people_sees_none_here(counted, role):
    client = signed_in_client(role)
    assert client.get(f"{NEET}{MONTH}").status_code == 403
    assert client.get(f"{NEET}_month_register/young-people.csv").status_code == 403


def test_a_strategy_lead_reads_on_the_measure_that_who_they_are_is_not_theirs_to_see(counted):
    page = "/authorities/358/measures/neet_16_17_month_register/"
    theirs = signed_in_client("strategy_lead").get(page)
    assert "you see how many" in main(theirs)
    assert f"{NEET}{MONTH}" not in links(theirs)
    assert f"{NEET}{MONTH}" in links(signed_in_client("tracking_officer").get(page))


def test_a_measure_that_counts_no_register_has_no_such_page(counted):
    assert signed_in_client("tracking_officer").get("/measures/attainment_8/young-people/").status_code == 404


def test_before_anybody_is_counted_the_page_says_so(counted):
    room.people_file().unlink()
    answer = signed_in_client("tracking_officer").get(f"{NEET}{MONTH}")
    assert "Nobody has been counted yet" in main(answer)
    assert moments(room.measures()["neet_16_17_month_register"], None) == []


def test_a_list_that_is_older_than_the_figures_says_so(counted):
    assert not room.people_are_behind()
    room.settings.WAREHOUSE.touch()
    assert room.people_are_behind()
    answer = signed_in_client("tracking_officer").get(f"{NEET}{MONTH}")
    assert "Something has changed since" in main(answer)


def test_when_nobody_keeps_a_register_any_more_nobody_is_kept_either(counted):
    Learner.objects.all().delete()
    room.rebuild()
    assert not room.people_file().exists()


def test_the_measure_page_calls_groups_by_their_names(counted):
    answer = signed_in_client("tracking_officer").get("/authorities/358/measures/neet_16_17_month_register/?period=October+2025")
    assert [row[:3] for row in table(answer, "groups-academic_age")] == [["Age 16", "10", "40"]]


def test_a_line_goes_from_each_month_to_the_next(counted):
    measure, area = room.measures()["neet_16_17_month_register"], all_areas(room.warehouse())["358"]
    points = {point.period.label: point for point in trend(room.warehouse(), measure, area)}
    assert points["October 2025"].joins
    assert all(point.joins for label, point in points.items() if label.endswith("2026"))


def test_whoever_is_forgotten_leaves_the_file_of_whom_the_figures_count(counted, django_capture_on_commit_callbacks):
    gone, rules_now = counted["one"].pk, rules()
    measure = room.measures()["neet_16_17_month_register"]

    def listed():
        return {one.learner for one in who.counted(room.people_file(), rules_now, measure, "358", date(2025, 10, 31))}

    before = listed()
    assert gone in before
    mode = room.people_file().stat().st_mode
    Learner.objects.filter(pk=gone).update(born=date(1990, 1, 1))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_learners(by=None, area="358", day=timezone.localdate()) == 1
    assert listed() == before - {gone}
    assert room.people_file().stat().st_mode == mode
    assert room.are_behind(), "the figures count them until they are built again"
