"""What of a grid is not saved, and why: who changed it since, who left the cohort since, and what is so already."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from throughline.apps.accounts.models import LOOKS, AuditEntry, User
from throughline.apps.accounts.telling import LEARNER
from throughline.apps.followup.grid import BOXES, Draft
from throughline.apps.followup.models import BulkChange, BulkUpdate
from throughline.ui.formats import count

SOMEBODY = "somebody"  # who changed it, where the reader may not know them, or nobody does
_IN_THE_AUDIT = {"officer": "caseload", "next_contact": "next contact", "confirm": "activity"}
_NAMED = 3
Problem = dict[str, str]
_Change = tuple[datetime | None, int | None]
_NOBODY: _Change = (None, None)


def changed_by(drafts: Iterable[Draft], reader: User) -> dict[int, str]:
    """Who changed last what each of these would change, as “changed by” goes on: by the learner's number in the database."""
    overtaken = {draft.line.learner.pk: draft for draft in drafts if draft.overtaken}
    if not overtaken:
        return {}
    last = _last_changes(overtaken)
    whose = {pk: {last.get((pk, name), _NOBODY)[1] for name in draft.overtaken} for pk, draft in overtaken.items()}
    known = User.objects.filter(area=reader.area).in_bulk({who for each in whose.values() for who in each if who})
    return {pk: " and ".join(sorted({_called(known.get(who or 0), reader) for who in each})) for pk, each in whose.items()}


def _called(user: User | None, reader: User) -> str:
    if user == reader:
        return "you, in another page"
    return user.full_name if user else SOMEBODY


def _last_changes(drafts: dict[int, Draft]) -> dict[tuple[int, str], _Change]:
    """When what a box is about was changed last and by whom, by learner and box. A file has no entry for each."""
    found: dict[tuple[int, str], _Change] = {}

    def take(pk: int, name: str, at: datetime | None, who: int | None) -> None:
        before = found.get((pk, name), _NOBODY)[0]
        if at and (before is None or before <= at):
            found[pk, name] = at, who

    kept = AuditEntry.objects.filter(subject_kind=LEARNER, subject_id__in=[str(pk) for pk in drafts]).exclude(verb__in=LOOKS)
    for said, at, who, detail in kept.values_list("subject_id", "at", "who", "detail"):
        for name, about in _IN_THE_AUDIT.items():
            if about in detail:
                take(int(said), name, at, who)
    for change in BulkChange.objects.filter(learner__in=list(drafts)).select_related("bulk"):
        for name in BOXES & change.says.keys():
            take(change.learner_id, name, change.bulk.at, change.bulk.by_id)
            take(change.learner_id, name, change.bulk.undone_at, change.bulk.undone_by_id)
    for pk, draft in drafts.items():
        if held := draft.line.activity:
            take(pk, "confirm", held.known_from, held.recorded_by_id)
    return found


def problems_of(drafts: Sequence[Draft], whose: dict[int, str], refused: bool) -> list[Problem]:
    """What stands in the box at the head of the page, as an error summary lists it. refused says that saving was asked for."""
    stale = [draft for draft in drafts if refused and draft.changed and draft.stale]
    said = []
    for who in sorted({whose[draft.line.learner.pk] for draft in stale}):
        theirs = [draft for draft in stale if whose[draft.line.learner.pk] == who]
        many, were = count(len(theirs), "young person", "young people"), "was" if len(theirs) == 1 else "were"
        said.append({"text": f"Nothing was saved, because {many} {were} changed by {who} since you looked. See below what would "
                             "change now, and save again", "href": f"#r{theirs[0].line.learner.pk}-heading"})
    return said + [{"text": f"{draft.line.name}: {draft.line.gone.sentence()} Nothing that you typed for them is saved"}
                   for draft in drafts if draft.line.gone and draft.wanted]


def lead_of(drafts: Iterable[Draft], refused: bool) -> str:
    """What stands above the problems, where they do not say themselves that nothing is saved."""
    return "" if refused and any(draft.stale for draft in drafts) else "Nothing is saved yet."


def saved_before(drafts: Iterable[Draft], reader: User) -> BulkUpdate | None:
    """The update of the reader's own by which all that is asked here was saved and stands, where the same grid was sent twice, as
    by a second press of the button; None where anything of it is otherwise.
    """
    asking = {draft.line.learner.pk: draft for draft in drafts if draft.asked}
    last = BulkUpdate.objects.filter(by=reader, undone_at=None, changes__learner__in=list(asking)).first()
    says: dict[int, dict[str, list[Any]]] = dict(last.changes.values_list("learner", "says")) if last else {}
    stands = says.keys() <= asking.keys() and all(_stands(draft, says.get(pk, {})) for pk, draft in asking.items())
    return last if stands else None


def _stands(draft: Draft, says: dict[str, list[Any]]) -> bool:
    """Whether what a row asks is so, and what was saved of it was what the page had shown and is what is kept now."""
    saved = {"confirm" if name == "activity" else name: [str(each or "") for each in pair] for name, pair in says.items()}
    return (saved.keys() <= draft.asked.keys()
            and all(pair == [draft.shown[name], draft.line.now[name]] for name, pair in saved.items())
            and all(draft.line.held[name] == value if name in BOXES else name in saved for name, value in draft.asked.items()))


def already_so(drafts: Iterable[Draft]) -> str:
    """Of whom what was typed is so by now, since somebody else did the same; nothing where that is so of nobody."""
    named = [f"{draft.line.name} ({' and '.join(BOXES[name] for name in draft.already)})" for draft in drafts if draft.already]
    more = [f"and {len(named) - _NAMED} more"] if len(named) > _NAMED else []
    return f"Already so, and there is nothing to save: {'; '.join(named[:_NAMED] + more)}" if named else ""
