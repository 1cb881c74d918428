"""A plan of any size for an invented county, and indicators with targets of every kind: the same each time it is made."""

from collections.abc import Iterator
from itertools import cycle, islice

from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.tree import Action, Cost, CrossReference, Measure, Owner, Plan, Section, When

NOWHERE = Source()
FIRST_YEAR = 2025
TO_A_PRIORITY, TO_A_RECOMMENDATION = 6, 4  # actions, and priorities
_DO = ("Agree", "Publish", "Review", "Set up", "Extend", "Pilot", "Map", "Commission", "Share", "Bring together")
_WHAT = (
    "a common timetable for resits in English and maths with every college and sixth form in the north of the county",
    "the monthly lists of young people whose activity is not known, district by district, with those who look for them",
    "places that start in January for young people who have left a course before Christmas",
    "travel help for those who live more than five miles from the nearest course at their level",
    "visits to employers for pupils of Years 9 and 10, with an account of what each pupil took from them",
    "supported internships with the council, the hospital trust and two of the county's largest employers",
    "the tracking procedure, so that schools, colleges and providers follow the same steps in the same week",
    "a named adviser for every care leaver of 16 to 19, with a plan that is looked at again each half term",
)
_STEPS = (
    "List the contact at each school and college", "Agree one layout and one day of the month", "Match lists with last year's",
    "Hold two evening sessions in November", "Report what was found to the sub-group", "Write to those who have not answered",
)
_OWNERS = ("Head of Participation", "Head of School Improvement", "Post-16 Commissioning Manager", "Virtual School Head",
           "Training Providers' Forum", "College principals")
_WHEN = ("By October {y0}", "Termly", "By March {y1}", "From January {y1}", "By July {y1}", "{y0}/{y1s}", "Half-termly",
         "By December {y1}")
_MILESTONES = ("Layout agreed by July {y0}", "First lists in by November {y0}", "Half the schools signed up by March {y1}",
               "Report to the board in September {y1}")
_COSTS = ("£12,000 per annum", "Existing staff time", "£45k in {y0}/{y1s}", "£3,500 funded by the college", "")
_SUCCESS = ("Every school and college sends its list in the first week of the month",
            "Fewer young people are not known than in the same month a year before",
            "At least sixty young people take up a place out of season")
# A target of each kind in the language, some kinds twice, and the direction a plan would print beside it.
TARGETS = (
    ("At least 70%", "up"), ("No more than 5%", "down"), ("Above the national average", "up"),
    ("In line with statistical neighbours", "up"), ("Amongst the best of our statistical neighbours", "up"),
    ("Within the top 50% of authorities", "up"), ("In the top quartile of authorities", "up"),
    ("Maintain our high ranking nationally", "keep"), ("Increase by at least 2 points from the 2022 baseline", "up"),
    ("Reduce by 10% from the 2022 baseline", "down"), ("Improve each year", "up"),
    ("Above the national average and improve by at least 2 points", "up"), ("Closed to less than the gap nationally", "down"),
    ("Rolling average for November, December and January of 98%", "up"), ("At least 700 apprenticeships", "up"),
    ("Strategy published by January 2026", ""),
)


def plan_of(actions: int, measures: int = 0) -> Plan:
    """A plan of so many actions under priorities under recommendations, with so many measures of all kinds of target."""
    numbers = list(_numbers(actions))
    held = {number: _action(place, number, numbers) for place, number in enumerate(numbers)}
    sections = []
    for one in dict.fromkeys(number.split(":")[0] for number in numbers):
        under = [number for number in numbers if number.split(":")[0] == one]
        priorities = [_priority(two, [held[number] for number in under if number.split(":")[1] == two])
                      for two in dict.fromkeys(number.split(":")[1] for number in under)]
        title = f"Know what every young person is doing and act when one is not in learning: part {one} of the county"
        sections.append(Section("recommendation", title, NOWHERE, one, sections=priorities))
    period = f"{FIRST_YEAR} to {FIRST_YEAR + 3}"
    return Plan("Marlshire 14 to 24 Partnership Plan", period, ["Marlshire County Council"], sections,
                [_measure(place) for place in range(measures)])


def _numbers(actions: int) -> Iterator[str]:
    for place in range(actions):
        priority, third = divmod(place, TO_A_PRIORITY)
        recommendation, second = divmod(priority, TO_A_RECOMMENDATION)
        yield f"{recommendation + 1}:{second + 1}:{third + 1}"


def _priority(number: str, actions: list[Action]) -> Section:
    return Section(
        "priority", f"Help those most likely to miss out, area {actions[0].number[:-2]}", NOWHERE, number,
        leads=[Owner(_OWNERS[int(number) % len(_OWNERS)])], success=[_SUCCESS[int(number) % len(_SUCCESS)]],
        impact=["Young people who have dropped out are offered help within weeks, not months.",
                "The authority can answer for every young person it is responsible for."], actions=actions)


def _action(place: int, number: str, numbers: list[str]) -> Action:
    """One action; every fifth has no owner, every fourth names another action, every seventh names one there is not."""
    text = f"{_turn(_DO, place)} {_turn(_WHAT, place // 2)}"
    references = []
    if place % 4 == 3:
        target = "9:9:9" if place % 7 == 0 else numbers[place - 2]
        text, references = f"{text} (see {target})", [CrossReference(target, target, found=target in numbers)]
    cost = _dated(_turn(_COSTS, place))
    return Action(
        text, NOWHERE, number, steps=_some(_STEPS, place, 3), when=When(_dated(_turn(_WHEN, place))),
        owners=[Owner(name) for name in _some(_OWNERS, place, (place % 5 + 1) // 2)],
        milestones=[_dated(each) for each in _some(_MILESTONES, place, 2)],
        cost=Cost(cost) if cost else None, success=[_turn(_SUCCESS, place)], cross_references=references,
    )


def _measure(place: int) -> Measure:
    target, direction = _turn(TARGETS, place)
    return Measure(f"Indicator {place + 1} of how young people are doing", NOWHERE, f"KPI {place + 1}", target=target,
                   due=f"September {FIRST_YEAR + 1 + place % 3}", direction=direction)


def _turn(words: tuple, place: int) -> object:
    return words[place % len(words)]


def _some(words: tuple[str, ...], place: int, many: int) -> list[str]:
    return list(islice(cycle(words), place % len(words), place % len(words) + many))


def _dated(text: str) -> str:
    return text.format(y0=FIRST_YEAR, y1=FIRST_YEAR + 1, y1s=str(FIRST_YEAR + 1)[2:])
