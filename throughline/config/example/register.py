"""The invented authority of the demonstration: its young people, and its last months as they were closed."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.utils import timezone

from throughline.analytics.synthetic.whole import synthesise
from throughline.apps.learners.codes import invented_authority
from throughline.apps.learners.demonstration import fill_from
from throughline.apps.learners.models import Learner
from throughline.apps.performance.extracts import month_ends
from throughline.apps.performance.figures import rebuild_after_change
from throughline.apps.returns.actions.closing import close_month
from throughline.apps.returns.queries import latest

SIZE = 3_000  # enough for every page to have somebody on it, and made in seconds; throughline synthesise makes more
MONTHS = 3
REGISTER_PARTS = 1 + MONTHS
SCHOOL = "8994000"  # whose user signs in to see its own young people


def make_register(_area: str, advance: Callable[[], None]) -> str:
    """Fill the register of the invented authority from its truth, and close its last months but one: files come in first."""
    area = invented_authority(settings.DEFINITIONS)["area"]
    ends = month_ends(timezone.localdate(), MONTHS)
    folder = settings.VAR / "invented"
    if held := Learner.objects.filter(area=area).count():
        for _ in range(REGISTER_PARTS):
            advance()
        return f"up to date: {held:,} young people of {area}"
    synthesise(settings.DEFINITIONS, folder, size=SIZE, areas=(area,), until=ends[-1], replace=True)
    advance()
    made = fill_from(folder / "truth", area=area)
    rebuild_after_change()  # a return names places as the directory does, which is built from what was invented
    advance()
    for end in ends[:-1]:
        close(area, end)
        advance()
    return f"{made:,} invented young people of {area}, {MONTHS - 1} months closed before the last"


def close(area: str, end: date) -> None:
    """Close a month, unless it is closed."""
    if latest(area, end) is None:
        close_month(by=None, area=area, month_end=end)
