"""The door of every page that belongs to one authority: a permission, and an authority to use it for."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.apps.accounts.access import View, require
from throughline.apps.accounts.permissions import Permission


def of_own_authority(permission: Permission) -> Any:
    """Let a view be read by those who hold the permission and work for an authority; the others are told what is missing."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.area:
                return render(request, "organisations/no_authority.html", status=403)
            return view(request, *args, **kwargs)

        return require(permission)(checked)

    return decorate
