"""What the oracles share: the packaged files, read for themselves."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.oracles.plain import Plain, read_plain
from tests.oracles.turned import turned

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

REFERENCE = Path(__file__).resolve().parents[2] / "reference"


@pytest.fixture(scope="session")
def plain(definitions: Path) -> Plain:
    """The published rows, the areas and the definitions, with nothing worked out."""
    return read_plain(REFERENCE, definitions)


@pytest.fixture(scope="module", params=["lists as they are", "codes that turn within a year"])
def listed(request: pytest.FixtureRequest, definitions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Definitions by which the register is counted: as they are, and with codes of which something else is said from a day on."""
    if request.param == "lists as they are":
        return definitions
    return turned(definitions, tmp_path_factory.mktemp("turned"))


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """Spark on one core of this machine, writing nowhere but to a folder of the tests."""
    from pyspark.sql import SparkSession

    scratch = str(tmp_path_factory.mktemp("spark"))
    settings = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.sql.session.timeZone": "UTC",
        "spark.local.dir": scratch, "spark.sql.warehouse.dir": scratch, "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1", "spark.driver.memory": "1g", "spark.log.level": "ERROR",
        # For a hundred rows, compiling is dearer than running.
        "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
    }
    builder = SparkSession.builder.master("local[1]").appName("tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()
