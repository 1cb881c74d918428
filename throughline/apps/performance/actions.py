"""Everything that changes what the performance room keeps; each change is in the audit and in the next warehouse.

The audit says which figure was entered and by whom, never the number: those who read the audit may not
see entered figures, and disclosure control does not stand between it and them.
"""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import transaction

from throughline.analytics.formats.dataset import Dataset
from throughline.analytics.measures.definition import Kind, Measure
from throughline.analytics.warehouse.inputs import drop_loaded, keep_loaded
from throughline.analytics.warehouse.loading import Loaded
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.performance import figures, loading
from throughline.apps.performance.models import EnteredFigure
from throughline.apps.performance.queries import period_held

ROOM = "performance"


def enter_figure(*, by: User, measure: Measure, area: str, period: str, value: float | None, status: str,
                 numerator: float | None = None, denominator: float | None = None, evidence: str = "") -> EnteredFigure:
    """Enter a figure, or correct one: what was there before is kept beside it.

    area is a three-digit code and period any spelling that the measure's year type can be read by: 202425
    corrects what was entered for 2024/25. Raises ValueError for a measure that is not entered by hand and
    for a period that cannot be read.
    """
    if measure.kind is not Kind.ENTERED:
        raise ValueError(f"{measure.id} is published; it cannot be entered by hand")
    with transaction.atomic():
        period = period_held(measure, area, period)
        before = _newest(measure.id, area, period)
        row = EnteredFigure.objects.create(
            measure=measure.id, area=area, period=period, value=value, status=status, numerator=numerator,
            denominator=denominator, evidence=evidence, entered_by=by,
        )
        changed = {name: [getattr(before, name, None), getattr(row, name)] for name in ("value", "status")}
        record(by=by, verb="changed" if before else "created", room=ROOM, subject=subject_of(row), detail=changed)
        transaction.on_commit(figures.rebuild_after_change)
    return row


def withdraw_figure(*, by: User, measure: Measure, area: str, period: str) -> EnteredFigure:
    """Take a figure out of use; every row ever entered stays readable. Raises LookupError when there is none."""
    with transaction.atomic():
        before = _newest(measure.id, area, period)
        if before is None or before.withdrawn:
            raise LookupError("there is no such figure to withdraw")
        row = EnteredFigure.objects.create(
            measure=before.measure, area=area, period=period, value=before.value, status=before.status,
            numerator=before.numerator, denominator=before.denominator, evidence=before.evidence, withdrawn=True,
            entered_by=by,
        )
        record(by=by, verb="removed", room=ROOM, subject=subject_of(row), detail={"value": [before.value, None]})
        transaction.on_commit(figures.rebuild_after_change)
    return row


def restore_figure(*, by: User, measure: Measure, area: str, period: str) -> EnteredFigure:
    """Undo a withdrawal. Raises LookupError when the newest row is not withdrawn."""
    before = _newest(measure.id, area, period)
    if before is None or not before.withdrawn:
        raise LookupError("there is no withdrawn figure to restore")
    return enter_figure(by=by, measure=measure, area=area, period=period, value=before.value, status=before.status,
                        numerator=before.numerator, denominator=before.denominator, evidence=before.evidence)


def _newest(measure: str, area: str, period: str) -> EnteredFigure | None:
    return EnteredFigure.objects.filter(measure=measure, area=area, period=period).first()


def subject_of(row: EnteredFigure) -> tuple[str, str, str]:
    """An entered figure as the subject of an audit entry."""
    return "entered figure", str(row.pk), f"{row.measure}, {row.area}, {row.period}"


def load_published(*, by: User | None, dataset: Dataset, paths: Sequence[Path]) -> Loaded:
    """Load a release of a data set in place of the one held, and rebuild the figures.

    Doing it again with the same files changes nothing. Raises RefusedFileError when the files may not be
    loaded: the release held is then as it was.
    """
    loaded = loading.read(dataset, paths)
    with transaction.atomic():
        detail = {"release": [None, dataset.release], "rows": [None, loaded.rows]}
        record(by=by, verb="loaded", room=ROOM, subject=("data set", dataset.id, dataset.title), detail=detail)
        keep_loaded(settings.LOADED, dataset.id, loaded.tables)  # last: what is not in the audit is not kept
        transaction.on_commit(figures.rebuild_after_change)
    return loaded


def unload_published(*, by: User | None, dataset: str) -> None:
    """Take away a data set that was loaded; the packaged release counts again. Raises LookupError when none was."""
    kept = next((held for held in loading.held() if held.dataset == dataset), None)
    if kept is None:
        raise LookupError("no such data set has been loaded")
    with transaction.atomic():
        record(by=by, verb="removed", room=ROOM, subject=("data set", dataset, kept.title), detail={"rows": [kept.rows, None]})
        drop_loaded(settings.LOADED, dataset)
        transaction.on_commit(figures.rebuild_after_change)
