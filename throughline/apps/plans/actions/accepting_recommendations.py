"""The recommendations that a plan prints, kept under an inspection and tied to the sections that answer them."""

from typing import TYPE_CHECKING

from django.db.models import F

from throughline.analytics.planreading import tree
from throughline.analytics.planreading.words import known_by
from throughline.apps.plans.models import Inspection, Plan, Recommendation, Section

if TYPE_CHECKING:
    from throughline.apps.plans.actions.accepting import Placed

AS_PRINTED = "Recommendations as printed in “{}”"


def link_recommendations(plan: Plan, placed: "Placed") -> None:
    """Tie every section to what it answers; a recommendation that the authority holds already is not made twice."""
    printed = [(read, section) for read, section in placed.sections if read.kind == "recommendation"]
    if not printed and not any(read.answers for read, _ in placed.sections):
        return
    held = _Held(plan)
    by_number: dict[str, Recommendation] = {}
    for read, section in printed:
        recommendation = held.find_or_make(read.number, read.title)
        by_number.setdefault(known_by(read.number), recommendation)
        section.answers.add(recommendation)
    for read, section in placed.sections:
        for answer in read.answers:
            _answer(section, answer, by_number, held)


def _answer(section: Section, answer: tree.CrossReference, by_number: dict[str, Recommendation], held: "_Held") -> None:
    """What a section says it answers; a number that the plan does not print is kept as it stands."""
    if answer.words:
        section.answers.add(held.find_or_make(answer.target, answer.words, answer.document))
        return
    named = by_number.get(known_by(answer.target)) or held.find(answer.target)
    section.answers.add(named or held.find_or_make(answer.target, answer.printed))


class _Held:
    """The recommendations of the authority: found by their words, and made under this plan's own inspection."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._inspection: Inspection | None = None
        self._by_words: dict[str, Recommendation] = {}
        self._within: dict[tuple[str, str], Recommendation] = {}
        newest = F("inspection__held_on").desc(nulls_last=True)
        held = Recommendation.objects.filter(inspection__area=plan.area).select_related("inspection")
        for each in held.order_by(newest, "pk"):
            self._by_words.setdefault(known_by(each.text), each)
            self._within.setdefault((known_by(each.text), known_by(each.inspection.title)), each)

    def find(self, text: str) -> Recommendation | None:
        """A recommendation with these words, whatever its number."""
        return self._by_words.get(known_by(text))

    def find_or_make(self, number: str, text: str, inspection_title: str = "") -> Recommendation:
        """The recommendation with these words, of that inspection first; made under the plan's own where there is none."""
        words = known_by(text)
        within = self._within.get((words, known_by(inspection_title)))
        if within is not None:
            return within
        if words not in self._by_words:
            inspection = self._own_inspection()
            self._by_words[words] = Recommendation.objects.create(
                inspection=inspection, number=number[:40], text=text, position=inspection.recommendations.count())
        return self._by_words[words]

    def _own_inspection(self) -> Inspection:
        if self._inspection is None:
            title = AS_PRINTED.format(self._plan.title)[:300]
            self._inspection = Inspection.objects.create(area=self._plan.area, body="", title=title)
        return self._inspection
