"""The part of the stage that is about plans: indicators, a plan with everything that can hang on one, and a file being read."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone

from tests.house.stage import AGO, AREA, BATCH, GONE, LONG, MARK, NEXT, ONE, OVER, TODAY, there_and_gone
from throughline.analytics.planreading import tree
from throughline.analytics.planreading.asjson import as_json
from throughline.analytics.planreading.containers.open import open_document
from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.read import read_plan
from throughline.apps.indicators.actions.series import understand
from throughline.apps.indicators.models import (
    Indicator,
    IndicatorBreak,
    IndicatorChange,
    IndicatorValue,
    Judgement,
    TrajectoryPoint,
)
from throughline.apps.plans import models
from throughline.apps.plans.actions.reading import correct
from throughline.apps.plans.document_shown import blocks_of
from throughline.apps.plans.reading_corrections import removed
from throughline.apps.plans.reading_pieces import as_tree, pieces_of
from throughline.apps.plans.vocabulary import templates

PERIOD, WITHDRAWN = "2024/25", "2023/24"  # periods of values entered by hand, the second of which was withdrawn
_PLAN = f"""# {MARK} plan 2026 to 2029

## Priority 1: {LONG}

| Number | Actions | Who | When | Cost | Successful if |
|---|---|---|---|---|---|
| 1.1 | {LONG} | HPM | By October 2026 | £12k | Every list comes on time |
| 1.2 | Write to {MARK} colleges | Somebody | Now and then | | |
| 1.3 | Hold a {MARK} fair | HPM | Each March | £7,500 per annum | Many come |

How will we know?

- At least 95% of young people have an offer by September 2027

Printed by nobody in particular
"""


def set_indicators() -> None:
    """One whose values are entered by hand, one that follows a measure, and one that was retired."""
    of = {"area": AREA, "unit": "percent", "cohort": "16 and 17 year olds"}
    by_hand = _indicator(pk=ONE, number="KPI 1", title=f"{MARK} offers", target_words="At least 95% by September 2027",
                         baseline_printed="91.4% (2022)", **of)
    _indicator(pk=NEXT, number="KPI 2", title=LONG, target_words="Better than the national average",
               measure="neet_or_not_known_16_17", **of)
    _indicator(pk=OVER, number="KPI 3", title=f"{MARK} events", target_words="Many of them", **of | {"unit": "number"})
    _indicator(pk=GONE, number="KPI 4", title=f"{MARK} fairs", state="retired", state_reason="No longer held", **of)
    IndicatorChange.objects.create(pk=ONE, indicator=by_hand, kind="amended", reason=LONG, before={"number": "KPI 9"},
                                   after={"number": "KPI 1"})
    for key, period, withdrawn in ((ONE, PERIOD, False), (GONE, WITHDRAWN, True)):
        IndicatorValue.objects.create(pk=key, indicator=by_hand, period=period, value=93.5, evidence=LONG, withdrawn=withdrawn)
    for key, more in there_and_gone():
        IndicatorBreak.objects.create(pk=key, indicator=by_hand, period=PERIOD, reason=LONG, **more)
    for place, (year, printed) in enumerate({"2024/25": "92%", "2025/26": "", "2026/27": "95%"}.items()):
        TrajectoryPoint.objects.create(indicator=by_hand, period=year, printed=printed, position=place,
                                       value=float(printed.rstrip("%")) if printed else None)
    Judgement.objects.create(pk=ONE, indicator=by_hand, rag="amber", reason=LONG, commentary=LONG)


def _indicator(**words: Any) -> Indicator:
    indicator = Indicator(**words)
    understand(indicator, [])
    indicator.save()
    return indicator


def set_plans() -> None:
    """An approved plan with one of everything, one removed, a draft, and one that is closed."""
    inspection = models.Inspection.objects.create(pk=ONE, area=AREA, title=f"{MARK} inspection", held_on=TODAY() - 9 * AGO)
    approved = {"state": "approved", "approved_by_id": ONE, "approved_on": TODAY() - AGO}
    over = models.Plan.objects.create(pk=OVER, area=AREA, title=f"{MARK} plan that is over", state="closed")
    plan = models.Plan.objects.create(pk=ONE, area=AREA, title=f"{MARK} plan", period="2026 to 2029", organisations=[MARK],
                                      summary=LONG, previous=over, **approved)
    models.Plan.objects.create(pk=GONE, area=AREA, title=f"{MARK} plan taken out", removed_at=timezone.now())
    models.Plan.objects.create(pk=NEXT, area=AREA, title=f"{MARK} supplement", supplement_of=plan)
    models.Section.objects.create(pk=NEXT, plan=plan, number="2", title=f"{MARK} second", position=2)
    for key, more in there_and_gone():
        models.Recommendation.objects.create(pk=key, inspection=inspection, number="1", text=LONG, **more)
        models.Section.objects.create(pk=key, plan=plan, number="1", title=LONG, impact=LONG, **more)
        due = {"when_printed": "By last week", "due_on": TODAY() - timedelta(days=7), "position": int(key)}
        models.Action.objects.create(pk=key, plan=plan, section_id=ONE, number=f"1.{key}", text=LONG, **due, **more)
    models.Section.objects.get(pk=ONE).answers.add(ONE)
    models.Recommendation.objects.create(pk=NEXT, inspection=inspection, number="2", text=f"{MARK} second")
    models.Action.objects.create(pk=NEXT, plan=plan, section_id=ONE, number="1.3", text=f"{MARK} third", position=8000)
    for tied in (plan, models.Section.objects.get(pk=ONE), models.Action.objects.get(pk=ONE)):
        tied.indicators.add(ONE, NEXT)
    models.Action.objects.get(pk=ONE).handbook_pages.add(ONE)
    _parts(plan)
    _progress(plan)
    _campaigns(plan)
    promised = tree.Action(f"{MARK} as promised", Source(line=1), number="1.1")
    held = tree.Plan(f"{MARK} plan", sections=[tree.Section("priority", MARK, Source(line=1), number="1", actions=[promised])])
    models.Baseline.objects.create(pk=ONE, plan=plan, board_id=ONE, approved_on=TODAY() - AGO, tree=as_json(held))


def _parts(plan: models.Plan) -> None:
    """Of each sort of part one that is there, one that was removed, and one more to move."""
    for key, more in [*there_and_gone(), (NEXT, {"position": 1})]:
        of = {"pk": key, "action_id": ONE, **more}
        models.Step.objects.create(**of, text=LONG)
        models.Milestone.objects.create(**of, text=LONG, due_on=TODAY() - timedelta(days=3))
        models.ActionOwner.objects.create(**of, party_id=ONE, printed="HPM")
        models.Cost.objects.create(**of, printed="£12k per annum", amount=12_000, basis="per year", fund=MARK, year="2026/27")
        models.CrossReference.objects.create(**of, printed=f"See 9.9 in the {MARK} plan", target="9.9")
        models.SuccessCriterion.objects.create(**of, plan=plan, text=LONG, indicator_id=ONE)
        models.SectionLead.objects.create(pk=key, section_id=ONE, party_id=ONE, printed="HPM", **more)


def _campaigns(plan: models.Plan) -> None:
    """A campaign with a message that went out, market research, a term with nothing; one of each that was taken away."""
    for key, more in there_and_gone():
        campaign = models.Campaign.objects.create(
            pk=key, area=AREA, title=f"{MARK} campaign", aim=LONG, audience=MARK, lead_id=ONE, plan=plan, budget=4_500,
            starts_on=TODAY() - 9 * AGO, ends_on=TODAY() + 5 * AGO, **more)
        campaign.actions.add(ONE)
        models.CampaignMessage.objects.create(
            pk=key, campaign_id=ONE, text=LONG, channel=f"{MARK} radio", audience=MARK, planned_on=TODAY() - AGO, who_id=ONE,
            sent_on=TODAY() - AGO, reach=4_000, reach_how=MARK, address="https://www.example.org/", name="letter.txt",
            media_type="text/plain", size=6, content=b"Letter", **more)
        models.CampaignResearch.objects.create(
            pk=key, campaign_id=ONE, asked_on=TODAY() - 2 * AGO, question=LONG, method=MARK, answered=200,
            figures=[[f"{MARK} bus", 120], [LONG, 80]], said=LONG, **more)


def _progress(plan: models.Plan) -> None:
    """What was said of the action, shown for it and put in the calendar."""
    batch = models.Batch.objects.create(pk=BATCH, plan=plan)
    said = {"action_id": ONE, "as_at": TODAY() - AGO, "narrative": LONG, "next_step": LONG, "proposed_rag": "red",
            "proposed_reason": LONG, "override_reason": LONG, "rag": "amber"}
    models.Update.objects.create(pk=ONE, **said)
    models.Update.objects.create(pk=GONE, undone_at=timezone.now(), **said)
    models.Update.objects.create(pk=NEXT, batch=batch.pk, **said | {"action_id": NEXT})
    file = {"action_id": ONE, "title": LONG[:200], "name": "evidence.txt", "media_type": "text/plain", "size": 8,
            "content": b"Evidence"}
    for key, more in there_and_gone():
        models.Evidence.objects.create(pk=key, **file, **more)
        models.CalendarEntry.objects.create(pk=key, area=AREA, plan=plan, board_id=ONE, title=f"{MARK} prospectus", note=LONG,
                                            kind="Prospectus", starts_on=TODAY(), recurrence="yearly", owner_id=ONE, **more)
    models.CriterionJudgement.objects.create(pk=ONE, criterion_id=ONE, verdict="partly", judged_by=MARK, evidence=LONG)


def set_readings() -> None:
    """A file that waits to be checked and is the next version of the plan, one that was accepted and one discarded."""
    read, blocks = _read()
    of = {"area": AREA, "name": f"{MARK} plan.md", "size": len(_PLAN), "content": _PLAN.encode(), "document": blocks,
          "read": read, "tree": as_tree(pieces_of(read))}
    waiting = models.Reading.objects.create(pk=ONE, digest="1" * 64, next_version_of_id=ONE, **of)
    correct(by=None, reading=waiting, operation=removed, did="Took out", key="a3")
    models.Reading.objects.create(pk=OVER, digest="2" * 64, state="accepted", plan_id=ONE, settled_at=timezone.now(), **of)
    models.Reading.objects.create(pk=GONE, digest="3" * 64, state="discarded", settled_at=timezone.now(), **of)


@cache
def _read() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What is read of the file, and its blocks; once for a run of the tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.md"
        path.write_text(_PLAN, encoding="utf-8")
        document = open_document(path)
    return as_json(read_plan(document, templates())), blocks_of(document)
