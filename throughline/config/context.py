"""What every page is given about the site: its navigation, its footer and whether it is a demonstration."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from throughline.apps.accounts.access import may
from throughline.config.navigation import FOOTER, NAVIGATION
from throughline.ui.navigation import links, menus


def site(request: HttpRequest) -> dict[str, Any]:
    """navigation: a list of ui.navigation.Menu for this reader; footer: links; demonstration: whether people are invented."""
    user = getattr(request, "user", None) or AnonymousUser()
    return {
        "navigation": menus(NAVIGATION, request.path, partial(may, user)) if user.is_authenticated else [],
        "footer": links(FOOTER, request.path),
        "demonstration": settings.DEMONSTRATION,
    }
