"""A Spark cluster on loopback for as long as it is needed: a master, and workers of one core each."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pyspark

HOME = Path(pyspark.__file__).parent
LOOPBACK = "127.0.0.1"
MEMORY = "3g"  # of each worker
_LONGEST_WAIT = 60  # seconds until the workers have joined


class ClusterError(Exception):
    """Raised when the cluster does not come up."""


@contextmanager
def standalone(folder: Path, workers: int) -> Iterator[str]:
    """The address of a master that so many workers have joined; all of it stopped afterwards. Raises ClusterError."""
    if not shutil.which("java"):
        raise ClusterError("Spark needs Java; the Debian package default-jre-headless brings it in")
    folder.mkdir(parents=True, exist_ok=True)
    port, log = _free_port(), folder / "master.log"
    address = f"spark://{LOOPBACK}:{port}"
    running = [_started(log, "master.Master", "--host", LOOPBACK, "--port", str(port), "--webui-port", "0")]
    try:
        _wait(log, "I have been elected leader", 1)
        for number in range(workers):
            running.append(_started(folder / f"worker-{number}.log", "worker.Worker", "--host", LOOPBACK, "--cores", "1",
                                    "--memory", MEMORY, "--webui-port", "0", "--work-dir", str(folder / f"work-{number}"),
                                    address))
        _wait(log, "Registering worker", workers)
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait()


def executors(folder: Path) -> int:
    """How many workers ran an executor, by the folders that executors leave."""
    return sum(any(path.glob("app-*/*")) for path in folder.glob("work-*"))


def _started(log: Path, role: str, *arguments: str) -> subprocess.Popen:
    environment = os.environ | {"SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": LOOPBACK, "SPARK_NO_DAEMONIZE": "1"}
    command = [str(HOME / "bin" / "spark-class"), f"org.apache.spark.deploy.{role}", *arguments]
    with log.open("wb") as words:
        return subprocess.Popen(command, stdout=words, stderr=subprocess.STDOUT, env=environment)


def _wait(log: Path, words: str, times: int) -> None:
    until = monotonic() + _LONGEST_WAIT
    while log.read_text(errors="replace").count(words) < times:
        if monotonic() > until:
            raise ClusterError(f"the cluster did not come up; the last it said is:\n{log.read_text(errors='replace')[-2000:]}")
        sleep(0.2)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        return int(found.getsockname()[1])
