"""The scorecard page beside an empty page of the same server, with eight readers at once."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench.given import ROOT

READERS = 8
ROUNDS = 3
LONGEST = 20  # seconds for one kind of page in one round
LONGEST_WAIT = 300  # and for making a site
MEASURE = "attainment_8"
WARMING = ("/empty/", "/authorities/970/", f"/authorities/970/measures/{MEASURE}/")
HEALTH, EMPTY, FIRST, AGAIN, OF_MEASURE = (
    "the server's answer with no page", "an empty page", "a scorecard, first visit", "a scorecard, visited before",
    "a measure's page",
)


@dataclass
class Pages:
    """Milliseconds of every page of each kind, one list a round."""

    rounds: dict[str, list[list[float]]] = field(default_factory=dict)

    def share(self, kind: str, percent: int) -> float:
        """Milliseconds within which so many per cent of the pages of a kind were answered, all rounds together."""
        return percentile([each for one in self.rounds[kind] for each in one], percent)

    def times_empty(self, kind: str) -> list[float]:
        """The 95th percentile of a kind as a multiple of the empty page's, round by round."""
        pairs = zip(self.rounds[kind], self.rounds[EMPTY], strict=True)
        return [percentile(own, 95) / percentile(empty, 95) for own, empty in pairs]

    def count(self, kind: str) -> int:
        """How many pages of a kind were read."""
        return sum(map(len, self.rounds[kind]))


def percentile(values: list[float], percent: int) -> float:
    """The value that so many per cent lie at or below, between neighbours where it falls between."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def measure(folder: Path) -> Pages:
    """Make a site in folder and read it, round after round, the server started afresh for each.

    Raises RuntimeError when a page fails, subprocess.CalledProcessError when the site cannot be made.
    """
    environment = environment_of(folder)
    made = json.loads(python("bench.site", "make", environment=environment))
    pages = Pages()
    for _ in range(ROUNDS):
        with served(environment) as port:
            for kind, took in _one_round(port, made):
                pages.rounds.setdefault(kind, []).append(took)
    return pages


def _one_round(port: int, made: dict[str, Any]) -> Iterator[tuple[str, list[float]]]:
    """Each kind of page in turn; what warms a server up is read first and not counted."""
    cards = [f"/authorities/{code}/" for code in made["authorities"]]
    measures = [f"{card}measures/{MEASURE}/" for card in cards]

    def read(paths: list[str]) -> list[float]:
        asked = {"port": port, "cookie": made["cookie"], "paths": paths, "readers": READERS, "seconds": LONGEST}
        return json.loads(python("bench.readers", given=json.dumps(asked)))

    read([*WARMING] * 16)
    yield HEALTH, read(["/health/"] * 400)
    yield EMPTY, read(["/empty/"] * 400)
    yield FIRST, read(cards)
    read(cards * 2)  # until either worker has shown nearly every one
    yield AGAIN, read(cards * 2)
    yield OF_MEASURE, read(measures[::2])


def environment_of(folder: Path) -> dict[str, str]:
    """The environment of a site that keeps its state in folder, and shares nothing else with the real one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")}
    return kept | {"THROUGHLINE_VAR": str(folder)}


@contextmanager
def served(environment: dict[str, str]) -> Iterator[int]:
    """The site served by two workers, as the demonstration serves it; gives its port."""
    command = [sys.executable, "-m", "bench.site", "serve"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield json.loads(server.stdout.readline())["port"]
    finally:
        server.terminate()
        server.wait(timeout=30)
        server.stdout.close()


def python(module: str, *arguments: str, environment: dict[str, str] | None = None, given: str = "") -> str:
    """What another Python process prints. Raises RuntimeError when it fails; what it said is on the screen."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, env=environment, input=given,
                          stdout=subprocess.PIPE, text=True, timeout=LONGEST_WAIT)
    if done.returncode:
        raise RuntimeError(f"{module} failed; what it said is above")
    return done.stdout
