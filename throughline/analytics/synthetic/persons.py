"""The invented people's names, addresses, numbers and parents: what the files about them print."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from throughline.analytics.synthetic.draws import Ints, birthdays, pick, stream
from throughline.analytics.synthetic.identifiers import learner_numbers, pupil_numbers
from throughline.analytics.synthetic.people import People, World, entry_years
from throughline.analytics.synthetic.stays import Stays
from throughline.analytics.synthetic.tables import CONTACT, PERSON
from throughline.analytics.synthetic.traits import Traits

POSTCODE_AREA = "QX"  # no real area
INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # letters that postcodes use after the digit
UNITS = 9  # figures that a postcode of ours may have there
_PHONES = 1000  # 07700 900000 to 900999 are kept for fiction
_FLATS = 0.12
_LATEST_NUMBER = 180
_GUARANTEES, _GUARANTEE_WEIGHTS = ("110", "120", "122", "123", "124", "140", "150", "151", "153", "154", "159"), (
    905, 18, 12, 3, 8, 5, 8, 6, 6, 6, 23)
_INTENDED, _INTENDED_WEIGHTS = ("111", "121", "211", "311", "321", "411", "511", "611"), (800, 10, 20, 70, 10, 15, 45, 30)
_CARERS, _CARER_WEIGHTS = ("mother", "father", "grandparent", "guardian", "foster carer"), (78, 13, 4, 3, 2)


def person_table(world: World, people: People, traits: Traits, stays: Stays, part: int) -> pa.Table:
    """Who the people of a part are."""
    chance = stream(world.seed, "persons", part)
    rates, count = world.settings.people["households"], len(people)
    origin = _origins(world, people, part)
    given, middle = _given_names(world, people.gender, origin, chance), _given_names(world, people.gender, origin, chance)
    family, other = _family_names(world, people, origin, part), _own_family_names(world, origin, chance)
    now = _addresses(world, people, people.home, "addresses", part)
    before = _addresses(world, people, people.former_home, "former addresses", part)
    stayed = people.moved > world.last_day
    has_uln = (people.year_11 - 2 <= world.until.year) & (chance.random(count) >= rates["no_uln"])
    asked = birthdays(people.born, 16) <= world.last_day + 366
    columns = {
        "learner": pa.array(people.learner, pa.int32()),
        "given": given,
        "middle": _unless(middle, (chance.random(count) >= rates["middle_name"]) | _same(middle, given)),
        "family": family,
        "former_family": _unless(other, (chance.random(count) >= rates["former_name"]) | _same(other, family)),
        **dict(zip(("line_1", "line_2", "town", "postcode"), now, strict=True)),
        **{f"former_{name}": _unless(line, stayed)
           for name, line in zip(("line_1", "line_2", "town", "postcode"), before, strict=True)},
        "upn": _unless(pa.array(pupil_numbers(world.number, people.learner, entry_years(people))),
                       chance.random(count) < rates["no_upn"]),
        "uln": _unless(pa.array(learner_numbers(people.learner)), ~has_uln),
        "phone": _phones(chance, count),
        "email": _emails(given, people, chance),
        "transferred_to": _unless(pa.array(stays.to.tolist()), (stays.to == "") | (stays.left >= world.last_day)),
        "guarantee": _unless(_chosen(chance, _GUARANTEES, _GUARANTEE_WEIGHTS, count), ~asked),
        "intended": _unless(_chosen(chance, _INTENDED, _INTENDED_WEIGHTS, count), ~asked),
        "level_of_need": pa.array(np.select([traits.risk > 2.2, traits.risk > 1.3], ["1", "2"], "3").tolist()),
    }
    return pa.table(columns, schema=PERSON.arrow_schema)


def _unless(of: pa.Array, missing: np.ndarray) -> pa.Array:
    """The values, none where missing."""
    return pc.if_else(pa.array(~missing), of, pa.scalar(None, of.type))


def _same(one: pa.Array, other: pa.Array) -> np.ndarray:
    return pc.equal(one, other).to_numpy(zero_copy_only=False)


def _chosen(chance: np.random.Generator, values: Sequence[str], weights: Sequence[float], count: int) -> pa.Array:
    return pa.array(values).take(pa.array(pick(chance, weights, count)))


def _origins(world: World, people: People, part: int) -> Ints:
    """Where each family's names come from, as a position in the origins."""
    chance = stream(world.seed, "origins", part)
    names, groups = _origin_names(world), world.codes("ethnic_group")
    weights = np.zeros((len(groups), len(names)))
    for row in world.settings.lists["origins"]:
        weights[groups.index(row["ethnic_group"]), names.index(row["origin"])] = row["weight"]
    reached = np.cumsum(weights, axis=1)
    drawn = chance.random(int(people.household[-1]) + 1)[people.household]
    of = reached[people.ethnic_group]
    return (of <= (drawn * of[:, -1])[:, None]).sum(axis=1)


def _origin_names(world: World) -> list[str]:
    return sorted({row["origin"] for row in world.settings.lists["family_names"]})


def _given_names(world: World, gender: Ints, origin: Ints, chance: np.random.Generator) -> pa.Array:
    """A given name for each: those first in the list are the commonest."""
    rows, codes = world.settings.lists["given_names"], world.codes("gender")
    chosen = np.zeros(len(gender), dtype=np.int64)
    drawn = chance.random(len(gender)) ** 1.4
    for at, name in enumerate(_origin_names(world)):
        for which, code in enumerate(codes):
            fits = [number for number, row in enumerate(rows)
                    if row["origin"] == name and (row["gender"] in ("", code) or code not in ("F", "M"))]
            _fill(chosen, (origin == at) & (gender == which), fits, drawn)
    return pa.array([row["name"] for row in rows]).take(pa.array(chosen))


def _fill(chosen: Ints, here: np.ndarray, among: list[int], drawn: np.ndarray) -> None:
    chosen[here] = np.array(among)[(drawn[here] * len(among)).astype(np.int64)]


def _family_names(world: World, people: People, origin: Ints, part: int) -> pa.Array:
    """One family name for each household."""
    chance = stream(world.seed, "families", part)
    return _by_origin(world, origin, (chance.random(int(people.household[-1]) + 1) ** 1.2)[people.household])


def _own_family_names(world: World, origin: Ints, chance: np.random.Generator) -> pa.Array:
    return _by_origin(world, origin, chance.random(len(origin)))


def _by_origin(world: World, origin: Ints, drawn: np.ndarray) -> pa.Array:
    rows = world.settings.lists["family_names"]
    chosen = np.zeros(len(origin), dtype=np.int64)
    for at, name in enumerate(_origin_names(world)):
        _fill(chosen, origin == at, [number for number, row in enumerate(rows) if row["origin"] == name], drawn)
    return pa.array([row["name"] for row in rows]).take(pa.array(chosen))


def _addresses(world: World, people: People, home: Ints, name: str, part: int) -> Iterator[pa.Array]:
    """Two lines, town and postcode of each household; a street has the postcodes of its town."""
    chance = stream(world.seed, name, part)
    families = int(people.household[-1]) + 1
    streets = [row["name"] for row in world.settings.lists["streets"]]
    street = chance.integers(len(streets), size=families)[people.household]
    number = chance.integers(1, _LATEST_NUMBER, size=families)[people.household]
    flat = np.where(chance.random(families) < _FLATS, chance.integers(1, 30, families), 0)[people.household]
    number_text = pa.array(number).cast(pa.string())
    road = pc.binary_join_element_wise(number_text, pa.array(streets).take(pa.array(street)), " ")
    flats = pc.binary_join_element_wise("Flat", pa.array(flat).cast(pa.string()), " ")
    in_flat = pa.array(flat > 0)
    yield pc.if_else(in_flat, flats, road)
    yield pc.if_else(in_flat, road, pa.scalar(None, pa.string()))
    yield pa.array(world.places.towns).take(pa.array(home))
    letters = pa.array(list(INWARD))
    size = len(INWARD)
    sectors = pa.array([f"{POSTCODE_AREA}{sector} " for sector in world.places.sectors]).take(pa.array(home))
    yield pc.binary_join_element_wise(
        sectors, pa.array(1 + street % UNITS).cast(pa.string()), letters.take(pa.array(street // UNITS % size)),
        letters.take(pa.array(number // 20)), "",
    )


def _phones(chance: np.random.Generator, count: int) -> pa.Array:
    numbers = pa.array(900_000 + chance.integers(_PHONES, size=count)).cast(pa.string())
    return pc.binary_join_element_wise("07700", numbers, " ")


def _emails(given: pa.Array, people: People, chance: np.random.Generator) -> pa.Array:
    """given.number@example.org, for four in five; accents and whatever else is beyond a to z are left out."""
    bare = pc.utf8_normalize(given, form="NFD")  # each accent is a sign of its own
    plain = pc.replace_substring_regex(pc.utf8_lower(bare), "[^a-z]", "")
    address = pc.binary_join_element_wise(plain, pa.array(people.learner).cast(pa.string()), ".")
    return _unless(pc.binary_join_element_wise(address, "example.org", "@"), chance.random(len(people)) < 0.2)


def contact_table(world: World, people: People, part: int) -> pa.Table:
    """Parents and carers: one for everybody, a second for most; brothers and sisters have the same."""
    chance = stream(world.seed, "contacts", part)
    families = int(people.household[-1]) + 1
    origin = _origins(world, people, part)
    rows = []
    for order, share in ((1, 1.0), (2, world.settings.people["households"]["second_parent"])):
        relation = pick(chance, _CARER_WEIGHTS, families)[people.household] if order == 1 else np.ones(len(people), dtype=int)
        shared = np.where(relation == 1, 1, 0)
        given = _first_of_household(_given_names(world, shared, origin, chance), people)
        family = _family_names(world, people, origin, part)
        phones = _first_of_household(_phones(chance, len(people)), people)
        there = np.flatnonzero((chance.random(families) < share)[people.household])
        rows.append(pa.table({
            "learner": pa.array(people.learner, pa.int32()),
            "order": pa.array([order] * len(people), pa.int32()),
            "name": pc.binary_join_element_wise(given, family, " "),
            "relation": pa.array(_CARERS).take(pa.array(relation)),
            "phone": phones,
        }, schema=CONTACT.arrow_schema).take(pa.array(there)))
    return pa.concat_tables(rows).sort_by([("learner", "ascending"), ("order", "ascending")])


def _first_of_household(of: pa.Array, people: People) -> pa.Array:
    """The value of the first of each household, for all of it."""
    _, firsts = np.unique(people.household, return_index=True)
    return of.take(pa.array(firsts[people.household]))
