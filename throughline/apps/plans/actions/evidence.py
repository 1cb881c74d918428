"""Keeping files as evidence of an action."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.actions.keeping import refuse_unless_living
from throughline.apps.plans.evidence_kinds import LARGEST, LARGEST_SAID, RefusedKindError, media_type_of
from throughline.apps.plans.models import Action, Evidence
from throughline.apps.plans.subjects import subject_of
from throughline.ui.formats import size


@transaction.atomic
def add_evidence(*, by: User | None, action: Action, title: str, upload: UploadedFile) -> Evidence:
    """Keep a file. Raises RefusedError for one that is too large, empty, of no kind that is taken or not what it is called."""
    refuse_unless_living(action)
    kept = Evidence.objects.create(action=action, title=title, by=by, **file_kept(upload))
    record(by=by, verb="changed", room=ROOM, subject=subject_of(action), detail={"evidence": [None, size(kept.size)]})
    return kept


def file_kept(upload: UploadedFile) -> dict[str, Any]:
    """What is kept of a file: name, media_type, size, digest and content. Raises RefusedError as adding evidence does."""
    if (upload.size or 0) > LARGEST:
        raise RefusedError(f"The file is larger than {LARGEST_SAID}. Save it smaller, or keep the part that matters", "upload")
    content = upload.read()
    name = PurePath(str(upload.name or "").replace("\\", "/")).name[-200:]
    if not content:
        raise RefusedError("The file is empty", "upload")
    try:
        media_type = media_type_of(name, content)
    except RefusedKindError as error:
        raise RefusedError(str(error), "upload") from error
    return {"name": name, "media_type": media_type, "size": len(content), "content": content,
            "digest": hashlib.sha256(content).hexdigest()}


@transaction.atomic
def remove_evidence(*, by: User | None, evidence: Evidence) -> None:
    """Take a file away; it can be brought back."""
    _set_removed(by, evidence, True)


@transaction.atomic
def restore_evidence(*, by: User | None, evidence: Evidence) -> None:
    """Bring a file back."""
    _set_removed(by, evidence, False)


def _set_removed(by: User | None, evidence: Evidence, removed: bool) -> None:
    refuse_unless_living(evidence.action)
    if bool(evidence.removed_at) != removed:
        evidence.removed_at = timezone.now() if removed else None
        evidence.save(update_fields=["removed_at"])
        detail = {"evidence": ["there", None] if removed else [None, "there"]}
        record(by=by, verb="removed" if removed else "changed", room=ROOM, subject=subject_of(evidence.action), detail=detail)
