"""A delivery's rows between the file, the comparison and the database, many at a time."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from throughline.analytics.intake.held import Note
from throughline.analytics.intake.said import as_json, from_json
from throughline.apps.exchange.comparing import Compared, Comparison, compare
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.reading import Stated
from throughline.apps.exchange.register import everybody

Told = Callable[[str, int, int], None]  # what is being done, how many rows are done, how many there are (0: not known)
READ, COMPARED = "read", "compared"
_AT_ONCE = 2_000


def silent(what: str, done: int, of: int) -> None:
    """Tell nobody how far it has got."""


def read_rows(rows: Iterable[Stated], told: Told) -> list[Compared]:
    """The rows of a file, ready to be compared. Raises RefusedFileError where the file cannot be read on."""
    read = []
    for row in rows:
        read.append(Compared(row.line, row.said, [problem_of(note, READ) for note in row.notes]))
        if len(read) % _AT_ONCE == 0:
            told("Reading", len(read), 0)
    told("Reading", len(read), len(read))
    return read


def problem_of(note: Note, when: str) -> dict[str, Any]:
    """A note as a row keeps it; when says whether it came of reading or of comparing."""
    return {"field": note.field, "value": note.value[:200], "rule": note.rule, "remedy": note.remedy, "who": str(note.who),
            "when": when}


def kept_rows(delivery: Delivery) -> list[Row]:
    """The rows of a delivery as the file has them."""
    return list(delivery.rows.order_by("id"))


def again(row: Row) -> Compared:
    """A row that is kept, ready to be compared again."""
    return Compared(row.line, from_json(row.values) if row.values else None,
                    [problem for problem in row.problems if problem["when"] == READ], settled=row.settled,
                    key=row.learner_id if row.settled == Row.Settled.LINKED else None)


def compared(delivery: Delivery, rows: Sequence[Compared]) -> Comparison:
    """The rows of a delivery compared with the register as it is."""
    return compare(rows, everybody(delivery.area), area=delivery.area, as_at=delivery.as_at)


def keep(delivery: Delivery, comparison: Comparison, before: Sequence[Row] = ()) -> None:
    """Keep what was compared instead of what was; rows before give their numbers and who settled them."""
    delivery.rows.all()._raw_delete(delivery.rows.db)
    made = [as_row(delivery, row) for row in comparison.rows]
    for row, was in zip(made, before, strict=False):
        row.pk, row.settled_by_id = was.pk, was.settled_by_id
    Row.objects.bulk_create(made, batch_size=_AT_ONCE)


def as_row(delivery: Delivery, row: Compared) -> Row:
    """A compared row as it is kept."""
    learner = row.key if row.key is not None and row.key > 0 else None
    problems = [*row.read, *(problem_of(note, COMPARED) for note in row.notes)]
    return Row(
        delivery=delivery, line=row.line, outcome=row.outcome, learner_id=learner, values=as_json(row.said) if row.said else {},
        changes=[change.as_json() for change in row.changes], problems=problems, found=row.found, doubt=row.doubt[:200],
        settled=row.settled,
    )
