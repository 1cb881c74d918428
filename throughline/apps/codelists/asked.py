"""Code lists and rules asked for once a page: whether an officer said anything otherwise since is a question of the database."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

_READS = ("GET", "HEAD")
_ASKED: ContextVar[dict[tuple[str, str], Any] | None] = ContextVar("lists and rules asked for once", default=None)


@contextmanager
def each_asked_once() -> Iterator[None]:
    """While it lasts, a list or a rule is asked for once and stays so. Decorates a function too."""
    with answered({}):
        yield


@contextmanager
def answered(answers: Mapping[tuple[str, str], Any]) -> Iterator[None]:
    """While it lasts, some lists and rules are as given, by their kind and name; every other is asked for anew, and once."""
    before = _ASKED.set(dict(answers))
    try:
        yield
    finally:
        _ASKED.reset(before)


def asked_once(kind: str, name: str, ask: Callable[[], Any]) -> Any:
    """What asking gives, or gave before where it is to be asked once."""
    asked = _ASKED.get()
    if asked is None:
        return ask()
    if (kind, name) not in asked:
        asked[kind, name] = ask()
    return asked[kind, name]


class AskedOnceAPage:
    """Has each list and rule asked for once by a page or file that is only read, however many rows of it want them.

    What is posted may say a code or a number otherwise, and then reads it as it is from there on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in _READS:
            return self.get_response(request)
        with each_asked_once():
            return self.get_response(request)
