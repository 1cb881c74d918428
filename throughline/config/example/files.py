"""The last month of the demonstration's authority as it goes: files come in, some are accepted, some wait; a few young people are
typed in, not all of it right; the month is closed.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
from django.conf import settings
from django.utils import timezone

from throughline.analytics.participation.worklists import NOT_KNOWN
from throughline.apps.accounts.models import User
from throughline.apps.exchange.actions.bringing import bring_in, set_mapping
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.models import Delivery
from throughline.apps.followup.register import register
from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.codes import invented_authority
from throughline.apps.learners.models import Learner
from throughline.apps.performance.extracts import month_ends
from throughline.apps.performance.figures import counted_once
from throughline.config.example.register import SCHOOL, close

PARTS = 4
FULL_TIME = "230"  # what everybody in a general further education college's extract is doing
DATA_OFFICER = "data_officer"
_TYPED = ("620", FULL_TIME, FULL_TIME)


def make_files(_area: str, advance: Callable[[], None]) -> str:
    """Bring in a college's extract, the colleges' withdrawals, a school's leavers and the survey, accept what colleges say, and
    close the last month. Once.
    """
    area = invented_authority(settings.DEFINITIONS)["area"]
    end = month_ends(timezone.localdate(), 1)[-1]
    folder = settings.VAR / "invented" / "files"
    if Delivery.objects.filter(area=area).exists() or not (college := _college(folder)):
        for _ in range(PARTS):
            advance()
        return "up to date"
    officer = User.objects.get(is_example=True, role=DATA_OFFICER, area=area)
    with counted_once():
        extract, ended = _from_colleges(officer, college, folder, end)
        advance()
        path = next(folder.glob(f"schools/{SCHOOL}_leavers_*"))
        summer = date(int(path.stem.rpartition("_")[2]), 7, 31)
        leavers = _brought(officer, path, summer, establishment=SCHOOL)
        survey = _survey(officer, folder)
        _type_in_haste(officer, area, end)
        advance()
        close(area, end)
        advance()
    advance()
    return (f"a college’s extract accepted, {extract.counts['changed']:,} changed by it, and {ended:,} by what colleges say of "
            f"who left; a school’s leavers and the survey wait, with "
            f"{leavers.counts['unmatched'] + survey.counts['unmatched']:,} rows not matched; {end:%B %Y} closed")


def _from_colleges(officer: User, college: tuple[Path, str], folder: Path, end: date) -> tuple[Delivery, int]:
    """Accept the extract of one college, and what all of them say of those who left; answers the extract, and how many left."""
    path, name = college
    extract = _brought(officer, path, end)
    constants = {"activity": FULL_TIME, "establishment_name": name}
    extract = set_mapping(by=officer, delivery=extract, mapping=extract.mapping, constants=constants,
                          establishment=path.name.partition("_")[0])
    return accept(by=officer, delivery=extract), _withdrawn(officer, folder, end)


def _withdrawn(officer: User, folder: Path, end: date) -> int:
    """Accept what every college says of those who left it this year: when, why and what they meant to do next. Answers how many
    are held otherwise since.
    """
    lists = [_brought(officer, path, end, establishment=path.name.partition("_")[0])
             for path in sorted(folder.glob("colleges/*_withdrawals_*"))]
    return sum(accept(by=officer, delivery=each).counts["changed"] for each in lists)


def _type_in_haste(officer: User, area: str, end: date) -> None:
    """What was typed of three young people just before the month ended, each lacking what a rule of the return asks for: a carer
    who is not marked as one, and two courses of which nobody said when they end.
    """
    lost = sorted((row.person for row in register(area, end).rows.values() if NOT_KNOWN in row.lists and not row.person.traits),
                  key=lambda person: person.number)
    learners = Learner.objects.in_bulk([person.pk for person in lost[-len(_TYPED):]])
    for learner, code in zip(learners.values(), _TYPED, strict=False):
        record_activity(by=officer, learner=learner, code=code, start=end - timedelta(days=24),
                        ascertained=end - timedelta(days=3))


def _college(folder: Path) -> tuple[Path, str] | None:
    """The extract of a general further education college, with its name; None where nothing was invented here."""
    providers = folder.parent / "truth" / "provider.parquet"
    for college in pq.read_table(providers).to_pylist() if providers.exists() else ():
        sent = list(folder.glob(f"colleges/{college['ukprn']}_enrolments_*"))
        if college["kind"] == "further_education" and sent:
            return sent[0], college["name"]
    return None


def _survey(officer: User, folder: Path) -> Delivery:
    """The last activity survey: whoever replied gave a name and a day of birth, so that some are found by nobody."""
    path = next(folder.glob("activity_survey_*"))
    first = date(int(path.stem.rpartition("_")[2]), 11, 1)
    return _brought(officer, path, first, kind=Delivery.Kind.SURVEY)


def _brought(officer: User, path: Path, as_at: date, **words: str) -> Delivery:
    with path.open("rb") as file:
        return bring_in(by=officer, area=officer.area, name=path.name, file=file, as_at=as_at, **words)[0]
