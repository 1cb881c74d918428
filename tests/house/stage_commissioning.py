"""The part of the stage that is about commissioning: years in each state with what hangs on them, and contracts."""

from datetime import timedelta

from django.utils import timezone

from tests.house.stage import AGO, AREA, LONG, MARK, NEXT, ONE, OVER, TODAY, there_and_gone
from throughline.apps.commissioning import models


def set_commissioning() -> None:
    """A draft with one of everything and one of everything removed; then one that is agreed and one that is reported."""
    agreed = {"agreed_by_id": ONE, "agreed_on": TODAY() - AGO, "agreed_note": LONG}
    reported = {"state": "reported", "reported_to_id": ONE, "reported_on": TODAY(), **agreed}
    for key, more in [*there_and_gone(), (NEXT, {"state": "agreed", **agreed}), (OVER, reported)]:
        models.CommissioningPlan.objects.create(pk=key, area=AREA, title=f"{MARK} commissioning {key}", first_year=2026,
                                                about=LONG, plan_id=ONE, **more)
    for key, more in there_and_gone():
        models.Need.objects.create(pk=key, year_id=ONE, number=key, what=LONG, indicator_id=ONE, measure="overall_absence",
                                   evidence=LONG, source=MARK, figure_then="91.4% in 2024/25", **more)
        models.Priority.objects.create(pk=key, year_id=ONE, number=key, title=LONG, difference=LONG, **more)
    models.Need.objects.create(pk=NEXT, year_id=ONE, number=NEXT, what=f"{MARK} need that nothing follows from", evidence=MARK)
    models.Priority.objects.create(pk=NEXT, year_id=ONE, number=NEXT, title=f"{MARK} priority without anything")
    models.Priority.objects.get(pk=ONE).needs.add(ONE)
    for key, more in [*there_and_gone(), (NEXT, {})]:
        models.Intervention.objects.create(pk=key, priority_id=ONE, title=f"{MARK} mentors {key}", provider_id=NEXT, who_for=LONG,
                                           starts_on=TODAY() - AGO, ends_on=TODAY() + AGO, action_id=ONE, indicator_id=ONE,
                                           success=LONG, **more)
    for key, more in there_and_gone():
        of = {"pk": key, "intervention_id": ONE, **more}
        models.PlannedSpend.objects.create(**of, fund=f"{MARK} fund", amount=12_000)
        models.SpendEntry.objects.create(**of, fund=f"{MARK} fund", on=TODAY() - timedelta(days=9), amount=13_500, note=LONG)
        models.ImpactStatement.objects.create(**of, on=TODAY() - timedelta(days=3), rating="partly", statement=LONG, said_by=MARK,
                                              evidence=LONG, at=timezone.now())
    _contracts()


def _contracts() -> None:
    """One that is short of places and due for review, one removed, one without any, and one that nobody has looked at."""
    let = {"area": AREA, "number": "C/12", "supplier_id": NEXT, "lead_id": ONE, "value": 1_200_000, "action_id": ONE,
           "starts_on": TODAY() - 2 * AGO, "ends_on": TODAY() + AGO, "review_on": TODAY() - timedelta(days=1), "note": LONG}
    for key, more in there_and_gone():
        models.Contract.objects.create(pk=key, title=f"{MARK} highways", asks="places", places=30, **let, **more)
        models.PlacesCount.objects.create(pk=key, contract_id=ONE, as_at=TODAY() - timedelta(days=5), offered=9, started=4,
                                          source=LONG, **more)
    models.Contract.objects.create(pk=NEXT, title=f"{MARK} software", asks="none", why_none=LONG, **let)
    models.Contract.objects.create(pk=OVER, title=f"{MARK} {LONG}", **let)
