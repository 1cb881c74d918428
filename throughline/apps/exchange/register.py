"""The register as files are compared with it: everybody to be found, and what is held of those who were."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughline.analytics.intake import held as plain
from throughline.analytics.intake.held import UNKNOWN, Belief, Held
from throughline.analytics.linkage.exact import Index, Person
from throughline.apps.learners.identified import Identified
from throughline.apps.learners.models import (
    Activity,
    Address,
    Contact,
    Fact,
    GuaranteeStatus,
    Identifier,
    Learner,
    LevelOfNeed,
    Membership,
    Name,
    Particulars,
    Source,
    Trait,
)

_SPAN = ("starts", "ends")
_ADDRESS = ("line_1", "line_2", "line_3", "line_4", "town", "county", "postcode", "district", "protected")
# Each kind of belief: the model that keeps it, and its fields that are compared.
MODELS: dict[str, tuple[type[Fact], tuple[str, ...]]] = {
    plain.NAME: (Name, ("kind", "given", "middle", "family", *_SPAN)),
    plain.ADDRESS: (Address, (*_ADDRESS, *_SPAN)),
    plain.IDENTIFIER: (Identifier, ("scheme", "value", *_SPAN)),
    plain.TRAIT: (Trait, ("trait", *_SPAN)),
    plain.LEVEL: (LevelOfNeed, ("level", *_SPAN)),
    plain.GUARANTEE: (GuaranteeStatus, ("block", "code", "area", *_SPAN)),
    plain.CONTACT: (Contact, ("phone", "email", *_SPAN)),
    plain.MEMBERSHIP: (Membership, ("status", "transferred_to", *_SPAN)),
    plain.ACTIVITY: (Activity, ("code", "start", "ascertained", "verified", "review", "predicted_end", "establishment",
                                "establishment_name", "ukprn", "educated_in", "neet_start", "leaving_reason", "intended_next")),
}
_FORMERLY = {"previous_young_persons_id": "young_persons_id", "previous_upn": "upn"}
_AT_ONCE = 900  # what an SQLite statement takes without complaint
HIDDEN = "not shown: the record is restricted"


def everybody(area: str) -> Index:
    """Everybody of an authority's register, by the numbers they have or had and the names they go or went by."""
    return _index(Learner.objects.filter(area=area), _known(Name, area), _known(Identifier, area))


def those_like(area: str, people: Iterable[Person]) -> Index:
    """Those of an authority's register who can be found by what is said of a few people: one of their numbers, or their birth."""
    said = list(people)
    values = {value for person in said for value in (person.identifiers or {}).values() if value}
    numbers, births = _known(Identifier, area).filter(value__in=values), {person.born for person in said if person.born}
    like = Learner.objects.filter(Q(pk__in=numbers.values("learner")) | Q(born__in=births), area=area)
    alike = {"learner__in": like.values("pk")}
    return _index(like, _known(Name, area).filter(**alike), _known(Identifier, area).filter(**alike))


def undone(area: str) -> Index:
    """Those of an authority of whom nothing is believed any more, as the files that were undone had them."""
    gone = Learner.objects.filter(~Exists(Particulars.objects.known().filter(learner=OuterRef("pk"))), area=area)
    theirs = {"learner__in": gone.values("pk")}
    return _index(gone, Name.objects.filter(**theirs).order_by("id"), Identifier.objects.filter(**theirs).order_by("id"))


def person_of(held: Held) -> Person:
    """Somebody as held, as they are to be found."""
    names = [(name.values["given"], name.values["family"], name.values.get("ends")) for name in held.of(plain.NAME)]
    numbers = [(one.values["scheme"], one.values["value"], one.values.get("ends")) for one in held.of(plain.IDENTIFIER)]
    *_, person = _people(held.details["born"], names, numbers)
    return person


def _index(learners: QuerySet[Learner], named: QuerySet[Any], numbered: QuerySet[Any]) -> Index:
    """Some learners to be found by these names and identifiers of theirs."""
    names, numbers = defaultdict(list), defaultdict(list)
    for learner, given, family, ends in named.values_list("learner_id", "given", "family", "ends").iterator():
        names[learner].append((given, family, ends))
    for learner, scheme, value, ends in numbered.values_list("learner_id", "scheme", "value", "ends").iterator():
        numbers[learner].append((scheme, value, ends))
    index = Index(())
    for learner, born in learners.values_list("id", "born").iterator():
        if learner in names:
            for person in _people(born, names[learner], numbers[learner]):
                index.add(learner, person)
    return index


def _people(born: Any, names: list[tuple], numbers: list[tuple]) -> Iterator[Person]:
    """Somebody as they are to be found: by each former number first, and last as they are now."""
    now = next((name for name in names if name[2] is None), names[0])
    others = tuple((given, family) for given, family, _ in names if (given, family) != now[:2])
    current = {}
    for scheme, value, ends in numbers:
        if ends is None and scheme not in _FORMERLY:
            current[scheme] = value
        else:
            yield Person(identifiers={_FORMERLY.get(scheme, scheme): value})
    yield Person(now[0], now[1], born, current, others)


def held_of(area: str, learners: Collection[int]) -> dict[int, Held]:
    """What is held of these learners of an authority, by their numbers in the database."""
    found: dict[int, list[Belief]] = {learner: [] for learner in learners}
    for kind, (model, names) in MODELS.items():
        for rows in _rows(model, area, found, ("id", "learner_id", "source__kind", *names)):
            for key, learner, source, *values in rows:
                if learner in found:
                    from_return = source == Source.Kind.RETURN
                    found[learner].append(Belief(kind, dict(zip(names, values, strict=True)), key, from_return))
    once = _once(area, found)
    names = ("id", "number", "protected_address", "restricted")
    learners = [row for rows in _rows(Learner, area, found, names) for row in rows]
    returned_by = _returned_by(area, {key: number for key, number, *_ in learners})
    people = {}
    for key, _, protected, restricted in learners:
        number, details = once.get(key, (None, dict(UNKNOWN)))
        people[key] = Held(details, tuple(found[key]), protected, restricted, number, returned_by[key])
    return people


def _returned_by(area: str, numbers: Mapping[int, int]) -> dict[int, dict[str, str]]:
    """The identifiers that our return writes for learners, whose numbers are by those in the database: by scheme."""
    named = Identified(area, only=list(numbers))
    found = {}
    for key, number in numbers.items():
        learner = Learner(pk=key, number=number)
        written = named.identifier(learner)
        found[key] = {"young_persons_id": written, "previous_young_persons_id": named.previous(learner, written)}
    return found


def _once(area: str, learners: Collection[int]) -> dict[int, tuple[int, dict[str, Any]]]:
    """What is kept once of these learners, each with its number in the database."""
    return {learner: (key, dict(zip(UNKNOWN, values, strict=True)))
            for rows in _rows(Particulars, area, learners, ("id", "learner_id", *UNKNOWN)) for key, learner, *values in rows}


def _rows(model: Any, area: str, learners: Collection[int], names: tuple[str, ...]) -> Iterator[Iterable[tuple]]:
    """The rows of these learners, some of them at a time."""
    facts = model is not Learner
    everything = _known(model, area) if facts else Learner.objects.filter(area=area)
    everything = everything.order_by()
    keys = list(learners)
    for first in range(0, len(keys), _AT_ONCE):
        some = {"learner_id__in" if facts else "id__in": keys[first:first + _AT_ONCE]}
        yield everything.filter(**some).values_list(*names)


def _known(model: type[Fact], area: str) -> Any:
    return model.objects.known().filter(learner__area=area).order_by()
