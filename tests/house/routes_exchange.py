"""The routes of the exchange room."""

from tests.house.route import only_posts, own
from tests.house.stage import GONE, NEXT, ONE, OVER
from tests.house.stage_exchange import SHOWN
from throughline.apps.accounts.permissions import Permission as P

_csv = {"kind": "csv"}
_one = {"args": {"pk": ONE}, "of": "delivery"}
_LIST = b"Forename,Surname,DOB\nAda,Example,03/04/2010\n"

_sent = {"args": {"pk": NEXT}, "of": "delivery"}

EXCHANGE = {
    "exchange:sent": own(P.SEND_LISTS, of="deliveries", posts={"activity": ""}, uploads="file", content=_LIST),
    "exchange:sent_list": own(P.SEND_LISTS, **_sent),
    "exchange:sent_columns": own(P.SEND_LISTS, **_sent, posts={
        "column_0": "given_name", "column_1": "family_name", "column_2": "date_of_birth", "activity": ""}),
    "exchange:sent_problems_download": own(P.SEND_LISTS, args={"pk": NEXT, **_csv}, of="delivery"),
    "exchange:deliveries": own(P.EDIT_LEARNERS, of="deliveries", posts={"kind": ""}, uploads="file", content=_LIST),
    "exchange:deliveries_download": own(P.EDIT_LEARNERS, args=_csv, of="deliveries"),
    "exchange:unmatched": own(P.EDIT_LEARNERS, of="deliveries"),
    "exchange:row": own(P.EDIT_LEARNERS, **_one, posts={"settled": "aside"}),
    "exchange:leave_out": only_posts(P.EDIT_LEARNERS, args={"pk": OVER}),
    "exchange:take_in": only_posts(P.EDIT_LEARNERS, args={"pk": GONE}),
    "exchange:delivery": own(P.EDIT_LEARNERS, **_one),
    "exchange:rows": own(P.EDIT_LEARNERS, args={"pk": ONE, "outcome": "changed"}, of="delivery"),
    "exchange:some_rows": own(P.EDIT_LEARNERS, args={"pk": NEXT, "some": "elsewhere"}, of="delivery"),
    "exchange:mapping": own(P.EDIT_LEARNERS, **_one, posts={
        "column_0": "given_name", "column_1": "family_name", "column_2": "date_of_birth", "activity": "210"}),
    "exchange:problems": own(P.EDIT_LEARNERS, **_one),
    "exchange:problems_download": own(P.EDIT_LEARNERS, args={"pk": ONE, **_csv}, of="delivery"),
    "exchange:look_again": only_posts(P.EDIT_LEARNERS, args={"pk": ONE}),
    "exchange:accept": only_posts(P.EDIT_LEARNERS, args={"pk": ONE}, posts={"shown": SHOWN}),
    "exchange:discard": only_posts(P.EDIT_LEARNERS, args={"pk": ONE}),
    "exchange:undo": only_posts(P.EDIT_LEARNERS, args={"pk": OVER}),
}
