"""Which establishment a provider is, and what places are called, as the directory of schools has it."""

import duckdb

from throughline.analytics.warehouse.tables import SCHOOL
from throughline.apps.accounts.places import COLLEGE, only_establishments, place_names

PLACES = [  # provider, establishment, status
    ("10000001", "3584101", "open"),
    ("10000002", "3584102", "open"), ("10000002", "3584103", "open"),
    ("10000003", "3584104", "closed"), ("10000003", "3584105", "open"),
    ("10000004", "3584106", "closed"),
    ("10000005", None, "open"),
]


def test_a_provider_is_the_only_establishment_that_it_has_and_has_not_closed(settings, tmp_path):
    settings.WAREHOUSE = tmp_path / "schools.duckdb"
    with duckdb.connect(settings.WAREHOUSE) as made:
        made.register("rows", SCHOOL.from_rows([
            {"urn": str(100000 + at), "ukprn": ukprn, "laestab": laestab, "name": "A place", "area": "358", "status": status}
            for at, (ukprn, laestab, status) in enumerate(PLACES)]))
        made.execute("CREATE TABLE school AS FROM rows")
    asked = {ukprn for ukprn, *_ in PLACES} | {"10009999", ""}
    assert only_establishments(asked) == {"10000001": "3584101", "10000003": "3584105"}
    assert only_establishments(["10000003"]) == {"10000003": "3584105"}


def test_the_names_of_all_places_and_those_of_colleges(settings, tmp_path):
    settings.WAREHOUSE = tmp_path / "schools.duckdb"
    assert place_names() == frozenset()
    kinds = {"Marl Academy": "Academy converter", "Marl College": "Further education", "Sixth Marl": "Further Education sector",
             "Marl Training": None}
    with duckdb.connect(settings.WAREHOUSE) as made:
        made.register("rows", SCHOOL.from_rows([
            {"urn": str(100000 + at), "name": name, "type": kind, "area": "358", "status": "open"}
            for at, (name, kind) in enumerate(kinds.items())]))
        made.execute("CREATE TABLE school AS FROM rows")
    assert place_names() == frozenset(kinds)
    assert place_names(COLLEGE) == {"Marl College", "Sixth Marl"}


def test_without_figures_nothing_is_known_of_a_provider(settings, tmp_path):
    settings.WAREHOUSE = tmp_path / "nothing.duckdb"
    assert only_establishments(["10000001"]) == {}
