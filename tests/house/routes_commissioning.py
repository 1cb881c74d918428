"""The routes of the commissioning room."""

from tests.house.route import Route, day, only_posts, own
from tests.house.stage import GONE, NEXT, ONE, OVER, TODAY
from throughline.apps.accounts.permissions import Permission as P

_one = {"pk": ONE}
_plan = {"args": _one, "of": "commissioning plan"}
_agreed = {"args": {"pk": NEXT}, "of": "commissioning plan"}
_intervention = {"args": _one, "of": "intervention"}
_year = {"title": "Commissioning plan 2027/28", "year_type": "financial", "first_year": "2027"}
_need = {"number": "3", "what": "Mentors", "evidence": "The survey"}
_priority = {"number": "3", "title": "Mentors first", "needs": [ONE]}
_bought = {"title": "More mentors", **day("starts_on"), "provider": NEXT, "action": ONE}
_money = {"fund": "Core budget", "amount": "£1,250.50"}
_said = {"rating": "made", "statement": "Fewer leave", "evidence": "The list", "said_by": "The head", **day("on")}

_now = {f"reported_on_{part}": getattr(TODAY(), part) for part in ("day", "month", "year")}  # after it was agreed
_contract = {"args": _one, "of": "contract"}
_let = {"title": "Highways", **day("starts_on"), "asks": "places", "places_a_year": "4", "supplier": NEXT, "action": ONE}


def _removals() -> dict[str, Route]:
    sorts = ("plan", "need", "intervention", "planned", "spend", "impact", "contract", "places")
    removing = {f"commissioning:remove_{sort}": only_posts(P.EDIT_PLANS, args=_one) for sort in sorts}
    removing["commissioning:remove_priority"] = only_posts(P.EDIT_PLANS, args={"pk": NEXT})
    sorts = (*sorts, "priority")
    return removing | {f"commissioning:bring_back_{sort}": only_posts(P.EDIT_PLANS, args={"pk": GONE}) for sort in sorts}


COMMISSIONING = {
    "commissioning:plans": own(P.SEE_PLANS, of="commissioning plans"),
    "commissioning:add_plan": own(P.EDIT_PLANS, posts=_year),
    "commissioning:plan": own(P.SEE_PLANS, **_plan),
    "commissioning:plan_download": own(P.SEE_PLANS, of="commissioning plan",
                                       args={**_one, "table": "interventions", "kind": "csv"}),
    "commissioning:change_plan": own(P.EDIT_PLANS, **_plan, posts=_year),
    "commissioning:agree": own(P.EDIT_PLANS, **_plan, posts={"board": ONE, **day("agreed_on")}),
    "commissioning:take_back": only_posts(P.EDIT_PLANS, **_agreed),
    "commissioning:report": own(P.EDIT_PLANS, **_agreed, posts={"board": ONE, **_now}),
    "commissioning:take_report_back": only_posts(P.EDIT_PLANS, args={"pk": OVER}),
    "commissioning:add_need": own(P.EDIT_PLANS, **_plan, posts=_need),
    "commissioning:add_priority": own(P.EDIT_PLANS, **_plan, posts=_priority),
    "commissioning:change_need": own(P.EDIT_PLANS, args=_one, of="need", posts=_need),
    "commissioning:change_priority": own(P.EDIT_PLANS, args=_one, of="commissioning priority", posts=_priority),
    "commissioning:add_intervention": own(P.EDIT_PLANS, args=_one, of="commissioning priority", posts=_bought),
    "commissioning:of_action": own(P.SEE_PLANS, args={"plan": ONE, "pk": ONE}, of="action"),
    "commissioning:intervention": own(P.SEE_PLANS, **_intervention),
    "commissioning:change_intervention": own(P.EDIT_PLANS, **_intervention, posts=_bought),
    "commissioning:plan_spend": own(P.EDIT_PLANS, **_intervention, posts=_money),
    "commissioning:change_planned": own(P.EDIT_PLANS, args=_one, of="planned spend", posts=_money),
    "commissioning:enter_spend": own(P.EDIT_PLANS, **_intervention, posts={**_money, **day("on")}),
    "commissioning:state_impact": own(P.EDIT_PLANS, **_intervention, posts=_said),
    "commissioning:contracts": own(P.SEE_PLANS, of="contracts"),
    "commissioning:contracts_download": own(P.SEE_PLANS, args={"kind": "csv"}, of="contracts"),
    "commissioning:add_contract": own(P.EDIT_PLANS, posts=_let),
    "commissioning:enter_total": own(P.EDIT_INDICATORS, of="contracts", posts={
        "indicator": OVER, "counted": "started", "period": "2026/27"}),
    "commissioning:contract": own(P.SEE_PLANS, **_contract),
    "commissioning:change_contract": own(P.EDIT_PLANS, **_contract, posts=_let),
    "commissioning:count_places": own(P.EDIT_PLANS, **_contract, posts={**day("as_at"), "started": "3", "source": "The return"}),
    **_removals(),
}
