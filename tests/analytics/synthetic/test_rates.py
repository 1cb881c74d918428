"""What young people count as in winter is near what is published, and moves with the school year."""

from collections import Counter
from datetime import date

import pytest

from tests.analytics.synthetic.plain import Invented, as_activity
from throughline.analytics.participation.codesets import load_codeset
from throughline.analytics.participation.currency import load_currency
from throughline.analytics.participation.standing import Standing, stood
from throughline.analytics.synthetic.whole import synthesise
from throughline.core.ages import academic_age

WINTER = (date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28))


@pytest.fixture(scope="module")
def larger(definitions, tmp_path_factory):
    """Enough people for shares to settle."""
    folder = tmp_path_factory.mktemp("larger") / "saltmere"
    return Invented(folder, synthesise(definitions, folder, seed=5, size=7000, files=False))


@pytest.fixture(scope="module")
def standings(larger, definitions):
    """Who counts as what at a month end: learner to standing, by the plain rules."""
    codes, currency = load_codeset(definitions, "activity"), load_currency(definitions)

    def at(day: date, ages: set[int]) -> dict[int, Standing]:
        return {
            learner: stood(map(as_activity, larger.believed(learner, day)), day, codes, currency.on(day)).standing
            for learner, person in larger.people.items()
            if academic_age(person["born"], day) in ages and larger.status(learner, day) == "P"
        }

    return at


def _shares(*standings: dict[int, Standing]) -> dict[str, float]:
    counts = Counter(str(standing) for held in standings for standing in held.values())
    counts.pop("excluded", None)
    return {name: 100 * count / counts.total() for name, count in counts.items()}


@pytest.fixture(scope="module")
def winter(standings):
    return {age: [standings(day, {age}) for day in WINTER] for age in (16, 17)}


def test_winter_is_near_the_published_averages(winter):
    shares = _shares(*winter[16], *winter[17])
    assert 2.2 < shares["neet"] < 4.8
    assert 1.3 < shares["not_known"] < 3.6
    assert 89 < shares["participating"] < 94.5
    assert "before" not in shares


def test_seventeen_is_worse_than_sixteen(winter):
    sixteen, seventeen = _shares(*winter[16]), _shares(*winter[17])
    assert sixteen["neet"] < seventeen["neet"]
    assert sixteen["not_known"] < seventeen["not_known"]


def test_vulnerable_groups_are_worse_off(larger, winter):
    groups = {"110", "130", "140", "150", "160", "170", "190", "200", "210"}
    day = WINTER[-1]
    everybody = winter[16][-1] | winter[17][-1]
    vulnerable = {learner: standing for learner, standing in everybody.items()
                  if any(larger.has(learner, group, day) for group in groups)}
    assert _shares(vulnerable)["neet"] > 1.7 * _shares(everybody)["neet"]


def test_the_summer_drifts_to_not_known_and_autumn_brings_news(standings):
    by_month = {day.month: _shares(standings(day, {17}))["not_known"]
                for day in (date(2026, 6, 30), date(2026, 8, 31), date(2026, 2, 28))}
    assert by_month[8] > 2 * by_month[6]
    october = _shares(standings(date(2026, 10, 31), {16}))
    assert october["not_known"] > 4


def test_older_learners_are_tracked_only_with_a_plan(larger):
    day = WINTER[-1]
    tracked = [learner for learner, person in larger.people.items()
               if academic_age(person["born"], day) > 17 and larger.status(learner, day) == "P"]
    assert len(tracked) > 20
    assert [learner for learner in tracked if not larger.has(learner, "ehc_plan", day)] == []


def test_districts_differ(larger, winter):
    homes = {row["learner"]: row["district"] for row in larger.table("home") if row["ends"] is None}
    everybody = winter[16] + winter[17]
    def share(district: str) -> float:
        return _shares(*({learner: standing for learner, standing in held.items() if homes[learner] == district}
                         for held in everybody))["neet"]

    assert share("E07999901") > share("E07999903")
