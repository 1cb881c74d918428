"""A PostgreSQL server made for one run of the tests from Debian's binaries, and thrown away after it."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What PostgreSQL does so that a crash loses nothing; what is thrown away after the tests need not outlive one.
KEPT_FOR_A_CRASH = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def throwaway_cluster() -> Iterator[str]:
    """Yield postgresql://…, the address of an empty database on a free port of this machine only."""
    folder = Path(tempfile.mkdtemp(prefix="throughline-postgresql-"))
    if _owner():
        shutil.chown(folder, user=_owner())
    data, port = folder / "data", _free_port()
    try:
        _run("initdb", "--pgdata", data, "--username", "tests", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        listening = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        options = " ".join([listening, *(f"-c {setting}=off" for setting in KEPT_FOR_A_CRASH)])
        _run("pg_ctl", "start", "--wait", "--pgdata", data, "--log", folder / "log", "--options", options)
        try:
            yield f"postgresql://tests@127.0.0.1:{port}/postgres"
        finally:
            _run("pg_ctl", "stop", "--wait", "--pgdata", data, "--mode", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: str | Path) -> None:
    newest = max(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    command = [newest, *arguments]
    done = subprocess.run(command, user=_owner(), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          cwd="/", check=False)
    if done.returncode:
        raise RuntimeError(f"{program} failed: {done.stderr}")


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as the user that Debian's package made."""
    return "postgres" if os.geteuid() == 0 else None


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
