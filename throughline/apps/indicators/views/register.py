"""The register: every indicator of the reader's authority with its latest value, its target and its judgement."""

from django.http import HttpRequest, HttpResponse

from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators import files
from throughline.apps.indicators.asked import Asked, Narrowed, read_asked, read_narrowed
from throughline.apps.indicators.grid import latest_travel
from throughline.apps.indicators.judgements import Result, judge_all
from throughline.apps.indicators.models import Indicator
from throughline.apps.indicators.queries import indicators_of, narrowed, sees_entered
from throughline.apps.indicators.views.drawing import page
from throughline.apps.indicators.words import VERDICTS, travel_words
from throughline.apps.organisations.access import of_own_authority
from throughline.ui.downloads import table_response

NAME = "indicator register"


def subject(request: HttpRequest) -> tuple[str, str, str]:
    """The register as the subject of an audit entry."""
    return NAME, request.user.area, "Indicator register"


def results_of(request: HttpRequest, asked: Asked, narrow: Narrowed | None = None) -> list[Result]:
    """The indicators asked for, judged as asked, in the order of the register."""
    wanted = narrow or Narrowed()
    found = list(narrowed(indicators_of(request.user), words=wanted.words, state=wanted.state, confidence=wanted.confidence))
    judged = judge_all(found, asked.on, asked.period or None, entered=sees_entered(request.user))
    results = [judged[one.pk] for one in found]
    return [result for result in results if not wanted.status or result.verdict.value == wanted.status]


@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest) -> HttpResponse:
    """The register, narrowed as asked."""
    request.audit_subject = subject(request)
    asked, narrow = read_asked(request), read_narrowed(request)
    results = results_of(request, asked, narrow)
    context = {
        "asked": asked, "narrow": narrow, "rows": [(result, latest_travel(result)) for result in results],
        "verdicts": VERDICTS, "states": [*Indicator.State.choices, ("any", "Any")], "confidences": Indicator.Confidence.choices,
        "any_at_all": bool(results) or indicators_of(request.user).exists(), "query": {**asked.query, **narrow.query},
    }
    return page(request, "register", context)


@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The register as CSV or XLSX."""
    request.audit_subject = subject(request)
    asked = read_asked(request)
    results = results_of(request, asked, read_narrowed(request))
    rows = [files.register_row(result, travel_words(latest_travel(result))) for result in results]
    title = f"Indicator register, {asked.words}"
    return table_response(kind, NAME, files.REGISTER, rows, files.notes(asked, results), title=title)
