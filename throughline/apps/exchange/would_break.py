"""The numbered rules of the return run on a list or the survey: on the record of everybody whom it would add or change.

A list is no return. What the rules are asked of is the record that the next return would have of somebody once the list is
accepted, as data entry asks of one that is typed; what they found before the list is not the list's, and is not told with it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from throughline.analytics.formats.nccis.across import Across
from throughline.analytics.formats.nccis.check import errors_between
from throughline.analytics.formats.nccis.checking import Error, check_record
from throughline.analytics.formats.nccis.edition import WARNING
from throughline.analytics.formats.nccis.record import Record
from throughline.analytics.intake.held import ACTIVITY, IDENTIFIER, NAME, Held, Note
from throughline.analytics.intake.records import printed_by
from throughline.analytics.participation.activity import Activity as Counted
from throughline.analytics.participation.standing import Standing
from throughline.analytics.participation.swing import Swing
from throughline.apps.exchange.comparing import Compared, Comparison
from throughline.apps.exchange.headline_of_file import Headline, could_move
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.readers import A_RULE, WHICH_RULE
from throughline.apps.exchange.register import held_of
from throughline.apps.exchange.would_be import records_as_held
from throughline.apps.learners.codes import cohort
from throughline.apps.learners.models import Identifier, Name
from throughline.apps.learners.return_rules import CHARACTERISTICS, context
from throughline.apps.learners.would_find import brought_by, returned_next, said_once

Ruling = tuple[int, int, str, str]  # a rule's number and priority, who can put it right, and its words
_TAKEN = (Row.Outcome.NEW, Row.Outcome.CHANGED, Row.Outcome.SAME)
_AT_ONCE = 400  # values of one question
# Which rule somebody's record breaks may tell what is held of them.
_OF_RESTRICTED = Note("", "", A_RULE, WHICH_RULE)
_DAYS = ("start", "ascertained", "verified", "review", "predicted_end", "neet_start")


def note_of(error: Error, others: tuple[tuple[str, int], ...] = ()) -> Note:
    """A rule that a record of a file breaks, as its row keeps it; others are the records of the file that it clashes with. Which
    characteristics somebody has is never kept with it: some of them are for those alone who open the record.
    """
    rule = error.rule
    value = "" if rule.field == CHARACTERISTICS else error.value
    return Note(rule.element, value, f"rule {rule.number}", error.message, rule.who, others, rule.number, rule.priority)


def _beside(row: Compared, error: Error) -> Note:
    """A rule that a list's row brings about, with the value that the row says: none that is only held."""
    says = row.said is not None and error.value == printed_by(row.said, error.rule.field)
    return note_of(error if says else error._replace(value=""))


def with_rules(area: str, comparisons: Iterable[Comparison]) -> Iterator[Comparison]:
    """The comparisons of a list of an authority as they came, each row with what the rules would find since it."""
    would = _WouldBreak(area)
    for comparison in comparisons:
        would.tell(comparison)
        yield comparison


def weigh(delivery: Delivery) -> None:
    """Count anew which rules the rows of a list break, and how far the headline could fall and rise; nothing of a return,
    which counts its own records while it is read. The delivery is left to be saved.
    """
    if delivery.is_return:
        return
    broken, swing = Counter[Ruling](), Swing(cohort())
    for problems, counts_as in delivery.rows.exclude(problems=[]).values_list("problems", "counts_as").iterator():
        rules = [each for each in problems if each.get("number")]
        broken.update((each["number"], each["priority"], each["who"], each["remedy"]) for each in rules)
        swing.person([(each["who"], each["field"], each["priority"] >= WARNING) for each in rules], counts_as)
    among = delivery.rows.exclude(counts_as="").count()
    delivery.broken = broken_of(broken)
    delivery.could_fall = could_move(swing, among)


def broken_of(broken: Counter[Ruling]) -> list[dict[str, object]]:
    """Rules that are broken as a delivery keeps them, the most first, of how many records break each."""
    return [{"rule": rule, "priority": priority, "who": who, "words": words, "many": many}
            for (rule, priority, who, words), many in broken.most_common()]


class _WouldBreak:
    """Runs the rules on some rows after others. What those before gave somebody a number or a name is compared with them too."""

    def __init__(self, area: str) -> None:
        self._area, self._end = area, returned_next()
        self._rules, self._headline = context(area, self._end), Headline(self._end)
        self._met: dict[int, Record] = {}  # those whom earlier rows numbered or named otherwise

    def tell(self, comparison: Comparison) -> None:
        """Fill in what everybody's record breaks, and what they would count as, beside the last row that changes them."""
        last: dict[int, Compared] = {}
        for row in comparison.rows:
            if row.key is not None and row.outcome in _TAKEN and (row.changes or row.key not in last):
                last[row.key] = row
        after = records_as_held(self._area, self._end, comparison.after)
        changed = {key for key, held in comparison.before.items() if key < 0 or held != comparison.after[key]} & after.keys()
        anew = {key for key in changed if _known_by(comparison.before[key]) != _known_by(comparison.after[key])}
        found = self._errors(changed, after)
        asked = {key: comparison.before[key] for key in changed if key > 0 and (key in anew or found[key])}
        before = records_as_held(self._area, self._end, asked)
        known = self._errors(before, before)
        if anew:
            self._between(anew, before, after, known, found)
        for key, row in last.items():
            if key in after:
                self._fill(row, comparison.after[key], after[key], brought_by(known[key], found[key]))

    def _fill(self, row: Compared, held: Held, record: Record, brought: Collection[Error]) -> None:
        told = sorted(said_once(brought), key=lambda error: (error.rule.priority, error.rule.number))
        row.notes += [_OF_RESTRICTED] if held.restricted and told else [_beside(row, error) for error in told]
        standing = self._headline.standing(held.details["born"], record.cohort_status, _activities(held))
        if standing not in (None, Standing.EXCLUDED):
            row.counts_as = standing if standing in Row.CountsAs.values else Row.CountsAs.KNOWN

    def _errors(self, keys: Iterable[int], records: Mapping[int, Record]) -> defaultdict[int, list[Error]]:
        """What records fail by themselves, by whose they are."""
        return defaultdict(list, {key: check_record(records[key], self._rules) for key in keys})

    def _between(self, anew: Collection[int], before: Mapping[int, Record], after: Mapping[int, Record],
                 known: Mapping[int, list[Error]], found: Mapping[int, list[Error]]) -> None:
        """Add what those who are numbered or named anew fail beside others: of the list, and of the register."""
        others = self._alike([each[key] for key in anew for each in (before, after) if key in each])
        for records, errors in ((before, known), (after, found)):
            for key, error in self._clashing({**others, **self._met, **records}):
                if key in anew:
                    errors[key].append(error)
        self._met |= {key: after[key] for key in anew}

    def _clashing(self, everybody: Mapping[int, Record]) -> Iterator[tuple[int, Error]]:
        across, keys = Across(), list(everybody)
        for record in everybody.values():
            across.add(record)
        for error in errors_between(across, self._rules):
            yield keys[error.place - 1], error

    def _alike(self, records: Collection[Record]) -> dict[int, Record]:
        """The records of those in the register who may share a number, or a name and day of birth, with some."""
        keys: set[int] = set()
        numbers = Identifier.objects.known().filter(learner__area=self._area, scheme=Identifier.Scheme.ULN)
        names = Name.objects.known().filter(learner__area=self._area, kind=Name.Kind.LEGAL)
        for some in _parted({record.unique_learner_no for record in records} - {""}):
            keys.update(numbers.filter(value__in=some).values_list("learner", flat=True))
        for some in _parted({(record.family_name, record.dob) for record in records if record.family_name and record.dob}):
            families, births = zip(*some, strict=True)
            keys.update(names.filter(family__in=families, learner__born__in=births).values_list("learner", flat=True))
        return records_as_held(self._area, self._end, held_of(self._area, keys))


def _known_by(held: Held) -> tuple[Any, ...]:
    """What decides what the rules between records compare."""
    return held.details["born"], held.of(NAME), held.of(IDENTIFIER)


def _parted(values: Collection[Any]) -> Iterator[list[Any]]:
    everything = list(values)
    return (everything[first:first + _AT_ONCE] for first in range(0, len(everything), _AT_ONCE))


def _activities(held: Held) -> list[Counted]:
    return [Counted(one.values["code"], *(one.values.get(name) for name in _DAYS)) for one in held.of(ACTIVITY)]
