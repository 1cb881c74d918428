"""What a Word document's styles say of a paragraph: its level as a heading, its list, whether it is bold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST_STYLE = 20  # styles based on styles; a ring of them would never end
_OFF = {"0", "false", "off", "none"}


def value(element: Any, name: str) -> str | None:
    """The w:val of the child called name, None where there is no such child or it says nothing."""
    child = None if element is None else element.find(W + name)
    return None if child is None else child.get(W + "val")


def is_on(properties: Any, name: str) -> bool | None:
    """Whether a property such as bold is switched on, off, or (None) not spoken of."""
    child = None if properties is None else properties.find(W + name)
    return None if child is None else (child.get(W + "val") or "1").lower() not in _OFF


@dataclass(frozen=True)
class ListPlace:
    """The list a paragraph belongs to and its level in it, counted from 0; None where a style leaves the level open."""

    number: str
    level: int | None


@dataclass
class Styles:
    """The styles of one document by their ids."""

    by_id: dict[str, Any] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def of(cls, root: Any) -> "Styles":
        """The styles of a styles part; none where the document has no such part."""
        styles = cls()
        for style in () if root is None else root.iter(W + "style"):
            name = style.get(W + "styleId") or ""
            styles.by_id[name] = style
            if style.get(W + "type") == "paragraph" and (style.get(W + "default") or "0") not in _OFF:
                styles.default = name
        return styles

    def _chain(self, name: str) -> Iterator[Any]:
        for _ in range(DEEPEST_STYLE):
            style = self.by_id.get(name)
            if style is None:
                return
            yield style
            name = value(style, "basedOn") or ""

    def of_paragraph(self, paragraph: Any) -> str:
        """The id of a paragraph's style."""
        return value(paragraph.find(W + "pPr"), "pStyle") or self.default

    def name(self, style: str) -> str:
        """A style's name in small letters, "" for one that is not there."""
        return (value(self.by_id.get(style), "name") or "").lower()

    def heading_level(self, paragraph: Any) -> int | None:
        """1 for the outermost heading; None for what is no heading. Title counts as 1."""
        own = value(paragraph.find(W + "pPr"), "outlineLvl")
        if own is not None:
            return _level(own)
        for style in self._chain(self.of_paragraph(paragraph)):
            name = (value(style, "name") or "").lower()
            if name == "title":
                return 1
            if name.startswith("heading ") and name[8:].isdecimal():
                return int(name[8:])
            outline = value(style.find(W + "pPr"), "outlineLvl")
            if outline is not None:
                return _level(outline)
        return None

    def list_place(self, paragraph: Any) -> ListPlace | None:
        """The list a paragraph is in, by itself or by its style; None where in none."""
        properties = [paragraph.find(W + "pPr")]
        properties += [style.find(W + "pPr") for style in self._chain(self.of_paragraph(paragraph))]
        level = None
        for each in properties:
            numbering = None if each is None else each.find(W + "numPr")
            if numbering is None:
                continue
            printed = value(numbering, "ilvl")
            if level is None and printed is not None and printed.isdecimal():
                level = min(int(printed), 8)
            number = value(numbering, "numId")
            if number is not None:
                return None if number == "0" else ListPlace(number, level)
        return None

    def is_bold(self, style: str) -> bool:
        """Whether a style sets its letters bold."""
        for each in self._chain(style):
            bold = is_on(each.find(W + "rPr"), "b")
            if bold is not None:
                return bold
        return False


def _level(outline: str) -> int | None:
    return int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else None
