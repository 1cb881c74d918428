"""The addresses of the code lists room."""

from django.urls import path, re_path

from throughline.apps.codelists import views

app_name = "codelists"

urlpatterns = [
    path("code-lists/", views.index, name="lists"),
    path("code-lists/<slug:name>/", views.show, name="list"),
    re_path(r"^code-lists/(?P<name>[\w-]+)/codes\.(?P<kind>csv|xlsx)$", views.download, name="download"),
    path("code-lists/<slug:name>/<slug:code>/", views.amend, name="amend"),
    path("code-lists/<slug:name>/<slug:code>/withdraw/", views.withdraw, name="withdraw"),
]
