"""The addresses of the accounts room."""

from django.urls import path, re_path

from throughline.apps.accounts import views

app_name = "accounts"
_TABLE = "(?P<kind>csv|xlsx)"

urlpatterns = [
    path("people/", views.users, name="users"),
    re_path(rf"^people/people\.{_TABLE}$", views.users_download, name="users_download"),
    path("people/add/", views.add_user, name="add_user"),
    path("people/<int:pk>/", views.user, name="user"),
    path("people/<int:pk>/change/", views.change_user, name="change_user"),
    *[
        path(f"people/<int:pk>/{step}/", views.confirm, {"step": step}, name=step.replace("-", "_"))
        for step in views.STEPS
    ],
    path("audit/", views.audit, name="audit"),
    path("audit.csv", views.audit_csv, name="audit_csv"),
    path("roles/", views.roles, name="roles"),
    re_path(rf"^roles/roles\.{_TABLE}$", views.roles_download, name="roles_download"),
    path("your-account/", views.your_account, name="your_account"),
]
