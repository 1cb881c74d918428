"""The routes of the indicator register."""

from tests.house.route import only_posts, own
from tests.house.stage import GONE, NEXT, ONE
from tests.house.stage_plans import PERIOD, WITHDRAWN
from throughline.apps.accounts.permissions import Permission as P

_one = {"args": {"pk": ONE}, "of": "indicator"}
_why = {"reason": "As the board asked"}
_all = {"of": "indicator register"}

INDICATORS = {
    "indicators:register": own(P.SEE_PLANS, **_all),
    "indicators:register_download": own(P.SEE_PLANS, args={"kind": "csv"}, **_all),
    "indicators:grid": own(P.SEE_PLANS, **_all),
    "indicators:trajectories": own(P.SEE_PLANS, **_all),
    "indicators:gaps": own(P.SEE_PLANS, **_all),
    "indicators:unjudged": own(P.SEE_PLANS, **_all),
    "indicators:table_download": own(P.SEE_PLANS, args={"table": "grid", "kind": "csv"}, **_all),
    "indicators:counted": own(P.SEE_LEARNERS, args={"pk": ONE}, of="learner"),
    "indicators:add": own(P.EDIT_INDICATORS, posts={"title": "Young people in work", "counts": "people"}),
    "indicators:indicator": own(P.SEE_PLANS, **_one),
    "indicators:picture": own(P.SEE_PLANS, args={"pk": ONE}, recorded=False),
    "indicators:download": own(P.SEE_PLANS, args={"pk": ONE, "part": "over-time", "kind": "csv"}, of="indicator"),
    "indicators:edit": own(P.EDIT_INDICATORS, **_one, posts={
        "title": "Another title", "counts": "people", "polarity": "higher_is_better", **_why}),
    "indicators:renumber": own(P.EDIT_INDICATORS, **_one, posts={"number": "KPI 8", **_why}),
    "indicators:merge": own(P.EDIT_INDICATORS, **_one, posts={"into": NEXT, **_why}),
    "indicators:retire": own(P.EDIT_INDICATORS, **_one, posts=_why),
    "indicators:restore": only_posts(P.EDIT_INDICATORS, args={"pk": GONE}, posts=_why),
    "indicators:judge": own(P.EDIT_INDICATORS, **_one, posts={"rag": "red", **_why, "commentary": "It is slow."}),
    "indicators:trajectory": own(P.EDIT_INDICATORS, **_one, posts={
        "lines": "1", "period-0": "2027/28", "target-0": "96%", **_why}),
    "indicators:breaks": own(P.EDIT_INDICATORS, **_one, posts={"period": "2025/26", **_why}),
    "indicators:remove_break": only_posts(P.EDIT_INDICATORS, args={"pk": ONE, "broken": ONE}),
    "indicators:restore_break": only_posts(P.EDIT_INDICATORS, args={"pk": ONE, "broken": GONE}),
    "indicators:enter": own(P.EDIT_INDICATORS, **_one, posts={"period": "2025/26", "value": "94", "status": "final"}),
    "indicators:withdraw_value": only_posts(P.EDIT_INDICATORS, args={"pk": ONE, "period": PERIOD}),
    "indicators:restore_value": only_posts(P.EDIT_INDICATORS, args={"pk": ONE, "period": WITHDRAWN}),
    "indicators:value_history": own(P.EDIT_INDICATORS, args={"pk": ONE, "period": PERIOD}, of="indicator"),
}
