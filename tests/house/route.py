"""One address of the site as the tests of the house know it: who may open it, an example of it, and what it answers."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.house.stage import KEYS
from throughline.apps.accounts.permissions import Permission as P


@dataclass(frozen=True)
class Route:
    """A route that needs permissions, all of them: an example of it, what is posted to it, and what the audit calls it.

    own says that it is of the reader's own authority: somebody who works for none is told so, whatever it is about.
    """

    needs: frozenset[P]
    args: dict[str, str] = field(default_factory=dict)
    query: str = ""
    of: str = ""  # the kind of subject that the audit gives a look or a download
    posts: dict[str, Any] | None = None
    uploads: str = ""  # the name of the box that takes a file, and what is in the file
    content: bytes = b"Priority 1: Find everybody\n1.1 Telephone them"
    gets: bool = True
    recorded: bool = True
    own: bool = False

    def posted(self) -> dict[str, Any]:
        """What is posted to it, with a file of its own each time."""
        file = {self.uploads: SimpleUploadedFile("file.txt", self.content)}
        return {**(self.posts or {}), **(file if self.uploads else {})}

    @property
    def names_a_record(self) -> bool:
        """Whether the example is of something that stands on the stage, and so of one authority."""
        return self.own and bool(KEYS & set(self.args.values()))


def route(*needs: P, **said: Any) -> Route:
    """A route that needs these permissions."""
    return Route(frozenset(needs), **said)


def own(*needs: P, **said: Any) -> Route:
    """A route of the reader's own authority."""
    return route(*needs, own=True, **said)


def only_posts(*needs: P, posts: dict[str, Any] | None = None, **said: Any) -> Route:
    """A route of the reader's own authority that only changes something."""
    return own(*needs, gets=False, posts=posts or {}, **said)


def day(name: str) -> dict[str, str]:
    """A day that is past, as the three boxes of a form post it."""
    return {f"{name}_day": "27", f"{name}_month": "3", f"{name}_year": "2026"}
