"""The NEET scorecard files and the interactive tool's store, read plainly, for what both publish."""

import csv
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

FILES = {2025: "neet/UD_NEETNK_LA_dashboard_final.csv", 2021: "neet/UD_NEETNK_LA_dashboard_2021_vg_removed.csv"}
NO_AUTHORITY = "LA demo"  # a row of the 2021 file that is no authority


@dataclass(frozen=True)
class Store:
    """The interactive tool's store: values by indicator and period, for each area's three-digit code."""

    rows: pd.DataFrame

    def printed(self, indicator: str, years: str) -> dict[str, str]:
        """The text of each area's cell."""
        held = self.rows[(self.rows["Short Desc"] == indicator) & (self.rows["Years"] == years)]
        return {str(int(code)): text for code, text in zip(held["LA Number"], held["Values"], strict=True)}

    def values(self, indicator: str, years: str) -> dict[str, float]:
        """Each area's value, those without one left out; spreadsheet noise beyond nine decimals dropped."""
        return {code: round(float(text), 9) for code, text in self.printed(indicator, years).items() if _is_number(text)}


def read_store(sources: Path) -> Store:
    """The store, as the tool publishes it."""
    columns = ["Short Desc", "Years", "Values", "LA Number"]
    return Store(pq.read_table(sources / "lait/bds_long_0.parquet", columns=columns).to_pandas())


def read_scorecard(sources: Path, year: int) -> list[dict[str, str]]:
    """The rows of authorities of one scorecard file, as text."""
    with (sources / FILES[year]).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["geographic_level"] == "Local authority"]
    return [row for row in rows if row["la_name"] != NO_AUTHORITY]


def _is_number(text: str) -> bool:
    try:
        return float(text) == float(text)
    except ValueError:
        return False
