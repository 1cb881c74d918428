"""Somebody's record of the return as a file would have it, composed of what is held as that of the register is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from throughline.analytics.formats.nccis.record import Record
from throughline.analytics.intake.held import IDENTIFIER, Belief, Held
from throughline.analytics.participation.identifiers import in_own_digits, young_persons_id_fault
from throughline.analytics.participation.tables import EHC_PLAN
from throughline.apps.exchange.register import MODELS
from throughline.apps.learners.confirmed import Days
from throughline.apps.learners.identified import Returned, database_id
from throughline.apps.learners.models import Activity, Fact, Trait
from throughline.apps.learners.numbers import HIGHEST
from throughline.apps.learners.returned import Composed

_KINDS = {model: kind for kind, (model, _) in MODELS.items()}
_NOT_YET = float("inf")  # in the place of the number of a belief that is still to be added


def records_as_held(area: str, month_end: date, people: Mapping[int, Held]) -> dict[int, Record]:
    """The records with which people who are held so are returned for a month, by their keys; negative ones are of people still
    to be added. Without those whom the month does not return.
    """
    composed = Composed(area, month_end, _AsHeld(people, month_end), _NamedAsHeld(area, people))
    found = {key: composed.record(_Person(key, held.protected_address)) for key, held in people.items()}
    return {key: record for key, record in found.items() if record is not None}


@dataclass(frozen=True)
class _Person:
    """Somebody as the record of a learner asks for them; no month has told that they left."""

    pk: int
    protected_address: bool
    return_number: str = ""


class _AsHeld:
    """What is believed of people, of plain values, as the records of a month are composed of it."""

    def __init__(self, people: Mapping[int, Held], end: date) -> None:
        self._people, self._end = people, end
        self._by_kind: dict[str, list[tuple[int, Belief]]] = defaultdict(list)
        for key, held in people.items():
            for belief in held.beliefs:
                self._by_kind[belief.kind].append((key, belief))

    def particulars(self) -> Iterable[Any]:
        return (SimpleNamespace(learner_id=key, **held.details) for key, held in self._people.items() if held.details["born"])

    def rows(self, model: type[Fact], *names: str, **only: Any) -> Iterable[tuple[Any, ...]]:
        unsaid = [model._meta.get_field(name).get_default() for name in names]
        for key, values in self._of(model, **only):
            if model is Activity or values["starts"] <= self._end <= (values["ends"] or date.max):
                yield key, *(values.get(name, default) for name, default in zip(names, unsaid, strict=True))

    def rejoined(self) -> Iterable[tuple[int, date]]:
        return ()  # it is asked only of those of whom another month told that they left, and none is said to have

    def plans(self) -> Iterable[tuple[int, date, date | None]]:
        return ((key, values["starts"], values["ends"]) for key, values in self._of(Trait, trait=EHC_PLAN))

    def confirmed_before(self) -> Iterable[tuple[int, date, Days]]:
        return ()  # what a file would make of somebody is no earlier belief

    def _of(self, model: type[Fact], **only: Any) -> list[tuple[int, Mapping[str, Any]]]:
        """The beliefs of a kind with these values, in the order in which they began; each with its learner's key."""
        beliefs = self._by_kind[_KINDS[model]]
        found = [(belief.day("starts"), belief.key or _NOT_YET, key, belief.values) for key, belief in beliefs
                 if all(belief.values.get(name) == value for name, value in only.items())]
        return [(key, values) for _, _, key, values in sorted(found, key=lambda each: each[:2])]


class _NamedAsHeld:
    """How the return would name people: as it does those who are in the register, others by a number that is nobody's."""

    def __init__(self, area: str, people: Mapping[int, Held]) -> None:
        self._people, self._database = people, database_id(area)

    def identifier(self, learner: Returned) -> str:
        held = self._people[learner.pk]
        if written := held.returned_by.get("young_persons_id"):
            return written
        said = next((one.values["value"] for one in held.of(IDENTIFIER) if one.values["scheme"] == "young_persons_id"), "")
        ours = said.startswith(self._database) and not young_persons_id_fault(said)
        return said if ours else self._database + in_own_digits(HIGHEST + learner.pk)

    def previous(self, learner: Returned, written: str) -> str:
        return self._people[learner.pk].returned_by.get("previous_young_persons_id", "")
