"""How much of a file somebody is shown: of a restricted record a number, and of a protected home nothing, until they open it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from throughline.analytics.formats.nccis.record import ELEMENTS
from throughline.analytics.intake import entries, records
from throughline.analytics.intake.addresses import PROTECTED
from throughline.analytics.intake.held import ADDRESS, TRAIT
from throughline.analytics.learnerlists.vocabulary import plain_heading
from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.exchange.models import Row
from throughline.apps.exchange.read_by import vocabulary
from throughline.apps.exchange.register import HIDDEN
from throughline.apps.exchange.remedies import without_words
from throughline.apps.learners.codes import guarded_activities, is_sensitive, restricted_traits, sensitive_traits, trait_label
from throughline.apps.learners.return_rules import CHARACTERISTICS
from throughline.apps.learners.sight import homes_shut_to, opened_by, shut_to
from throughline.core.problems import Problem

# In the place of a rule of the return that may tell what is not for everybody.
A_RULE = "a rule of the return"
WHICH_RULE = "open their record to see what the next return would find wrong in it, once this file is accepted"
RESTRICTED_TRAIT, _SENSITIVE_TRAIT = "a restricted characteristic", "a sensitive characteristic"
_SIDES = ("before", "after")  # of a change
_OPEN_IT = "open the record to see what is held and what the file says"
# The fields of where somebody lives, as a list, the return and the register call them.
_HOME = frozenset({ADDRESS, *entries.HOME, *(ELEMENTS[field] for field in records.HOME)})
ONE_ACTIVITY = "one activity for each young person"  # the rule that two rows of one young person break
# What stands in the heading of a column of where somebody lives, however it is written together: AddressLine3, Hometown.
_OF_A_HOME = ("address", "postcode", "town", "county", "district")


@dataclass(frozen=True)
class Reader:
    """What somebody may be shown; shut and homes_shut hold learners by their number in the database, and so does opened those of
    whom they opened what is restricted.
    """

    sensitive: bool
    shut: frozenset[int]
    homes_shut: frozenset[int]
    opened: frozenset[int] = frozenset()

    def is_shut(self, row: Row) -> bool:
        """Whether a row is about somebody whose record is shut to the reader."""
        return row.learner_id in self.shut

    def hides_home(self, row: Row) -> bool:
        """Whether a row is about somebody of whom the reader may not be told where they live."""
        return row.learner_id in self.homes_shut

    def named(self, row: Row) -> str:
        """Whom a row is about, as its file has them; by number where the record is shut."""
        return f"Restricted record {row.learner}" if self.is_shut(row) else row.named

    def guards(self, field: str, heading: str = "") -> bool:
        """Whether what stands in a column of a list is not for the reader, by the trait that it is taken for or is headed with.

        What is restricted is for nobody who reads a file. A column that is taken for a field that no list has any more is of a
        trait that was taken away.
        """
        words, headed = vocabulary(), plain_heading(heading)
        taken = {known for known in (field, words.by_heading.get(headed)) if known}
        sensitive = taken & sensitive_traits() | taken - words.fields.keys()
        return words.is_restricted(heading) or not taken.isdisjoint(restricted_traits()) or bool(sensitive and not self.sensitive)

    def tells_trait(self, row: Row, trait: str) -> bool:
        """Whether anything is told of a trait of whoever a row is about; what is restricted is for those alone who opened it."""
        return trait not in restricted_traits() or row.learner_id in self.opened

    def tells(self, row: Row, problem: Mapping[str, Any]) -> bool:
        """Whether anything is told of a problem as a row keeps it."""
        return problem["field"] != TRAIT or self.tells_trait(row, problem["value"])

    def changes(self, row: Row) -> list[dict[str, Any]]:
        """The changes of a row as the reader may see them, without those of what is restricted to others."""
        told = row.changes if row.learner_id in self.opened else without_restricted(row.changes)
        return [self._change(row, each) for each in told]

    def outcome(self, row: Row) -> str:
        """What comes of a row as the reader is told: nothing where all that would change is restricted to others."""
        return row.outcome if row.learner_id in self.opened else outcome_without_restricted(row)

    def _change(self, row: Row, change: Mapping[str, Any]) -> dict[str, Any]:
        if self.is_shut(row):
            return {**change, "before": change["before"] and HIDDEN, "after": HIDDEN}
        if change["what"] == ADDRESS and self.hides_home(row):
            return {**change, "before": change["before"] and PROTECTED, "after": PROTECTED}
        return dict(change)

    def rule(self, problem: Problem) -> Problem:
        """A rule of the return that a row breaks as the reader may see it. One that looks at characteristics is not named to
        whoever may not see what is sensitive, nor is the code of an activity that is guarded.
        """
        if self.sensitive:
            return problem
        if problem.field == ELEMENTS[CHARACTERISTICS]:
            return replace(problem, field="", value="", rule=A_RULE, remedy=WHICH_RULE)
        guarded = problem.field == ELEMENTS["activity_code"] and problem.value in guarded_activities()
        return replace(problem, value="") if guarded else problem

    def problem(self, row: Row, problem: Problem, field: str) -> Problem:
        """A problem of a row as the reader may see it; field is what it is of, whatever its column is called. A column that is
        called a home's and taken for something else is hidden too.
        """
        if self.is_shut(row):
            return replace(problem, value="", remedy=f"{HIDDEN}; {_OPEN_IT}")
        if self.hides_home(row) and (field in _HOME or vocabulary().speaks_of(problem.field, entries.HOME, _OF_A_HOME)):
            return replace(problem, value=PROTECTED, remedy=f"the address is protected; {_OPEN_IT}")
        if field == TRAIT:
            return replace(problem, value=told_trait(problem.value, row.delivery.as_at, self.sensitive))
        # What is of no column and no trait has fields of its own, such as those of a return.
        is_taken = field in {*row.delivery.mapping.values(), *sensitive_traits(), *restricted_traits()}
        if self.guards(field if is_taken else "", problem.field):
            return replace(problem, field=TRAIT, value="", remedy=without_words(problem.remedy))
        return problem


def without_restricted(changes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Changes as a row keeps them, without those of restricted traits, whether these were restricted when it was compared or are
    since.
    """
    return [each for each in changes if each["what"] != TRAIT or not any(_is_restricted(each[side]) for side in _SIDES)]


def outcome_without_restricted(row: Row) -> str:
    """What comes of a row where the changes of restricted traits are left aside."""
    nothing = row.outcome == Row.Outcome.CHANGED and not without_restricted(row.changes)
    return Row.Outcome.SAME if nothing else row.outcome


def may_leave_out(row: Row) -> bool:
    """Whether a row may be left out: it waits, and would add or change somebody as everybody is told, or says otherwise of them
    than another row. That it is left out is told to everybody too, so that whoever opened the record may leave out no more than
    others.
    """
    adds_or_changes = outcome_without_restricted(row) in (Row.Outcome.NEW, Row.Outcome.CHANGED)
    says_otherwise = any(problem["rule"] == ONE_ACTIVITY for problem in row.problems)
    return row.delivery.waits and (adds_or_changes or says_otherwise) and not row.left_out


def _is_restricted(said: str) -> bool:
    return said == RESTRICTED_TRAIT or said.partition(" ")[0] in restricted_traits()


def told_trait(trait: str, day: date, sees_sensitive: bool) -> str:
    """What is said of a trait where a file is shown: what it is called on a day, or that it is none for its reader."""
    if trait in restricted_traits():
        return RESTRICTED_TRAIT
    return _SENSITIVE_TRAIT if not sees_sensitive and is_sensitive(trait) else trait_label(trait, day)


def reader_of(user: User | None, area: str) -> Reader:
    """What somebody may be shown of an authority's files; for None, as in a command, nothing that must be opened."""
    sensitive = user is not None and may(user, Permission.SEE_SENSITIVE)
    shut, homes = frozenset(shut_to(user, area)), frozenset(homes_shut_to(user, area))
    return Reader(sensitive, shut, homes, frozenset(opened_by(user)))
