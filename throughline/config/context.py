"""What every page is given about the site: its navigation, its footer and whether it is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from throughline.config.navigation import FOOTER, NAVIGATION
from throughline.ui.navigation import links


def site(request: HttpRequest) -> dict[str, Any]:
    """navigation and footer: lists of ui.navigation.Link; demonstration: whether people are invented."""
    return {
        "navigation": links(NAVIGATION, request.path),
        "footer": links(FOOTER, request.path),
        "demonstration": settings.DEMONSTRATION,
    }
