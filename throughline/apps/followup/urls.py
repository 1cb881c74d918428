"""The addresses of the follow-up room."""

from django.urls import path, re_path

from throughline.apps.followup.views import bulk, cases, contacts, following, leavers, meetings, points, risk, today, worklist

app_name = "followup"
_TABLE = "(?P<kind>csv|xlsx)"
_UUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_LIST, _LEARNER, _CASE = "follow-up/lists/<slug:name>/", "follow-up/learners/<int:pk>/", "follow-up/cases/<int:pk>/"
_SCORE, _MEETING = "follow-up/risk/<int:pk>/", "follow-up/meetings/<int:pk>/"

urlpatterns = [
    path("follow-up/", today.index, name="today"),
    path("follow-up/mine/", following.mine, name="mine"),
    path("follow-up/caseloads/", following.caseloads, name="caseloads"),
    re_path(rf"^follow-up/lists\.{_TABLE}$", today.download, name="lists_download"),
    re_path(rf"^follow-up/caseloads/list\.{_TABLE}$", following.download_caseloads, name="caseloads_download"),
    re_path(rf"^follow-up/caseloads/(?P<pk>\d+)/list\.{_TABLE}$", following.download, name="caseload_download"),
    path("follow-up/caseloads/<int:pk>/", following.caseload, name="caseload"),
    path("follow-up/leavers/", leavers.show, name="leavers"),
    re_path(rf"^follow-up/leavers/list\.{_TABLE}$", leavers.download, name="leavers_download"),
    re_path(rf"^follow-up/leavers/places\.{_TABLE}$", leavers.download_places, name="leavers_places_download"),
    re_path(rf"^follow-up/leavers/(?P<number>\d{{7,8}})/feedback\.{_TABLE}$", leavers.feedback, name="leavers_feedback_download"),
    path(_LIST, worklist.show, name="worklist"),
    re_path(rf"^follow-up/lists/(?P<name>[-\w]+)/list\.{_TABLE}$", worklist.download, name="worklist_download"),
    path(f"{_LIST}save/", worklist.save, name="save_filter"),
    path("follow-up/filters/<int:pk>/remove/", worklist.remove, name="remove_filter"),
    path(f"{_LIST}grid/", bulk.grid, name="grid"),
    path("follow-up/bulk/<uuid:pk>/", bulk.show, name="bulk"),
    re_path(rf"^follow-up/bulk/(?P<pk>{_UUID})/changes\.{_TABLE}$", bulk.download, name="bulk_download"),
    path("follow-up/bulk/<uuid:pk>/undo/", bulk.undo, name="undo_bulk"),
    path(_LEARNER, contacts.show, name="contacts"),
    re_path(rf"^follow-up/learners/(?P<pk>\d+)/contacts\.{_TABLE}$", contacts.download, name="contacts_download"),
    path(f"{_LEARNER}claim/", following.claim, name="claim"),
    path(f"{_LEARNER}release/", following.release, name="release"),
    path(f"{_LEARNER}hand-over/", following.hand_over, name="hand_over"),
    path(f"{_LEARNER}log/", contacts.log, name="log_contact"),
    path("follow-up/contacts/<int:pk>/correct/", contacts.correct, name="correct_contact"),
    path("follow-up/risk/", risk.index, name="risk"),
    re_path(rf"^follow-up/risk/list\.{_TABLE}$", risk.download, name="risk_download"),
    path("follow-up/risk/rules/", points.show, name="risk_rules"),
    re_path(rf"^follow-up/risk/rules/points\.{_TABLE}$", points.download, name="points_download"),
    path("follow-up/risk/rules/change/", points.amend, name="amend_points"),
    path("follow-up/risk/rules/withdraw/", points.withdraw, name="withdraw_points"),
    path("follow-up/risk/import/", risk.bring_in, name="import_facts"),
    path(_SCORE, risk.show, name="score"),
    path(f"{_SCORE}decide/", risk.decide, name="decide_on_risk"),
    path(f"{_SCORE}facts/", risk.facts, name="facts"),
    path("follow-up/meetings/", meetings.index, name="meetings"),
    re_path(rf"^follow-up/meetings/list\.{_TABLE}$", meetings.download_index, name="meetings_download"),
    path("follow-up/meetings/prepare/", meetings.prepare, name="prepare_meeting"),
    path(_MEETING, meetings.show, name="meeting"),
    path(f"{_MEETING}print/", meetings.printed, name="print_meeting"),
    re_path(rf"^follow-up/meetings/(?P<pk>\d+)/list\.{_TABLE}$", meetings.download, name="meeting_download"),
    re_path(rf"^follow-up/meetings/(?P<pk>\d+)/decisions\.{_TABLE}$", meetings.download_decisions, name="decisions_download"),
    path(f"{_MEETING}when/", meetings.arrange, name="arrange_meeting"),
    path(f"{_MEETING}meeting.ics", meetings.calendar, name="meeting_ics"),
    path(f"{_MEETING}discard/", meetings.discard, name="discard_meeting"),
    path(f"{_MEETING}close/", meetings.close, name="close_meeting"),
    path("follow-up/listed/<int:pk>/decide/", meetings.decide, name="decide"),
    path("follow-up/decisions/<int:pk>/change/", meetings.change_decision, name="change_decision"),
    path("follow-up/decisions/<int:pk>/take-away/", meetings.take_decision_away, name="take_decision_away"),
    path("follow-up/decisions/<int:pk>/done/", meetings.finish, name="finish_decision"),
    path("follow-up/cases/", cases.index, name="cases"),
    re_path(rf"^follow-up/cases/list\.{_TABLE}$", cases.download, name="cases_download"),
    path(f"{_LEARNER}open-case/", cases.add, name="open_case"),
    path(_CASE, cases.show, name="case"),
    path(f"{_CASE}change/", cases.change, name="change_case"),
    path(f"{_CASE}close/", cases.close, name="close_case"),
    path(f"{_CASE}check/", cases.check, name="check_case"),
]
