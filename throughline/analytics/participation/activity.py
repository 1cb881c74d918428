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
    def confirmed(self) -> date:
        """The last day on which we were assured of it."""
        return self.verified or self.ascertained or self.start
