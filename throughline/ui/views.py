"""Pages that belong to no room: the accessibility statement, the health check and the empty page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def health(request: HttpRequest) -> HttpResponse:
    """Whether the server answers; touches no database, so that it says nothing but that."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def empty(request: HttpRequest) -> HttpResponse:
    """The base page with nothing in it: the yardstick that the benchmark holds real pages against."""
    return render(request, "ui/empty.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "ui/accessibility.html")
