"""Hands a closed month's return over, and says so in the audit."""

from pathlib import Path

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User, Verb
from throughline.apps.returns.actions.closing import ROOM, subject_of
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import content_of


def export(*, by: User | None, close: MonthClose, out: Path) -> None:
    """Write the return to a file, whole or not at all. Raises OSError when it cannot be written."""
    content = content_of(close)
    beside = out.with_name(f"{out.name}.writing")
    try:
        beside.write_bytes(content)
        record(by=by, verb=Verb.DOWNLOADED, room=ROOM, subject=subject_of(close))
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
