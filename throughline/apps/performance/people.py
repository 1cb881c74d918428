"""Whom a figure of the register counts: who of them may be listed to a reader, and how their number agrees with the figure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from throughline.analytics.measures.areas import Area, all_areas
from throughline.analytics.measures.definition import Measure, RegisterSource
from throughline.analytics.measures.headlines import Made, periods_of
from throughline.analytics.measures.series import GroupFigure, group_figures
from throughline.analytics.participation.breakdowns import ANY_VULNERABLE, EVERYONE, VULNERABLE, YOUNG_MOTHER
from throughline.analytics.participation.tables import flags_of_groups
from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners import queries
from throughline.apps.learners.codes import restricted_traits, rules, sensitive_traits
from throughline.apps.learners.models import Learner
from throughline.apps.learners.outside import outside_of
from throughline.apps.learners.sight import homes_shut_to
from throughline.apps.learners.standings import standings_of
from throughline.apps.performance import figures as room
from throughline.core.rounding import round_half_up

if TYPE_CHECKING:
    from throughline.analytics.measures.who import Person

_OPEN_TO_SCHOOLS = ("academic_age", "send", "school_at_16", "participation_type", "duty_class")
# Classes of the duty that tell of health, family or custody: whoever is NEET and is not in not participating is on a break.
_OF_FEW = ("temporary_break", "not_participating", "excluded", "not_applicable")
_CHARACTERISTIC = "characteristic_"
_ASKED_BY_KEY = 500  # of more, everybody of the authority is read and the rest let go


@dataclass(frozen=True)
class Asked:
    """A measure at a month end, for everyone or one group; made is the period whose figure the month end belongs to."""

    measure: Measure
    area: Area
    made: Made
    month_end: date
    breakdown: str = EVERYONE
    group: str = ""

    @property
    def query(self) -> dict[str, str]:
        """What was chosen, to carry in an address."""
        return {"month": f"{self.month_end:%Y-%m}"} | ({"who": f"{self.breakdown}:{self.group}"} if self.breakdown else {})


@dataclass(frozen=True)
class Counted:
    """Those counted: people may be listed to the reader, in the order of a list.

    number is of everybody counted, None to whoever sees only their own. withheld are counted, and not listed because of what
    the list would say of them; gone are those whose record is no longer kept. months are the counts that the figure is made of.
    """

    asked: Asked
    people: "list[Person]"
    number: int | None
    withheld: int
    gone: int
    months: Mapping[date, int]
    figure: GroupFigure | None

    @property
    def agrees(self) -> bool:
        """Whether the counts make the figure, where the figure is told."""
        if self.figure is None or self.figure.numerator is None or not self.months:
            return True
        made = sum(self.months.values()) / len(self.months)
        return round_half_up(made, 6) == round_half_up(self.figure.numerator, 6)


def moments(measure: Measure, area: Area) -> list[tuple[date, Made]]:
    """The month ends at which a measure of the register was counted, each with the period it is of, the latest first."""
    if measure.register is None or not room.people_file().exists():
        return []
    from throughline.analytics.measures.who import counts

    held = counts(room.people_file(), rules(), measure, area.area)
    made = periods_of(measure.register.headline, held, rules().cohort)
    return sorted(((end, one) for one in made for end in one.month_ends), key=lambda moment: moment[0], reverse=True)


def may_be_listed(user: User, measure: Measure, breakdown: str, group: str = "") -> bool:
    """Whether the people of a group may be listed to a reader: not where the list itself would tell what they may not see, and
    not of a group that the measure does not have.
    """
    asked = measure.register
    if asked is None or not _has_group(asked, breakdown, group):
        return False
    columns = {*asked.numerator, *asked.denominator}
    traits = {column.removeprefix(_CHARACTERISTIC) for column in columns if column.startswith(_CHARACTERISTIC)}
    traits |= {ANY_VULNERABLE} if "any_vulnerable" in columns else set()
    traits |= {group} if breakdown == VULNERABLE else set()
    traits |= rules().ever_of_young_mothers if "young_mother" in columns or group == YOUNG_MOTHER else set()
    if traits & restricted_traits():
        return False
    telling = breakdown == "ethnic_group" or (breakdown == "duty_class" and group in _OF_FEW)
    sensitive = telling or bool(traits & {*sensitive_traits(), ANY_VULNERABLE})
    if sensitive and not may(user, Permission.SEE_SENSITIVE):
        return False
    return not breakdown or breakdown in _OPEN_TO_SCHOOLS or may(user, Permission.SEE_ALL_LEARNERS)


def _has_group(counted: RegisterSource, breakdown: str, group: str) -> bool:
    """Whether a measure is counted by a breakdown, and that has a group where its groups are those of a code list."""
    if breakdown == VULNERABLE and group not in {"", *flags_of_groups(rules().characteristics)}:
        return False
    return not breakdown or breakdown in counted.breakdowns


def who_is_counted(user: User, asked: Asked) -> Counted:
    """Whom a measure counts, as far as the reader may see them. Nothing here is recorded: whoever shows it does that first."""
    from throughline.analytics.measures import who

    of = (room.people_file(), rules(), asked.measure, asked.area.area)
    found = {one.learner: one for one in who.counted(*of, asked.month_end, asked.breakdown, asked.group)}
    hidden = _hidden(user, asked, found)
    seen = queries.listed(queries.seen_by(user)).filter(restricted=False).values_list("pk", flat=True)
    people = [found[pk] for pk in seen if pk in found and pk not in hidden]
    if not may(user, Permission.SEE_ALL_LEARNERS):
        return Counted(asked, people, None, 0, 0, {}, None)
    kept = set(Learner.objects.filter(area=asked.area.area).values_list("pk", flat=True))
    gone = len(found.keys() - kept)
    by_month = who.counts(*of, asked.breakdown, asked.group)
    months = {end: by_month.get(end, 0) for end in asked.made.month_ends}
    return Counted(asked, people, len(found), len(found) - gone - len(people), gone, months, _figure(asked))


def _figure(asked: Asked) -> GroupFigure | None:
    held = group_figures(room.warehouse(), asked.measure, asked.area, asked.made.period)
    return next((one for one in held if (one.breakdown, one.group) == (asked.breakdown, asked.group)), None)


def counted_in(user: User, learner: Learner) -> list[tuple[Asked, bool]]:
    """The measures that a learner counted in at the last month end of each, and whether they were counted or only counted among.

    Those that may not be listed to the reader are left out, as are those whose last month end came when the learner was not yet
    in the cohort, or no longer. Who may not see what is sensitive is not told of being counted among: those in adult custody
    are among nobody, so that having been left out would tell of it.
    """
    area = all_areas(room.warehouse()).get(learner.area)
    asked = [measure for measure in room.measures().values() if may_be_listed(user, measure, EVERYONE)]
    if area is None or not asked or not room.people_file().exists():
        return []
    from throughline.analytics.measures.who import counting, month_ends

    said, held = rules(), month_ends(room.people_file())
    told = counting(room.people_file(), said, asked, learner.area, learner.pk)
    found = []
    for measure in asked:
        made = periods_of(measure.register.headline, held, said.cohort) if measure.register else []
        last = next((one for one in told[measure.id] if made and one.month_end == made[-1].month_ends[-1]), None)
        if last and (last.counted or (last.among and may(user, Permission.SEE_SENSITIVE))):
            found.append((Asked(measure, area, made[-1], last.month_end), last.counted))
    return found


def counts_in_group(user: User, learner: Learner, asked: Asked) -> bool:
    """Whether a learner is one of the group asked for that a measure counts, where the reader may be told."""
    from throughline.analytics.measures.who import counted

    if not may_be_listed(user, asked.measure, asked.breakdown, asked.group):
        return False
    found = {one.learner for one in counted(room.people_file(), rules(), asked.measure, asked.area.area, asked.month_end,
                                            asked.breakdown, asked.group)}
    return learner.pk in found - _hidden(user, asked, found)


def _hidden(user: User, asked: Asked, found: Iterable[int]) -> set[int]:
    """Those of whom being in this list would tell something that is shown only on their own page, and there not to everybody."""
    if asked.breakdown == "district":
        return _homes_shut_to(user, asked.area.area)
    if (asked.breakdown, asked.group) != (VULNERABLE, ANY_VULNERABLE):
        return set()
    from throughline.analytics.measures.who import counted

    said = rules()
    open_to = set(said.vulnerable(asked.month_end)) - restricted_traits()
    of = (room.people_file(), said, asked.measure, asked.area.area, asked.month_end, VULNERABLE)
    return set(found) - {one.learner for trait in open_to for one in counted(*of, trait)}


def _homes_shut_to(user: User, area: str) -> set[int]:
    """Those of whom the reader is not told where they lived at a month end; figures may know it from before they moved."""
    return homes_shut_to(user, area, ever=True)


def facts_of(user: User, people: "Iterable[Person]", area: str, month_end: date, today: date) -> list[dict[str, Any]]:
    """Each of the people with their record, since when they did what they did at the month end, and what they count as today;
    gone where they are not of the cohort today, and so count as nothing.
    """
    held = {one.learner: one for one in people}
    learners = Learner.objects.filter(area=area)
    if len(held) <= _ASKED_BY_KEY:
        learners = learners.filter(pk__in=list(held))
    then, now = standings_of(learners, month_end), standings_of(learners, today)
    records = {one.pk: one for one in queries.listed(learners) if one.pk in held}
    rows, guarded, gone = [], _homes_shut_to(user, area), outside_of(held, today)
    for pk, one in held.items():
        activity = then[pk].activity
        same = activity if activity and activity.code == one.code else None
        rows.append({"learner": records[pk], "person": one, "guarded": pk in guarded,
                     "since": one.neet_since or (same.start if same else None),
                     "same": same, "confirmed": same.confirmed if same else None, "today": now[pk], "gone": gone.get(pk)})
    return rows
