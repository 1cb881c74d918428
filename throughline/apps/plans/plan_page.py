"""What the page of a plan shows: its sections in order, each with its actions as rows, narrowed as the reader asked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from throughline.apps.plans.models import (
    Action,
    ActionOwner,
    Cost,
    CriterionJudgement,
    Plan,
    Section,
    SectionLead,
    SuccessCriterion,
)
from throughline.apps.plans.models.progress import Rag
from throughline.apps.plans.queries import newest_rating
from throughline.apps.plans.timing import is_overdue, meaning, state_then
from throughline.apps.plans.trees import sections_in_order
from throughline.apps.plans.words import section_name, shortened

OVERDUE, NO_OWNER, UNCOSTED, OPEN = "overdue", "no-owner", "uncosted", "open"
ONLY = {OVERDUE: "Overdue", OPEN: "Still open", NO_OWNER: "Without an owner", UNCOSTED: "Without a cost"}
NOT_RATED = "not-rated"
RATINGS = {"red": "Red", "amber": "Amber", "green": "Green", NOT_RATED: "Not rated"}


Link = tuple[str, str]  # words, and where they lead


class Named(NamedTuple):
    """An owner or a lead: as printed, whom the directory says it is, and that entry's number, None where it has none."""

    printed: str
    name: str
    party: int | None


@dataclass(slots=True)
class Row:
    """One action as a row of the table."""

    pk: int
    plan: int
    section: int
    number: str
    text: str
    owners: list[Named]
    when: str
    meaning: str
    due_on: date | None
    rag: str
    state: str
    overdue: bool
    costed: bool


@dataclass(slots=True)
class Criterion:
    """A success criterion with the latest word on it, "" where nobody has judged it."""

    pk: int
    text: str
    verdict: str = ""
    said: str = ""
    on: date | None = None


@dataclass(slots=True)
class Block:
    """A section with what hangs on it; level counts from 1. many is how many actions stand under it and its own sections.

    answers are the recommendations that it answers; answered_by, of one that prints a recommendation, who answers that.
    """

    section: Section
    level: int
    name: str
    leads: list[Named]
    impact: list[str]
    criteria: list[Criterion]
    rows: list[Row]
    answers: list[Link] = field(default_factory=list)
    answered_by: list[Link] = field(default_factory=list)
    many: int = 0
    hidden: bool = False


@dataclass(frozen=True)
class Asked:
    """How the reader narrows the actions; "" is not at all."""

    owner: str = ""
    rating: str = ""
    only: str = ""

    def __bool__(self) -> bool:
        return bool(self.owner or self.rating or self.only)

    def keeps(self, row: Row) -> bool:
        """Whether a row is one of those asked for."""
        if self.owner and self.owner not in {str(owner.party) for owner in row.owners}:
            return False
        if self.rating and (row.rag or NOT_RATED) != self.rating:
            return False
        wanted = {OVERDUE: row.overdue, NO_OWNER: not row.owners, UNCOSTED: not row.costed, OPEN: row.state == Action.State.OPEN}
        return wanted.get(self.only, True)


class Tally(NamedTuple):
    """How a number of actions stand."""

    actions: int
    red: int
    amber: int
    green: int
    unrated: int
    overdue: int
    no_owner: int
    uncosted: int
    done: int


def tally(rows: Iterable[Row]) -> Tally:
    """The counts of some actions."""
    held = list(rows)
    rated = Counter(row.rag for row in held)
    return Tally(
        len(held), rated[Rag.RED], rated[Rag.AMBER], rated[Rag.GREEN], rated[Rag.BLANK], sum(row.overdue for row in held),
        sum(not row.owners for row in held), sum(not row.costed for row in held),
        sum(row.state == Action.State.DONE for row in held),
    )


@dataclass
class Page:
    """The whole plan for its page; rows are all its actions, blocks its sections in order with the rows that were asked for."""

    blocks: list[Block]
    rows: list[Row]
    shown: int
    owners: list[tuple[int, str]] = field(default_factory=list)

    @property
    def ratings(self) -> Mapping[str, int]:
        """How many actions have each rating, those without one under ""."""
        return Counter(row.rag for row in self.rows)

    @property
    def tally(self) -> Tally:
        """The counts that stand at the head of the page."""
        return tally(self.rows)


def asked_of(query: Mapping[str, str]) -> Asked:
    """The narrowing in an address; what is no choice is as if it had not been made."""
    owner, rating, only = (query.get(name, "") for name in ("owner", "rating", "only"))
    return Asked(owner if owner.isdigit() else "", rating if rating in RATINGS else "", only if only in ONLY else "")


def plan_page(plan: Plan, on: date, asked: Asked | None = None) -> Page:
    """The page of a plan on a day: eight queries, however large the plan."""
    asked = asked or Asked()
    sections = list(Section.objects.filter(plan=plan))
    rows = action_rows([plan], on)
    under: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        under[row.section].append(row)
    leads = named(SectionLead.objects.filter(section__plan=plan), "section_id")
    criteria = _criteria(plan)
    blocks = []
    for section, level in sections_in_order(sections):
        kept = [row for row in under[section.pk] if asked.keeps(row)]
        blocks.append(Block(section, level, section_name(section), leads.get(section.pk, []), section.impact.splitlines(),
                            criteria.get(section.pk, []), kept))
    _count(blocks, bool(asked))
    _tie(plan, blocks)
    owners = {owner.party: owner.name for row in rows for owner in row.owners if owner.party}
    listed = sorted(owners.items(), key=lambda owner: owner[1].casefold())
    return Page(blocks, rows, sum(len(block.rows) for block in blocks), listed)


def _count(blocks: list[Block], narrowed: bool) -> None:
    """How many actions stand under each section, from the last to the first; one that shows none is hidden when narrowed."""
    totals: dict[int, int] = Counter()
    for block in reversed(blocks):
        totals[block.section.pk] += len(block.rows)
        block.many = totals[block.section.pk]
        block.hidden = narrowed and not block.many
        if block.section.parent_id:
            totals[block.section.parent_id] += block.many


def _tie(plan: Plan, blocks: list[Block]) -> None:
    """Say of each section which recommendations it answers, and of each that prints one, which sections answer it."""
    held = {block.section.pk: block for block in blocks}
    links = Section.answers.through.objects.filter(section__plan=plan, recommendation__removed_at=None)
    columns = ("section_id", "recommendation_id", "recommendation__number", "recommendation__text")
    ordered = links.order_by("section__position", "recommendation__position")
    pairs = [pair for pair in ordered.values_list(*columns) if pair[0] in held]
    printing = {pair[1]: held[pair[0]] for pair in pairs if held[pair[0]].section.kind == Section.Kind.RECOMMENDATION}
    for pk, recommendation, number, text in pairs:
        block, printed = held[pk], printing.get(recommendation)
        if block is printed:
            continue
        where = f"#section-{printed.section.pk}" if printed else reverse("plans:coverage")
        block.answers.append((f"recommendation {number}" if number else shortened(text), where))
        if printed:
            printed.answered_by.append((shortened(block.name), f"#section-{pk}"))


_COLUMNS = ("pk", "plan_id", "section_id", "number", "text", "when_printed", "when", "due_on", "state", "recurrence", "ongoing",
            "state_on", "rating")


def action_rows(plans: Iterable[Plan], on: date) -> list[Row]:
    """Every action of some plans as rows, in the order of each plan; three queries."""
    held = [plan.pk for plan in plans]
    owners = named(ActionOwner.objects.filter(action__plan__in=held), "action_id")
    costed = set(Cost.objects.filter(action__plan__in=held).values_list("action_id", flat=True))
    actions = Action.objects.filter(plan__in=held).annotate(rating=newest_rating(on)).values_list(*_COLUMNS)
    return [
        Row(pk, plan, section, number, text, owners.get(pk, []), printed, meaning(when), due, rating or "",
            then := state_then(state, since, on), is_overdue(then, due, recurrence, ongoing, on), pk in costed)
        for pk, plan, section, number, text, printed, when, due, state, recurrence, ongoing, since, rating in actions
    ]


def named(rows: Any, key: str) -> dict[int, list[Named]]:
    """Owners or leads by what they hang on."""
    gathered: dict[int, list[Named]] = defaultdict(list)
    for holder, printed, party, name in rows.values_list(key, "printed", "party_id", "party__name"):
        gathered[holder].append(Named(printed, name or printed, party))
    return gathered


def _criteria(plan: Plan) -> dict[int, list[Criterion]]:
    """The sections' criteria by section, each with its newest judgement."""
    rows = SuccessCriterion.objects.filter(plan=plan, action=None).exclude(section=None)
    return criteria_with_verdicts(rows, "section_id")


def criteria_with_verdicts(rows: Any, key: str) -> dict[int, list[Criterion]]:
    """Criteria by what they hang on, each with its newest judgement; two queries."""
    gathered: dict[int, list[Criterion]] = defaultdict(list)
    known: dict[int, Criterion] = {}
    for pk, holder, text in rows.values_list("pk", key, "text"):
        known[pk] = Criterion(pk, text)
        gathered[holder].append(known[pk])
    for judgement in CriterionJudgement.objects.filter(criterion__in=list(known)).order_by("on", "at", "pk"):
        criterion = known[judgement.criterion_id]
        criterion.verdict, criterion.said, criterion.on = judgement.verdict, judgement.get_verdict_display(), judgement.on
    return gathered
