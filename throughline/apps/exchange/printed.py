"""A file as the command prints it before anybody decides on it: the same as its page, a line at a time."""

from collections.abc import Iterator, Mapping

from django.urls import reverse

from throughline.apps.accounts.actions import record
from throughline.apps.accounts.models import Verb
from throughline.apps.exchange import queries
from throughline.apps.exchange.actions import ROOM, subject_of
from throughline.apps.exchange.elsewhere import elsewhere_on, nowhere
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.read_as import words_read
from throughline.apps.exchange.readers import reader_of
from throughline.apps.exchange.showing import (
    RowShown,
    about,
    at_another_place,
    at_no_place,
    comes_of,
    headed_like_somebody,
    place_in_words,
    rows_shown,
    says_nothing,
    understood,
)
from throughline.apps.exchange.withheld import counts_told, withheld_of
from throughline.ui.formats import count

_OTHERWISE = (Row.Outcome.UNREADABLE, Row.Outcome.SAME)  # what there is of these stands among the problems


def columns_printed(delivery: Delivery) -> Iterator[str]:
    """What the columns of a list hold; nothing of a return, which says it itself."""
    if delivery.is_return:
        return
    yield "What the columns hold:"
    yield from (f"  {line}" for line in understood(delivery, place_in_words(delivery)))
    if read := words_read(delivery, reader_of(None, delivery.area)):
        yield "How its words for what they do were read:"
        yield from (f"  “{each.words}”: {each.activity}, {count(each.rows, 'row')}" for each in read)
    if delivery.waits:
        yield f"  Say otherwise on the page of the file: {reverse('exchange:mapping', args=[delivery.pk])}"


def warnings_printed(delivery: Delivery) -> Iterator[str]:
    """What its page warns of before a file is accepted, with the option that says otherwise; nothing after that."""
    if not delivery.waits:
        return
    if said := at_another_place(delivery, elsewhere_on(delivery, reader_of(None, delivery.area))):
        yield said
    if nothing := says_nothing(delivery):
        yield f"{nothing} The option --activity says what everybody is doing."
    if said := headed_like_somebody(delivery):
        yield said
    for said in delivery.noticed.get("days", ()):
        yield f"It is taken as of {delivery.as_at}, but {said}: say --as-at where that is the day."
    if said := at_no_place(len(nowhere(delivery))):
        yield f"{said} The option --establishment does."


def differences_printed(delivery: Delivery) -> Iterator[str]:
    """Some rows of each outcome with what each would change, how many more there are, and where they stand. The look at whom they
    are about is recorded first.
    """
    reader = reader_of(None, delivery.area)
    told = queries.samples(delivery, counts_told([delivery], reader)[delivery.pk], withheld_of(delivery, reader))
    samples = [each for each in told if each.outcome not in _OTHERWISE]
    if rows := [row for sample in samples for row in sample.rows]:
        record(by=None, verb=Verb.LOOKED, room=ROOM, subject=subject_of(delivery), detail=about(rows))
    for sample in samples:
        yield f"{comes_of(delivery, sample.outcome)} ({sample.many:,})"
        yield from (f"  {_of_row(each)}" for each in rows_shown(delivery, sample.rows, reader))
        if sample.many > len(sample.rows):
            address = reverse("exchange:rows", args=[delivery.pk, sample.outcome.value])
            yield f"  and {sample.many - len(sample.rows):,} more, on the page of the file: {address}"
        if sample.outcome == Row.Outcome.UNMATCHED:
            yield f"  Say whom they are about on the site: {reverse('exchange:unmatched')}"


def _of_row(each: RowShown) -> str:
    row = each.row
    found = f", found by {row.found}" if row.found else ""
    told = [each.where, *map(_change, each.changes), row.doubt]
    return f"{row}, {each.named}{found}: {'; '.join(filter(None, told)) or 'nothing'}"


def _change(change: Mapping[str, str]) -> str:
    """A change in words, as what → what, with what of it stays."""
    before = f"{change['before']} → " if change["before"] else ""
    stays = change["stays"] and f" ({change['stays'] if change['stays'].startswith('at ') else 'of ' + change['stays']})"
    return f"{change['what']} ({change['how']}): {before}{change['after'] or 'nothing'}{stays}"
