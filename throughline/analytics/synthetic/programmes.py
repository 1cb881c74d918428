"""The dates that go with an activity: when a programme is to end, when something is to be looked at again, and confirmed."""

import numpy as np

from throughline.analytics.synthetic.draws import NEVER, Ints, academic_years, between, days
from throughline.analytics.synthetic.groups import Groups
from throughline.analytics.synthetic.people import World

_REVIEWED = np.array([260, 290, 350, 710])
_AGREED_WELL = 616
_WITH_END_OF_YEAR = np.array([110, 120, 140, 210, 220, 230, 250, 270, 280, 260])
_SEPTEMBER_BEGINS = 3  # days into September before anything is confirmed
_JULY_DAY = 20


class Programmes:
    """The dates of a world's activities, drawn from one stream of chance."""

    def __init__(self, world: World, chance: np.random.Generator) -> None:
        self.chance = chance
        self.stated = world.settings.histories
        self.groups = Groups(self.stated["groups"])

    def dates(self, code: Ints, start: Ints, first: Ints, year_11: Ints) -> tuple[Ints, Ints]:
        """The day of review and the day on which it is to end, of what was first recorded on a day; NEVER for none."""
        programme, count = self.stated["programme"], len(code)
        reviewed = np.isin(code, _REVIEWED)
        soon = between(self.chance, 21, 70, count)
        review = np.where(reviewed, first + self._drawn("reviewed_days", count), NEVER)
        review = np.where(code == _AGREED_WELL, start + soon, review)
        two_years = (academic_years(start) == year_11 + 1) & (self.chance.random(count) < programme["two_years"])
        at_school = year_11 + 1 - academic_years(start)
        length = np.where(self.groups.of(code) == "compulsory", at_school, np.where(two_years, 2, 1))
        ends = self._end_of_year(academic_years(start) + length, first)
        training = self.groups.of(code) == "training"
        ends = np.where(training, np.maximum(start + self._drawn("training_days", count), first + 30), ends)
        ends = np.where(np.isin(code, _WITH_END_OF_YEAR) | training | (code == 290), ends, NEVER)
        return review, np.where(reviewed & (ends < NEVER), np.maximum(ends, review), ends)

    def _drawn(self, name: str, count: int) -> Ints:
        low, high = self.stated["programme"][name]
        return between(self.chance, low, high, count)

    def _end_of_year(self, years: Ints, first: Ints) -> Ints:
        """The end of August of each year, or for some the July before, but not before the day it was first recorded."""
        august = days(years, 8, 31)
        july = days(years, 7, _JULY_DAY)
        early = (self.chance.random(len(years)) < self.stated["programme"]["ends_in_july"]) & (july > first)
        return np.where(early, july, np.maximum(august, first))

    def confirmed_again(self, code: Ints, verified: Ints, review: Ints) -> tuple[Ints, np.ndarray]:
        """The day on which each is next confirmed, and whether anybody manages to."""
        rules, count = self.stated["confirmed"], len(code)
        groups = self.groups.of(code)
        reviewed = np.isin(code, _REVIEWED)
        day, succeeds = np.full(count, NEVER), np.zeros(count, dtype=bool)
        for group, rule in rules.items():
            among = reviewed if group == "reviewed" else (groups == group) & ~reviewed
            spread = between(self.chance, 0, 2 * rule["spread"], count) - rule["spread"]
            if group in ("education", "compulsory"):
                next_day = days(academic_years(verified) + 1, 9, 1) + _SEPTEMBER_BEGINS + (spread + rule["spread"]) // 2
            elif group == "reviewed":
                next_day = review - np.abs(spread) // 2
            else:
                next_day = verified + rule["days"] + spread
            day = np.where(among, next_day, day)
            succeeds |= among & (self.chance.random(count) < rule["share"])
        return day, succeeds

    def dates_again(self, code: Ints, day: Ints, review: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """The days of review and end, of what was confirmed on a day."""
        count = len(code)
        reviewed = np.isin(code, _REVIEWED)
        review = np.where(reviewed, day + self._drawn("reviewed_days", count), review)
        over = (ends < NEVER) & (ends <= day)
        ends = np.where(over, self._end_of_year(academic_years(day) + 1, day), ends)
        return review, np.where(reviewed & (ends < NEVER), np.maximum(ends, review), ends)
