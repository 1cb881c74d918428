"""From a young person back to the figures that count them, and what an indicator of the register is judged by."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from tests.apps.conftest import FEW_MONTHS
from tests.apps.performance.reading import links, main, page_of, table
from tests.cast import make_user, signed_in_client
from throughline.apps.indicators import evidence
from throughline.apps.indicators.actions.changing import RefusedChangeError
from throughline.apps.indicators.actions.register import amend_indicator, register_indicator
from throughline.apps.indicators.charts import band
from throughline.apps.indicators.evidence import evidence_for
from throughline.apps.indicators.judgements import judge_all
from throughline.apps.indicators.over_time import over_time
from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.actions.circumstances import add_trait
from throughline.apps.learners.actions.identity import rename
from throughline.apps.learners.actions.learners import add_learner, amend_details
from throughline.apps.learners.actions.membership import end_membership
from throughline.apps.learners.models import Learner
from throughline.apps.performance import figures as room
from throughline.apps.performance.extracts import month_ends

FEBRUARY = 2
JOINED, BEGAN = date(2025, 9, 1), date(2025, 9, 5)
MONTHLY = "participation_16_17_month_register"


def _enrol(family: str, code: str, trait: str = "") -> Learner:
    learner = add_learner(by=None, area="358", born=date(2009, 1, 1), given="Ade", family=family, since=JOINED)
    for start in (BEGAN, date(2026, 9, 5)):
        record_activity(by=None, learner=learner, code=code, start=start, ascertained=start)
    if trait:
        add_trait(by=None, learner=learner, trait=trait, starts=JOINED)
    return learner


@pytest.fixture(scope="module")
def counted_once(count_once):
    """Sixty young people of 358 in learning, forty of them with SEN support, and forty who are NEET, twenty of them so."""
    for code, supported, not_supported in (("310", 40, 20), ("619", 20, 20)):
        for number in range(supported + not_supported):
            _enrol("Learning" if code == "310" else "Seeking", code, "sen_support" if number < supported else "")
    _enrol("Leaver", "310")
    return count_once()


@pytest.fixture
def counted(counted_once, stand_on):
    """Those of counted_once, with a warehouse of the test's own that counts them."""
    stand_on(counted_once)


def _indicator(title: str, measure: str, target: str, **group: str):
    one = register_indicator(by=None, area="358", title=title, target_words=target)
    return amend_indicator(by=None, indicator=one, measure=measure, reason="Chosen", **group)


def test_an_indicator_of_a_group_is_judged_by_what_the_register_counts_of_that_group(counted):
    one = _indicator("Taking part with SEN support", MONTHLY, "At least 60%", breakdown="send", group="sen_support")
    held = evidence_for([one], "358")[one.pk]
    last = month_ends(timezone.localdate(), 1)[0]
    assert (held.kind, held.group, held.points[-1].end) == ("register", "SEN support", last)
    assert round(held.points[-1].value, 1) == 66.7
    assert str(judge_all([one], timezone.localdate(), entered=True)[one.pk].verdict) == "met"
    assert not evidence_for([one], "358", entered=False)[one.pk].points


def test_it_stands_beside_england_as_published_with_the_period_that_is_of(counted):
    one = _indicator("NEET or not known", "neet_or_not_known_16_17_register", "Better than the national average")
    point = evidence_for([one], "358")[one.pk].points[-1]
    winter = max(end.year for end in month_ends(timezone.localdate(), FEW_MONTHS) if end.month == FEBRUARY)
    assert (point.period, point.england_period, point.england_then) == (str(winter), "2025", None)
    assert point.england == 5.6
    judged = judge_all([one], timezone.localdate(), entered=True)[one.pk].proposed
    assert [(used.name, used.value, used.period) for used in judged.comparators] == [("England", 5.6, "2025")]
    assert any("England in 2025" in step for step in judged.steps)


def test_a_status_that_those_not_known_could_turn_says_so_beside_it(counted, monkeypatch):
    one = _indicator("NEET", "neet_16_17_month_register", "No more than 45%")
    client = signed_in_client("tracking_officer")
    assert "by those who are known" not in main(client.get(f"/indicators/{one.pk}/"))
    monkeypatch.setattr(evidence, "_with_most", lambda point, measure, asked: replace(point, at_most=47.0))
    said = "Met by those who are known. Were all of those not known NEET, it would be 47.0%: not reached."
    assert main(client.get(f"/indicators/{one.pk}/")).count(said) == 2
    assert said in main(client.get("/indicators/"))


def test_neet_over_time_is_a_range_in_the_chart_its_words_the_table_and_the_file(counted, monkeypatch):
    one = _indicator("NEET", "neet_16_17_month_register", "No more than 45%")
    monkeypatch.setattr(evidence, "_with_most", lambda point, measure, asked: replace(
        point, at_most=None if point.value is None else point.value + 7))
    rows = over_time(judge_all([one], timezone.localdate(), entered=True)[one.pk])
    told = [(row.period, row.value, row.value + 7) for row in rows if row.value is not None]
    assert [(line["period"], line["value"], line["high"]) for line in band(rows)] == told
    period, least, most = told[-1]
    client = signed_in_client("tracking_officer")
    page = client.get(f"/indicators/{one.pk}/")
    words = page_of(page).find(".//picture/img").get("alt")
    assert "as a band" in words
    assert f"{least:.1f}%, at most {most:.1f}%, in {period}." in words
    assert f"{least:.1f}% at most {most:.1f}%" in main(page)
    picture = client.get(f"/indicators/{one.pk}/chart.svg").content.decode()
    assert "were all of those not known NEET" in picture
    assert "mark-area" in picture
    lines = client.get(f"/indicators/{one.pk}/download/over-time.csv").content.decode().splitlines()
    assert sum(line.startswith(f"{period},{least},{most},") for line in lines) == 1


def test_a_group_that_the_measure_is_not_counted_by_is_refused(counted):
    one = _indicator("Taking part", MONTHLY, "At least 60%")
    with pytest.raises(RefusedChangeError, match="not counted for the group"):
        amend_indicator(by=None, indicator=one, breakdown="send", group="nobody", reason="By mistake")


def test_a_learner_leads_back_to_the_figures_and_indicators_that_count_them(counted):
    everyone = _indicator("Taking part", MONTHLY, "At least 60%")
    supported = _indicator("Taking part with SEN support", MONTHLY, "At least 60%", breakdown="send", group="sen_support")
    client = signed_in_client("tracking_officer")
    with_support = Learner.objects.filter(traits__trait="sen_support", activities__code="310").first()
    without = Learner.objects.filter(traits=None, activities__code="310").first()
    seeking = Learner.objects.filter(activities__code="619").first()

    def found(learner):
        answer = client.get(f"/learners/{learner.pk}/counted/")
        return {row[0]: row[2] for row in table(answer, "counted")}, links(answer)

    title = room.measures()[MONTHLY].title
    told, led = found(with_support)
    assert told[title] == "Counted"
    assert {f"/indicators/{everyone.pk}/", f"/indicators/{supported.pk}/"} <= set(led)
    told, led = found(without)
    assert f"/indicators/{everyone.pk}/" in led
    assert f"/indicators/{supported.pk}/" not in led
    told, _ = found(seeking)
    assert told[title] == "Counted among"
    assert told[room.measures()["neet_16_17_month_register"].title] == "Counted"
    assert f"/learners/{seeking.pk}/counted/" in links(client.get(f"/learners/{seeking.pk}/"))
    rename(by=None, learner=seeking, given="Ade", family="Renamed")
    headed = main(client.get(f"/learners/{seeking.pk}/counted/"))
    assert headed.startswith("Ade Renamed The figures that count them"), "who they are now, whatever day they were counted on"


def test_an_indicator_leads_on_to_the_young_people_for_those_who_may_see_them(counted):
    one = _indicator("Taking part with SEN support", MONTHLY, "At least 60%", breakdown="send", group="sen_support")
    led = [link for link in links(signed_in_client("tracking_officer").get(f"/indicators/{one.pk}/")) if "young-people" in link]
    listed = signed_in_client("tracking_officer").get(led[0])
    assert len(table(listed, "people")) == 40
    assert f"/indicators/{one.pk}/" in listed.content.decode()
    theirs = signed_in_client("councillor").get(f"/indicators/{one.pk}/")
    assert "you see how many" in main(theirs)
    assert not [link for link in links(theirs) if "young-people" in link]


def test_whoever_left_before_the_last_month_end_counts_in_nothing(counted):
    """Counted like the others, until they leave on the month end before the last; what counted them earlier stays."""
    title, client = room.measures()[MONTHLY].title, signed_in_client("tracking_officer")
    leaver = Learner.objects.get(names__family="Leaver")
    assert title in main(client.get(f"/learners/{leaver.pk}/counted/"))
    end_membership(by=None, learner=leaver, status="E", left_on=month_ends(timezone.localdate(), 2)[0])
    room.rebuild()
    assert title not in main(client.get(f"/learners/{leaver.pk}/counted/"))


def test_a_school_is_told_what_counts_somebody_and_of_nobody_whom_they_are_among(counted):
    """Those in adult custody are among nobody; a pupil in work without training is among all, and counted in nothing."""
    pages = {}
    for code in ("330", "710"):
        pupil = _enrol("Pupil", code)
        amend_details(by=None, learner=pupil, school_at_16="3584001")
        pages[code] = f"/learners/{pupil.pk}/counted/"
    room.rebuild()
    school = signed_in_client("provider_staff", establishment="3584001")
    said = {code: main(school.get(path)).replace(path.split("/")[2], "") for code, path in pages.items()}
    assert said["330"] == said["710"]
    assert "among" not in said["330"]
    officer = signed_in_client("tracking_officer")
    assert "Counted among" in main(officer.get(pages["330"]))
    assert "Counted among" not in main(officer.get(pages["710"]))


def test_an_indicator_of_a_group_that_its_measure_no_longer_has_stops_no_page(counted):
    for breakdown, group in (("district", "E06000001"), ("vulnerable_group", "999")):
        one = _indicator(f"Taking part by {breakdown}", MONTHLY, "At least 60%")
        type(one).objects.filter(pk=one.pk).update(breakdown=breakdown, group=group)
    measure = room.measures()[MONTHLY]
    room.measures()[MONTHLY] = replace(measure, register=replace(measure.register, breakdowns=("vulnerable_group",)))
    try:
        learner = Learner.objects.filter(activities__code="310").first()
        assert signed_in_client("tracking_officer").get(f"/learners/{learner.pk}/counted/").status_code == 200
    finally:
        room.measures()[MONTHLY] = measure


def test_an_indicator_of_a_group_that_is_not_listed_leads_to_no_list(counted):
    one = _indicator("Taking part", MONTHLY, "At least 60%")
    type(one).objects.filter(pk=one.pk).update(breakdown="vulnerable_group", group="170")
    answer = signed_in_client("tracking_officer").get(f"/indicators/{one.pk}/")
    assert "Whom it counts is not listed" in main(answer)
    assert not [link for link in links(answer) if "young-people" in link]


def test_a_learner_of_another_authority_is_not_there(counted):
    elsewhere = add_learner(by=None, area="202", born=date(2009, 10, 1), given="Ade", family="Other", since=JOINED)
    make_user("tracking_officer")
    assert signed_in_client("tracking_officer").get(f"/learners/{elsewhere.pk}/counted/").status_code == 404


def test_whoever_may_not_see_the_figures_is_told_so_and_not_that_there_are_none(counted):
    one = _indicator("Taking part", MONTHLY, "At least 60%")
    page = main(signed_in_client("provider_staff").get(f"/indicators/{one.pk}/"))
    assert "shown only to those who work for it" in page
    assert "There was no figure" not in page
    assert "66." not in page
