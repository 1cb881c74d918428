"""The addresses of the performance room."""

from django.urls import path, re_path

from throughline.apps.performance.views import compare, entered, find, freshness, load, measure, people, scorecard

app_name = "performance"
_TABLE = "(?P<kind>csv|xlsx)"
_PLACE = "authorities/(?P<code>[A-Za-z0-9]+)"
_PART = "(?P<part>trend|authorities|map|neighbours|groups|gap-[a-z0-9_]+)"
_FIGURE = "entered/<slug:id>/<slug:area>/<path:period>"

urlpatterns = [
    path("authorities/", scorecard.home, name="home"),
    path("authorities/<str:code>/", scorecard.show, name="scorecard"),
    re_path(rf"^{_PLACE}/scorecard\.{_TABLE}$", scorecard.download, name="scorecard_download"),
    path("authorities/<str:code>/measures/<str:id>/", measure.show, name="measure"),
    re_path(rf"^{_PLACE}/measures/(?P<id>[\w-]+)/{_PART}\.svg$", measure.picture, name="picture"),
    re_path(rf"^{_PLACE}/measures/(?P<id>[\w-]+)/download/{_PART}\.(?P<kind>csv|xlsx|svg|png)$", measure.download,
            name="measure_download"),
    path("compare/", compare.show, name="compare"),
    re_path(rf"^compare/comparison\.{_TABLE}$", compare.download, name="compare_download"),
    path("measures/", find.show, name="find"),
    path("measures/<slug:id>/young-people/", people.show, name="people"),
    re_path(rf"^measures/(?P<id>[\w-]+)/young-people\.{_TABLE}$", people.download, name="people_download"),
    path("freshness/", freshness.show, name="freshness"),
    re_path(rf"^freshness/freshness\.{_TABLE}$", freshness.download, name="freshness_download"),
    path("load/", load.show, name="load"),
    path("load/<slug:dataset>/take-away/", load.unload, name="unload"),
    path("entered/", entered.index, name="entered"),
    re_path(rf"^entered/entered\.{_TABLE}$", entered.download, name="entered_download"),
    path("entered/<slug:id>/", entered.enter, name="enter"),
    path(f"{_FIGURE}/withdraw/", entered.withdraw, name="withdraw"),
    path(f"{_FIGURE}/restore/", entered.restore, name="restore"),
    path(f"{_FIGURE}/", entered.history, name="entered_history"),
]
