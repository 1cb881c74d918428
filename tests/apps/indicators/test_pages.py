"""The pages of the register: who may open them, what they show, what they refuse and what they give back."""

import pytest
from django.urls import reverse

from tests.apps.indicators.files import lines_of
from tests.apps.performance.reading import facts, main, page_of, table, words
from tests.cast import make_user, signed_in_client
from throughline.apps.accounts.roles import ALL_ROLES
from throughline.apps.indicators import actions
from throughline.apps.indicators.models import Indicator
from throughline.ui.charts import NOT_FROM_NOUGHT

LISTS = ("/indicators/", "/indicators/grid/", "/indicators/trajectories/", "/indicators/gaps/", "/indicators/unjudged/")
OF_ONE = ("", "chart.svg", "download/over-time.csv", "download/history.xlsx")
CHANGES = ("edit/", "number/", "merge/", "retire/", "judge/", "trajectory/", "breaks/", "values/enter/")


@pytest.fixture
def by(db):
    return make_user("data_officer")


@pytest.mark.parametrize("role", [role.id for role in ALL_ROLES])
def test_each_role_sees_and_changes_what_it_may(cast, registered, role):
    made = registered(measure="attainment_8", target_words="above England")
    client = cast(role, area="358")
    held = {role.id: role.permissions for role in ALL_ROLES}[role]
    sees, edits = (200 if permission in held else 403 for permission in ("see_plans", "edit_indicators"))
    assert {client.get(path).status_code for path in (*LISTS, "/indicators/register.csv", "/indicators/grid.xlsx")} == {sees}
    assert {client.get(f"/indicators/{made.pk}/{path}").status_code for path in OF_ONE} == {sees}
    assert {client.get(f"/indicators/{made.pk}/{path}").status_code for path in CHANGES} == {edits}
    assert client.get("/indicators/add/").status_code == edits
    assert client.post(f"/indicators/{made.pk}/restore/").status_code == (302 if edits == 200 else 403)


def test_another_authoritys_indicator_is_not_there_at_all(officer, registered):
    theirs = registered("Theirs alone", area="202", unit="%")
    broken = actions.add_break(by=make_user("data_officer"), indicator=theirs, period="2024", reason="x")
    actions.enter_value(by=make_user("data_officer"), indicator=theirs, period="2024", value=10.0)
    gets = [*OF_ONE, *CHANGES, "values/2024/"]
    posts = [*CHANGES, "restore/", "values/2024/withdraw/", "values/2024/restore/", f"breaks/{broken.pk}/remove/",
             f"breaks/{broken.pk}/restore/"]
    assert {officer.get(f"/indicators/{theirs.pk}/{path}").status_code for path in gets} == {404}
    assert {officer.post(f"/indicators/{theirs.pk}/{path}", {"reason": "x"}).status_code for path in posts} == {404}
    for path in LISTS:
        assert "Theirs alone" not in main(officer.get(path))
    assert theirs.changes.count() == 2
    mine = registered("Mine")
    officer.post(f"/indicators/{mine.pk}/merge/", {"into": theirs.pk, "reason": "x"})
    assert Indicator.objects.get(pk=mine.pk).state == "active"
    assert officer.get(f"/indicators/{mine.pk}/breaks/{broken.pk}/remove/").status_code == 405
    assert officer.post(f"/indicators/{mine.pk}/breaks/{broken.pk}/remove/").status_code == 404


def test_one_of_no_authority_is_told_so(cast):
    client = cast("strategy_lead", area="", email="nobody@example.org")
    for path in (*LISTS, "/indicators/add/"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "You work for no authority" in answer.content.decode()


def test_an_empty_register_says_what_to_do_next(officer, cast):
    assert "add the first one by hand" in main(officer.get("/indicators/"))
    assert "add the first one by hand" not in main(cast("councillor", area="358").get("/indicators/"))


def test_the_register_shows_each_indicator_with_its_target_and_how_it_stands(officer, valued):
    valued({"2023/24": 46.0, "2024/25": 51.0}, title="Ready for work", number="KPI 3", cohort="Year 12",
           target_words="at least 50%", baseline_printed="40% (2021/22)", due_printed="termly")
    [row] = table(officer.get("/indicators/?on=2026-11-22"), "register")
    assert row == ["KPI 3 Ready for work Year 12", "40% (2021/22)", "51.0% 2024/25, Entered by hand", "at least 50%", "termly",
                   "Met Green proposed", "▲ improved"]


def test_those_with_a_number_stand_before_those_read_from_a_sentence(officer, registered):
    for title, number in (("At least ten places", ""), ("Absence", "KPI 1"), ("Every school joins", ""), ("Take-up", "KPI 2")):
        registered(title, number=number)
    rows = [row[0] for row in table(officer.get("/indicators/"), "register")]
    assert rows == ["KPI 1 Absence", "KPI 2 Take-up", "At least ten places", "Every school joins"]


def test_the_register_is_narrowed_by_words_status_state_and_confidence(officer, registered, by):
    registered("Absence", measure="overall_absence", target_words="below England", confidence="high")
    registered("Take-up", number="KPI 2")
    gone = registered("Gone")
    actions.retire(by=by, indicator=gone, reason="x")

    def found(query: str) -> list[str]:
        page = page_of(officer.get(f"/indicators/?{query}"))
        return [] if page.find(".//table[@id='register']") is None else [
            words(row.find("th")) for row in page.findall(".//table[@id='register']/tbody/tr")]

    assert found("") == ["KPI 2 Take-up", "Absence"]
    assert found("q=take kpi") == ["KPI 2 Take-up"]
    assert found("status=cannot be judged") == ["KPI 2 Take-up"]
    assert found("confidence=high") == ["Absence"]
    assert found("confidence=none") == ["KPI 2 Take-up"]
    assert found("state=retired") == ["Gone Retired"]
    assert len(found("state=any")) == 3
    assert found("q=zzz") == found("state=nonsense") == []
    [row] = lines_of(officer.get("/indicators/register.csv?q=absence"))
    assert (row["Indicator"], row["Confidence"]) == ("Absence", "High")


def test_a_day_or_a_period_that_cannot_be_read_is_said_and_today_counts(officer, registered):
    registered()
    for query, said in (("on=banana", "“banana” is no day"), ("period=banana", "not a year we can read")):
        response = officer.get(f"/indicators/?{query}")
        assert said in main(response)
        assert words(page_of(response).find(".//title")).startswith("Error:")


def test_the_page_shows_the_sum_the_meaning_the_comparators_and_where_they_come_from(officer, registered):
    made = registered("Level 3 by 19", measure="level_3_by_19", target_words="above the national average", number="KPI 5")
    response = officer.get(f"/indicators/{made.pk}/?on=2026-11-22")
    said = main(response)
    assert "Above the average for England." in said
    assert "Needed: above" in said
    [compared] = table(response, "comparators")
    assert compared[0] == "England"
    assert "Local Authority Interactive Tool" in compared[3]
    assert facts(response)["Follows"].startswith("Young people with a level 3")


def test_what_cannot_be_read_says_so_and_what_would_be(officer, registered):
    said = main(officer.get(f"/indicators/{registered(target_words='On target KS4/5 results').pk}/"))
    assert "It cannot be read: It points to a target that is not printed here." in said
    assert "What would let it be judged:" in said


def test_what_is_typed_is_shown_as_typed(officer, registered, by):
    made = registered("The council's <b>own</b> scheme", target_words="<script>at least 5%</script>", source="Plan & annex")
    actions.judge_by_person(by=by, indicator=made, commentary="It's <i>late</i>")
    for path in (f"/indicators/{made.pk}/", *LISTS, f"/indicators/{made.pk}/edit/"):
        assert b"<b>own</b>" not in officer.get(path).content
        assert b"<script>at" not in officer.get(path).content
    said = main(officer.get(f"/indicators/{made.pk}/"))
    assert "The council's <b>own</b> scheme" in said
    assert "It's <i>late</i>" in said


def test_a_rolling_average_shows_the_months_it_is_made_of_and_those_missing(officer, registered, by):
    made = registered("NEET", unit="%", target_words="no more than 3%, as a rolling average for November, December and January")
    for period, part in (("November 2024", 30), ("December 2024", 40), ("January 2025", 35), ("November 2025", 33)):
        actions.enter_value(by=by, indicator=made, period=period, numerator=part, denominator=1000)
    rows = table(officer.get(f"/indicators/{made.pk}/?on=2026-11-22"), "averages")
    made_of = "November 2024, December 2024, January 2025 counts added up"
    assert rows[0] == ["November 2024 to January 2025", "3.5%", made_of, "none"]
    assert rows[1][1:] == ["not available", "November 2025", "December 2025, January 2026"]


def test_the_chart_never_joins_across_a_break_and_comes_as_a_picture(officer, valued, by):
    made = valued({"2021/22": 40.0, "2022/23": 41.0, "2023/24": 50.0}, target_words="at least 45%")
    actions.add_break(by=by, indicator=made, period="2023/24", reason="Counted otherwise.")
    response = officer.get(f"/indicators/{made.pk}/chart.svg")
    assert response["Content-Type"].startswith("image/svg+xml")
    assert officer.get(f"/indicators/{made.pk}/download/over-time.png").content.startswith(b"\x89PNG")
    picture = page_of(officer.get(f"/indicators/{made.pk}/")).find(".//picture/img")
    assert "The series is broken at 2023/24." in picture.get("alt")


@pytest.mark.parametrize(("values", "says"), [((41.0, 46.0), True), ((20.0, 46.0), False)])
def test_the_axis_of_the_chart_starts_at_nought_or_says_that_it_does_not(officer, valued, values, says):
    made = valued(dict(zip(("2022/23", "2023/24"), values, strict=True)))
    assert (NOT_FROM_NOUGHT in officer.get(f"/indicators/{made.pk}/chart.svg").content.decode()) is says


def test_without_figures_there_is_no_chart(officer, registered):
    made = registered()
    assert officer.get(f"/indicators/{made.pk}/chart.svg").status_code == 404
    assert page_of(officer.get(f"/indicators/{made.pk}/")).find(".//picture") is None


def test_a_look_is_recorded_as_of_the_indicator_and_a_chart_is_part_of_it(officer, valued):
    from throughline.apps.accounts.models import AuditEntry

    made = valued({"2024/25": 51.0})
    officer.get(f"/indicators/{made.pk}/")
    officer.get(f"/indicators/{made.pk}/chart.svg")
    officer.get("/indicators/register.csv")
    looks = AuditEntry.objects.filter(verb__in=("looked", "downloaded"), room="indicators").order_by("id")
    assert [(one.verb, one.subject_kind) for one in looks] == [("looked", "indicator"), ("downloaded", "indicator register")]


def test_every_address_has_a_name(db):
    assert reverse("indicators:value_history", args=[1, "2024/25"]) == "/indicators/1/values/2024/25/"
    assert signed_in_client("data_officer").get("/indicators/999999/").status_code == 404


def test_values_typed_into_an_indicator_are_the_plans_own_and_seen_with_it_as_the_permission_says(valued, cast):
    from throughline.apps.accounts.permissions import Permission

    made = valued({"2024/25": 41.7})
    provider = cast("provider_staff", area=made.area)
    assert "41.7" in provider.get(f"/indicators/{made.pk}/").content.decode()
    assert "their indicators with the values typed into them" in Permission.SEE_PLANS.sentence
