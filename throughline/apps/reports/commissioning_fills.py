"""What the system writes into a report on a year's commissioning: one function a fill, as fills.py has them of a plan."""

from collections.abc import Callable
from datetime import date

from throughline.analytics.planwriting.report import Block, Bullets, Cell, Column, Figures, Paragraph, Table
from throughline.apps.commissioning.figures import figures_of, shown
from throughline.apps.commissioning.files import NO_WORD
from throughline.apps.commissioning.models import CommissioningPlan, ImpactStatement
from throughline.apps.commissioning.totals import Line, Pounds
from throughline.apps.indicators.judgements import judge_all
from throughline.apps.plans.words import shortened
from throughline.apps.reports.gathered import Gathered
from throughline.ui.formats import day

# What a report is kept for others to read, so no figure stands in it that only some may see.
_TOLD = {"entered": False, "counted": True}
_TONES = {"made": "green", "partly": "amber", "none": "red", "early": "unrated"}
_MONEY = tuple(Column(word, 1.2, amounts=True) for word in ("Planned", "Spent", "Left"))


def commissioning_summary(held: Gathered) -> list[Block]:
    """Where the year stands, in a sentence and in counts."""
    year, total = held.year, held.year.total
    pairs = (("Needs", str(len(year.needs))), ("Priorities", str(len(year.priorities))),
             ("Commissioned", str(len(year.commissioned))), ("Planned", _pounds(total.planned)), ("Spent", _pounds(total.spent)))
    said = f"{year.plan.title}, for the {year.plan.year_type} year {year.plan.period}. {_standing(year.plan, held.as_at)}."
    return [Paragraph(said), Figures(pairs)]


def commissioning_needs(held: Gathered) -> list[Block]:
    """Each need with what shows it, and the priorities that follow from it."""
    year = held.year
    figures, agreed = figures_of(year.needs, year.plan.area, held.as_at, **_TOLD), _by(year.plan.agreed_on, held.as_at)
    rows = []
    for need in year.needs:
        shows = [_sentence(f"{each.name}: {each.figure}", each.source) for each in figures[need.pk]]
        then = [_sentence(f"When it was agreed: {need.figure_then}")] if agreed and need.figure_then else []
        said = [_sentence(need.evidence, need.source)] if need.evidence else []
        follow = [str(each.priority) for each in year.priorities if need in each.needs]
        rows.append((str(need.number), need.what, Cell(tuple(shows + then + said)), ", ".join(follow) or "No priority"))
    columns = (Column("Number", 1), Column("Need", 4), Column("What shows it", 5), Column("Priorities", 1.6))
    return [Table(columns, tuple(rows), "Needs")] if rows else [Paragraph("No need is written down.")]


def commissioning_priorities(held: Gathered) -> list[Block]:
    """Each priority, the needs it follows from, and the difference it should make."""
    rows = tuple((str(each.priority.number), each.priority.title, ", ".join(str(need.number) for need in each.needs) or "No need",
                  each.priority.difference) for each in held.year.priorities)
    columns = (Column("Number", 1), Column("Priority", 4), Column("From needs", 1.4), Column("The difference it should make", 5))
    return [Table(columns, rows, "Priorities")] if rows else [Paragraph("There is no priority.")]


def commissioned(held: Gathered) -> list[Block]:
    """What is commissioned, by whom and for whom, with its money and the plan's action that it belongs to."""
    rows = tuple(
        (str(answered.priority.number), made.title, str(made.provider or "Not decided yet"), made.who_for,
         f"{day(made.starts_on)}{f' to {day(made.ends_on)}' if made.ends_on else ''}",
         _pounds(each.planned_pounds) if each.planned else "Not costed",
         _pounds(each.spent_pounds) if each.spent else "None entered",
         shortened(str(made.action)) if made.action else "")
        for answered in held.year.priorities for each in answered.commissioned for made in [each.intervention])
    columns = (Column("Priority", 1), Column("What", 3), Column("Who provides it", 2), Column("Whom it is for", 2.5),
               Column("From and to", 2), *_MONEY[:2], Column("Action of a plan", 2))
    return [Table(columns, rows, "Interventions")] if rows else [Paragraph("Nothing is commissioned.")]


def commissioning_money(held: Gathered) -> list[Block]:
    """Planned and spent by priority and by fund, with what is left."""
    year = held.year
    if not year.commissioned:
        return []
    tables = (("Priority", year.by_priority), ("Fund", year.by_fund))
    return [Table((Column(by, 4), *_MONEY), tuple(map(_line, [*lines, year.total])), f"Planned and spent by {by.lower()}")
            for by, lines in tables if lines]


def commissioning_impact(held: Gathered) -> list[Block]:
    """What each has changed by the day, who says so and on what evidence, beside the figure that should move."""
    made = [(each.intervention, each.impact) for each in held.year.commissioned]
    results = judge_all({one.indicator for one, _ in made if one.indicator}, held.as_at, **_TOLD)
    rows = []
    for one, said in made:
        figure = shown(results[one.indicator_id]) if one.indicator_id else None
        success = ((_sentence(f"{figure.name}: {figure.figure}"),) if figure else ()) + ((one.success,) if one.success else ())
        rows.append((one.title, Cell(success or ("Not said",)), _rating(said), said.statement if said else "",
                     Cell((_sentence(f"{said.said_by}, {day(said.on)}"), said.evidence) if said else ("",))))
    columns = (Column("What", 3), Column("How success is known", 3), Column("Impact", 1.6), Column("What has changed", 4),
               Column("Who says so, and on what evidence", 3))
    return [Table(columns, tuple(rows), "What each has changed")] if rows else []


def commissioning_missing(held: Gathered) -> list[Block]:
    """Needs without a priority, priorities without a need or without anything commissioned, and what nobody has spoken of."""
    year = held.year
    missing = [
        *(f"No priority follows from need {need.number}: {shortened(need.what)}" for need in year.needs_without_priority),
        *(f"Priority {each.number} follows from no need: {each.title}" for each in year.priorities_without_need),
        *(f"Nothing is commissioned under priority {each.number}: {each.title}" for each in year.priorities_without_intervention),
        *(f"Nobody has said what this changed: {each.title}" for each in year.without_impact),
    ]
    if missing:
        return [Bullets(tuple(missing))]
    return [Paragraph("Every need has a priority, every priority has something commissioned, and of all of it somebody has said "
                      "what it changed.")]


def _sentence(words: str, source: str = "") -> str:
    """Words with where they are from, and one full stop: on a page the lines of a cell follow one another."""
    return f"{words.strip().rstrip('.')}{f' ({source})' if source else ''}."


def _standing(plan: CommissioningPlan, as_at: date) -> str:
    """Where it stood on a day in words; a board that had agreed or been told by then is named."""
    if not _by(plan.agreed_on, as_at):
        return "A draft that no board had agreed yet"
    agreed = f"Agreed by {plan.agreed_by} on {day(plan.agreed_on)}"
    return f"{agreed}, reported to {plan.reported_to} on {day(plan.reported_on)}" if _by(plan.reported_on, as_at) else agreed


def _by(done_on: date | None, as_at: date) -> bool:
    return done_on is not None and done_on <= as_at


def _rating(said: ImpactStatement | None) -> Cell:
    return Cell((said.get_rating_display() if said else NO_WORD,), tone=_TONES[said.rating] if said else "unrated")


def _line(line: Line) -> tuple[str, ...]:
    name = f"{line.of.number}. {line.of.title}" if line.of else line.name
    return (name, _pounds(line.planned), _pounds(line.spent), _pounds(line.left))


def _pounds(amount: Pounds) -> str:
    """Whole pounds without pence, as the pages have it."""
    said = f"£{abs(amount):,.2f}".removesuffix(".00")
    return f"−{said}" if amount < 0 else said


COMMISSIONING: dict[str, Callable[[Gathered], list[Block]]] = {
    fill.__name__: fill for fill in (commissioning_summary, commissioning_needs, commissioning_priorities, commissioned,
                                     commissioning_money, commissioning_impact, commissioning_missing)
}
