"""The routes of a plan's progress: updates, evidence, success, due dates, bulk updates and the planning cycle."""

from tests.house.route import day, only_posts, own
from tests.house.stage import BATCH, GONE, ONE
from throughline.apps.accounts.permissions import Permission as P

_csv = {"kind": "csv"}
_plan = {"args": {"pk": ONE}, "of": "plan"}
_action = {"args": {"plan": ONE, "pk": ONE}, "of": "action"}
_criterion = {"args": {"plan": ONE, "pk": ONE}, "of": "action"}
_batch = {"args": {"pk": ONE, "batch": BATCH}, "of": "plan"}
_cycle = {"of": "planning cycle"}
_entry = {"title": "A date", "kind": "Prospectus", **day("starts_on")}
_says = {**day("as_at"), "rag": "red", "override_reason": "It is late", "narrative": "It is late."}
_judges = {"verdict": "met", "judged_by": "The board", **day("on"), "evidence": "The minutes"}

PROGRESS = {
    "plans:mine": own(P.UPDATE_ACTIONS, of="my actions"),
    "plans:due": own(P.SEE_PLANS, of="due dates"),
    "plans:due_download": own(P.SEE_PLANS, args=_csv, of="due dates"),
    "plans:update": own(P.UPDATE_ACTIONS, **_action, posts=_says),
    "plans:turn_update": only_posts(P.UPDATE_ACTIONS, args={"plan": ONE, "pk": ONE, "update": ONE, "way": "undo"}),
    "plans:add_evidence": own(P.UPDATE_ACTIONS, **_action, posts={"title": "A letter"}, uploads="upload"),
    "plans:evidence": own(P.SEE_PLANS, args={"plan": ONE, "pk": ONE, "evidence": ONE}, of="action"),
    "plans:turn_evidence": only_posts(P.UPDATE_ACTIONS, args={"plan": ONE, "pk": ONE, "evidence": GONE, "way": "restore"}),
    "plans:success": own(P.SEE_PLANS, **_plan),
    "plans:success_download": own(P.SEE_PLANS, args={"pk": ONE, **_csv}, of="plan"),
    "plans:criterion": own(P.SEE_PLANS, **_criterion),
    "plans:judge": own(P.EDIT_PLANS, **_criterion, posts=_judges),
    "plans:bulk": own(P.UPDATE_ACTIONS, **_plan, posts={
        "confirm": "yes", f"r{ONE}-rag": "red", f"r{ONE}-narrative": "It is late.", f"r{ONE}-reason": "It is late"}),
    "plans:batch": own(P.SEE_PLANS, **_batch),
    "plans:undo_batch": only_posts(P.UPDATE_ACTIONS, **_batch),
    "plans:calendar": own(P.SEE_PLANS, **_cycle),
    "plans:month": own(P.SEE_PLANS, args={"when": "2026-09"}, **_cycle),
    "plans:calendar_download": own(P.SEE_PLANS, args=_csv, **_cycle),
    "plans:cycle_ics": own(P.SEE_PLANS, **_cycle),
    "plans:add_entry": own(P.EDIT_PLANS, posts=_entry),
    "plans:copy_cycle": own(P.EDIT_PLANS, posts={"entry": [ONE]}, **_cycle),
    "plans:undo_copy": only_posts(P.EDIT_PLANS),
    "plans:change_entry": own(P.EDIT_PLANS, args={"pk": ONE}, of="calendar entry", posts=_entry),
    "plans:turn_entry": only_posts(P.EDIT_PLANS, args={"pk": ONE, "way": "remove"}),
    "plans:renew_feed": only_posts(P.SEE_PLANS),
    "plans:end_feed": only_posts(P.SEE_PLANS),
}
