"""Looking at learners, which is recorded before anything is shown, and opening what is restricted, for a reason."""

import re
import tomllib
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import AuditEntry, User, Verb
from throughline.apps.accounts.telling import AMONG, OPENING
from throughline.apps.learners.actions.believing import ROOM, subject_of
from throughline.apps.learners.models import Learner, Opening
from throughline.apps.organisations.actions.amending import RefusedError

NO_REASON = "no reason was given"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Rules(NamedTuple):
    """How long a restricted record stays open, and how many letters and how many different words a reason has at least."""

    minutes: int
    reason_letters: int
    reason_words: int


def opening_rules() -> Rules:
    """The rules of definitions/rules/access.toml."""
    stated = tomllib.loads((Path(settings.DEFINITIONS) / "rules" / "access.toml").read_text(encoding="utf-8"))["opening"]
    return Rules(stated["minutes"], stated["reason_letters"], stated["reason_words"])


def record_look(*, by: User, learner: Learner, path: str, verb: str = Verb.LOOKED) -> AuditEntry:
    """Say in the audit that somebody looks at a learner. Raises django.db.DatabaseError, and then nothing may be shown."""
    return record(by=by, verb=verb, room=ROOM, subject=subject_of(learner), path=path)


def record_list(*, by: User, area: str, path: str, numbers: list[int], verb: str = Verb.LOOKED) -> AuditEntry:
    """Say in the audit that somebody looks at a list, and at whom, by number. Raises as record_look does."""
    detail: dict[str, Any] = {AMONG: numbers}
    return record(by=by, verb=verb, room=ROOM, subject=("learners", area, "Learners"), path=path, detail=detail)


@transaction.atomic
def close_restricted(*, by: User, learner: Learner) -> None:
    """Close to oneself what one has opened of a learner, before its time is over. Raises RefusedError where nothing is open."""
    if not Opening.objects.filter(by=by, learner=learner).end(timezone.now()):
        raise RefusedError("What is restricted is closed to you already")
    record(by=by, verb=Verb.CHANGED, room=ROOM, subject=(OPENING, str(learner.pk), str(learner.number)))


@transaction.atomic
def open_restricted(*, by: User, learner: Learner, reason: str) -> Opening:
    """Open what is restricted about a learner, for oneself and for a time. Raises RefusedError without a reason."""
    rules, said, now = opening_rules(), reason_told(reason), timezone.now()
    opening = _opening(by, learner, said, now, now + timedelta(minutes=rules.minutes))
    opening.save()
    record(by=by, verb="created", room=ROOM, subject=(OPENING, str(learner.pk), str(learner.number)),
           detail={"minutes": [None, rules.minutes]})
    return opening


def reason_told(reason: str) -> str:
    """A reason for seeing what is restricted, in one line. Raises RefusedError for one that says too little to be judged."""
    said, rules = one_line(reason), opening_rules()
    if len(said) < rules.reason_letters or len(set(_WORD.findall(said.casefold()))) < rules.reason_words:
        raise RefusedError("Say why you need to see it now, in a sentence that somebody else can judge later, of at least "
                           f"{rules.reason_letters} letters and {rules.reason_words} different words", "reason")
    return said


def take_away_restricted(*, by: User | None, learners: Iterable[Learner], reason: str, file: str) -> str:
    """Say of each of these that somebody takes what is restricted about them away in a file, called so, and why; answers the
    reason in one line. Nothing opens on the pages. Raises RefusedError without a reason, which nobody is asked for whom a
    command stands for.

    The file's own entry in the audit, which names them by number, is for whoever hands it over.
    """
    said, now = reason_told(reason) if by else one_line(reason), timezone.now()
    Opening.objects.bulk_create([_opening(by, each, f"{file}: {said or NO_REASON}", now, now) for each in learners])
    return said


def one_line(reason: str) -> str:
    """What was typed, on one line."""
    return " ".join(reason.split())


def _opening(by: User | None, learner: Learner, reason: str, at: datetime, until: datetime) -> Opening:
    return Opening(learner=learner, number=learner.number, area=learner.area, by=by, who_email=by.email if by else "",
                   reason=reason, at=at, until=until)
