"""Bringing a file in, and saying otherwise how it is to be understood; the register stays as it is."""

import hashlib
import io
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.analytics.intake.held import in_words
from throughline.analytics.learnerlists.dating import is_survey, printed_day, printed_survey_day, survey_day
from throughline.analytics.learnerlists.mapping import signature
from throughline.analytics.learnerlists.sheet import ListSheet
from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import User
from throughline.apps.codelists.asked import each_asked_once
from throughline.apps.codelists.queries import all_amended_at
from throughline.apps.exchange import reading
from throughline.apps.exchange.actions import ROOM, subject_of
from throughline.apps.exchange.actions.forgetting import forget
from throughline.apps.exchange.collecting import uncollected
from throughline.apps.exchange.comparing import Compared, Findings
from throughline.apps.exchange.models import Delivery, RememberedMapping, Row
from throughline.apps.exchange.read_by import usable_activities, vocabulary
from throughline.apps.exchange.reading import Opened
from throughline.apps.exchange.staging import Told, bytes_of, compared, found_in, keep, keep_bytes, read_rows, silent
from throughline.apps.exchange.whose import whose as whose_is
from throughline.apps.exchange.would_break import weigh
from throughline.apps.learners.actions.believing import settled_moment
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.ui.formats import moment

_BLOCK = 1 << 20  # bytes read at a time


@uncollected
@each_asked_once()
def bring_in(
    *, by: User | None, area: str, name: str, file: BinaryIO, kind: str = "", as_at: date | None = None,
    establishment: str = "", constants: Mapping[str, str] | None = None, whose: str = "", told: Told = silent,
) -> tuple[Delivery, bool]:
    """Read a file, find whom its rows are about, and keep that to be looked over; nothing of the register changes.

    The file is read several times from its start, as a stream, but for lists, which are held. constants hold for everybody on
    a list; establishment is any number of whose list it is, and whose that of the place whose staff send it.

    Answers the delivery and whether it is new: the same bytes, waiting or accepted, answer the one that there is. kind is
    found out when it is empty; as_at is the month's end for a return, 1 November of the year that it says for the survey, and for
    other lists the day that they say plainly themselves, otherwise today.
    Raises RefusedFileError for a file that cannot be read, and RefusedError for one of a day to come; then nothing is kept.
    """
    digest, rules = _digest(file), all_amended_at()
    if held := _held(area, digest):
        return held, False
    forget(today=timezone.localdate())
    delivery = Delivery(
        area=area, name=name[-200:], digest=digest, size=file.seek(0, os.SEEK_END), by=by, sent=bool(whose),
        establishment=establishment if whose else "",  # of others it is what their number stands for
        compared_at=settled_moment(), compared_by=rules,
        kind=kind or (Delivery.Kind.RETURN if reading.is_return(file, name) else Delivery.Kind.LIST),
    )
    opened = Opened(file, delivery.name, delivery.is_return)
    _understand(delivery, opened, as_at, whose, found_out=not kind)
    _say_of_all(delivery, {} if delivery.is_return else constants or {}, establishment)
    # Before the transaction begins, so that whoever else changes something waits for the second reading only.
    findings = found_in(delivery, read_rows(opened.rows(delivery, by_rules=False), told))
    try:
        with transaction.atomic():
            delivery.save()
            keep_bytes(delivery, file)
            stage(delivery, read_rows(opened.rows(delivery)), findings, told)
            record(by=by, verb="created", room=ROOM, subject=subject_of(delivery), detail={"rows": [None, len(findings)]})
    except IntegrityError:  # somebody else brought the same file in meanwhile
        if held := _held(area, digest):
            return held, False
        raise
    return delivery, True


def _held(area: str, digest: str) -> Delivery | None:
    counting = (Delivery.State.PREVIEWED, Delivery.State.ACCEPTED)
    return Delivery.objects.filter(area=area, digest=digest, state__in=counting).first()


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    for block in iter(lambda: file.read(_BLOCK), b""):
        digest.update(block)
    return digest.hexdigest()


def _understand(delivery: Delivery, opened: Opened, as_at: date | None, whose: str, found_out: bool) -> None:
    """What a file is: whether it is the survey, where that is found out, the day it speaks of, its headings and their mapping."""
    sheet = opened.sheet
    if found_out and sheet is not None and is_survey(sheet, vocabulary(), timezone.localdate()):
        delivery.kind = Delivery.Kind.SURVEY
    delivery.as_at, delivery.dated_by = (as_at, Delivery.DatedBy.SAID) if as_at else _dated(delivery, opened)
    held = opened.read_as_remembered(delivery.area, whose)
    if opened.sheet is not None:
        delivery.mapping = reading.still_known(held.mapping) if held else reading.guessed(opened.sheet)
        delivery.words = held.words if held else {}
        _note_headings(delivery, opened.sheet)


def _note_headings(delivery: Delivery, sheet: ListSheet) -> None:
    """Keep what a list's headings are, and what is to be told of it as it is understood."""
    delivery.headings, delivery.no_headings = [heading[:200] for heading in sheet.headings], sheet.no_headings
    delivery.signature = signature(sheet)
    delivery.noticed = reading.noticed(delivery, sheet)


def _dated(delivery: Delivery, opened: Opened) -> tuple[date, str]:
    """The day that a file speaks of, where nobody said it, and how that is known."""
    today, sheet = timezone.localdate(), opened.sheet
    if sheet is None:
        return opened.period(), Delivery.DatedBy.ITSELF
    asked = delivery.kind == Delivery.Kind.SURVEY
    if printed := (printed_survey_day if asked else printed_day)(sheet, vocabulary(), today):
        return printed.day, Delivery.DatedBy.ABOVE if printed.above else Delivery.DatedBy.NAME
    if asked:
        return survey_day(vocabulary(), today), Delivery.DatedBy.ITSELF
    return today, Delivery.DatedBy.TODAY


def _refuse_a_day_to_come(delivery: Delivery) -> None:
    """What a file says of a day that is not over is not known by anybody yet."""
    if delivery.as_at > timezone.localdate():
        raise RefusedError(f"This file speaks of {in_words(delivery.as_at)}, which is still to come. Enter the day on which "
                           "what it says was so, today at the latest", "as_at")


def _say_of_all(delivery: Delivery, constants: Mapping[str, str], number: str) -> None:
    """Say what holds for everybody on a file, and whose it is, where that is not its sender's to say. Raises RefusedError for a
    day that is not over, for an activity that was none on that day, and for a number that is no place's or of several.
    """
    _refuse_a_day_to_come(delivery)
    said = dict(constants)
    if not delivery.sent:
        delivery.establishment, said["ukprn"] = whose_is(number)
    delivery.constants = {name: text for name, text in said.items() if text}
    activity = delivery.constants.get("activity", "")
    if activity and activity not in usable_activities(delivery.as_at):
        raise RefusedError(f"“{activity}” is no activity on {in_words(delivery.as_at)}, of which this file speaks. Choose a code "
                           "of the list that is, such as 230", "activity")


@each_asked_once()
def set_mapping(
    *, by: User | None, delivery: Delivery, mapping: dict[str, str], constants: dict[str, str], as_at: date | None = None,
    establishment: str = "", whose: str = "", words: Mapping[str, str] = MappingProxyType({}), no_headings: bool | None = None,
) -> Delivery:
    """Say which column of a list holds what, and what holds for everybody on it; the list is read again.

    words are codes of activities by words of the list, empty for one that is to mean nothing; what was said of others stays.
    no_headings says whether the first row is somebody, where few of its cells are headings that we know; None leaves it as it is.
    What the columns hold and what words mean is remembered: for every list of the authority with the same headings, or for those
    of the place whose staff say it. What everybody is doing, whose list it is and its day are of this list alone. What officers
    decided on its rows stays. Raises RefusedError for a list that is decided on, in which nobody could be found so, or of which
    something is said that cannot be. Whose list one that was sent is stays.
    """
    moment = settled_moment()  # before the transaction, until whose end changes of the register would wait otherwise
    rules = all_amended_at()
    with transaction.atomic():
        now = locked(delivery)
        if now.is_return:
            raise RefusedError("A return says itself what its columns are")
        if lacks := reading.lacking(mapping):
            raise RefusedError(lacks)
        now.mapping = {place: field for place, field in mapping.items() if field}
        now.words = _taught(now.words, words)
        if as_at and (as_at != now.as_at or now.asks_its_day):
            now.as_at, now.dated_by = as_at, Delivery.DatedBy.SAID
        _say_of_all(now, constants, establishment)
        now.compared_at, now.compared_by = moment, rules
        _read_again(now, now.no_headings if no_headings is None else no_headings)
        _remember(now, by, whose, words)
        record(by=by, verb="changed", room=ROOM, subject=subject_of(now), detail={"mapping": [None, "given"]})
        return now


def _read_again(delivery: Delivery, no_headings: bool) -> None:
    """Read a list that waits as it is understood now, and compare it; what officers decided on its rows stays."""
    decided = {row.line: row for row in delivery.rows.exclude(settled=Row.Settled.NOT, left_out=False)}
    opened = Opened(io.BytesIO(bytes_of(delivery)), delivery.name, of_return=False, no_headings=no_headings)
    if opened.sheet is not None:
        _note_headings(delivery, opened.sheet)

    def rows() -> Iterator[Compared]:
        for row in read_rows(opened.rows(delivery)):
            yield _as_decided(row, decided[row.line]) if row.line in decided else row

    delivery.rows.all()._raw_delete(delivery.rows.db)
    stage(delivery, rows(), found_in(delivery, rows()), silent)


def _remember(delivery: Delivery, by: User | None, whose: str, words: Mapping[str, str]) -> None:
    """Let the next list with the same headings be read so; other words that such lists taught meanwhile stay known."""
    like = {"area": delivery.area, "whose": whose, "signature": delivery.signature}
    held = RememberedMapping.objects.filter(**like).values_list("words", flat=True).first() or {}
    RememberedMapping.objects.update_or_create(**like, defaults={
        "mapping": delivery.mapping, "words": _taught({**held, **delivery.words}, words), "by": by, "at": timezone.now()})


def _taught(known: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    return {word: code for word, code in {**known, **said}.items() if code}


def _as_decided(row: Compared, was: Row) -> Compared:
    """A row that is read again, with what officers decided on it before."""
    row.settled, row.settled_by, row.takes_name = was.settled, was.settled_by_id, was.takes_name
    row.left_out, row.left_out_by = was.left_out, was.left_out_by_id
    row.key = was.learner_id if was.settled == Row.Settled.LINKED else None
    return row


def stage(delivery: Delivery, rows: Iterator[Compared], findings: Findings, told: Told) -> list[int]:
    """Compare rows and keep them; the caller has begun a transaction, and says as of when the register is compared. Answers which
    of those that are kept already come out otherwise than they did.
    """
    counts, otherwise = Counter[str](), list[int]()
    for comparison in compared(delivery, rows, findings):
        otherwise += keep(delivery, comparison)
        counts.update(comparison.counts())
        told("Comparing", counts.total(), len(findings))
    delivery.counts = {str(outcome): counts[outcome] for outcome in Row.Outcome}
    weigh(delivery)
    delivery.stands_since = timezone.now()
    delivery.save()
    return otherwise


def locked(delivery: Delivery) -> Delivery:
    """The delivery as it is now, held until the transaction ends. Raises RefusedError for one that is decided on."""
    now = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if not now.waits:
        raise RefusedError(decided(now))
    return now


def decided(delivery: Delivery) -> str:
    """Who decided what on a delivery, in a sentence."""
    nobody = "The rule of keeping" if delivery.settled_at == delivery.forgotten_at else "The command line"
    who = delivery.settled_by.full_name if delivery.settled_by else nobody
    when = f" on {moment(delivery.settled_at)}" if delivery.settled_at else ""
    return f"{who} {delivery.get_state_display().lower()} this file{when}. Nothing was changed now"
