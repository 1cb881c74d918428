"""The routes of the follow-up room."""

from tests.house.route import Route, day, only_posts, own
from tests.house.stage import BATCH, NEXT, ONE, OVER, TODAY
from tests.house.stage_followup import DISTRICT, SCHOOL
from throughline.apps.accounts.permissions import Permission as P
from throughline.apps.followup import points

_one, _next = {"pk": ONE}, {"pk": NEXT}
_list = {"name": "not_known"}
_learner = {"args": _one, "of": "learner"}
_csv = {"kind": "csv"}
_listed = {"of": "learners"}
_logs = {"channel": "telephone", "outcome": "reached_young_person", **day("on"), "said": ""}
_plan = {"plan": "Speak to them each week."}
_facts = b"number,as_at,attendance_percent\n1,2026-03-31,88\n"
_typed = {"rows": NEXT, f"r{NEXT}-next_contact": "2099-01-01", "confirm": "1"}
_points = {**points.published().values(), "factor-carer-points": 3, "reason": "Ours weigh more", "confirm": "1",
           "instead_of": ONE}

FOLLOWUP: dict[str, Route] = {
    "followup:today": own(P.FOLLOW_UP, of="follow-up"),
    "followup:mine": own(P.FOLLOW_UP, **_listed),
    "followup:caseloads": own(P.FOLLOW_UP, of="caseloads"),
    "followup:caseload": own(P.FOLLOW_UP, args=_one, **_listed),
    "followup:lists_download": own(P.FOLLOW_UP, args=_csv, of="follow-up"),
    "followup:caseloads_download": own(P.FOLLOW_UP, args=_csv, of="caseloads"),
    "followup:caseload_download": own(P.FOLLOW_UP, args={**_one, **_csv}, **_listed),
    "followup:leavers": own(P.FOLLOW_UP, **_listed),
    "followup:leavers_download": own(P.FOLLOW_UP, args=_csv, **_listed),
    "followup:leavers_places_download": own(P.FOLLOW_UP, args=_csv, of="follow-up"),
    "followup:leavers_feedback_download": own(P.FOLLOW_UP, args={"number": SCHOOL, **_csv}, **_listed),
    "followup:worklist": own(P.FOLLOW_UP, args=_list, **_listed),
    "followup:worklist_download": own(P.FOLLOW_UP, args={**_list, "kind": "csv"}, **_listed),
    "followup:save_filter": own(P.FOLLOW_UP, args=_list, query="?vulnerable=yes", posts={"name": "Those of ours"}),
    "followup:remove_filter": only_posts(P.FOLLOW_UP, args=_one),
    "followup:grid": own(P.FOLLOW_UP, args=_list, **_listed, posts=_typed),
    "followup:bulk": own(P.FOLLOW_UP, args={"pk": BATCH}, of="bulk update"),
    "followup:bulk_download": own(P.FOLLOW_UP, args={"pk": BATCH, **_csv}, of="bulk update"),
    "followup:undo_bulk": only_posts(P.FOLLOW_UP, args={"pk": BATCH}),
    "followup:contacts": own(P.FOLLOW_UP, **_learner),
    "followup:contacts_download": own(P.FOLLOW_UP, args={**_one, **_csv}, of="learner"),
    "followup:claim": only_posts(P.FOLLOW_UP, args=_next),
    "followup:release": only_posts(P.FOLLOW_UP, args=_one),
    "followup:hand_over": own(P.FOLLOW_UP, args=_next, of="learner", posts={"officer": ONE}),
    "followup:log_contact": own(P.FOLLOW_UP, **_learner, posts=_logs),
    "followup:correct_contact": own(P.FOLLOW_UP, **_learner, posts=_logs),
    "followup:risk": own(P.SEE_LEARNERS, **_listed),
    "followup:risk_download": own(P.SEE_LEARNERS, args={"kind": "csv"}, **_listed),
    "followup:risk_rules": own(P.SEE_LEARNERS, of="points"),
    "followup:points_download": own(P.SEE_LEARNERS, args=_csv, of="points"),
    "followup:amend_points": own(P.EDIT_CODE_LISTS, of="points", posts=_points),
    "followup:withdraw_points": only_posts(P.EDIT_CODE_LISTS),
    "followup:import_facts": own(P.FOLLOW_UP, of="facts of a term", posts={}, uploads="file", content=_facts),
    "followup:score": own(P.SEE_LEARNERS, **_learner),
    "followup:decide_on_risk": own(P.FOLLOW_UP, **_learner, posts={"decision": "no_action", "reason": "All is well"}),
    "followup:facts": own(P.FOLLOW_UP, **_learner, posts={**day("as_at"), "attendance_percent": "91.5"}),
    "followup:meetings": own(P.FOLLOW_UP, of="participation meetings"),
    "followup:prepare_meeting": own(P.FOLLOW_UP, posts={"district": DISTRICT, "month": f"{TODAY():%Y-%m}-01"}),
    "followup:meeting": own(P.FOLLOW_UP, args=_one, of="participation meeting"),
    "followup:print_meeting": own(P.FOLLOW_UP, args=_one, of="participation meeting"),
    "followup:meeting_download": own(P.FOLLOW_UP, args={**_one, "kind": "csv"}, of="participation meeting"),
    "followup:meetings_download": own(P.FOLLOW_UP, args=_csv, of="participation meetings"),
    "followup:decisions_download": own(P.FOLLOW_UP, args={**_one, **_csv}, of="participation meeting"),
    "followup:arrange_meeting": own(P.FOLLOW_UP, args=_one, of="participation meeting", posts={"place": "Room 1"}),
    "followup:meeting_ics": own(P.FOLLOW_UP, args=_one, of="participation meeting"),
    "followup:discard_meeting": own(P.FOLLOW_UP, args=_next, of="participation meeting", posts={"version": ""}),
    "followup:close_meeting": only_posts(P.FOLLOW_UP, args=_one),
    "followup:decide": own(P.FOLLOW_UP, **_learner, posts={"text": "Visit them", "who": "The youth service"}),
    "followup:change_decision": own(P.FOLLOW_UP, **_learner, posts={"text": "Visit them", "who": "The youth service"}),
    "followup:take_decision_away": only_posts(P.FOLLOW_UP, args=_one),
    "followup:finish_decision": own(P.FOLLOW_UP, **_learner, posts={"outcome": "They started", **day("done_on")}),
    "followup:cases": own(P.FOLLOW_UP, **_listed),
    "followup:cases_download": own(P.FOLLOW_UP, args={"kind": "csv"}, **_listed),
    "followup:open_case": own(P.FOLLOW_UP, args=_next, of="learner", posts=_plan),
    "followup:case": own(P.FOLLOW_UP, **_learner),
    "followup:change_case": own(P.FOLLOW_UP, **_learner, posts=_plan),
    "followup:close_case": own(P.FOLLOW_UP, **_learner, posts={"outcome": "education", **day("closed_on")}),
    "followup:check_case": own(P.FOLLOW_UP, args={"pk": OVER}, of="learner", posts={"sustained": "yes"}),
}
