"""Keeping inspections and what they recommended, by hand."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import Changes, told
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.models import Inspection, Recommendation
from throughline.apps.plans.queries import next_position
from throughline.apps.plans.subjects import subject_of


@transaction.atomic
def add_inspection(*, by: User | None, area: str, **words: Any) -> Inspection:
    """Enter an inspection; words are its fields."""
    made = Inspection.objects.create(area=area, **words)
    record(by=by, verb="created", room=ROOM, subject=subject_of(made),
           detail={name: [None, told(made, name)] for name, value in words.items() if value})
    return made


@transaction.atomic
def change_inspection(*, by: User | None, inspection: Inspection, **words: Any) -> Changes:
    """Change what is said of an inspection."""
    return _changed(by, inspection, inspection, words)


@transaction.atomic
def add_recommendation(*, by: User | None, inspection: Inspection, **words: Any) -> Recommendation:
    """Enter one more recommendation of an inspection."""
    place = next_position(Recommendation, inspection=inspection)
    made = Recommendation.objects.create(inspection=inspection, position=place, **words)
    _said(by, inspection, "changed", {"recommendation": [None, made.number or f"number {made.pk}"]})
    return made


@transaction.atomic
def change_recommendation(*, by: User | None, recommendation: Recommendation, **words: Any) -> Changes:
    """Change the words or the number of a recommendation."""
    return _changed(by, recommendation, recommendation.inspection, words)


@transaction.atomic
def remove_recommendation(*, by: User | None, recommendation: Recommendation) -> None:
    """Take a recommendation out; what answers it is remembered."""
    recommendation.removed_at = timezone.now()
    recommendation.save(update_fields=["removed_at"])
    _said(by, recommendation.inspection, "removed", {"recommendation": [recommendation.number, None]})


@transaction.atomic
def restore_recommendation(*, by: User | None, recommendation: Recommendation) -> None:
    """Bring a recommendation back."""
    recommendation.removed_at = None
    recommendation.save(update_fields=["removed_at"])
    _said(by, recommendation.inspection, "changed", {"recommendation": [None, recommendation.number]})


def _changed(by: User | None, row: Any, about: Inspection, words: dict[str, Any]) -> Changes:
    differing = [name for name, value in words.items() if getattr(row, name) != value]
    before = {name: told(row, name) for name in differing}
    for name in differing:
        setattr(row, name, words[name])
    if not differing:
        return {}
    row.save(update_fields=differing)
    changes = {name: [before[name], told(row, name)] for name in differing}
    _said(by, about, "changed", changes)
    return changes


def _said(by: User | None, about: Inspection, verb: str, detail: dict[str, Any]) -> None:
    record(by=by, verb=verb, room=ROOM, subject=subject_of(about), detail=detail)
