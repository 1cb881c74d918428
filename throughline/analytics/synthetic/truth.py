"""Writes the truth about an invented authority, a part of the register at a time, as Parquet."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from throughline.analytics.participation.tables import ACTIVITY, HOME, LEARNER, MEMBERSHIP, TRAIT
from throughline.analytics.synthetic.histories import draw_histories, in_order, reality
from throughline.analytics.synthetic.news import activity_table, draw_beliefs
from throughline.analytics.synthetic.people import World, draw_people, learner_table
from throughline.analytics.synthetic.persons import contact_table, person_table
from throughline.analytics.synthetic.places import district_table, provider_table, school_table
from throughline.analytics.synthetic.stays import draw_stays, home_table, membership_table
from throughline.analytics.synthetic.tables import CONTACT, DISTRICT, PERSON, PROVIDER, REALITY, SCHOOL
from throughline.analytics.synthetic.traits import draw_traits, schools_by_need, trait_table
from throughline.analytics.warehouse.tables import Table

PART = 50_000  # learners drawn and written at a time
_SMALL = (DISTRICT, SCHOOL, PROVIDER)
_LARGE = (LEARNER, MEMBERSHIP, TRAIT, HOME, ACTIVITY)
_NAMED = (PERSON, CONTACT, REALITY)


def write_truth(world: World, size: int, folder: Path, named: bool, done: Callable[[float], None]) -> dict[str, int]:
    """Write every table of the truth into folder; the rows written of each. done is told the share of them that are.

    Without named, the tables that only files are made from are left out: what counts people needs none.
    """
    small = (district_table(world.settings), school_table(world.places), provider_table(world.places))
    for declared, rows in zip(_SMALL, small, strict=True):
        pq.write_table(rows, folder / f"{declared.name}.parquet", compression="zstd")
    counts = {declared.name: rows.num_rows for declared, rows in zip(_SMALL, small, strict=True)}
    declared_tables = (*_LARGE, *_NAMED) if named else _LARGE
    with ExitStack() as files:
        writers = {declared.name: files.enter_context(_writer(folder, declared)) for declared in declared_tables}
        for part, first in enumerate(range(0, size, PART)):
            count = min(PART, size - first)
            for name, rows in _part(world, part, first + 1, count, named):
                writers[name].write_table(rows)
                counts[name] = counts.get(name, 0) + rows.num_rows
            done((first + count) / size)
    return counts


def _writer(folder: Path, declared: Table) -> pq.ParquetWriter:
    return pq.ParquetWriter(folder / f"{declared.name}.parquet", declared.arrow_schema, compression="zstd")


def _part(world: World, part: int, first: int, count: int, named: bool) -> Iterator[tuple[str, pa.Table]]:
    """The tables of one part, by name."""
    people = draw_people(world, part, first, count)
    traits = draw_traits(world, people, part)
    people = replace(people, school=schools_by_need(world, people, traits, part))
    histories = draw_histories(world, people, traits, part)
    stays = draw_stays(world, people, traits, part)
    begun = in_order(histories, world.last_day)
    beliefs = draw_beliefs(world, people, stays, begun, part)
    yield LEARNER.name, learner_table(world, people)
    yield MEMBERSHIP.name, membership_table(world, people, stays, part)
    yield TRAIT.name, trait_table(world, people, traits)
    yield HOME.name, home_table(world, people)
    yield ACTIVITY.name, activity_table(world, people, beliefs)
    if named:
        yield PERSON.name, person_table(world, people, traits, stays, part)
        yield CONTACT.name, contact_table(world, people, part)
        yield REALITY.name, reality(world, people, traits, begun, part)
