"""A plan of an invented authority, with one of everything that a document must show."""

from datetime import date

from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.tree import Action, Cost, CrossReference, Measure, Owner, Plan, Section, When
from throughline.analytics.planwriting.facts import Facts, Update

HERE = Source(line=1)
BROKEN = CrossReference("XR 1:2:9", "1:2:9")
KEPT = CrossReference("XR 1:1:2", "1:1:2", found=True)


def plan() -> Plan:
    """Two recommendations; three priorities, the second Priority One under the second; four actions; two measures."""
    first = Section(
        "priority", "Know how well young people do", HERE, "One",
        leads=[Owner("Director of Education"), Owner("HSI", "Head of School Improvement", "HSI", "post")],
        impact=["Providers plan their courses by what young people achieve."],
        success=["Participation rises to 98%", "NEET falls to 5.5%"],
        answers=[CrossReference("1", "1", "section", True), CrossReference("3", "3", "section")],
        actions=[_full(), Action("Give every sixth form its report", HERE, "1:1:2", rag="")],
    )
    second = Section("priority", "Publish", HERE, "Two", actions=[Action("Publish the plan", HERE, "1:2:1", rag="Red")])
    other = Section("priority", "Consult", HERE, "One", actions=[Action("Ask schools & colleges", HERE, "2:1:1")])
    return Plan(
        "Marlshire 14-24 plan", "2026 to 2029", ["Marlshire County Council", "Marlshire Partnership"],
        [Section("recommendation", "Set clear priorities", HERE, "1", sections=[first, second]),
         Section("recommendation", "Review planning", HERE, "2", sections=[other])],
        _measures(), glossary={"HSI": "Head of School Improvement"},
    )


def facts() -> Facts:
    """The plan as approved, with updates on its first two actions; the second was not rated."""
    updates = {0: Update("A", "The second report is late.", date(2026, 10, 14)), 1: Update("", "Begun.")}
    return Facts("Marlshire County Council", "Approved by Cabinet on 3 March 2026", date(2026, 11, 1), "Education", updates)


def _full() -> Action:
    return Action(
        "Improve the analysis of results", HERE, "1:1:1",
        steps=["Name who does it", "Report to the board each year"],
        owners=[Owner("Head of Data"), Owner("DCS")],
        when=When("By Sept 2026"),
        milestones=["I. Roles defined", "II. First report out"],
        cost=Cost("£12,000 a year"),
        success=["The board has used it"],
        cross_references=[BROKEN, KEPT],
        rag="G",
        why="So that the council knows where it stands",
    )


def _measures() -> list[Measure]:
    years = [{"period": "2026/27", "printed": "94%", "kind": "trajectory"},
             {"period": "2027/28", "printed": "", "kind": "trajectory"},
             {"period": "2028/29", "printed": "98%", "kind": "target", "note": "agreed"}]
    return [
        Measure("Participation", HERE, "KPI 1", "Aged 16 and 17", "91.4%", "98%", "%", "September 2029", "up", "", years),
        Measure("NEET or not known", HERE, "KPI 2", "", "to be determined", "5.5%", "%", "", "down", "to be determined"),
    ]
