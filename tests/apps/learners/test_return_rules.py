"""Imports and closes check by the lists as officers have put them right; a check that needs no database by the files."""

import pytest

from tests.cast import make_user
from throughline.apps.codelists.actions import amend
from throughline.apps.learners.return_rules import codes, codes_of_files


@pytest.mark.django_db
def test_an_amendment_is_checked_by_and_the_files_stay_as_they_are():
    amend(by=make_user("data_officer"), codeset="activity", code="450", says={"valid_to": "2023-07-31"}, reason="It ended")
    ends = [str(held.lists["activity"].by_code["450"].valid_to) for held in (codes(), codes_of_files())]
    assert ends == ["2023-07-31", "None"]
    assert codes().lists.keys() == codes_of_files().lists.keys()
