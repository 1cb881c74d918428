"""Reading a file as a plan, and putting right by hand what was read; the file itself and the first reading never change."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.analytics.planreading.asjson import as_json
from throughline.analytics.planreading.containers.open import open_document
from throughline.analytics.planreading.document import Document
from throughline.analytics.planreading.read import read_plan
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.document_shown import blocks_of
from throughline.apps.plans.models import Plan, Reading
from throughline.apps.plans.reading_corrections import told
from throughline.apps.plans.reading_pieces import Change, Pieces, as_tree, pieces_of
from throughline.apps.plans.vocabulary import templates

Operation = Callable[..., list[Change]]
_LONGEST_NAME = 60  # of a file on disk: letters of other scripts take several bytes each


def subject_of(reading: Reading) -> tuple[str, str, str]:
    """A reading as the subject of an audit entry: its number, never the file's name or words."""
    return "reading", str(reading.pk), f"Reading {reading.pk}"


def read_in(*, by: User | None, area: str, name: str, content: bytes, next_version_of: Plan | None = None,
            supplement_of: Plan | None = None) -> tuple[Reading, bool]:
    """Read a file and keep it with what was read; the same bytes again answer the reading that there is.

    Answers the reading and whether it is new. Raises RefusedFileError for a file that cannot be read; then nothing is kept.
    """
    digest = hashlib.sha256(content).hexdigest()
    if held := _held(area, digest):
        return held, False
    document = _opened(name, content)
    read = as_json(read_plan(document, templates()))
    reading = Reading(
        area=area, name=name[-200:], size=len(content), digest=digest, content=content, document=blocks_of(document), by=by,
        read=read, tree=as_tree(pieces_of(read)), next_version_of=next_version_of, supplement_of=supplement_of,
    )
    try:
        with transaction.atomic():
            reading.save()
            detail = {"sections": [None, len(read["sections"])], "unread": [None, len(read["unread"])]}
            record(by=by, verb="created", room=ROOM, subject=subject_of(reading), detail=detail)
    except IntegrityError:  # somebody else's reading of the same file was kept meanwhile
        if held := _held(area, digest):
            return held, False
        raise
    return reading, True


def _held(area: str, digest: str) -> Reading | None:
    kept = Reading.objects.filter(area=area, digest=digest).exclude(state=Reading.State.DISCARDED)
    return kept.defer("content", "document").first()


def _opened(name: str, content: bytes) -> Document:
    """The document in some bytes, opened under the name that a refusal will say."""
    plain = "".join(sign for sign in name if sign.isprintable() and sign not in "/\\").lstrip(".")
    with TemporaryDirectory() as folder:
        path = Path(folder) / (plain[-_LONGEST_NAME:] or "plan")
        path.write_bytes(content)
        return open_document(path)


def locked(reading: Reading) -> Reading:
    """The reading as it is now, held until the transaction ends. Raises RefusedError for one that is settled."""
    now = Reading.objects.select_for_update().defer("content", "document").get(pk=reading.pk)
    if now.state != Reading.State.WAITING:
        raise RefusedError(f"This reading was {now.get_state_display().lower()}, so it stays as it was")
    return now


@transaction.atomic
def correct(*, by: User | None, reading: Reading, operation: Operation, did: str = "", **given: Any) -> bool:
    """Put a reading right by an operation of reading_corrections; answers whether anything changed.

    did is the beginning of the sentence that says what was done, where that is not which fields changed. Raises RefusedError.
    """
    now = locked(reading)
    pieces = pieces_of(now.read, now.corrections)
    changes = operation(pieces, **given)
    if not changes:
        return False
    sentence = told(pieces, did, changes)
    now.corrections.append({"did": sentence, "changes": changes, "by": by.pk if by else None, "at": _now()})
    for change in changes:
        pieces.apply(change)
    _keep(by, now, pieces, "corrected", changes)
    return True


@transaction.atomic
def undo(*, by: User | None, reading: Reading, number: int) -> str:
    """Undo the last correction that stands, which must be the one of this number; answers what it had done."""
    now = locked(reading)
    last = last_standing(now.corrections)
    if last is None or last != number:
        raise RefusedError("Corrections are undone from the last, and that is not the last one now")
    correction = now.corrections[last]
    correction |= {"undone_by": by.pk if by else None, "undone_at": _now()}
    _keep(by, now, pieces_of(now.read, now.corrections), "undone", correction["changes"])
    return str(correction["did"])


def last_standing(corrections: Sequence[dict[str, Any]]) -> int | None:
    """The number of the last correction that was not undone."""
    standing = [number for number, each in enumerate(corrections) if "undone_at" not in each]
    return standing[-1] if standing else None


def _keep(by: User | None, reading: Reading, pieces: Pieces, what: str, changes: Sequence[Change]) -> None:
    reading.tree = as_tree(pieces)
    reading.save(update_fields=["corrections", "tree"])
    paths = ", ".join(change["path"] for change in changes)
    record(by=by, verb="changed", room=ROOM, subject=subject_of(reading), detail={what: [None, paths]})


def _now() -> str:
    return timezone.now().isoformat()
