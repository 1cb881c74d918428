"""What the navigation is made of: groups of entries given by name, turned into links to the pages that exist."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse


@dataclass(frozen=True)
class Entry:
    """One entry: its label, the name of its page, and the permission without which it is not drawn.

    beneath begins the addresses of the pages it leads on to, where they do not lie beneath its own.
    """

    label: str
    url_name: str
    permission: str | None = None
    beneath: str = ""


@dataclass(frozen=True)
class Group:
    """Entries that belong together: the bar shows its label, and the line beneath its entries when one is being read."""

    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Link:
    """An entry with its address; current when the page being read is it or lies beneath it."""

    label: str
    address: str
    permission: str | None
    current: bool


@dataclass(frozen=True)
class Menu:
    """A group as one reader sees it: its links, none of which is closed to them; it leads to the first."""

    label: str
    links: tuple[Link, ...]

    @property
    def address(self) -> str:
        """Where its label leads."""
        return self.links[0].address

    @property
    def current(self) -> bool:
        """Whether the page being read is one of its own."""
        return any(link.current for link in self.links)


def menus(groups: Iterable[Group], path: str, may: Callable[[str], bool]) -> list[Menu]:
    """The groups with anything in them for this reader; path is the address being read, may asks for a permission."""
    named = [(group.label, _open(group.entries, may)) for group in groups]
    addresses = {link.address: link for link in links([e for _, entries in named for e in entries], path)}
    found = [(label, [addresses[a] for e in entries if (a := _address(e.url_name))]) for label, entries in named]
    return [Menu(label, tuple(here)) for label, here in found if here]


def _open(entries: Iterable[Entry], may: Callable[[str], bool]) -> list[Entry]:
    return [entry for entry in entries if entry.permission is None or may(entry.permission)]


def links(entries: Iterable[Entry], path: str) -> list[Link]:
    """The entries whose page exists, in order; path is the address being read."""
    found = [(entry, address) for entry in entries if (address := _address(entry.url_name))]
    here = max((a for e, a in found if _lies_beneath(path, a) or e.beneath and path.startswith(e.beneath)), key=len, default="")
    return [Link(e.label, a, e.permission, a == here) for e, a in found]


def _address(url_name: str) -> str | None:
    return _found(url_name, get_urlconf(), get_script_prefix())


@cache  # every page asks for the same sixty addresses, which would be a sixth of its time
def _found(url_name: str, urlconf: str | None, _prefix: str) -> str | None:
    try:
        return reverse(url_name, urlconf)
    except NoReverseMatch:
        return None


def _lies_beneath(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))
