"""Who has which characteristics, from when until when; hidden disadvantage makes them fall together, as in life."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from throughline.analytics.participation.tables import EHC_PLAN, SEN_SUPPORT, TRAIT
from throughline.analytics.synthetic.draws import NEVER, Floats, Ints, birthdays, days, stream
from throughline.analytics.synthetic.people import People, World

LOOKED_AFTER, PARENT, YOUTH_JUSTICE, PREGNANT, CARE_LEAVER, ALTERNATIVE = "110", "120", "170", "180", "160", "200"
_PLAN_MAY_END = 3  # years after year 11: at 18 for the first time
_MOST = 0.9


@dataclass(frozen=True)
class Traits:
    """First and last days by characteristic, one position a learner; NEVER for what never began, or has not ended.

    disadvantage is the hidden one, with a mean of nought. risk is what the characteristics multiply.
    """

    starts: dict[str, Ints]
    ends: dict[str, Ints]
    disadvantage: Floats
    risk: Floats

    def has(self, trait: str) -> np.ndarray:
        """Who ever has it."""
        return self.starts[trait] < NEVER

    def holds(self, trait: str, on: Ints) -> np.ndarray:
        """Who has it on a day of their own."""
        return (self.starts[trait] <= on) & (on <= self.ends[trait])


def draw_traits(world: World, people: People, part: int) -> Traits:
    """The characteristics of a part of the register."""
    chance = stream(world.seed, "traits", part)
    hidden = chance.normal(size=len(people))
    starts, ends, risk = {}, {}, np.ones(len(people))
    for rule in world.settings.people["trait"]:
        code = rule["code"]
        has = chance.random(len(people)) < _shares(world, people, rule, hidden)
        begun = people.born + np.floor(365.25 * chance.uniform(rule["from"][0], rule["from"][1] + 1, len(people))).astype(int)
        ended = begun + round(30.4 * rule["months"]) if rule["months"] else np.full(len(people), NEVER)
        starts[code], ends[code] = np.where(has, begun, NEVER), np.where(has, ended, NEVER)
        risk[has] *= rule["risk"]
    _settle_plans(world, people, starts, ends, chance)
    _settle_care(people, starts, ends)
    starts[ALTERNATIVE] = np.where(starts[ALTERNATIVE] < NEVER, days(people.year_11, 9, 1) - 200, NEVER)
    ends[ALTERNATIVE] = np.where(starts[ALTERNATIVE] < NEVER, days(people.year_11 + 1, 8, 31), NEVER)
    starts[PREGNANT], ends[PREGNANT] = np.full(len(people), NEVER), np.full(len(people), NEVER)
    return Traits(starts, ends, hidden, risk)


def _shares(world: World, people: People, rule: dict, hidden: Floats) -> Floats:
    """How likely each is to have a characteristic; its mean over everybody is the share of the rule."""
    share = rule["share"] * np.exp(rule["pull"] * hidden - rule["pull"] ** 2 / 2)
    if "genders" in rule:
        codes, among = world.codes("gender"), rule["genders"]
        share = share * np.array([2 * among.count(code) / len(among) for code in codes])[people.gender]
    return np.minimum(share, _MOST)


def _settle_plans(world: World, people: People, starts: dict, ends: dict, chance: np.random.Generator) -> None:
    """Plans end at the end of an academic year, from 18 on; support is for those without one, while they are at school."""
    kept = world.settings.people["plan"]["kept_each_year"]
    years = np.minimum(chance.geometric(1 - kept, len(people)) - 1 + _PLAN_MAY_END, 10)
    has_plan = starts[EHC_PLAN] < NEVER
    ends[EHC_PLAN] = np.where(has_plan, days(people.year_11 + years, 8, 31), NEVER)
    supported = (starts[SEN_SUPPORT] < NEVER) & ~has_plan
    starts[SEN_SUPPORT] = np.where(supported, starts[SEN_SUPPORT], NEVER)
    ends[SEN_SUPPORT] = np.where(supported, days(people.year_11 + _PLAN_MAY_END, 8, 31), NEVER)


def _settle_care(people: People, starts: dict, ends: dict) -> None:
    """Whoever is looked after is so until the day before their 18th birthday, and a care leaver from then on."""
    grown = birthdays(people.born, 18)
    looked_after = starts[LOOKED_AFTER] < NEVER
    ends[LOOKED_AFTER] = np.where(looked_after, grown - 1, NEVER)
    starts[CARE_LEAVER] = np.where(looked_after, grown, NEVER)
    ends[CARE_LEAVER] = np.full(len(people), NEVER)


def schools_by_need(world: World, people: People, traits: Traits, part: int) -> Ints:
    """Where each is at school: some with a plan at special schools, those in alternative provision there."""
    chance = stream(world.seed, "schools by need", part)
    special, alternative = world.places.of_kind("special"), world.places.of_kind("alternative")
    drawn, chosen = chance.random(len(people)), chance.random(len(people))
    share = world.settings.people["plan"]["at_special_schools"]
    return np.select(
        [traits.has(ALTERNATIVE), traits.has(EHC_PLAN) & (chosen < share)],
        [alternative[(drawn * len(alternative)).astype(np.int64)], special[(drawn * len(special)).astype(np.int64)]],
        people.school,
    )


def trait_table(world: World, people: People, traits: Traits) -> pa.Table:
    """The characteristics as rows, those that have begun by the last day; what ends later has not ended."""
    last = world.last_day
    parts = []
    for code in sorted(traits.starts):
        who = np.flatnonzero(traits.starts[code] <= last)
        ended = traits.ends[code][who]
        parts.append(pa.table({
            "learner": pa.array(people.learner[who], pa.int32()),
            "trait": pa.array([code] * len(who), pa.string()),
            "starts": as_dates(traits.starts[code][who]),
            "ends": as_dates(ended, ended > last),
        }, schema=TRAIT.arrow_schema))
    return pa.concat_tables(parts).sort_by([("learner", "ascending"), ("trait", "ascending")])


def as_dates(of: Ints, missing: np.ndarray | None = None) -> pa.Array:
    """Days as dates of Arrow; none where missing."""
    return pa.array(of.astype(np.int32), pa.int32(), mask=missing).cast(pa.date32())
