"""A draft made into a document: each part of its outline with what the system fills in and what its author added."""

from dataclasses import asdict, dataclass
from typing import Any

from throughline.analytics.measures.areas import all_areas
from throughline.analytics.planwriting.report import Block, Bullets, Heading, Paragraph, Report, lines_of
from throughline.apps.performance import figures as room
from throughline.apps.reports.fills import FILLS
from throughline.apps.reports.gathered import Gathered
from throughline.apps.reports.models import DraftReport
from throughline.apps.reports.outlines import Outline, Part
from throughline.ui.formats import day


@dataclass(frozen=True)
class Written:
    """One part as it will be printed: text is the author's, blocks what the system filled in."""

    part: Part
    text: str
    blocks: list[Block]
    left_out: bool

    @property
    def empty(self) -> bool:
        """Whether there is nothing to print under its heading."""
        return self.left_out or not (self.text.strip() or self.blocks)


def gathered_for(draft: DraftReport, outline: Outline) -> Gathered:
    """What a draft draws on, as it stood on its day."""
    return Gathered(draft.plan, draft.board, draft.as_at, outline.themes, outline.measures, draft.commissioning)


def written(draft: DraftReport, outline: Outline, gathered: Gathered) -> list[Written]:
    """Every part of a draft in order, those left out among them."""
    return [
        Written(part, draft.texts.get(part.id, ""), FILLS[part.fill](gathered) if part.fill else [], part.id in draft.left_out)
        for part in outline.parts
    ]


def report_of(draft: DraftReport, outline: Outline, parts: list[Written]) -> Report:
    """The document: parts with nothing in them are not printed."""
    blocks: list[Block] = []
    for each in parts:
        if not each.empty:
            blocks += [Heading(each.part.heading), *_text(each.text), *each.blocks]
    authority = authority_name(draft.area)
    on = ("Commissioning plan", draft.commissioning.title) if draft.commissioning else ("Plan", draft.plan.title)
    details = (("To", str(draft.board)), on, ("As at", day(draft.as_at)))
    return Report(draft.title, authority, outline.title, details, tuple(blocks), (), authority, draft.as_at)


def authority_name(code: str) -> str:
    """An authority's name by its code; the code where nobody knows it."""
    area = all_areas(room.warehouse()).get(code)
    return area.name if area else code


def _text(text: str) -> list[Block]:
    """An author's words: lines that begin with a dash or a bullet are a list, the rest are paragraphs."""
    blocks: list[Block] = []
    listed: list[str] = []
    for line in [*lines_of(text), ""]:
        if line[:1] in ("-", "•", "*"):
            listed.append(line[1:].strip())
            continue
        if listed:
            blocks.append(Bullets(tuple(listed)))
            listed = []
        if line:
            blocks.append(Paragraph(line))
    return blocks


def as_content(parts: list[Written], *, whole: bool = False) -> list[dict[str, Any]]:
    """The parts as plain values, an author's words before what was filled in: to be kept with what was issued.

    With whole, as the draft's page shows them: the empty ones too, and the words apart, since they are in its boxes.
    """
    return [
        {"id": each.part.id, "heading": each.part.heading, "left_out": each.left_out,
         "blocks": [_plain(block) for block in ([] if whole else _text(each.text)) + each.blocks]}
        for each in parts if whole or not each.empty
    ]


def _plain(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__, **asdict(block)}
