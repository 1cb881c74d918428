"""From a recommendation to the figure and the minute, and back from the figure to what leads to it."""

from django.urls import reverse

from tests.apps.performance.reading import main


def _spine(held, indicator=None):
    from throughline.apps.reports.spine import spine

    return spine(held.plan, held.today, indicator, entered=True)


def test_a_recommendation_leads_to_its_priority_its_actions_the_figure_and_the_minute(held):
    [strand] = _spine(held)
    assert strand.recommendation.text == "Know everybody"
    answer = next(each for each in strand.answers if each.doing)
    assert answer.name == "Priority 1: Find everybody"
    assert [result.indicator.number for result in answer.results] == ["KPI 1"]
    assert [(each.action.number, each.rag) for each in answer.doing] == [("1.1", "red"), ("1.2", "green"), ("1.3", "")]
    assert answer.doing[0].decisions == [held.decision]


def test_the_flat_table_has_the_figure_with_its_source_on_one_line(held):
    from throughline.apps.reports.spine import rows

    flat = list(rows(_spine(held)))
    [line] = [row for row in flat if row.get("indicator", "").startswith("KPI 1")]
    assert "%" in line["figure"]
    assert line["source"]
    [minuted] = [row for row in flat if row.get("minutes")]
    assert minuted["action"].startswith("1.1")


def test_back_from_an_indicator_shows_only_what_leads_to_it(held):
    from throughline.apps.indicators.models import Indicator

    other = Indicator.objects.create(area="358", number="KPI 2", title="Another", target_words="")
    held.actions["1.2"].indicators.add(other)
    [strand] = _spine(held, other.pk)
    [answer] = [each for each in strand.answers if each.doing]
    assert [each.action.number for each in answer.doing] == ["1.2"]


def test_a_section_that_answers_nothing_is_shown_as_such(held):
    from throughline.apps.plans.models import Action, Section

    loose = Section.objects.create(plan=held.plan, kind="theme", title="Loose", position=9)
    Action.objects.create(plan=held.plan, section=loose, text="Alone")
    last = _spine(held)[-1]
    assert last.recommendation is None
    assert [answer.section for answer in last.answers] == [loose]


def test_the_page_and_its_downloads(held, cast):
    lead = cast("inspector")
    page = lead.get(reverse("reports:spine_of_plan", args=[held.plan.pk])).content.decode()
    for said in ("Know everybody", "Do the first thing", "KPI 1 Absence", "Decision 7"):
        assert said in page
    table = lead.get(reverse("reports:spine_download", args=[held.plan.pk, "csv"])).content.decode("utf-8-sig")
    assert table.splitlines()[0].startswith("Recommendation,Priority or section,Action,Rating")


def test_what_belongs_to_the_plan_as_a_whole_is_not_lost(held):
    from throughline.apps.governance.actions.decisions import add_decision
    from throughline.apps.indicators.models import Indicator

    whole = Indicator.objects.create(area="358", number="KPI 9", title="Everything", target_words="")
    held.plan.indicators.add(whole)
    minute = add_decision(by=None, meeting=held.decision.meeting, number="8", text="The plan is approved.", plan=held.plan)
    about = add_decision(by=None, meeting=held.decision.meeting, number="9", text="Look again.", indicator=held.indicator)
    strands = _spine(held)
    [answer] = [answer for answer in strands[-1].answers if answer.section is None]
    assert [result.indicator.number for result in answer.results] == ["KPI 9"]
    assert answer.decisions == [minute]
    assert about in next(each for each in strands[0].answers if each.results).decisions


def test_an_indicators_page_leads_back_to_the_one_plan_that_has_it(held, cast):
    from throughline.apps.indicators.models import Indicator

    indicator, reader = Indicator.objects.get(number="KPI 1"), cast("inspector")
    address = reverse("reports:spine_of_indicator", args=[indicator.pk])
    assert f'href="{address}"' in reader.get(reverse("indicators:indicator", args=[indicator.pk])).content.decode()
    there = reader.get(reverse("reports:spine_of_plan", args=[held.plan.pk]), {"indicator": indicator.pk})
    assert main(reader.get(address)) == main(there)
    assert "Only what leads to KPI 1" in main(there)
    assert f'href="{reverse("reports:spine_of_plan", args=[held.plan.pk])}"' in (
        reader.get(reverse("plans:plan", args=[held.plan.pk])).content.decode())


def test_back_from_an_indicator_of_several_plans_or_of_none(held, cast):
    from throughline.apps.indicators.models import Indicator
    from throughline.apps.plans.models import Action, Plan, Section

    indicator, reader = Indicator.objects.get(number="KPI 1"), cast("inspector")
    other, gone = (Plan.objects.create(area="358", title=title) for title in ("<b>Skills</b> plan", "Gone"))
    section = Section.objects.create(plan=other, title="Skills")
    Action.objects.create(plan=other, section=section, text="Count").indicators.add(indicator)
    gone.indicators.add(indicator)
    Plan.objects.filter(pk=gone.pk).update(removed_at="2026-01-01T00:00Z")
    words = reader.get(reverse("reports:spine_of_indicator", args=[indicator.pk])).content.decode()
    assert "&lt;b&gt;Skills&lt;/b&gt; plan" in words
    assert f"/spine/{held.plan.pk}/?indicator={indicator.pk}" in words
    assert "Gone" not in words
    alone = Indicator.objects.create(area="358", title="Alone")
    theirs = Indicator.objects.create(area="909", title="Theirs")
    assert "stands in no plan" in reader.get(reverse("reports:spine_of_indicator", args=[alone.pk])).content.decode()
    assert reader.get(reverse("reports:spine_of_indicator", args=[theirs.pk])).status_code == 404
