"""Which way is better, and how to say so."""

from enum import StrEnum


class Polarity(StrEnum):
    """The direction in which a measure improves."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    CLOSER_IS_BETTER = "closer_is_better"
    NONE = "none"

    @property
    def sign(self) -> int:
        """+1 when more is better, -1 when less is better, 0 when no order can be made."""
        return {"higher_is_better": 1, "lower_is_better": -1}.get(self.value, 0)

    @property
    def words(self) -> str:
        """The direction as a reader sees it."""
        return {
            "higher_is_better": "higher is better",
            "lower_is_better": "lower is better",
            "closer_is_better": "closer to the target is better",
            "none": "neither high nor low is better",
        }[self.value]

    def judge(self, change: float | None) -> str | None:
        """'better', 'worse' or 'same' for a change in value; None where it cannot be said."""
        if change is None or self.sign == 0:
            return None
        if change == 0:
            return "same"
        return "better" if change * self.sign > 0 else "worse"
