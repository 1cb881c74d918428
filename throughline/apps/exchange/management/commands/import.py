"""Brings a file about young people in, shows what it would change, and accepts it when asked to."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from throughline.analytics.intake.held import in_words
from throughline.apps.accounts.models import User
from throughline.apps.exchange.actions.bringing import bring_in, decided, set_mapping
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.looking_again import look_again
from throughline.apps.exchange.elsewhere import nowhere
from throughline.apps.exchange.headline_of_file import fall_in_words
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.queries import (
    Told,
    problems_of,
    rows_come_otherwise,
    unread_rows,
    who_can_put_right,
    words_unknown,
)
from throughline.apps.exchange.readers import reader_of
from throughline.apps.exchange.reading import NOT_KNOWN, lacking
from throughline.apps.exchange.whose import whose
from throughline.apps.exchange.withheld import counts_told
from throughline.apps.exchange.words import NO_HEADINGS, titled
from throughline.apps.learners.models import Learner
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.performance.figures import RebuildFailedError
from throughline.core import typed
from throughline.core.problems import RefusedFileError
from throughline.ui.formats import count

LEFT_UNREAD, NOT_UNDERSTOOD = 1, 2
_SAID = ("activity", "establishment")  # of everybody on a list, by the options of these names
SHOWN = 50  # problems printed; the page has them all


class Command(BaseCommand):
    """Leaves with 0 when every row was read, 1 when some were not, 2 for what cannot be understood."""

    help = (
        "Bring in a file about young people: a return (XML or a supplier's CSV), the activity survey, or any list. Without "
        "--accept it is only kept to be looked over, and nothing of the register changes. Leaves with 0 when every row was "
        "read, 1 when problems left rows unread, when it is not known what the columns of a list hold or the file was refused, "
        "and 2 for what cannot be understood."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be typed after the command's name."""
        parser.add_argument("file", metavar="FILE", type=Path, help="the file: .xml, .csv or .xlsx")
        parser.add_argument("--area", default="", metavar="CODE",
                            help="whose file it is, by three digits; may be left out where there is one authority only")
        parser.add_argument("--kind", default="", choices=Delivery.Kind.values,
                            help="what sort of file it is; found out without it")
        parser.add_argument("--as-at", type=typed.day, metavar="DATE",
                            help="the day it speaks of, as 2026-09-30; a return says it itself")
        parser.add_argument("--establishment", default="", metavar="NUMBER",
                            help="whose list it is: a school's or college's establishment number or URN, or a provider's UKPRN")
        parser.add_argument("--activity", default="", metavar="CODE", help="what everybody on the list is doing, such as 230")
        parser.add_argument("--accept", action="store_true", help="put it into the register at once")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the file in, print what comes of it, and accept it when asked to."""
        console = Console(file=sys.stdout, highlight=False)
        area = options["area"] or _only_area()
        try:
            with _opened(options["file"]) as file, _progress() as progress:
                task = progress.add_task("Reading", total=None)

                def told(what: str, done: int, of: int) -> None:
                    progress.update(task, description=what, completed=done, total=of or None)

                delivery, new = bring_in(
                    by=None, area=area, name=options["file"].name, file=file, kind=options["kind"], told=told,
                    as_at=options["as_at"], establishment=options["establishment"],
                    constants={"activity": options["activity"]} if options["activity"] else None)
                unknown = _unknown(delivery, options)
                if delivery.waits and not unknown and (options["activity"] or not new):
                    delivery = _as_asked(delivery, options)
                if delivery.waits and options["accept"] and not unknown:
                    delivery = accept(by=None, delivery=delivery, shown=delivery.mark, told=told)
                elif not new:
                    console.print(Text(_brought_before(delivery)))
        except RefusedFileError as error:
            raise CommandError(str(error), returncode=LEFT_UNREAD) from error
        except RebuildFailedError as error:
            raise CommandError(str(error)) from error
        except RefusedError as error:
            left = NOT_UNDERSTOOD if error.field in _SAID else LEFT_UNREAD
            raise CommandError(f"{error.sentence.removesuffix('.')}.", returncode=left) from error
        _print(console, delivery, unknown)
        if unknown or unread_rows(delivery).exists():
            sys.exit(LEFT_UNREAD)


def _unknown(delivery: Delivery, options: dict[str, Any]) -> str:
    """What is said of a list that waits and by whose columns nobody can be found, and what to do; empty for any other."""
    lacks = "" if delivery.is_return or not delivery.waits else lacking(delivery.mapping)
    lost = " ".join(_not_kept(delivery, options)) if lacks else ""
    not_said = lost and (f" Of what you gave with it this was not kept, since it was brought in before: {lost}. Give it again "
                         "then, or say it on that page.")
    return lacks and (f"{NOT_KNOWN}, so nothing of it can be accepted. {lacks} Say so on the page of the file, under “What the "
                      "columns hold”, and the next list with these headings is read so too; or give the columns headings such as "
                      f"Forename, Surname and Date of birth, and bring it in again.{not_said}")


def _not_kept(delivery: Delivery, options: dict[str, Any]) -> Iterator[str]:
    """What the options say of a whole list that is not held of it, as typed. Raises RefusedError for a number of no place."""
    number, day = options["establishment"], options["as_at"]
    if options["activity"] not in ("", delivery.constants.get("activity")):
        yield f"--activity {options['activity']}"
    if day and (day, Delivery.DatedBy.SAID) != (delivery.as_at, delivery.dated_by):
        yield f"--as-at {day}"
    if number and whose(number) != (delivery.establishment, delivery.constants.get("ukprn", "")):
        yield f"--establishment {number}"


def _brought_before(delivery: Delivery) -> str:
    """What is said of a file that is there already."""
    if not delivery.waits:
        return f"This very file was brought in before. {decided(delivery)}."
    return f"This very file was brought in before, on {in_words(timezone.localdate(delivery.at))}, and waits for a decision."


def _opened(path: Path) -> BinaryIO:
    largest = settings.LARGEST_FILE
    try:
        if path.stat().st_size > largest:
            raise CommandError(f"{path} is larger than {largest // 1_000_000:,} MB: give it in parts", returncode=NOT_UNDERSTOOD)
        return path.open("rb")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=NOT_UNDERSTOOD) from error


def _only_area() -> str:
    """The one authority that there is. Raises CommandError where there are several or none."""
    areas = set(Learner.objects.values_list("area", flat=True).distinct())
    areas.update(User.objects.exclude(area="").values_list("area", flat=True))
    if len(areas) != 1:
        raise CommandError("Say whose file it is: --area and the authority's three digits", returncode=NOT_UNDERSTOOD)
    return areas.pop()


def _as_asked(delivery: Delivery, options: dict[str, Any]) -> Delivery:
    """A list that waits, understood as the options say now; a return is compared again with the register."""
    if delivery.is_return:
        return look_again(by=None, delivery=delivery)
    constants = {**delivery.constants, **({"activity": options["activity"]} if options["activity"] else {})}
    return set_mapping(by=None, delivery=delivery, mapping=delivery.mapping, constants=constants,
                       as_at=options["as_at"], establishment=options["establishment"] or delivery.whose_number)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _print_rules(console: Console, delivery: Delivery) -> None:
    """What the rules of the return find, by who can put it right, and how far the headline could fall were it."""
    if delivery.rejected:
        console.print(Text(f"The department would take none of this return as it stands. {delivery.rejected}"))
    for by, rules, _ in who_can_put_right(delivery, reader_of(None, delivery.area)):
        for rule, words, many in rules:
            console.print(Text(f"For {by}: {count(many, 'record')}. {words.removesuffix('.')} ({rule})."))
    if fall := fall_in_words(delivery.could_fall):
        console.print(Text(fall))


def _print(console: Console, delivery: Delivery, unknown: str) -> None:
    """What came of a file; of a list whose columns are not known nothing row by row, since no row could be read."""
    console.print(Text(f"{delivery.get_kind_display()}: {delivery.name}, as at {delivery.as_at}, "
                       f"{delivery.get_dated_by_display()}"))
    table = Table()
    table.add_column("Rows")
    table.add_column("", justify="right")
    counts = counts_told([delivery], reader_of(None, delivery.area))[delivery.pk]
    for outcome in Row.Outcome:
        table.add_row(outcome.label, f"{counts.get(outcome, 0):,}")
    console.print(table)
    if delivery.no_headings:
        console.print(Text(NO_HEADINGS))
    _print_problems(console, () if unknown else problems_of(delivery, reader_of(None, delivery.area)))
    _print_rules(console, delivery)
    for said in delivery.noticed.get("days", ()):
        console.print(Text(f"It is taken as of {delivery.as_at}, but {said}: say --as-at where that is the day."))
    if at_no_place := len(nowhere(delivery)):
        console.print(Text(f"{count(at_no_place, 'row')} would put somebody at no place, since neither the row nor the list says "
                           "where they are: where it is the list of one place, say --establishment."))
    if otherwise := rows_come_otherwise(delivery).count():
        console.print(Text(f"{count(otherwise, 'row differs', 'rows differ')} from what was shown before, since the register "
                           f"or its rules changed: the page of the file marks {'it' if otherwise == 1 else 'them'}."))
    if (words := words_unknown(delivery)).words:
        way = ("say on the page of the file, under “What the columns hold”, what each means, and the next list with these "
               "headings is read so too" if delivery.waits else
               "say what each means on the page of the next list with these headings")
        console.print(Text(f"{count(words.words, 'word')} for activities not known, in {count(words.rows, 'row')}: {way}; or "
                           "add it to definitions/mappings/learner_lists.toml, for every list."))
    if unknown:
        console.print(Text(f"{unknown} Nothing of the register was changed."))
        return
    waiting = "Nothing of the register was changed: look it over on the page of files, or run this again with --accept."
    console.print(Text(waiting if delivery.waits else f"It is {delivery.get_state_display().lower()}."))


def _print_problems(console: Console, problems: Iterable[Told]) -> None:
    shown = list(islice(problems, SHOWN + 1))
    for told in shown[:SHOWN]:
        console.print(Text(replace(told.problem, field=titled(told.problem)).sentence()))
    if len(shown) > SHOWN:
        console.print(Text("and more, which the page of the file lists."))
