"""What the journeys in a browser share: invented people who may sign in, and where the site is served."""

import pytest
from django.conf import settings as project

BUILT = project.ROOT / "throughline" / "ui" / "static" / "built" / "throughline.css"


@pytest.fixture
def people(settings, tmp_path, warehouse, transactional_db) -> dict:
    """The invented people of a demonstration, by role; they work for Trafford."""
    # Here, since the models cannot be imported until Django has started.
    from throughline.apps.accounts.actions import create_example_users

    settings.DEMONSTRATION, settings.VAR = True, tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    return {person.role: person for person in create_example_users(area="358")}


@pytest.fixture(scope="session")
def styles() -> None:
    """The site's own styles; what asks for them is left out where they have not been built."""
    if not BUILT.exists():
        pytest.skip("the styles have not been built; npm ci and npm run build make them")


@pytest.fixture
def site(live_server, styles) -> str:
    """Where the site is served, in its own styles."""
    return live_server.url
