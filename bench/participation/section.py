"""Measures participation for a nation, holds the ways' rows against one another, and puts both into a table."""

from pathlib import Path

from bench.given import ROOT
from bench.participation.made import AUTHORITIES, LEARNERS, Made
from bench.report import Section, ways_section
from bench.turns import apart, take_turns

WAYS = ("product", "polars", "sql", "pandas")
TITLES = {"product": "the product", "polars": "hand-written Polars", "sql": "hand-written SQL", "pandas": "plain pandas"}
REPEATED = 3
AIM = 1.5  # the product may take so many times the quickest of the others


def section(folder: Path, learners: int = LEARNERS, repeated: int = REPEATED) -> Section:
    """One table. Raises SystemExit when the ways do not give the same counts, since no ratio is then worth having."""
    made = Made(folder / "tables", ROOT / "definitions", folder)
    activities = apart("bench.participation.made:make", made.tables, learners)
    measured = take_turns({way: f"bench.participation.ways:{way}" for way in WAYS}, made, repeated)
    rows, wrong = apart("bench.participation.ways:differences", made, WAYS)
    if wrong:
        raise SystemExit("The ways do not agree, so no ratio is given:\n" + "\n".join(wrong))
    words = (
        f"From {learners:,} learners and {activities:,} activities in Parquet files, each known from one moment to another: what "
        "everybody counted as at three month ends, lapses seen to, then NEET, not known and participation of "
        f"{AUTHORITIES} authorities by age, sex, ethnic group, SEND and thirteen groups of characteristics, and the three months "
        "together. The product's expressions are compiled in the first run, which warms up; it alone allows for spans that "
        f"overlap and for characteristics said twice. All {rows:,} rows of counts are the same in every way."
    )
    return ways_section("Participation of a nation's 16 and 17 year olds", words, measured, TITLES, AIM)
