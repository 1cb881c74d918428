"""The addresses of the governance room."""

from django.urls import URLPattern, path, re_path

from throughline.apps.governance.views import agenda, consultations, decisions, feed, meetings, removal, scrutiny

app_name = "governance"
_TABLE = "(?P<kind>csv|xlsx)"
_MEETING, _DECISION, _QUESTION = "meetings/<int:pk>/", "decisions/<int:pk>/", "scrutiny/<int:pk>/"
_ITEM, _PAPER, _CONSULTATION = "meetings/items/<int:pk>/", "meetings/papers/<int:pk>/", "consultations/<int:pk>/"
_RESPONSE = "consultations/responses/<int:pk>/"


def _removal(sort: str, at: str) -> list[URLPattern]:
    said = {"sort": sort}
    return [
        path(f"{at}remove/", removal.remove, said, name=f"remove_{sort}"),
        path(f"{at}bring-back/", removal.bring_back, said, name=f"bring_back_{sort}"),
    ]


urlpatterns = [
    path("calendar/feed/<str:key>.ics", feed.feed, name="feed"),
    path("meetings/", meetings.index, name="meetings"),
    re_path(rf"^meetings/meetings\.{_TABLE}$", meetings.download, name="meetings_download"),
    path("meetings/add/", meetings.add, name="add_meeting"),
    path(_MEETING, meetings.show, name="meeting"),
    path(f"{_MEETING}meeting.ics", feed.meeting, name="meeting_ics"),
    path(f"{_MEETING}change/", meetings.change, name="change_meeting"),
    path(f"{_MEETING}agenda/", meetings.printed, {"what": "agenda"}, name="agenda"),
    path(f"{_MEETING}minutes/", meetings.printed, {"what": "minutes"}, name="minutes"),
    path(f"{_MEETING}minutes/write/", meetings.minutes, name="write_minutes"),
    path(f"{_MEETING}attendance/", meetings.attendance, name="attendance"),
    path(f"{_MEETING}items/add/", agenda.add_item, name="add_item"),
    path(f"{_MEETING}papers/add/", agenda.add_paper, name="add_paper"),
    path(f"{_MEETING}decisions/add/", decisions.add, name="add_decision"),
    path(f"{_ITEM}change/", agenda.change_item, name="change_item"),
    path(_PAPER, agenda.paper, name="paper"),
    path(f"{_PAPER}change/", agenda.change_paper, name="change_paper"),
    path("decisions/", decisions.index, name="decisions"),
    re_path(rf"^decisions/decisions\.{_TABLE}$", decisions.download, name="decisions_download"),
    path(_DECISION, decisions.show, name="decision"),
    path(f"{_DECISION}change/", decisions.change, name="change_decision"),
    path(f"{_DECISION}done/", decisions.finish, name="finish_decision"),
    path(f"{_DECISION}reopen/", decisions.reopen, name="reopen_decision"),
    path(f"{_DECISION}make-action/", decisions.make_action, name="make_action_of_decision"),
    path("scrutiny/", scrutiny.index, name="scrutiny"),
    re_path(rf"^scrutiny/questions\.{_TABLE}$", scrutiny.download, name="scrutiny_download"),
    path("scrutiny/ask/", scrutiny.ask, name="ask"),
    path("scrutiny/record/", scrutiny.record, name="record_question"),
    path(_QUESTION, scrutiny.show, name="question"),
    path("scrutiny/<int:follows>/ask-further/", scrutiny.ask, name="ask_further"),
    path(f"{_QUESTION}change/", scrutiny.change, name="change_question"),
    path(f"{_QUESTION}answer/", scrutiny.answer, name="answer"),
    path(f"{_QUESTION}close/", scrutiny.turn, {"step": "close"}, name="close_question"),
    path(f"{_QUESTION}reopen/", scrutiny.turn, {"step": "reopen"}, name="reopen_question"),
    path(f"{_QUESTION}make-action/", scrutiny.make_action, name="make_action_of_question"),
    path("consultations/", consultations.index, name="consultations"),
    re_path(rf"^consultations/consultations\.{_TABLE}$", consultations.download, name="consultations_download"),
    path("consultations/add/", consultations.add, name="add_consultation"),
    path(_CONSULTATION, consultations.show, name="consultation"),
    re_path(rf"^consultations/(?P<pk>\d+)/responses\.{_TABLE}$", consultations.responses_download, name="responses_download"),
    path(f"{_CONSULTATION}change/", consultations.change, name="change_consultation"),
    path(f"{_CONSULTATION}responses/add/", consultations.add_response, name="add_response"),
    path(f"{_RESPONSE}change/", consultations.change_response, name="change_response"),
    *_removal("item", _ITEM), *_removal("paper", _PAPER), *_removal("decision", _DECISION), *_removal("question", _QUESTION),
    *_removal("consultation", _CONSULTATION), *_removal("response", _RESPONSE),
]
