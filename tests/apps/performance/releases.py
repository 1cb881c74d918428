"""Small releases of published data, as an officer would upload them."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.analytics.formats.written import as_csv

STORE_HEADINGS = ("Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region")
DICTIONARY = """
    Measure                  | Measure_short     | Polarity | Last Update | Next Update | dps | Year_Type     | No_Quartile
    Average Attainment 8     | AVG_Attain8_Score | High     | 46054       | 46296       | 1   | Academic year |
"""
EES_META = "col_name|col_type|label|indicator_grouping|indicator_unit|indicator_dp|filter_hint|filter_grouping_column\n"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def csv_upload(name: str, table: str) -> SimpleUploadedFile:
    """A CSV from a table typed with | between cells."""
    return upload(name, as_csv(table))


def store(rows: list[tuple[str, str, str, str]]) -> bytes:
    """A long store of (indicator, years, three-digit code, printed value), as Parquet."""
    made = [dict(zip(STORE_HEADINGS, (indicator, "", years, "", value, float(area), ""), strict=True))
            for indicator, years, area, value in rows]
    written = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(made), written)
    return written.getvalue()
