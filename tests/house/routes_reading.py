"""The routes of files that are read as plans."""

from tests.house.route import only_posts, own
from tests.house.stage import GONE, ONE
from throughline.apps.accounts.permissions import Permission as P

_csv = {"kind": "csv"}
_one = {"args": {"pk": ONE}, "of": "reading"}
_table = {"args": {"pk": ONE, **_csv}, "of": "reading"}


def _piece(key: str) -> dict[str, object]:
    return {"args": {"pk": ONE, "key": key}, "of": "reading"}


READINGS = {
    "plans:readings": own(P.EDIT_PLANS, of="readings", posts={}, uploads="file"),
    "plans:readings_download": own(P.EDIT_PLANS, args=_csv, of="readings"),
    "plans:reading": own(P.EDIT_PLANS, **_one),
    "plans:reading_file": own(P.EDIT_PLANS, **_one),
    "plans:reading_json": own(P.EDIT_PLANS, **_one),
    "plans:reading_outline": own(P.EDIT_PLANS, **_one),
    "plans:reading_unread": own(P.EDIT_PLANS, **_table),
    "plans:reading_changes": own(P.EDIT_PLANS, **_one),
    "plans:reading_changes_download": own(P.EDIT_PLANS, **_table),
    "plans:reading_relate": own(P.EDIT_PLANS, **_one, posts={"supplement_of": ONE}),
    "plans:reading_accept": own(P.EDIT_PLANS, **_one, posts={"title": "A plan"}),
    "plans:reading_discard": only_posts(P.EDIT_PLANS, **_one),
    "plans:reading_again": only_posts(P.EDIT_PLANS, args={"pk": GONE}),
    "plans:reading_undo": only_posts(P.EDIT_PLANS, args={"pk": ONE, "number": "0"}),
    "plans:reading_add": own(P.EDIT_PLANS, args={"pk": ONE, "what": "section"}, of="reading",
                             posts={"kind": "priority", "title": "One more"}),
    "plans:reading_change": own(P.EDIT_PLANS, **_piece("plan"), posts={"title": "Another title"}),
    "plans:reading_split": own(P.EDIT_PLANS, **_piece("a1"), posts={"first": "One thing", "second": "Another"}),
    "plans:reading_join": only_posts(P.EDIT_PLANS, **_piece("a2")),
    "plans:reading_remove": only_posts(P.EDIT_PLANS, **_piece("a1")),
    "plans:reading_restore": only_posts(P.EDIT_PLANS, **_piece("a3")),
    "plans:reading_place": own(P.EDIT_PLANS, **_piece("u1"), posts={"taken_as": "nothing", "why": "The printer"}),
}
