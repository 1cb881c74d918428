"""The tables of the follow-up room as files: their columns and their rows."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from throughline.apps.followup import rules
from throughline.apps.followup.models import ListedLearner, SupportCase
from throughline.apps.followup.queries import name_of
from throughline.apps.followup.scores import Scored
from throughline.apps.followup.worklist import STANDINGS, Entry
from throughline.apps.learners.codes import codeset
from throughline.apps.learners.models import Learner
from throughline.apps.learners.places import district_name
from throughline.ui.downloads import Column

NOTES = ["This file is about young people: keep it no longer than it is needed, and pass it to nobody who may not see the page.",
         "Restricted records are left out."]
WORKLIST_COLUMNS = [
    Column("number", "Number"), Column("name", "Name"), Column("age", "Academic age"), Column("district", "District"),
    Column("standing", "Counts as"), Column("activity", "Activity"), Column("reason", "Why on the list"),
    Column("channel", "Suggested way"), Column("tries", "Tries in vain"), Column("waiting", "Days since last heard of"),
    Column("officer", "Officer"), Column("next_contact", "Next contact"), Column("vulnerable", "Of a vulnerable group"),
]
SCORE_COLUMNS = [
    Column("number", "Number"), Column("name", "Name"), Column("year", "Year group"), Column("points", "Points"),
    Column("band", "Band"), Column("reasons", "Reasons"), Column("unknown", "Not known"),
    Column("most", "At most, were all known"),
    Column("facts", "Facts as at"), Column("decision", "Last decision"), Column("decided", "Decided on"),
]
SCORE_NOTES = [*NOTES, "A score decides nothing by itself: somebody looks, and says what they decided and why."]
MEETING_COLUMNS = [
    Column("number", "Number"), Column("name", "Name"), Column("age", "Academic age"), Column("standing", "Counted as"),
    Column("activity", "Activity"), Column("why", "Why listed"), Column("carried", "Carried forward"),
    Column("vulnerable", "Of a vulnerable group"), Column("decisions", "Decisions"),
]
CASE_COLUMNS = [
    Column("number", "Number"), Column("worker", "Worker"), Column("opened_on", "Opened"), Column("plan", "Plan"),
    Column("closed_on", "Closed"), Column("outcome", "Outcome"), Column("check_due", "Check due"),
    Column("sustained", "It lasted"),
]


def worklist_rows(
    entries: Iterable[Entry], learners: Mapping[int, Learner], officers: Mapping[int, str],
) -> Iterator[dict[str, Any]]:
    """One row somebody on a list."""
    label = codeset("activity").label
    for entry in entries:
        row = entry.row
        yield {
            "number": row.person.number, "name": name_of(learners[entry.pk]), "age": row.age,
            "district": district_name(row.person.district) if row.person.district else "",
            "standing": STANDINGS[row.standing], "activity": label(row.activity.code) if row.activity else "",
            "reason": entry.reason, "channel": entry.channel, "tries": entry.tries, "waiting": entry.next.case.waiting,
            "officer": officers.get(entry.officer or 0, ""), "next_contact": entry.next_contact,
            "vulnerable": row.person.vulnerable,
        }


def score_rows(scored: Iterable[Scored]) -> Iterator[dict[str, Any]]:
    """One row a score."""
    for one in scored:
        made = one.decision
        yield {
            "number": one.learner.number, "name": one.name, "year": one.year, "points": one.score.points,
            "band": one.score.band_title, "reasons": "; ".join(f"{each.title} {each.points}" for each in one.score.reasons),
            "unknown": "; ".join(one.score.unknown), "most": one.score.most, "facts": one.facts.as_at if one.facts else None,
            "decision": made.get_decision_display() if made else "", "decided": made.at if made else None,
        }


def meeting_rows(listed: Iterable[ListedLearner]) -> Iterator[dict[str, Any]]:
    """One row somebody on the list of a meeting, as they were when it was prepared."""
    for one in listed:
        yield {
            **{name: one.told.get(name) for name in ("number", "name", "age", "standing", "activity", "vulnerable")},
            "why": "; ".join(one.told.get("why", [])), "carried": one.carried,
            "decisions": "; ".join(f"{each.who}: {each.text}{_done(each.done_on)}" for each in one.decisions.all()),
        }


def case_rows(cases: Iterable[SupportCase]) -> Iterator[dict[str, Any]]:
    """One row a case."""
    outcomes = rules.casework().outcomes
    for case in cases:
        yield {
            "number": case.learner.number, "worker": case.worker.full_name if case.worker else "", "opened_on": case.opened_on,
            "plan": case.plan, "closed_on": case.closed_on, "check_due": case.check_due, "sustained": case.sustained,
            "outcome": outcomes[case.outcome].title if case.outcome in outcomes else case.outcome,
        }


def _done(on: date | None) -> str:
    return f" (done {on.isoformat()})" if on else ""
