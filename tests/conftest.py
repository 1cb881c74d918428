"""What every test stands on: a state folder of its own, one built warehouse, and a word on what was left out."""

import gc
import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import hypothesis
import pytest

from tests.needs import CHROMIUM, NEEDS, ROOT, SOURCES, said_of

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

    from throughline.analytics.warehouse.connection import Warehouse

DEFINITIONS = ROOT / "definitions"
# The files of tests that take the longest alone, but for those of a browser, which come early by themselves: the longest first.
LONGEST = ("test_postgresql.py", "test_telling.py", "test_spark.py")
STATE = Path(tempfile.mkdtemp(prefix="throughline-tests-"))
(STATE / "static").mkdir()  # WhiteNoise warns of a folder that is not there

gc.set_threshold(100_000, 20, 100)  # as throughline/config/command.py has it, and for its reason


def _own_environment() -> None:
    """Nothing a developer has set for the real site reaches a test, and no test reaches the real state."""
    database = os.environ.get("THROUGHLINE_TEST_DATABASE", "")
    for name in [name for name in os.environ if name.startswith("THROUGHLINE_")]:
        del os.environ[name]
    os.environ.update(
        THROUGHLINE_VAR=str(STATE),
        THROUGHLINE_DATABASE=database,
        THROUGHLINE_TEST_DATABASE=database,  # for the processes that share the tests out: they start from this environment
        THROUGHLINE_SOURCES=str(SOURCES),
        DJANGO_SETTINGS_MODULE="throughline.config.settings",
        # The tests share the cores out already: threads of linear algebra only wait for one another.
        OPENBLAS_NUM_THREADS="1",
        # Playwright keeps an event loop in the test's thread, which Django takes for an asynchronous view.
        DJANGO_ALLOW_ASYNC_UNSAFE="true",
    )


# Here and not in pyproject.toml: pytest-django would read the settings before the lines above had run.
_own_environment()

from django.conf import settings  # noqa: E402

# A busy machine is no fault of the code: no test asserts a time, and neither does Hypothesis.
hypothesis.settings.register_profile("ours", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("ours")
settings.WHITENOISE_AUTOREFRESH = True  # a style is looked for when it is asked for: each test's client would list all of them
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # signing in often, in no time


def pytest_configure(config: pytest.Config) -> None:
    """Each need is a marker; and each process that runs tests reads the settings with a state folder of its own."""
    if config.getoption("numprocesses", None):
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)  # read here already; in the others only once their conftest has run
    for marker, need in NEEDS.items():
        config.addinivalue_line("markers", f"{marker}: needs {need.what}")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Mark each test with what its fixtures need, leave out those whose need is not met here, and begin with the longest files:
    the processes that share the tests take them in order, and the others would wait for the one that began it last.
    """
    _mark(items)
    yield
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


def _mark(items: list[pytest.Item]) -> None:
    met = {marker: need.met() for marker, need in NEEDS.items()}
    for item in items:
        for marker, need in NEEDS.items():
            if need.fixtures & set(getattr(item, "fixturenames", ())):
                item.add_marker(marker)
            if item.get_closest_marker(marker) and not met[marker]:
                item.add_marker(pytest.mark.skip(reason=f"needs {need.what}; {need.remedy}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each thing that was missing; reports are read, since the tests themselves may run in other processes."""
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = Counter(marker for marker, need in NEEDS.items() for report in skipped
                       if marker in report.keywords and not need.met())
    for line in said_of(left_out, NEEDS):
        terminalreporter.write_line(line)


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
def pango() -> None:
    """The library that PDF files are set with; tests that ask for it are left out where there is none."""


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


@pytest.fixture(scope="module")
def kept_for_module(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """The database open for what all tests of a module stand on: each test takes back its own changes, and this the rest."""
    from django.db import connection, transaction

    # Django closes the connection after each test, which would end the module's transaction too.
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(connection, "close", lambda: None)
        yield
        transaction.set_rollback(True)


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
