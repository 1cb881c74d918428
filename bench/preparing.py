"""Lays out the files that every way starts from; without the publisher's own store, one printed from the packaged set."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bench.given import ROOT, Given
from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.evaluate import wanted_rows
from throughline.analytics.measures.load import load_measures
from throughline.analytics.measures.sequence import break_starts

REFERENCE = ROOT / "reference"
DEFINITIONS = ROOT / "definitions"


def publishers_files() -> tuple[Path, Path] | None:
    """The interactive tool's store and dictionary as published, or None where this machine has none."""
    beside = ROOT.parent.joinpath("shared", "data")
    folder = Path(os.environ.get("THROUGHLINE_SOURCES") or beside) / "lait"
    found = folder / "bds_long_0.parquet", folder / "lait_data_dictionary.csv"
    return found if all(path.exists() for path in found) else None


def lay_out(folder: Path) -> tuple[Given, int, str]:
    """Write into folder whatever is not a file yet; also how many rows the store has, and whose it is."""
    published = publishers_files()
    given = prepare(folder, published or print_store(REFERENCE, folder))
    rows = pq.read_metadata(given.store).num_rows
    return given, rows, "the publisher's whole store" if published else "the packaged figures"


def prepare(folder: Path, files: tuple[Path, Path]) -> Given:
    """Write the definitions as tables into folder; files are a store and its dictionary."""
    write_definitions(load_measures(DEFINITIONS), folder)
    return Given(*files, REFERENCE, DEFINITIONS, tables=folder, folder=folder)


def write_definitions(measures: Mapping[str, Measure], folder: Path) -> None:
    """The measures' definitions as an analyst would keep them: three small tables."""
    traits = [
        {"measure": m.id, "sign": m.polarity.sign, "point": m.point, "quartiles": not m.no_quartiles,
         "compares_england": not m.no_england}
        for m in measures.values()
    ]
    breaks = [{"measure": m.id, "starts": start} for m in measures.values() for start in break_starts(m)]
    pq.write_table(wanted_rows(measures), folder / "wanted.parquet")
    pq.write_table(pa.Table.from_pylist(traits), folder / "trait.parquet")
    pq.write_table(pa.Table.from_pylist(breaks), folder / "break.parquet")


def print_store(reference: Path, folder: Path, indicators: Iterable[str] = ()) -> tuple[Path, Path]:
    """A store and dictionary in the interactive tool's own shape, from the packaged figures.

    Of all the tool's indicators that are packaged, or only of those named.
    """
    store, dictionary = folder / "store.parquet", folder / "dictionary.csv"
    with duckdb.connect() as connection:
        for name in ("published_figure", "indicator", "area"):
            connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{reference / name}.parquet')")
        kept = "dataset = 'lait' AND (len($only) = 0 OR list_contains($only, indicator))"
        only = {"only": list(indicators)}
        connection.execute(f"COPY ({_STORE.format(kept=kept)}) TO '{store}'", only)
        connection.execute(f"COPY ({_DICTIONARY.format(kept=kept)}) TO '{dictionary}' (HEADER)", only)
    return store, dictionary


_STORE = """
    SELECT indicator AS "Short Desc", indicator AS "Data item",
           period || CASE vintage WHEN 'revised' THEN ' (Rev)' WHEN 'provisional' THEN ' (prov)' ELSE '' END AS "Years",
           name AS "LA and Regions", coalesce(CAST(value AS VARCHAR), '-') AS "Values",
           CAST(area AS DOUBLE) AS "LA Number", '' AS "Region"
    FROM published_figure JOIN area USING (area) WHERE {kept}
"""
_DICTIONARY = """
    SELECT indicator AS "Measure_short", title AS "Measure",
           CASE polarity WHEN 'higher_is_better' THEN 'High' WHEN 'lower_is_better' THEN 'Low' ELSE '-' END AS "Polarity",
           '' AS "Last Update", '' AS "Next Update", decimals AS dps, year_type AS "Year_Type",
           if(no_quartiles, 'N', 'NA') AS "No_Quartile"
    FROM indicator WHERE {kept}
"""
