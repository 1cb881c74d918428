"""The addresses of the plans room."""

from django.urls import path, re_path

from throughline.apps.plans import campaign_urls, progress_urls, reading_urls
from throughline.apps.plans.views import (
    action,
    approval,
    changes,
    costs,
    coverage,
    download,
    inspections,
    owners,
    parts,
    plan,
    plans,
    references,
    section,
)

app_name = "plans"
_TABLE = r"(?P<kind>csv|xlsx)"
_NUMBERED = r"plans/(?P<pk>\d+)"
_PLAN, _SECTION, _ACTION = "plans/<int:pk>", "plans/<int:plan>/sections/<int:pk>", "plans/<int:plan>/actions/<int:pk>"
_WAY = r"(?P<way>up|down)"
_PART = (r"^plans/(?P<plan>\d+)/(?P<under>actions|sections|whole)/(?P<holder>\d+)/"
         r"(?P<kind>steps|milestones|owners|costs|criteria|references|leads)")
_RECOMMENDATION = "plans/inspections/<int:pk>/recommendations/<int:recommendation>"

urlpatterns = [
    path("plans/", plans.index, name="plans"),
    re_path(rf"^plans/plans\.{_TABLE}$", plans.download, name="plans_download"),
    path("plans/add/", plans.add, name="add"),
    path("plans/coverage/", coverage.show, name="coverage"),
    re_path(rf"^plans/coverage/coverage\.{_TABLE}$", coverage.download, name="coverage_download"),
    path("plans/inspections/add/", inspections.add, name="add_inspection"),
    path("plans/inspections/<int:pk>/", inspections.show, name="inspection"),
    path("plans/inspections/<int:pk>/change/", inspections.change, name="change_inspection"),
    path("plans/inspections/<int:pk>/recommendations/add/", inspections.add_recommendation, name="add_recommendation"),
    path(f"{_RECOMMENDATION}/change/", inspections.change_recommendation, name="change_recommendation"),
    path(f"{_RECOMMENDATION}/remove/", inspections.remove_recommendation, name="remove_recommendation"),
    path(f"{_RECOMMENDATION}/restore/", inspections.restore_recommendation, name="restore_recommendation"),
    path(f"{_PLAN}/", plan.show, name="plan"),
    path(f"{_PLAN}/change/", plan.change, name="change"),
    path(f"{_PLAN}/indicators/", plan.indicators, name="plan_indicators"),
    path(f"{_PLAN}/remove/", plan.remove, name="remove"),
    path(f"{_PLAN}/restore/", plan.restore, name="restore"),
    re_path(rf"^{_NUMBERED}/actions\.{_TABLE}$", plan.download, name="actions_download"),
    re_path(rf"^{_NUMBERED}/plan\.(?P<kind>docx|xlsx|pdf)$", download.document, name="document"),
    path(f"{_PLAN}/approve/", approval.approve, name="approve"),
    path(f"{_PLAN}/approval/withdraw/", approval.withdraw, name="withdraw_approval"),
    path(f"{_PLAN}/close/", approval.close, name="close"),
    path(f"{_PLAN}/reopen/", approval.reopen, name="reopen"),
    path(f"{_PLAN}/next-version/", approval.next_version, name="next_version"),
    path(f"{_PLAN}/baseline/", changes.baseline, name="baseline"),
    re_path(rf"^{_NUMBERED}/baseline/changes\.{_TABLE}$", changes.baseline_download, name="baseline_download"),
    path(f"{_PLAN}/changes/", changes.changes, name="changes"),
    re_path(rf"^{_NUMBERED}/changes/changes\.{_TABLE}$", changes.changes_download, name="changes_download"),
    path(f"{_PLAN}/costs/", costs.show, name="costs"),
    re_path(rf"^{_NUMBERED}/costs/costs\.{_TABLE}$", costs.download, name="costs_download"),
    path(f"{_PLAN}/references/", references.show, name="references"),
    re_path(rf"^{_NUMBERED}/references/references\.{_TABLE}$", references.download, name="references_download"),
    path(f"{_PLAN}/owners/", owners.show, name="owners"),
    re_path(rf"^{_NUMBERED}/owners/owners\.{_TABLE}$", owners.download, name="owners_download"),
    path("plans/<int:plan>/sections/add/", section.add, name="add_section"),
    path(f"{_SECTION}/", section.show, name="section"),
    path(f"{_SECTION}/change/", section.change, name="change_section"),
    path(f"{_SECTION}/answers/", section.answers, name="section_answers"),
    path(f"{_SECTION}/indicators/", section.indicators, name="section_indicators"),
    re_path(rf"^plans/(?P<plan>\d+)/sections/(?P<pk>\d+)/move/{_WAY}/$", section.move, name="move_section"),
    path(f"{_SECTION}/remove/", section.remove, name="remove_section"),
    path(f"{_SECTION}/restore/", section.restore, name="restore_section"),
    path("plans/<int:plan>/sections/<int:section>/actions/add/", action.add, name="add_action"),
    path(f"{_ACTION}/", action.show, name="action"),
    path(f"{_ACTION}/change/", action.change, name="change_action"),
    path(f"{_ACTION}/state/", action.state, name="action_state"),
    path(f"{_ACTION}/indicators/", action.indicators, name="action_indicators"),
    path(f"{_ACTION}/handbook/", action.handbook, name="action_handbook"),
    path("handbook/<int:page>/actions/", action.of_handbook_page, name="handbook_actions"),
    re_path(rf"^plans/(?P<plan>\d+)/actions/(?P<pk>\d+)/move/{_WAY}/$", action.move, name="move_action"),
    path(f"{_ACTION}/remove/", action.remove, name="remove_action"),
    path(f"{_ACTION}/restore/", action.restore, name="restore_action"),
    re_path(rf"{_PART}/add/$", parts.add, name="add_part"),
    re_path(rf"{_PART}/(?P<pk>\d+)/change/$", parts.change, name="change_part"),
    re_path(rf"{_PART}/(?P<pk>\d+)/remove/$", parts.remove, name="remove_part"),
    re_path(rf"{_PART}/(?P<pk>\d+)/restore/$", parts.restore, name="restore_part"),
    re_path(rf"{_PART}/(?P<pk>\d+)/move/{_WAY}/$", parts.move, name="move_part"),
    re_path(r"^plans/(?P<plan>\d+)/actions/(?P<holder>\d+)/(?P<kind>steps|milestones)/(?P<pk>\d+)/(?P<done>done|undone)/$",
            parts.tick, name="tick"),
]
urlpatterns += campaign_urls.urlpatterns + progress_urls.urlpatterns + reading_urls.urlpatterns
