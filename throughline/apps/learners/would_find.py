"""What the return would find of one learner today: the numbered rules run on their record as it would be written now.

The rules and the record are those of the return itself; this says only whom they are asked of, and where in the register
what they find is put right.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from throughline.analytics.formats.nccis.across import SHARED_LEARNER_NUMBER, SHARED_NAME, Across
from throughline.analytics.formats.nccis.check import errors_between
from throughline.analytics.formats.nccis.checking import Context, Error, check_record
from throughline.analytics.formats.nccis.edition import WHO_IN_WORDS, Rule
from throughline.analytics.formats.nccis.predicates import OF_VALUE
from throughline.analytics.formats.nccis.record import Record
from throughline.apps.learners.identified import Identified
from throughline.apps.learners.models import Identifier, Learner, Name
from throughline.apps.learners.return_rules import context
from throughline.apps.learners.returned import records
from throughline.core.periods import month_end

PRESSING = 1  # the priority of rules that a typed value is refused by
# Fields of a record by the page on which an officer says them, with the words of the way there.
PAGES = {
    "rename": ("Change the name", ("given_name", "middle_name", "family_name")),
    "details": ("Change details", ("dob", "gender", "ethnicity", "lea_at_year_11", "intended_destination")),
    "move": ("Say where they live now", ("address_line_1", "address_line_2", "address_line_3", "address_line_4", "town", "county",
                                         "postcode")),
    "add_identifier": ("Add a number", ("unique_learner_no", "unique_pupil_number", "previous_id")),
    "need": ("Set the level of need", ("level_of_need",)),
    "add_trait": ("Add a characteristic", ("characteristics", "send_flag", "sen_support_flag")),
    "guarantee": ("Set the September Guarantee", ("guarantee_indicator", "year_11_status", "year_11_lea", "year_12_status",
                                                  "year_12_lea")),
    "leave": ("Leaving the cohort", ("cohort_status", "transferred_to")),
}
_OF_ACTIVITY = ("activity_code", "start_date", "date_ascertained", "date_verified", "review_date", "due_to_lapse_date",
                "currency_lapsed", "establishment_number", "educated_lea", "establishment_name", "provider", "neet_start_date",
                "predicted_end_date", "")
_ACTIVITY = "activity_code"
_PAGE_OF = {field: page for page, (_, fields) in PAGES.items() for field in fields}
# Tests of one value that fail for want of it, or for a day that next month's return takes: none of them says it is wrong.
_NOT_WRONG = {"empty", "empty_or_no_day", "after_period", "not_of_this_file", "other_database"}
_CONTRADICT = {"later", "same"}  # tests of two fields that cannot both be right
# Rules that may have found one person twice, which the name or number they are of does not put right.
_OF_ONE_TWICE = {SHARED_NAME, SHARED_LEARNER_NUMBER}
# Rules of a characteristic that is held and should not be, which adding another does not put right.
_OF_ONE_TOO_MANY = {"characteristic_of_gender", "unknown_characteristic"}
_OURS = "lead_lea"  # the authority itself, of which there is no doubt


@dataclass(frozen=True)
class Finding:
    """One rule that a learner's record fails, who can put it right, and where; link and words are empty for none here."""

    number: int
    priority: int
    message: str
    who: str
    link: str
    words: str

    @property
    def is_warning(self) -> bool:
        """Whether it is told only, and does not count as an error."""
        return self.priority > 2


def returned_next() -> date:
    """The last day of the month whose return is written next."""
    return month_end(timezone.localdate())


def errors_of(learner: Learner) -> list[Error] | None:
    """What the rules find in a learner's record, the most pressing first; None where the month's return has no record of them."""
    end = returned_next()
    asked = [learner.pk, *_alike(learner)]
    named = Identified(learner.area, only=asked)
    found = {record.young_persons_id: record for record in records(learner.area, end, only=asked, identified=named)}
    own = found.get(named.identifier(learner))
    if own is None:
        return None
    rules = context(learner.area, end)
    errors = [*check_record(own, rules), *_between(own, found.values(), rules)]
    return sorted(errors, key=lambda error: (error.rule.priority, error.rule.number))


def _alike(learner: Learner) -> set[int]:
    """Others who share what the rules between records compare: a ULN, or a day of birth with a name."""
    ulns = learner.identifiers.known().filter(scheme=Identifier.Scheme.ULN).values("value")
    held = Identifier.objects.known().filter(scheme=Identifier.Scheme.ULN, learner__area=learner.area, value__in=ulns)
    names = learner.names.known().filter(kind=Name.Kind.LEGAL).values("family")
    named = Name.objects.known().filter(learner__area=learner.area, learner__born=learner.born, family__in=names)
    return {key for several in (held, named) for key in several.values_list("learner_id", flat=True)} - {learner.pk}


def _between(own: Record, everybody: Collection[Record], rules: Context) -> list[Error]:
    across = Across()
    for record in everybody:
        across.add(record)
    return [error for error in errors_between(across, rules) if error.learner == own.young_persons_id]


def findings_of(learner: Learner) -> list[Finding] | None:
    """What the return would find of a learner, as their page shows it; None where it has no record of them."""
    errors = errors_of(learner)
    return None if errors is None else [_finding(error, learner) for error in said_once(errors)]


def said_once(errors: Collection[Error]) -> list[Error]:
    """What is found without whatever else an activity lacks, where there is no activity at all: recording one mends it all."""
    if not any(error.rule.field == _ACTIVITY and error.rule.predicate == "empty" for error in errors):
        return list(errors)
    return [error for error in errors if error.rule.field == _ACTIVITY or error.rule.field not in _OF_ACTIVITY]


def _finding(error: Error, learner: Learner) -> Finding:
    twice = error.rule.predicate in _OF_ONE_TWICE
    if error.rule.predicate in _OF_ONE_TOO_MANY:
        link, words = f"{reverse('learners:learner', args=[learner.pk])}#holds", "End the characteristic"
    else:
        link, words = _where("cohort_status" if twice else error.rule.field, learner)
    return Finding(error.rule.number, error.rule.priority, error.message, WHO_IN_WORDS[error.rule.who], link, words)


def _where(field: str, learner: Learner) -> tuple[str, str]:
    """Where a field of the record is put right: the page's address, and what leads there."""
    if page := _PAGE_OF.get(field):
        return reverse(f"learners:{page}", args=[learner.pk]), PAGES[page][0]
    if field not in _OF_ACTIVITY:
        return "", ""
    now = learner.activities.known().filter(start__lte=returned_next()).order_by("start").last()
    if now is None:
        return reverse("learners:add_activity", args=[learner.pk]), "Record an activity"
    return reverse("learners:correct_activity", args=[learner.pk, now.pk]), "Correct the activity"


def brought_by(before: Collection[Error], after: Collection[Error]) -> list[Error]:
    """What is found now and was not before a change."""
    known = {error.rule.number for error in before}
    return [error for error in after if error.rule.number not in known]


def cannot_be(rule: Rule, typed: Collection[str]) -> str:
    """The field for which a rule shows that what was typed cannot be right, whatever else is true; empty for none.

    typed are the fields of a record that were asked together. A rule that wants something more than was typed shows no such
    thing, and neither does one whose other field is another page's: a true thing can always be recorded.
    """
    if rule.priority > PRESSING or rule.field not in typed:
        return ""
    if rule.predicate in OF_VALUE:
        return "" if rule.predicate in _NOT_WRONG else rule.field
    if rule.predicate in _CONTRADICT and all(field in typed or field == _OURS for field in rule.given["fields"]):
        return rule.field
    return ""
