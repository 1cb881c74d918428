"""A plan as it was read: sections, actions and measures as trees, each thing with where it was printed."""

from dataclasses import dataclass, field
from typing import Any, Literal

from throughline.analytics.planreading.document import Source

SectionKind = Literal["recommendation", "priority", "section", "objective", "theme"]


@dataclass
class Owner:
    """Who is to do something: as printed ("JL", "HSI / SIM"), with the name behind a code where the document gives it.

    kind is person, post or organisation; "" where the words do not say.
    """

    printed: str
    name: str = ""
    code: str = ""
    kind: str = ""


@dataclass
class Cost:
    """What something costs: the printed words, and the amounts understood: pounds, basis ("", "per year", "each"), source."""

    printed: str
    amounts: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class When:
    """When something is due: the printed words beside what was understood.

    dates are pairs of ISO days with how they bind: {"kind": "by" | "from" | "during" | "on", "start", "end", "text"}.
    recurrence is "" or a key of the vocabulary of dates ("weekly", "termly", "yearly"); ongoing is true where no end is meant;
    understood is false where printed words are left that say a time we cannot read.
    """

    printed: str
    dates: list[dict[str, Any]] = field(default_factory=list)
    recurrence: str = ""
    ongoing: bool = False
    understood: bool = True


@dataclass
class CrossReference:
    """A mention of another action, section or plan: found is whether the document holds what it names.

    kind is "action", "section", "measure" or "plan"; a plan outside the document is never found here and not broken.
    words and document are those of a recommendation that is kept apart from the plan: what it says, and where it was made.
    """

    printed: str
    target: str
    kind: str = "action"
    found: bool = False
    words: str = ""
    document: str = ""


@dataclass
class Action:
    """One promise. number, steps, milestones and rag are as printed; source is where its row begins.

    rag is "" where the words printed say that nobody rated it. why is the reason a plan gives beside it, "" where it has
    no such column.

    fields names where each field was read, by field name, where that is not source itself.
    """

    text: str
    source: Source
    number: str = ""
    steps: list[str] = field(default_factory=list)
    owners: list[Owner] = field(default_factory=list)
    when: When | None = None
    milestones: list[str] = field(default_factory=list)
    cost: Cost | None = None
    success: list[str] = field(default_factory=list)
    cross_references: list[CrossReference] = field(default_factory=list)
    rag: str = ""
    why: str = ""
    fields: dict[str, Source] = field(default_factory=dict)


@dataclass
class Section:
    """A recommendation, priority, section, objective or theme, with what stands under it.

    answers are the recommendations it says it answers, in a plan that prints them apart from its priorities.
    """

    kind: SectionKind
    title: str
    source: Source
    number: str = ""
    leads: list[Owner] = field(default_factory=list)
    impact: list[str] = field(default_factory=list)
    success: list[str] = field(default_factory=list)
    sections: list["Section"] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    answers: list[CrossReference] = field(default_factory=list)
    fields: dict[str, Source] = field(default_factory=dict)


@dataclass
class Measure:
    """A figure the plan promises to move. All but direction and trajectory are as printed, "" where the plan says nothing.

    direction is "up", "down", "keep" or "". trajectory holds {"period", "printed", "kind": "trajectory" | "target"},
    year by year, printed "" for a cell left empty, and "note" where the plan prints one beside it; kind is "arrow" where
    a grid prints a direction of travel and no figure. status is "to be determined", "amended", "merged", "deleted" or
    "", or the group a grid prints it in. section is the number or title of what it stands under. notes are what the
    plan says has become of it, as printed.
    """

    text: str
    source: Source
    number: str = ""
    cohort: str = ""
    baseline: str = ""
    target: str = ""
    unit: str = ""
    due: str = ""
    direction: str = ""
    status: str = ""
    trajectory: list[dict[str, str]] = field(default_factory=list)
    section: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass
class Unread:
    """Words that stand in the document and could not be placed with confidence, with the reason in plain English."""

    source: Source
    text: str
    why: str


@dataclass
class Plan:
    """A whole document, read. organisations are those it names as its own; period is as printed."""

    title: str = ""
    period: str = ""
    organisations: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    glossary: dict[str, str] = field(default_factory=dict)
