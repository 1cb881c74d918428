"""Lists come in one order, whatever the database: of equals too, and on pages of many."""

from datetime import UTC, date, datetime, timedelta

import pytest

from throughline.apps.governance.models import Consultation, Meeting
from throughline.apps.governance.queries import consultations_of, meetings_of
from throughline.apps.organisations.models import Board
from throughline.apps.organisations.queries import boards_of

pytestmark = pytest.mark.django_db
AREA = "358"


def test_boards_come_by_name():
    for name in ("Skills", "Careers", "Partnership"):
        Board.objects.create(area=AREA, name=name)
    assert [board.name for board in boards_of(AREA)] == ["Careers", "Partnership", "Skills"]


def test_of_meetings_at_the_same_hour_the_newest_is_first_as_the_latest_is():
    board, now = Board.objects.create(area=AREA, name="Partnership"), datetime(2026, 3, 2, 14, tzinfo=UTC)
    later, first, second = (Meeting.objects.create(board=board, starts_at=now + timedelta(days=days)) for days in (1, 0, 0))
    for when in ("", "past"):
        assert list(meetings_of(AREA, when=when)) == [later, second, first]


def test_of_consultations_that_open_on_the_same_day_the_newest_is_first_as_the_latest_is():
    day = date(2026, 3, 2)
    later, first, second = (Consultation.objects.create(area=AREA, title="Places", closes_on=date(2026, 9, 1),
                                                        opens_on=day + timedelta(days=days)) for days in (1, 0, 0))
    assert list(consultations_of(AREA)) == [later, second, first]


def test_each_list_ends_its_order_by_what_no_two_share(board):
    lists = boards_of(AREA), meetings_of(AREA), meetings_of(AREA, when="coming"), consultations_of(AREA)
    assert {found.query.order_by[-1].lstrip("-") for found in lists} == {"id"}
