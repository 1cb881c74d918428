"""The words of a Word paragraph as they are printed: changes accepted, hidden text and field codes left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from throughline.analytics.planreading.containers.word_styles import Styles, W, is_on, value

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = {W + "t", M + "t"}
_SIGNS = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": " "}
_DELETED = {W + "del", W + "moveFrom"}
_LEFT_OUT = {W + name for name in ("pPr", "rPr", "instrText", "delInstrText", "sdtPr", "sdtEndPr", "rt", "tbl")}
_PICTURES = {
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic": "a picture",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "a chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "a diagram",
    "{urn:schemas-microsoft-com:office:office}OLEObject": "an object of another program",
    "{urn:schemas-microsoft-com:vml}imagedata": "a picture",
}


@dataclass
class Inline:
    """What a paragraph holds: its words, the text boxes anchored in it, and what of it is not read."""

    pieces: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    plain: bool = False
    bold: bool = False

    @property
    def text(self) -> str:
        """The words as printed, line breaks kept."""
        return "".join(self.pieces)

    @property
    def all_bold(self) -> bool:
        """Whether every letter is bold."""
        return self.bold and not self.plain


def inline(paragraph: Any, styles: Styles) -> Inline:
    """What a paragraph holds, text boxes and nested paragraphs apart."""
    found = Inline()
    base = styles.is_bold(styles.of_paragraph(paragraph))
    _gather(paragraph, found, styles, base)
    return found


def _gather(element: Any, found: Inline, styles: Styles, bold: bool) -> None:
    for child in element:
        name = child.tag
        if not isinstance(name, str) or name in _LEFT_OUT:
            continue
        if name in _TEXT:
            _take(found, child.text or "", bold)
        elif name in _SIGNS:
            found.pieces.append(_SIGNS[name])
        elif name == W + "sym":
            found.pieces.append(_symbol(child))
        elif name in _DELETED:
            found.deleted.append("".join(each.text or "" for each in child.iter(W + "delText", W + "t")))
        elif name == W + "r":
            _gather_run(child, found, styles, bold)
        elif name == MC + "AlternateContent":
            _gather(_chosen(child), found, styles, bold)
        elif name == W + "txbxContent":
            found.boxes.append(child)
        else:
            if name in _PICTURES:
                found.pictures.append(_PICTURES[name])
            _gather(child, found, styles, bold)


def _gather_run(run: Any, found: Inline, styles: Styles, bold: bool) -> None:
    properties = run.find(W + "rPr")
    if is_on(properties, "vanish"):
        found.hidden.append("".join(each.text or "" for each in run.iter(W + "t")))
        return
    own = is_on(properties, "b")
    style = value(properties, "rStyle")
    if own is None and style is not None:
        own = styles.is_bold(style) or None
    _gather(run, found, styles, bold if own is None else own)


def _take(found: Inline, text: str, bold: bool) -> None:
    found.pieces.append(text)
    if text.strip():
        found.bold = found.bold or bold
        found.plain = found.plain or not bold


def _symbol(element: Any) -> str:
    try:
        return chr(int(element.get(W + "char") or "20", 16))
    except (ValueError, OverflowError):
        return ""


def _chosen(alternatives: Any) -> Any:
    """One of several drawings of the same thing: reading all would say everything twice."""
    choice = alternatives.find(MC + "Choice")
    fallback = alternatives.find(MC + "Fallback")
    return choice if choice is not None else fallback if fallback is not None else ()


def blocks_in(element: Any) -> Iterator[Any]:
    """The paragraphs and tables that stand in an element, through content controls and accepted insertions."""
    for child in element:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag"):
            yield from blocks_in(child)
        elif child.tag == MC + "AlternateContent":
            yield from blocks_in(_chosen(child))
