"""Campaigns: the calendar of all by term, and one of them with its messages and what people said."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import Changes
from throughline.apps.organisations.editing import form_page, saved
from throughline.apps.plans import campaign_files, campaigns
from throughline.apps.plans.actions import campaigns as changing
from throughline.apps.plans.cycle import asked_year
from throughline.apps.plans.forms.campaign import CampaignActionsForm, CampaignForm
from throughline.apps.plans.models import Campaign
from throughline.apps.plans.subjects import subject_of
from throughline.apps.plans.terms import terms_of
from throughline.apps.plans.words import action_name
from throughline.ui.downloads import table_response
from throughline.ui.formats import count

_SUBJECT = ("campaigns", "", "Campaigns")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """The campaigns of a year, term by term."""
    request.audit_subject = _SUBJECT
    area, year = request.user.area, asked_year(request.GET.get("year", ""), timezone.localdate())
    shown = {
        "year": year, "years": campaigns.years_of(area, year), "terms": terms_of(year.first, year.last),
        "rows": campaigns.in_year(area, year), "removed": Campaign.with_removed.filter(area=area).exclude(removed_at=None),
    }
    return render(request, "plans/campaigns.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Every message of a year's campaigns, and the terms without one, as CSV or XLSX."""
    request.audit_subject = _SUBJECT
    year = asked_year(request.GET.get("year", ""), timezone.localdate())
    rows = list(campaign_files.message_rows(campaigns.in_year(request.user.area, year)))
    title = f"Campaigns {year.label}"
    return table_response(kind, title, campaign_files.MESSAGE_COLUMNS, rows, campaign_files.MESSAGE_NOTES, title=title)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign, term by term."""
    campaign = _campaign(request, pk)
    shown = {
        "campaign": campaign, "terms": campaigns.by_term(campaign), "removed": campaigns.removed_of(campaign),
        "actions": campaign.actions.filter(removed_at=None, plan=campaign.plan).select_related("plan"),
        "action_name": action_name, "called": campaigns.called,
        "sorts": {"CampaignMessage": "message", "CampaignResearch": "research"},
    }
    return render(request, "plans/campaign.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def messages_download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A campaign's messages as CSV or XLSX."""
    campaign = _campaign(request, pk)
    rows = list(campaign_files.message_rows([(campaign, campaigns.by_term(campaign))]))
    return table_response(kind, f"{campaign} messages", campaign_files.MESSAGE_COLUMNS, rows, campaign_files.MESSAGE_NOTES,
                          title=campaign.title)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def research_download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """What people said when a campaign asked them, as CSV or XLSX."""
    campaign = _campaign(request, pk)
    rows = list(campaign_files.research_rows(campaign.research.all()))
    return table_response(kind, f"{campaign} market research", campaign_files.RESEARCH_COLUMNS, rows,
                          campaign_files.RESEARCH_NOTES, title=campaign.title)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest) -> HttpResponse:
    """Add a campaign."""
    form = CampaignForm(request.POST or None, area=request.user.area)
    if campaign := saved(request, form, changing.add_campaign, area=request.user.area):
        messages.success(request, f"{campaign} is added. Now plan its messages.")
        return redirect("plans:campaign", campaign.pk)
    return form_page(request, form, heading="Add a campaign", submit="Add", back=reverse("plans:campaigns"))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a campaign."""
    campaign = _campaign(request, pk)
    form = CampaignForm(request.POST or None, area=request.user.area, record=campaign)

    def kept(**words: Any) -> Changes:
        """Change it, and say how many actions it lets go."""
        changes = changing.change_campaign(**words)
        had, has = changes.get("actions", (0, 0))
        if had > has:
            messages.info(request, f"It no longer carries out {count(had - has, 'action')} of the plan before.")
        return changes

    return _form(request, campaign, form, kept, "Change a campaign")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def actions(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which actions of its plan a campaign carries out."""
    campaign = _campaign(request, pk)
    form = CampaignActionsForm(request.POST or None, record=campaign)
    lead = "" if campaign.plan else "The campaign is for no plan yet. Change the campaign and choose one first."
    return _form(request, campaign, form, changing.set_actions, "Which actions does it carry out?", lead)


def _form(request: HttpRequest, campaign: Campaign, form: CampaignForm | CampaignActionsForm, action: partial, heading: str,
          lead: str = "") -> HttpResponse:
    """A form over a campaign: saved, or shown with what is wrong."""
    back = reverse("plans:campaign", args=[campaign.pk])
    if saved(request, form, action, campaign=campaign):
        messages.success(request, "The campaign is saved.")
        return redirect(back)
    return form_page(request, form, heading=heading, caption=campaign.title, back=back, lead=lead)


def _campaign(request: HttpRequest, pk: int) -> Campaign:
    """The campaign a page is of, noted for the audit. Answers 404 when the reader's authority has none such."""
    campaign = campaigns.campaign_or_404(request.user, pk)
    request.audit_subject = subject_of(campaign)
    return campaign
