"""One activity of a young person: what they did from a day on, and when we were told and last assured of it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity as the return carries it. Days are None where nobody has said.

    start is the first day of it; it goes on until the next activity starts. ascertained is when it was first
    recorded, verified when it was last confirmed, review when it is to be looked at again, predicted_end when the
    programme is to end, neet_start the first day of the spell of being NEET that it goes on with, where whoever told us of
    the activity said so.
    """

    code: str
    start: date
    ascertained: date | None = None
    verified: date | None = None
    review: date | None = None
    predicted_end: date | None = None
    neet_start: date | None = None

    @property
    def confirmed(self) -> date | None:
        """The day on which somebody last confirmed it, or else first told us of it; None where nobody did, as of a start that
        was only planned.
        """
        return self.verified or self.ascertained

    @property
    def assured(self) -> date:
        """The day from which it is current: that on which it was confirmed, or its start where nobody did."""
        return self.confirmed or self.start
