"""Fills the register of a demonstration with the invented authority's true learners, from the tables it was made with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from throughline.analytics.participation.tables import REGISTER
from throughline.analytics.synthetic.postcodes import POSTCODES
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.demonstration import NotDemonstrationError
from throughline.apps.accounts.models import User
from throughline.apps.learners.actions.believing import ROOM
from throughline.apps.learners.actions.postcodes import load_postcodes
from throughline.apps.learners.models import (
    Activity,
    Address,
    Contact,
    Fact,
    Identifier,
    Learner,
    LevelOfNeed,
    Membership,
    Name,
    Particulars,
    Source,
    Span,
    Trait,
)
from throughline.apps.learners.models.membership import IN_COHORT

PERSON = "person"
_LEARNT_AT = time(9)  # in the morning
_SOURCE = "The invented authority as it truly is"
_AT_ONCE = 5_000
Rows = dict[int, list[dict[str, Any]]]


def fill_from(folder: Path, *, area: str, by: User | None = None) -> int:
    """Fill an authority's register from the Parquet files of a folder: one for each table of REGISTER, and person.parquet.

    The folder's postcodes.csv, where there is one, becomes the directory of postcodes.
    """
    if settings.DEMONSTRATION and (directory := folder / POSTCODES).exists():
        load_postcodes(by=by, path=directory, name=_SOURCE)
    names = [*(table.name for table in REGISTER), PERSON]
    return fill(area=area, tables={name: pq.read_table(folder / f"{name}.parquet") for name in names}, by=by)


@transaction.atomic
def fill(*, area: str, tables: Mapping[str, pa.Table], by: User | None = None) -> int:
    """Fill an authority's empty register; answers how many learners it has then. One that has learners is left alone.

    tables are those of REGISTER by name, and person: learner, given, middle, family, line_1 to line_4, town, county,
    postcode, upn, uln, phone, email, level_of_need, of which those after family may be absent or empty. A learner's number in
    the register is the one they have there. What holds of them is known from the day it began, and its end from the day after.
    Raises NotDemonstrationError on any other installation.
    """
    if not settings.DEMONSTRATION:
        raise NotDemonstrationError
    if held := Learner.objects.filter(area=area).count():
        return held
    now = timezone.now()
    source = Source.objects.create(area=area, kind=Source.Kind.IMPORT, name=_SOURCE, made_by=by)
    memberships, homes = _by_learner(tables["membership"]), _by_learner(tables["home"])
    born = [_particulars(row) for row in tables["learner"].to_pylist()]
    keys = _learners(area, born, memberships)
    people = {row["learner"]: row for row in tables[PERSON].to_pylist()}
    joined = {number: min(span["starts"] for span in spans) for number, spans in memberships.items()}
    # By key: setting the objects themselves on some hundred thousand rows takes seconds.
    shared = {"source_id": source.pk, "recorded_by_id": by.pk if by else None}
    particulars = (Particulars(learner_id=keys[number], known_from=min(_morning(joined[number]), now), **said)
                   for number, said in born)
    spans = (
        _names(keys, people, joined), _memberships(keys, memberships), _homes(keys, people, homes),
        _traits(keys, _by_learner(tables["trait"])), _needs(keys, people, joined), _identifiers(keys, people, joined),
        _contacts(keys, people, joined),
    )
    for facts in (particulars, *(_as_learnt(each, now) for each in spans), _activities(keys, tables["activity"])):
        _add(facts, shared)
    record(by=by, verb="loaded", room=ROOM, subject=("learners", area, "Learners"), detail={"learners": [0, len(keys)]})
    return len(keys)


def _particulars(row: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
    """A learner's number, and what does not change with their life."""
    return row["learner"], {"born": row["born"], "gender": row["gender"], "ethnic_group": row["ethnic_group"],
                            "school_at_16": row.get("school_at_16") or ""}


def _learners(area: str, born: Sequence[tuple[int, dict[str, Any]]], memberships: Rows) -> dict[int, int]:
    """Each learner's number to their key; a leaver's record is kept no longer than the rule says."""
    Learner.objects.bulk_create((
        Learner(area=area, number=number, left_on=_left_on(memberships[number]), **said) for number, said in born
    ), batch_size=_AT_ONCE)
    return dict(Learner.objects.filter(area=area).values_list("number", "pk"))


def _left_on(spans: Sequence[Mapping[str, Any]]) -> date | None:
    belongs = any(span["ends"] is None for span in spans)
    return None if belongs or not spans else max(span["starts"] for span in spans)


def _names(keys: dict[int, int], people: dict[int, dict], joined: dict[int, date]) -> Iterator[Span]:
    for number, said in people.items():
        yield Name(learner_id=keys[number], given=said["given"], middle=said.get("middle") or "",
                   family=said["family"], starts=joined[number])


def _memberships(keys: dict[int, int], spans: Rows) -> Iterator[Span]:
    for number, held in spans.items():
        for span in held:
            yield Membership(learner_id=keys[number], area=span["area"], status=span["status"], starts=span["starts"],
                             ends=span["ends"])


def _homes(keys: dict[int, int], people: dict[int, dict], spans: Rows) -> Iterator[Span]:
    """Every home by its district, and the last by its address."""
    parts = ("line_1", "line_2", "line_3", "line_4", "town", "county", "postcode")
    for number, held in spans.items():
        last = max(span["starts"] for span in held)
        for span in held:
            said = people.get(number, {}) if span["starts"] == last else {}
            yield Address(learner_id=keys[number], district=span["district"] or "", starts=span["starts"], ends=span["ends"],
                          **{part: said.get(part) or "" for part in parts})


def _traits(keys: dict[int, int], spans: Rows) -> Iterator[Span]:
    for number, held in spans.items():
        for span in held:
            yield Trait(learner_id=keys[number], trait=span["trait"], starts=span["starts"], ends=span["ends"])


def _needs(keys: dict[int, int], people: dict[int, dict], joined: dict[int, date]) -> Iterator[Span]:
    for number, said in people.items():
        if level := said.get("level_of_need"):
            yield LevelOfNeed(learner_id=keys[number], level=level, starts=joined[number])


def _identifiers(keys: dict[int, int], people: dict[int, dict], joined: dict[int, date]) -> Iterator[Span]:
    for number, said in people.items():
        for scheme in (Identifier.Scheme.UPN, Identifier.Scheme.ULN):
            if value := said.get(scheme.value):
                yield Identifier(learner_id=keys[number], scheme=scheme, value=value, starts=joined[number])


def _contacts(keys: dict[int, int], people: dict[int, dict], joined: dict[int, date]) -> Iterator[Span]:
    for number, said in people.items():
        phone, email = said.get("phone") or "", said.get("email") or ""
        if phone or email:
            yield Contact(learner_id=keys[number], phone=phone, email=email, starts=joined[number],
                          may_be_told=Contact.MayBeTold.EVERYTHING)


def _activities(keys: dict[int, int], table: pa.Table) -> Iterator[Fact]:
    """Every belief with when it was held, as the table says."""
    plain = ("code", "start", "ascertained", "verified", "review", "predicted_end", "known_from", "known_to")
    for row in table.to_pylist():
        yield Activity(learner_id=keys[row["learner"]], establishment=row["establishment"] or "", ukprn=row["provider"] or "",
                       **{name: row[name] for name in plain})


def _morning(day: date) -> datetime:
    """When what began on a day was learnt."""
    return timezone.make_aware(datetime.combine(day, _LEARNT_AT))


def _as_learnt(spans: Iterable[Span], now: datetime) -> Iterator[Span]:
    """Spans as they came to be known: from their first day on, one that has ended as going on until it had."""
    for span in spans:
        began = min(_morning(span.starts), now)
        ended = _morning(span.ends + timedelta(days=1)) if span.ends else now
        if span.ends and ended < now and not _ends_as_told(span):
            before = span.again(ends=None)
            before.known_from, before.known_to = began, ended
            yield before
            began = ended
        span.known_from = began
        yield span


def _ends_as_told(span: Span) -> bool:
    """Whether its end was known when it began: that of a leaver's status is."""
    return isinstance(span, Membership) and span.status != IN_COHORT


def _add(facts: Iterable[Fact], shared: Mapping[str, Any]) -> None:
    """Add beliefs of one kind in few statements, each with its source."""
    batch: list[Fact] = []
    for fact in facts:
        for name, value in shared.items():
            setattr(fact, name, value)
        batch.append(fact)
        if len(batch) == _AT_ONCE:
            type(fact).objects.bulk_create(batch)
            batch = []
    if batch:
        type(batch[0]).objects.bulk_create(batch)


def _by_learner(table: pa.Table) -> Rows:
    rows: Rows = defaultdict(list)
    for row in table.to_pylist():
        rows[row["learner"]].append(row)
    return rows
