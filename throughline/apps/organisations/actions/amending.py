"""The steps that every action on a record takes: keep what was typed, and say in the audit what changed.

The audit says which fields changed; of a long text or a list only how long it is, and of what is personal only that it is given,
since those who read the audit may not see plans or who sits on a board.
"""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from throughline.apps.accounts.actions import record as record_in_audit
from throughline.apps.accounts.dataprotection import Personal, declarations
from throughline.apps.accounts.models import User
from throughline.ui.formats import count

Subject = tuple[str, str, str]
Changes = dict[str, list[Any]]


class RefusedError(Exception):
    """Raised when something may not be done as asked; says why and what to do, and which field of a form it concerns.

    way is the page on which it is put right, as words and an address, where it is another.
    """

    def __init__(self, sentence: str, field: str | None = None, way: tuple[str, str] | None = None) -> None:
        self.sentence, self.field, self.way = sentence, field, way
        super().__init__(sentence)


class SavedAlreadyError(RefusedError):
    """Raised when the very same is there already, as when a form is sent twice; made is what was saved the first time."""

    def __init__(self, sentence: str, made: Any) -> None:
        self.made = made
        super().__init__(sentence)


@transaction.atomic
def make(*, by: User | None, room: str, kind: str, made: models.Model, words: dict[str, Any]) -> models.Model:
    """Save a new record with these fields, and say so in the audit under its kind."""
    for name, value in words.items():
        setattr(made, name, value)
    made.save()
    detail = {name: [None, told(made, name)] for name, value in words.items() if value not in (None, "")}
    record_in_audit(by=by, verb="created", room=room, subject=(kind, str(made.pk), str(made)), detail=detail)
    return made


@transaction.atomic
def amend(*, by: User | None, room: str, kind: str, kept: models.Model, words: dict[str, Any], verb: str = "changed") -> Changes:
    """Save those of these fields that differ from what is kept; answers {field: [before, after]}, empty when none does."""
    differing = [name for name, value in words.items() if getattr(kept, name) != value]
    before = {name: told(kept, name) for name in differing}
    for name in differing:
        setattr(kept, name, words[name])
    if not differing:
        return {}
    kept.save(update_fields=differing)
    changes = {name: [before[name], told(kept, name)] for name in differing}
    record_in_audit(by=by, verb=verb, room=room, subject=(kind, str(kept.pk), str(kept)), detail=changes)
    return changes


def told(record: models.Model, name: str) -> Any:
    """What the audit says of one field of a record; of what is declared personal, only that it is given."""
    value, field = getattr(record, name), record._meta.get_field(name)
    if value is None or value == "" or isinstance(value, bool | int | float):
        return value
    if isinstance(field, models.JSONField):
        return count(len(value), "entry", "entries")
    if isinstance(field, models.TextField):
        return f"{len(value.split())} words"
    personal = isinstance(declarations(type(record)).get(name), Personal)
    if isinstance(field, models.ForeignKey):
        return f"{field.related_model._meta.verbose_name} {value.pk}" if personal else str(value)[:100]
    if personal or isinstance(field, models.BinaryField):
        return "given"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
