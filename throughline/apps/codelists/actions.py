"""Everything that changes what is said of codes and rules: amended with a reason, and withdrawn again."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from throughline.analytics.participation.stated import Number, Place
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User, Verb
from throughline.apps.codelists.models import Amendment, RuleAmendment
from throughline.apps.codelists.queries import as_in_file
from throughline.apps.codelists.recounting import recount
from throughline.apps.codelists.ruling import not_withdrawn, try_value

ROOM = "codelists"
LIST_SUBJECT, CODE_SUBJECT, RULE_SUBJECT = "code list", "code", "rule"


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
    recount()
    return amendment


@transaction.atomic
def withdraw(*, by: User, codeset: str, code: str) -> int:
    """Let the file hold again for a code; answers how many amendments were withdrawn."""
    standing = Amendment.objects.select_for_update().filter(codeset=codeset, code=code, withdrawn_at=None)
    count = standing.update(withdrawn_at=timezone.now(), withdrawn_by=by)
    if count:
        record(by=by, verb=Verb.REMOVED, room=ROOM, subject=subject_of(codeset, code))
        recount()
    return count


def subject_of(codeset: str, code: str) -> tuple[str, str, str]:
    """A code as the subject of an audit entry."""
    return CODE_SUBJECT, f"{codeset}/{code}", f"{codeset} {code}"


@transaction.atomic
def amend_rule(*, by: User, file: str, place: Place, value: Number, reason: str) -> RuleAmendment:
    """Say one number of a file of rules otherwise.

    Raises RefusedFileError for a value that the rule cannot have, and KeyError for a number that the file does not have.
    """
    instead_of = try_value(file, place, value)
    amendment = RuleAmendment.objects.create(file=file, edition=place.edition, path=place.dotted, instead_of=instead_of,
                                             value=value, reason=reason, made_by=by)
    record(by=by, verb=Verb.CHANGED, room=ROOM, subject=subject_of_rule(file, place),
           detail={"in_file": instead_of, "value": value})
    recount()
    return amendment


@transaction.atomic
def withdraw_rule(*, by: User, file: str, place: Place) -> int:
    """Let the file hold again for a number; answers how many amendments were withdrawn."""
    count = not_withdrawn(file, place).select_for_update().update(withdrawn_at=timezone.now(), withdrawn_by=by)
    if count:
        record(by=by, verb=Verb.REMOVED, room=ROOM, subject=subject_of_rule(file, place))
        recount()
    return count


def subject_of_rule(file: str, place: Place) -> tuple[str, str, str]:
    """A number of a file of rules as the subject of an audit entry."""
    where = f"{place.edition or 'always'}/{place.dotted}"
    return RULE_SUBJECT, f"{file}/{where}", f"{file} {where}"
