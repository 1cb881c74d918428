"""allauth's addresses, with those that this site does not offer closed: an administrator keeps addresses and people."""

from django.urls import include, path

from throughline.apps.accounts import views

urlpatterns = [
    path("email/", views.not_here),
    path("confirm-email/", views.not_here),
    path("confirm-email/<str:key>/", views.not_here),
    path("password/set/", views.not_here),
    path("3rdparty/", views.not_here),
    path("3rdparty/signup/", views.not_here),
    path("oidc/<str:provider_id>/login/", views.directory_sign_in),
    path("", include("allauth.urls")),
]
