"""Saying in the audit whom somebody is about to be shown; until it is said, nothing is shown."""

from collections.abc import Iterable
from typing import Any

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User, Verb
from throughline.apps.accounts.telling import AMONG
from throughline.apps.followup.actions import ROOM
from throughline.apps.learners.actions.believing import subject_of
from throughline.apps.learners.models import Learner

Subject = tuple[str, str, str]


def record_seen(
    *, by: User, path: str, subject: Subject | Learner, numbers: Iterable[int] = (), verb: str = Verb.LOOKED,
) -> None:
    """Say that somebody looks at a learner, or at something with learners in it, by number.

    Raises django.db.DatabaseError, and then nothing may be shown.
    """
    detail: dict[str, Any] = {AMONG: list(numbers)} if numbers else {}
    record(by=by, verb=verb, room=ROOM, path=path, detail=detail,
           subject=subject_of(subject) if isinstance(subject, Learner) else subject)
