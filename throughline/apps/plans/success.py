"""The success criteria of a plan, section by section, each with the latest word on it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from throughline.apps.plans.models import Action, CriterionJudgement, Plan, Section, SuccessCriterion
from throughline.apps.plans.trees import sections_in_order
from throughline.apps.plans.words import action_name, section_name
from throughline.ui.downloads import Column

NOT_JUDGED = "Not judged yet"
COLUMNS = [
    Column("section", "Section"), Column("of", "Of"), Column("criterion", "Successful if"), Column("verdict", "Verdict"),
    Column("on", "Judged on"), Column("judged_by", "Judged by"), Column("evidence", "On what evidence"),
    Column("indicator", "Indicator that counts it"),
]
NOTES = ["The latest judgement of each criterion; what nobody has judged says so.",
         "Who judged may be a person: pass the file to nobody who may not see the plan."]


@dataclass(frozen=True)
class Judged:
    """One criterion: what it is of, and its latest judgement, None where nobody has judged it."""

    criterion: SuccessCriterion
    of: str
    latest: CriterionJudgement | None

    @property
    def verdict(self) -> str:
        """The verdict in words."""
        return self.latest.get_verdict_display() if self.latest else NOT_JUDGED


def success(plan: Plan) -> list[tuple[str, list[Judged]]]:
    """The criteria under the names of their sections, in the order of the plan; those of the plan as a whole first."""
    rows = SuccessCriterion.objects.filter(plan=plan).select_related("action", "section", "indicator")
    criteria = [each for each in rows if not _gone(each)]
    latest = _latest(criteria)
    under: dict[int, list[Judged]] = defaultdict(list)
    for each in sorted(criteria, key=_place):
        held = each.action.section_id if each.action else each.section_id or 0
        under[held].append(Judged(each, _of(each), latest.get(each.pk)))
    whole = [("The plan as a whole", under[0])] if under[0] else []
    sections = sections_in_order(Section.objects.filter(plan=plan))
    return whole + [(section_name(section), under[section.pk]) for section, _ in sections if under[section.pk]]


def counts(groups: Iterable[tuple[str, list[Judged]]]) -> list[tuple[str, int]]:
    """How many criteria have each verdict, what was not judged last; verdicts that none has are left out."""
    many = Counter(row.verdict for _, rows in groups for row in rows)
    return [(words, many[words]) for words in [*CriterionJudgement.Verdict.labels, NOT_JUDGED] if many[words]]


def success_rows(groups: Iterable[tuple[str, list[Judged]]]) -> Iterator[dict[str, Any]]:
    """One row a criterion."""
    for section, rows in groups:
        for row in rows:
            said, indicator = row.latest, row.criterion.indicator
            yield {"section": section, "of": row.of, "criterion": row.criterion.text, "verdict": row.verdict,
                   "on": said.on if said else None, "judged_by": said.judged_by if said else "",
                   "evidence": said.evidence if said else "", "indicator": str(indicator) if indicator else ""}


def _gone(criterion: SuccessCriterion) -> bool:
    """Whether what a criterion is of was taken out of the plan."""
    return bool(criterion.action and criterion.action.removed_at or criterion.section and criterion.section.removed_at)


def _place(criterion: SuccessCriterion) -> tuple[int, int, int]:
    """A section's own criteria before those of its actions."""
    action: Action | None = criterion.action
    return (action.position + 1 if action else 0, criterion.position, criterion.pk)


def _of(criterion: SuccessCriterion) -> str:
    if criterion.action:
        return action_name(criterion.action)
    return "The section" if criterion.section else "The plan"


def _latest(criteria: Iterable[SuccessCriterion]) -> dict[int, CriterionJudgement]:
    newest: dict[int, CriterionJudgement] = {}
    for judgement in CriterionJudgement.objects.filter(criterion__in=list(criteria)):
        newest.setdefault(judgement.criterion_id, judgement)
    return newest
