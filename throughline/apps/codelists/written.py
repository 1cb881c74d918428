"""When definitions were written: what is read from them is kept in memory for as long as their files stay as they are."""

from pathlib import Path

from django.conf import settings


def written_at(folder: str) -> int:
    """The newest file time in a folder of the definitions and beneath it; one that is added or taken away changes it too."""
    top = Path(settings.DEFINITIONS) / folder
    return max(path.stat().st_mtime_ns for path in (top, *top.rglob("*")))
