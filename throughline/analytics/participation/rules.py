"""Everything dated that figures of participation follow, read once: code lists, currency, whom an authority tracks and so on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from throughline.analytics.participation.adjustment import Adjustment, load_adjustment
from throughline.analytics.participation.codesets import CodeSet, load_codesets
from throughline.analytics.participation.cohort import Cohort, load_cohort
from throughline.analytics.participation.currency import Currency, load_currency


@dataclass(frozen=True)
class Rules:
    """The lists by name, how long activities stay current, the ages that are tracked, and how NEET once was adjusted."""

    lists: Mapping[str, CodeSet]
    currency: Currency
    cohort: Cohort
    adjustment: Adjustment

    @property
    def activities(self) -> CodeSet:
        """The list activity."""
        return self.lists["activity"]

    @cached_property
    def characteristics(self) -> tuple[str, ...]:
        """The codes of the list characteristic, in the order of their flags."""
        return tuple(sorted(self.lists["characteristic"].by_code))

    def vulnerable(self, on: date) -> tuple[str, ...]:
        """The characteristics that make somebody one of a vulnerable group on a day."""
        return tuple(sorted(vulnerable(self.lists["characteristic"], on)))

    def of_young_mothers(self, on: date) -> tuple[str, ...]:
        """The characteristics that make a young woman a young mother on a day: none that is gone by then."""
        held = self.lists["characteristic"]
        return tuple(sorted(held.usable(on) & held.where(on, "young_mother", "yes")))

    @property
    def ever_of_young_mothers(self) -> frozenset[str]:
        """The characteristics that on any day make a young woman a young mother."""
        return self.lists["characteristic"].ever("young_mother", "yes")


def vulnerable(characteristics: CodeSet, on: date) -> frozenset[str]:
    """The codes of the list characteristic that make somebody one of a vulnerable group on a day: none that is gone by then."""
    return characteristics.usable(on) & characteristics.where(on, "vulnerable", "yes")


def load_rules(definitions: Path) -> Rules:
    """All of them. Raises RefusedFileError, saying what is wrong and what would be right."""
    return Rules(load_codesets(definitions), load_currency(definitions), load_cohort(definitions), load_adjustment(definitions))
