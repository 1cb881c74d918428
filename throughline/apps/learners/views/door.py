"""The door of every page about one learner: whoever may see them, and a look recorded before anything is answered."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from throughline.apps.accounts.access import View
from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners import queries
from throughline.apps.learners.actions import looking
from throughline.apps.learners.sight import sight_of
from throughline.apps.organisations.access import of_own_authority


def of_learner(permission: Permission, *, verb: str = Verb.LOOKED, closed_too: bool = False) -> Any:
    """Give a view the learner whose key the address holds, and on the request the reader's sight of them.

    The look is in the audit before the view begins; when it cannot be written, the error stops the page. A learner whom the
    reader may not see is not there (404). While a restricted record is closed to the reader they are led to where it is
    opened, unless closed_too says that the view answers for that itself.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
            learner = queries.learner_or_404(request.user, pk)
            looking.record_look(by=request.user, learner=learner, path=request.path, verb=verb)
            request.audit_look = False  # it is recorded already
            request.sight = sight_of(request.user, learner)
            if not request.sight.record and not closed_too:
                return redirect("learners:open", pk)
            return view(request, learner, *args, **kwargs)

        return of_own_authority(permission)(checked)

    return decorate
