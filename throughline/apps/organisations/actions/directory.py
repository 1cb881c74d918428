"""Everything that changes in the directory: entries, their codes, closing them, and making two entries one."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, make
from throughline.apps.organisations.models import Party, PartyCode, PartyMerger
from throughline.apps.organisations.queries import resolve

ROOM, KIND = "organisations", "directory entry"
_FILLED_BY_A_MERGER = ("email", "user", "organisation", "reports_to")


@transaction.atomic
def add_party(*, by: User | None, area: str, initials: str = "", **words: Any) -> Party:
    """Add an entry; initials are its codes, separated by commas.

    Raises RefusedError for a name or a code that is taken.
    """
    _refuse_a_taken_name(area, words["name"])
    party = make(by=by, room=ROOM, kind=KIND, made=Party(area=area), words=words)
    set_codes(by=by, party=party, codes=_codes(initials))
    return party


@transaction.atomic
def change_party(*, by: User | None, party: Party, initials: str, **words: Any) -> Changes:
    """Change an entry and its codes. Raises RefusedError for a name or a code that is taken, or an entry above itself."""
    if not party.closed_on:
        _refuse_a_taken_name(party.area, words["name"], besides=party)
    for field in ("organisation", "reports_to"):
        if words.get(field) == party:
            raise RefusedError("Choose another entry: this is the entry itself", field)
    changes = amend(by=by, room=ROOM, kind=KIND, kept=party, words=words)
    return {**changes, **set_codes(by=by, party=party, codes=_codes(initials))}


@transaction.atomic
def set_codes(*, by: User | None, party: Party, codes: Iterable[str]) -> Changes:
    """Let exactly these codes stand for a party. Raises RefusedError for a code that stands for another."""
    wanted, held = set(codes), {code.code for code in PartyCode.objects.filter(party=party)}
    taken = PartyCode.objects.filter(area=party.area, code__in=wanted).exclude(party=party).select_related("party").first()
    if taken:
        raise RefusedError(f"“{taken.code}” stands for {taken.party}. Take it from there, or merge the two entries", "initials")
    if wanted == held:
        return {}
    party.codes.exclude(code__in=wanted).delete()
    PartyCode.objects.bulk_create(PartyCode(area=party.area, party=party, code=code) for code in sorted(wanted - held))
    changes = {"codes": [", ".join(sorted(held)), ", ".join(sorted(wanted))]}
    record(by=by, verb="changed", room=ROOM, subject=subject_of(party), detail=changes)
    return changes


@transaction.atomic
def find_or_make(*, by: User | None, area: str, name: str, kind: str = Party.Kind.POST, codes: Iterable[str] = ()) -> Party:
    """Whom a plan means by a name or one of these codes; a new entry of this kind when the directory knows neither.

    Codes that nobody has yet are given to the entry; one that stands for somebody else stays where it is.
    """
    told = [code for code in (" ".join(code.split())[:20] for code in codes) if code]
    name = " ".join(name.split())[:200] or next(iter(told), "")
    if not name:
        raise RefusedError("An entry of the directory has a name or a code", "name")
    party = resolve(area, name) or next((found for code in told if (found := resolve(area, code))), None)
    party = party or make(by=by, room=ROOM, kind=KIND, made=Party(area=area), words={"name": name, "kind": kind})
    taken = set(PartyCode.objects.filter(area=area, code__in=told).values_list("code", flat=True))
    free = set(told) - taken - {party.name}
    if free:
        held = set(party.codes.values_list("code", flat=True))
        set_codes(by=by, party=party, codes=held | free)
    return party


def close_party(*, by: User | None, party: Party) -> Changes:
    """Close an entry: it can be given nothing new, and what names it still does."""
    return amend(by=by, room=ROOM, kind=KIND, kept=party, words={"closed_on": timezone.localdate()}, verb="removed")


@transaction.atomic
def reopen_party(*, by: User | None, party: Party) -> Changes:
    """Open a closed entry again. Raises RefusedError when another open entry has its name by now, or it became another."""
    if party.mergers_away.filter(undone_at=None).exists():
        raise RefusedError("This entry was merged into another. Undo the merger instead")
    _refuse_a_taken_name(party.area, party.name, besides=party)
    return amend(by=by, room=ROOM, kind=KIND, kept=party, words={"closed_on": None})


@transaction.atomic
def merge_parties(*, by: User | None, kept: Party, merged: Party) -> PartyMerger:
    """Make two entries one: all that points at merged, in this room and every other, points at kept afterwards.

    kept takes what it has none of (an email address, an account, an organisation, a line manager), and merged is closed.
    A row that would say of kept what another row says already stays with merged. Raises RefusedError.
    """
    _refuse_to_merge(kept, merged)
    moved = {_label(field): rows for field in _fields_to_party() if (rows := _move(field, merged, kept))}
    filled = [name for name in _FILLED_BY_A_MERGER if not getattr(kept, name) and getattr(merged, name)]
    for name in filled:
        setattr(kept, name, getattr(merged, name))
    kept.save(update_fields=filled)
    merged.closed_on = merged.closed_on or timezone.localdate()
    merged.save(update_fields=["closed_on"])
    merger = PartyMerger.objects.create(kept=kept, merged=merged, moved=moved, filled=filled, by=by)
    counts = {label: [0, len(rows)] for label, rows in moved.items()}
    record(by=by, verb="changed", room=ROOM, subject=subject_of(kept), detail={"merged": [None, merged.pk], **counts})
    return merger


@transaction.atomic
def undo_merger(*, by: User | None, merger: PartyMerger) -> Party:
    """Part two entries that were merged: what was moved goes back, unless it has been given to somebody else since."""
    merged, kept = merger.merged, merger.kept
    if merger.undone_at:
        raise RefusedError("This merger has been undone already")
    _refuse_a_taken_name(merged.area, merged.name, besides=merged)
    for label, rows in merger.moved.items():
        model, _, field = label.rpartition(".")
        apps.get_model(model)._base_manager.filter(pk__in=rows, **{field: kept}).update(**{field: merged})
    for name in merger.filled:
        if getattr(kept, name) == getattr(merged, name):
            setattr(kept, name, "" if name == "email" else None)
    kept.save(update_fields=merger.filled)
    merged.closed_on = None
    merged.save(update_fields=["closed_on"])
    merger.undone_at, merger.undone_by = timezone.now(), by
    merger.save(update_fields=["undone_at", "undone_by"])
    record(by=by, verb="changed", room=ROOM, subject=subject_of(merged), detail={"merged": [kept.pk, None]})
    return merged


def what_points_at(party: Party) -> list[tuple[str, int]]:
    """What a merger would move: (what it is, how many), those of which there are none left out."""
    counted = [(field, field.model._base_manager.filter(**{field.name: party}).count()) for field in _fields_to_party()]
    return [(f"{field.model._meta.verbose_name}: {field.verbose_name}", how_many) for field, how_many in counted if how_many]


def subject_of(party: Party) -> tuple[str, str, str]:
    """An entry as the subject of an audit entry."""
    return KIND, str(party.pk), party.name


def _fields_to_party() -> Iterator[models.ForeignKey]:
    """Every foreign key of any room that points at a party, those without a name of their own there included."""
    for relation in Party._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model is not PartyMerger:
            yield relation.field


def _move(field: models.ForeignKey, merged: Party, kept: Party) -> list[int]:
    """Point the rows of one foreign key elsewhere, one by one: a row that may not stand twice stays where it is."""
    moved = []
    for row in field.model._base_manager.filter(**{field.name: merged}).values_list("pk", flat=True):
        try:
            with transaction.atomic():
                field.model._base_manager.filter(pk=row).update(**{field.name: kept})
        except IntegrityError:
            continue
        moved.append(row)
    return moved


def _label(field: models.ForeignKey) -> str:
    return f"{field.model._meta.label}.{field.name}"


def _refuse_to_merge(kept: Party, merged: Party) -> None:
    if kept == merged or kept.area != merged.area:
        raise RefusedError("Choose another entry of the directory", "into")
    if kept.closed_on:
        raise RefusedError(f"{kept} is closed. Open that entry first", "into")
    if merged.mergers_away.filter(undone_at=None).exists():
        raise RefusedError(f"{merged} has been merged already", "into")
    near = {kept.organisation_id, kept.reports_to_id} & {merged.pk} | {merged.organisation_id, merged.reports_to_id} & {kept.pk}
    if near:
        raise RefusedError("One of the two works for or reports to the other, so they are not one. Change that first", "into")


def _refuse_a_taken_name(area: str, name: str, besides: Party | None = None) -> None:
    others = Party.objects.filter(area=area, name=name, closed_on=None).exclude(pk=besides.pk if besides else None)
    if others.exists():
        raise RefusedError(f"The directory has an open entry “{name}” already", "name")


def _codes(printed: str) -> list[str]:
    return [code for part in printed.split(",") if (code := " ".join(part.split()))]
