"""Building the warehouse from the whole store: the product, plain pandas and hand-written SQL."""

from dataclasses import replace

from bench.given import Given
from bench.turns import Job

NAME = "building"
RELEASE = "the release measured"
TABLES = ("published_figure", "figure", "comparison", "neighbour_comparison")


def product(given: Given) -> Job:
    """The product's own loader and build, from the store to the finished warehouse.

    The packaged set is read beforehand: it holds figures that the store replaces, which the other ways never open.
    """
    from throughline.analytics.formats import lait
    from throughline.analytics.measures.load import load_measures
    from throughline.analytics.warehouse.build import build
    from throughline.analytics.warehouse.inputs import Inputs, read_reference

    measures = load_measures(given.definitions)

    def run(reference: Inputs) -> None:
        indicators = lait.read_dictionary(given.dictionary).table
        rows = lait.read(given.store, indicators, RELEASE, reference.area).table
        build(given.warehouse, replace(reference, indicator=indicators, published_figure=rows), measures)

    return Job(run, lambda: read_reference(given.reference))


def pandas(given: Given) -> Job:
    """Plain pandas, its four tables written as Parquet files."""
    from bench import plain_pandas

    def run(_: None) -> None:
        for name, rows in plain_pandas.build(given, RELEASE).items():
            rows.to_parquet(given.result(name, "pandas").with_suffix(".parquet"))

    return Job(run)


def sql(given: Given) -> Job:
    """Hand-written SQL into a DuckDB file."""
    from bench import plain_sql

    return Job(lambda _: plain_sql.build(given, given.result(NAME, "sql").with_suffix(".duckdb"), RELEASE))
