"""Published data an officer loads: read and checked, kept over the packaged figures, and taken away again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from throughline.analytics.formats.dataset import Dataset, load_datasets
from throughline.analytics.warehouse.inputs import Inputs, read_reference
from throughline.analytics.warehouse.loading import FILES, Loaded, load
from throughline.analytics.warehouse.tables import PUBLISHED_FIGURE
from throughline.core.nearest import nearest


class UnknownDatasetError(LookupError):
    """Raised when no data set has an id; its message gives the nearest matches."""


@dataclass(frozen=True)
class Held:
    """A data set an officer has loaded: its id, title, release and how many figures of it are kept."""

    dataset: str
    title: str
    release: str
    rows: int


def loadable() -> dict[str, Dataset]:
    """The data sets of definitions/datasets that hold figures, by id."""
    return {id: dataset for id, dataset in load_datasets(settings.DEFINITIONS).items() if dataset.loader in FILES}


def dataset_called(id: str, title: str = "", release: str = "") -> Dataset:
    """The data set with this id; with a title, an Explore Education Statistics file that has no definition yet.

    Raises UnknownDatasetError.
    """
    known = loadable()
    if id in known:
        return known[id]
    if title:
        return Dataset(id, title, "Department for Education", release or "not stated", "Open Government Licence v3.0",
                       "ees", ())
    matches = nearest(id, known)
    meant = f" Did you mean {' or '.join(matches)}?" if matches else ""
    raise UnknownDatasetError(f"No data set is called “{id}”.{meant} Give a title to load a new one.")


def read(dataset: Dataset, paths: Sequence[Path]) -> Loaded:
    """Read and check a data set's files. Raises RefusedFileError; nothing is kept by reading."""
    places = _places()
    return load(dataset, paths, places.area, places.area_code, settings.DEFINITIONS, load_datasets(settings.DEFINITIONS))


def _places() -> Inputs:
    return read_reference(settings.REFERENCE)


def held() -> list[Held]:
    """What officers have loaded over the packaged figures, by id."""
    kept = read_reference(settings.REFERENCE).with_loaded(settings.LOADED)
    ids = {path.name.split(".")[0] for path in settings.LOADED.glob(f"*.{PUBLISHED_FIGURE.name}.parquet")}
    rows = [row for row in kept.source.to_pylist() if row["dataset"] in ids]
    return [Held(row["dataset"], row["title"], row["release"], row["rows"]) for row in sorted(rows, key=lambda r: r["dataset"])]
