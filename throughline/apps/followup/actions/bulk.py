"""Updating many learners at once, all or none of them, and undoing the whole of it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.followup.actions import ROOM
from throughline.apps.followup.actions.following import following_of, set_following
from throughline.apps.followup.grid import Draft
from throughline.apps.followup.models import BulkChange, BulkUpdate
from throughline.apps.followup.queries import learners_by_pk, name_of
from throughline.apps.learners.actions.activities import confirm_activity
from throughline.apps.learners.actions.believing import believe
from throughline.apps.learners.models import Activity, Learner
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.ui.formats import count

Changes = dict[str, list[Any]]


@transaction.atomic
def apply_bulk(*, by: User, area: str, drafts: Iterable[Draft]) -> BulkUpdate:
    """Save the rows that were typed into, as one update. Raises RefusedError, and saves nothing, when one cannot be.

    Each draft is worked out inside the same transaction as this, after its learner was locked.
    """
    wanted = [draft for draft in drafts if draft.wanted]
    if not wanted:
        raise RefusedError("Nothing was changed in the grid, so nothing is saved")
    bulk = BulkUpdate.objects.create(area=area, by=by)
    changes = []
    for draft in wanted:
        if draft.line.gone:
            raise RefusedError(f"{draft.line.name}: {draft.line.gone.sentence()} Look at the grid again")
        if draft.stale:
            raise RefusedError(f"{draft.line.name} was changed meanwhile. Look at the grid again")
        try:
            changes.append(BulkChange(bulk=bulk, learner=draft.line.learner, says=_apply(by, draft)))
        except RefusedError as error:
            raise RefusedError(f"{draft.line.name}: {error.sentence}") from error
    BulkChange.objects.bulk_create(changes)
    _say(by, bulk, [None, count(len(wanted), "learner")])
    return bulk


def _apply(by: User, draft: Draft) -> Changes:
    """Change one learner; what undoing takes of each thing changed: before and after."""
    changes: Changes = {}
    following = following_of(draft.line.learner)
    if draft.differs("officer"):
        officer = int(draft.typed["officer"]) if draft.typed["officer"] else None
        changes["officer"] = [following.officer_id, officer]
        set_following(following, officer=User.objects.get(pk=officer) if officer else None)
    if draft.differs("next_contact"):
        changes["next_contact"] = [draft.line.held["next_contact"] or None, draft.typed["next_contact"] or None]
        set_following(following, next_contact=draft.next_contact)
    if draft.typed["confirm"] and draft.line.activity:
        made = confirm_activity(by=by, activity=draft.line.activity)
        changes["activity"] = [draft.line.activity.pk, made.pk]
    return changes


@transaction.atomic
def undo_bulk(*, by: User, bulk: BulkUpdate) -> list[str]:
    """Undo an update: each officer, day and activity goes back to what it was.

    What somebody changed since stays; it is answered in sentences, by name but for restricted records. Raises RefusedError for
    one undone already.
    """
    if BulkUpdate.objects.select_for_update().get(pk=bulk.pk).undone_at:
        raise RefusedError("This bulk update is undone already")
    says = dict(bulk.changes.values_list("learner", "says"))
    learners = Learner.objects.select_for_update().in_bulk(says)
    called = learners_by_pk(says)
    kept = [f"{_known_as(called[pk])}: {what} was changed since, so that stays." for pk, changes in says.items() if pk in learners
            for what in _put_back(by, learners[pk], changes)]
    bulk.undone_at, bulk.undone_by = timezone.now(), by
    bulk.save(update_fields=["undone_at", "undone_by"])
    _say(by, bulk, ["made", "undone"])
    return kept


def _put_back(by: User, learner: Learner, changes: Changes) -> list[str]:
    """Put back what was changed of one learner; answers what of it stays, since somebody changed it."""
    following, kept = following_of(learner), []
    if "officer" in changes:
        before, after = changes["officer"]
        if following.officer_id == after:
            set_following(following, officer=User.objects.filter(pk=before).first() if before else None)
        else:
            kept.append("who has them")
    if "next_contact" in changes:
        before, after = (parse_date(each) if each else None for each in changes["next_contact"])
        if following.next_contact == after:
            set_following(following, next_contact=before)
        else:
            kept.append("the day of the next contact")
    if "activity" in changes:
        before, after = changes["activity"]
        made = Activity.objects.known().filter(pk=after).first()
        if made:
            believe(by=by, learner=learner, came=[Activity.objects.get(pk=before).again()], ceased=[made], what="undone")
        else:
            kept.append("what they do")
    return kept


def _known_as(learner: Learner) -> str:
    """By name; a restricted record by number."""
    return f"Learner {learner.number}" if learner.restricted else name_of(learner)


def _say(by: User, bulk: BulkUpdate, detail: list[Any]) -> None:
    record(by=by, verb="changed", room=ROOM, subject=("bulk update", str(bulk.pk), "Bulk update"), detail={"learners": detail})
