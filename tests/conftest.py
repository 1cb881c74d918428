"""What every test stands on: a state folder of its own, one built warehouse, and a word on what was left out."""

import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

if TYPE_CHECKING:
    from throughline.analytics.warehouse.connection import Warehouse

ROOT = Path(__file__).resolve().parents[1]
DEFINITIONS = ROOT / "definitions"
SOURCES = Path(os.environ.get("THROUGHLINE_SOURCES", ROOT.parent / "shared" / "data"))
CHROMIUM = Path("/usr/bin/chromium")
STATE = Path(tempfile.mkdtemp(prefix="throughline-tests-"))
(STATE / "static").mkdir()  # WhiteNoise warns of a folder that is not there


def _own_environment() -> None:
    """Nothing a developer has set for the real site reaches a test, and no test reaches the real state."""
    database = os.environ.get("THROUGHLINE_TEST_DATABASE", "")
    for name in [name for name in os.environ if name.startswith("THROUGHLINE_")]:
        del os.environ[name]
    os.environ.update(
        THROUGHLINE_VAR=str(STATE),
        THROUGHLINE_DATABASE=database,
        THROUGHLINE_SOURCES=str(SOURCES),
        DJANGO_SETTINGS_MODULE="throughline.config.settings",
        # Playwright keeps an event loop in the test's thread, which Django takes for an asynchronous view.
        DJANGO_ALLOW_ASYNC_UNSAFE="true",
    )


# Here and not in pyproject.toml: pytest-django would read the settings before the lines above had run.
_own_environment()

from django.conf import settings  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # signing in often, in no time


@dataclass(frozen=True)
class Need:
    """Something a test may need and a machine may lack; fixtures name what gives a test the marker unasked."""

    what: str
    remedy: str
    met: Callable[[], bool]
    fixtures: frozenset[str] = frozenset()


NEEDS = {
    "browser": Need(
        "a browser", "the Debian package chromium brings it in",
        CHROMIUM.exists, frozenset({"page", "browser", "context"}),
    ),
    "postgresql": Need(
        "PostgreSQL", "the Debian package postgresql brings it in",
        lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")), frozenset({"postgresql"}),
    ),
    "sources": Need(
        "the publishers' own files (the interactive tool's store, the NEET scorecard and the like)",
        f"put them in {os.path.relpath(SOURCES, ROOT)}, or say where they are in THROUGHLINE_SOURCES",
        SOURCES.is_dir, frozenset({"sources"}),
    ),
}
_left_out: Counter[str] = Counter()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with what its fixtures need, and leave out those whose need is not met here."""
    met = {marker: need.met() for marker, need in NEEDS.items()}
    for item in items:
        for marker, need in NEEDS.items():
            if need.fixtures & set(getattr(item, "fixturenames", ())):
                item.add_marker(marker)
            if item.get_closest_marker(marker) and not met[marker]:
                item.add_marker(pytest.mark.skip(reason=f"needs {need.what}; {need.remedy}"))
                _left_out[marker] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each thing that was missing."""
    for marker, count in _left_out.items():
        tests = "1 test that needs" if count == 1 else f"{count} tests that need"
        terminalreporter.write_line(f"Left out: {tests} {NEEDS[marker].what}; {NEEDS[marker].remedy}.")


def pytest_unconfigure() -> None:
    """Take the tests' state away with them."""
    shutil.rmtree(STATE, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _real_state_is_out_of_bounds() -> Iterator[None]:
    """Opening the database or the warehouse of the real site from a test is an error."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (sqlite3.dbapi2, duckdb):
            patch.setattr(module, "connect", _guarded(module.connect))
        yield


def _guarded(connect: Callable) -> Callable:
    def connect_elsewhere(database: str | Path = ":memory:", *args: object, **options: object) -> object:
        if Path(str(database)).is_relative_to(ROOT / "var"):
            raise AssertionError(f"a test opened {database}, which belongs to the real site")
        return connect(database, *args, **options)

    return connect_elsewhere


@pytest.fixture(scope="session")
def definitions() -> Path:
    """The folder of definitions that the project ships."""
    return DEFINITIONS


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of the publishers' own files; tests that ask for it are left out where there is none."""
    return SOURCES


@pytest.fixture(scope="session")
def warehouse() -> "Warehouse":
    """The warehouse of the packaged reference set, built once where the settings look for it."""
    # Imported only when asked for: tests of core start at once.
    from throughline.analytics.measures.load import load_measures
    from throughline.analytics.warehouse.build import build
    from throughline.analytics.warehouse.connection import Warehouse
    from throughline.analytics.warehouse.inputs import read_reference

    # By name, not by the setting: the first test to ask may have pointed the setting somewhere of its own.
    path = STATE / "warehouse.duckdb"
    build(path, read_reference(ROOT / "reference"), load_measures(DEFINITIONS))
    return Warehouse(path)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's own Chromium, quiet and in the background."""
    switches = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run", "--mute-audio"]
    return {"executable_path": str(CHROMIUM), "args": switches}


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a throw-away PostgreSQL database, as THROUGHLINE_DATABASE takes it."""
    from tests.journeys.cluster import throwaway_cluster

    with throwaway_cluster() as address:
        yield address
