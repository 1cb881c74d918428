"""What the sweeps of the routes share."""

import pytest


@pytest.fixture
def _nothing_remembered(settings, tmp_path):
    """Failed sign-ins are counted in memory, what is loaded goes to a folder of the test, and no figures are rebuilt."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.LOADED = tmp_path / "loaded"
