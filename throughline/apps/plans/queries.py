"""Questions of the plans room to its own database; what belongs to another authority is never found."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404

from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.plans.models import Action, Inspection, Plan, Section, Update
from throughline.apps.plans.models.removal import Removable

NOT_HERE = "There is no such plan in your authority."


def plans_of(user: Any) -> QuerySet[Plan]:
    """The plans of the authority a person works for, newest first; none for somebody who works for none."""
    return Plan.objects.filter(area=user.area or "none").select_related("approved_by", "previous", "supplement_of")


def only_current(user: Any) -> Plan | None:
    """The one plan of the person's authority that holds, supplements apart; None where none does or several do."""
    held = plans_of(user).filter(state=Plan.State.APPROVED, supplement_of=None)[:2]
    return held[0] if len(held) == 1 else None


def plan_or_404(user: Any, pk: int, *, removed: bool = False) -> Plan:
    """One plan of the person's own authority; with removed, also one that was taken out of the lists."""
    held = Plan.with_removed if removed else Plan.objects
    found = held.filter(pk=pk, area=user.area or "none").select_related("approved_by", "previous", "supplement_of").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def section_or_404(user: Any, plan: int, pk: int, *, removed: bool = False) -> Section:
    """One section of a plan of the person's own authority; with removed, also one that was taken out."""
    held = Section.with_removed if removed else Section.objects
    found = held.filter(pk=pk, plan=plan_or_404(user, plan)).select_related("plan", "parent").first()
    if found is None:
        raise Http404("There is no such section in that plan.")
    return found


def action_or_404(user: Any, plan: int, pk: int, *, removed: bool = False) -> Action:
    """One action of a plan of the person's own authority; with removed, also one that was taken out."""
    held = Action.with_removed if removed else Action.objects
    found = held.filter(pk=pk, plan=plan_or_404(user, plan)).select_related("plan", "section").first()
    if found is None:
        raise Http404("There is no such action in that plan.")
    return found


def inspection_or_404(user: Any, pk: int) -> Inspection:
    """One inspection of the person's own authority."""
    found = Inspection.objects.filter(pk=pk, area=user.area or "none").first()
    if found is None:
        raise Http404("There is no such inspection in your authority.")
    return found


def may_update(user: Any, action: Action) -> bool:
    """Whether a person may say how an action is going: any action for those who edit plans, their own for its owners."""
    if not user.area or user.area != action.plan.area:
        return False
    return may(user, Permission.EDIT_PLANS) or may(user, Permission.UPDATE_ACTIONS) and owns(user, action)


def owns(user: Any, action: Action) -> bool:
    """Whether the directory says that a person is one of an action's owners."""
    return action.owners.filter(party__user=user).exists()


def latest_updates(actions: Iterable[Action] | QuerySet[Action]) -> dict[int, Update]:
    """The newest update of each action, by the action's number, in one query; undone ones do not count."""
    newest: dict[int, Update] = {}
    for update in Update.objects.filter(action__in=actions, undone_at=None).select_related("by"):
        newest.setdefault(update.action_id, update)
    return newest


def newest_rating(on: date) -> Subquery:
    """The rating of an action's newest update by a day, for annotating actions; None where there was no update."""
    said = Update.objects.filter(action=OuterRef("pk"), undone_at=None, as_at__lte=on)
    updates = said.order_by("-as_at", "-at", "-id")
    return Subquery(updates.values("rag")[:1])


def removed_from(plan: Plan) -> list[Section | Action]:
    """The sections and actions that were taken out of a plan by themselves, the latest first; what went with one is not."""
    sections = list(Section.with_removed.filter(plan=plan).exclude(removed_at=None).select_related("parent", "plan"))
    actions = Action.with_removed.filter(plan=plan).exclude(removed_at=None).select_related("section", "plan")
    alone = [each for each in sections if not (each.parent and each.parent.removed_at == each.removed_at)]
    by_itself = [each for each in actions if each.section.removed_at != each.removed_at]
    return sorted([*alone, *by_itself], key=lambda each: each.removed_at, reverse=True)


def next_position(model: type[Removable], **under: Any) -> int:
    """The place after the last of an ordered list, the removed ones counted, so that they can come back where they were."""
    last = model.with_removed.filter(**under).order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1
