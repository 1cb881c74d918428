"""One small invented authority, made once for all who look at it."""

from pathlib import Path

import pytest

from tests.analytics.synthetic.plain import SEED, SIZE, UNTIL, Invented
from throughline.analytics.synthetic.whole import synthesise


@pytest.fixture(scope="session")
def invented(definitions: Path, tmp_path_factory: pytest.TempPathFactory) -> Invented:
    """The folder of an invented authority, to be read and left as it is."""
    folder = tmp_path_factory.mktemp("invented") / "saltmere"
    made = synthesise(definitions, folder, seed=SEED, size=SIZE, until=UNTIL)
    return Invented(folder, made)
