"""The invented districts, schools, colleges and providers: as many as a register of that size would have."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

import numpy as np
import pyarrow as pa

from throughline.analytics.synthetic.draws import Ints, stream
from throughline.analytics.synthetic.settings import Settings
from throughline.analytics.synthetic.tables import DISTRICT, PROVIDER, SCHOOL

_YEAR_GROUP = 170  # pupils in a year group of one secondary school
_COUNTED = {"special": 900, "alternative": 900, "sixth_form_college": 2400, "further_education": 1900, "specialist": 2400,
            "training": 500}  # one for so many of a year group, and at least so many:
_LEAST = {"secondary": 2, "special": 1, "alternative": 1, "sixth_form_college": 1, "further_education": 1, "specialist": 1,
          "training": 2}
_NUMBERS = {"secondary": 4000, "special": 7000, "alternative": 1100, "sixth_form_college": 8600, "further_education": 8000,
            "specialist": 8800}
_ENDINGS = {"secondary": ("School", "Academy", "High School", "College"), "special": ("School",), "alternative": ("Centre",),
            "sixth_form_college": ("Sixth Form College",), "further_education": ("College",),
            "specialist": ("Specialist College",), "training": ("Training", "Skills", "Apprenticeships")}
_FIRST_UKPRN = 10099300  # beyond those that have been given


@dataclass(frozen=True)
class Institution:
    """A school, a college or a provider; home is a position in the list of districts and towns."""

    kind: str
    name: str
    home: int
    establishment: str | None
    ukprn: str | None
    sixth_form: bool


@dataclass(frozen=True)
class Places:
    """Everything that stands somewhere. of_kind gives positions in institutions; near those of a kind in each district."""

    institutions: tuple[Institution, ...]
    districts: tuple[str, ...]  # the district of each home
    towns: tuple[str, ...]
    sectors: tuple[str, ...]

    def of_kind(self, *kinds: str) -> Ints:
        """Positions of the institutions of some kinds."""
        return np.array([at for at, each in enumerate(self.institutions) if each.kind in kinds])

    def sixth_forms(self) -> Ints:
        """Positions of the schools that teach years 12 and 13."""
        return np.array([at for at, each in enumerate(self.institutions) if each.sixth_form and each.kind == "secondary"])

    def near(self, home: int) -> Ints:
        """Positions of the secondary schools in the district of a home; all of them where it has none."""
        district = self.districts[home]
        found = [at for at, each in enumerate(self.institutions)
                 if each.kind == "secondary" and self.districts[each.home] == district]
        return np.array(found) if found else self.of_kind("secondary")


def build_places(settings: Settings, seed: int, size: int, area: str) -> Places:
    """As many institutions as size learners of 14 to 24 need, their numbers beginning with area."""
    ages = settings.people["ages"]
    year_group = size * max(ages.values()) / sum(ages.values())
    counts = {kind: max(least, round(year_group / _COUNTED.get(kind, _YEAR_GROUP))) for kind, least in _LEAST.items()}
    chance = stream(seed, "places")
    homes = settings.lists["districts"]
    made: list[Institution] = []
    for kind, count in counts.items():
        for number, name in enumerate(islice(_names(settings, kind), count)):
            providers = sum(each.ukprn is not None for each in made)
            made.append(_institution(area, kind, number, name, int(chance.integers(len(homes))), providers))
    return Places(tuple(made), tuple(row["code"] for row in homes), tuple(row["town"] for row in homes),
                  tuple(row["sector"] for row in homes))


def _institution(area: str, kind: str, number: int, name: str, home: int, providers: int) -> Institution:
    establishment = f"{area}{_NUMBERS[kind] + number:04}" if kind in _NUMBERS else None
    has_provider = kind not in ("secondary", "special", "alternative")
    ukprn = str(_FIRST_UKPRN + providers) if has_provider else None
    return Institution(kind, name, home, establishment, ukprn, has_provider or (kind == "secondary" and number % 5 < 2))


def _names(settings: Settings, kind: str) -> Iterator[str]:
    """Names of a kind: those written for it, then as many as may be wanted."""
    yield from (row["name"] for row in settings.lists["institutions"] if row["kind"] == kind)
    towns = [row["town"] for row in settings.lists["districts"]]
    streets = [row["name"] for row in settings.lists["streets"]]
    for ending, town, street in product(_ENDINGS[kind], towns, streets):
        yield f"{street} {ending}, {town}"


def school_table(places: Places) -> pa.Table:
    """The schools and colleges as rows."""
    return SCHOOL.from_rows([
        {"establishment": each.establishment, "name": each.name, "kind": each.kind, "district": places.districts[each.home],
         "sixth_form": each.sixth_form, "ukprn": each.ukprn}
        for each in places.institutions if each.establishment
    ])


def provider_table(places: Places) -> pa.Table:
    """The colleges and providers as rows."""
    return PROVIDER.from_rows([
        {"ukprn": each.ukprn, "name": each.name, "kind": each.kind} for each in places.institutions if each.ukprn
    ])


def district_table(settings: Settings) -> pa.Table:
    """The districts as rows."""
    names = {row["code"]: row["name"] for row in settings.lists["districts"]}
    return DISTRICT.from_rows([{"district": code, "name": name} for code, name in names.items()])
