"""The words by which the parts of a plan are known, held for as long as their files do not change."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from throughline.analytics.planreading.vocabulary import Templates, load_templates


def templates() -> Templates:
    """The vocabularies of definitions/plan_templates. Raises RefusedFileError with every fault of every file."""
    folder = settings.DEFINITIONS / "plan_templates"
    changed = tuple(path.stat().st_mtime_ns for path in sorted(folder.glob("*.toml")))
    return _templates(settings.DEFINITIONS, changed)


@lru_cache(maxsize=4)
def _templates(definitions: Path, _changed: tuple[int, ...]) -> Templates:
    return load_templates(definitions)
