"""The routes of the returns room."""

from tests.house.route import own
from tests.house.stage import GONE, LONG, NEXT, ONE, OVER
from throughline.apps.accounts.permissions import Permission as P
from throughline.apps.learners.record_forms import mark_of

_month = {"args": {"pk": ONE}, "of": "month"}

RETURNS = {
    "returns:months": own(P.CLOSE_MONTHS, of="month"),
    "returns:months_download": own(P.CLOSE_MONTHS, args={"kind": "csv"}, of="month"),
    "returns:close": own(P.CLOSE_MONTHS, posts={"month_end": "2026-09-30"}),
    "returns:check": own(P.CLOSE_MONTHS, of="month"),
    "returns:check_download": own(P.CLOSE_MONTHS, args={"kind": "csv"}, of="month"),
    "returns:over": own(P.FORGET_LEARNERS, of="month", posts={"sure": "on", "these": mark_of([int(OVER)])}),
    "returns:month": own(P.CLOSE_MONTHS, **_month),
    "returns:return_file": own(P.CLOSE_MONTHS, **_month),
    "returns:take": own(P.SEE_RESTRICTED, P.CLOSE_MONTHS, args={"pk": NEXT}, of="month", posts={"reason": LONG}),
    "returns:since": own(P.CLOSE_MONTHS, args={"pk": GONE, "version": "1"}, of="month"),
    "returns:since_download": own(P.CLOSE_MONTHS, args={"pk": GONE, "version": "1", "kind": "csv"}, of="month"),
    "returns:list_download": own(P.CLOSE_MONTHS, args={"pk": ONE, "what": "errors", "kind": "csv"}, of="month"),
}
