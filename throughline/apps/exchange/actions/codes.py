"""A code that was added to a list taken away again, while nothing is recorded with it."""

from django.db import transaction

from throughline.apps.accounts.models import User
from throughline.apps.codelists import actions
from throughline.apps.codelists.queries import standing
from throughline.apps.exchange.waiting_with import waits_with
from throughline.apps.learners.recorded import Recorded, recorded
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.core.problems import RefusedFileError
from throughline.ui.formats import count


@transaction.atomic
def take_code_away(*, by: User, codeset: str, code: str) -> int:
    """Take a code away that was added to a list; answers how many amendments went.

    Raises RefusedError where it is recorded of anybody, or was, where a row that may yet be recorded says it, or where a rule was
    said otherwise to be of it. Where the list's file has the code itself by now, nothing is in the way.
    """
    if standing(codeset).adds(code):
        if held := recorded(by, codeset, code):
            raise RefusedError(f"Code {code} stays, since {_told(held)}. Say instead until when it may be used")
        if waits_with(codeset, code):
            raise RefusedError(f"Code {code} stays, since a file that waits has it, or a row of an accepted file that "
                               "may still be settled. Settle those first, or say instead until when it may be used")
    try:
        return actions.take_away(by=by, codeset=codeset, code=code)
    except RefusedFileError as error:
        raise RefusedError(f"Code {code} stays. {error.problems[0].remedy}") from error


def _told(held: Recorded) -> str:
    if not held.seen:
        return "it is recorded of young people whose records you do not see"
    others = ", and of young people whose records you do not see" if held.elsewhere else ""
    return f"it stands in {count(held.seen, 'record')}, those included that were put right since{others}"
