"""An invented plan of the authority of Marlshire, as reading gives it: every kind of part, and the awkward cases."""

from throughline.analytics.planreading.dates import read_when
from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.tree import (
    Action,
    Cost,
    CrossReference,
    Measure,
    Owner,
    Plan,
    Section,
    When,
)
from throughline.apps.plans.vocabulary import templates

AREA = "358"  # whom the standing cast works for
RECOMMENDATION = "Set out what the partnership will do for young people who are not in learning"


def when(printed: str) -> When:
    """A time as reading gives it."""
    return read_when(printed, templates())


def marlshire() -> Plan:
    """Two recommendations, the first with a priority and the second with nothing; four actions; two measures."""
    first = Section("recommendation", RECOMMENDATION, Source(page=1, line=3), "1", sections=[_participation(), _routes()])
    second = Section("recommendation", "Give every pupil impartial guidance", Source(page=1, line=9), "2")
    return Plan(
        title="Marlshire post-16 plan", period="2016 - 2018", organisations=["Marlshire County Council"],
        sections=[first, second], glossary={"HOI": "Head of Inclusion"},
        measures=[
            Measure("NEET at 16 and 17", Source(page=2, line=1), "1", "Year 12 and 13", "6.1%", "5.5% or less", "percent",
                    "September 2018", "down", section="1.1",
                    trajectory=[{"period": "2017", "printed": "6", "kind": "target"},
                                {"period": "2018", "printed": "", "kind": "target"}]),
            Measure("Apprentices", Source(page=2, line=2), "2", baseline="to be determined", target="at least 700 a year"),
        ],
    )


def _participation() -> Section:
    return Section(
        "priority", "Know where every young person is", Source(page=1, table=1), "1.1",
        leads=[Owner("Head of Inclusion (HOI)", "Head of Inclusion", "HOI", "post")],
        impact=["Fewer young people are lost at 16", "Schools hear of it sooner"],
        success=["The register is complete each month"],
        actions=[
            Action("Agree who tells whom when a learner leaves", Source(page=1, table=1, row=2), "1.1.1",
                   steps=["I. Write the protocol", "II. Sign it"],
                   owners=[Owner("HOI", "Head of Inclusion", "HOI", "post"), Owner("QQZ", "", "QQZ")],
                   when=when("By 30 September 2016"), milestones=["Protocol signed by July 2016", "Reviewed termly"],
                   cost=Cost("£50k per annum from the grant", [{"pounds": 50000, "basis": "per year", "source": "the grant"}]),
                   success=["Nobody is lost for more than 30 days"], rag="Amber", why="Learners are lost between schools",
                   cross_references=[CrossReference("see 1.2.1", "1.2.1", "action", True),
                                     CrossReference("see 9.9.9", "9.9.9", "action", False),
                                     CrossReference("XR Skills plan", "Skills plan", "plan", False)]),
            Action("Ring every family", Source(page=1, table=1, row=3), "1.1.2", when=when("Termly")),
        ],
    )


def _routes() -> Section:
    return Section(
        "priority", "Open more routes at level 2", Source(page=1, table=2), "1.2",
        actions=[
            Action("Start three new courses", Source(page=1, table=2, row=2), "1.2.1",
                   owners=[Owner("Marlshire College", "", "", "organisation")], when=when("from September 2016"),
                   cost=Cost("Partners' core contributions")),
            Action("Publish the prospectus", Source(page=1, table=2, row=3), "1.2.1"),
        ],
    )
