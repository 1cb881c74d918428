"""Numbers from analytics: the measures, the warehouse they live in, and its rebuilding when rows change."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.load import Theme, load_measures, load_themes
from throughline.analytics.warehouse import beside
from throughline.analytics.warehouse.connection import Warehouse
from throughline.analytics.warehouse.inputs import Inputs, read_reference
from throughline.apps.codelists.asked import each_asked_once
from throughline.apps.learners.codes import invented_authority
from throughline.apps.performance.extracts import entered_figures, month_ends, register_rows

log = logging.getLogger(__name__)
_COUNTED_LATER: ContextVar[bool] = ContextVar("counted_later", default=False)


def measures() -> dict[str, Measure]:
    """Every measure by its id, in the order of the scorecard; read again when a file changes."""
    return _measures(settings.DEFINITIONS, _newest(settings.DEFINITIONS))


def themes() -> list[Theme]:
    """The headings of the scorecard, in order."""
    return _themes(settings.DEFINITIONS, _newest(settings.DEFINITIONS))


def warehouse() -> Warehouse:
    """The warehouse that pages and commands read."""
    return _warehouse(settings.WAREHOUSE)


def rebuild(step: Callable[[str], None] = lambda _: None) -> None:
    """Build the warehouse afresh from the reference set, what has been loaded over it, and what officers entered.

    step is called with the name of each step as it begins. Raises RefusedFileError when a measure's file
    is at fault; the warehouse is then as it was.
    """
    # Only a build needs Ibis, which takes longer to import than a page takes to draw.
    from throughline.analytics.warehouse.build import build
    from throughline.analytics.warehouse.engines import OnSpark

    held = measures()

    def inputs() -> Inputs:
        beside.begin_reading(settings.WAREHOUSE)
        rows = read_reference(settings.REFERENCE).with_loaded(settings.LOADED).with_entered(entered_figures(held))
        if settings.DEMONSTRATION:
            from throughline.apps.performance.invented import districts, schools

            own = invented_authority(settings.DEFINITIONS)
            rows = rows.with_authority(**own, districts=districts(), schools=schools(own["area"]))
        with each_asked_once():  # anew: whoever changed something that is counted may have asked for the lists before it
            return rows.with_register(register_rows(held))

    build(settings.WAREHOUSE, inputs, held, step, then=lambda: beside.caught_up(settings.WAREHOUSE),
          engine=OnSpark(settings.SPARK, shared=settings.VAR) if settings.SPARK else None)


def people_file() -> Path:
    """The file of whom the figures count, beside the warehouse; only the owner of the installation may read it."""
    return beside.people_file(settings.WAREHOUSE)


def people_are_behind() -> bool:
    """Whether the file of whom the figures count was made before them, or there is something that neither yet shows."""
    return people_file().stat().st_mtime_ns < settings.WAREHOUSE.stat().st_mtime_ns or are_behind()


class RebuildFailedError(Exception):
    """Raised when a change was saved but the figures could not be rebuilt; they stay as they were."""

    def __init__(self) -> None:
        super().__init__("It was saved, but the figures could not be rebuilt and are as they were before. "
                         "An administrator can run throughline build-warehouse.")


def rebuild_after_change() -> None:
    """Rebuild once a change has been saved, leaving a mark that the figures are behind until that succeeds.

    Raises RebuildFailedError.
    """
    fall_behind()
    _rebuild_or_say()


def catch_up(begin: Callable[[], None] = lambda: None) -> None:
    """Rebuild where something is kept, or a month is over, that the figures do not show; begin is called before that. Raises
    RebuildFailedError.
    """
    if are_behind() and not _COUNTED_LATER.get():
        begin()
        _rebuild_or_say()


@contextmanager
def counted_once() -> Iterator[None]:
    """Count once, at the end, what several changes come to, where each of them would have everything counted again.

    Raises RebuildFailedError. Where the changes themselves fail, the figures stay marked as behind.
    """
    before = _COUNTED_LATER.set(True)
    try:
        yield
    finally:
        _COUNTED_LATER.reset(before)
    catch_up()


def _rebuild_or_say() -> None:
    try:
        rebuild()
    except Exception as error:
        log.exception("The figures could not be rebuilt")
        raise RebuildFailedError from error


def fall_behind() -> None:
    """Mark that something has been saved that the figures do not yet show."""
    beside.fall_behind(settings.WAREHOUSE)


def are_behind() -> bool:
    """Whether a change has been saved, or a month is over, that the figures do not yet show."""
    return beside.is_behind(settings.WAREHOUSE) or _another_month_is_over()


def _another_month_is_over() -> bool:
    """Whether a month has ended since the register was last counted."""
    if not people_file().exists():
        return False
    counted_on = datetime.fromtimestamp(people_file().stat().st_mtime, tz=timezone.get_current_timezone()).date()
    return month_ends(counted_on, 1) != month_ends(timezone.localdate(), 1)


def _newest(definitions: Path) -> int:
    """Changes whenever a definition is added, removed or edited."""
    folder = definitions / "measures"
    return hash((folder.stat().st_mtime_ns, (definitions / "themes.toml").stat().st_mtime_ns,
                 *(entry.stat().st_mtime_ns for entry in sorted(folder.glob("*.toml")))))


@lru_cache(maxsize=4)
def _measures(definitions: Path, _newest: int) -> dict[str, Measure]:
    return load_measures(definitions)


@lru_cache(maxsize=4)
def _themes(definitions: Path, _newest: int) -> list[Theme]:
    return load_themes(definitions)


@lru_cache(maxsize=4)
def _warehouse(path: Path) -> Warehouse:
    return Warehouse(path)
