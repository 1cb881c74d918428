"""The routes of campaigns, which are of the plans room."""

from tests.house.route import Route, day, only_posts, own
from tests.house.stage import GONE, NEXT, ONE
from throughline.apps.accounts.permissions import Permission as P

_one = {"pk": ONE}
_campaign = {"args": _one, "of": "campaign"}
_message = {"args": _one, "of": "campaign message"}
_research = {"args": _one, "of": "market research"}
_table = {"args": {**_one, "kind": "csv"}, "of": "campaign"}
_runs = {"title": "A campaign", **day("starts_on"), **day("ends_on")}
_says = {"text": "Come every day", "channel": "Letter home", **day("planned_on")}
_asks = {**day("asked_on"), "question": "What helps?", "method": "A form", "answered": "9", "figures": "A text: 4",
         "said": "A text on the day"}


def _removals() -> dict[str, Route]:
    sorts = ("campaign", "message", "research")
    removing = {f"plans:remove_{sort}": only_posts(P.EDIT_PLANS, args=_one) for sort in sorts}
    return removing | {f"plans:bring_back_{sort}": only_posts(P.EDIT_PLANS, args={"pk": GONE}) for sort in sorts}


CAMPAIGNS: dict[str, Route] = {
    "plans:campaigns": own(P.SEE_PLANS, of="campaigns"),
    "plans:campaigns_download": own(P.SEE_PLANS, args={"kind": "csv"}, of="campaigns"),
    "plans:add_campaign": own(P.EDIT_PLANS, posts=_runs),
    "plans:campaign": own(P.SEE_PLANS, **_campaign),
    "plans:messages_download": own(P.SEE_PLANS, **_table),
    "plans:research_download": own(P.SEE_PLANS, **_table),
    "plans:change_campaign": own(P.EDIT_PLANS, **_campaign, posts=_runs),
    "plans:campaign_actions": own(P.EDIT_PLANS, **_campaign, posts={"actions": [NEXT]}),
    "plans:add_message": own(P.EDIT_PLANS, **_campaign, posts=_says),
    "plans:add_research": own(P.EDIT_PLANS, **_campaign, posts=_asks),
    "plans:change_message": own(P.EDIT_PLANS, **_message, posts=_says),
    "plans:log_message": own(P.EDIT_PLANS, **_message, posts=day("sent_on"), uploads="upload"),
    "plans:unlog_message": only_posts(P.EDIT_PLANS, args=_one),
    "plans:material": own(P.SEE_PLANS, **_message),
    "plans:change_research": own(P.EDIT_PLANS, **_research, posts=_asks),
    **_removals(),
}
