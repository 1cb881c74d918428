"""The addresses of the returns room."""

from django.urls import path, re_path

from throughline.apps.returns.views import checking, forgetting, months, since, taking

app_name = "returns"

urlpatterns = [
    path("months/", months.index, name="months"),
    re_path(r"^months/months\.(?P<kind>csv|xlsx)$", months.download_months, name="months_download"),
    path("months/close/", months.close, name="close"),
    path("months/check/", checking.show, name="check"),
    re_path(r"^months/check/errors\.(?P<kind>csv|xlsx)$", checking.download, name="check_download"),
    path("months/over/", forgetting.over, name="over"),
    path("months/<int:pk>/", months.show, name="month"),
    path("months/<int:pk>/return.xml", taking.download, name="return_file"),
    path("months/<int:pk>/return/", taking.take, name="take"),
    path("months/<int:pk>/versions/<int:version>/", since.show, name="since"),
    re_path(r"^months/(?P<pk>\d+)/versions/(?P<version>\d+)\.(?P<kind>csv|xlsx)$", since.download, name="since_download"),
    re_path(r"^months/(?P<pk>\d+)/(?P<what>errors|moved|headline)\.(?P<kind>csv|xlsx)$", months.download_list,
            name="list_download"),
]
