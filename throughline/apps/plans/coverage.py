"""Whether every recommendation of every inspection is answered, and how what answers it stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from throughline.apps.plans.models import Inspection, Plan, Recommendation, Section
from throughline.apps.plans.plan_page import Row, Tally, action_rows, tally
from throughline.apps.plans.words import section_name


@dataclass
class Answer:
    """A section that answers a recommendation, and how many actions stand under it."""

    section: Section
    name: str
    actions: int


@dataclass
class Covered:
    """A recommendation, what answers it, and how all the actions beneath that stand."""

    recommendation: Recommendation
    answers: list[Answer]
    tally: Tally

    @property
    def answered(self) -> bool:
        """Whether there is anything at all that is to be done about it."""
        return self.tally.actions > 0


@dataclass
class Inspected:
    """An inspection with its recommendations, those with nothing at all first."""

    inspection: Inspection
    covered: list[Covered] = field(default_factory=list)

    @property
    def unanswered(self) -> int:
        """How many have nothing at all."""
        return sum(not each.answered for each in self.covered)


def coverage(area: str, on: date) -> list[Inspected]:
    """Every inspection of an authority with its recommendations; superseded plans answer nothing. A fixed number of queries."""
    plans = _answering_plans(area)
    sections = {each.pk: each for each in Section.objects.filter(plan__in=plans).select_related("plan")}
    rows = _rows_beneath(sections.values(), action_rows(plans, on))
    answering = _answering(area, sections)
    inspections = {each.pk: Inspected(each) for each in Inspection.objects.filter(area=area)}
    for recommendation in Recommendation.objects.filter(inspection__area=area).select_related("inspection"):
        named = [sections[pk] for pk in answering[recommendation.pk]]
        beneath = {row.pk: row for section in named for row in rows[section.pk]}
        answers = [Answer(section, section_name(section), len(rows[section.pk])) for section in named
                   if rows[section.pk] or section.kind != Section.Kind.RECOMMENDATION]  # which prints it and answers nothing
        inspections[recommendation.inspection_id].covered.append(Covered(recommendation, answers, tally(beneath.values())))
    for inspected in inspections.values():
        inspected.covered.sort(key=lambda each: each.answered)
    return sorted(inspections.values(), key=lambda each: not each.unanswered)


def _answering_plans(area: str) -> list[Plan]:
    """The plans that count: those living, but for the draft of one that runs on until the draft is approved."""
    living = Plan.objects.filter(area=area, state__in=(Plan.State.DRAFT, Plan.State.APPROVED)).select_related("previous")
    return [plan for plan in living if not (plan.previous and plan.previous.living and not plan.previous.removed_at)]


def _answering(area: str, sections: dict[int, Section]) -> dict[int, list[int]]:
    """The sections that answer each recommendation, both by their numbers."""
    found: dict[int, list[int]] = defaultdict(list)
    links = Section.answers.through.objects.filter(recommendation__inspection__area=area).order_by("section__position")
    for section, recommendation in links.values_list("section_id", "recommendation_id"):
        if section in sections:
            found[recommendation].append(section)
    return found


def _rows_beneath(sections: Iterable[Section], rows: Iterable[Row]) -> dict[int, list[Row]]:
    """The actions of every section and of all beneath it, by the section's number."""
    above = {section.pk: section.parent_id for section in sections}
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        at: int | None = row.section
        while at is not None:
            found[at].append(row)
            at = above.get(at)
    return found
