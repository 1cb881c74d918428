"""Everything that changes about a year's commissioning plan, its needs and its priorities."""

from datetime import date
from typing import Any

from django.db import transaction

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.commissioning.actions.days import refuse_future
from throughline.apps.commissioning.figures import figures_of
from throughline.apps.commissioning.models import CommissioningPlan, Need, Priority
from throughline.apps.commissioning.subjects import ROOM, kind_of, subject_of
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, make
from throughline.apps.organisations.models import Board

State = CommissioningPlan.State
NOT_A_DRAFT = "A board has agreed this. Take it back to draft first, and then have it agreed as changed"


def add_plan(*, by: User | None, area: str, **words: Any) -> CommissioningPlan:
    """Start a year's commissioning plan, as a draft."""
    return make(by=by, room=ROOM, kind="commissioning plan", made=CommissioningPlan(area=area), words=words)


def change_plan(*, by: User | None, year: CommissioningPlan, **words: Any) -> Changes:
    """Change what is said of the year as a whole. Raises RefusedError unless it is a draft."""
    return _amend(by, year, year, words)


def add_need(*, by: User | None, year: CommissioningPlan, **words: Any) -> Need:
    """Add a need. Raises RefusedError for one that nothing shows, and unless the year is a draft."""
    refuse_unless_draft(year)
    _refuse_without_evidence(year, words)
    return make(by=by, room=ROOM, kind="need", made=Need(year=year), words=words)


def change_need(*, by: User | None, need: Need, **words: Any) -> Changes:
    """Change a need. Raises RefusedError as adding does."""
    _refuse_without_evidence(need.year, words)
    return _amend(by, need.year, need, words)


@transaction.atomic
def add_priority(*, by: User | None, year: CommissioningPlan, needs: list[Need], **words: Any) -> Priority:
    """Add a priority that follows from these needs. Raises RefusedError for another year's, and unless the year is a draft."""
    refuse_unless_draft(year)
    made = make(by=by, room=ROOM, kind="commissioning priority", made=Priority(year=year), words=words)
    _follow_from(by, made, needs)
    return made


@transaction.atomic
def change_priority(*, by: User | None, priority: Priority, needs: list[Need], **words: Any) -> None:
    """Change a priority, and which needs it follows from. Raises RefusedError as adding does."""
    _amend(by, priority.year, priority, words)
    _follow_from(by, priority, needs)


@transaction.atomic
def agree(*, by: User | None, year: CommissioningPlan, board: Board, agreed_on: date, note: str = "") -> None:
    """Record that a board agreed the year's plan as it stands; each need keeps the figure that showed it then.

    Raises RefusedError for a board of another authority, a day in the future, and a plan that is agreed already.
    """
    refuse_unless_draft(year)
    _refuse_board(year, board)
    refuse_future(agreed_on, "agreed_on")
    needs = list(year.needs.select_related("indicator"))
    # Whoever may see plans reads this, so it holds what every one of them may be told.
    shown = figures_of(needs, year.area, agreed_on, entered=False, counted=True)
    for need in needs:
        figures = shown.get(need.pk, [])
        need.figure_then = "; ".join(f"{each.name}: {each.figure}" if len(figures) > 1 else each.figure for each in figures)
        need.save(update_fields=["figure_then"])
    _turn(by, year, State.AGREED, agreed_by=board, agreed_on=agreed_on, agreed_note=note)


@transaction.atomic
def take_back(*, by: User | None, year: CommissioningPlan) -> None:
    """Make an agreed plan a draft again, so that it can be changed; what its figures were when it was agreed is forgotten.

    Raises RefusedError for one that is not agreed.
    """
    if year.state != State.AGREED:
        raise RefusedError("Only a plan that is agreed, and not reported yet, goes back to draft")
    Need.with_removed.filter(year=year).update(figure_then="")
    _turn(by, year, State.DRAFT, agreed_by=None, agreed_on=None, agreed_note="")


def report(*, by: User | None, year: CommissioningPlan, board: Board, reported_on: date) -> None:
    """Record that what came of it was reported to a board. Raises RefusedError for one that was not agreed by then."""
    if year.state != State.AGREED or year.agreed_on is None:
        raise RefusedError("Only a plan that a board has agreed can be reported")
    _refuse_board(year, board)
    refuse_future(reported_on, "reported_on")
    if reported_on < year.agreed_on:
        raise RefusedError("Enter a day that is not before it was agreed", "reported_on")
    _turn(by, year, State.REPORTED, reported_to=board, reported_on=reported_on)


def take_report_back(*, by: User | None, year: CommissioningPlan) -> None:
    """Undo that it was reported. Raises RefusedError for one that was not."""
    if year.state != State.REPORTED:
        raise RefusedError("This plan has not been reported")
    _turn(by, year, State.AGREED, reported_to=None, reported_on=None)


def refuse_unless_draft(year: CommissioningPlan) -> None:
    """Raises RefusedError once a board has agreed the year's plan."""
    if CommissioningPlan.with_removed.values_list("state", flat=True).get(pk=year.pk) != State.DRAFT:
        raise RefusedError(NOT_A_DRAFT)


def _amend(by: User | None, year: CommissioningPlan, kept: Any, words: dict[str, Any]) -> Changes:
    refuse_unless_draft(year)
    return amend(by=by, room=ROOM, kind=kind_of(kept), kept=kept, words=words)


def _turn(by: User | None, year: CommissioningPlan, state: str, **words: Any) -> None:
    amend(by=by, room=ROOM, kind=kind_of(year), kept=year, words={"state": state, **words})


def _follow_from(by: User | None, priority: Priority, needs: list[Need]) -> None:
    if any(need.year_id != priority.year_id for need in needs):
        raise RefusedError("Choose needs of the same year", "needs")
    before, after = sorted(priority.needs.values_list("pk", flat=True)), sorted(need.pk for need in needs)
    if before != after:
        priority.needs.set(needs)
        record(by=by, verb="changed", room=ROOM, subject=subject_of(priority), detail={"needs": [before, after]})


def _refuse_without_evidence(year: CommissioningPlan, words: dict[str, Any]) -> None:
    if not (words.get("indicator") or words.get("measure") or words.get("evidence", "").strip()):
        raise RefusedError("Say what shows the need: an indicator, a published measure, or evidence in words", "evidence")
    if (indicator := words.get("indicator")) and indicator.area != year.area:
        raise RefusedError("Choose an indicator of your own authority", "indicator")


def _refuse_board(year: CommissioningPlan, board: Board) -> None:
    if board.area != year.area:
        raise RefusedError("Choose a board of your own authority", "board")
