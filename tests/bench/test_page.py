"""The pages that the measuring reads of a site are there."""

import pytest

from bench.page import WARMING
from tests.cast import signed_in_client


@pytest.mark.parametrize("path", WARMING)
def test_each_is_a_page_and_leads_nowhere_else(warehouse, db, path):
    """A reader stops at anything but a page that is found, an address that leads on elsewhere included."""
    assert signed_in_client("data_officer").get(path).status_code == 200
