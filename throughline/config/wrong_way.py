"""Answers an address that was asked for in a way it does not answer, such as one that only changes something, with a page."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

GetResponse = Callable[[HttpRequest], HttpResponse]


class WrongWay:
    """Gives Django's empty answer of status 405 the words of a page, and keeps its status and what it says is allowed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = render(request, "405.html", {"came_from": _came_from(request)}, status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page


def _came_from(request: HttpRequest) -> str:
    """The address on this site, other than the one asked for, that a link led from; empty where none is known."""
    said = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(said)
    return f"{parts.path}?{parts.query}".rstrip("?") if ours and parts.path != request.path else ""
