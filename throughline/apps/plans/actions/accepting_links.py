"""What a plan that is taken in points at: its measures in the indicator register, and the references between its parts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from throughline.analytics.planreading import tree
from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.words import known_by
from throughline.apps.accounts.models import User
from throughline.apps.indicators.actions import register_indicator, retire
from throughline.apps.indicators.models import Indicator
from throughline.apps.plans.actions.promises import follow_on, promises_the_same
from throughline.apps.plans.models import Action, CrossReference, Plan, Section
from throughline.apps.plans.trees import indicators_of

if TYPE_CHECKING:
    from throughline.apps.plans.actions.accepting import Placed

Registered = list[tuple[tree.Measure, Indicator]]


def register_measures(*, by: User | None, plan: Plan, measures: Sequence[tree.Measure], placed: "Placed") -> Registered:
    """Each measure beside its indicator, which is put under the section that the measure names, or under the plan."""
    registered: Registered = []
    named, register = _named(placed.sections), _Register(by, plan)
    for measure in measures:
        indicator = register.indicator(measure)
        section = _standing_under(measure, named)
        (section.indicators if section else plan.indicators).add(indicator)
        registered.append((measure, indicator))
    return registered


class _Register:
    """The indicator register while one plan is taken in: one promise is one indicator, under however many sections."""

    def __init__(self, by: User | None, plan: Plan) -> None:
        self._by, self._plan = by, plan
        active = Indicator.objects.filter(area=plan.area, state=Indicator.State.ACTIVE).order_by("-pk")
        self._held: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
        for indicator in active:
            self._held[known_by(indicator.title), known_by(indicator.cohort)].append(indicator)
        self._earlier = {each.pk for each in indicators_of(plan.previous)} if plan.previous else set()
        self._taken: set[int] = set()

    def indicator(self, measure: tree.Measure) -> Indicator:
        """The indicator that promises the same; else a new one, following that of the version before where it has one."""
        if out_of_use(measure):
            return self._retired(measure)
        known = known_by(measure.text), known_by(measure.cohort)
        held = self._held[known]
        found = next((each for each in held if promises_the_same(each, measure, numbered=each.pk in self._earlier)), None)
        if found is None:
            before = self._before(measure, held)
            found = follow_on(by=self._by, plan=self._plan, measure=measure, before=before) if before else (
                self._registered(measure))
            self._taken.update({before.pk} if before else set())
            held.append(found)
        self._taken.add(found.pk)
        return found

    def _retired(self, measure: tree.Measure) -> Indicator:
        """What a plan says is out of use, kept in the register with its number and the plan's words for the reason; each once."""
        gone = Indicator.objects.filter(area=self._plan.area, state=Indicator.State.RETIRED, number=measure.number.strip()[:40])
        found = next((each for each in gone if known_by(each.title) == known_by(measure.text)), None)
        return found or retire(by=self._by, indicator=self._registered(measure),
                               reason=" ".join(measure.notes) or f"{measure.status.capitalize()}, as the plan says")

    def _before(self, measure: tree.Measure, held: Sequence[Indicator]) -> Indicator | None:
        """Which indicator of the version before a measure carries on: that of its number first."""
        free = [each for each in held if each.pk in self._earlier - self._taken]
        return next((each for each in free if known_by(each.number) == known_by(measure.number)), free[0] if free else None)

    def _registered(self, measure: tree.Measure) -> Indicator:
        return register_indicator(
            by=self._by, area=self._plan.area, number=measure.number, title=measure.text, cohort=measure.cohort,
            unit=measure.unit, baseline_printed=measure.baseline, target_words=measure.target, due_printed=measure.due,
            trajectory=measure.trajectory, source=str(measure.source), direction=measure.direction, status=measure.status,
            notes=measure.notes,
        )


def out_of_use(measure: tree.Measure) -> bool:
    """Whether a plan prints a measure only to say what became of it: deleted, or a note on a number that it no longer has."""
    return measure.status == "deleted" or (measure.status in ("amended", "merged") and measure.text in measure.notes)


def _named(sections: Iterable[tuple[tree.Section, Section]]) -> Mapping[str, list[tuple[tree.Section, Section]]]:
    """The sections by everything they are called, as known_by spells it."""
    named: dict[str, list[tuple[tree.Section, Section]]] = defaultdict(list)
    for read, section in sections:
        for name in {known_by(read.number), known_by(read.title)} - {""}:
            named[name].append((read, section))
    return named


def _standing_under(measure: tree.Measure, named: Mapping[str, list[tuple[tree.Section, Section]]]) -> Section | None:
    """The section that a measure names; of several with one number, the last that begins before it."""
    found = named.get(known_by(measure.section), []) if measure.section else []
    before = [section for read, section in found if _place(read.source) <= _place(measure.source)]
    return before[-1] if before else found[0][1] if found else None


def _place(source: Source) -> tuple[int, ...]:
    return source.page or 0, source.table or 0, source.row or 0, source.line or 0


def link_references(plan: Plan, placed: "Placed", measures: Registered) -> None:
    """Every reference of every action as a row, pointing at what it names where the authority holds it."""
    found = _Found(plan, placed, measures)
    CrossReference.objects.bulk_create(
        CrossReference(action=action, position=place, kind=reference.kind, printed=reference.printed, target=reference.target,
                       **found.pointing(action, reference))
        for read, action in placed.actions for place, reference in enumerate(read.cross_references)
    )


class _Found:
    """What a reference of a plan may point at, by everything it is called."""

    def __init__(self, plan: Plan, placed: "Placed", measures: Registered) -> None:
        self._plan = plan
        self._actions: dict[str, list[Action]] = defaultdict(list)
        for read, action in placed.actions:
            self._actions[read.number.casefold()].append(action)
        self._sections = {name: pairs[0][1] for name, pairs in _named(placed.sections).items()}
        self._indicators: dict[str, Indicator] = {}
        for measure, indicator in measures:
            for name in (measure.number, measure.section):
                self._indicators.setdefault(known_by(name), indicator)
        self._plans = {known_by(other.title): other for other in Plan.objects.filter(area=plan.area).exclude(pk=plan.pk)}

    def pointing(self, action: Action, reference: tree.CrossReference) -> dict[str, object]:
        """The one field of a CrossReference that says where it points; none where nothing is there."""
        name = known_by(reference.target)
        if not name:
            return {}
        if reference.kind == "action":
            others = [each for each in self._actions.get(reference.target.strip().casefold(), []) if each.pk != action.pk]
            return {"to_action": others[0]} if others else {}
        key, held = {
            "section": ("to_section", self._sections), "measure": ("to_indicator", self._indicators),
            "plan": ("to_plan", self._plans),
        }[reference.kind]
        return {key: held[name]} if name in held else {}
