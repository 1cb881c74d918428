"""The routes of the handbook room."""

from tests.house.route import Route, only_posts, own
from tests.house.stage import GONE, ONE
from throughline.apps.accounts.permissions import Permission as P

_page = {"args": {"pk": ONE}, "of": "handbook page"}
_days = {"starts_on_day": "1", "starts_on_month": "9", "starts_on_year": "2026",
         "review_on_day": "1", "review_on_month": "9", "review_on_year": "2099"}
_says = {"title": "A page", "service": "Tracking", "body": "Telephone them", "tasks": ["not_known"], **_days}

HANDBOOK: dict[str, Route] = {
    "handbook:pages": own(P.SEE_PLANS, of="handbook"),
    "handbook:download": own(P.SEE_PLANS, args={"kind": "csv"}, of="handbook"),
    "handbook:whole": own(P.SEE_PLANS, of="handbook"),
    "handbook:add": own(P.EDIT_PLANS, posts=_says),
    "handbook:page": own(P.SEE_PLANS, **_page),
    "handbook:edition": own(P.SEE_PLANS, args={"pk": ONE, "number": "2"}, of="handbook page"),
    "handbook:change": own(P.EDIT_PLANS, **_page, posts={**_says, "change": "All of it"}),
    "handbook:remove": only_posts(P.EDIT_PLANS, args={"pk": ONE}),
    "handbook:bring_back": only_posts(P.EDIT_PLANS, args={"pk": GONE}),
}
