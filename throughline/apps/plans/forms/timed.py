"""A form in which a time is typed in a plan's own words, and told what it means before it is saved."""

from typing import Any

from throughline.apps.organisations.editing import RecordForm
from throughline.apps.plans.timing import meaning, timed

CHECK = "check"  # the name of the button that asks for the meaning and saves nothing
WHEN_HINT = "As the plan says it, such as “by September 2026”, “termly” or “from autumn term 2026”"


class TimedForm(RecordForm):
    """A form whose time_field holds a time in words."""

    time_field = ""

    def meaning(self) -> str:
        """What the time that was typed means; "" where none was."""
        said = str(self.data.get(self.time_field, "") if self.is_bound else self.initial.get(self.time_field) or "")
        return meaning(timed(said)["when"])

    def checks_only(self) -> bool:
        """Whether the reader asked what the time means, and not to save."""
        return self.is_bound and CHECK in self.data

    def is_valid(self) -> bool:
        """A form that only asks for the meaning is not yet one to save."""
        return super().is_valid() and not self.checks_only()

    @property
    def errors(self) -> Any:
        """Nothing is wrong with a form that only asks."""
        return {} if self.checks_only() else super().errors
