"""Which way somebody goes next: the weighted tables of histories.toml, bent by each one's risk and what they have."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from throughline.analytics.synthetic.draws import Floats, Ints, pick, pick_each, stream
from throughline.analytics.synthetic.groups import Groups
from throughline.analytics.synthetic.people import People, World
from throughline.analytics.synthetic.traits import Traits

STAY, NEET, NOT_KNOWN = 0, -1, -2
WORDS = {"stay": STAY, "neet": NEET, "not_known": NOT_KNOWN}
SETTINGS_OF_TABLES = {"share", "months", "weeks"}
_MOST_SHARE = 0.95
_WAITS = {"neet": (20, 95), "not_known": (25, 60), "custody": (56, 90)}  # days at least, and on average beyond
_WAIT = (30, 110)


class Ways:
    """The tables of a world, for the people of a part."""

    def __init__(self, world: World, people: People, traits: Traits, chance: np.random.Generator) -> None:
        self.world, self.people, self.traits, self.chance = world, people, traits, chance
        self.histories: Mapping[str, Any] = world.settings.histories
        self.groups = Groups(self.histories["groups"])
        self.agreed = np.array([615, 616])
        self._neet_risk, self._not_known_risk = self._risks()
        self._sixth_form = np.array([each.sixth_form for each in world.places.institutions])

    def _risks(self) -> tuple[Floats, Floats]:
        """How much likelier than others each is to be NEET, and to be lost from sight; around one."""
        rates, people = self.histories["risk"], self.people
        spread = rates["person_pull"]
        own = np.exp(spread * self.traits.disadvantage - spread**2 / 2) * self.traits.risk
        boys = np.array([code == "M" for code in self.world.codes("gender")])[people.gender]
        place = np.array([row["risk"] for row in self.world.settings.lists["districts"]])[people.home]
        own = own * np.where(boys, rates["boys"], 1) * place
        areas = stream(self.world.seed, "area risk")
        neet, lost = self._from_area(areas, "area_neet_spread"), self._from_area(areas, "area_not_known_spread")
        return np.minimum(own * neet, rates["most"]), np.minimum(np.sqrt(own) * lost, rates["most"])

    def _from_area(self, chance: np.random.Generator, name: str) -> Floats:
        """What somebody's authority multiplies: authorities differ where there are several, with a mean of one."""
        spread, count = self.histories["risk"][name], len(self.world.areas)
        return np.exp(chance.normal(-(spread**2) / 2, spread, count) * (count > 1))[self.people.area]

    def next_codes(self, table: Mapping[str, Any], who: Ints, year: int, on: Ints) -> Ints:
        """The next code of each, on a day of their own; STAY for those who go on as they are."""
        names = [name for name in table if name not in SETTINGS_OF_TABLES]
        weights = np.tile(np.array([table[name] for name in names], dtype=float), (len(who), 1))
        later = self.histories["risk"]["year_13"] if year > 1 else 1.0
        for column, name in enumerate(names):
            if name in ("neet", "530"):
                weights[:, column] *= self._neet_risk[who] * later
            elif name == "not_known":
                weights[:, column] *= self._not_known_risk[who] * later
            self._only_for_whoever_has(weights, column, name, who, on)
        chosen = np.array([WORDS.get(name) if name in WORDS else int(name) for name in names])[pick_each(self.chance, weights)]
        neet, lost = chosen == NEET, chosen == NOT_KNOWN
        chosen[neet] = self._neet_codes(who[neet], on[neet])
        chosen[lost] = self.plain_codes(self.histories["not_known"], int(lost.sum()))
        return chosen

    def plain_codes(self, table: Mapping[str, Any], count: int) -> Ints:
        """Codes of a table, the same for everybody."""
        names = [name for name in table if name not in SETTINGS_OF_TABLES]
        return np.array([int(name) for name in names])[pick(self.chance, [table[name] for name in names], count)]

    def _neet_codes(self, who: Ints, on: Ints) -> Ints:
        table = self.histories["neet"]
        weights = np.tile(np.array(list(table.values()), dtype=float), (len(who), 1))
        women = np.array([code == "F" for code in self.world.codes("gender")])[self.people.gender[who]]
        for column, name in enumerate(table):
            self._only_for_whoever_has(weights, column, name, who, on)
            if name == "650":
                weights[~women, column] = 0
        return np.array([int(name) for name in table])[pick_each(self.chance, weights)]

    def _only_for_whoever_has(self, weights: Floats, column: int, name: str, who: Ints, on: Ints) -> None:
        """What needs a characteristic is weighted for those who have it then and go on having it, and for no one else."""
        need = self.histories["needs"].get(name)
        if need is None:
            return
        has = (self.traits.starts[need["trait"]][who] <= on) & (on <= self.traits.ends[need["trait"]][who])
        weights[:, column] = np.where(has, need["at"], 0)

    def share_changing(self, group: str, table: Mapping[str, Any], who: Ints, year: int) -> Floats:
        """The share of those in a group who change within the year; those at risk leave sooner what is good for them."""
        share = np.full(len(who), float(table["share"]))
        if group in ("neet", "not_known", "custody"):
            return share
        later = self.histories["risk"]["year_13"] if year > 1 else 1.0
        return np.minimum(share * later * self._neet_risk[who] ** 0.8, _MOST_SHARE)

    def day_of_year(self, months: list[float], first: Ints) -> Ints:
        """A day of the academic year that begins on each first, as likely as its month's weight."""
        return first + 30 * pick(self.chance, months, len(first)) + self.chance.integers(0, 30, len(first))

    def wait(self, group: str, count: int) -> Ints:
        """Days until somebody in a group changes again."""
        least, beyond = _WAITS.get(group, _WAIT)
        return least + np.floor(self.chance.exponential(beyond, count)).astype(np.int64)

    def days_into_september(self, codes: Ints) -> Ints:
        """Days after 1 September on which something begins: schools first, work over the month, the rest at once."""
        groups = self.groups.of(codes)
        drawn = self.chance.random(len(codes))
        latest = np.select([groups == "education", np.isin(groups, ["neet", "not_known"])], [13, 1], 26)
        return np.floor(drawn * latest).astype(np.int64)

    def institutions(self, who: Ints, codes: Ints) -> Ints:
        """Where each goes, as a position in the institutions; -1 for nowhere."""
        at = np.full(len(who), -1)
        own = self.people.school[who]
        keeps = self._sixth_form[own] & (self.chance.random(len(who)) < 0.8)
        drawn = self.chance.random(len(who)) ** 1.5  # the first of a kind are the larger
        places = self.world.places
        for wanted, among in (
            ((210,), places.sixth_forms()), ((220,), places.of_kind("sixth_form_college")),
            ((230, 250), places.of_kind("further_education")), ((280,), places.of_kind("specialist")),
            ((310, 410, 430, 460, 530, 320), places.of_kind("training", "further_education")),
        ):
            here = np.isin(codes, wanted)
            at[here] = among[(drawn[here] * len(among)).astype(np.int64)]
        return np.where((codes == 210) & keeps, own, at)
