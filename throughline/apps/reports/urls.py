"""The addresses of the reading room."""

from django.urls import path, re_path

from throughline.apps.reports.views import drafts, issued, spine

app_name = "reports"
_DRAFT = "reports/drafts/<int:pk>/"

urlpatterns = [
    path("reports/", issued.index, name="reports"),
    re_path(r"^reports/reports\.(?P<kind>csv|xlsx)$", issued.list_download, name="reports_download"),
    path("reports/commissioning/<int:pk>/", issued.on_commissioning, name="on_commissioning"),
    path("reports/start/", drafts.start, name="start"),
    path(_DRAFT, drafts.write, name="draft"),
    re_path(r"^reports/drafts/(?P<pk>\d+)/draft\.(?P<kind>docx|xlsx|pdf)$", drafts.download, name="draft_download"),
    path(f"{_DRAFT}issue/", drafts.issue, name="issue"),
    path(f"{_DRAFT}remove/", drafts.remove, name="remove_draft"),
    path(f"{_DRAFT}restore/", drafts.restore, name="restore_draft"),
    path("reports/<int:pk>/", issued.show, name="report"),
    re_path(r"^reports/(?P<pk>\d+)/report\.(?P<kind>docx|xlsx|pdf|html)$", issued.download, name="report_download"),
    path("spine/", spine.index, name="spine"),
    path("spine/indicators/<int:pk>/", spine.back, name="spine_of_indicator"),
    path("spine/<int:pk>/", spine.show, name="spine_of_plan"),
    re_path(r"^spine/(?P<pk>\d+)/spine\.(?P<kind>csv|xlsx)$", spine.download, name="spine_download"),
]
