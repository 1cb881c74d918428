"""What the system writes into a report by itself: one function a fill, from what was gathered to blocks of a document."""

from collections import Counter
from collections.abc import Callable, Iterable

from throughline.analytics.planwriting.report import Block, Bullets, Cell, Column, Figures, Paragraph, Table
from throughline.apps.indicators.words import capital
from throughline.apps.plans.coverage import coverage as coverage_of
from throughline.apps.plans.models import Action
from throughline.apps.plans.timing import meaning
from throughline.apps.plans.words import rated, section_name, shortened, standing
from throughline.apps.reports.commissioning_fills import COMMISSIONING
from throughline.apps.reports.gathered import AHEAD, Gathered, Standing
from throughline.apps.reports.monitoring import actions_with_figures, months
from throughline.apps.reports.results import scorecard, weaknesses
from throughline.apps.reports.spine import figure_words
from throughline.ui.formats import day

_ORDER = ("red", "amber", "", "green")  # worst first; nobody's word is a worry too


def plan_summary(held: Gathered) -> list[Block]:
    """Where the plan stands in counts: ratings, overdue, done, without an owner."""
    counts = Counter(each.rag for each in held.standings)
    open_ones = [each for each in held.standings if each.open]
    pairs = (
        ("Actions", len(held.standings)), ("Green", counts["green"]), ("Amber", counts["amber"]), ("Red", counts["red"]),
        ("Not rated", counts[""]), ("Done", sum(each.state == Action.State.DONE for each in held.standings)),
        ("Overdue", sum(each.overdue for each in open_ones)), ("Without an owner", sum(not each.owners for each in open_ones)),
    )
    said = f"{held.plan.title}. {standing(held.plan)}."
    return [Paragraph(said), Figures(tuple((label, str(many)) for label, many in pairs))]


def changed_ratings(held: Gathered) -> list[Block]:
    """The actions whose rating is not what the board's last report had."""
    if held.previous is None:
        return [Paragraph("This is the first report on the plan to this board, so there is nothing to compare it with.")]
    before = held.previous_ratings
    moved = [each for each in held.standings if before.get(str(each.action.pk), "") != each.rag]
    since = f"since the report as at {day(held.previous.as_at)}"
    if not moved:
        return [Paragraph(f"No rating has changed {since}.")]
    rows = tuple((each.action.number, each.action.text, _rating(before.get(str(each.action.pk), "")), _rating(each.rag),
                  each.narrative) for each in moved)
    columns = (Column("Number", 1), Column("Action", 4), Column("Then", 1), Column("Now", 1), Column("What was said", 5))
    said = f"{len(moved)} of {len(held.standings)} ratings have changed {since}."
    return [Paragraph(said), Table(columns, rows, "Changed ratings")]


def going_well(held: Gathered) -> list[Block]:
    """Actions rated green or done, of which something was said."""
    well = [each for each in held.standings if each.rag == "green" and each.narrative]
    return [Bullets(tuple(f"{_name(each)}: {each.narrative}" for each in well))] if well else []


def concerns(held: Gathered) -> list[Block]:
    """Actions rated red or amber, worst first, with what was said and what comes next."""
    worried = sorted((each for each in held.standings if each.rag in ("red", "amber")), key=lambda each: _ORDER.index(each.rag))
    if not worried:
        return [Paragraph("No action is rated red or amber.")]
    rows = tuple((each.action.number, each.action.text, each.owners or "No owner", _rating(each.rag), each.narrative,
                  each.update.next_step if each.update else "") for each in worried)
    columns = (Column("Number", 1), Column("Action", 4), Column("Who", 2), Column("Rating", 1), Column("What was said", 4),
               Column("Next step", 3))
    return [Table(columns, rows, "Actions rated red or amber")]


def overdue(held: Gathered) -> list[Block]:
    """Open actions past their day."""
    late = [each for each in held.standings if each.overdue]
    return [_dated(late, "Overdue actions")] if late else [Paragraph("Nothing is overdue.")]


def coming_up(held: Gathered) -> list[Block]:
    """Open actions due within eight weeks of the report's day."""
    last = held.as_at + AHEAD
    soon = [each for each in held.standings if each.open and each.action.due_on
            and held.as_at <= each.action.due_on <= last]
    return [_dated(soon, "Actions coming up")] if soon else [Paragraph(f"No action is due before {day(last)}.")]


def indicators(held: Gathered) -> list[Block]:
    """Each indicator's latest figure beside its target, what the system judges of it, and why what cannot be judged cannot."""
    if not held.results:
        return [Paragraph("The plan has no indicators yet.")]
    rows = []
    for result in held.results.values():
        why = result.proposed.reason or " ".join(result.proposed.steps[-3 if result.proposed.caution else -2:])
        person = f" Rated by a person: {result.person.reason}" if result.overridden and result.person else ""
        rows.append((result.indicator.number, result.indicator.title, capital(figure_words(result)),
                     result.indicator.target_words, str(result.verdict).capitalize(),
                     _rating("" if result.rag == "none" else result.rag), f"{why}{person}"))
    columns = (Column("Number", 1), Column("Indicator", 3), Column("Latest", 1.4), Column("Target", 2.2), Column("Status", 1.2),
               Column("Rating", 1), Column("How it was judged", 4))
    source = "Judged by Throughline from published figures and figures entered by officers, as they were known on the day."
    return [Table(columns, tuple(rows), "Indicators", source)]


def coverage(held: Gathered) -> list[Block]:
    """Each recommendation the plan answers, or that nothing answers, with how many actions answer it and how they stand."""
    inspections = coverage_of(held.plan.area, held.as_at)
    found = [each for inspected in inspections for each in inspected.covered
             if any(answer.section.plan_id == held.plan.pk for answer in each.answers) or not each.answered]
    rows = tuple((each.recommendation.number, each.recommendation.text, each.tally.actions, each.tally.green, each.tally.amber,
                  each.tally.red, each.tally.unrated, each.tally.overdue) for each in found)
    columns = (Column("Number", 1), Column("Recommendation", 6), *(Column(word, 1, amounts=True) for word in
               ("Actions", "Green", "Amber", "Red", "Not rated", "Overdue")))
    return [Table(columns, rows, "Recommendations")] if rows else []


def decisions(held: Gathered) -> list[Block]:
    """What the board decided about the plan, when, and what came of it."""
    rows = tuple((day(each.meeting.starts_at.date()), each.number, each.text, str(each.owner or ""), _came_of(each))
                 for each in held.decisions)
    columns = (Column("Meeting", 1.4), Column("Minute", 1), Column("Decision", 5), Column("Who", 2), Column("What came of it", 3))
    return [Table(columns, rows, "Decisions")] if rows else []


def origin(held: Gathered) -> list[Block]:
    """Whose report it is."""
    return [Paragraph(f"This report is made to {held.board} on {held.plan.title}, as it stood on {day(held.as_at)}.")]


def impact(held: Gathered) -> list[Block]:
    """What difference the plan's sections say they will make."""
    lines = [f"{section_name(section)} – {line}" for section in held.sections for line in section.impact.splitlines() if line]
    return [Bullets(tuple(lines))] if lines else []


def consultations(held: Gathered) -> list[Block]:
    """Each consultation, how many answered, and what was decided."""
    blocks: list[Block] = []
    for each in held.consultations:
        answers = each.responses.filter(removed_at=None)
        changed = answers.filter(changed_plan=True).count()
        blocks.append(Paragraph(
            f"{each.title}, {day(each.opens_on)} to {day(each.closes_on)}: {answers.count()} responses, "
            f"of which {changed} changed the plan. {each.decision}".strip()
        ))
    return blocks or [Paragraph("No consultation on the plan is recorded.")]


def costs(held: Gathered) -> list[Block]:
    """What each action costs, as printed and in pounds."""
    rows = tuple((each.action.number, shortened(each.action.text), each.printed, each.fund, each.year,
                  "" if each.amount is None else f"£{each.amount:,.0f}") for each in held.costs)
    columns = (Column("Number", 1), Column("Action", 4), Column("Cost as printed", 3), Column("Source", 2), Column("Year", 1.2),
               Column("Amount", 1.2, amounts=True))
    return [Table(columns, rows, "Costs")] if rows else [Paragraph("The plan states no costs.")]


def documents(held: Gathered) -> list[Block]:
    """The plan and the reports before this one."""
    names = [f"{held.plan.title}: {standing(held.plan)}"]
    if held.previous:
        names.append(f"{held.previous.title}, as at {day(held.previous.as_at)}")
    return [Bullets(tuple(names))]


def actions(held: Gathered) -> list[Block]:
    """Every action with its owner, when it is due, and how it stands."""
    return [_dated(held.standings, "Actions")] if held.standings else []


def actions_by_indicator(held: Gathered) -> list[Block]:
    """Under each indicator, the actions that are to move it."""
    blocks: list[Block] = []
    by_section: dict[int, list[Standing]] = {}
    for each in held.standings:
        by_section.setdefault(each.action.section_id, []).append(each)
    for result in held.results.values():
        sections = result.indicator.sections.filter(plan=held.plan, removed_at=None)
        tied = {action.pk for action in result.indicator.actions.filter(plan=held.plan)}
        found = [each for section in sections for each in by_section.get(section.pk, [])]
        found += [each for each in held.standings if each.action.pk in tied and each not in found]
        if found:
            blocks.append(Paragraph("", f"{result.indicator}:"))
            blocks.append(Bullets(tuple(f"{_name(each)} ({rated(each.rag)})" for each in found)))
    return blocks


def _dated(held: Iterable[Standing], caption: str) -> Table:
    rows = tuple((each.action.number, each.action.text, each.owners or "No owner",
                  meaning(each.action.when) or each.action.when_printed or "No date", _rating(each.rag), each.narrative)
                 for each in held)
    columns = (Column("Number", 1), Column("Action", 4), Column("Who", 2), Column("When", 2), Column("Rating", 1),
               Column("What was said last", 4))
    return Table(columns, rows, caption)


def _rating(rag: str) -> Cell:
    return Cell((rated(rag),), tone=rag or "unrated")


def _name(each: Standing) -> str:
    return f"{each.action.number} {shortened(each.action.text)}".strip()


def _came_of(decision: object) -> str:
    action = getattr(decision, "plan_action", None)
    if action is not None:
        return f"Action {action.number or shortened(action.text)}: {action.get_state_display().lower()}"
    done = getattr(decision, "done_on", None)
    outcome = getattr(decision, "outcome", "")
    return outcome or (f"Done on {day(done)}" if done else "")


FILLS: dict[str, Callable[[Gathered], list[Block]]] = {
    fill.__name__: fill
    for fill in (plan_summary, changed_ratings, going_well, concerns, overdue, coming_up, indicators, coverage, decisions,
                 origin, impact, consultations, costs, documents, actions, actions_by_indicator, scorecard, weaknesses,
                 actions_with_figures, months)
} | COMMISSIONING
