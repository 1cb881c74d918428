"""One of every record of an authority on the stage, with known keys, for the sweep of the routes and the look at every page.

Everything on it says MARK, so that a page of another authority's can be searched for what it must not show.
"""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.codelists.models import Amendment, RuleAmendment
from throughline.apps.governance import models as governance
from throughline.apps.handbook.models import HandbookPage, PageEdition
from throughline.apps.organisations.models import Board, Membership, Party, PartyCode, PartyMerger
from throughline.apps.plans.models import ActionOwner, Feed
from throughline.apps.reports.models import DraftReport, IssuedReport

AREA, ANOTHER = "358", "202"
MARK = "Marlbeck"
ONE = "7001"  # of every sort of record, the one that its pages are about
GONE = "7002"  # one that was closed, ended, removed, withdrawn or undone
NEXT = "7003"  # another that is there: to move, to merge with, to approve
OVER = "7004"  # one that is over, answered or done
BATCH = "00000000-0000-0000-0000-000000007001"
KEYS = frozenset({ONE, GONE, NEXT, OVER, BATCH})

LONG = (f"{MARK} partners agree that every young person of 16 and 17 is offered a suitable place in education, employment or "
        "training, and that whoever drops out is found within the month")
TODAY = timezone.localdate
AGO = timedelta(days=40)


def set_stage() -> None:
    """Put everything there, of AREA."""
    # Here, since both modules need the keys.
    from tests.house.stage_commissioning import set_commissioning
    from tests.house.stage_exchange import compare, set_exchange
    from tests.house.stage_followup import set_followup
    from tests.house.stage_learners import set_learners
    from tests.house.stage_plans import set_indicators, set_plans, set_readings
    from tests.house.stage_returns import set_returns

    _rules()
    _organisations()
    _handbook()
    set_learners()
    set_exchange()
    set_indicators()
    set_plans()
    set_readings()
    _governance()
    set_commissioning()
    _reports()
    set_returns()
    set_followup()
    compare()


def bring_on(user: User) -> User:
    """Somebody who walks on: an owner of the action where they may update any, at the school where they see only its learners,
    with a learner in their caseload where they may have one, and with a calendar address of their own.
    """
    from tests.house.stage_exchange import send_as
    from tests.house.stage_followup import give_a_caseload
    from tests.house.stage_learners import put_at_the_school

    held = user.held_role.permissions
    if user.area == AREA and Permission.SEE_LEARNERS in held and Permission.SEE_ALL_LEARNERS not in held:
        put_at_the_school(user)
        send_as(user)
    if user.area == AREA and Permission.UPDATE_ACTIONS in user.held_role.permissions:
        entry, _ = Party.objects.get_or_create(area=AREA, name=f"{MARK} {user.role}", defaults={"user": user})
        ActionOwner.objects.get_or_create(action_id=ONE, party=entry, defaults={"printed": entry.name})
    give_a_caseload(user)
    Feed.objects.get_or_create(user=user, defaults={"key": f"key-of-{user.pk}"})
    return user


def _rules() -> None:
    """A code and a number said otherwise, and some that no longer hold. They are nobody's, so that they do not say MARK."""
    reason = "The requirement of 2026-27, appendix A. " * 7
    code = {"codeset": "activity", "code": "250", "says": {"duty_class": "participating"}, "reason": reason}
    Amendment.objects.create(pk=ONE, **code, starts=date(2026, 4, 1), onward=True)
    Amendment.objects.create(pk=GONE, **code, starts=date(1999, 4, 1))
    told = {"file": "currency", "edition": date(2015, 4, 1), "reason": reason}
    RuleAmendment.objects.create(pk=ONE, **told, path="rule.530.months", instead_of=3, value=4)
    RuleAmendment.objects.create(pk=GONE, **told, path="rule.999.months", instead_of=3, value=4)


def _organisations() -> None:
    closed = {"area": AREA, "closed_on": TODAY() - AGO}
    works_for = Party.objects.create(pk=NEXT, area=AREA, kind=Party.Kind.ORGANISATION, name=f"{MARK} College")
    head = Party.objects.create(pk=ONE, area=AREA, name=f"{MARK} Head of Participation", email="head@example.org",
                                organisation=works_for)
    PartyCode.objects.create(area=AREA, party=head, code="HPM")
    gone = Party.objects.create(pk=GONE, name=f"{MARK} Participation Lead", **closed)
    merged = Party.objects.create(pk=OVER, name=f"{MARK} Head of Partic.", **closed)
    PartyMerger.objects.create(pk=ONE, kept=head, merged=merged)
    board = Board.objects.create(pk=ONE, area=AREA, name=f"{MARK} 14 to 24 Board", terms_of_reference=LONG, meets="Termly",
                                 review_on=TODAY() - AGO)
    Board.objects.create(pk=GONE, name=f"{MARK} Steering group", **closed)
    Board.objects.create(pk=NEXT, area=AREA, name=f"{MARK} Sub-group", kind=Board.Kind.SUB_GROUP, reports_to=board)
    Membership.objects.create(pk=ONE, board=board, party=head, capacity=Membership.Capacity.CHAIR, since=TODAY() - AGO)
    Membership.objects.create(pk=GONE, board=board, party=gone, since=TODAY() - 2 * AGO, until=TODAY() - AGO)


def _handbook() -> None:
    """A page past its review with an edition before, one taken away, one that is not in force yet."""
    said = {"title": f"{MARK} telephone calls", "service": f"{MARK} tracking", "audience": MARK, "owner_id": ONE,
            "body": f"{LONG}\n\n- one\n- two\n\n## {MARK}\n\n1. first\n2. second",
            "tasks": ["not_known", "contact", "close_month"], "change": LONG,
            "starts_on": TODAY() - 2 * AGO, "review_on": TODAY() - AGO}
    for key, more in [*there_and_gone(), (NEXT, {})]:
        HandbookPage.objects.create(pk=key, area=AREA, **more)
        PageEdition.objects.create(page_id=key, number=1, **said)
    PageEdition.objects.create(page_id=ONE, number=2, **said | {"body": MARK})
    PageEdition.objects.filter(page_id=NEXT).update(starts_on=TODAY() + AGO, review_on=TODAY() + 2 * AGO)


def _governance() -> None:
    removed = {"removed_at": timezone.now()}
    meeting = governance.Meeting.objects.create(pk=ONE, board_id=ONE, starts_at=timezone.now() - AGO, place="Room 1",
                                                purpose=LONG, state="held", minutes=f"{LONG}\n\n{LONG}")
    governance.Meeting.objects.create(pk=NEXT, board_id=ONE, starts_at=timezone.now() + AGO, purpose=MARK)
    governance.Attendance.objects.create(pk=ONE, meeting=meeting, party_id=ONE, state="present")
    said = {"meeting": meeting, "number": 1, "title": f"{MARK} highlight report"}
    for key, more in there_and_gone():
        governance.AgendaItem.objects.create(pk=key, **said, **more)
        governance.Paper.objects.create(pk=key, **said, name="paper.txt", media_type="text/plain", content=b"Paper", **more)
    decided = {"meeting": meeting, "number": "1", "text": LONG, "kind": "action", "owner_id": ONE, "plan_id": ONE}
    governance.Decision.objects.create(pk=ONE, **decided, due_on=TODAY() - timedelta(days=1))
    governance.Decision.objects.create(pk=GONE, **decided, **removed)
    governance.Decision.objects.create(pk=OVER, **decided, done_on=TODAY(), outcome=MARK)
    asked = {"board_id": ONE, "text": LONG, "asked_by": f"{MARK} councillor", "plan_id": ONE, "asked_of_id": ONE,
             "asked_on": TODAY() - AGO}
    answered = {"answer": LONG, "answered_by": MARK, "answered_on": TODAY()}
    governance.ScrutinyQuestion.objects.create(pk=ONE, number=1, due_on=TODAY() - timedelta(days=1), **asked)
    governance.ScrutinyQuestion.objects.create(pk=GONE, number=2, **asked, **removed)
    governance.ScrutinyQuestion.objects.create(pk=NEXT, number=3, state="answered", **asked, **answered)
    governance.ScrutinyQuestion.objects.create(pk=OVER, number=4, state="closed", **asked, **answered)
    opens = {"opens_on": TODAY() - 2 * AGO, "closes_on": TODAY() - AGO}
    for key, more in there_and_gone():
        governance.Consultation.objects.create(pk=key, area=AREA, title=f"{MARK} consultation", about=LONG, plan_id=ONE, **opens,
                                               **more)
        governance.ConsultationResponse.objects.create(pk=key, consultation_id=ONE, respondent=f"{MARK} school", kind="school",
                                                       view="mixed", text=LONG, received_on=TODAY() - AGO, **more)


def _reports() -> None:
    of = {"area": AREA, "outline": "highlight", "title": f"{MARK} highlight report", "board_id": ONE, "plan_id": ONE,
          "as_at": TODAY()}
    for key, more in there_and_gone():
        DraftReport.objects.create(pk=key, **of, texts={"summary": f"{LONG}\n- one thing\n- another"}, **more)
    table = {"kind": "Table", "caption": "Actions", "note": LONG, "rows": [["1.1", LONG, {"tone": "red", "lines": ["Red"]}]],
             "columns": [{"heading": heading, "amounts": False} for heading in ("Number", "Action", "Rating")]}
    blocks = [{"kind": "Paragraph", "text": LONG, "label": MARK}, {"kind": "Heading", "text": MARK},
              {"kind": "Bullets", "items": [LONG, MARK]}, {"kind": "Figures", "pairs": [["Red", 1], ["Green", 2]]}, table]
    IssuedReport.objects.create(pk=ONE, number=1, content=[{"id": "summary", "heading": "Summary", "blocks": blocks}],
                                page=f"<p>{MARK}</p>", word=b"Word", excel=b"Excel", pdf=b"PDF", media={"word": "0" * 64},
                                note=MARK, **of)


def there_and_gone() -> list[tuple[str, dict[str, Any]]]:
    """The keys of a record that is there and of one that was removed, with what the two have not in common."""
    return [(ONE, {}), (GONE, {"removed_at": timezone.now()})]
