"""How much of a file somebody is shown: of a restricted record a number, and of a protected home nothing, until they open it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from throughline.analytics.intake.addresses import PROTECTED
from throughline.analytics.intake.held import ADDRESS
from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.exchange.models import Row
from throughline.apps.exchange.register import HIDDEN
from throughline.apps.learners.sight import homes_shut_to, shut_to
from throughline.core.problems import Problem

_OPEN_IT = "open the record to see what is held and what the file says"
_HOME = ("address", "postcode", "town", "county", "district")  # what the fields of a home are called in any file


@dataclass(frozen=True)
class Reader:
    """What somebody may be shown; shut and homes_shut hold learners by their number in the database."""

    sensitive: bool
    shut: frozenset[int]
    homes_shut: frozenset[int]

    def is_shut(self, row: Row) -> bool:
        """Whether a row is about somebody whose record is shut to the reader."""
        return row.learner_id in self.shut

    def hides_home(self, row: Row) -> bool:
        """Whether a row is about somebody of whom the reader may not be told where they live."""
        return row.learner_id in self.homes_shut

    def named(self, row: Row) -> str:
        """Whom a row is about, as its file has them; by number where the record is shut."""
        return f"Restricted record {row.learner}" if self.is_shut(row) else row.named

    def change(self, row: Row, change: Mapping[str, Any]) -> dict[str, Any]:
        """A change of a row as the reader may see it."""
        if self.is_shut(row):
            return {**change, "before": change["before"] and HIDDEN, "after": HIDDEN}
        if change["what"] == ADDRESS and self.hides_home(row):
            return {**change, "before": change["before"] and PROTECTED, "after": PROTECTED}
        return dict(change)

    def problem(self, row: Row, problem: Problem) -> Problem:
        """A problem of a row as the reader may see it."""
        if self.is_shut(row):
            return replace(problem, value="", remedy=f"{HIDDEN}; {_OPEN_IT}")
        if self.hides_home(row) and any(word in problem.field.casefold() for word in _HOME):
            return replace(problem, value=PROTECTED, remedy=f"the address is protected; {_OPEN_IT}")
        return problem


def reader_of(user: User | None, area: str) -> Reader:
    """What somebody may be shown of an authority's files; for None, as in a command, nothing that must be opened."""
    sensitive = user is not None and may(user, Permission.SEE_SENSITIVE)
    return Reader(sensitive, frozenset(shut_to(user, area)), frozenset(homes_shut_to(user, area)))
