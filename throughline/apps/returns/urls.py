"""The addresses of the returns room."""

from django.urls import path, re_path

from throughline.apps.returns.views import checking, forgetting, months

app_name = "returns"

urlpatterns = [
    path("months/", months.index, name="months"),
    re_path(r"^months/months\.(?P<kind>csv|xlsx)$", months.download_months, name="months_download"),
    path("months/close/", months.close, name="close"),
    path("months/check/", checking.show, name="check"),
    path("months/over/", forgetting.over, name="over"),
    path("months/<int:pk>/", months.show, name="month"),
    path("months/<int:pk>/return.xml", months.download_return, name="return_file"),
    re_path(r"^months/(?P<pk>\d+)/(?P<what>errors|moved|headline)\.(?P<kind>csv|xlsx)$", months.download_list,
            name="list_download"),
]
