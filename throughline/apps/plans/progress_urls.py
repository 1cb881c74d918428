"""The addresses of a plan's progress: updates, evidence, success, due dates, bulk updates and the planning cycle."""

from django.urls import path, re_path

from throughline.apps.plans.views import bulk, calendar, criteria, due, evidence, feed, mine, updates

_TABLE = r"(?P<kind>csv|xlsx)"
_ACTION, _CRITERION = "plans/<int:plan>/actions/<int:pk>", "plans/<int:plan>/criteria/<int:pk>"
_NUMBERED_ACTION = r"plans/(?P<plan>\d+)/actions/(?P<pk>\d+)"
_BATCH = "plans/<int:pk>/bulk/<uuid:batch>"

urlpatterns = [
    path("my-actions/", mine.show, name="mine"),
    path("due/", due.show, name="due"),
    re_path(rf"^due/due\.{_TABLE}$", due.download, name="due_download"),
    path(f"{_ACTION}/update/", updates.update, name="update"),
    re_path(rf"^{_NUMBERED_ACTION}/updates/(?P<update>\d+)/(?P<way>undo|restore)/$", updates.turn, name="turn_update"),
    path(f"{_ACTION}/evidence/add/", evidence.add, name="add_evidence"),
    path(f"{_ACTION}/evidence/<int:evidence>/", evidence.download, name="evidence"),
    re_path(rf"^{_NUMBERED_ACTION}/evidence/(?P<evidence>\d+)/(?P<way>remove|restore)/$", evidence.turn, name="turn_evidence"),
    path("plans/<int:pk>/success/", criteria.show, name="success"),
    re_path(rf"^plans/(?P<pk>\d+)/success/success\.{_TABLE}$", criteria.download, name="success_download"),
    path(f"{_CRITERION}/", criteria.history, name="criterion"),
    path(f"{_CRITERION}/judge/", criteria.judge, name="judge"),
    path("plans/<int:pk>/bulk/", bulk.grid, name="bulk"),
    path(f"{_BATCH}/", bulk.batch, name="batch"),
    path(f"{_BATCH}/undo/", bulk.undo, name="undo_batch"),
    path("calendar/", calendar.show, name="calendar"),
    re_path(r"^calendar/month/(?P<when>\d{4}-\d{2})/$", calendar.show_month, name="month"),
    re_path(rf"^calendar/cycle\.{_TABLE}$", calendar.download, name="calendar_download"),
    path("calendar/cycle.ics", feed.cycle, name="cycle_ics"),
    path("calendar/add/", calendar.add, name="add_entry"),
    path("calendar/copy/", calendar.copy, name="copy_cycle"),
    path("calendar/copy/undo/", calendar.undo_copy, name="undo_copy"),
    path("calendar/<int:pk>/change/", calendar.change, name="change_entry"),
    re_path(r"^calendar/(?P<pk>\d+)/(?P<way>remove|restore)/$", calendar.turn, name="turn_entry"),
    path("calendar/feed/renew/", feed.renew, name="renew_feed"),
    path("calendar/feed/end/", feed.end, name="end_feed"),
]
