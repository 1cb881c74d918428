"""Figures that officers enter on the scorecard: in the spine only for those who may see them, in no report that is kept."""

from datetime import date

import pytest
from django.urls import reverse


@pytest.fixture
def entered(held, monkeypatch):
    """The plan's indicator follows a measure of the authority's own, with one figure that meets its target."""
    from throughline.apps.indicators import evidence
    from throughline.apps.indicators.models import Indicator

    measure, stretch = "schools_with_an_enterprise_adviser", {"period_start": date(2024, 9, 1), "period_end": date(2025, 8, 31)}
    words = {"measure": measure, "target_words": "at least 10", "target": {}, "decimals": 0}
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
