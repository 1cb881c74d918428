"""The scorecard of one authority and of all of them: the product, plain pandas and hand-written SQL."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.given import AUTHORITY, NEIGHBOURS, Given
from bench.turns import Job

ONE, ALL, TRENDS = "one_scorecard", "all_scorecards", "trends"
COLUMNS = (
    "measure", "area", "period", "period_start", "period_end", "value", "status", "change", "previous_period", "england",
    "region", "region_area", "neighbours_mean", "neighbours_rank", "neighbours_ranked", "rank", "ranked", "quartile",
    "quintile", "quartile_low", "quartile_middle", "quartile_high", "lowest", "highest", "places_per_point", "source",
    "release", "vintage",
)
TREND_COLUMNS = (
    "measure", "period", "period_kind", "period_start", "period_end", "value", "status", "england", "region", "joins",
)


def product_one(given: Given) -> Job:
    """The product's figures and trends for one authority; a new reader each time, so that nothing is remembered."""
    from throughline.analytics.measures.areas import all_areas
    from throughline.analytics.measures.figures import figures
    from throughline.analytics.measures.load import load_measures
    from throughline.analytics.measures.series import trends
    from throughline.analytics.warehouse.connection import Warehouse

    measures = load_measures(given.definitions)
    place = all_areas(Warehouse(given.warehouse))[AUTHORITY]

    def run(warehouse: Warehouse) -> tuple[list, dict]:
        return figures(warehouse, list(measures.values()), [place], neighbours=NEIGHBOURS), trends(warehouse, measures, place)

    def keep(result: tuple[list, dict]) -> None:
        _write(given.result(ONE, "product"), COLUMNS, _figure_rows(result[0]))
        _write(given.result(TRENDS, "product"), TREND_COLUMNS, _point_rows(result[1]))

    return Job(run, lambda: _opened(given), keep)


def product_all(given: Given) -> Job:
    """The product's figures for every authority."""
    from throughline.analytics.measures.areas import authorities
    from throughline.analytics.measures.figures import figures
    from throughline.analytics.measures.load import load_measures
    from throughline.analytics.warehouse.connection import Warehouse

    measures = list(load_measures(given.definitions).values())
    places = authorities(Warehouse(given.warehouse))
    return Job(
        lambda warehouse: figures(warehouse, measures, places, neighbours=NEIGHBOURS),
        lambda: _opened(given),
        lambda result: _write(given.result(ALL, "product"), COLUMNS, _figure_rows(result)),
    )


def _opened(given: Given) -> Any:
    """A reader that remembers no query, its file already open: opening is no part of any way's time."""
    from throughline.analytics.warehouse.connection import Warehouse

    warehouse = Warehouse(given.warehouse)
    warehouse.cursor().close()
    return warehouse


def _figure_rows(found: Sequence[Any]) -> list[tuple]:
    """Figures as plain rows; a measure with nothing published is no row."""
    carried = COLUMNS[2:]
    plain = {"status": lambda figure: figure.status.value}
    return [
        (figure.definition.id, figure.place.area,
         *(plain[name](figure) if name in plain else getattr(figure, name) for name in carried))
        for figure in found if figure.vintage
    ]


def _point_rows(found: dict[str, list]) -> list[tuple]:
    return [
        (id, p.period.label, p.period.kind.value, p.period.start, p.period.end, p.value, p.status.value, p.england, p.region,
         p.joins)
        for id, points in found.items() for p in points
    ]


def pandas_one(given: Given) -> Job:
    """Plain pandas over the table of figures held in memory, for one authority."""
    from bench import plain_pandas

    tables = _frames(given)

    def run(_: None) -> tuple[Any, Any]:
        return plain_pandas.scorecard(tables, [AUTHORITY], NEIGHBOURS), plain_pandas.trends(tables, AUTHORITY)

    def keep(result: tuple[Any, Any]) -> None:
        result[0][list(COLUMNS)].to_parquet(given.result(ONE, "pandas").with_suffix(".parquet"))
        result[1][list(TREND_COLUMNS)].to_parquet(given.result(TRENDS, "pandas").with_suffix(".parquet"))

    return Job(run, keep=keep)


def pandas_all(given: Given) -> Job:
    """Plain pandas over the table of figures held in memory, for every authority."""
    from bench import plain_pandas

    tables = _frames(given)
    wanted = list(tables["area"].loc[tables["area"]["kind"] == "authority", "area"])
    return Job(
        lambda _: plain_pandas.scorecard(tables, wanted, NEIGHBOURS),
        keep=lambda result: result[list(COLUMNS)].to_parquet(given.result(ALL, "pandas").with_suffix(".parquet")),
    )


def _frames(given: Given) -> dict[str, Any]:
    """The tables an analyst would have loaded already: the figures and what stands beside them."""
    import pandas as pd

    from bench import plain_sql

    with plain_sql.reader(given) as connection:
        tables = {name: connection.execute(f'FROM "{name}"').df() for name in ("figure", "area", "neighbour", "source")}
    return {**tables, **{name: pd.read_parquet(given.tables / f"{name}.parquet") for name in ("trait", "break")}}


def sql_one(given: Given) -> Job:
    """Hand-written SQL that makes one authority's comparisons and trends from the figures."""
    from bench import plain_sql

    def run(connection: Any) -> tuple[list[tuple], list[tuple]]:
        return plain_sql.scorecard(connection, [AUTHORITY]), plain_sql.trends(connection, AUTHORITY)

    def keep(result: tuple[list[tuple], list[tuple]]) -> None:
        _write(given.result(ONE, "sql"), COLUMNS, result[0])
        _write(given.result(TRENDS, "sql"), TREND_COLUMNS, result[1])

    return Job(run, lambda: plain_sql.reader(given), keep)


def sql_all(given: Given) -> Job:
    """Hand-written SQL that makes every authority's comparisons from the figures."""
    from bench import plain_sql

    codes = _authority_codes(given)
    return Job(lambda connection: plain_sql.scorecard(connection, codes), lambda: plain_sql.reader(given),
               lambda result: _write(given.result(ALL, "sql"), COLUMNS, result))


def ready_made_one(given: Given) -> Job:
    """SQL that only reads the comparisons which the warehouse already holds, for one authority."""
    from bench import plain_sql

    def run(connection: Any) -> tuple[list[tuple], list[tuple]]:
        return (plain_sql.ready_made_scorecard(connection, [AUTHORITY]),
                plain_sql.ready_made_trends(connection, AUTHORITY))

    return Job(run, lambda: plain_sql.reader(given),
               lambda result: _write(given.result(ONE, "ready_made"), COLUMNS, result[0]))


def ready_made_all(given: Given) -> Job:
    """SQL that only reads the comparisons which the warehouse already holds, for every authority."""
    from bench import plain_sql

    codes = _authority_codes(given)
    return Job(lambda connection: plain_sql.ready_made_scorecard(connection, codes), lambda: plain_sql.reader(given),
               lambda result: _write(given.result(ALL, "ready_made"), COLUMNS, result))


def _authority_codes(given: Given) -> list[str]:
    from bench import plain_sql

    with plain_sql.reader(given) as connection:
        return [code for (code,) in connection.execute("SELECT area FROM area WHERE kind = 'authority'").fetchall()]


def _write(path: Path, columns: Sequence[str], rows: Sequence[tuple]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    values = zip(*rows, strict=True)
    pq.write_table(pa.table(dict(zip(columns, map(list, values), strict=True))), path.with_suffix(".parquet"))
