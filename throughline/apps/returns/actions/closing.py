"""Closes a month: the return is written, checked and frozen with the figures and what moved them, or nothing is kept."""

import gzip
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.analytics.formats.nccis.layout import load_layout
from throughline.analytics.formats.nccis.record import Header, Record
from throughline.analytics.formats.nccis.writing import write_return
from throughline.analytics.participation.identifiers import in_own_digits
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User, Verb
from throughline.apps.learners.actions.believing import settled_moment
from throughline.apps.learners.codes import codeset
from throughline.apps.learners.identified import Identified, database_id
from throughline.apps.learners.models import Learner
from throughline.apps.learners.returned import records
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.performance.figures import catch_up
from throughline.apps.returns.again import since
from throughline.apps.returns.checking import Checked, as_kept, could_move
from throughline.apps.returns.figures import ages_on, counted_as, headline, moves, standings
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import latest, reported_leavers
from throughline.core.periods import is_month_end, month_before

ROOM, KIND = "returns", "month"
LAYOUT = "2019-20"  # the one known in full
SUPPLIER = "Throughline"
STEPS = ("standings", "records", "freeze", "figures")
_FASTEST = 1  # of gzip's levels: a return of 40,000 records is compressed in half a second, to a twelfth


def subject_of(close: MonthClose) -> tuple[str, str, str]:
    """A month as the subject of an audit entry, closed or as it stands."""
    return KIND, str(close.pk or ""), str(close)


def close_month(
    *, by: User | None, area: str, month_end: date, layout: str = LAYOUT, reason: str = "", shown: int | None = None,
    step: Callable[[str], None] = lambda _: None,
) -> MonthClose:
    """Close a month as the register is known now, as a further version where it was closed before.

    shown is the newest that was closed of any month when whoever closes this one was asked to, by its number in the database;
    None where nobody was shown any. Raises RefusedError for a day that is no month's last, a month that is not over, one at whose
    end nobody was in the cohort, one closed before without a reason, and one closed since it was shown or at the same time;
    RebuildFailedError when it is closed and the figures of other pages could not be rebuilt. step is called with each name of
    STEPS as it begins: with that of the figures where something is kept that they do not show, unless they are counted later.
    """
    before = _allowed(area, month_end, reason)
    _refuse_what_was_not_shown(before, shown)
    close = _composed(area, month_end, layout, before, step)
    _refuse_nobody(close)
    close.closed_by, close.reason = by, reason
    return _freeze(close, step)


def as_it_stands(area: str, month_end: date) -> MonthClose:
    """A month as it would be closed now, kept nowhere. Raises RefusedError for a day that is no month's last or is to come."""
    _refuse_another_day(month_end)
    return _composed(area, month_end, LAYOUT, latest(area, month_end), lambda _: None)


def _composed(
    area: str, month_end: date, layout: str, before: MonthClose | None, step: Callable[[str], None],
) -> MonthClose:
    """The next version of a month, not saved: the return of the register as it is known now, its errors, its figures, what moved
    them.
    """
    step("standings")
    known = settled_moment()
    earlier, ages = month_before(month_end), ages_on(month_end)
    found = standings(area, [earlier, month_end], known)
    step("records")
    checked = Checked(area, month_end)
    leavers: list[str] = []
    identified = Identified(area, known)
    content, count = _written(area, month_end, known, layout, checked, leavers, identified)
    step("freeze")
    errors, now = as_kept(checked.errors, identified), headline(found[month_end], ages)
    numbers = _numbers(area)
    counted = {numbers[key]: standing for key, standing in counted_as(found[month_end], ages).items()}
    kept = {
        "known": known, "records": count, "errors": errors, "leavers": leavers,
        "figures": {"ages": list(ages), "now": now.as_figures, "before": headline(found[earlier], ages).as_figures,
                    "caution": checked.caution or "", **could_move(errors, counted, now.cohort)},
        "moved": [{"number": numbers[move.learner], "change": move.change, "reason": str(move.reason)}
                  for move in moves(found[earlier], found[month_end], ages)],
    }
    kept["figures"] |= since(before, content, kept)
    return MonthClose(
        area=area, month_end=month_end, layout=layout, version=(before.version if before else 0) + 1, rules=checked.edition.name,
        content=gzip.compress(content, _FASTEST, mtime=0), digest=hashlib.sha256(content).hexdigest(), **kept,
    )


def _numbers(area: str) -> dict[int, str]:
    """Each learner's number in the authority as the return has it: the register's own is nobody's business outside it."""
    return {key: in_own_digits(number) for key, number in Learner.objects.filter(area=area).values_list("pk", "number")}


def _refuse_another_day(month_end: date) -> None:
    if not is_month_end(month_end):
        raise RefusedError(f"{month_end:%d %B %Y} is not the last day of a month")
    if month_end > timezone.localdate():
        raise RefusedError(f"{month_end:%B %Y} is not over yet, so it cannot be closed")


def _refuse_nobody(close: MonthClose) -> None:
    if close.records == len(close.leavers):
        raise RefusedError(f"Nobody was in the cohort at the end of {close.month_end:%B %Y}, as the register has it, so it "
                           "cannot be closed. Choose another month, or bring in a file first that says who was in the cohort "
                           "then")


def _allowed(area: str, month_end: date, reason: str) -> MonthClose | None:
    _refuse_another_day(month_end)
    before = latest(area, month_end)
    if before is not None and not reason.strip():
        raise RefusedError(f"{month_end:%B %Y} is closed. To close it again, say why; what was closed before is kept", "reason")
    return before


def _refuse_what_was_not_shown(before: MonthClose | None, shown: int | None) -> None:
    """Whoever closes a month once more has to know of the version that is there."""
    if before is not None and shown is not None and before.pk > shown:
        by = f" by {before.closed_by.full_name}" if before.closed_by else ""
        raise RefusedError(f"{before.month_end:%B %Y} was closed{by} after this page was shown, as version {before.version}, so "
                           "nothing was closed now. Look at that version, and close the month again only if another is needed",
                           "month_end")


def _written(
    area: str, month_end: date, known: datetime, layout: str, checked: Checked, leavers: list[str], identified: Identified,
) -> tuple[bytes, int]:
    """The return's bytes and how many records it has; leavers is filled with the numbers of those whom it says left."""
    header = Header((database_id(area),), (area,), timezone.localdate(known), month_end, SUPPLIER)
    written = io.BytesIO()
    reported = reported_leavers(area, month_end, known)
    said = _noting(leavers, month_end, records(area, month_end, known, reported=reported, identified=identified), identified)
    count = write_return(written, header, checked.through(said), load_layout(settings.DEFINITIONS, layout))
    return written.getvalue(), count


def _noting(leavers: list[str], month_end: date, found: Iterable[Record], identified: Identified) -> Iterator[Record]:
    leaving = codeset("cohort_status").where(month_end, "leaver", "yes")
    for each in found:
        if each.cohort_status in leaving:
            leavers.append(identified.number(each.young_persons_id))
        yield each


@transaction.atomic
def _freeze(close: MonthClose, step: Callable[[str], None]) -> MonthClose:
    try:
        with transaction.atomic():
            close.save(force_insert=True)
    except IntegrityError as error:
        raise RefusedError("somebody else closed this month just now; look at what they closed") from error
    record(by=close.closed_by, verb=Verb.CREATED, room=ROOM, subject=subject_of(close),
           detail={"version": [None, close.version], "records": [None, close.records]})
    transaction.on_commit(lambda: _count_again(step))
    return close


def _count_again(step: Callable[[str], None]) -> None:
    catch_up(lambda: step("figures"))
