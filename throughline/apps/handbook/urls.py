"""The addresses of the handbook room."""

from django.urls import path, re_path

from throughline.apps.handbook import views

app_name = "handbook"

urlpatterns = [
    path("handbook/", views.index, name="pages"),
    re_path(r"^handbook/handbook\.(?P<kind>csv|xlsx)$", views.download, name="download"),
    path("handbook/whole/", views.whole, name="whole"),
    path("handbook/add/", views.add, name="add"),
    path("handbook/<int:pk>/", views.show, name="page"),
    path("handbook/<int:pk>/editions/<int:number>/", views.edition, name="edition"),
    path("handbook/<int:pk>/change/", views.change, name="change"),
    path("handbook/<int:pk>/remove/", views.remove, name="remove"),
    path("handbook/<int:pk>/bring-back/", views.bring_back, name="bring_back"),
]
