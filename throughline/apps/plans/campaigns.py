"""Campaigns laid out by term and year: what is planned in each and what went out, with the terms that have nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from throughline.apps.plans.cycle import Occurrence, Year, year_of
from throughline.apps.plans.models import CalendarEntry, Campaign, CampaignMessage, CampaignResearch
from throughline.apps.plans.terms import Term, terms_of
from throughline.apps.plans.words import shortened
from throughline.ui.formats import day

KIND = "Campaign"  # what the planning cycle calls a date of one
_IN_CYCLE = 120  # how long a message may be there


@dataclass(frozen=True)
class TermShown:
    """One term of one campaign: whether the campaign runs in it, the messages planned for it, and whom it asked then.

    A campaign runs in a term when it runs on a school day of it, or on no day of any other: one that begins in the summer
    holiday begins with the autumn term.
    """

    year: Year
    term: Term
    runs: bool
    messages: list[CampaignMessage]
    research: list[CampaignResearch]

    @property
    def label(self) -> str:
        """Autumn term 2026/27."""
        return f"{self.term.name.capitalize()} term {self.year.label}"

    @property
    def gap(self) -> str:
        """That nothing is planned, where the campaign runs; "" otherwise."""
        return f"Nothing planned for {self.term.name} {self.year.label}" if self.runs and not self.messages else ""

    @property
    def counts(self) -> str:
        """2 planned, 1 went out, 1 not logged; the gap where there is nothing; "" where the campaign does not run."""
        if not self.messages:
            return "Nothing planned" if self.runs else ""
        states = [message.state for message in self.messages]
        went, late = states.count("Went out"), states.count("Not logged")
        return f"{len(states)} planned, {went} went out" + (f", {late} not logged" if late else "")


def campaigns_of(area: str) -> QuerySet[Campaign]:
    """An authority's campaigns, each with its messages without their files."""
    messages = CampaignMessage.objects.defer("content").select_related("who", "campaign")
    held = Campaign.objects.filter(area=area).select_related("lead", "plan")
    return held.prefetch_related(Prefetch("messages", queryset=messages), "research")


def campaign_or_404(user: Any, pk: int) -> Campaign:
    """A campaign of the user's own authority. Raises Http404."""
    return get_object_or_404(campaigns_of(user.area or "none"), pk=pk)


def message_or_404(user: Any, pk: int) -> CampaignMessage:
    """A message of such a campaign that is there. Raises Http404."""
    held = CampaignMessage.objects.select_related("campaign", "who")
    return get_object_or_404(held, pk=pk, campaign__area=user.area or "none", campaign__removed_at=None)


def research_or_404(user: Any, pk: int) -> CampaignResearch:
    """Market research of such a campaign that is there. Raises Http404."""
    held = CampaignResearch.objects.select_related("campaign")
    return get_object_or_404(held, pk=pk, campaign__area=user.area or "none", campaign__removed_at=None)


def removed_of(campaign: Campaign) -> list[CampaignMessage | CampaignResearch]:
    """What was taken away from a campaign and can be brought back."""
    messages = CampaignMessage.with_removed.filter(campaign=campaign).exclude(removed_at=None).defer("content")
    return [*messages, *CampaignResearch.with_removed.filter(campaign=campaign).exclude(removed_at=None)]


def called(kept: Campaign | CampaignMessage | CampaignResearch) -> str:
    """What somebody knows it by: a campaign's name; of the rest the day and the first words."""
    if isinstance(kept, CampaignMessage):
        return f"Message of {day(kept.planned_on)}: {shortened(kept.text)}"
    if isinstance(kept, CampaignResearch):
        return f"Market research of {day(kept.asked_on)}: {shortened(kept.question)}"
    return kept.title


def channels_of(area: str) -> list[str]:
    """How messages went out before, each way once."""
    held = CampaignMessage.objects.filter(campaign__area=area).values_list("channel", flat=True)
    return sorted(set(held), key=str.casefold)


def by_term(campaign: Campaign) -> list[TermShown]:
    """A campaign term by term: every term in which it runs, has a message or asked somebody, in order."""
    messages, research = list(campaign.messages.all()), list(campaign.research.all())
    days = [campaign.starts_on, campaign.ends_on, *(each.planned_on for each in messages), *(each.asked_on for each in research)]
    years = [Year(begins) for begins in range(year_of(min(days)).begins, year_of(max(days)).begins + 1)]
    shown = [each for year in years for each in _terms(campaign, year, messages, research)]
    return [each for each in shown if each.runs or each.messages or each.research]


def in_year(area: str, year: Year) -> list[tuple[Campaign, list[TermShown]]]:
    """The campaigns that run in a year or have a message in it, each with the year's terms; the earliest first."""
    runs = Q(starts_on__lte=year.last, ends_on__gte=year.first)
    said = Q(messages__removed_at=None, messages__planned_on__range=(year.first, year.last))
    found = campaigns_of(area).filter(runs | said).distinct().order_by("starts_on", "pk")
    return [(each, _terms(each, year, list(each.messages.all()), list(each.research.all()))) for each in found]


def years_of(area: str, around: Year) -> list[Year]:
    """The years that a campaign runs in, and the one before and after another."""
    begins = {around.begins - 1, around.begins, around.begins + 1}
    for starts, ends in Campaign.objects.filter(area=area).values_list("starts_on", "ends_on"):
        begins |= set(range(year_of(starts).begins, year_of(ends).begins + 1))
    return [Year(each) for each in sorted(begins)]


def messages_in(area: str, first: date | None = None, last: date | None = None) -> QuerySet[CampaignMessage]:
    """The messages of an authority's campaigns planned from a day to a day, or all of them."""
    held = CampaignMessage.objects.filter(campaign__area=area, campaign__removed_at=None).filter(
        Q(campaign__plan=None) | Q(campaign__plan__removed_at=None))
    held = held.filter(planned_on__range=(first, last)) if first and last else held
    return held.select_related("campaign__plan", "who").defer("content")


def occurrences_of(area: str, year: Year) -> list[Occurrence]:
    """The messages planned for a year as the planning cycle shows its dates."""
    return [Occurrence(as_entry(message), message.planned_on, message.planned_on, campaign=message.campaign)
            for message in messages_in(area, year.first, year.last)]


def as_entry(message: CampaignMessage) -> CalendarEntry:
    """A message as a date of the planning cycle, which is kept nowhere."""
    title = f"{message.campaign}: {shortened(message.text, _IN_CYCLE)}"
    return CalendarEntry(area=message.campaign.area, title=title, kind=KIND, starts_on=message.planned_on, owner=message.who,
                         plan=message.campaign.plan)


def _terms(campaign: Campaign, year: Year, messages: Iterable[CampaignMessage],
           research: Iterable[CampaignResearch]) -> Iterator[TermShown]:
    for term in terms_of(year.first, year.last):
        whole = term.holds(campaign.starts_on) and term.holds(campaign.ends_on)
        runs = whole or (campaign.starts_on <= term.school_ends and campaign.ends_on >= term.first)
        yield TermShown(year, term, runs, [each for each in messages if term.holds(each.planned_on)],
                        [each for each in research if term.holds(each.asked_on)])
