"""A delivery between the file, the comparison and the database: some rows, or some bytes, at a time, and never all of them."""

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from throughline.analytics.intake.held import TRAIT, Note
from throughline.analytics.intake.said import as_json, from_json
from throughline.analytics.learnerlists.sheet import ListSheet
from throughline.analytics.linkage.exact import Index
from throughline.apps.codelists.asked import each_asked_once
from throughline.apps.exchange.comparing import AT_ONCE, Compared, Comparison, Findings, compare
from throughline.apps.exchange.models import Delivery, Piece, Row
from throughline.apps.exchange.readers import outcome_without_restricted, without_restricted
from throughline.apps.exchange.reading import Stated, sheet_of
from throughline.apps.exchange.register import everybody, those_like
from throughline.apps.exchange.would_break import with_rules

Told = Callable[[str, int, int], None]  # what is being done, how many rows are done, how many there are (0: not known)
READ, COMPARED = "read", "compared"
_BLOCK, _PIECE = 1 << 20, 1 << 20  # bytes of the file read at a time, and of a piece of it as it is kept
_AS_GZIP = 31  # what makes zlib write a gzip file
_COMES_OUT = ("outcome", "learner", "changes", "problems", "found", "doubt", "counts_as")


def silent(what: str, done: int, of: int) -> None:
    """Tell nobody how far it has got."""


def read_rows(rows: Iterable[Stated], told: Told = silent) -> Iterator[Compared]:
    """The rows of a file, ready to be compared. Raises RefusedFileError where the file cannot be read on."""
    for number, row in enumerate(rows, 1):
        yield Compared(number, row.line, row.said, [problem_of(note, READ) for note in row.notes])
        if number % AT_ONCE == 0:
            told("Reading", number, 0)


def problem_of(note: Note, when: str) -> dict[str, Any]:
    """A note as a row keeps it; when says whether it came of reading or of comparing."""
    kept: dict[str, Any] = {"field": note.field, "value": note.value[:200], "rule": note.rule, "remedy": note.remedy,
                            "who": str(note.who), "when": when}
    if note.column is not None:
        kept["column"] = note.column
    if note.code:
        kept["code"] = note.code
    if note.number:
        kept |= {"number": note.number, "priority": note.priority}
    return kept | ({"others": note.others} if note.others else {})


def kept_rows(delivery: Delivery) -> Iterator[Row]:
    """The rows of a delivery as the file has them. They may be kept anew meanwhile, each under its number."""
    last = 0
    while some := list(delivery.rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from some
        last = some[-1].pk


def again(row: Row) -> Compared:
    """A row that is kept, ready to be compared again."""
    return Compared(row.place, row.line, from_json(row.values) if row.values else None,
                    [problem for problem in row.problems if problem["when"] == READ],
                    settled=row.settled, settled_by=row.settled_by_id, takes_name=row.takes_name, left_out=row.left_out,
                    left_out_by=row.left_out_by_id,
                    key=row.learner_id if row.settled == Row.Settled.LINKED else None, kept=row)


def found_in(delivery: Delivery, rows: Iterable[Compared]) -> Findings:
    """Whom the rows of a delivery are about, of the register as it is."""
    return Findings(rows, everybody(delivery.area), delivery.as_at)


def compared(delivery: Delivery, rows: Iterable[Compared], findings: Findings) -> Iterator[Comparison]:
    """The rows of a delivery compared with the register as it is, some at a time; those of a list by the rules of the return too,
    which a return's records are checked by as they are read.
    """
    comparisons = compare(rows, findings, area=delivery.area, as_at=delivery.as_at, called=delivery.line_in_words)
    return comparisons if delivery.is_return else with_rules(delivery.area, comparisons)


def compared_alone(delivery: Delivery, row: Compared) -> Comparison:
    """One row that an officer settled compared with the register as it is; only somebody new is looked for in it."""
    index = those_like(delivery.area, [row.said.person]) if row.said and row.settled == Row.Settled.NEW else Index(())
    return next(compared(delivery, [row], Findings([row], index, delivery.as_at)))


def compared_anew(delivery: Delivery, rows: Iterable[Row]) -> Iterator[Comparison]:
    """A few rows that are kept compared anew with the register as it is, in the order of the file."""
    reading = [again(row) for row in rows]
    index = those_like(delivery.area, [row.said.person for row in reading if row.said])
    findings = Findings(reading, index, delivery.as_at)
    return compared(delivery, reading, findings)


def keep(delivery: Delivery, comparison: Comparison) -> list[int]:
    """Keep rows that were compared: those that are kept already say what comes of them now. Answers which of these come out
    otherwise than they did.
    """
    made = [as_row(delivery, row) for row in comparison.rows]
    otherwise = _otherwise(comparison, made)
    Row.objects.bulk_create([row for row in made if row.pk is None])
    if held := [row for row in made if row.pk is not None]:
        Row.objects.bulk_create(held, update_conflicts=True, update_fields=(*_COMES_OUT, "only_traits"), unique_fields=["id"])
    return otherwise


def otherwise_than_kept(delivery: Delivery, comparison: Comparison) -> list[int]:
    """Which of some rows that are kept come out otherwise now that they are compared again, by their numbers in the database."""
    return _otherwise(comparison, [as_row(delivery, row) for row in comparison.rows])


def _otherwise(comparison: Comparison, made: Iterable[Row]) -> list[int]:
    pairs = ((row.kept, now) for row, now in zip(comparison.rows, made, strict=True))
    with each_asked_once():
        return [now.pk for was, now in pairs if was is not None and _comes_out(was) != _comes_out(now)]


def _comes_out(row: Row) -> list[Any]:
    """What comes of a row, as the database keeps it; of what was left by what it is of, whatever its wording. What is restricted
    is left aside: that it comes out otherwise would tell of it those who are not shown it.
    """
    said = {name: getattr(row, "learner_id" if name == "learner" else name) for name in _COMES_OUT}
    said |= {"outcome": outcome_without_restricted(row), "changes": without_restricted(row.changes),
             "problems": [_left(each) for each in row.problems]}
    return json.loads(json.dumps(list(said.values())))


def _left(each: dict[str, Any]) -> list[Any]:
    """What a problem is of, and the rule. Rows that came before codes were kept apart have the code itself as the value."""
    return [each["field"], each["rule"], each.get("code") or each["value"]]


def as_row(delivery: Delivery, row: Compared) -> Row:
    """A compared row as it is kept."""
    learner = row.key if row.key is not None and row.key > 0 else None
    problems = [*row.read, *(problem_of(note, COMPARED) for note in row.notes)]
    return Row(
        pk=row.kept.pk if row.kept else None, settled_by_id=row.settled_by, delivery=delivery, place=row.place, line=row.line,
        outcome=row.outcome, learner_id=learner, values=as_json(row.said) if row.said else {},
        changes=[change.as_json() for change in row.changes], problems=problems, found=row.found, doubt=row.doubt[:200],
        only_traits=row.outcome == Row.Outcome.CHANGED and all(change.what == TRAIT for change in row.changes),
        counts_as=row.counts_as,
        settled=row.settled, takes_name=row.takes_name, left_out=row.left_out, left_out_by_id=row.left_out_by,
        came_otherwise=row.kept is not None and row.kept.came_otherwise,
    )


def keep_bytes(delivery: Delivery, file: BinaryIO) -> None:
    """Keep a file as it came."""
    for place, content in enumerate(_packed(file)):
        Piece.objects.create(delivery=delivery, place=place, content=content)


def bytes_of(delivery: Delivery) -> bytes:
    """A file as it came, all of it: for lists, which are not large. Empty once it was forgotten."""
    return gzip.decompress(b"".join(bytes(piece.content) for piece in delivery.pieces.order_by("place").iterator()))


def kept_sheet(delivery: Delivery) -> ListSheet:
    """The sheet of a list that is kept, which was read before."""
    return sheet_of(delivery.name, io.BytesIO(bytes_of(delivery)), delivery.no_headings)


def _packed(file: BinaryIO) -> Iterator[bytes]:
    """The pieces of a gzip file of all of it."""
    file.seek(0)
    packing, piece = zlib.compressobj(4, zlib.DEFLATED, _AS_GZIP), bytearray()
    for block in iter(lambda: file.read(_BLOCK), b""):
        piece += packing.compress(block)
        if len(piece) >= _PIECE:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece + packing.flush())
