"""What the room's commands are asked for: an authority of the register and a month."""

from datetime import date

from django.core.management.base import CommandError, CommandParser

from throughline.apps.learners.models import Learner
from throughline.apps.returns.queries import end_of

NOT_UNDERSTOOD = 2


def add_asked(parser: CommandParser) -> None:
    """The month and the authority, as both commands take them."""
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="the month, such as 2026-10")
    parser.add_argument("--area", metavar="CODE", help="the authority's three-digit code; not needed where there is only one")


def asked_month(typed: str) -> date:
    """The last day of the month that was typed. Raises CommandError."""
    try:
        return end_of(typed)
    except ValueError as error:
        raise CommandError(str(error), returncode=NOT_UNDERSTOOD) from error


def asked_area(typed: str | None) -> str:
    """The authority that was typed, or the only one that the register has. Raises CommandError."""
    known = sorted(set(Learner.objects.order_by().values_list("area", flat=True).distinct()))
    if typed in known:
        return str(typed)
    if typed is None and len(known) == 1:
        return known[0]
    listed = f"It holds {', '.join(known)}." if known else "It is empty: bring a file in first with throughline import."
    words = f"The register holds no young people of “{typed}”." if typed else "Say which authority with --area."
    raise CommandError(f"{words} {listed}", returncode=NOT_UNDERSTOOD)
