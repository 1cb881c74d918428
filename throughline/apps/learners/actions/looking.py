"""Looking at learners, which is recorded before anything is shown, and opening what is restricted, for a reason."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import AuditEntry, User, Verb
from throughline.apps.learners.actions.believing import ROOM, subject_of
from throughline.apps.learners.models import Learner, Opening
from throughline.apps.organisations.actions.amending import RefusedError

AMONG = "learners"  # under which the audit keeps the numbers of those whom a list or a file showed


class Rules(NamedTuple):
    """How long a restricted record stays open, and how many letters a reason has at least."""

    minutes: int
    reason_letters: int


def opening_rules() -> Rules:
    """The rules of definitions/rules/access.toml."""
    stated = tomllib.loads((Path(settings.DEFINITIONS) / "rules" / "access.toml").read_text(encoding="utf-8"))["opening"]
    return Rules(stated["minutes"], stated["reason_letters"])


def record_look(*, by: User, learner: Learner, path: str, verb: str = Verb.LOOKED) -> AuditEntry:
    """Say in the audit that somebody looks at a learner. Raises django.db.DatabaseError, and then nothing may be shown."""
    return record(by=by, verb=verb, room=ROOM, subject=subject_of(learner), path=path)


def record_list(*, by: User, area: str, path: str, numbers: list[int], verb: str = Verb.LOOKED) -> AuditEntry:
    """Say in the audit that somebody looks at a list, and at whom, by number. Raises as record_look does."""
    detail: dict[str, Any] = {AMONG: numbers}
    return record(by=by, verb=verb, room=ROOM, subject=("learners", area, "Learners"), path=path, detail=detail)


@transaction.atomic
def open_restricted(*, by: User, learner: Learner, reason: str) -> Opening:
    """Open what is restricted about a learner, for oneself and for a time. Raises RefusedError without a reason."""
    rules, said = opening_rules(), " ".join(reason.split())
    if len(said) < rules.reason_letters:
        raise RefusedError("Say why you need to see it now, in a sentence that somebody else can judge later", "reason")
    now = timezone.now()
    opening = Opening.objects.create(learner=learner, number=learner.number, area=learner.area, by=by, who_email=by.email,
                                     reason=said, at=now, until=now + timedelta(minutes=rules.minutes))
    record(by=by, verb="created", room=ROOM, subject=("opening of a restricted record", str(learner.pk), str(learner.number)),
           detail={"minutes": [None, rules.minutes]})
    return opening
