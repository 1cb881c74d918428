"""How long records are kept: what will be forgotten when, and what was, for whoever answers for it; forgetting those that are
kept no longer, and keeping one longer.
"""

from collections import Counter
from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import roles_with
from throughline.apps.learners import files, keeping, queries
from throughline.apps.learners.actions import forgetting, looking
from throughline.apps.learners.codes import retention
from throughline.apps.learners.keeping import Last
from throughline.apps.learners.models import Learner
from throughline.apps.learners.record_forms import ForgetForm, KeepLongerForm
from throughline.apps.learners.sight import shut_to
from throughline.apps.learners.views.changing import change_page
from throughline.apps.learners.views.door import of_learner
from throughline.apps.organisations.access import of_own_authority
from throughline.ui.downloads import table_response
from throughline.ui.formats import count
from throughline.ui.formats import day as in_words

_A_PAGE = 50
_AT_ONCE = 900  # what an SQLite statement takes without complaint


@require_GET
@of_own_authority(Permission.SEE_AUDIT)
def show(request: HttpRequest) -> HttpResponse:
    """The rule, the months in which records end, and the days on which some were forgotten; nobody is named."""
    area = _area(request)
    return render(request, "learners/keeping.html", {
        "rule": retention().on(timezone.localdate()), "endings": keeping.endings(area), "forgotten": keeping.forgotten(area),
        "longer": keeping.kept_longer(area), "forgetters": roles_with(Permission.FORGET_LEARNERS)})


@require_GET
@of_own_authority(Permission.SEE_AUDIT)
def endings_download(request: HttpRequest, kind: str) -> HttpResponse:
    """What will be forgotten when, as CSV or XLSX."""
    rows = list(keeping.ending_rows(keeping.endings(_area(request))))
    return table_response(kind, "records-that-end", files.ENDING_COLUMNS, rows, [], title="Records that end, by month")


@require_GET
@of_own_authority(Permission.SEE_AUDIT)
def forgotten_download(request: HttpRequest, kind: str) -> HttpResponse:
    """What was forgotten when, as CSV or XLSX."""
    rows = list(keeping.forgotten_rows(keeping.forgotten(_area(request))))
    return table_response(kind, "records-forgotten", files.FORGOTTEN_COLUMNS, rows, [], title="Records that were forgotten")


@require_GET
@of_own_authority(Permission.SEE_AUDIT)
def longer_download(request: HttpRequest, kind: str) -> HttpResponse:
    """Which records are kept longer than the rule says, as CSV or XLSX."""
    rows = list(keeping.longer_rows(keeping.kept_longer(_area(request))))
    return table_response(kind, "records-kept-longer", files.LONGER_COLUMNS, rows, [], title="Records kept longer")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FORGET_LEARNERS)
def over(request: HttpRequest) -> HttpResponse:
    """Whose records are kept no longer and by which part of the rule; confirmed, they are forgotten."""
    found = keeping.over(request.user.area)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    shown = _named(request, page.object_list)
    _seen(request, shown, Verb.LOOKED)
    form = ForgetForm(request.POST or None, many=count(len(found), "record"), keys=[pk for pk, _ in found])
    if found and form.confirmed():
        many = forgetting.forget_learners(by=request.user, area=request.user.area, day=timezone.localdate())
        messages.success(request, f"{count(many, 'record')} {'is' if many == 1 else 'are'} forgotten.")
        return redirect("learners:over")
    given = {"form": form, "page": page, "shown": shown, "why": keeping.WHY, "rule": retention().on(timezone.localdate()),
             "counts": Counter(last.why for _, last in found)}
    return render(request, "learners/over.html", given, status=400 if form.errors else 200)


@require_GET
@of_own_authority(Permission.FORGET_LEARNERS)
def over_download(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as CSV or XLSX, all of them."""
    shown = _named(request, keeping.over(request.user.area))
    _seen(request, shown, Verb.DOWNLOADED)
    rows = [{"number": one.number, "name": name, "last": last.day, "why": keeping.WHY[last.why]} for one, name, last in shown]
    return table_response(kind, "records-to-forget", files.OVER_COLUMNS, rows, files.LEARNER_NOTES[:1], title="Records to forget")


@require_http_methods(["GET", "POST"])
@of_learner(Permission.EDIT_LEARNERS)
def keep_longer(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Say until when a record is kept at least, and why."""
    form = KeepLongerForm(request.POST or None, record=learner)
    last = keeping.last_day_of(learner)
    lead = f"It is kept until {in_words(last.day)}, {keeping.WHY[last.why]}. Then everything of them is forgotten."
    return change_page(request, learner, form, forgetting.keep_longer, learner=learner, heading="Keep the record longer",
                       lead=lead, done="How long the record is kept is changed.")


def _named(request: HttpRequest, found: Sequence[tuple[int, Last]]) -> list[tuple[Learner, str, Last]]:
    """Learners by name, with the last day of each; a record that is shut to the reader is told by its number."""
    keys, shut = [pk for pk, _ in found], shut_to(request.user)
    held = {one.pk: one for some in range(0, len(keys), _AT_ONCE)
            for one in queries.listed(Learner.objects.filter(pk__in=keys[some:some + _AT_ONCE]))}
    return [(held[pk], f"Restricted record {held[pk].number}" if pk in shut else
             held[pk].called.listed if held[pk].called else "Name not known", last) for pk, last in found if pk in held]


def _seen(request: HttpRequest, shown: Sequence[tuple[Learner, str, Last]], verb: str) -> None:
    """Say in the audit whom a list shows, by number, before it does. Raises django.db.DatabaseError, and then it shows nobody."""
    looking.record_list(by=request.user, area=request.user.area, path=request.path, verb=verb,
                        numbers=sorted(learner.number for learner, *_ in shown))
    request.audit_look = False


def _area(request: HttpRequest) -> str:
    request.audit_subject = ("records kept", request.user.area, "How long records are kept")
    return request.user.area
