"""A process that brings a file in is killed, wherever it is: nothing of the file is in the register, or all of it."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

COUNT = 2_500  # more than are written at once, so that some are while others still wait
PROGRAM = [sys.executable, "-c", "from throughline.config.command import main; main()"]
ACCEPT = ("--area", "899", "--accept")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A state folder with an empty register, and beside it a return that has everybody in it to bring in."""
    made = tmp_path_factory.mktemp("killed")
    (made / "static").mkdir()
    _run(made, [sys.executable, "-m", "bench.import_site", "make", str(made / "return.xml"), str(COUNT)])
    return made


def test_killed_anywhere_it_leaves_nothing_or_everything_and_running_it_again_ends_it(folder):
    for stage in ("Reading", "Comparing", "Writing"):
        _killed_while(folder, stage)
        assert (_learners(folder), _facts(folder)) == (0, 0), stage
    _killed_once_it_is_accepted(folder)
    whole = _facts(folder)
    assert (_learners(folder), whole > COUNT) == (COUNT, True)
    again = _run(folder, [*PROGRAM, "import", str(folder / "return.xml"), *ACCEPT])
    assert "This very file was brought in before" in again
    assert (_learners(folder), _facts(folder)) == (COUNT, whole)


def _environment(folder: Path) -> dict[str, str]:
    """That of a demonstration in the folder; the progress is drawn although nobody sits at a screen."""
    return {**os.environ, "THROUGHLINE_VAR": str(folder), "THROUGHLINE_DEMONSTRATION": "1", "FORCE_COLOR": "1"}


def _run(folder: Path, typed: list[str]) -> str:
    return subprocess.run(typed, cwd=settings.ROOT, env=_environment(folder), capture_output=True, text=True, check=True).stdout


def _importing(folder: Path) -> subprocess.Popen:
    return subprocess.Popen([*PROGRAM, "import", str(folder / "return.xml"), *ACCEPT], cwd=settings.ROOT,
                            env=_environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _killed_while(folder: Path, stage: str) -> None:
    """Bring the file in, and kill the process as soon as it says that it has come to a stage."""
    with _importing(folder) as process:
        said = b""
        while stage.encode() not in said:
            more = os.read(process.stderr.fileno(), 4096)
            assert more, f"it ended before it came to {stage}: {said.decode()}"
            said += more
        process.kill()
    assert process.returncode == -signal.SIGKILL


def _killed_once_it_is_accepted(folder: Path) -> None:
    """Kill the process once the register has the file: while it counts the figures again."""
    with _importing(folder) as process:
        while process.poll() is None and not _learners(folder):
            pass
        process.kill()


def _learners(folder: Path) -> int:
    return _asked(folder, "SELECT count(*) FROM learners_learner")


def _facts(folder: Path) -> int:
    tables = ("activity", "address", "contact", "identifier", "membership", "name", "particulars", "source", "trait")
    return _asked(folder, f"SELECT {' + '.join(f'(SELECT count(*) FROM learners_{table})' for table in tables)}")


def _asked(folder: Path, sql: str) -> int:
    with sqlite3.connect(folder / "throughline.sqlite3") as database:
        return database.execute(sql).fetchone()[0]
