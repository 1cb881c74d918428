"""A year of the example plan: updates month by month, reports to the board, and the key dates of the planning cycle."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from django.urls import reverse

from throughline.apps.governance.actions.meetings import add_paper
from throughline.apps.governance.models import Meeting, Paper
from throughline.apps.organisations.models import Board
from throughline.apps.plans.actions.calendar import add_entry
from throughline.apps.plans.actions.editing import set_state
from throughline.apps.plans.actions.judging import judge_criterion
from throughline.apps.plans.actions.parts import tick
from throughline.apps.plans.actions.updating import add_update
from throughline.apps.plans.models import Action, Plan, SuccessCriterion
from throughline.apps.plans.proposing import propose
from throughline.apps.reports.actions import issue, start_draft, write_draft
from throughline.config.example.given import Given

Event = tuple[int, Callable[[], object]]  # months back, and what happens then
Actions = Mapping[str, Action]

_TEXTS = {
    "asks": "The board is asked:\n- to note progress\n- to say what it wants to look at more closely next time",
    "summary": "Most actions are on time. Apprenticeship clauses and places that start in January need help.",
    "risks": "- Two providers may not open January courses\n- Staff who track young people are few in the summer",
}


def live_through(held: Given, plan: Plan) -> None:
    """The year in its order: in each month first what was reached, then what was said, then what was finished and judged."""
    actions = {action.number: action for action in Action.objects.filter(plan=plan).select_related("plan")}
    events = [*_reached(held, actions), *_updates(held, actions), *_finished(held, actions), *_judged(held, plan)]
    for _, happen in sorted(events, key=lambda event: -event[0]):
        happen()


def _reached(held: Given, actions: Actions) -> Iterator[Event]:
    for number, kept in held.said["kept"].items():
        for sort in ("milestones", "steps"):
            parts = getattr(actions[number], sort).all()
            for part, months in zip(parts, kept.get(sort, []), strict=False):
                if months:
                    yield months, partial(tick, by=held.lead, part=part, on=held.ago(months))


def _updates(held: Given, actions: Actions) -> Iterator[Event]:
    for number, updates in held.said["updates"].items():
        for months, rag, narrative, reason in updates:
            yield months, partial(_say, held, actions[number], months, rag, narrative, reason)


def _say(held: Given, action: Action, months: int, rag: str, narrative: str, reason: str) -> None:
    """One update; where its rating is not the one proposed on the day, with the person's reason."""
    on = held.ago(months)
    add_update(by=held.lead, action=action, rag=rag, narrative=narrative, as_at=on, proposal=propose(action, on),
               override_reason=reason or narrative)


def _finished(held: Given, actions: Actions) -> Iterator[Event]:
    for number, kept in held.said["kept"].items():
        if months := kept.get("done"):
            done = {"state": Action.State.DONE, "state_on": held.ago(months)}
            yield months, partial(set_state, by=held.lead, action=actions[number], **done)


def _judged(held: Given, plan: Plan) -> Iterator[Event]:
    board = Board.objects.filter(area=held.area).order_by("pk").first()
    for said in held.said["verdict"]:
        criterion = SuccessCriterion.objects.filter(plan=plan, action__number=said["action"]).first()
        if criterion:
            judged = {"verdict": said["verdict"], "evidence": said["evidence"], "on": held.ago(said["months"])}
            yield said["months"], partial(judge_criterion, by=held.lead, criterion=criterion, judged_by=str(board), **judged)


def report(held: Given, plan: Plan) -> None:
    """A highlight report to the board for each of its meetings since the plan was approved, and among the papers of each."""
    meetings = [said for said in held.said["meeting"] if 0 < said["months"] < held.said["approved_months"]]
    for said in sorted(meetings, key=lambda each: -each["months"]):
        board = Board.objects.get(area=held.area, name=said["board"])
        draft = start_draft(by=held.lead, outline="highlight", plan=plan, board=board, as_at=held.ago(said["months"]))
        write_draft(by=held.lead, draft=draft, title=draft.title, as_at=draft.as_at, texts=_TEXTS, left_out=[])
        issued = issue(by=held.lead, draft=draft, note=said["purpose"])
        meeting = Meeting.objects.get(board=board, starts_at__date=issued.as_at)
        item = meeting.agenda.filter(title="Highlight report").first()
        add_paper(by=held.lead, meeting=meeting, item=item, number="1", title=issued.title, kind=Paper.Kind.REPORT,
                  address=reverse("reports:report", args=[issued.pk]))


def fill_calendar(held: Given, plan: Plan) -> None:
    """The key dates of this academic year."""
    for said in held.said["calendar"]:
        add_entry(by=held.lead, area=held.area, plan=plan, title=said["title"], kind=said["kind"],
                  starts_on=held.this_year(said["month"], said["day"]), recurrence=said["recurrence"])
