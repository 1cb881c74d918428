"""A code or a rule said otherwise: the pages of the code lists room, with all that it would change."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from throughline.apps.accounts.access import require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.codelists import rule_views
from throughline.apps.codelists import views as code_views
from throughline.apps.learners.would_change import would_change


@require_http_methods(["GET", "POST"])
@require(Permission.EDIT_CODE_LISTS)
def amend_code(request: HttpRequest, name: str, code: str, line: str) -> HttpResponse:
    """Say one line of a code otherwise: typed, then looked over with what it would do, then saved."""
    return code_views.amend(request, name, code, line, counted=would_change)


@require_http_methods(["GET", "POST"])
@require(Permission.EDIT_CODE_LISTS)
def amend_rule(request: HttpRequest, file: str, edition: str, path: str) -> HttpResponse:
    """Say one number of the rules otherwise: typed, then looked over with what it would do, then saved."""
    return rule_views.amend(request, file, edition, path, counted=would_change)
