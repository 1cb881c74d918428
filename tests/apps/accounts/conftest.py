"""What the tests of the accounts room share."""

from collections.abc import Callable

import duckdb
import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _no_attempts_yet(settings):
    """Counts of failed sign-ins and used codes start afresh, and in memory."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def cast(db) -> Callable[[str], Client]:
    """The signed-in client of a role, by its id."""
    # Here, since the models cannot be imported until Django has started.
    from tests.cast import signed_in_client

    return signed_in_client


@pytest.fixture
def demonstration(settings, tmp_path):
    """A demonstration with a state folder of its own."""
    settings.DEMONSTRATION = True
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def tiny_figures(settings, tmp_path):
    """Figures that hold an authority, a region, an authority that is no more, and one school."""
    settings.WAREHOUSE = tmp_path / "tiny.duckdb"
    with duckdb.connect(settings.WAREHOUSE) as made:
        made.execute("CREATE TABLE area (area TEXT, name TEXT, kind TEXT, abolished_on DATE)")
        made.execute("INSERT INTO area VALUES ('358', 'Trafford', 'authority', NULL), ('970', 'England', 'country', NULL), "
                     "('928', 'Northamptonshire', 'authority', '2021-04-01')")
        made.execute("CREATE TABLE school (urn TEXT, laestab TEXT, ukprn TEXT, name TEXT, status TEXT)")
        made.execute("INSERT INTO school VALUES ('1', '3584001', NULL, 'Brook School', 'open')")
