"""Everything that changes what the reading room keeps: drafts come and go, what was issued stays as it was."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.analytics.planwriting.excel import report_excel
from throughline.analytics.planwriting.page import report_html
from throughline.analytics.planwriting.pdf import PdfUnavailableError, report_pdf
from throughline.analytics.planwriting.report import Report
from throughline.analytics.planwriting.word import report_word
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User, Verb
from throughline.apps.organisations.models import Board
from throughline.apps.plans.models import Plan
from throughline.apps.reports.compose import as_content, report_of, written
from throughline.apps.reports.gathered import Gathered
from throughline.apps.reports.models import DraftReport, IssuedReport
from throughline.apps.reports.outlines import outlines
from throughline.ui.formats import day

ROOM = "reports"


class DraftChangedError(Exception):
    """Raised when somebody changed a draft while its documents were laid out."""


def subject_of(row: DraftReport | IssuedReport) -> tuple[str, str, str]:
    """A draft or an issued report as the subject of an audit entry."""
    return ("draft report" if isinstance(row, DraftReport) else "report"), str(row.pk), row.title


@transaction.atomic
def start_draft(*, by: User, outline: str, plan: Plan, board: Board, as_at: date, title: str = "") -> DraftReport:
    """Begin a report under an outline. Raises ValueError where the plan and the board are not one authority's."""
    if plan.area != board.area:
        raise ValueError("the plan and the board belong to different authorities")
    named = title.strip() or f"{outlines()[outline].title}: {plan.title}, {day(as_at)}"
    draft = DraftReport.objects.create(area=plan.area, outline=outline, title=named[:300], board=board, plan=plan, as_at=as_at,
                                       made_by=by)
    record(by=by, verb=Verb.CREATED, room=ROOM, subject=subject_of(draft), detail={"as_at": [None, as_at.isoformat()]})
    return draft


@transaction.atomic
def write_draft(*, by: User, draft: DraftReport, title: str, as_at: date, texts: dict[str, str],
                left_out: Sequence[str]) -> DraftReport:
    """Keep what an author wrote: the words of each part by its id, and the parts that are not to be printed."""
    changed = sorted(id for id in {*texts, *draft.texts} if texts.get(id, "") != draft.texts.get(id, ""))
    draft.title, draft.as_at, draft.texts, draft.left_out = title, as_at, texts, list(left_out)
    draft.changed_at = timezone.now()
    draft.save()
    record(by=by, verb=Verb.CHANGED, room=ROOM, subject=subject_of(draft), detail={"parts": changed})
    return draft


@transaction.atomic
def remove_draft(*, by: User, draft: DraftReport) -> None:
    """Take a draft out of the list; it can be brought back."""
    draft.removed_at = timezone.now()
    draft.save(update_fields=["removed_at"])
    record(by=by, verb=Verb.REMOVED, room=ROOM, subject=subject_of(draft))


@transaction.atomic
def restore_draft(*, by: User, draft: DraftReport) -> None:
    """Bring a removed draft back."""
    draft.removed_at = None
    draft.save(update_fields=["removed_at"])
    record(by=by, verb=Verb.CHANGED, room=ROOM, subject=subject_of(draft), detail={"removed": [True, False]})


def issue(*, by: User | None, draft: DraftReport, note: str = "") -> IssuedReport:
    """Freeze a draft: the page and the files are kept byte for byte, and the draft leaves the list.

    Its files are made before anything is locked: laying out the PDF of a long report takes many seconds, and nobody
    else could save anything meanwhile. Where the machine can lay out no PDF, none is kept and the page says so.
    Raises DraftReport.DoesNotExist for a draft that was issued or removed meanwhile, and DraftChangedError for one that
    somebody changed.
    """
    draft = DraftReport.objects.select_related("plan", "board").get(pk=draft.pk)
    return _keep(by=by, draft=draft, note=note, frozen=_frozen(draft))


def _frozen(draft: DraftReport) -> dict[str, Any]:
    """What is kept of a draft as it is now: its content, its page and files with their digests, and where everything stands."""
    outline = outlines()[draft.outline]
    gathered = Gathered(draft.plan, draft.board, draft.as_at, outline.themes, outline.measures)
    parts = written(draft, outline, gathered)
    report = report_of(draft, outline, parts)
    files = {"word": report_word(report), "excel": report_excel(report), "pdf": _pdf(report)}
    media = {name: hashlib.sha256(made).hexdigest() for name, made in files.items() if made}
    return {"content": as_content(parts), "standing": gathered.standing(), "page": report_html(report), "media": media, **files}


@transaction.atomic
def _keep(*, by: User | None, draft: DraftReport, note: str, frozen: dict[str, Any]) -> IssuedReport:
    Board.objects.select_for_update().get(pk=draft.board_id)  # one at a time, so that numbers follow each other
    now = DraftReport.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if now.changed_at != draft.changed_at:
        raise DraftChangedError
    last = IssuedReport.objects.filter(board=draft.board).order_by("-number").values_list("number", flat=True).first()
    issued = IssuedReport.objects.create(
        area=draft.area, outline=draft.outline, title=draft.title, board=draft.board, plan=draft.plan, as_at=draft.as_at,
        number=(last or 0) + 1, note=note, issued_by=by, **frozen,
    )
    now.removed_at = timezone.now()
    now.save(update_fields=["removed_at"])
    record(by=by, verb=Verb.CREATED, room=ROOM, subject=subject_of(issued), detail={"number": [None, issued.number]})
    return issued


def _pdf(report: Report) -> bytes | None:
    try:
        return report_pdf(report)
    except PdfUnavailableError:
        return None
