"""Who the invented young people are: ages, families, homes, names and numbers, a part of the register at a time."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from throughline.analytics.participation.tables import LEARNER
from throughline.analytics.synthetic.draws import Floats, Ints, days, pick, stream
from throughline.analytics.synthetic.places import Places
from throughline.analytics.synthetic.settings import Settings
from throughline.core.ages import academic_year

YEAR_11_AGE = 15
_MOVES_WITHIN = 3652  # days before the last: the ten years from 14 to 24
_YEAR_OF_ENTRY = 11  # years between starting school and year 11


@dataclass(frozen=True)
class People:
    """A part of the register, one position a learner. Days are whole numbers; homes are positions in the list of them.

    year_11 is the year in which the academic year of year 11 began. household is shared by brothers and sisters.
    moved is the day of the last move, beyond the last day for whoever never moved. area is a position in areas.
    """

    learner: Ints
    born: Ints
    gender: Ints
    ethnic_group: Ints
    household: Ints
    year_11: Ints
    home: Ints
    former_home: Ints
    moved: Ints
    school: Ints
    area: Ints

    def __len__(self) -> int:
        return len(self.learner)


@dataclass(frozen=True)
class World:
    """What every part of one register shares. Nothing is known after until; areas are the authorities it is of.

    number is what invented establishment and pupil numbers begin with.
    """

    settings: Settings
    places: Places
    seed: int
    until: date
    areas: tuple[str, ...]
    number: str

    @property
    def last_day(self) -> int:
        """The last day that is known of."""
        return (self.until - date(1970, 1, 1)).days

    def codes(self, table: str) -> list[str]:
        """The codes of a table of weights of people.toml."""
        return list(self.settings.people[table])

    def weights(self, table: str) -> Floats:
        """Its weights."""
        return np.array(list(self.settings.people[table].values()), dtype=float)


def draw_people(world: World, part: int, first: int, count: int) -> People:
    """count people, numbered from first on."""
    chance = stream(world.seed, "people", part)
    rates = world.settings.people["households"]
    born, year_11 = _births(world, chance, count)
    alone = chance.random(count) >= rates["sibling"]
    alone[0] = True
    household = np.cumsum(alone) - 1
    same_year = np.append(False, year_11[1:] == year_11[:-1])  # nobody has a brother half a year older
    twins = np.flatnonzero(~alone & (same_year | (chance.random(count) < rates["twin"])))
    for twin in twins.tolist():  # in order: a third is born with the second
        born[twin], year_11[twin] = born[twin - 1], year_11[twin - 1]
    homes = world.settings.lists["districts"]
    families = household[-1] + 1
    home = pick(chance, [row["weight"] for row in homes], families)[household]
    last = world.last_day
    day = (last - np.floor(chance.random(families) * _MOVES_WITHIN)).astype(np.int64)[household]
    moving = (chance.random(families) < rates["moved"])[household] & (day > days(year_11 - 1, 10, 1))
    moved = np.where(moving, day, last + 1)
    return People(
        learner=np.arange(first, first + count),
        born=born,
        gender=pick(chance, world.weights("gender"), count),
        ethnic_group=pick(chance, world.weights("ethnic_group"), families)[household],
        household=household,
        year_11=year_11,
        home=home,
        former_home=np.where(moved > last, home, pick(chance, [row["weight"] for row in homes], families)[household]),
        moved=moved,
        school=_schools(world, chance, home),
        area=_areas(world, chance, families)[household],
    )


def _births(world: World, chance: np.random.Generator, count: int) -> tuple[Ints, Ints]:
    ages = np.array([int(age) for age in world.settings.people["ages"]])
    age = ages[pick(chance, world.weights("ages"), count)]
    year = academic_year(world.until)
    first = days(year - age - 1, 9, 1)
    born = first + (chance.random(count) * (days(year - age, 9, 1) - first)).astype(int)
    return born, year - age + YEAR_11_AGE


def _schools(world: World, chance: np.random.Generator, home: Ints) -> Ints:
    """A secondary school for each: three in four in their own district."""
    everywhere = world.places.of_kind("secondary")
    school = everywhere[chance.integers(len(everywhere), size=len(home))]
    drawn, stays = chance.random(len(home)), chance.random(len(home)) < 0.75
    for place in range(len(world.places.districts)):
        near = world.places.near(place)
        here = stays & (home == place)
        school[here] = near[(drawn[here] * len(near)).astype(int)]
    return school


def _areas(world: World, chance: np.random.Generator, families: int) -> Ints:
    """An authority for each family; some authorities are several times as large as others."""
    sizes = np.exp(stream(world.seed, "areas").normal(0, 0.6, len(world.areas)))
    return pick(chance, sizes, families)


def learner_table(world: World, people: People) -> pa.Table:
    """The learners as rows of the register."""
    genders, groups = pa.array(world.codes("gender")), pa.array(world.codes("ethnic_group"))
    establishments = pa.array([each.establishment for each in world.places.institutions])
    reached = people.year_11 <= academic_year(world.until)
    school = pa.array(people.school, mask=~reached)
    return pa.table({
        "learner": pa.array(people.learner, pa.int32()),
        "born": pa.array(people.born.astype(np.int32), pa.int32()).cast(pa.date32()),
        "gender": genders.take(pa.array(people.gender)),
        "ethnic_group": groups.take(pa.array(people.ethnic_group)),
        "school_at_16": establishments.take(school),
    }, schema=LEARNER.arrow_schema)


def entry_years(people: People) -> Ints:
    """The year in which each started school."""
    return people.year_11 - _YEAR_OF_ENTRY
