"""What a request asks to see of the register: as at which day or for which period, and which indicators."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from throughline.core.periods import UnreadablePeriodError, parse_period
from throughline.ui.formats import day

LONGEST = 60


@dataclass(frozen=True)
class Asked:
    """The day judged on, or the period judged for; problem says what of the two could not be read, by the name of its box."""

    on: date
    period: str = ""
    chosen: bool = False
    problem: tuple[str, str] | None = None

    @property
    def query(self) -> dict[str, str]:
        """What is not the default, to carry in another page's address."""
        if self.period:
            return {"period": self.period}
        return {"on": self.on.isoformat()} if self.chosen else {}

    @property
    def words(self) -> str:
        """The moment as a reader sees it."""
        return f"for {self.period}" if self.period else f"as at {day(self.on)}"


def read_asked(request: HttpRequest) -> Asked:
    """The day or period in the address; what cannot be read is said, and today counts instead."""
    today = timezone.localdate()
    period, typed = (request.GET.get(name, "").strip()[:LONGEST] for name in ("period", "on"))
    if period:
        try:
            parse_period(period)
        except UnreadablePeriodError as error:
            return Asked(today, problem=("period", str(error)))
        return Asked(today, period)
    if not typed:
        return Asked(today)
    try:
        return Asked(date.fromisoformat(typed), chosen=True)
    except ValueError:
        return Asked(today, problem=("on", f"“{typed}” is no day: write it as 2026-03-31"))


@dataclass(frozen=True)
class Narrowed:
    """What narrows the register: words, a judgement in words, a state and a confidence; "" for any, state active unless asked."""

    words: str = ""
    status: str = ""
    state: str = "active"
    confidence: str = ""

    @property
    def query(self) -> dict[str, str]:
        """What is not the default."""
        said = {"q": self.words, "status": self.status, "confidence": self.confidence}
        return {name: value for name, value in said.items() if value} | ({} if self.state == "active" else {"state": self.state})


def read_narrowed(request: HttpRequest) -> Narrowed:
    """The narrowing in the address; anything that is no choice is as if it had not been made."""
    return Narrowed(
        request.GET.get("q", "").strip()[:100], request.GET.get("status", ""), request.GET.get("state", "active"),
        request.GET.get("confidence", ""),
    )
