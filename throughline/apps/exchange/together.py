"""Which rows of a file hang together: what comes of one is decided beside what the others say.

Rows do that share a mark: whom they are about, a number, or a surname with a day of birth. By these somebody who is new is found
by later rows, and by these the rules of the return find that two people of a list clash.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from throughline.analytics.intake.said import from_json
from throughline.analytics.linkage.exact import IDENTIFIERS, spelt
from throughline.apps.exchange.models import Delivery, Row

Mark = tuple[str, Any]
_ABOUT, _NUMBER, _NAME = "about", "number", "name"
_AT_ONCE = 5_000  # marks of one question, which looks at every row of the file


def about(people: Iterable[int]) -> set[Mark]:
    """The marks of rows about some learners, by their numbers in the database."""
    return {(_ABOUT, key) for key in people}


def numbered(values: Iterable[str]) -> set[Mark]:
    """The marks of rows that say one of some numbers, of whatever scheme."""
    return {(_NUMBER, value) for value in values if value}


def named(families: Iterable[str], births: Iterable[date | str | None]) -> set[Mark]:
    """The marks of rows that say one of some surnames, however written, of somebody who was born on one of some days."""
    days = {str(born) for born in births if born}
    return {(_NAME, (name, born)) for name in {spelt(family) for family in families} - {""} for born in days}


def marks_of(row: Row) -> set[Mark]:
    """By what a row of its delivery hangs together with others."""
    own = _marks(row.learner_id, row.learner and row.learner.born, row.values)
    return _handed_on(row.delivery, row.learner_id, own)


def together(delivery: Delivery, marks: set[Mark], most: int | None = None) -> list[Row]:
    """The rows of a delivery that have some marks, those that hang together with them, with those, and so on, in the order of the
    file. Once they are more than most it goes no further, and answers one more than that.
    """
    found, seen, sought = set[int](), set[Mark](), marks
    while sought and (most is None or len(found) <= most):
        seen |= sought
        having = dict(_having(delivery, sought))
        found |= having.keys()
        sought = set[Mark]().union(*having.values()) - seen
    return list(delivery.rows.filter(pk__in=sorted(found)[:None if most is None else most + 1]).order_by("pk"))


def _having(delivery: Delivery, marks: set[Mark]) -> Iterator[tuple[int, set[Mark]]]:
    """The rows that have one of some marks, each with what it hands on."""
    every = list(marks)
    for first in range(0, len(every), _AT_ONCE):
        rows = delivery.rows.filter(_may_have(every[first:first + _AT_ONCE]))
        for key, learner, born, said in rows.values_list("pk", "learner_id", "learner__born", "values").iterator():
            own = _marks(learner, born, said)
            if not own.isdisjoint(marks):
                yield key, _handed_on(delivery, learner, own)


def _handed_on(delivery: Delivery, learner: int | None, own: set[Mark]) -> set[Mark]:
    """The marks of a row by which others are looked for: in a return, whose records are checked against each other as they are
    read, somebody who was found is by themselves. Nothing would come out otherwise by looking for their namesakes too; but a
    return is of everybody, and a change of a few would then have very many of its rows compared anew.
    """
    return about([learner]) if delivery.is_return and learner is not None else own


def _marks(learner: int | None, born: date | None, said: Mapping[str, Any]) -> set[Mark]:
    """The marks of a row that says this, about a learner who is held to be born on a day: all that they may be found by, so that
    names in one cell are taken either way.
    """
    person = from_json(said).person
    whose = about([]) if learner is None else about([learner])
    families = [person.family_name, *(family for _, family in person.former_names)]
    return whose | numbered((person.identifiers or {}).values()) | named(families, [born, person.born])


def _may_have(marks: Iterable[Mark]) -> Q:
    """Rows that may have one of some marks: how a surname is written is looked at afterwards."""
    values: dict[str, set[Any]] = {_ABOUT: set(), _NUMBER: set(), _NAME: set()}
    for kind, value in marks:
        values[kind].add(value)
    births = {born for _, born in values[_NAME]}
    having = Q(learner__in=values[_ABOUT]) | Q(values__born__in=births) | Q(learner__born__in=births)
    for scheme in IDENTIFIERS:
        having |= Q(**{f"values__identifiers__{scheme}__in": values[_NUMBER]})
    return having
