"""The addresses of the code lists room; the pages that change a code or a rule are the learners room's."""

from django.urls import path, re_path

from throughline.apps.codelists import rule_views, views

app_name = "codelists"

urlpatterns = [
    path("code-lists/", views.index, name="lists"),
    path("rules/", rule_views.index, name="rules"),
    path("rules/<slug:file>/<slug:edition>/", rule_views.show, name="rule_edition"),
    re_path(r"^rules/(?P<file>[\w-]+)/(?P<edition>[\w-]+)/values\.(?P<kind>csv|xlsx)$", rule_views.download,
            name="rule_download"),
    path("rules/<slug:file>/<slug:edition>/<str:path>/withdraw/", rule_views.withdraw, name="rule_withdraw"),
    path("code-lists/<slug:name>/", views.show, name="list"),
    re_path(r"^code-lists/(?P<name>[\w-]+)/codes\.(?P<kind>csv|xlsx)$", views.download, name="download"),
    path("code-lists/<slug:name>/add-a-code/", views.add, name="add"),
    path("code-lists/<slug:name>/<slug:code>/", views.code, name="code"),
    path("code-lists/<slug:name>/<slug:code>/<slug:line>/withdraw/", views.withdraw, name="withdraw"),
]
