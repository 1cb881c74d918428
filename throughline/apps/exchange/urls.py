"""The addresses of the exchange room; none holds anything of a learner but a number of the database's."""

from django.urls import path, re_path

from throughline.apps.exchange.views import added_codes, deliveries, delivery, leaving_out, matching, sending

app_name = "exchange"
_TABLE = "(?P<kind>csv|xlsx)"
_OUTCOME = "(?P<outcome>new|changed|same|unmatched|unreadable|set_aside)"
_ONE = "files/<int:pk>/"

urlpatterns = [
    path("code-lists/<slug:name>/<slug:code>/added/take-away/", added_codes.take_away, name="take_code_away"),
    path("files/", deliveries.index, name="deliveries"),
    re_path(rf"^files/files\.{_TABLE}$", deliveries.download, name="deliveries_download"),
    path("files/sent/", sending.index, name="sent"),
    path("files/sent/<int:pk>/", sending.show, name="sent_list"),
    path("files/sent/<int:pk>/columns/", sending.columns, name="sent_columns"),
    re_path(rf"^files/sent/(?P<pk>\d+)/problems\.{_TABLE}$", sending.problems_download, name="sent_problems_download"),
    path("files/not-matched/", matching.unmatched, name="unmatched"),
    path("files/rows/<int:pk>/", matching.row, name="row"),
    path("files/rows/<int:pk>/leave-out/", leaving_out.leave_out, name="leave_out"),
    path("files/rows/<int:pk>/take-in/", leaving_out.take_in, name="take_in"),
    path(_ONE, delivery.show, name="delivery"),
    re_path(rf"^files/(?P<pk>\d+)/rows/{_OUTCOME}/$", delivery.rows, name="rows"),
    re_path(r"^files/(?P<pk>\d+)/rows/(?P<some>elsewhere|nowhere|otherwise)/$", delivery.some_rows, name="some_rows"),
    path(f"{_ONE}columns/", delivery.mapping, name="mapping"),
    path(f"{_ONE}problems/", delivery.problems, name="problems"),
    re_path(rf"^files/(?P<pk>\d+)/problems\.{_TABLE}$", delivery.problems_download, name="problems_download"),
    path(f"{_ONE}look-again/", deliveries.look_again, name="look_again"),
    path(f"{_ONE}accept/", deliveries.accept, name="accept"),
    path(f"{_ONE}discard/", deliveries.discard, name="discard"),
    path(f"{_ONE}undo/", deliveries.undo, name="undo"),
]
