"""Where many learners are now: the school, college or provider of each, as far as somebody may be told."""

from collections.abc import Collection
from typing import NamedTuple

from django.utils import timezone

from throughline.apps.accounts.places import only_establishments, school_names
from throughline.apps.learners.doing import told_code
from throughline.apps.learners.models import Activity

_AT_ONCE = 900  # what an SQLite statement takes without complaint


class Place(NamedTuple):
    """A school, college or provider: its number, which of a provider that is one establishment is the establishment's, and its
    name; either stands for the other where there is none.
    """

    number: str
    name: str

    @property
    def words(self) -> str:
        """Its name with the number."""
        return self.name if self.name == self.number else f"{self.name}, {self.number}"


def places_now(learners: Collection[int], sensitive: bool) -> dict[int, Place]:
    """Where each of some learners, by the database's number, is today as we hold it. Without those who are at no place, and for
    whoever may not see what is sensitive, without those whose activity would tell of it by where it is.
    """
    today, wanted, now = timezone.localdate(), sorted(learners), dict[int, tuple[str, ...]]()
    for at in range(0, len(wanted), _AT_ONCE):
        held = Activity.objects.known().filter(learner__in=wanted[at:at + _AT_ONCE], start__lte=today).order_by("start")
        now |= {learner: said for learner, *said in held.values_list(  # of each the last, since one starts on a day
            "learner_id", "code", "establishment", "ukprn", "establishment_name")}
    told = {code: bool(told_code(code, today, sensitive)[0]) for code in {code for code, *_ in now.values()}}
    return _named({learner: place for learner, (code, *place) in now.items() if told[code] and any(place)})


def _named(said: dict[int, list[str]]) -> dict[int, Place]:
    """Each place as the directory of schools calls it; as it was said where the directory does not know its number."""
    one_place = only_establishments(ukprn for establishment, ukprn, _ in said.values() if not establishment)
    numbers = {key: establishment or one_place.get(ukprn, ukprn) for key, (establishment, ukprn, _) in said.items()}
    names = school_names(numbers.values())
    as_said = {numbers[key]: name for key, (*_, name) in sorted(said.items(), reverse=True) if name and numbers[key]}

    def place(number: str, name: str) -> Place:
        if not number:
            return Place(name, name)
        return Place(number, names.get(number) or as_said.get(number) or number)

    return {key: place(numbers[key], name) for key, (*_, name) in said.items()}
