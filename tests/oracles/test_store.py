"""The packaged figures of the interactive tool against its store, every cell, read with pandas and nothing of the product's."""

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "reference"
MARKS = {"(rev)": "revised", "(prov)": "provisional", "(final)": "final", "(ot)": "final"}
KEY = ["indicator", "area", "period", "vintage"]


@pytest.fixture(scope="module")
def packaged() -> pd.DataFrame:
    held = pq.read_table(REFERENCE / "published_figure.parquet").to_pandas()
    return held[held["dataset"] == "lait"]


@pytest.fixture(scope="module")
def store(sources, packaged) -> pd.DataFrame:
    """The store's rows of the packaged indicators, the release mark parted from the period."""
    raw = pq.read_table(sources / "lait/bds_long_0.parquet", columns=["Short Desc", "Years", "LA Number", "Values"]).to_pandas()
    raw = raw[raw["Short Desc"].isin(set(packaged["indicator"])) & (raw["Years"] != "0")]
    parts = raw["Years"].str.partition(" ")
    return pd.DataFrame({
        "indicator": raw["Short Desc"], "area": raw["LA Number"].astype(int).astype(str), "period": parts[0],
        "vintage": parts[2].str.lower().map(MARKS).fillna("final"), "printed": raw["Values"],
    })


def test_the_same_figures_are_held(store, packaged):
    theirs, ours = (frame.set_index(KEY).index for frame in (store, packaged))
    assert ours.is_unique and theirs.is_unique
    assert len(theirs.difference(ours)) == len(ours.difference(theirs)) == 0
    assert len(ours) > 270_000


def test_every_value_is_the_stores_and_every_dash_is_none(store, packaged):
    both = store.merge(packaged, on=KEY, validate="one_to_one")
    dash = both["printed"] == "-"
    assert both.loc[dash, "value"].isna().all()
    assert (both.loc[dash, "status"] == "not_available").all()
    numbers = pd.to_numeric(both.loc[~dash, "printed"])
    assert ((numbers - both.loc[~dash, "value"]).abs() <= 5.0001e-10).all()
    assert (both.loc[~dash, "status"] == both.loc[~dash, "vintage"]).all()
