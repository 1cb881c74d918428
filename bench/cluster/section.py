"""Counts a nation's register on DuckDB and on a Spark cluster of two workers, and holds the figures against one another."""

from pathlib import Path

from bench.cluster.standalone import executors, standalone
from bench.cluster.ways import Nation
from bench.given import ROOT
from bench.participation.made import AUTHORITIES, LEARNERS, Made
from bench.report import Section
from bench.turns import apart, take_turns

WORKERS = 2
REPEATED = 2


def section(folder: Path, learners: int = LEARNERS) -> Section:
    """One table. Raises SystemExit when the engines do not give the same figures, or when a worker did nothing."""
    made = Made(folder / "tables", ROOT / "definitions", folder)
    activities = apart("bench.participation.made:make", made.tables, learners)
    with standalone(folder / "cluster", WORKERS) as master:
        ways = {name: f"bench.cluster.ways:{name}" for name in ("duckdb", "spark")}
        measured = take_turns(ways, Nation(made, master), REPEATED)
        took_part = executors(folder / "cluster")
    groups, wrong = apart("bench.cluster.ways:differences", made)
    if wrong:
        raise SystemExit("The engines do not agree:\n" + "\n".join(wrong))
    if took_part < WORKERS:
        raise SystemExit(f"Only {took_part} of {WORKERS} workers ran anything")
    titles = {"duckdb": "DuckDB, in the process", "spark": f"Spark, a master and {WORKERS} workers on loopback"}
    rows = [[titles[name], *(f"{each:,.1f} s" for each in (way.middle, min(way.seconds), max(way.seconds))),
             f"{way.peak:,.0f} MiB"] for name, way in measured.items()]
    words = (
        f"From {learners:,} learners and {activities:,} activities, what every measure that is counted from the register needs "
        f"for {AUTHORITIES} authorities at three month ends, by every breakdown, as a build of the warehouse counts it. "
        "Handing the rows over and beginning a session on the cluster are in Spark's time; its workers' memory is not in the "
        "column, which is the process that asks. The cores are the same two: Spark is for what does not fit one machine."
    )
    closing = f"The counts of all {groups:,} groups are the same on both; both workers took part."
    columns = ("engine", "median", "least", "most", "peak memory")
    return Section("The register counted on two engines", words, columns, rows, closing)
