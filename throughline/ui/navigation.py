"""What the navigation is made of: entries given by name, turned into links to the pages that exist."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Entry:
    """One entry: its label, the name of its page, and the permission without which it is not drawn."""

    label: str
    url_name: str
    permission: str | None = None


@dataclass(frozen=True)
class Link:
    """An entry with its address; current when the page being read is it or lies beneath it."""

    label: str
    address: str
    permission: str | None
    current: bool


def links(entries: Iterable[Entry], path: str) -> list[Link]:
    """The entries whose page exists, in order; path is the address being read."""
    found = [(entry, address) for entry in entries if (address := _address(entry.url_name))]
    here = max((a for _, a in found if _lies_beneath(path, a)), key=len, default="")
    return [Link(e.label, a, e.permission, a == here) for e, a in found]


def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def _lies_beneath(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))
