"""The routes of the organisations room."""

from tests.house.route import day, only_posts, own
from tests.house.stage import GONE, NEXT, ONE, OVER
from throughline.apps.accounts.permissions import Permission as P

_party = {"args": {"pk": ONE}, "of": "directory entry"}
_board = {"args": {"pk": ONE}, "of": "board"}
_seat = {"args": {"pk": ONE, "seat": ONE}, "of": "board"}

ORGANISATIONS = {
    "organisations:directory": own(P.SEE_PLANS, of="directory"),
    "organisations:directory_download": own(P.SEE_PLANS, args={"kind": "csv"}, of="directory"),
    "organisations:add_party": own(P.EDIT_PLANS, posts={"kind": "post", "name": "A new post"}),
    "organisations:party": own(P.SEE_PLANS, **_party),
    "organisations:change_party": own(P.EDIT_PLANS, **_party, posts={"kind": "post", "name": "Another name"}),
    "organisations:close_party": only_posts(P.EDIT_PLANS, **_party),
    "organisations:reopen_party": only_posts(P.EDIT_PLANS, args={"pk": GONE}),
    "organisations:merge_party": own(P.EDIT_PLANS, args={"pk": GONE}, of="directory entry",
                                     posts={"into": ONE, "sure": "yes"}),
    "organisations:undo_merger": only_posts(P.EDIT_PLANS, args={"pk": OVER}),
    "organisations:boards": own(P.SEE_PLANS, of="boards"),
    "organisations:boards_download": own(P.SEE_PLANS, args={"kind": "csv"}, of="boards"),
    "organisations:add_board": own(P.RUN_BOARDS, posts={"name": "A new board", "kind": "board"}),
    "organisations:board": own(P.SEE_PLANS, **_board),
    "organisations:change_board": own(P.RUN_BOARDS, **_board, posts={"name": "Another name", "kind": "board"}),
    "organisations:close_board": only_posts(P.RUN_BOARDS, **_board),
    "organisations:reopen_board": only_posts(P.RUN_BOARDS, args={"pk": GONE}),
    "organisations:members_download": own(P.SEE_PLANS, args={"pk": ONE, "kind": "csv"}, of="board"),
    "organisations:add_member": own(P.RUN_BOARDS, **_board, posts={"party": NEXT, "capacity": "member", **day("since")}),
    "organisations:end_membership": own(P.RUN_BOARDS, **_seat, posts={
        "until_day": "1", "until_month": "1", "until_year": "2030"}),
    "organisations:resume_membership": only_posts(P.RUN_BOARDS, args={"pk": ONE, "seat": GONE}),
}
