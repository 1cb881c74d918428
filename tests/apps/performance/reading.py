"""A page as a reader at a desk has it: its tables cell by cell, its words, its links; and numbers read back from print."""

from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

from django.http import HttpResponse

_VOID = {"meta", "link", "input", "img", "source", "br", "hr", "wbr"}


class _Builder(HTMLParser):
    """Makes a tree of a page of ours, whose tags are all closed but the void ones."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        self.tree.data(data)


def page_of(response: HttpResponse) -> Element:
    """The page as a tree."""
    builder = _Builder()
    builder.feed(response.content.decode().replace("<!DOCTYPE html>\n", ""))
    return builder.tree.close()


def words(element: Element | None) -> str:
    """What stands in an element, its white space made one."""
    return "" if element is None else " ".join(" ".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    """The texts in an element, but for what shows and hides a part of a page on a phone alone."""
    if element.get("class") == "app-fold__switch":
        return
    yield element.text or ""
    for inner in element:
        yield from _texts(inner)
        yield inner.tail or ""


def main(response: HttpResponse) -> str:
    """The words of the page itself, without header and footer."""
    return words(page_of(response).find(".//main"))


def table(response: HttpResponse, id: str) -> list[list[str]]:
    """The cells of a table's body, row by row; a heading that spans the table is a row of one."""
    found = page_of(response).find(f".//table[@id='{id}']")
    assert found is not None, f"the page has no table {id}"
    return [[words(cell) for cell in row] for body in found.findall("tbody") for row in body.findall("tr")]


def headings(response: HttpResponse, id: str) -> list[str]:
    """The heading row of a table."""
    return [words(cell) for cell in page_of(response).findall(f".//table[@id='{id}']/thead/tr/th")]


def links(response: HttpResponse) -> list[str]:
    """Where the links of the page itself lead."""
    return [link.get("href", "") for link in page_of(response).find(".//main").iter("a")]


def facts(response: HttpResponse) -> dict[str, str]:
    """The terms and descriptions of every list of facts on the page."""
    return dict(_facts(page_of(response)))


def _facts(page: Element) -> Iterator[tuple[str, str]]:
    for listed in page.iter("dl"):
        for pair in listed:
            yield words(pair.find("dt")), words(pair.find("dd"))


def number(printed: str) -> float | None:
    """The number that a cell begins with; None for a cell of words only."""
    first = printed.split()[0].rstrip("%").replace(",", "").replace("\N{MINUS SIGN}", "-")
    try:
        return float(first)
    except ValueError:
        return None


def close(printed: str, value: float | None, decimals: int) -> bool:
    """Whether a cell prints a value rounded to so many places, and words where there is none."""
    shown = number(printed)
    if value is None or shown is None:
        return value is None and shown is None and printed != ""
    return abs(shown - value) <= 0.5 * 10**-decimals + 1e-9
