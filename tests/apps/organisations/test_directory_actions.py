"""The directory: whom a printed name or code means, who is made when a plan names somebody new, and making two entries one."""

from datetime import date

import pytest
from django.utils import timezone

from tests.cast import make_user
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.governance.actions.meetings import add_meeting, record_attendance
from throughline.apps.governance.models import Attendance
from throughline.apps.organisations.actions import boards as seats
from throughline.apps.organisations.actions import directory as actions
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.models import Board, Membership, Party, PartyCode
from throughline.apps.organisations.queries import resolve
from throughline.apps.plans.models import Action, ActionOwner, Plan, Section

pytestmark = pytest.mark.django_db


def _owned_by(*parties: Party) -> Action:
    plan = Plan.objects.create(area="358", title="Marlshire plan")
    section = Section.objects.create(plan=plan, title="Priority")
    action = Action.objects.create(plan=plan, section=section, text="Write to schools")
    for party in parties:
        ActionOwner.objects.create(action=action, party=party, printed=party.name)
    return action


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("HSI", "Head of School Improvement"),
        ("hsi", "Head of School Improvement"),
        ("  HSI ", "Head of School Improvement"),
        ("head of  school improvement", "Head of School Improvement"),
        ("Sim", "Lower Sim"),
        ("SIM", "Upper Sim"),
        ("sim", None),  # two codes differ in their capitals only, and neither is what is printed
        ("Left Long Ago", "Left long ago"),
        ("Nobody", None),
        ("", None),
    ],
)
def test_whom_a_plan_means(enter, printed, found):
    enter("Head of School Improvement", initials="HSI")
    enter("Lower Sim", initials="Sim")
    enter("Upper Sim", initials="SIM")
    enter("Head of School Improvement", area="202", initials="HSI")
    actions.close_party(by=None, party=enter("Left long ago"))
    who = resolve("358", printed)
    assert (who.name if who else None) == found
    assert who is None or who.area == "358"


def test_an_open_entry_comes_before_a_closed_one_of_the_same_name(enter):
    actions.close_party(by=None, party=enter("Head of Skills"))
    now = enter("Head of Skills")
    assert resolve("358", "head of skills") == now


def test_somebody_new_is_made_once_with_their_codes(enter):
    made = actions.find_or_make(by=None, area="358", name="Marl Valley College", kind="organisation", codes=["MVC", ""])
    again = actions.find_or_make(by=None, area="358", name="marl valley  college", codes=["MV College"])
    assert (made, made.kind, again.initials) == (again, "organisation", "MV College, MVC")
    assert actions.find_or_make(by=None, area="358", name="The College", codes=["mvc"]) == made
    assert actions.find_or_make(by=None, area="202", name="", codes=["MVC"]) != made


def test_a_code_that_stands_for_somebody_else_stays_there(enter):
    first = enter("Head of Skills", initials="HS")
    other = enter("Head of Sport")
    found = actions.find_or_make(by=None, area="358", name="Head of Sport", codes=["HS", "HSP"])
    assert (found, found.initials, first.initials) == (other, "HSP", "HS")


def test_a_name_or_a_code_is_not_taken_twice(enter):
    enter("Head of Skills", initials="HS")
    with pytest.raises(RefusedError, match="has an open entry “Head of Skills” already"):
        enter("Head of Skills")
    with pytest.raises(RefusedError, match="“HS” stands for Head of Skills"):
        enter("Head of Sport", initials="HS")
    assert Party.objects.count() == 1
    assert enter("Head of Skills", area="202", initials="HS").pk


def test_a_merger_moves_what_points_at_the_entry_in_every_room(enter, board):
    user = make_user("tracking_officer")
    kept = enter("Head of Skills", initials="HS")
    twin = enter("Hd of Skills", initials="HoS", email="skills@example.org", user=user)
    enter("Officer", reports_to=twin)
    action = _owned_by(twin)
    seats.add_member(by=None, board=board("Partnership"), party=twin, capacity="chair", since=date(2026, 1, 1))
    merger = actions.merge_parties(by=user, kept=kept, merged=twin)
    kept.refresh_from_db()
    assert [owner.party for owner in action.owners.all()] == [kept]
    assert Membership.objects.get().party == kept
    assert Party.objects.get(name="Officer").reports_to == kept
    assert (kept.initials, kept.email, kept.user) == ("HS, HoS", "skills@example.org", user)
    assert Party.objects.get(pk=twin.pk).closed_on
    assert resolve("358", "HoS") == kept
    said = AuditEntry.objects.latest("id")
    assert (said.verb, said.subject_label, said.detail["plans.ActionOwner.party"]) == ("changed", "Head of Skills", [0, 1])
    assert merger.by == user


def test_a_merger_is_undone_but_for_what_was_given_elsewhere_since(enter):
    kept, twin = enter("Head of Skills"), enter("Hd of Skills", initials="HoS", email="skills@example.org")
    third = enter("Somebody else")
    stays, goes = _owned_by(twin), _owned_by(twin)
    merger = actions.merge_parties(by=None, kept=kept, merged=twin)
    ActionOwner.objects.filter(action=goes).update(party=third)
    actions.undo_merger(by=None, merger=merger)
    twin.refresh_from_db()
    kept.refresh_from_db()
    assert (twin.closed_on, twin.initials, kept.initials, kept.email) == (None, "HoS", "", "")
    assert stays.owners.get().party == twin
    assert goes.owners.get().party == third
    with pytest.raises(RefusedError, match="undone already"):
        actions.undo_merger(by=None, merger=merger)


def test_a_row_that_may_not_stand_twice_stays_with_the_merged_entry(enter, board):
    kept, twin = enter("Head of Skills"), enter("Hd of Skills")
    meeting = add_meeting(by=None, board=board("Partnership"), starts_at=timezone.now())
    record_attendance(by=None, meeting=meeting, states={kept.pk: "present", twin.pk: "apologies"})
    actions.merge_parties(by=None, kept=kept, merged=twin)
    held = Attendance.objects.order_by("party_id").values_list("party", "state")
    assert list(held) == [(kept.pk, "present"), (twin.pk, "apologies")]


def test_what_may_not_be_merged(enter):
    kept, stranger = enter("Head of Skills"), enter("Head of Skills", area="202")
    below, closed = enter("Deputy", reports_to=kept), enter("Gone")
    actions.close_party(by=None, party=closed)
    for one, other, why in [(kept, kept, "Choose another"), (kept, stranger, "Choose another"), (closed, below, "is closed"),
                            (kept, below, "reports to the other"), (below, kept, "reports to the other")]:
        with pytest.raises(RefusedError, match=why):
            actions.merge_parties(by=None, kept=one, merged=other)


def test_the_audit_repeats_no_address_and_no_persons_account(enter):
    user = make_user("tracking_officer")
    party = enter("Head of Skills", email="skills@example.org", user=user)
    said = AuditEntry.objects.get(subject_kind="directory entry", verb="created").detail
    assert said == {"name": [None, "given"], "email": [None, "given"], "user": [None, f"user {user.pk}"]}
    actions.change_party(by=user, party=party, initials="HS", name="Head of Skills", kind="person", email="", user=user)
    assert [entry.detail for entry in AuditEntry.objects.filter(verb="changed").order_by("id")] == [
        {"kind": ["post", "person"], "email": ["given", ""]}, {"codes": ["", "HS"]}]


def test_an_entry_is_closed_and_opened_again(enter):
    party = enter("Head of Skills")
    actions.close_party(by=None, party=party)
    enter("Head of Skills")
    with pytest.raises(RefusedError, match="has an open entry"):
        actions.reopen_party(by=None, party=party)
    Party.objects.filter(closed_on=None).update(name="Head of Post-16")
    actions.reopen_party(by=None, party=party)
    assert Party.objects.get(pk=party.pk).closed_on is None


def test_a_seat_is_given_once_at_a_time_and_its_end_undone(enter, board):
    party, group = enter("Chair of Governors"), board("Partnership")
    seat = seats.add_member(by=None, board=group, party=party, capacity="chair", since=date(2026, 1, 5))
    with pytest.raises(RefusedError, match="sits on this board already"):
        seats.add_member(by=None, board=group, party=party, capacity="member", since=date(2026, 2, 1))
    with pytest.raises(RefusedError, match="not before the seat began"):
        seats.end_membership(by=None, seat=seat, until=date(2026, 1, 4))
    seats.end_membership(by=None, seat=seat, until=date(2026, 1, 5))
    seats.add_member(by=None, board=group, party=party, capacity="member", since=date(2026, 2, 1))
    with pytest.raises(RefusedError, match="another seat"):
        seats.resume_membership(by=None, seat=seat)
    with pytest.raises(RefusedError, match="entry of the directory"):
        seats.add_member(by=None, board=group, party=enter("Stranger", area="202"), capacity="member", since=date(2026, 1, 1))


def test_a_board_does_not_report_to_itself_by_way_of_another(board):
    top = board("Partnership")
    middle = board("Executive", reports_to=top)
    bottom = board("Sub-group", reports_to=middle)
    with pytest.raises(RefusedError, match="would report to itself"):
        seats.change_board(by=None, board=top, name="Partnership", reports_to=bottom)
    assert Board.objects.get(pk=top.pk).reports_to is None
    assert PartyCode.objects.count() == 0
