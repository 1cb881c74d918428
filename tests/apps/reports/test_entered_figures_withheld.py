"""Figures that officers enter on the scorecard: in the spine only for those who may see them, in no report that is kept."""

from datetime import date

import pytest
from django.urls import reverse


@pytest.fixture
def entered(held, monkeypatch):
    """The plan's indicator follows a measure whose figures officers enter."""
    return _following(held, monkeypatch, "schools_with_an_enterprise_adviser")


def _following(held, monkeypatch, measure, target="at least 10"):
    """The plan's indicator follows a measure, with one figure that meets its target."""
    from throughline.apps.indicators import evidence
    from throughline.apps.indicators.models import Indicator

    stretch = {"period_start": date(2024, 9, 1), "period_end": date(2025, 8, 31)}
    words = {"measure": measure, "target_words": target, "target": {}, "decimals": 0}
    Indicator.objects.filter(pk=held.indicator.pk).update(**words)
    beside = ("england", "region", "neighbours_mean", "neighbours_rank", "neighbours_ranked", "rank", "ranked", "quartile",
              "numerator", "denominator")
    row = {"measure": measure, "period": "2024/25", **stretch, "value": 4321.0, "status": "final", "release": "entered",
           **dict.fromkeys(beside)}
    read = evidence.held

    def with_a_figure(*asked):
        found = read(*asked)
        found.headlines[measure] = [row]
        return found

    monkeypatch.setattr(evidence, "held", with_a_figure)
    return held


@pytest.mark.parametrize(("role", "seen"), [("inspector", True), ("provider_staff", False)])
def test_the_spine_and_its_download_show_them_only_to_those_who_may_see_them(entered, cast, role, seen):
    reader = cast(role)
    for address in (reverse("reports:spine_of_plan", args=[entered.plan.pk]),
                    reverse("reports:spine_download", args=[entered.plan.pk, "csv"])):
        answer = reader.get(address)
        assert answer.status_code == 200
        assert ("4,321" in answer.content.decode()) == seen
        assert "KPI 1" in answer.content.decode()


def test_nothing_of_them_is_kept_in_an_issued_report(entered):
    from throughline.apps.reports.actions import issue, start_draft

    draft = start_draft(by=None, outline="highlight", plan=entered.plan, board=entered.board, as_at=entered.today)
    issued = issue(by=None, draft=draft)
    assert issued.standing["indicators"] == {str(entered.indicator.pk): "cannot be judged"}
    assert "4,321" not in issued.page + str(issued.content)


def test_what_the_register_counts_of_everybody_is_in_a_report_and_of_a_group_is_not(held, monkeypatch):
    """The department publishes the first of every authority; the second is the authority's own business."""
    from throughline.apps.indicators.models import Indicator
    from throughline.apps.reports.actions import issue, start_draft

    counted = _following(held, monkeypatch, "reengagement_16_17_register", "at least 10%")
    draft = start_draft(by=None, outline="highlight", plan=counted.plan, board=counted.board, as_at=counted.today)
    assert issue(by=None, draft=draft).standing["indicators"] == {str(counted.indicator.pk): "met"}
    Indicator.objects.filter(pk=counted.indicator.pk).update(breakdown="sex", group="female")
    draft = start_draft(by=None, outline="highlight", plan=counted.plan, board=counted.board, as_at=counted.today)
    assert issue(by=None, draft=draft).standing["indicators"] == {str(counted.indicator.pk): "cannot be judged"}
