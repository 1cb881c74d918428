"""The addresses of the indicator register."""

from django.urls import path, re_path

from throughline.apps.indicators.views import changing, counted, editing, indicator, judging, register, series, tables, values

app_name = "indicators"
_TABLE = "(?P<kind>csv|xlsx)"
_ONE = "indicators/<int:pk>"
_VALUE = f"{_ONE}/values/<path:period>"

urlpatterns = [
    path("indicators/", register.show, name="register"),
    re_path(rf"^indicators/register\.{_TABLE}$", register.download, name="register_download"),
    path("indicators/grid/", tables.show_grid, name="grid"),
    path("indicators/trajectories/", tables.show_trajectories, name="trajectories"),
    path("indicators/gaps/", tables.show_gaps, name="gaps"),
    path("indicators/unjudged/", tables.show_unjudged, name="unjudged"),
    re_path(rf"^indicators/(?P<table>grid|trajectories|gaps|unjudged)\.{_TABLE}$", tables.download, name="table_download"),
    path("indicators/add/", editing.add, name="add"),
    path("learners/<int:pk>/counted/", counted.show, name="counted"),
    path(f"{_ONE}/", indicator.show, name="indicator"),
    path(f"{_ONE}/chart.svg", indicator.picture, name="picture"),
    re_path(r"^indicators/(?P<pk>\d+)/download/(?P<part>over-time|history)\.(?P<kind>csv|xlsx|svg|png)$", indicator.download,
            name="download"),
    path(f"{_ONE}/edit/", editing.edit, name="edit"),
    path(f"{_ONE}/number/", changing.renumber, name="renumber"),
    path(f"{_ONE}/merge/", changing.merge, name="merge"),
    path(f"{_ONE}/retire/", changing.retire, name="retire"),
    path(f"{_ONE}/restore/", changing.restore, name="restore"),
    path(f"{_ONE}/judge/", judging.judge, name="judge"),
    path(f"{_ONE}/trajectory/", series.trajectory, name="trajectory"),
    path(f"{_ONE}/breaks/", series.breaks, name="breaks"),
    path(f"{_ONE}/breaks/<int:broken>/remove/", series.remove_break, name="remove_break"),
    path(f"{_ONE}/breaks/<int:broken>/restore/", series.restore_break, name="restore_break"),
    path(f"{_ONE}/values/enter/", values.enter, name="enter"),
    path(f"{_VALUE}/withdraw/", values.withdraw, name="withdraw_value"),
    path(f"{_VALUE}/restore/", values.restore, name="restore_value"),
    path(f"{_VALUE}/", values.history, name="value_history"),
]
