"""Keeps a secret in a file that is made once, whole or not at all; needs no Django, so that settings can use it."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def kept_or_made(kept: Path, make: Callable[[], str]) -> str:
    """What a file holds, readable by its owner only; when there is none it is made, and the first to make it wins.

    It is written beside and then given its name, so that a process killed half-way leaves no empty
    file behind which every later start would read.
    """
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{kept.name}-", dir=kept.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(make())
                file.flush()
                os.fsync(file.fileno())
            _name_unless_taken(Path(beside), kept)
        finally:
            Path(beside).unlink()
    return kept.read_text(encoding="utf-8")


def _name_unless_taken(beside: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(beside)  # refuses a name that is taken, where a rename would replace it
    except FileExistsError:
        return
