"""Gathers the packaged reference set from the publishers' own files: the figures the measures draw on, for everywhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from throughline.analytics.formats import areas, boundaries, neighbours
from throughline.analytics.formats.dataset import Dataset, load_datasets
from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.evaluate import wanted_rows
from throughline.analytics.warehouse.inputs import Inputs, write_reference
from throughline.analytics.warehouse.loading import load, source_row
from throughline.analytics.warehouse.tables import FIGURE, INDICATOR, PUBLISHED_FIGURE, SOURCE, Table
from throughline.core.problems import Problem

_PLACES = {
    "code_list": "lait/la_code_list.xlsx",
    "districts": "geo/geo-lookups_la_all_codes.csv",
    "upper_tier": "geo/geo-lookups_utla_all_codes.csv",
    "lookup": "csc/LTLA-UTLA_Apr23_Lookup_England-Wales.csv",
}
_PAIRED_CODES = (
    "csc/ks4_la.csv", "csc/la_care_leavers_activity.csv", "neet/UD_NEETNK_LA_dashboard_final.csv",
    "neet/UD_NEETNK_LA_dashboard_2021_vg_removed.csv", "ees/absence_by_term.zip", "ees/level_2_3_sfla.zip",
)
_NEIGHBOURS = {"2025": "csc/sn_model_2025_wide.csv", "2021": "csc/New_Statistical_Neighbour_Groupings_April_2021.csv"}
_FIGURES = {
    "lait": ("lait/bds_long_0.parquet", "lait/lait_data_dictionary.csv"),
    "neet_scorecard_2025": ("neet/UD_NEETNK_LA_dashboard_final.csv",),
    "ofsted_outcomes_2018": ("schools/ofsted_ratings_2018.csv", "schools/2017-2018_england_spine.xlsx"),
}
_BOUNDARIES = "geo/local_authority_districts_boundaries.json"


@dataclass(frozen=True)
class Gathered:
    """The reference set before it is written, and every fault met on the way."""

    inputs: Inputs
    outlines: list[dict]
    problems: list[Problem]


def gather(sources: Path, definitions: Path, measures: Mapping[str, Measure], *, everything: bool = False) -> Gathered:
    """Read the publishers' files under sources.

    Only the indicators that measures draw on are kept, unless everything is asked for. Raises
    RefusedFileError or FileNotFoundError when a file is missing or not of its shape.
    """
    datasets = load_datasets(definitions)
    named = {name: sources / path for name, path in _PLACES.items()}
    places = areas.read(**named, figures=[sources / path for path in _PAIRED_CODES],
                        codeset=definitions / "codesets" / "areas.toml")
    problems = list(places.problems)
    near = [neighbours.read(sources / path, model, areas.area_of(places.area_code)) for model, path in _NEIGHBOURS.items()]
    tables: dict[Table, list[pa.Table]] = {SOURCE: [], INDICATOR: [], PUBLISHED_FIGURE: []}
    for id, paths in _FIGURES.items():
        found = load(datasets[id], [sources / path for path in paths], places.area, places.area_code, definitions, datasets)
        problems += found.problems
        for table, rows in found.tables.items():
            tables[table].append(rows)
    tables[SOURCE] += [source_row(dataset, rows) for dataset, rows in _beside(datasets, near, places)]
    joined = {table: pa.concat_tables(parts) for table, parts in tables.items()}
    if not everything:
        joined = _drawn_on(joined, measures)
    inputs = Inputs(
        area=places.area, area_code=places.area_code, district=places.district,
        neighbour=pa.concat_tables([read.table for read in near]), entered=FIGURE.empty(),
        source=joined[SOURCE], indicator=joined[INDICATOR], published_figure=joined[PUBLISHED_FIGURE],
    )
    problems += [problem for read in near for problem in read.problems]
    return Gathered(inputs, boundaries.read(sources / _BOUNDARIES), problems)


def _beside(datasets: Mapping[str, Dataset], near: list, places: areas.Areas) -> list[tuple[Dataset, int]]:
    """The data sets that hold no figures, with the rows held of each."""
    held = [(datasets[f"statistical_neighbours_{model}"], read.table.num_rows)
            for model, read in zip(_NEIGHBOURS, near, strict=True)]
    return [*held, (datasets["authority_codes"], places.area_code.num_rows), (datasets["districts"], places.district.num_rows)]


def _drawn_on(tables: dict[Table, pa.Table], measures: Mapping[str, Measure]) -> dict[Table, pa.Table]:
    """Only the indicators that a measure or one of its groups draws on; sources count what is left."""
    wanted = wanted_rows(measures)
    drawn = pa.array({f"{d}\n{i}" for d, i in zip(wanted["dataset"].to_pylist(), wanted["indicator"].to_pylist(), strict=True)})
    kept = {table: _matching(tables[table], drawn) for table in (INDICATOR, PUBLISHED_FIGURE)}
    counts = {row["values"]: row["counts"] for row in pc.value_counts(kept[PUBLISHED_FIGURE]["dataset"]).to_pylist()}
    sources = [{**row, "rows": counts.get(row["dataset"], row["rows"])} for row in tables[SOURCE].to_pylist()]
    return {**kept, SOURCE: SOURCE.from_rows(sources)}


def _matching(rows: pa.Table, drawn: pa.Array) -> pa.Table:
    keys = pc.binary_join_element_wise(rows["dataset"], rows["indicator"], "\n")
    return rows.filter(pc.is_in(keys, drawn))


def write(gathered: Gathered, folder: Path) -> None:
    """Write the reference set into folder: a Parquet file a table, and the outlines."""
    write_reference(gathered.inputs, folder)
    collection = {"type": "FeatureCollection", "features": gathered.outlines}
    outlines = json.dumps(collection, separators=(",", ":"))
    (folder / "boundaries.json").write_text(outlines + "\n", encoding="utf-8")
