"""What an officer does with a file in a browser: accept it as its page shows it."""

from django.http import HttpResponse
from django.test import Client

from tests.apps.organisations.boxes import boxes


def accept_as_shown(client: Client, pk: int, **ticked: str) -> HttpResponse:
    """Open the page of a file and accept it from there; the page that follows."""
    shown = {"shown": boxes(client.get(f"/files/{pk}/")).get("shown", "")}
    return client.post(f"/files/{pk}/accept/", {**shown, **ticked}, follow=True)
