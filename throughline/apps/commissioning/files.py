"""The tables of the commissioning room as files: their columns and their rows."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from throughline.apps.commissioning.figures import Shows
from throughline.apps.commissioning.totals import Commissioned, Line, Year
from throughline.ui.downloads import Column

NOTES = ["Planned and spent are pounds. What nobody has spoken of says so, and counts as nothing good. An empty cell is not "
         "costed or not entered, which is not nothing.",
         "Who spoke may be a person: pass the file to nobody who may not see the plan."]
NO_WORD = "Nobody has said"


class File(NamedTuple):
    """One table of a year: its title, its columns, and its rows of the year with the figures that show its needs."""

    title: str
    columns: list[Column]
    rows: Callable[[Year, Mapping[int, list[Shows]]], Iterator[dict[str, Any]]]


def _needs(year: Year, shown: Mapping[int, list[Shows]]) -> Iterator[dict[str, Any]]:
    for need in year.needs:
        followed = [str(each.priority) for each in year.priorities if need in each.needs]
        yield {"number": need.number, "what": need.what, "then": "" if year.plan.is_draft else need.figure_then,
               "evidence": need.evidence, "source": need.source, "priorities": "; ".join(followed) or "No priority",
               "figure": "; ".join(f"{each.name}: {each.figure}" for each in shown.get(need.pk, [])),
               "figure_source": "; ".join(each.source for each in shown.get(need.pk, []) if each.source)}


def _totals(year: Year, _shown: Mapping[int, list[Shows]]) -> Iterator[dict[str, Any]]:
    for line in year.by_priority:
        yield {"by": "Priority", "name": f"{line.name}: {line.of.title}" if line.of else line.name, **_money(line)}
    for line in year.by_fund:
        yield {"by": "Fund", "name": line.name, **_money(line)}
    yield {"by": "", "name": "Total", **_money(year.total)}


def _money(line: Line) -> dict[str, float]:
    return {"planned": float(line.planned), "spent": float(line.spent), "left": float(line.left)}


def _money_of(each: Commissioned) -> dict[str, float | None]:
    """An intervention's money; a cell is empty where it is not costed, or where no spend is entered."""
    planned = float(each.planned_pounds) if each.planned else None
    spent = float(each.spent_pounds) if each.spent else None
    return {"planned": planned, "spent": spent, "left": float(each.planned_pounds - each.spent_pounds) if each.planned else None}


def _interventions(year: Year, _shown: Mapping[int, list[Shows]]) -> Iterator[dict[str, Any]]:
    for answered in year.priorities:
        for each in answered.commissioned:
            made, said = each.intervention, each.impact
            yield {
                "priority": f"{answered.priority}: {answered.priority.title}", "what": made.title, "who_for": made.who_for,
                "needs": "; ".join(str(need.number) for need in answered.needs), "provider": str(made.provider or ""),
                "starts_on": made.starts_on, "ends_on": made.ends_on, **_money_of(each),
                "action": str(made.action or ""), "indicator": str(made.indicator or ""), "success": made.success,
                "rating": said.get_rating_display() if said else NO_WORD, "impact": said.statement if said else "",
                "impact_on": said.on if said else None, "said_by": said.said_by if said else "",
                "evidence": said.evidence if said else "",
            }
        if not answered.commissioned:
            yield {"priority": f"{answered.priority}: {answered.priority.title}", "what": "Nothing is commissioned"}


def _spend(year: Year, _shown: Mapping[int, list[Shows]]) -> Iterator[dict[str, Any]]:
    for each in year.commissioned:
        for planned in each.planned:
            yield {"what": each.intervention.title, "sort": "Planned", "fund": planned.fund, "amount": _number(planned.amount)}
        for spent in each.spent:
            yield {"what": each.intervention.title, "sort": "Spent", "fund": spent.fund, "amount": _number(spent.amount),
                   "on": spent.on, "note": spent.note, "by": str(spent.by or "")}


def _number(pounds: Decimal) -> float:
    return float(pounds)


_POUNDS = [Column("planned", "Planned", 2), Column("spent", "Spent", 2), Column("left", "Left", 2)]
FILES = {
    "needs": File("Needs", [
        Column("number", "Number"), Column("what", "What is needed"), Column("figure", "Figure now"),
        Column("figure_source", "Where the figure is from"), Column("then", "Figure when it was agreed"),
        Column("evidence", "Evidence in words"), Column("source", "Where that is from"), Column("priorities", "Priorities"),
    ], _needs),
    "totals": File("Planned and spent", [Column("by", "By"), Column("name", "Name"), *_POUNDS], _totals),
    "interventions": File("What is commissioned", [
        Column("priority", "Priority"), Column("needs", "Needs"), Column("what", "What is commissioned"),
        Column("provider", "Who provides it"), Column("who_for", "Whom it is for"), Column("starts_on", "From"),
        Column("ends_on", "To"), *_POUNDS, Column("action", "Action of a plan"), Column("indicator", "Indicator"),
        Column("success", "How success is known"), Column("rating", "Impact"), Column("impact", "What has changed"),
        Column("impact_on", "As at"), Column("said_by", "Who says so"), Column("evidence", "On what evidence"),
    ], _interventions),
    "spend": File("Spend entries", [
        Column("what", "What is commissioned"), Column("sort", "Planned or spent"), Column("fund", "Fund"),
        Column("amount", "Pounds", 2), Column("on", "On"), Column("note", "Note"), Column("by", "Entered by"),
    ], _spend),
}
