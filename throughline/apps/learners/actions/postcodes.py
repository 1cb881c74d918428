"""Loading a directory of postcodes, and saying of addresses that lack it in which district they lie."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction

from throughline.analytics.formats import postcodes
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User, Verb
from throughline.apps.learners.actions.believing import CHANGED_MEANWHILE, ROOM, cease, hold, moment_of_change
from throughline.apps.learners.models import Address, Postcode, PostcodeRelease, Source
from throughline.apps.learners.places import districts_at
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.core.problems import Problem

_AT_ONCE = 5_000


@dataclass
class Loaded:
    """What came of a directory: postcodes kept, addresses placed by it, and the rows that could not be used."""

    postcodes: int = 0
    placed: int = 0
    problems: list[Problem] = field(default_factory=list)


@transaction.atomic
def load_postcodes(
    *, by: User | None, path: Path, name: str, districts: Collection[str] = (), step: Callable[[int], None] = lambda _: None,
) -> Loaded:
    """Put a directory in the place of the one before, whole or not at all, and place the addresses that have no district.

    With districts, only the postcodes in these are kept. step is called with how many rows were read at a time. Loading the
    same file again places addresses that came since. Raises RefusedFileError and OSError for a file that cannot be read, and
    RefusedError when nothing of it is left, so that a directory is never lost to a wrong file, or when somebody says meanwhile
    where one of them lives now.
    """
    loaded = Loaded()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    release = PostcodeRelease.objects.create(name=name[:100], digest=digest, loaded_by=by)
    Postcode.objects.all()._raw_delete(Postcode.objects.db)
    found = _kept(path, districts, loaded)
    while rows := list(islice(found, _AT_ONCE)):
        made = [Postcode(release=release, **asdict(one)) for one in rows]
        Postcode.objects.bulk_create(made, batch_size=_AT_ONCE, ignore_conflicts=True)  # the first row of a postcode counts
        step(len(rows))
    loaded.postcodes = Postcode.objects.count()
    if not loaded.postcodes:
        raise RefusedError("No postcode of it could be kept, so the directory is as it was before")
    release.postcodes = loaded.postcodes
    release.save(update_fields=["postcodes"])
    record(by=by, verb=Verb.LOADED, room=ROOM, subject=("postcodes", str(release.pk), release.name),
           detail={"postcodes": [None, loaded.postcodes]})
    loaded.placed = _place(by, release)
    return loaded


def _kept(path: Path, districts: Collection[str], loaded: Loaded) -> Iterator[postcodes.Placed]:
    """Each postcode of the districts wanted; what is wrong goes to the problems."""
    for found in postcodes.read(path, settings.DEFINITIONS):
        if isinstance(found, Problem):
            loaded.problems.append(found)
        elif not districts or found.district in districts:
            yield found


def _place(by: User | None, release: PostcodeRelease) -> int:
    """Believe of every address without a district that it lies in its postcode's; answers how many there were."""
    moment = moment_of_change()
    wanting = Address.objects.known().filter(district="").exclude(postcode="").select_related("learner")
    placed = 0
    for area in sorted(set(wanting.order_by().values_list("learner__area", flat=True).distinct())):
        held = list(wanting.filter(learner__area=area).select_for_update(of=("self",)))  # so that nobody moves meanwhile
        lies = districts_at({one.postcode for one in held})
        going = [one for one in held if one.postcode in lies]
        if going:
            source = Source.objects.create(area=area, kind=Source.Kind.IMPORT, name=f"Postcodes: {release.name}"[:200],
                                           reference=release.digest, made_by=by)
            if cease(going, moment) != len(going):
                raise RefusedError(CHANGED_MEANWHILE)
            hold([one.again(district=lies[one.postcode]) for one in going], by=by, moment=moment, source=source)
            record(by=by, verb=Verb.CHANGED, room=ROOM, subject=("learners", area, "Learners"),
                   detail={"addresses placed in a district": [None, len(going)]})
            placed += len(going)
    return placed
