"""What the oracles share: the packaged files, read for themselves."""

from pathlib import Path

import pytest

from tests.oracles.plain import Plain, read_plain

REFERENCE = Path(__file__).resolve().parents[2] / "reference"


@pytest.fixture(scope="session")
def plain(definitions: Path) -> Plain:
    """The published rows, the areas and the definitions, with nothing worked out."""
    return read_plain(REFERENCE, definitions)
