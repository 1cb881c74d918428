"""Draws a page of the register: every template may ask words.py how something is said."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.apps.indicators import words


def page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The template of a name, with words as words.py has them."""
    return render(request, f"indicators/{name}.html", {"words": words, **context}, status=status)
