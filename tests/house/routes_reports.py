"""The routes of the reading room."""

from tests.house.route import day, only_posts, own
from tests.house.stage import GONE, ONE
from throughline.apps.accounts.permissions import Permission as P

_csv = {"kind": "csv"}
_draft = {"args": {"pk": ONE}, "of": "draft report"}

REPORTS = {
    "reports:reports": own(P.SEE_PLANS, of="reports"),
    "reports:reports_download": own(P.SEE_PLANS, args=_csv, of="reports"),
    "reports:start": own(P.ISSUE_REPORTS, posts={"outline": "highlight", "plan": ONE, "board": ONE, **day("as_at")}),
    "reports:draft": own(P.ISSUE_REPORTS, **_draft, posts={"title": "Another title", **day("as_at")}),
    "reports:draft_download": own(P.ISSUE_REPORTS, args={"pk": ONE, "kind": "docx"}, of="draft report"),
    "reports:issue": only_posts(P.ISSUE_REPORTS, **_draft),
    "reports:remove_draft": only_posts(P.ISSUE_REPORTS, **_draft),
    "reports:restore_draft": only_posts(P.ISSUE_REPORTS, args={"pk": GONE}),
    "reports:on_commissioning": own(P.SEE_PLANS, args={"pk": ONE}, of="commissioning plan"),
    "reports:report": own(P.SEE_PLANS, args={"pk": ONE}, of="report"),
    "reports:report_download": own(P.SEE_PLANS, args={"pk": ONE, "kind": "docx"}, of="report"),
    "reports:spine": own(P.SEE_PLANS, of="plans"),
    "reports:spine_of_plan": own(P.SEE_PLANS, args={"pk": ONE}, of="plan"),
    "reports:spine_of_indicator": own(P.SEE_PLANS, args={"pk": ONE}, of="indicator"),
    "reports:spine_download": own(P.SEE_PLANS, args={"pk": ONE, **_csv}, of="plan"),
}
