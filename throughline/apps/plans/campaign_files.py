"""Campaigns as files: one row a message or a term without one, and one row an answer that people gave."""

from collections.abc import Iterable, Iterator
from typing import Any

from throughline.apps.plans.campaigns import TermShown
from throughline.apps.plans.models import Campaign, CampaignResearch
from throughline.ui.downloads import Column

MESSAGE_COLUMNS = [
    Column("campaign", "Campaign"), Column("year", "Academic year"), Column("term", "Term"), Column("message", "Message"),
    Column("channel", "How"), Column("audience", "To whom"), Column("planned", "Planned for"), Column("who", "Who"),
    Column("state", "State"), Column("sent", "Went out on"), Column("reach", "How many it reached", 0),
    Column("how", "How that is known"), Column("address", "Address of what was sent"),
]
MESSAGE_NOTES = ["A term in which a campaign runs and nothing is planned has a row of its own.",
                 "How many a message reached is empty where that is not known, which is not none.",
                 "Who may be a person: pass the file to nobody who may not see plans."]
RESEARCH_COLUMNS = [
    Column("on", "Asked on"), Column("question", "Question"), Column("method", "How they were asked"),
    Column("answered", "How many answered", 0), Column("answer", "Answer"), Column("many", "How many gave it", 0),
    Column("share", "In a hundred of those who answered", 1), Column("said", "What they said"),
]
RESEARCH_NOTES = ["Somebody may have given several answers.", "An answer without a number was not counted."]


def message_rows(laid_out: Iterable[tuple[Campaign, Iterable[TermShown]]]) -> Iterator[dict[str, Any]]:
    """One row a message, term by term; one for each term with nothing in it."""
    for campaign, terms in laid_out:
        for shown in terms:
            of = {"campaign": campaign.title, "year": shown.year.label, "term": shown.term.name}
            if shown.gap:
                yield {**of, "state": "Nothing planned"}
            for each in shown.messages:
                yield {**of, "message": each.text, "channel": each.channel, "audience": each.audience, "planned": each.planned_on,
                       "who": each.who.name if each.who else "", "state": each.state, "sent": each.sent_on, "reach": each.reach,
                       "how": each.reach_how, "address": each.address}


def research_rows(research: Iterable[CampaignResearch]) -> Iterator[dict[str, Any]]:
    """One row an answer; one for what was asked without figures."""
    for asked in research:
        of = {"on": asked.asked_on, "question": asked.question, "method": asked.method, "answered": asked.answered,
              "said": asked.said}
        for answer, many, share in asked.shares or [("", None, None)]:
            yield {**of, "answer": answer, "many": many, "share": share}
