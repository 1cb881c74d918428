"""The four ways of counting a nation's participation give the same rows, whatever they take."""

import pytest

from bench.participation.made import Made, make
from bench.participation.ways import differences, pandas, polars, product, sql

WAYS = {"product": product, "sql": sql, "polars": polars, "pandas": pandas}


@pytest.fixture(scope="module")
def made(tmp_path_factory, definitions) -> Made:
    folder = tmp_path_factory.mktemp("nation")
    assert make(folder / "tables", 2000) == pytest.approx(5000, rel=0.05)
    return Made(folder / "tables", definitions, folder)


def test_every_way_gives_the_same_counts(made):
    for way in WAYS.values():
        job = way(made)
        job.keep(job.run(None))
    rows, wrong = differences(made, tuple(WAYS))
    assert rows > 2000
    assert wrong == []
