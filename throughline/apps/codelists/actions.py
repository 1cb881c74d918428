"""Everything that changes what is said of codes and rules: amended with a reason, and withdrawn again."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from throughline.analytics.participation.codechanges import Change, Place, added
from throughline.analytics.participation.stated import Number, Said
from throughline.analytics.participation.stated import Place as PlaceInFile
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User, Verb
from throughline.apps.codelists.models import Amendment, RuleAmendment
from throughline.apps.codelists.queries import differing, said_at, standing, tried, tried_new, try_without
from throughline.apps.codelists.recounting import recount
from throughline.apps.codelists.ruling import amendments_of, printed, try_value
from throughline.apps.codelists.ruling import try_without as try_rule_without
from throughline.apps.codelists.wording import chosen_words, rules_of_code
from throughline.core.problems import Problem, RefusedFileError

ROOM = "codelists"
LIST_SUBJECT, CODE_SUBJECT, RULE_SUBJECT = "code list", "code", "rule"


@transaction.atomic
def amend(*, by: User | None, codeset: str, place: Place, says: Mapping[str, str], reason: str) -> Amendment:
    """Say some columns of a code otherwise than before, as they always were or from a day on.

    says is the whole of what is said there, by column; what differs from what would hold there without it is kept. Raises
    RefusedFileError for what the list could not hold, and KeyError where there is no such place.
    """
    change = Change(place, differing(codeset, place, says))
    if change in [void for void, _ in tried(codeset, change).void]:
        raise KeyError(place)
    amendment = Amendment.objects.create(codeset=codeset, code=place.code, starts=place.starts, onward=place.onward,
                                         says=change.says, reason=reason, made_by=by)
    record(by=by, verb=Verb.CHANGED, room=ROOM, subject=subject_of(codeset, place.code),
           detail={"columns": sorted(change.says), **_from(place.starts if place.onward else None)})
    recount()
    return amendment


@transaction.atomic
def withdraw(*, by: User | None, codeset: str, place: Place) -> int:
    """Let hold again what held there before anything was said otherwise; answers how many amendments were withdrawn.

    Raises RefusedFileError where what else is said otherwise would make no sense without it.
    """
    try_without(codeset, place)
    count = said_at(codeset, place).withdraw(by)
    if count:
        record(by=by, verb=Verb.REMOVED, room=ROOM, subject=subject_of(codeset, place.code),
               detail=_from(place.starts if place.onward else None))
        recount()
    return count


@transaction.atomic
def add_code(*, by: User | None, codeset: str, code: str, says: Mapping[str, str], reason: str) -> Amendment:
    """Add a code to a list, with all that is said of it, by column. Raises RefusedFileError where the list cannot take it."""
    tried_new(codeset, code, says)
    amendment = Amendment.objects.create(codeset=codeset, code=code, added=True, says=dict(says), reason=reason, made_by=by)
    record(by=by, verb=Verb.CREATED, room=ROOM, subject=subject_of(codeset, code), detail={"columns": sorted(says)})
    recount()
    return amendment


@transaction.atomic
def take_away(*, by: User | None, codeset: str, code: str) -> int:
    """Take a code away that was added to a list, with whatever else was said of it here; answers how many amendments went.

    Whether anything is recorded with it is for the room above to ask first. Raises RefusedFileError where a rule was said
    otherwise to be of the code.
    """
    there = Amendment.objects.filter(codeset=codeset, code=code)
    if not there.filter(added=True, withdrawn_at=None).exists():
        return 0
    if added(code) in standing(codeset).holds:
        _refuse_named_by_rules(codeset, code)
        count = there.withdraw(by)
    else:  # the file has the code itself: what else is said of it is of the file's own line
        count = there.filter(added=True).withdraw(by)
    record(by=by, verb=Verb.REMOVED, room=ROOM, subject=subject_of(codeset, code), detail={})
    recount()
    return count


def _refuse_named_by_rules(codeset: str, code: str) -> None:
    if rules := rules_of_code(codeset, code):
        raise RefusedFileError([Problem(codeset, None, "code", code, "a code that no rule is of",
                                        f"These rules are of it: {'; '.join(rules)}. Say them otherwise first")])


def subject_of(codeset: str, code: str) -> tuple[str, str, str]:
    """A code as the subject of an audit entry."""
    return CODE_SUBJECT, f"{codeset}/{code}", f"{codeset} {code}"


@transaction.atomic
def amend_rule(
    *, by: User | None, file: str, place: PlaceInFile, value: Said, reason: str, since: date | None = None, confidence: str = "",
    source: str = "",
) -> RuleAmendment:
    """Say one number or word of a file of rules otherwise, or the codes that one of them is of: for all days, or from a day on.

    confidence and source are those of what is said; without them we are as sure of it as of what the file says, and the reason
    stands for the source. Raises RefusedFileError for a value that the rule cannot have, and KeyError for one that the file does
    not have, or not on that day, and for a word that is not one of those to choose from.
    """
    if isinstance(value, str) and value not in chosen_words(file, place):
        raise KeyError(value)
    instead_of = try_value(file, place, value, since)
    amendment = RuleAmendment.objects.create(
        file=file, edition=place.edition, path=place.dotted, instead_of=instead_of, value=value, starts=since, reason=reason,
        confidence=confidence, source=source, made_by=by)
    record(by=by, verb=Verb.CHANGED, room=ROOM, subject=subject_of_rule(file, place),
           detail={"in_file": _told(instead_of), "value": _told(value), **_from(since)})
    recount()
    return amendment


@transaction.atomic
def withdraw_rule(*, by: User | None, file: str, place: PlaceInFile, since: date | None = None) -> int:
    """Let hold again what held before a number was said otherwise for all days, or from a day on; answers how many amendments
    were withdrawn. Raises RefusedFileError where what else is said otherwise would make no sense without it.
    """
    try_rule_without(file, place, since)
    count = amendments_of(file, place).filter(starts=since).withdraw(by)
    if count:
        record(by=by, verb=Verb.REMOVED, room=ROOM, subject=subject_of_rule(file, place), detail=_from(since))
        recount()
    return count


def _from(since: date | None) -> dict[str, str]:
    """The day from which on something is so, as the audit keeps it; nothing where it always was."""
    return {"from": since.isoformat()} if since else {}


def _told(value: Said) -> Number | str:
    """A value as the audit keeps it: two of a list would be taken for what was before and after."""
    return printed(value) if isinstance(value, list) else value


def subject_of_rule(file: str, place: PlaceInFile) -> tuple[str, str, str]:
    """A number of a file of rules as the subject of an audit entry."""
    where = f"{place.edition or 'always'}/{place.dotted}"
    return RULE_SUBJECT, f"{file}/{where}", f"{file} {where}"
