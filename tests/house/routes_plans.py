"""The routes of the plans room: inspections, plans, sections, actions and what hangs on them."""

from tests.house.route import day, only_posts, own
from tests.house.stage import GONE, NEXT, ONE, OVER
from throughline.apps.accounts.permissions import Permission as P

_csv = {"kind": "csv"}
_plan = {"args": {"pk": ONE}, "of": "plan"}
_table = {"args": {"pk": ONE, **_csv}, "of": "plan"}
_section = {"args": {"plan": ONE, "pk": ONE}, "of": "section"}
_action = {"args": {"plan": ONE, "pk": ONE}, "of": "action"}
_gone = {"plan": ONE, "pk": GONE}
_up = {"plan": ONE, "pk": NEXT, "way": "up"}
_inspection = {"args": {"pk": ONE}, "of": "inspection"}
_recommendation = {"args": {"pk": ONE, "recommendation": ONE}, "of": "inspection"}
_part = {"plan": ONE, "under": "actions", "holder": ONE, "kind": "steps"}
_one_part = {**_part, "pk": ONE}

PLANS = {
    "plans:plans": own(P.SEE_PLANS, of="plans"),
    "plans:plans_download": own(P.SEE_PLANS, args=_csv, of="plans"),
    "plans:add": own(P.EDIT_PLANS, posts={"title": "A new plan"}),
    "plans:coverage": own(P.SEE_PLANS, of="coverage"),
    "plans:coverage_download": own(P.SEE_PLANS, args=_csv, of="coverage"),
    "plans:add_inspection": own(P.EDIT_PLANS, posts={"title": "A new inspection"}),
    "plans:inspection": own(P.SEE_PLANS, **_inspection),
    "plans:change_inspection": own(P.EDIT_PLANS, **_inspection, posts={"title": "Another title"}),
    "plans:add_recommendation": own(P.EDIT_PLANS, **_inspection, posts={"text": "Do better"}),
    "plans:change_recommendation": own(P.EDIT_PLANS, **_recommendation, posts={"text": "Do better"}),
    "plans:remove_recommendation": only_posts(P.EDIT_PLANS, **_recommendation),
    "plans:restore_recommendation": only_posts(P.EDIT_PLANS, args={"pk": ONE, "recommendation": GONE}),
    "plans:plan": own(P.SEE_PLANS, **_plan),
    "plans:change": own(P.EDIT_PLANS, **_plan, posts={"title": "Another title"}),
    "plans:plan_indicators": own(P.EDIT_PLANS, **_plan, posts={"indicators": [NEXT]}),
    "plans:remove": only_posts(P.EDIT_PLANS, args={"pk": NEXT}),
    "plans:restore": only_posts(P.EDIT_PLANS, args={"pk": GONE}),
    "plans:actions_download": own(P.SEE_PLANS, **_table),
    "plans:document": own(P.SEE_PLANS, args={"pk": ONE, "kind": "docx"}, of="plan"),
    "plans:approve": own(P.EDIT_PLANS, args={"pk": NEXT}, of="plan", posts={"board": ONE, **day("approved_on")}),
    "plans:withdraw_approval": only_posts(P.EDIT_PLANS, args={"pk": ONE}),
    "plans:close": only_posts(P.EDIT_PLANS, args={"pk": ONE}),
    "plans:reopen": only_posts(P.EDIT_PLANS, args={"pk": OVER}),
    "plans:next_version": only_posts(P.EDIT_PLANS, args={"pk": ONE}),
    "plans:baseline": own(P.SEE_PLANS, **_plan),
    "plans:baseline_download": own(P.SEE_PLANS, **_table),
    "plans:changes": own(P.SEE_PLANS, **_plan),
    "plans:changes_download": own(P.SEE_PLANS, **_table),
    "plans:costs": own(P.SEE_PLANS, **_plan),
    "plans:costs_download": own(P.SEE_PLANS, **_table),
    "plans:references": own(P.SEE_PLANS, **_plan),
    "plans:references_download": own(P.SEE_PLANS, **_table),
    "plans:owners": own(P.SEE_PLANS, **_plan),
    "plans:owners_download": own(P.SEE_PLANS, **_table),
    "plans:add_section": own(P.EDIT_PLANS, args={"plan": ONE}, of="plan", posts={"kind": "priority", "title": "One more"}),
    "plans:section": own(P.SEE_PLANS, **_section),
    "plans:change_section": own(P.EDIT_PLANS, **_section, posts={"kind": "priority", "title": "Another title"}),
    "plans:section_answers": own(P.EDIT_PLANS, **_section, posts={"answers": [NEXT]}),
    "plans:section_indicators": own(P.EDIT_PLANS, **_section, posts={"indicators": [NEXT]}),
    "plans:handbook_actions": own(P.SEE_PLANS, args={"page": ONE}, of="handbook page"),
    "plans:action_handbook": own(P.EDIT_PLANS, **_action, posts={"pages": [NEXT]}),
    "plans:move_section": only_posts(P.EDIT_PLANS, args=_up),
    "plans:remove_section": only_posts(P.EDIT_PLANS, **_section),
    "plans:restore_section": only_posts(P.EDIT_PLANS, args=_gone),
    "plans:add_action": own(P.EDIT_PLANS, args={"plan": ONE, "section": ONE}, of="section",
                            posts={"section": ONE, "text": "One more"}),
    "plans:action": own(P.SEE_PLANS, **_action),
    "plans:change_action": own(P.EDIT_PLANS, **_action, posts={"section": ONE, "text": "Other words"}),
    "plans:action_state": own(P.EDIT_PLANS, **_action, posts={"state": "done"}),
    "plans:action_indicators": own(P.EDIT_PLANS, **_action, posts={"indicators": [NEXT]}),
    "plans:move_action": only_posts(P.EDIT_PLANS, args=_up),
    "plans:remove_action": only_posts(P.EDIT_PLANS, **_action),
    "plans:restore_action": only_posts(P.EDIT_PLANS, args=_gone),
    "plans:add_part": own(P.EDIT_PLANS, args=_part, of="action", posts={"text": "One more step"}),
    "plans:change_part": own(P.EDIT_PLANS, args=_one_part, of="action", posts={"text": "Another step"}),
    "plans:remove_part": only_posts(P.EDIT_PLANS, args=_one_part),
    "plans:restore_part": only_posts(P.EDIT_PLANS, args={**_part, "pk": GONE}),
    "plans:move_part": only_posts(P.EDIT_PLANS, args={**_part, "pk": NEXT, "way": "up"}),
    "plans:tick": only_posts(P.UPDATE_ACTIONS, args={
        "plan": ONE, "holder": ONE, "kind": "steps", "pk": ONE, "done": "done"}),
}
