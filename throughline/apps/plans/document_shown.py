"""A document as it stands beside its result: its blocks as plain values, each with an anchor made of where it stands."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify

from throughline.analytics.planreading.asjson import read_source
from throughline.analytics.planreading.document import Document, Heading, Paragraph, Source, Table

Block = dict[str, Any]
Place = tuple[int, int, int, int, int]


def blocks_of(document: Document) -> list[Block]:
    """The document's blocks in order, as they are kept for showing: {"kind", "source"} with text, or with rows of cells."""
    return [_block(each) for each in document.blocks]


def _block(block: Heading | Paragraph | Table) -> Block:
    source = str(block.source)
    if isinstance(block, Table):
        rows = [{"source": str(row.source), "cells": list(row.cells)} for row in block.rows]
        return {"kind": "table", "source": source, "rows": rows}
    if isinstance(block, Heading):
        return {"kind": "heading", "source": source, "text": block.text, "level": block.level}
    return {"kind": "paragraph", "source": source, "text": block.text, "bullet": block.bullet, "depth": block.depth}


class Anchors:
    """The anchors of a document's blocks and rows, and where else in it a source leads: to the nearest before it."""

    def __init__(self, blocks: Iterable[Mapping[str, Any]]) -> None:
        self._sheets: dict[str | None, int] = {None: 0}
        self._by_words: dict[str, str] = {}
        taken: set[str] = set()
        places: dict[Place, str] = {}
        for words in _sources(blocks):
            if words in self._by_words:
                continue
            source = read_source(words)
            anchor = self._anchor(source)
            while anchor in taken:
                anchor += "-again"
            taken.add(anchor)
            self._by_words[words] = anchor
            places.setdefault(self._place(source), anchor)
        self._places = sorted(places)
        self._at = [places[place] for place in self._places]

    def of(self, words: str) -> str:
        """The anchor of a source in words; "" where the document is empty or the source is none."""
        if not words:
            return ""
        if words in self._by_words:
            return self._by_words[words]
        place = self._place(read_source(words))
        before = bisect_right(self._places, place)
        found = before - 1
        if place[2:] == (0, 0, 0) and before < len(self._at):
            found = before  # a whole page or sheet: where it begins
        return self._at[max(found, 0)] if self._at else ""

    def _place(self, source: Source) -> Place:
        sheet = self._sheets.setdefault(source.sheet, len(self._sheets))
        return source.page or 0, sheet, source.table or 0, source.row or 0, source.line or 0

    def _anchor(self, source: Source) -> str:
        sheet = slugify(source.sheet or "")[:40] or (f"sheet{self._place(source)[1]}" if source.sheet is not None else "")
        if source.row is None and source.table is None and source.line is not None:
            parts = ["", f"line-{source.line}"] if source.page is None else [f"p{source.page}", f"line-{source.line}"]
        else:
            parts = [f"{letter}{value}" for letter, value in
                     (("p", source.page), ("t", source.table), ("r", source.row)) if value is not None]
        return "-".join(filter(None, [f"sheet-{sheet}" if sheet else "", *parts])) or "whole"


def _sources(blocks: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for block in blocks:
        yield block["source"]
        for row in block.get("rows", ()):
            yield row["source"]
