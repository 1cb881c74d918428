"""Which establishment a provider is, as the directory of schools has it."""

import duckdb

from throughline.analytics.warehouse.tables import SCHOOL
from throughline.apps.accounts.places import only_establishments

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


def test_without_figures_nothing_is_known_of_a_provider(settings, tmp_path):
    settings.WAREHOUSE = tmp_path / "nothing.duckdb"
    assert only_establishments(["10000001"]) == {}
