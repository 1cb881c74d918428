"""What every way of doing a job is given: the files it starts from and a folder to leave its result in."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AUTHORITY = "358"  # the one whose scorecard is measured alone: Trafford
NEIGHBOURS = "2025"


@dataclass(frozen=True)
class Given:
    """Paths of files: published ones, those of the package, and those written from the measures' definitions.

    store and dictionary are the interactive tool's; tables holds wanted.parquet (what each measure draws on),
    trait.parquet (its polarity and the like) and break.parquet (where its series is broken). Results go into folder.
    """

    store: Path
    dictionary: Path
    reference: Path
    definitions: Path
    tables: Path
    folder: Path

    @property
    def warehouse(self) -> Path:
        """Where the product leaves its warehouse, which the scorecards are then drawn from."""
        return self.folder / "warehouse-product.duckdb"

    def result(self, job: str, way: str) -> Path:
        """Where a way leaves the rows of a job, to be held against the others'."""
        return self.folder / f"{job}-{way}"
