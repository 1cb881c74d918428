"""Runs the ways of doing one job in turn, each in a process of its own, and keeps their times and peak memory."""

import multiprocessing
import resource
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from statistics import median
from time import perf_counter
from typing import Any

LONGEST_WAIT = 600  # seconds for one run of one way


@dataclass(frozen=True)
class Job:
    """One way of doing a job: run is timed, on what fresh made; keep writes the result to be held against others'."""

    run: Callable[[Any], Any]
    fresh: Callable[[], Any] = lambda: None
    keep: Callable[[Any], None] = lambda _: None


@dataclass(frozen=True)
class Measured:
    """What one way took: seconds of each counted run in order, and its process's peak memory in MiB."""

    seconds: list[float]
    peak: float

    def against(self, other: "Measured") -> list[float]:
        """This way's time as a multiple of another's, turn by turn."""
        return [own / theirs for own, theirs in zip(self.seconds, other.seconds, strict=True)]

    @property
    def middle(self) -> float:
        """Median seconds."""
        return median(self.seconds)


def take_turns(ways: Mapping[str, str], given: Any, repetitions: int) -> dict[str, Measured]:
    """Run each way once to warm up, then repetitions times, one way after the other.

    ways maps a name to "module:function", which is called with given, whatever that is, and returns a Job. Turns rather than
    blocks, because the machine's speed drifts: the ways of one turn met the same weather. Raises
    RuntimeError when a way fails or takes too long.
    """
    context = multiprocessing.get_context("spawn")
    processes, pipes = {}, {}
    for name, target in ways.items():
        pipes[name], theirs = context.Pipe()
        processes[name] = context.Process(target=_work, args=(theirs, target, given), daemon=True)
        processes[name].start()
        theirs.close()
    try:
        seconds = [{name: _ask(pipe, name, "run") for name, pipe in pipes.items()} for _ in range(repetitions + 1)]
        peaks = {name: _ask(pipe, name, "keep") for name, pipe in pipes.items()}
    finally:
        for process in processes.values():
            process.terminate()
            process.join()
    return {name: Measured([turn[name] for turn in seconds[1:]], peaks[name]) for name in ways}


def _ask(pipe: Connection, name: str, what: str) -> float:
    try:
        pipe.send(what)
        if pipe.poll(LONGEST_WAIT):
            return pipe.recv()
    except (EOFError, OSError) as error:
        raise RuntimeError(f"{name} stopped; what it said is above") from error
    raise RuntimeError(f"{name} took longer than {LONGEST_WAIT} seconds")


def _work(pipe: Connection, target: str, given: Any) -> None:
    """The other end: does what is asked until the pipe is closed."""
    job: Job = _call(target, given)
    result = None
    while True:
        if pipe.recv() == "keep":
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
            job.keep(result)
            pipe.send(peak)
            continue
        result = None  # the last run's result is not part of this one's memory
        begun_with = job.fresh()
        begun = perf_counter()
        result = job.run(begun_with)
        pipe.send(perf_counter() - begun)


def apart(target: str, *arguments: Any) -> Any:
    """What "module:function" returns, called in another process: a process that has grown passes its size on as a peak."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_call, target, *arguments).result()


def _call(target: str, *arguments: Any) -> Any:
    module, function = target.split(":")
    return getattr(import_module(module), function)(*arguments)
