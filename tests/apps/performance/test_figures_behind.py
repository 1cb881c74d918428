"""What changes whom the figures count leaves them behind, pages say so, and the nightly build catches up."""

import os
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.apps.performance.reading import main
from tests.cast import make_user, signed_in_client
from throughline.analytics.participation.codechanges import Place as PlaceInList
from throughline.apps.codelists import actions as codelists
from throughline.apps.codelists.ruling import in_file
from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.actions.learners import add_learner
from throughline.apps.performance import figures as room


@pytest.fixture(scope="module")
def counted_once(count_once):
    """Somebody of a register, and the folder of figures that count it as it is."""
    learner = add_learner(by=None, area="358", born=date(2009, 1, 1), given="Ade", family="Okafor", since=date(2025, 9, 1))
    return learner, count_once()


@pytest.fixture
def learner(counted_once, stand_on):
    """The one whom figures of the test's own count as they are."""
    learner, folder = counted_once
    stand_on(folder)
    return learner


@pytest.mark.parametrize("changed", ["register", "code", "rule"])
def test_what_the_figures_count_marks_them_once_it_is_kept(learner, django_capture_on_commit_callbacks, changed):
    by = make_user("data_officer")
    assert not room.are_behind()
    with django_capture_on_commit_callbacks(execute=True):
        if changed == "register":
            record_activity(by=by, learner=learner, code="310", start=date(2025, 9, 5))
        elif changed == "code":
            codelists.amend(by=by, codeset="activity", place=PlaceInList("310", None), says={"label": "Otherwise"},
                            reason="As the department says")
        else:
            place = next(place for place, one in in_file("currency").items() if one.is_number)
            codelists.amend_rule(by=by, file="currency", place=place, value=in_file("currency")[place].value + 1, reason="So")
        assert not room.are_behind(), "what may still be undone marks nothing"
    assert room.are_behind()
    for path in ("/freshness/", "/authorities/358/measures/neet_16_17_month_register/"):
        assert "every night" in main(signed_in_client("data_officer").get(path))


def test_a_month_that_is_over_since_leaves_the_figures_behind(learner):
    assert not room.are_behind()
    before = timezone.now() - timedelta(days=31)
    os.utime(room.people_file(), (before.timestamp(), before.timestamp()))
    assert room.are_behind()
    call_command("build_warehouse", "--if-behind")
    assert not room.are_behind()
