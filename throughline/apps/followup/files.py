"""The tables of the follow-up room as files: their columns and their rows."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.utils import timezone

from throughline.analytics.participation.risk import Edition, Factor
from throughline.apps.accounts.places import school_names
from throughline.apps.followup import rules
from throughline.apps.followup.leavers import NOW, Leaver, Place, names_of_places
from throughline.apps.followup.models import Following, ListedLearner, LoggedContact, MeetingDecision, SupportCase
from throughline.apps.followup.queries import name_of
from throughline.apps.followup.scores import Scored
from throughline.apps.followup.standing import Row
from throughline.apps.followup.worklist import Entry, number_of
from throughline.apps.learners.codes import codeset, guarded_reasons
from throughline.apps.learners.doing import intended_label, reason_label, told_code
from throughline.apps.learners.files import CONFIRMED_NOTE
from throughline.apps.learners.models import Learner
from throughline.apps.learners.outside import Outside
from throughline.apps.learners.places import district_name
from throughline.apps.learners.standings import WORDS, told_standing
from throughline.ui.downloads import Column
from throughline.ui.formats import month, number

NOTES = ["This file is about young people: keep it no longer than it is needed, and pass it to nobody who may not see the page.",
         "Restricted records are left out."]
WORKLIST_NOTES = [*NOTES, "“Days since last heard of” is empty where nobody has told us anything yet."]
WORKLIST_COLUMNS = [
    Column("number", "Number"), Column("name", "Name"), Column("age", "Academic age"), Column("district", "District"),
    Column("standing", "Counts as"), Column("activity", "Activity"), Column("reason", "Why on the list"),
    Column("before", "Known to do before"), Column("likely", "Of 100 like them, NEET"),
    Column("channel", "Suggested way"), Column("tries", "Tries in vain"), Column("told", "Days since last heard of"),
    Column("officer", "Officer"), Column("next_contact", "Next contact"), Column("vulnerable", "Of a vulnerable group"),
    Column("school", "School at 16"), Column("place", "Where they are or were last"),
]
LEAVER_NOTES = [*NOTES, CONFIRMED_NOTE]
LEAVER_COLUMNS = [
    Column("number", "Number"), Column("name", "Name"), Column("born", "Date of birth"), Column("year", "Year group"),
    Column("left", "Left"), Column("planned", "Was to end"), Column("from", "What they left"), Column("place", "Where they left"),
    Column("reason", "Why they left"), Column("intended", "Meant to do next"), Column("came_of", "As they meant to?"),
    Column("then", "What came next"), Column("since", "Since"),
    Column("confirmed", "Last confirmed"), Column("at", "Where"), Column("now", "Counts now as"),
]
FEEDBACK_COLUMNS = [
    Column("name", "Name"), Column("born", "Date of birth"), Column("left", "Left"), Column("from", "What they left"),
    Column("reason", "Why they left"), Column("intended", "Meant to do next"), Column("came_of", "As they meant to?"),
    Column("now", "Counts now as"),
]
FEEDBACK_NOTES = ["This file is about young people. It is for the school, college or provider that they left, under your "
                  "information sharing agreement, and for nobody else.", "Restricted records are left out.",
                  "Why they left and what they meant to do next stand here only where a school, college or provider told us "
                  "first, or its list did; a reason that tells of health, conduct or family never does."]
LEAVER_PLACE_COLUMNS = [
    Column("place", "Where they left"), Column("number", "Number"), Column("left", "Left early", 0),
    *(Column(one.value, f"Now: {WORDS[one]}", 0) for one in NOW), Column("otherwise", "Now: anything else", 0),
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
CASELOADS_COLUMNS = [
    Column("officer", "Officer"), Column("many", "Young people", 0), Column("due", "To be contacted by today", 0),
    Column("gone", "Not of the cohort", 0),
]
CASELOAD_COLUMNS = [
    Column("number", "Number"), Column("name", "Name"), Column("standing", "Counts as"), Column("activity", "Activity"),
    Column("next_contact", "Next contact"), Column("since", "In the caseload since"),
    Column("outside", "Not of the cohort since"), Column("why", "Why not of it"),
]
CONTACT_COLUMNS = [
    Column("on", "When"), Column("channel", "How"), Column("outcome", "What came of it"), Column("said", "Recorded of them"),
    Column("note", "Note"), Column("by", "By"), Column("corrected", "Corrected since"),
]
LIST_COLUMNS = [Column("title", "List"), Column("many", "Young people", 0), Column("about", "What it means")]
BULK_COLUMNS = [Column("number", "Number"), Column("name", "Name"), Column("what", "What was changed"),
                Column("before", "Before"), Column("after", "After")]
MEETINGS_COLUMNS = [
    Column("month", "Month"), Column("district", "District"), Column("held_on", "Day"), Column("listed", "Listed"),
    Column("open", "Decisions not done"), Column("state", "State"),
]
DECISION_COLUMNS = [
    Column("meeting", "Decided at the meeting of"), Column("number", "Number"), Column("name", "Name"),
    Column("what", "What is to be done"), Column("who", "Who"), Column("due_on", "By when"), Column("done_on", "Done on"),
    Column("outcome", "What came of it"),
]
POINT_COLUMNS = [Column("what", "Factor or band"), Column("gives", "Points"), Column("published", "As published")]
CASE_COLUMNS = [
    Column("number", "Number"), Column("name", "Name"), Column("worker", "Worker"),
    Column("opened_on", "Opened"), Column("plan", "Plan"), Column("closed_on", "Closed"), Column("outcome", "Outcome"),
    Column("check_due", "Check due"),
    Column("sustained", "It lasted"),
]


def worklist_rows(
    entries: Iterable[Entry], learners: Mapping[int, Learner], officers: Mapping[int, str],
) -> Iterator[dict[str, Any]]:
    """One row somebody on a list."""
    codes, today, named, listed = codeset("activity"), timezone.localdate(), cache(district_name), list(entries)
    called = school_names(number for entry in listed for number in (entry.row.person.school_at_16, number_of(entry.row)))
    for entry in listed:
        row, at, school = entry.row, entry.row.person.lives_in, entry.row.person.school_at_16
        yield {
            "number": row.person.number, "name": name_of(learners[entry.pk]), "age": row.age, "district": named(at) if at else "",
            "standing": WORDS[row.standing], "activity": codes.label(row.activity.code, today) if row.activity else "",
            "reason": entry.reason, "before": codes.label(entry.before.code, today) if entry.before else "",
            "likely": entry.of_100, "channel": entry.channel,
            "tries": entry.tries, "told": max((today - row.told).days, 0) if row.told else None,
            "officer": officers.get(entry.officer or 0, ""), "next_contact": entry.next_contact,
            "vulnerable": row.person.vulnerable, "school": called.get(school, school),
            "place": row.place[2] or called.get(number_of(row), number_of(row)),
        }


def leaver_rows(leavers: Iterable[Leaver], learners: Mapping[int, Learner]) -> Iterator[dict[str, Any]]:
    """One row an early leaver."""
    codes, today, listed = codeset("activity"), timezone.localdate(), list(leavers)
    called = names_of_places(listed)
    for one in listed:
        yield {
            "number": one.row.person.number, "name": name_of(learners[one.pk]), "born": one.row.person.born,
            "year": one.year_group, "left": one.on, "planned": one.planned, "from": codes.label(one.left.code, one.on),
            "place": called(one.place), "then": codes.label(one.then.code, today) if one.then else "",
            "since": one.then.start if one.then else None, "confirmed": one.then.confirmed if one.then else None,
            "at": called(one.place_after), "now": WORDS[one.row.standing],
            "reason": reason_label(one.said.reason, one.on), "intended": intended_label(one.said.intended, one.on),
            "came_of": one.came_of,
        }


def feedback_rows(leavers: Iterable[Leaver], learners: Mapping[int, Learner]) -> Iterator[dict[str, Any]]:
    """One row an early leaver, with what the place they left is told: of what was said on leaving what a place said, without a
    reason that is guarded.
    """
    for one in leavers:
        said = one.said.by_places
        reason = said.reason if said.reason not in guarded_reasons() else ""
        yield {"name": name_of(learners[one.pk]), "born": one.row.person.born, "left": one.on,
               "from": told_code(one.left.code, one.on, sensitive=False)[1], "reason": reason_label(reason, one.on),
               "intended": intended_label(said.intended, one.on), "came_of": one.came_of if said.intended else "",
               "now": WORDS[told_standing(one.row.standing, sensitive=False)]}


def leaver_place_rows(places: Iterable[Place], called: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """One row a place, with how many left it early and what they count as now."""
    for one in places:
        yield {"place": called.get(one.number, ""), "number": one.number, "left": one.left, "otherwise": one.otherwise,
               **{each.value: one.now[each] for each in NOW}}


def caseload_rows(
    held: Iterable[Following], gone: Iterable[tuple[Following, Outside]], learners: Mapping[int, Learner],
    rows: Mapping[int, Row],
) -> Iterator[dict[str, Any]]:
    """One row somebody of a caseload, last those who are not of the cohort, of whom no contact is due."""
    codes, today = codeset("activity"), timezone.localdate()
    for one in held:
        row = rows.get(one.learner_id)
        yield {
            "number": one.learner.number, "name": name_of(learners[one.learner_id]), "next_contact": one.next_contact,
            "standing": WORDS[row.standing] if row else "", "since": one.claimed_at,
            "activity": codes.label(row.activity.code, today) if row and row.activity else "",
        }
    for one, how in gone:
        yield {"number": one.learner.number, "name": name_of(learners[one.learner_id]), "standing": how.words,
               "since": one.claimed_at, "outside": how.since, "why": how.why}


def contact_rows(contacts: Iterable[LoggedContact]) -> Iterator[dict[str, Any]]:
    """One row a try to reach somebody."""
    channels, outcomes, codes = rules.contacting().channels, rules.outcomes(), codeset("activity")
    for one in contacts:
        yield {
            "on": one.on, "channel": channels[one.channel].title if one.channel in channels else one.channel,
            "outcome": outcomes[one.outcome].title if one.outcome in outcomes else one.outcome, "note": one.note,
            "said": codes.label(one.said, one.on) if one.said else "", "by": one.by.full_name if one.by else one.who_email,
            "corrected": hasattr(one, "corrected_by"),
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


def point_rows(known: Edition, file: Edition) -> list[dict[str, Any]]:
    """One row a factor and then one a band, as it holds and as it was published; differs where they are not the same."""
    rows = [{"what": one.title, "gives": _gives(one), "published": _gives(other), "kind": "factor"}
            for one, other in zip(known.factors, file.factors, strict=True)]
    rows += [{"what": one[2], "gives": f"from {one[0]}", "kind": "band",
              "published": f"from {other[0]}" + (f", “{other[2]}”" if one[2] != other[2] else "")}
             for one, other in zip(known.bands, file.bands, strict=True)]
    return [{**row, "differs": row["gives"] != row["published"]} for row in rows]


def _gives(factor: Factor) -> str:
    """The points that a factor gives, and when."""
    if not factor.fact:
        return str(factor.points)
    steps = [f"{points} when {way} {number(step)}%" for way in ("below", "above") for step, points in getattr(factor, way)]
    return "; ".join(steps)


def meeting_rows(listed: Iterable[ListedLearner]) -> Iterator[dict[str, Any]]:
    """One row somebody on the list of a meeting, as they were when it was prepared."""
    for one in listed:
        yield {
            **{name: one.told.get(name) for name in ("number", "name", "age", "standing", "activity", "vulnerable")},
            "why": "; ".join(one.told.get("why", [])), "carried": one.carried,
            "decisions": "; ".join(f"{each.who}: {each.text}{_done(each.done_on)}" for each in one.decisions.all()),
        }


def meetings_rows(meetings: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """One row a meeting."""
    for one in meetings:
        yield {"month": month(one.month), "district": district_name(one.district), "held_on": one.held_on, "listed": one.many,
               "open": one.open_decisions, "state": "Closed" if one.closed_at else "Open"}


def decision_rows(made: Iterable[MeetingDecision]) -> Iterator[dict[str, Any]]:
    """One row a decision, with what came of it."""
    for one in made:
        of = one.listed
        yield {"meeting": month(of.meeting.month), "number": of.learner.number, "name": of.told.get("name"),
               "what": one.text, "who": one.who, "due_on": one.due_on, "done_on": one.done_on, "outcome": one.outcome}


def case_rows(cases: Iterable[SupportCase], learners: Mapping[int, Learner]) -> Iterator[dict[str, Any]]:
    """One row a case."""
    outcomes = rules.casework().outcomes
    for case in cases:
        yield {
            "number": case.learner.number, "name": name_of(learners[case.learner_id]), "opened_on": case.opened_on,
            "worker": case.worker.full_name if case.worker else "",
            "plan": case.plan, "closed_on": case.closed_on, "check_due": case.check_due, "sustained": case.sustained,
            "outcome": outcomes[case.outcome].title if case.outcome in outcomes else case.outcome,
        }


def _done(on: date | None) -> str:
    return f" (done {on.isoformat()})" if on else ""
