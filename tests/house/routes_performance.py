"""The routes of the performance room."""

from tests.house.route import own, route
from throughline.apps.accounts.permissions import Permission as P

ENTERED = {"id": "schools_with_an_enterprise_adviser"}
FIGURE = {**ENTERED, "area": "358", "period": "2024/25"}
HERE = {"code": "358", "id": "attainment_8"}
COUNTED = {"id": "neet_16_17_month_register"}
_TWO = "?area=358&area=202"

PERFORMANCE = {
    "performance:home": route(P.SEE_PUBLISHED_FIGURES),
    "performance:scorecard": route(P.SEE_PUBLISHED_FIGURES, args={"code": "358"}, of="scorecard"),
    "performance:scorecard_download": route(P.DOWNLOAD_FIGURES, args={"code": "358", "kind": "csv"}, of="scorecard"),
    "performance:measure": route(P.SEE_PUBLISHED_FIGURES, args=HERE, of="measure"),
    "performance:picture": route(P.SEE_PUBLISHED_FIGURES, args={**HERE, "part": "trend"}, recorded=False),
    "performance:measure_download": route(
        P.DOWNLOAD_FIGURES, args={**HERE, "part": "trend", "kind": "csv"}, of="measure"),
    "performance:compare": route(P.SEE_PUBLISHED_FIGURES, query=_TWO, of="comparison"),
    "performance:compare_download": route(P.DOWNLOAD_FIGURES, args={"kind": "csv"}, query=_TWO, of="comparison"),
    "performance:find": route(P.SEE_PUBLISHED_FIGURES, query="?q=neet"),
    "performance:people": own(P.SEE_LEARNERS, args=COUNTED, of="measure"),
    "performance:people_download": own(P.SEE_LEARNERS, args={**COUNTED, "kind": "csv"}, of="measure"),
    "performance:freshness": route(P.SEE_DATA_FRESHNESS, of="data freshness"),
    "performance:freshness_download": route(
        P.SEE_DATA_FRESHNESS, P.DOWNLOAD_FIGURES, args={"kind": "csv"}, of="data freshness"),
    "performance:load": route(P.LOAD_PUBLISHED_DATA, posts={"dataset": "lait"}),
    "performance:unload": route(P.LOAD_PUBLISHED_DATA, args={"dataset": "lait"}, posts={}, gets=False),
    "performance:entered": route(P.ENTER_FIGURES),
    "performance:entered_download": route(P.ENTER_FIGURES, args={"kind": "csv"}, of="entered figures"),
    "performance:enter": route(
        P.ENTER_FIGURES, args=ENTERED, of="measure",
        posts={"area": "358", "period": "2023/24", "value": "7", "status": "final"}),
    "performance:withdraw": route(P.ENTER_FIGURES, args=FIGURE, posts={}, gets=False),
    "performance:restore": route(P.ENTER_FIGURES, args=FIGURE, posts={}, gets=False),
    "performance:entered_history": route(P.ENTER_FIGURES, args=FIGURE, of="entered figure"),
}
