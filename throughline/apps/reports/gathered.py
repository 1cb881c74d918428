"""Everything a report on a plan draws on, as it stood on one day; each thing is asked for once, when first needed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from throughline.apps.commissioning.models import CommissioningPlan
from throughline.apps.commissioning.totals import Year, year_on
from throughline.apps.governance.models import Consultation, Decision
from throughline.apps.indicators.judgements import Result, judge_all
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.models import Board
from throughline.apps.plans.models import Action, ActionOwner, Cost, Plan, Section, Update
from throughline.apps.plans.timing import overdue, state_then
from throughline.apps.plans.trees import actions_in_order, sections_in_order
from throughline.apps.reports.models import IssuedReport

AHEAD = timedelta(weeks=8)


@dataclass(frozen=True)
class Standing:
    """One action as it stood: its newest update by the day, its owners in words, and whether it was overdue."""

    action: Action
    update: Update | None
    owners: str
    state: str
    overdue: bool

    @property
    def rag(self) -> str:
        """The rating that counted; "" for none."""
        return self.update.rag if self.update else ""

    @property
    def open(self) -> bool:
        """Whether it was still to be done."""
        return self.state == Action.State.OPEN

    @property
    def narrative(self) -> str:
        """What was said of it last."""
        return self.update.narrative if self.update else ""


@dataclass
class Gathered:
    """A plan and a board on a day: ratings, words and states as they were then, owners, dates and costs as they are now.

    themes are those of the measures an annual report tabulates; measures those whose months a monitoring report does.
    commissioning is there instead of the plan in a report on a year's commissioning.
    """

    plan: Plan | None
    board: Board
    as_at: date
    themes: tuple[str, ...] = field(default=())
    measures: tuple[str, ...] = field(default=())
    commissioning: CommissioningPlan | None = None

    @cached_property
    def year(self) -> Year:
        """The year's commissioning with what had been spent and said by the day."""
        return year_on(self.commissioning, self.as_at)

    @cached_property
    def standings(self) -> list[Standing]:
        """Every action in the order of the plan."""
        latest: dict[int, Update] = {}
        for update in Update.objects.filter(action__plan=self.plan, as_at__lte=self.as_at, undone_at=None):
            latest.setdefault(update.action_id, update)
        owners: dict[int, list[str]] = {}
        rows = ActionOwner.objects.filter(action__plan=self.plan).values_list("action_id", "printed", "party__name")
        for action, printed, name in rows:
            owners.setdefault(action, []).append(name or printed)
        return [
            Standing(action, latest.get(action.pk), "; ".join(owners.get(action.pk, [])),
                     state_then(action.state, action.state_on, self.as_at), overdue(action, self.as_at))
            for action in actions_in_order(self.plan)
        ]

    @cached_property
    def sections(self) -> list[Section]:
        """The plan's sections as it reads."""
        return [section for section, _ in sections_in_order(Section.objects.filter(plan=self.plan))]

    @cached_property
    def results(self) -> dict[int, Result]:
        """The plan's indicators judged on the day, by id, in the order of the register.

        Figures that officers enter, and those of groups of the register, are left out: a report is read by people who may
        not see them. What the register counts of everybody stands, as the department publishes it of every authority.
        """
        sections = Section.objects.filter(plan=self.plan).values("pk")
        actions = Action.objects.filter(plan=self.plan).values("pk")
        under = Indicator.objects.filter(sections__in=sections) | Indicator.objects.filter(actions__in=actions)
        found = (under | Indicator.objects.filter(plans=self.plan)).filter(state=Indicator.State.ACTIVE).distinct()
        return judge_all(found.order_by("pk"), self.as_at, entered=False, counted=True)

    @cached_property
    def previous(self) -> IssuedReport | None:
        """The report on this plan that the board had before."""
        held = IssuedReport.objects.filter(plan=self.plan, board=self.board, as_at__lt=self.as_at)
        return held.order_by("-as_at", "-number").first()

    @cached_property
    def previous_ratings(self) -> Mapping[str, str]:
        """The ratings that report had, by the action's number in the database, as text."""
        return self.previous.standing.get("actions", {}) if self.previous else {}

    @cached_property
    def decisions(self) -> list[Decision]:
        """What the board has decided about the plan by the day, the newest first."""
        held = Decision.objects.filter(meeting__board=self.board, meeting__starts_at__date__lte=self.as_at)
        about = held.filter(plan=self.plan) | held.filter(action__plan=self.plan) | held.filter(section__plan=self.plan)
        return list(about.distinct().select_related("meeting", "owner", "action").order_by("-meeting__starts_at", "pk"))

    @cached_property
    def consultations(self) -> list[Consultation]:
        """The consultations on the plan that had opened."""
        return list(Consultation.objects.filter(plan=self.plan, opens_on__lte=self.as_at))

    @cached_property
    def costs(self) -> list[Cost]:
        """What the plan's actions cost."""
        held = Cost.objects.filter(action__plan=self.plan, action__removed_at=None).select_related("action")
        return list(held.order_by("action__position", "position"))

    def standing(self) -> dict[str, dict[str, str]]:
        """How everything stood, for the next report to be compared with; nothing of a report that is on no plan."""
        if self.plan is None:
            return {}
        return {
            "actions": {str(each.action.pk): each.rag for each in self.standings},
            "indicators": {str(pk): str(result.verdict) for pk, result in self.results.items()},
        }
