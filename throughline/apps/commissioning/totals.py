"""A year's commissioning as it stood on a day: what follows from what, planned against spent, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from throughline.apps.commissioning.models import (
    CommissioningPlan,
    ImpactStatement,
    Intervention,
    Need,
    PlannedSpend,
    Priority,
    SpendEntry,
)

Pounds = Decimal


@dataclass
class Line:
    """One line of a table of totals: what was planned, what has been spent. of is the priority that it is about, if any."""

    name: str
    planned: Pounds = Pounds(0)
    spent: Pounds = Pounds(0)
    of: Priority | None = None

    @property
    def left(self) -> Pounds:
        """What of the plan has not been spent; less than nothing where more was spent than planned."""
        return self.planned - self.spent


@dataclass
class Commissioned:
    """An intervention with its money and its newest word on what it changed; None where nobody has said."""

    intervention: Intervention
    planned: list[PlannedSpend] = field(default_factory=list)
    spent: list[SpendEntry] = field(default_factory=list)
    impact: ImpactStatement | None = None

    @property
    def planned_pounds(self) -> Pounds:
        """All that is planned for it."""
        return sum((each.amount for each in self.planned), Pounds(0))

    @property
    def spent_pounds(self) -> Pounds:
        """All that has been spent on it."""
        return sum((each.amount for each in self.spent), Pounds(0))


@dataclass
class Answered:
    """A priority, the needs that it follows from, and what is commissioned under it."""

    priority: Priority
    needs: list[Need] = field(default_factory=list)
    commissioned: list[Commissioned] = field(default_factory=list)


@dataclass
class Year:
    """The whole of a year: its needs, its priorities, and totals by priority and by fund."""

    plan: CommissioningPlan
    needs: list[Need]
    priorities: list[Answered]

    @property
    def commissioned(self) -> list[Commissioned]:
        """Everything that is commissioned, in the order of the priorities."""
        return [each for answered in self.priorities for each in answered.commissioned]

    @property
    def needs_without_priority(self) -> list[Need]:
        """The needs that nothing follows from."""
        met = {need.pk for answered in self.priorities for need in answered.needs}
        return [need for need in self.needs if need.pk not in met]

    @property
    def priorities_without_need(self) -> list[Priority]:
        """The priorities that follow from nothing."""
        return [answered.priority for answered in self.priorities if not answered.needs]

    @property
    def priorities_without_intervention(self) -> list[Priority]:
        """The priorities for which nothing is commissioned."""
        return [answered.priority for answered in self.priorities if not answered.commissioned]

    @property
    def without_impact(self) -> list[Intervention]:
        """What is commissioned and nobody has said what it changed."""
        return [each.intervention for each in self.commissioned if each.impact is None]

    @property
    def by_priority(self) -> list[Line]:
        """Planned and spent under each priority."""
        return [self._line(str(answered.priority), answered.commissioned, answered.priority) for answered in self.priorities]

    @property
    def total(self) -> Line:
        """Planned and spent altogether."""
        return self._line("Total", self.commissioned)

    @property
    def by_fund(self) -> list[Line]:
        """Planned and spent from each fund, whatever its capitals, by name."""
        lines: dict[str, Line] = {}
        for each in self.commissioned:
            for planned in each.planned:
                lines.setdefault(planned.fund.casefold(), Line(planned.fund)).planned += planned.amount
            for spent in each.spent:
                lines.setdefault(spent.fund.casefold(), Line(spent.fund)).spent += spent.amount
        return [lines[name] for name in sorted(lines)]

    @staticmethod
    def _line(name: str, commissioned: Iterable[Commissioned], of: Priority | None = None) -> Line:
        held = list(commissioned)
        planned, spent = (sum(pounds, Pounds(0)) for pounds in
                          ([each.planned_pounds for each in held], [each.spent_pounds for each in held]))
        return Line(name, planned, spent, of)


def year_on(plan: CommissioningPlan, on: date) -> Year:
    """A year with what had been spent and said by the end of a day; its needs, priorities and plans of money as they are now."""
    [year] = years_on([plan], on)
    return year


def years_on(plans: Iterable[CommissioningPlan], on: date) -> list[Year]:
    """Years so, as many queries as for one."""
    years = {plan.pk: Year(plan, [], []) for plan in plans}
    answered = {priority.pk: Answered(priority) for priority in Priority.objects.filter(year__in=years)}
    by_pk = {need.pk: need for need in Need.objects.filter(year__in=years).select_related("indicator")}
    for priority, need in Priority.needs.through.objects.filter(priority__in=answered, need__in=by_pk).order_by(
            "need__number", "need_id").values_list("priority_id", "need_id"):
        answered[priority].needs.append(by_pk[need])
    related = ("provider", "action__plan", "indicator", "priority")
    for bought in with_money(Intervention.objects.filter(priority__in=answered).select_related(*related), on):
        answered[bought.intervention.priority_id].commissioned.append(bought)
    for need in by_pk.values():
        years[need.year_id].needs.append(need)
    for each in answered.values():
        years[each.priority.year_id].priorities.append(each)
    return list(years.values())


def with_money(interventions: Iterable[Intervention], on: date) -> list[Commissioned]:
    """Interventions with what is planned, and what had been spent and said by the end of a day; three queries more."""
    held = {each.pk: Commissioned(each) for each in interventions}
    for planned in PlannedSpend.objects.filter(intervention__in=held):
        held[planned.intervention_id].planned.append(planned)
    for spent in SpendEntry.objects.filter(intervention__in=held, on__lte=on).select_related("by"):
        held[spent.intervention_id].spent.append(spent)
    said: dict[int, list[ImpactStatement]] = defaultdict(list)
    for statement in ImpactStatement.objects.filter(intervention__in=held, on__lte=on).select_related("by"):
        said[statement.intervention_id].append(statement)
    for pk, each in held.items():
        each.impact = said[pk][0] if said[pk] else None
    return list(held.values())
