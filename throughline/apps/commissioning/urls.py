"""The addresses of the commissioning room."""

from django.urls import URLPattern, path, re_path

from throughline.apps.commissioning.views import contracts, interventions, of_action, parts, removal, years

app_name = "commissioning"
_TABLE = "(?P<kind>csv|xlsx)"
_PLAN, _NEED, _PRIORITY = "commissioning/<int:pk>/", "commissioning/needs/<int:pk>/", "commissioning/priorities/<int:pk>/"
_INTERVENTION, _PLANNED = "commissioning/interventions/<int:pk>/", "commissioning/planned/<int:pk>/"
_CONTRACT, _PLACES = "contracts/<int:pk>/", "contracts/places/<int:pk>/"
_SPEND, _IMPACT = "commissioning/spend/<int:pk>/", "commissioning/impact/<int:pk>/"


def _removal(sort: str, at: str) -> list[URLPattern]:
    said = {"sort": sort}
    return [
        path(f"{at}remove/", removal.remove, said, name=f"remove_{sort}"),
        path(f"{at}bring-back/", removal.bring_back, said, name=f"bring_back_{sort}"),
    ]


urlpatterns = [
    path("commissioning/", years.index, name="plans"),
    path("commissioning/add/", years.add, name="add_plan"),
    path(_PLAN, years.show, name="plan"),
    re_path(rf"^commissioning/(?P<pk>\d+)/(?P<table>needs|totals|interventions|spend)\.{_TABLE}$", years.download,
            name="plan_download"),
    path(f"{_PLAN}change/", years.change, name="change_plan"),
    path(f"{_PLAN}agree/", years.agree, name="agree"),
    path(f"{_PLAN}take-back/", years.take_back, name="take_back"),
    path(f"{_PLAN}report/", years.report, name="report"),
    path(f"{_PLAN}take-report-back/", years.take_report_back, name="take_report_back"),
    path(f"{_PLAN}needs/add/", parts.add_need, name="add_need"),
    path(f"{_PLAN}priorities/add/", parts.add_priority, name="add_priority"),
    path(f"{_NEED}change/", parts.change_need, name="change_need"),
    path(f"{_PRIORITY}change/", parts.change_priority, name="change_priority"),
    path(f"{_PRIORITY}interventions/add/", interventions.add, name="add_intervention"),
    path("commissioning/for-action/<int:plan>/<int:pk>/", of_action.show, name="of_action"),
    path(_INTERVENTION, interventions.show, name="intervention"),
    path(f"{_INTERVENTION}change/", interventions.change, name="change_intervention"),
    path(f"{_INTERVENTION}planned/add/", interventions.plan_spend, name="plan_spend"),
    path(f"{_PLANNED}change/", interventions.change_planned, name="change_planned"),
    path(f"{_INTERVENTION}spend/add/", interventions.enter_spend, name="enter_spend"),
    path(f"{_INTERVENTION}impact/add/", interventions.state_impact, name="state_impact"),
    path("contracts/", contracts.index, name="contracts"),
    re_path(rf"^contracts/contracts\.{_TABLE}$", contracts.download, name="contracts_download"),
    path("contracts/add/", contracts.add, name="add_contract"),
    path("contracts/enter-total/", contracts.enter_total, name="enter_total"),
    path(_CONTRACT, contracts.show, name="contract"),
    path(f"{_CONTRACT}change/", contracts.change, name="change_contract"),
    path(f"{_CONTRACT}places/add/", contracts.count_places, name="count_places"),
    *_removal("plan", _PLAN), *_removal("need", _NEED), *_removal("priority", _PRIORITY),
    *_removal("intervention", _INTERVENTION), *_removal("planned", _PLANNED), *_removal("spend", _SPEND),
    *_removal("impact", _IMPACT), *_removal("contract", _CONTRACT), *_removal("places", _PLACES),
]
