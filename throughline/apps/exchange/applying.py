"""What a comparison comes to, put into the register: everybody new added, beliefs ceased and held at one moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from throughline.analytics.intake.addresses import as_kept
from throughline.analytics.intake.held import CONTACT, IDENTIFIER, MEMBERSHIP, Belief, Held
from throughline.analytics.intake.memberships import STAYING
from throughline.analytics.linkage.exact import Index
from throughline.analytics.participation.identifiers import OWN_DIGITS
from throughline.apps.accounts.models import User
from throughline.apps.exchange.comparing import Compared, Comparison
from throughline.apps.exchange.models import Delivery
from throughline.apps.exchange.register import MODELS, person_of, undone
from throughline.apps.learners.actions.believing import CHANGED_MEANWHILE, cease, hold
from throughline.apps.learners.models import Address, Contact, Fact, Learner, Particulars, Source
from throughline.apps.learners.numbers import HIGHEST, lowest_free
from throughline.apps.learners.places import districts_at
from throughline.apps.organisations.actions.amending import RefusedError

_AT_ONCE = 500
_KNOWN_BY = "young_persons_id"


def source_of(delivery: Delivery, by: User | None, moment: datetime) -> Source:
    """The source that all of a delivery is held from."""
    kind = Source.Kind.RETURN if delivery.is_return else Source.Kind.IMPORT
    return Source.objects.create(area=delivery.area, kind=kind, name=delivery.name[:200], reference=delivery.digest,
                                 at=moment, made_by=by, lists_a_place=delivery.lists_a_place)


class Numbers:
    """The numbers of an authority's learners that are free, handed out once each.

    Whoever the return knows by a number keeps it where it is free; expecting makes sure that it is not given to another. Of
    whoever was added by a file that was undone nothing is believed: they are brought back under the number that was theirs.
    """

    def __init__(self, area: str) -> None:
        self._area = area
        self._expected: set[int] = set()
        self._lowest = 0
        self._back: set[int] = set()

    @cached_property
    def _taken(self) -> set[int]:
        return set(Learner.objects.filter(area=self._area).values_list("number", flat=True))

    @cached_property
    def _highest(self) -> int:
        return max(self._taken | self._expected, default=0)

    @cached_property
    def _undone(self) -> Index:
        return undone(self._area)

    def expecting(self, rows: Iterable[Compared]) -> Iterator[Compared]:
        """The rows as they came, before any number is handed out; those that they know people by are left to those."""
        for row in rows:
            if row.said:
                self._expected.add(_number(row.said.identifiers.get(_KNOWN_BY, "")))
            yield row

    def learner_of(self, held: Held) -> int | None:
        """Whoever somebody new was before the file that added them was undone, by their number in the database; each once."""
        found = self._undone.find(person_of(held)).learner
        if found is None or found in self._back:
            return None
        self._back.add(found)
        return found

    def of(self, held: Held) -> int:
        """The number of somebody new."""
        printed = next((one.values["value"] for one in held.of(IDENTIFIER) if one.values["scheme"] == _KNOWN_BY), "")
        number = _number(printed)
        if not number or number in self._taken:
            number = self._next()
        self._highest = max(self._highest, number)
        self._taken.add(number)
        return number

    def _next(self) -> int:
        if self._highest < HIGHEST:
            return self._highest + 1
        self._lowest = lowest_free(self._taken, self._expected, since=self._lowest + 1)
        return self._lowest


def _number(printed: str) -> int:
    return int(printed[-OWN_DIGITS:]) if len(printed) > OWN_DIGITS and printed.isdecimal() else 0


def apply(delivery: Delivery, comparison: Comparison, *, by: User | None, moment: datetime, numbers: Numbers) -> dict[int, int]:
    """Put a comparison into the register, and the learners' numbers into its rows; the caller has begun a transaction.

    Answers the number in the database of everybody who was added, by the number they had in the comparison. Raises
    RefusedError when somebody changed meanwhile what was compared, and django.db.IntegrityError likewise.
    """
    added = _add(delivery.area, comparison, moment, numbers)
    for row in comparison.rows:
        row.key = added.get(row.key, row.key) if row.key is not None else None
    ceasing = [_made(belief, key) for key in comparison.after if key > 0 for belief in comparison.ceased(key)]
    ceasing += [Particulars(pk=comparison.before[key].details_key) for key in comparison.amended()
                if comparison.before[key].details_key]
    if cease(ceasing, moment) != len(ceasing):
        raise RefusedError(CHANGED_MEANWHILE)
    coming = [_made(as_kept(belief, comparison.before[key]), added.get(key, key), delivery.area)
              for key in comparison.after for belief in comparison.came(key)]
    _place([fact for fact in coming if isinstance(fact, Address)])
    coming += [Particulars(learner_id=added.get(key, key), **comparison.after[key].details) for key in comparison.amended()]
    hold(coming, by=by, moment=moment, source=delivery.source)
    _keep_as_they_belong(comparison)
    return added


def _add(area: str, comparison: Comparison, moment: datetime, free: Numbers) -> dict[int, int]:
    """Everybody new, under a number of the authority; answers the number in the database of each."""
    new = {key: held for key, held in comparison.after.items() if key < 0}
    back = {key: learner for key, held in new.items() if (learner := free.learner_of(held)) is not None}
    made = {key: Learner(area=area, number=free.of(held), added_at=moment, left_on=_left_on(held), **held.details)
            for key, held in new.items() if key not in back}
    Learner.objects.bulk_create(made.values(), batch_size=2_000)
    _bring_back({learner: new[key] for key, learner in back.items()}, moment)
    return {**back, **{key: learner.pk for key, learner in made.items()}}


def _bring_back(held: Mapping[int, Held], moment: datetime) -> None:
    """Learners who were added before, and of whom nothing is believed since, as added at this moment."""
    keys = list(held)
    for first in range(0, len(keys), _AT_ONCE):
        people = list(Learner.objects.filter(pk__in=keys[first:first + _AT_ONCE]))
        for learner in people:
            learner.added_at, learner.left_on, learner.kept_until = moment, _left_on(held[learner.pk]), None
        Learner.objects.bulk_update(people, ["added_at", "left_on", "kept_until"])


def _made(belief: Belief, learner: int, area: str = "") -> Fact:
    """A belief as the register keeps it."""
    model, names = MODELS[belief.kind]
    if belief.key is not None:
        return model(pk=belief.key)
    values: dict[str, Any] = {name: belief.values[name] for name in names if name in belief.values}
    if belief.kind == MEMBERSHIP:
        values["area"] = area
    if belief.kind == CONTACT:
        values |= {"who": Contact.Who.SELF, "note": "From a list"}
    return model(learner_id=learner, **values)


def _place(addresses: Sequence[Address]) -> None:
    """Let addresses that no file says a district of lie in their postcode's."""
    lies = districts_at({one.postcode for one in addresses if not one.district})
    for one in addresses:
        one.district = one.district or lies.get(one.postcode, "")


def _keep_as_they_belong(comparison: Comparison) -> None:
    """When those left the cohort who were in the register already and joined or left."""
    keys = [key for key, held in comparison.after.items()
            if key > 0 and held.of(MEMBERSHIP) != comparison.before[key].of(MEMBERSHIP)]
    for first in range(0, len(keys), _AT_ONCE):
        people = list(Learner.objects.filter(pk__in=keys[first:first + _AT_ONCE]))
        for learner in people:
            learner.left_on, learner.kept_until = _left_on(comparison.after[learner.pk]), None
        Learner.objects.bulk_update(people, ["left_on", "kept_until"])


def _left_on(held: Held) -> date | None:
    """When a learner left the cohort; None while they belong to it."""
    ours = sorted(held.of(MEMBERSHIP), key=lambda one: one.day("starts"))
    if not ours or any(one.values["ends"] is None and one.values["status"] in STAYING for one in ours):
        return None
    return ours[-1].day("starts")
