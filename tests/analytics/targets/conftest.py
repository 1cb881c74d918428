"""The rules that ship, read once."""

from pathlib import Path

import pytest

from throughline.analytics.targets.rules import Rules, load_rules


@pytest.fixture(scope="session")
def rules(definitions: Path) -> Rules:
    """definitions/rules/targets.toml."""
    return load_rules(definitions)
