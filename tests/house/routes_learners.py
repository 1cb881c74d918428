"""The routes of the learners room."""

from tests.house.route import day, only_posts, own
from tests.house.stage import GONE, ONE
from throughline.apps.accounts.permissions import Permission as P
from throughline.apps.learners.record_forms import mark_of

_one = {"args": {"pk": ONE}, "of": "learner"}
_TOLD = {"told_by": "Parent or carer"}


def _change(posts: dict, **more: str):
    """A page that changes something about the learner on the stage."""
    return own(P.EDIT_LEARNERS, args={"pk": ONE, **more}, of="learner", posts=posts)


LEARNERS = {
    "learners:learners": own(P.SEE_LEARNERS, of="learners"),
    "learners:learners_download": own(P.SEE_LEARNERS, args={"kind": "csv"}, of="learners"),
    "learners:add": own(P.EDIT_LEARNERS, posts={
        "given": "New", "family": "Example", **day("born"), "born_year": "2010", "gender": "U", "ethnic_group": "NOBT", **_TOLD}),
    "learners:openings": own(P.SEE_AUDIT, of="openings"),
    "learners:openings_download": own(P.SEE_AUDIT, args={"kind": "csv"}, of="openings"),
    "learners:keeping": own(P.SEE_AUDIT, of="records kept"),
    "learners:endings_download": own(P.SEE_AUDIT, args={"kind": "csv"}, of="records kept"),
    "learners:forgotten_download": own(P.SEE_AUDIT, args={"kind": "csv"}, of="records kept"),
    "learners:longer_download": own(P.SEE_AUDIT, args={"kind": "csv"}, of="records kept"),
    "learners:over": own(P.FORGET_LEARNERS, of="learners", posts={"sure": "on", "these": mark_of([int(GONE)])}),
    "learners:over_download": own(P.FORGET_LEARNERS, args={"kind": "csv"}, of="learners"),
    "learners:keep_longer": _change({"until_day": "1", "until_month": "2", "until_year": "2050", "reason": "A claim is open"}),
    "learners:learner": own(P.SEE_LEARNERS, **_one),
    "learners:activities_download": own(P.SEE_LEARNERS, args={"pk": ONE, "kind": "csv"}, of="learner"),
    "learners:undo": only_posts(P.EDIT_LEARNERS, args={"pk": ONE}),
    "learners:open": own(P.SEE_RESTRICTED, **_one, posts={"reason": "They telephoned to ask where they should go on Monday"}),
    "learners:close": only_posts(P.SEE_RESTRICTED, args={"pk": ONE}),
    "learners:details": _change({"born_day": "1", "born_month": "2", "born_year": "2010", "gender": "F",
                                 "ethnic_group": "OOTH", **_TOLD}),
    "learners:rename": _change({"given": "Another", "family": "Example", "kind": "legal", **_TOLD}),
    "learners:move": _change({"line_1": "2 Example Row", "town": "Example", **_TOLD}),
    "learners:add_identifier": _change({"scheme": "uln", "value": "9276308686", **_TOLD}),
    "learners:restriction": _change({"restricted": "on", "reason": "Agreed with the youth justice team"}),
    "learners:add_activity": _change({"code": "310", "start_day": "2", "start_month": "11", "start_year": "2026", **_TOLD}),
    "learners:confirm_activity": _change(_TOLD, activity=ONE),
    "learners:correct_activity": _change({"code": "310", "start_day": "1", "start_month": "9", "start_year": "2026", **_TOLD},
                                         activity=ONE),
    "learners:withdraw_activity": only_posts(P.EDIT_LEARNERS, args={"pk": ONE, "activity": ONE}),
    "learners:add_trait": _change({"trait": "200", **_TOLD}),
    "learners:end_trait": _change(_TOLD, trait=ONE),
    "learners:need": _change({"level": "1", **_TOLD}),
    "learners:guarantee": _change({"block": "year_11", "code": "110", **_TOLD}),
    "learners:add_contact": _change({"who": "self", "phone": "01632 960002", "may_be_told": "nothing", **_TOLD}),
    "learners:change_contact": _change({"who": "carer", "phone": "01632 960003", "may_be_told": "nothing", **_TOLD}, contact=ONE),
    "learners:end_contact": only_posts(P.EDIT_LEARNERS, args={"pk": ONE, "contact": ONE}),
    "learners:leave": _change({"status": "E", **_TOLD}),
    "learners:rejoin": only_posts(P.EDIT_LEARNERS, args={"pk": GONE}),
    "learners:never_left": only_posts(P.EDIT_LEARNERS, args={"pk": GONE}),
}
