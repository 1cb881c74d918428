"""A return of an invented authority, brought into an empty register and written again for the same month, says the same."""

import re
from collections import Counter
from datetime import date
from io import BytesIO

import pyarrow.parquet as pq
import pytest

from throughline.analytics.formats.nccis.reading import open_return
from throughline.analytics.formats.nccis.record import ELEMENTS, Record
from throughline.analytics.synthetic.whole import synthesise
from throughline.apps.exchange.actions.bringing import bring_in
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.learners.models import Activity
from throughline.apps.learners.returned import records

pytestmark = pytest.mark.django_db
AREA, END, NAME = "899", date(2026, 10, 31), "monthly_return_2026-10.xml"
# What is not kept, and why: each is said by what is.
WORKED_OUT = {
    "line": "it is of the file",
    "due_to_lapse_date": "worked out from what was confirmed, by the rules of the month",
    "currency_lapsed": "likewise",
}
_PEOPLE, _ELSEWHERE = 1_500, 100
_SECOND = 5_000_000  # what the identifiers begin with of those whom the previous system held twice


@pytest.fixture(scope="module")
def made(tmp_path_factory, definitions):
    """The folder of an invented authority."""
    folder = tmp_path_factory.mktemp("invented") / "authority"
    synthesise(definitions, folder, size=_PEOPLE)
    return folder


@pytest.fixture(scope="module")
def content(made):
    """Its return, in which some were at school in another authority at 16, and some learn in one now."""
    there = (made / "files" / NAME).read_bytes()
    for element, area in (("LEACodeAtYear11", "351"), ("EducatedLEA", "352")):
        there = _instead(there, element, area, _ELSEWHERE)
    return there


def _instead(content: bytes, element: str, area: str, times: int = 0) -> bytes:
    """The file with another number at the beginning of an element, all of them or the first so many."""
    return re.sub(f"(<{element}>){AREA}".encode(), rf"\g<1>{area}".encode(), content, count=times, flags=re.IGNORECASE)


def _read(content: bytes) -> dict[str, Record]:
    return {record.young_persons_id: record for record in open_return(BytesIO(content), NAME)}


def _altered(folder) -> set[int]:
    """The learners of whom the file says something that is not so, or says it twice."""
    rows = pq.read_table(folder / "truth" / "errors.parquet").to_pylist()
    return {row["learner"] for row in rows if row["file"] == NAME and row["learner"] is not None}


def _accept(content: bytes) -> None:
    accept(by=None, delivery=bring_in(by=None, area=AREA, name=NAME, file=BytesIO(content))[0])


@pytest.fixture
def brought(content, settings):
    """The return accepted into an empty register; answers its records by their identifiers."""
    settings.DEMONSTRATION = True
    _accept(content)
    return _read(content)


def test_every_element_that_is_kept_comes_back_as_it_was(made, brought):
    written = {record.young_persons_id: record for record in records(AREA, END)}
    kept = [name for name in Record._fields if name not in WORKED_OUT]
    altered = _altered(made)
    differing = Counter()
    for identifier, record in brought.items():
        if int(identifier[3:]) % _SECOND in altered or record.cohort_status != "P":
            continue  # who left before we had them is set aside
        again = written[identifier]
        if record.establishment_number.endswith("9999"):  # none: it stands under the authority in which they learn
            record = record._replace(establishment_number=f"{record.educated_lea}9999")
        differing.update(f"{ELEMENTS[name]}: {getattr(record, name)!r} came back as {getattr(again, name)!r}"
                         for name in kept if getattr(record, name) != getattr(again, name))
    assert differing == {}
    assert {record.lea_at_year_11 for record in written.values()} == {AREA, "351"}
    assert {record.educated_lea for record in written.values()} == {AREA, "352"}
    assert Activity.objects.exclude(neet_start=None).exists()


def test_what_is_worked_out_comes_out_as_the_file_had_it(made, brought):
    altered = _altered(made)
    for record in records(AREA, END):
        if int(record.young_persons_id[3:]) not in altered:
            held = brought[record.young_persons_id]
            assert [getattr(record, name) for name in WORKED_OUT if name != "line"] == [
                getattr(held, name) for name in WORKED_OUT if name != "line"], record.young_persons_id


def test_another_databases_identifiers_become_the_previous_ones(content, settings):
    settings.DEMONSTRATION = True
    _accept(_instead(_instead(content, "YoungPersonsID", "444"), "DatabaseID", "444"))
    for record in records(AREA, END):
        assert record.young_persons_id[:3] == AREA
        assert record.previous_id == f"444{record.young_persons_id[3:]}"
    settings.DATABASE_ID = "444"  # as an installation that takes over the database's number
    for record in records(AREA, END):
        assert (record.young_persons_id[:3], record.previous_id) == ("444", "")
