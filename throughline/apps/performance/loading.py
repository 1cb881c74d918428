"""Published data an officer loads: read and checked, kept over the packaged figures, and taken away again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings

from throughline.analytics.formats.dataset import Dataset, load_datasets
from throughline.analytics.warehouse.inputs import kept_datasets, read_reference
from throughline.analytics.warehouse.loading import FILES, Loaded, load
from throughline.core.nearest import nearest
from throughline.core.problems import Problem, RefusedFileError

ID = re.compile(r"[a-z0-9_]{1,60}")
_WITH_ANOTHER = {"lait_dictionary"}  # the second file of the store, with no figures of its own


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
    """The data sets of definitions/datasets that can be loaded, by id."""
    known = load_datasets(settings.DEFINITIONS)
    return {id: dataset for id, dataset in known.items() if dataset.loader in FILES and id not in _WITH_ANOTHER}


def dataset_called(id: str, release: str, title: str = "", released_on: date | None = None,
                   next_due: date | None = None) -> Dataset:
    """The data set with this id as the release that is being loaded.

    With a title, an id that has no definition is that of an Explore Education Statistics file. Raises
    UnknownDatasetError, also for an id that is not of small letters, digits and underscores.
    """
    known = loadable()
    if id in known:
        return replace(known[id], release=release, released_on=released_on, next_due=next_due)
    if title and ID.fullmatch(id):
        return Dataset(id, title, "Department for Education", release, "Open Government Licence v3.0", "ees", (),
                       released_on=released_on, next_due=next_due)
    matches = nearest(id, known)
    meant = f" Did you mean {' or '.join(matches)}?" if matches else ""
    raise UnknownDatasetError(f"No data set is called “{id}”.{meant} "
                              "To load a new one give a title, and an id of small letters, digits and underscores.")


def read(dataset: Dataset, paths: Sequence[Path]) -> Loaded:
    """Read and check a data set's files; nothing is kept by reading.

    Raises RefusedFileError, also when not one figure is left.
    """
    places = read_reference(settings.REFERENCE)
    loaded = load(dataset, paths, places.area, places.area_code, settings.DEFINITIONS, load_datasets(settings.DEFINITIONS))
    if not loaded.rows:
        # What is held must not give way to nothing.
        raise RefusedFileError([*_nothing_read(dataset, paths), *loaded.problems])
    return loaded


def _nothing_read(dataset: Dataset, paths: Sequence[Path]) -> list[Problem]:
    remedy = f"choose the data set that the file is of; no line of it is a figure of {dataset.title}"
    return [Problem(paths[0].name, None, "", "", "a figure at least", remedy)]


def held() -> list[Held]:
    """What officers have loaded over the packaged figures, by id."""
    kept = read_reference(settings.REFERENCE).with_loaded(settings.LOADED)
    ids = kept_datasets(settings.LOADED)
    rows = [row for row in kept.source.to_pylist() if row["dataset"] in ids]
    return [Held(row["dataset"], row["title"], row["release"], row["rows"]) for row in sorted(rows, key=lambda r: r["dataset"])]
