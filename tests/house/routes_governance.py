"""The routes of the governance room."""

from tests.house.route import Route, day, only_posts, own
from tests.house.stage import GONE, NEXT, ONE, OVER
from throughline.apps.accounts.permissions import Permission as P

_one = {"pk": ONE}
_meeting = {"args": _one, "of": "meeting"}
_item = {"args": _one, "of": "agenda item"}
_paper = {"args": _one, "of": "paper"}
_decision = {"args": _one, "of": "decision"}
_question = {"args": _one, "of": "scrutiny question"}
_consultation = {"args": _one, "of": "consultation"}
_response = {"args": _one, "of": "consultation response"}
_csv = {"kind": "csv"}
_meets = {"board": ONE, **day("day"), "time": "14:00", "state": "planned"}
_asks = {"board": ONE, "text": "How many?"}
_records = {**_asks, "asked_by": "A member", **day("asked_on")}
_made_action = {"section": ONE, "text": "Do it", "when_printed": "Termly"}
_opens = {"title": "A consultation", **day("opens_on"), **day("closes_on")}
_says = {"respondent": "A school", "kind": "school", **day("received_on"), "view": "mixed", "text": "Yes"}


def _removals() -> dict[str, Route]:
    sorts = ("item", "paper", "decision", "question", "consultation", "response")
    removing = {f"governance:remove_{sort}": only_posts(P.RUN_BOARDS, args=_one) for sort in sorts}
    return removing | {f"governance:bring_back_{sort}": only_posts(P.RUN_BOARDS, args={"pk": GONE}) for sort in sorts}


_late = {"answered_on_day": "1", "answered_on_month": "1", "answered_on_year": "2099"}  # after any question

GOVERNANCE = {
    "governance:meetings": own(P.SEE_PLANS, query="?when=all", of="meetings"),
    "governance:meetings_download": own(P.SEE_PLANS, args=_csv, of="meetings"),
    "governance:add_meeting": own(P.RUN_BOARDS, posts=_meets),
    "governance:meeting": own(P.SEE_PLANS, **_meeting),
    "governance:meeting_ics": own(P.SEE_PLANS, **_meeting),
    "governance:change_meeting": own(P.RUN_BOARDS, **_meeting, posts=_meets),
    "governance:agenda": own(P.SEE_PLANS, **_meeting),
    "governance:minutes": own(P.SEE_PLANS, **_meeting),
    "governance:write_minutes": own(P.RUN_BOARDS, **_meeting, posts={"minutes": "It was decided."}),
    "governance:attendance": own(P.RUN_BOARDS, **_meeting, posts={
        f"party_{ONE}": "apologies", f"party_{GONE}": "present"}),
    "governance:add_item": own(P.RUN_BOARDS, **_meeting, posts={"number": "2", "title": "Any other", "purpose": "discussion"}),
    "governance:add_paper": own(P.RUN_BOARDS, **_meeting, posts={"title": "A paper", "kind": "report", "address": "/reports/1/"}),
    "governance:change_item": own(P.RUN_BOARDS, **_item, posts={"number": "2", "title": "Another", "purpose": "discussion"}),
    "governance:paper": own(P.SEE_PLANS, **_paper),
    "governance:change_paper": own(P.RUN_BOARDS, **_paper, posts={"title": "Another", "kind": "report"}),
    "governance:decisions": own(P.SEE_PLANS, of="decisions"),
    "governance:decisions_download": own(P.SEE_PLANS, args=_csv, of="decisions"),
    "governance:add_decision": own(P.RUN_BOARDS, **_meeting, posts={"kind": "decision", "text": "It is agreed."}),
    "governance:decision": own(P.SEE_PLANS, **_decision),
    "governance:change_decision": own(P.RUN_BOARDS, **_decision, posts={"kind": "decision", "text": "It is agreed."}),
    "governance:finish_decision": own(P.RUN_BOARDS, **_decision, posts=day("done_on")),
    "governance:reopen_decision": only_posts(P.RUN_BOARDS, args={"pk": OVER}),
    "governance:make_action_of_decision": own(P.RUN_BOARDS, **_decision, posts=_made_action),
    "governance:scrutiny": own(P.SEE_PLANS, of="scrutiny questions"),
    "governance:scrutiny_download": own(P.SEE_PLANS, args=_csv, of="scrutiny questions"),
    "governance:ask": own(P.ASK_QUESTIONS, posts=_asks),
    "governance:ask_further": own(P.ASK_QUESTIONS, args={"follows": ONE}, of="scrutiny question", posts=_asks),
    "governance:record_question": own(P.RUN_BOARDS, posts=_records),
    "governance:question": own(P.SEE_PLANS, **_question),
    "governance:change_question": own(P.RUN_BOARDS, **_question, posts=_records),
    "governance:answer": own(P.RUN_BOARDS, **_question, posts={
        "answer": "Twelve.", "answered_by": "A head", **_late}),
    "governance:close_question": only_posts(P.RUN_BOARDS, args={"pk": NEXT}),
    "governance:reopen_question": only_posts(P.RUN_BOARDS, args={"pk": OVER}),
    "governance:make_action_of_question": own(P.RUN_BOARDS, **_question, posts=_made_action),
    "governance:consultations": own(P.SEE_PLANS, of="consultations"),
    "governance:consultations_download": own(P.SEE_PLANS, args=_csv, of="consultations"),
    "governance:add_consultation": own(P.RUN_BOARDS, posts=_opens),
    "governance:consultation": own(P.SEE_PLANS, **_consultation),
    "governance:responses_download": own(P.SEE_PLANS, args={**_one, **_csv}, of="consultation"),
    "governance:change_consultation": own(P.RUN_BOARDS, **_consultation, posts=_opens),
    "governance:add_response": own(P.RUN_BOARDS, **_consultation, posts=_says),
    "governance:change_response": own(P.RUN_BOARDS, **_response, posts=_says),
    **_removals(),
}
