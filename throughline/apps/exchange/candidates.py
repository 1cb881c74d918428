"""Those of the register whom a row may be about, the likeliest first, with what tells them apart, as a reader may see it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils import timezone

from throughline.analytics.intake.differences import in_full, taking_name
from throughline.analytics.intake.held import NAME, Change, Held, Note
from throughline.analytics.intake.said import Said
from throughline.analytics.linkage.exact import Person
from throughline.analytics.linkage.likely import likeness, swapped_day
from throughline.apps.exchange.models import Row
from throughline.apps.exchange.readers import Reader
from throughline.apps.exchange.register import held_of, person_of
from throughline.apps.learners.models import Address, Learner
from throughline.apps.learners.places import district_name, school_names
from throughline.apps.learners.queries import find_learners
from throughline.apps.learners.whereabouts import places_now

OFFERED = 10  # people to choose from
_LOOKED_AT = 200  # of those whom one question finds


class Candidate(NamedTuple):
    """Somebody whom a row may be about. Of one whose record is restricted nothing is told but the number.

    facts are where they are and live, remarks what agrees with the row. takes is what it would change to take the name as the
    file has it; stays says that the name held is of no earlier day than the file.
    """

    learner: Learner
    facts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    takes: Change | None = None
    stays: bool = False


def likely(user: Any, row: Row, said: Said, reader: Reader) -> list[Candidate]:
    """Those who share a date of birth, a name or a number with a row, the likeliest first; nobody who is restricted."""
    found: dict[int, Learner] = {}
    for asked in _questions(said):
        found |= {one.pk: one for one in find_learners(user, **asked)[:_LOOKED_AT] if not one.restricted}
    return ranked(row, said, reader, found.values())


def _questions(said: Said) -> Iterable[dict[str, Any]]:
    """What the register is asked, as find_learners takes it."""
    if said.born:
        yield {"born": said.born}
        if swapped := swapped_day(said.born):
            yield {"born": swapped}
    for words in filter(None, {f"{said.given} {said.family}".strip(), said.given, said.family}):
        yield {"words": words}
    for number in said.identifiers.values():
        yield {"number": number}


def ranked(row: Row, said: Said, reader: Reader, people: Iterable[Learner]) -> list[Candidate]:
    """People whom a row may be about, the likeliest first, as many as are offered."""
    open_to_all = [one for one in people if not one.restricted]
    held = held_of(row.delivery.area, [one.pk for one in open_to_all])
    how = {one.pk: likeness(said.person, _person(held[one.pk])) for one in open_to_all}
    best = sorted(open_to_all, key=lambda one: (-how[one.pk].degree, one.number))[:OFFERED]
    facts = _facts(best, reader)
    shut = [Candidate(one) for one in people if one.restricted]
    return [*shut, *(_candidate(one, facts[one.pk], how[one.pk].remarks, taking_name(said, held[one.pk], row.delivery.as_at))
                     for one in best)][:OFFERED]


def _person(held: Held) -> Person:
    """Somebody as held; of whom no name is held, by nothing but the rest."""
    return person_of(held) if held.of(NAME) else Person(born=held.details["born"])


def _candidate(learner: Learner, facts: tuple[str, ...], remarks: tuple[str, ...], name: Change | Note | None) -> Candidate:
    return Candidate(learner, facts, remarks, name if isinstance(name, Change) else None, isinstance(name, Note))


def _facts(people: list[Learner], reader: Reader) -> dict[int, tuple[str, ...]]:
    """Where each of some learners is now, was at 16 and lives, as far as the reader may be told, by the database's number."""
    today, keys = timezone.localdate(), [one.pk for one in people]
    schools, places = school_names(one.school_at_16 for one in people), places_now(keys, reader.sensitive)
    homes = Address.objects.known().on(today).filter(learner__in=[key for key in keys if key not in reader.homes_shut])
    districts = dict(homes.exclude(district="").values_list("learner_id", "district"))

    def of(one: Learner) -> tuple[str, ...]:
        where = places[one.pk].name if one.pk in places else ""
        school = schools.get(one.school_at_16, one.school_at_16)
        lives = districts.get(one.pk, "")
        return tuple(filter(None, (f"now at {where}" if where else "", f"at 16 at {school}" if school else "",
                                   f"lives in {district_name(lives)}" if lives else "")))

    return {one.pk: of(one) for one in people}


def name_in_words(said: Said) -> str:
    """The name that a row gives, every part of it."""
    return in_full({"given": said.given, "middle": said.middle, "family": said.family})
