"""The pages of boards: the register with the reader's own first, members now and before, terms of reference due a review."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.performance.reading import links, main, table
from tests.cast import make_user
from throughline.apps.organisations.actions import boards as actions
from throughline.apps.organisations.models import Board, Membership
from throughline.apps.organisations.queries import members_on, review_state

pytestmark = pytest.mark.django_db

NEW = {"name": "Partnership Board", "kind": "partnership", "meets": "Half-termly", "terms_of_reference": "To agree the plan.",
       "reports_to": "", "review_on_day": "1", "review_on_month": "9", "review_on_year": "2026"}


def test_a_board_is_added_with_its_members_and_read(lead, enter):
    answer = lead.post("/boards/add/", NEW, follow=True)
    assert "Nobody sits on this board yet" in main(answer)
    board = Board.objects.get()
    for name, capacity in (("A member", "member"), ("The chair", "chair")):
        typed = {"party": enter(name).pk, "capacity": capacity, "since_day": "1", "since_month": "9", "since_year": "2025"}
        answer = lead.post(f"/boards/{board.pk}/members/add/", typed, follow=True)
    assert [row[:2] for row in table(answer, "members")] == [["The chair", "Chair"], ["A member", "Member"]]
    [row] = table(lead.get("/boards/"), "others")
    assert (row[1], row[2]) == ("The chair", "2")


def test_ones_own_boards_come_first(cast, enter, board):
    councillor = make_user("councillor")
    board("A board of others")
    own = board("Scrutiny", kind="scrutiny")
    actions.add_member(by=None, board=own, party=enter("Councillor", user=councillor), capacity="member", since=date(2026, 1, 1))
    answer = cast("councillor").get("/boards/")
    assert [row[0] for row in table(answer, "own")] == ["Scrutiny Scrutiny committee"]
    assert [row[0] for row in table(answer, "others")] == ["A board of others Board"]


def test_a_seat_ends_is_listed_as_past_and_is_resumed(lead, enter, board):
    group = board("Partnership")
    seat = actions.add_member(by=None, board=group, party=enter("The chair"), capacity="chair", since=date(2025, 1, 1))
    last = {"until_day": "31", "until_month": "8", "until_year": "2026"}
    answer = lead.post(f"/boards/{group.pk}/members/{seat.pk}/end/", last, follow=True)
    assert [row[:4] for row in table(answer, "past")] == [["The chair", "Chair", "1 January 2025", "31 August 2026"]]
    assert b"The chair,Chair,,2025-01-01,2026-08-31" in lead.get(f"/boards/{group.pk}/members.csv").content
    answer = lead.post(f"/boards/{group.pk}/members/{seat.pk}/resume/", follow=True)
    assert [row[0] for row in table(answer, "members")] == ["The chair"]


def test_who_sat_on_a_day_counts_the_first_and_the_last(enter, board):
    group = board("Partnership")
    seat = actions.add_member(by=None, board=group, party=enter("The chair"), capacity="chair", since=date(2025, 9, 1))
    actions.end_membership(by=None, seat=seat, until=date(2025, 9, 30))
    days = {date(2025, 8, 31): 0, date(2025, 9, 1): 1, date(2025, 9, 30): 1, date(2025, 10, 1): 0}
    assert {day: len(members_on(group, day)) for day in days} == days


@pytest.mark.parametrize(("days", "closed", "state"), [(-1, False, "overdue"), (0, False, "soon"), (60, False, "soon"),
                                                       (61, False, "later"), (None, False, ""), (-1, True, "")])
def test_when_terms_are_due_a_review(days, closed, state):
    today = timezone.localdate()
    due = None if days is None else today + timedelta(days=days)
    assert review_state(Board(review_on=due, closed_on=today if closed else None)) == state


def test_a_board_is_closed_and_opened_again(lead, board):
    group = board("Partnership")
    assert "You can open it again" in main(lead.post(f"/boards/{group.pk}/close/", follow=True))
    assert [row[0] for row in table(lead.get("/boards/"), "closed")] == ["Partnership Board"]
    board("Partnership")
    assert "There is an open board “Partnership” already" in main(lead.post(f"/boards/{group.pk}/reopen/", follow=True))
    assert Board.objects.get(pk=group.pk).closed_on


def test_a_save_over_somebody_elses_shows_both_terms_of_reference(lead, board):
    group = board("Partnership", terms_of_reference="Old terms")
    opened = {**NEW, "name": "Partnership"}
    version = lead.get(f"/boards/{group.pk}/change/").content.decode().split('name="version" value="')[1].split('"')[0]
    lead.post(f"/boards/{group.pk}/change/", {**opened, "version": version, "terms_of_reference": "Their terms"})
    said = main(lead.post(f"/boards/{group.pk}/change/", {**opened, "version": version, "terms_of_reference": "My terms"}))
    assert "Saved by somebody else Their terms" in said
    assert "Typed by you My terms" in said
    assert Board.objects.get().terms_of_reference == "Their terms"


def test_another_authoritys_board_is_not_there(neighbour, enter, board):
    group = board("Partnership")
    seat = actions.add_member(by=None, board=group, party=enter("The chair"), capacity="chair", since=date(2025, 9, 1))
    for path in ("", "change/", "members/add/", "members.csv", f"members/{seat.pk}/end/"):
        assert neighbour.get(f"/boards/{group.pk}/{path}").status_code == 404, path
    for path in ("close/", "reopen/", f"members/{seat.pk}/resume/", f"members/{seat.pk}/end/"):
        assert neighbour.post(f"/boards/{group.pk}/{path}").status_code == 404, path
    assert "Partnership" not in main(neighbour.get("/boards/"))
    assert (Board.objects.get().closed_on, Membership.objects.get().until) == (None, None)


def test_a_seat_of_another_board_is_not_ended_through_this_one(lead, enter, board):
    one, other = board("One"), board("Other")
    seat = actions.add_member(by=None, board=one, party=enter("The chair"), capacity="chair", since=date(2025, 9, 1))
    assert lead.post(f"/boards/{other.pk}/members/{seat.pk}/resume/").status_code == 404


def test_a_member_of_another_authoritys_directory_is_refused(lead, enter, board):
    group = board("Partnership")
    stranger = enter("Stranger", area="202")
    typed = {"party": stranger.pk, "capacity": "chair", "since_day": "1", "since_month": "9", "since_year": "2025"}
    assert "Select a valid choice" in main(lead.post(f"/boards/{group.pk}/members/add/", typed))
    assert not Membership.objects.exists()


def test_who_runs_no_boards_reads_them_only(cast, board):
    group = board("Partnership", terms_of_reference="Agrees <i>the</i> plan's aims")
    inspector = cast("inspector")
    answer = inspector.get(f"/boards/{group.pk}/")
    assert "Agrees <i>the</i> plan's aims" in main(answer)
    assert f"/boards/{group.pk}/change/" not in links(answer)
    assert inspector.post(f"/boards/{group.pk}/close/").status_code == 403
    assert cast("employer").get("/boards/").status_code == 403
