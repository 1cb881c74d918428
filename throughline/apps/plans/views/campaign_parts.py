"""The messages of a campaign, planned and logged, its market research, and what is taken away of either or of the whole."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import RecordForm, form_page, saved
from throughline.apps.plans import campaigns
from throughline.apps.plans.actions import campaigns as changing
from throughline.apps.plans.forms.campaign import LogForm, MessageForm, ResearchForm
from throughline.apps.plans.models import Campaign, CampaignMessage, CampaignResearch
from throughline.apps.plans.subjects import Campaigning, subject_of
from throughline.apps.plans.views.evidence import handed_over

_FORM = "plans/campaign_form.html"
_SORTS: dict[str, tuple[Any, str]] = {
    "campaign": (Campaign, "area"), "message": (CampaignMessage, "campaign__area"),
    "research": (CampaignResearch, "campaign__area"),
}


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a message."""
    campaign = _noted(request, campaigns.campaign_or_404(request.user, pk))
    form = MessageForm(request.POST or None, area=request.user.area)
    add = partial(changing.add_message, campaign=campaign)
    return _form(request, campaign, form, add, "Plan a message", "The message is planned.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is planned."""
    message = _noted(request, campaigns.message_or_404(request.user, pk))
    form = MessageForm(request.POST or None, area=request.user.area, record=message)
    change = partial(changing.change_message, message=message)
    return _form(request, message.campaign, form, change, "Change a message", "The message is changed.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def log_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a message went out, or put right what was logged."""
    message = _noted(request, campaigns.message_or_404(request.user, pk))
    form = LogForm(request.POST or None, request.FILES or None, record=message,
                   initial={"sent_on": min(message.planned_on, timezone.localdate())})
    heading = "Change what was logged" if message.sent_on else "Log that it went out"
    log = partial(changing.log_message, message=message)
    return _form(request, message.campaign, form, log, heading, "The message is logged.")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def unlog_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a message did not go out after all."""
    message = _noted(request, campaigns.message_or_404(request.user, pk))
    changing.unlog_message(by=request.user, message=message)
    messages.success(request, "The message did not go out. What was logged with it is kept for when you log it again.")
    return redirect("plans:campaign", message.campaign_id)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over the file of what was sent."""
    message = _noted(request, campaigns.message_or_404(request.user, pk))
    if not message.size:
        raise Http404("No file was kept of it.")
    return handed_over(message)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add_research(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what people said when they were asked."""
    campaign = _noted(request, campaigns.campaign_or_404(request.user, pk))
    form = ResearchForm(request.POST or None)
    add = partial(changing.add_research, campaign=campaign)
    return _form(request, campaign, form, add, "Add market research", "What they said is kept.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change_research(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what people said."""
    research = _noted(request, campaigns.research_or_404(request.user, pk))
    form = ResearchForm(request.POST or None, record=research)
    change = partial(changing.change_research, research=research)
    return _form(request, research.campaign, form, change, "Change market research", "The market research is changed.")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def remove(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """Take a campaign, a message or market research out of sight."""
    kept = _kept(request, sort, pk)
    changing.remove(by=request.user, kept=kept)
    messages.success(request, f"{campaigns.called(kept)}: taken away. You can bring it back at the foot of this page.")
    return redirect(_page_of(kept))


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def bring_back(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """Undo a removal."""
    kept = _kept(request, sort, pk)
    changing.bring_back(by=request.user, kept=kept)
    messages.success(request, f"{campaigns.called(kept)}: brought back.")
    return redirect(_page_of(kept))


def _form(request: HttpRequest, campaign: Campaign, form: RecordForm, action: Callable[..., Any], heading: str,
          said: str) -> HttpResponse:
    """A form over a part of a campaign: saved, or shown with what is wrong."""
    back = reverse("plans:campaign", args=[campaign.pk])
    if saved(request, form, action):
        messages.success(request, said)
        return redirect(back)
    return form_page(request, form, heading=heading, caption=campaign.title, back=back, template=_FORM)


def _kept(request: HttpRequest, sort: str, pk: int) -> Campaigning:
    """The record, removed or not, noted for the audit. Answers 404 when the reader's authority has none such."""
    model, area = _SORTS[sort]
    return _noted(request, get_object_or_404(model.with_removed, pk=pk, **{area: request.user.area}))


def _page_of(kept: Campaigning) -> str:
    """Where it is listed, removed or not."""
    return reverse("plans:campaigns") if isinstance(kept, Campaign) else reverse("plans:campaign", args=[kept.campaign_id])


def _noted(request: HttpRequest, kept: Any) -> Any:
    request.audit_subject = subject_of(kept)
    return kept
