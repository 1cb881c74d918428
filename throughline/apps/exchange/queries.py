"""Questions about deliveries to the database; what belongs to another authority is never found."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from throughline.analytics.formats.nccis.checking import with_others
from throughline.analytics.formats.nccis.edition import WHO_IN_WORDS, Who
from throughline.analytics.learnerlists.entries import A_KNOWN_ACTIVITY
from throughline.analytics.learnerlists.taught import LONGEST, spelt
from throughline.apps.exchange.headline_of_file import Move, move_of
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.readers import A_RULE, WHICH_RULE, Reader
from throughline.apps.exchange.remedies import remedy_of
from throughline.apps.exchange.withheld import Withheld, rows_told
from throughline.apps.exchange.words import asked, word_field
from throughline.apps.learners.models import Learner
from throughline.apps.learners.places import school_names
from throughline.apps.learners.queries import listed, seen_by
from throughline.apps.learners.return_rules import rules_of_characteristics
from throughline.apps.learners.sight import RESTRICTED
from throughline.core.problems import Problem

WAITING_ROWS = (Delivery.State.PREVIEWED, Delivery.State.ACCEPTED)
NAMED = 20  # people named of whom there may be any number
SAMPLE = 10  # rows of an outcome shown before all of them are asked for


def deliveries_of(user: Any) -> QuerySet[Delivery]:
    """The deliveries of the authority a person works for, newest first, without the files themselves."""
    found = Delivery.objects.filter(area=user.area or "none").defer("passed_over")
    return found.select_related("by", "settled_by")


def delivery_or_404(user: Any, pk: int) -> Delivery:
    """One delivery of the person's own authority."""
    found = Delivery.objects.filter(pk=pk, area=user.area or "none").select_related("by", "settled_by").first()
    if found is None:
        raise Http404("There is no such file in your authority.")
    return found


def sent_by(user: Any) -> QuerySet[Delivery]:
    """The lists that a person sent themselves to the authority they work with, newest first."""
    return Delivery.objects.filter(area=user.area or "none", by=user).defer("passed_over")


def sent_or_404(user: Any, pk: int) -> Delivery:
    """One list that the person sent themselves."""
    found = Delivery.objects.filter(pk=pk, area=user.area or "none", by=user).first()
    if found is None:
        raise Http404("You have sent no such list.")
    return found


def row_or_404(user: Any, pk: int) -> Row:
    """One row of a delivery of the person's own authority."""
    found = Row.objects.filter(pk=pk, delivery__area=user.area or "none").select_related("delivery", "learner").first()
    if found is None:
        raise Http404("There is no such row in your authority.")
    return found


def waiting_of(area: str) -> dict[str, int]:
    """How many files of an authority wait to be looked over, and how many rows of them for somebody to say who they are."""
    files = Delivery.objects.filter(area=area, state=Delivery.State.PREVIEWED)
    return {"waiting": files.count(), "unmatched": _unmatched(area).count()}


def some_of(user: Any, keys: Collection[int]) -> tuple[list[Learner], int]:
    """Some of these learners whom a person may see, with what they are called at hand, and how many more of them there are."""
    found = listed(seen_by(user).filter(pk__in=sorted(keys)[:NAMED]))
    return (some := list(found)), len(keys) - len(some)


def unmatched_rows(user: Any) -> QuerySet[Row]:
    """The rows of a person's authority that wait for somebody to say whom they are about, the newest file first."""
    return _unmatched(user.area or "none")


def _unmatched(area: str) -> QuerySet[Row]:
    waiting = Row.objects.filter(delivery__area=area, delivery__state__in=WAITING_ROWS)
    found = waiting.filter(outcome=Row.Outcome.UNMATCHED, settled=Row.Settled.NOT)
    return found.select_related("delivery").order_by("-delivery__at", "line", "id")


def unread_rows(delivery: Delivery) -> QuerySet[Row]:
    """The rows of a delivery of which nothing could be used."""
    return delivery.rows.filter(outcome=Row.Outcome.UNREADABLE)


def rows_with_problems(delivery: Delivery) -> QuerySet[Row]:
    """The rows of a delivery that have problems, in the order of the file."""
    return delivery.rows.exclude(problems=[]).order_by("line", "id")


def rows_among(delivery: Delivery, keys: Collection[int | None]) -> QuerySet[Row]:
    """Some rows of a delivery, by their numbers in the database, with whom they are about."""
    return delivery.rows.filter(pk__in=keys).select_related("learner", "delivery")


def rows_come_otherwise(delivery: Delivery) -> QuerySet[Row]:
    """The rows of a delivery that waits that differ from what was shown before, since the register or its rules changed."""
    found = delivery.rows.filter(came_otherwise=True).select_related("learner", "delivery")
    return found if delivery.waits else found.none()


class Unknown(NamedTuple):
    """How many words of activities a list has that nobody has said the meaning of, in how many rows they stand, and the field in
    which the one that stands in the most can be given one; empty where all are too long for that.
    """

    words: int
    rows: int
    field: str


def words_unknown(delivery: Delivery) -> Unknown:
    """What of a list's column of activities is not understood; nothing of a return, whose codes are the department's."""
    rows = () if delivery.is_return else rows_with_problems(delivery).only("problems").iterator()
    cells = Counter(each["value"] for row in rows for each in row.problems if each["rule"] == A_KNOWN_ACTIVITY)
    found = Counter(map(spelt, cells.elements()))
    offered = {spelt(cell) for cell in cells if len(cell) <= LONGEST}
    most = min(offered, key=lambda word: (-found[word], word), default="")
    return Unknown(len(found), found.total(), word_field(most) if most else "")


def lines_shut(delivery: Delivery, reader: Reader) -> frozenset[int]:
    """The lines of the rows about those whose records or homes are shut to the reader."""
    about = delivery.rows.filter(learner__in=reader.shut | reader.homes_shut)
    return frozenset(about.values_list("line", flat=True))


class Told(NamedTuple):
    """A problem of a file, and the row that has it, by its number in the database; None for one of the file itself."""

    row: int | None
    problem: Problem


def problems_of(delivery: Delivery, reader: Reader) -> Iterator[Told]:
    """Every problem of a delivery as file, line, field, value, rule and remedy: of the file first, then row by row, each as
    its reader may see it.
    """
    yield from (Told(None, problem) for problem in _passed_over(delivery))
    shut = _shut_places(delivery, reader)
    for row in rows_with_problems(delivery).only("line", "problems", "learner_id").iterator():
        for each in filter(partial(reader.tells, row), row.problems):
            yield Told(row.pk, _as_read(delivery, row, each, reader, shut))


def _shut_places(delivery: Delivery, reader: Reader) -> frozenset[int]:
    """The places in a file of the rows about those whose records are shut to its reader."""
    restricted = delivery.rows.filter(learner__restricted=True).values_list("place", "learner_id")
    return frozenset(place for place, learner in restricted if learner in reader.shut)


def _as_read(delivery: Delivery, row: Row, each: Mapping[str, Any], reader: Reader,
             shut: Collection[int] | None = None) -> Problem:
    """A problem of a row as its reader may see it; with the records that it clashes with where the shut ones are given."""
    problem = asked(_as_problem(delivery, row, each), each, delivery.as_at, reader.sensitive)
    if shut is not None:
        problem = _with_others(problem, each, shut)
    return reader.problem(row, reader.rule(problem) if each.get("who") else problem, each["field"])


def _with_others(problem: Problem, each: Mapping[str, Any], shut: Collection[int]) -> Problem:
    """A problem with the records that its own clashes with, those that are shut without their numbers."""
    others = [RESTRICTED if place in shut else identifier for identifier, place in each.get("others", ())]
    return replace(problem, remedy=with_others(problem.remedy, others)) if others else problem


def problems_of_reading(delivery: Delivery) -> Iterator[Problem]:
    """The problems that a file has by itself, for whoever sent it. What comes of comparing it tells what the register holds, and
    is left out.
    """
    yield from _passed_over(delivery)
    for row in rows_with_problems(delivery).only("line", "problems").iterator():
        for each in row.problems:
            if each["when"] == "read":
                yield _as_problem(delivery, row, each, to_sender=True)


def left_of(delivery: Delivery, row: Row, reader: Reader) -> list[Problem]:
    """What a row was left with for somebody to look at, as its reader may see it; of a return that something comes of without the
    rules that it breaks, of which there may be many to a row.
    """
    rules_too = not delivery.is_return or reader.outcome(row) not in (Row.Outcome.NEW, Row.Outcome.CHANGED)
    told = (each for each in row.problems if reader.tells(row, each))
    return [_as_read(delivery, row, each, reader) for each in told if rules_too or not each.get("who")]


class Unread(NamedTuple):
    """Something that a row says of which nothing was made: the field that it is of, how it is written, and whether it was
    understood though it could not be used.
    """

    field: str
    value: str
    understood: bool


def unread_of(delivery: Delivery, row: Row, reader: Reader) -> list[Unread]:
    """What a row says that nothing was made of in reading it, rules of the return aside, as its reader may see it."""
    read = [each for each in row.problems if each["when"] == "read" and not each.get("who") and each["value"]]
    told = ((each, _as_read(delivery, row, each, reader).value) for each in read)
    return [Unread(each["field"], value, "column" not in each) for each, value in told if value]


def _passed_over(delivery: Delivery) -> Iterator[Problem]:
    for line, why in delivery.passed_over:
        rule = "a row about somebody" if line or delivery.is_return else "the same headings on every sheet"
        yield _placed(delivery, line, "", "", rule, why)


def _placed(delivery: Delivery, line: int | None, *said: str) -> Problem:
    """A problem of a line of a file, on the sheet that it is on."""
    sheet, own = ("", None) if line is None else delivery.place_of(line)
    return Problem(delivery.name, own, *said, sheet=sheet)


def _as_problem(delivery: Delivery, row: Row, each: Mapping[str, Any], to_sender: bool = False) -> Problem:
    rule, remedy = _numbered(each["rule"], each), remedy_of(delivery, each, to_sender)
    field = delivery.called(each["column"]) if "column" in each else each["field"]
    return _placed(delivery, row.line, field, each["value"], rule, remedy)


def _numbered(rule: str, each: Mapping[str, Any]) -> str:
    """A rule with its priority, where it is kept; files that came before it was have none."""
    return f"{rule}, priority {each['priority']}" if each.get("priority") else rule


class Broken(NamedTuple):
    """Rules of the return that records of a file break and somebody can put right: (rule, what is wrong, how many), the most
    first; and how far NEET or not known of its records could move.
    """

    by: str
    rules: list[tuple[str, str, int]]
    move: Move


def who_can_put_right(delivery: Delivery, reader: Reader) -> list[Broken]:
    """Rules of the return that are broken, by who can put them right.

    They are told in the rules' own words, which name nobody; a record is counted whoever it is about. Rules that look at
    characteristics are counted and not named to whoever may not see what is sensitive: a file may be of one person.
    """
    told: dict[str, list[tuple[str, str, int]]] = {}
    unnamed = frozenset() if reader.sensitive else rules_of_characteristics()
    for each in delivery.broken:
        named = (A_RULE, WHICH_RULE.capitalize()) if each["rule"] in unnamed else (
            _numbered(f"rule {each['rule']}", each), each["words"])
        told.setdefault(each["who"], []).append((*named, each["many"]))
    return [Broken(WHO_IN_WORDS[Who(who)], rules, move_of(delivery.could_fall, who)) for who, rules in sorted(told.items())]


def left_out_by(delivery: Delivery) -> list[tuple[str, int]]:
    """How many rows of a delivery were left out by hand, by whom; somebody who has no account any more without a name."""
    found = delivery.rows.filter(left_out=True).values_list("left_out_by__full_name").annotate(many=Count("id"))
    return [(name or "somebody who has left", many) for name, many in found.order_by("-many", "left_out_by__full_name")]


def sender_of(delivery: Delivery) -> str:
    """What the place is called whose list it is: as the directory has its number, otherwise as its sender's account does."""
    number = delivery.establishment or delivery.constants.get("ukprn", "")
    return school_names([number]).get(number, delivery.constants.get("establishment_name", "") or number)


class Sample(NamedTuple):
    """Some rows of an outcome, and how many there are. to_look_at says that nothing comes of them but something to look at."""

    outcome: Row.Outcome
    many: int
    rows: list[Row]
    to_look_at: bool = False


def samples(delivery: Delivery, counts: Mapping[str, int], withheld: Withheld) -> list[Sample]:
    """Some rows of each outcome that a reader is told of, those that say most first; apart those of which nothing comes, though
    something of them was not read or left.
    """
    order = (Row.Outcome.UNMATCHED, Row.Outcome.UNREADABLE, Row.Outcome.CHANGED, Row.Outcome.NEW, Row.Outcome.SET_ASIDE,
             Row.Outcome.SAME)
    nothing = Q(problems=[]) | Q(pk__in=withheld.quiet)
    found, looked = [], rows_told(delivery, Row.Outcome.SAME, withheld).exclude(nothing)
    for outcome in order:
        if not (many := counts.get(outcome, 0)):
            continue
        rows, to_look_at = rows_told(delivery, outcome, withheld), looked.count() if outcome == Row.Outcome.SAME else 0
        if to_look_at:
            found.append(Sample(outcome, to_look_at, list(looked[:SAMPLE]), to_look_at=True))
            rows = rows.filter(nothing)
        if many > to_look_at:
            found.append(Sample(outcome, many - to_look_at, list(rows[:SAMPLE])))
    return found
