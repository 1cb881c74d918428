"""The addresses of campaigns: their calendar, each term by term, what is planned, logged and asked."""

from django.urls import URLPattern, path, re_path

from throughline.apps.plans.views import campaign_parts, campaigns

_TABLE = r"(?P<kind>csv|xlsx)"
_CAMPAIGN, _MESSAGE, _RESEARCH = "campaigns/<int:pk>/", "campaigns/messages/<int:pk>/", "campaigns/research/<int:pk>/"


def _removal(sort: str, at: str) -> list[URLPattern]:
    said = {"sort": sort}
    return [
        path(f"{at}remove/", campaign_parts.remove, said, name=f"remove_{sort}"),
        path(f"{at}bring-back/", campaign_parts.bring_back, said, name=f"bring_back_{sort}"),
    ]


urlpatterns = [
    path("campaigns/", campaigns.index, name="campaigns"),
    re_path(rf"^campaigns/campaigns\.{_TABLE}$", campaigns.download, name="campaigns_download"),
    path("campaigns/add/", campaigns.add, name="add_campaign"),
    path(_CAMPAIGN, campaigns.show, name="campaign"),
    re_path(rf"^campaigns/(?P<pk>\d+)/messages\.{_TABLE}$", campaigns.messages_download, name="messages_download"),
    re_path(rf"^campaigns/(?P<pk>\d+)/research\.{_TABLE}$", campaigns.research_download, name="research_download"),
    path(f"{_CAMPAIGN}change/", campaigns.change, name="change_campaign"),
    path(f"{_CAMPAIGN}actions/", campaigns.actions, name="campaign_actions"),
    path(f"{_CAMPAIGN}messages/add/", campaign_parts.add_message, name="add_message"),
    path(f"{_CAMPAIGN}research/add/", campaign_parts.add_research, name="add_research"),
    path(f"{_MESSAGE}change/", campaign_parts.change_message, name="change_message"),
    path(f"{_MESSAGE}log/", campaign_parts.log_message, name="log_message"),
    path(f"{_MESSAGE}unlog/", campaign_parts.unlog_message, name="unlog_message"),
    path(f"{_MESSAGE}material/", campaign_parts.material, name="material"),
    path(f"{_RESEARCH}change/", campaign_parts.change_research, name="change_research"),
    *_removal("campaign", _CAMPAIGN), *_removal("message", _MESSAGE), *_removal("research", _RESEARCH),
]
