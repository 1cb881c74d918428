"""The text of a web page's elements, with what opens a line of its own, what is not shown, and the marks of lists."""

import re
from collections.abc import Iterator
from typing import Any

from throughline.analytics.planreading.containers.marks import BULLET
from throughline.analytics.planreading.containers.word_lists import written

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = {"ul", "ol", "menu", "dir"}
_BLOCKS = {*HEADINGS, *LISTS, "html", "body", "p", "div", "li", "dl", "dd", "dt", "blockquote", "pre", "table", "caption",
           "center", "section", "article", "main", "aside", "header", "footer", "figure", "figcaption", "form", "fieldset",
           "legend", "address", "details", "summary", "hr", "hgroup", "search", "dialog", "tr", "td", "th", "tbody"}
_UNSEEN = {"script", "style", "head", "template", "noscript", "svg", "iframe", "object", "embed", "audio", "video", "canvas",
           "map", "datalist", "select", "input", "button", "img", "link", "meta", "title", "nav"}
_NUMBERED = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLED = {"decimal": "decimal", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
           "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman"}

Piece = tuple[str, bool]


def tag_of(element: Any) -> str:
    """An element's name; "" for a comment, which is shown nowhere."""
    return element.tag if isinstance(element.tag, str) else ""


def whole_text(element: Any) -> str:
    """Every word in an element, shown or not."""
    return " ".join(" ".join(element.itertext()).split())


def pieces(element: Any, hidden: list[str], bold: bool = False, exact: bool = False) -> Iterator[Piece | Any]:
    """An element's text in order, each piece with whether it is bold, and the elements that open a line of their own.

    hidden is given the words of what is not shown though it is text: menus and hidden parts. exact keeps the line
    breaks of the source.
    """
    yield _spaced(element.text, exact), bold
    for child in element:
        tag = tag_of(child)
        if tag == "nav" or (tag and _is_hidden(child)):
            hidden.append(whole_text(child))
        elif tag == "br":
            yield "\n", bold
        elif tag in _BLOCKS:
            yield child
        elif tag and tag not in _UNSEEN:
            yield from pieces(child, hidden, bold or _is_bold(child), exact)
        yield _spaced(child.tail, exact), bold


def _spaced(text: str | None, exact: bool) -> str:
    return text or "" if exact else re.sub(r"[ \t\r\n\f\v]+", " ", text or "")


def _style(element: Any) -> str:
    return (element.get("style") or "").replace(" ", "").lower()


def _is_hidden(element: Any) -> bool:
    return "display:none" in _style(element) or "mso-hide:all" in _style(element) or element.get("hidden") is not None


def _is_bold(element: Any) -> bool:
    return tag_of(element) in ("b", "strong") or bool(re.search(r"font-weight:(bold|[6-9]00)", _style(element)))


def list_mark(item: Any, parent: Any, place: int) -> str:
    """The mark in front of an item of a list; place is its place in the list, counted from 0."""
    shape = re.search(r"list-style(?:-type)?:([a-z-]+)", _style(parent))
    if shape and shape[1] == "none":
        return ""
    if tag_of(parent) != "ol":
        return BULLET
    how = _STYLED.get(shape[1]) if shape else None
    count = _whole(item.get("value"), _whole(parent.get("start"), 1) + place)
    return f"{written(how or _NUMBERED.get(parent.get('type') or '1', 'decimal'), count)}."


def _whole(printed: str | None, otherwise: int) -> int:
    return int(printed) if printed and re.fullmatch(r"[0-9]{1,6}", printed.strip()) else otherwise
