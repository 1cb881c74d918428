"""Everything that changes what is said of codes: amended with a reason, and withdrawn again."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User, Verb
from throughline.apps.codelists.models import Amendment
from throughline.apps.codelists.queries import as_in_file

ROOM = "codelists"
LIST_SUBJECT, CODE_SUBJECT = "code list", "code"


@transaction.atomic
def amend(*, by: User, codeset: str, code: str, says: Mapping[str, str], reason: str) -> Amendment:
    """Say some columns of a code otherwise than before; the whole of what is to differ from the file, by column.

    Raises RefusedFileError for a value that the list could not hold, and KeyError for a code it does not have.
    """
    listed = as_in_file(codeset)
    printed = listed.by_code[code].printed
    changed = {column: value for column, value in says.items() if printed[column] != value}
    listed.amended({code: changed})
    amendment = Amendment.objects.create(codeset=codeset, code=code, says=changed, reason=reason, made_by=by)
    record(by=by, verb=Verb.CHANGED, room=ROOM, subject=subject_of(codeset, code), detail={"columns": sorted(changed)})
    return amendment


@transaction.atomic
def withdraw(*, by: User, codeset: str, code: str) -> int:
    """Let the file hold again for a code; answers how many amendments were withdrawn."""
    standing = Amendment.objects.select_for_update().filter(codeset=codeset, code=code, withdrawn_at=None)
    count = standing.update(withdrawn_at=timezone.now(), withdrawn_by=by)
    if count:
        record(by=by, verb=Verb.REMOVED, room=ROOM, subject=subject_of(codeset, code))
    return count


def subject_of(codeset: str, code: str) -> tuple[str, str, str]:
    """A code as the subject of an audit entry."""
    return CODE_SUBJECT, f"{codeset}/{code}", f"{codeset} {code}"
