"""Answers every page that needs figures before there are any: what is missing, and the command that makes it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.analytics.warehouse.connection import NoWarehouseError

GetResponse = Callable[[HttpRequest], HttpResponse]


class NoWarehouse:
    """Turns a warehouse that has not been built into a page of words with status 503, on every page alike."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page in words; None for any other error, which is not ours to answer."""
        return render(request, "no_warehouse.html", status=503) if isinstance(error, NoWarehouseError) else None
