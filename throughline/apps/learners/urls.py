"""The addresses of the learners room; none holds anything of a learner but a number of the database's."""

from django.urls import path, re_path

from throughline.apps.learners.views import (
    activities,
    circumstances,
    details,
    keeping,
    opening,
    record,
    register,
    said_otherwise,
)

app_name = "learners"
_TABLE = "(?P<kind>csv|xlsx)"
_ONE = "learners/<int:pk>/"

urlpatterns = [
    path("code-lists/<slug:name>/<slug:code>/<slug:line>/", said_otherwise.amend_code, name="amend_code"),
    path("rules/<slug:file>/<slug:edition>/<str:path>/", said_otherwise.amend_rule, name="amend_rule"),
    path("learners/", register.index, name="learners"),
    re_path(rf"^learners/learners\.{_TABLE}$", register.download, name="learners_download"),
    path("learners/add/", register.add, name="add"),
    path("learners/openings/", opening.openings, name="openings"),
    re_path(rf"^learners/openings\.{_TABLE}$", opening.openings_download, name="openings_download"),
    path("learners/kept/", keeping.show, name="keeping"),
    path("learners/kept/over/", keeping.over, name="over"),
    re_path(rf"^learners/kept/over\.{_TABLE}$", keeping.over_download, name="over_download"),
    re_path(rf"^learners/kept/longer\.{_TABLE}$", keeping.longer_download, name="longer_download"),
    re_path(rf"^learners/kept/ending\.{_TABLE}$", keeping.endings_download, name="endings_download"),
    re_path(rf"^learners/kept/forgotten\.{_TABLE}$", keeping.forgotten_download, name="forgotten_download"),
    path(_ONE, record.show, name="learner"),
    re_path(rf"^learners/(?P<pk>\d+)/activities\.{_TABLE}$", record.download, name="activities_download"),
    path(f"{_ONE}undo/", record.undo, name="undo"),
    path(f"{_ONE}open/", opening.open_record, name="open"),
    path(f"{_ONE}open/end/", opening.close_record, name="close"),
    path(f"{_ONE}details/", details.details, name="details"),
    path(f"{_ONE}name/", details.rename, name="rename"),
    path(f"{_ONE}address/", details.move, name="move"),
    path(f"{_ONE}numbers/add/", details.add_identifier, name="add_identifier"),
    path(f"{_ONE}restriction/", details.restriction, name="restriction"),
    path(f"{_ONE}keep-longer/", keeping.keep_longer, name="keep_longer"),
    path(f"{_ONE}activities/add/", activities.add, name="add_activity"),
    path(f"{_ONE}activities/<int:activity>/confirm/", activities.confirm, name="confirm_activity"),
    path(f"{_ONE}activities/<int:activity>/correct/", activities.correct, name="correct_activity"),
    path(f"{_ONE}activities/<int:activity>/withdraw/", activities.withdraw, name="withdraw_activity"),
    path(f"{_ONE}characteristics/add/", circumstances.add_trait, name="add_trait"),
    path(f"{_ONE}characteristics/<int:trait>/end/", circumstances.end_trait, name="end_trait"),
    path(f"{_ONE}need/", circumstances.need, name="need"),
    path(f"{_ONE}guarantee/", circumstances.guarantee, name="guarantee"),
    path(f"{_ONE}contacts/add/", circumstances.add_contact, name="add_contact"),
    path(f"{_ONE}contacts/<int:contact>/change/", circumstances.change_contact, name="change_contact"),
    path(f"{_ONE}contacts/<int:contact>/end/", circumstances.end_contact, name="end_contact"),
    path(f"{_ONE}leave/", circumstances.leave, name="leave"),
    path(f"{_ONE}rejoin/", circumstances.rejoin, name="rejoin"),
    path(f"{_ONE}never-left/", circumstances.never_left, name="never_left"),
]
