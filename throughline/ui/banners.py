"""Saying on the next page that something was done, with the way back from it where there is one."""

from django.contrib import messages
from django.http import HttpRequest


def done(request: HttpRequest, said: str, *, undo: str = "") -> None:
    """Say what was done; undo is the address to which a post undoes all of it, offered beside the words."""
    messages.success(request, said, extra_tags=undo)
