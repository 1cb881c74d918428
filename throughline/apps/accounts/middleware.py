"""What every request passes through: the second factor at the door, and the record of who looked."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from throughline.apps.accounts import actions
from throughline.apps.accounts.access import room_of, to_second_factor
from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.second_factor import has_second_factor, second_factor_done

log = logging.getLogger(__name__)

_ALWAYS_OPEN = {"account_logout", "health", "accessibility"}
_TO_SET_UP = {"mfa_activate_totp", "account_reauthenticate"}
_TO_GIVE_A_CODE = {"mfa_reauthenticate"}
# Its address carries the key of a password link, which the audit must not hold.
_NEVER_RECORDED = {"account_reset_password_from_key"}

GetResponse = Callable[[HttpRequest], HttpResponse]


class SecondFactorRequired:
    """Opens nothing to a signed-in person until they have given a code, or a directory has vouched for them.

    Being signed in by any other road, such as a password alone at Django's admin, is not enough:
    what counts is a note in the session that names the person. A person with an authenticator app
    can only give a code from it; the pages that set one up are closed to them until they have.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Send the person to their second factor, and from there back to the page they asked for."""
        name = request.resolver_match.url_name
        if name in _ALWAYS_OPEN or not request.user.is_authenticated or second_factor_done(request):
            return None
        if name in (_TO_GIVE_A_CODE if has_second_factor(request.user) else _TO_SET_UP):
            return None
        return to_second_factor(request)


class RecordLooks:
    """Writes one audit entry for each page that a signed-in person was shown and each file they took away.

    A page is recorded by its address without the query, since a query can hold a name that was
    searched for. A view may say what the page was of: request.audit_subject = (kind, id, label);
    then the page counts even when it also says that something in the request was wrong (status 400
    and the like), for it shows the rest. One that shows nothing worth recording may set
    request.audit_look = False.

    When the entry cannot be written, because the database is locked or read-only, the page is served
    all the same and the failure goes to the error log: a busy database must not close published
    figures to everyone. A room whose pages may not be shown unrecorded calls actions.record itself
    before it answers, so that the failure stops the page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if verb := _what_was_done(request, response):
            try:
                actions.record(
                    by=request.user, verb=verb, room=room_of(request), path=request.path,
                    subject=getattr(request, "audit_subject", None),
                )
            except DatabaseError:
                log.exception("A look at a page could not be recorded")
        return response


def _what_was_done(request: HttpRequest, response: HttpResponse) -> Verb | None:
    """The verb for a request that showed or handed over something, or None for one that did not."""
    if not _showed(request, response) or not request.resolver_match or not getattr(request, "audit_look", True):
        return None
    if request.resolver_match.url_name in _ALWAYS_OPEN | _NEVER_RECORDED:
        return None
    if not request.user.is_authenticated:
        return None
    if response.get("Content-Disposition", "").startswith("attachment"):
        return Verb.DOWNLOADED
    is_page = response.get("Content-Type", "").startswith("text/html")
    asked_to_see = request.method == "GET" or hasattr(request, "audit_subject")
    return Verb.LOOKED if asked_to_see and is_page else None


def _showed(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer can have shown anything: a redirect does not, nor does a refusal, which is its own entry."""
    if response.status_code == 200:
        return True
    return hasattr(request, "audit_subject") and 400 <= response.status_code < 500 and response.status_code != 403
