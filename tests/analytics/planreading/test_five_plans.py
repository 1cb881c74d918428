"""What is in the five real plans, counted by hand, and what reading them must find: numbers, codes and posts, no names."""

from collections import Counter

import pytest

from throughline.analytics.planreading.tree import Action, Plan, Section

# For each plan: title begins, period, organisations, and how many actions stand in each section that has any, as
# printed, with the numbers of those that are numbered.
PLANS = {
    "000": ("Effectiveness of education and training provision", "", [], [
        ("recommendation 1", "priority One", 2), ("recommendation 1", "priority Two", 3),
        ("recommendation 1", "priority Three", 4), ("recommendation 1", "priority Four", 3),
        ("recommendation 1", "priority Five", 2), ("recommendation 1", "priority Six", 2),
        ("recommendation 2", "priority One", 3), ("recommendation 3", "priority 1", 3), ("recommendation 3", "priority Two", 1),
        ("recommendation 4", "priority One", 4),
    ]),
    "001": ("Detailed action plan to address issues identified by Ofsted", "", ["Portsmouth City Council"], [
        ("section 2", 1), ("priority 1", 6), ("priority 2", 6), ("priority 3", 2), ("priority 4", 5), ("priority 5", 3),
        ("priority 6", 5), ("priority 7", 5), ("priority 8", 3),
    ]),
    "002": ("Leicester City 13-19 Partnership Development Plan", "2008 - 2011", [], [
        ("section 1", 12), ("section 2", 11), ("section 3", 8), ("section 4", 7), ("section 5", 7),
    ]),
    "003": ("IMPROVING EDUCATIONAL OUTCOMES IN PETERBOROUGH", "", ["Peterborough City Council"], [
        ("section 4", "theme", "section 4.26", 2), ("section 4", "theme", "section 4.27", 4),
        ("section 4", "theme", "section 4.28", 1), ("section 4", "theme", "section 4.31", 7),
        ("section 4", "theme", "section 4.32", 3),
        ("section 4", "theme", "section 4.38", 13), ("section 4", "theme", "section 4.41", 6),
    ]),
    "004": ("14-24 Learning, Employment and Skills Strategy Refresh", "2017 - 2020", ["Kent County Council"], [
        ("section 3", "theme", 4), ("section 3", "theme", 2), ("section 3", "theme", 4), ("section 3", "theme", 5),
        ("section 4", "theme", 1), ("section 5", "theme", 7), ("section 5", "theme", 8), ("section 5", "theme", 5),
        ("section 5", "theme", 7), ("section 5", "theme", 1), ("section 5", "theme", 1), ("section 5", "theme", 3),
        ("section 5", "theme", 2), ("section 5", "theme", 3), ("section 5", "theme", 1),
    ]),
}


def paths(sections: list[Section], above: tuple[Section, ...] = ()) -> list[tuple[Section, ...]]:
    """Each section with those it stands in, in the order of the plan."""
    return [path for section in sections for path in ((*above, section), *paths(section.sections, (*above, section)))]


def action(plan: Plan, number: str) -> Action:
    """The one action of a number."""
    found, = (each for path in paths(plan.sections) for each in path[-1].actions if each.number == number)
    return found


@pytest.mark.parametrize("number", PLANS)
def test_the_sections_and_how_many_actions_each_holds(number, real_plan):
    plan = real_plan(number)
    title, period, organisations, sections = PLANS[number]
    assert plan.title.startswith(title)
    assert (plan.period, plan.organisations) == (period, organisations)
    found = [(*(f"{each.kind} {each.number}".strip() for each in path), len(path[-1].actions))
             for path in paths(plan.sections) if path[-1].actions]
    assert found == sections


NUMBERS = {
    "000": "1:1:1 1:1:2 1:2:1 1:2:2 1:2:3 1:3:1 1:3:2 1:3:3 1:3:4 1:4:1 1:4:2 1:4:3 1:5:1 1:5:2 1:6:1 1:6:2 2:1:1 2:1:2 2:1:3 "
           "3:1:1 3:1:2 3:1:3 3:2:1 4:1:1 4:1:2 4:1:3 4:1:4",
    "001": "1.1 1.2 1.3 1.4 1.5 1.6 2.1 2.2 2.3 2.4 2.5 2.6 3.1 3.2 4.1 4.2 4.3 4.4 4.5 5.1 5.2 5.3 6.1 6.2 6.3 6.4 7.1 7.2 7.3 "
           "7.4 7.5 8.1 8.2 8.3",
    "002": "1.1 1.3 1.3A 1.3B 1.5 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9a 2.10 2.11 3.1 3.2 3.4 3.5 3.6 3.7 3.8 4.1 4.2 4.3 4.4 4.5 "
           "4.6 4.7 5.1 5.2 5.3 5.4 5.5 5.6 5.7",
}


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_is_as_printed(number, real_plan):
    found = [each.number for path in paths(real_plan(number).sections) for each in path[-1].actions if each.number]
    assert found == NUMBERS[number].split()


@pytest.mark.parametrize(("plan", "number", "owners"), [
    ("000", "1:1:1", ["", "GP"]), ("000", "1:2:2", ["GP"]), ("000", "1:4:1", ["LW", "OH"]), ("000", "1:6:1", ["JL", "AS"]),
    ("000", "3:1:3", ["AS", "WOW"]), ("001", "1.1", ["DCS", "DDCS"]), ("001", "1.4", ["HIS"]),
    ("001", "1.5", ["HSI", "PTSA", ""]),
    ("001", "1.6", ["HSI", "DDCS", "EGM"]), ("001", "8.1", ["PCM", "EGM"]), ("002", "2.7", ["", "VESA", "RS", "AF", "SK"]),
])
def test_owners_by_their_codes(plan, number, owners, real_plan):
    assert [owner.code for owner in action(real_plan(plan), number).owners] == owners


@pytest.mark.parametrize(("plan", "number", "posts"), [
    ("001", "1.2", ["Head of School Improvement (Interim)", "Strategic Information Manager - Children's Services"]),
    ("001", "7.1", ["Director of Children's Services", "Cabinet Member for Education"]),
    ("001", "8.3", ["Post-16 Commissioning Manager"]),
])
def test_codes_are_resolved_by_the_plans_own_glossary(plan, number, posts, real_plan):
    assert [owner.name for owner in action(real_plan(plan), number).owners] == posts


@pytest.mark.parametrize(("plan", "number", "printed", "dates", "recurrence"), [
    ("001", "1.1", "May - Sept 2016 Embryonic partnership by Sept 2016 Fully developed by Jan 2017",
     [("during", "2016-05-01", "2016-09-30"), ("by", "2016-09-01", "2016-09-30"), ("by", "2017-01-01", "2017-01-31")], ""),
    ("001", "1.6", "By April 2017 From Sept 2017", [("by", "2017-04-01", "2017-04-30"), ("from", "2017-09-01", "")], ""),
    ("001", "2.2", "By Sept 2016 Half termly SAM meetings", [("by", "2016-09-01", "2016-09-30")], "half-termly"),
    ("001", "4.3", "June 2016 Jan 2017", [("during", "2016-06-01", "2016-06-30"), ("during", "2017-01-01", "2017-01-31")], ""),
    ("001", "5.2", "As above Termly", [("by", "2016-09-01", "2016-09-30"), ("by", "2017-09-01", "2017-09-30")], "termly"),
    ("001", "6.4", "206/17", [], ""),
    ("002", "1.1", "May 2008 onwards", [("from", "2008-05-01", "")], ""),
    ("002", "3.7", "Annual awards March 09 June 09",
     [("during", "2009-03-01", "2009-03-31"), ("during", "2009-06-01", "2009-06-30")], "yearly"),
    ("002", "4.1", "18 June 2008 Partnership meeting", [("on", "2008-06-18", "2008-06-18")], ""),
])
def test_times(plan, number, printed, dates, recurrence, real_plan):
    when = action(real_plan(plan), number).when
    assert (when.printed, when.recurrence) == (printed, recurrence)
    assert [(each["kind"], each["start"], each["end"]) for each in when.dates] == dates


@pytest.mark.parametrize(("number", "pounds", "basis"), [("3.2", 30000, "each"), ("4.1", 50000, "per year"), ("4.2", None, None)])
def test_costs(number, pounds, basis, real_plan):
    cost = action(real_plan("002"), number).cost
    assert [(each["pounds"], each["basis"]) for each in cost.amounts] == ([(pounds, basis)] if pounds else [])
    assert cost.printed


@pytest.mark.parametrize(("plan", "number", "steps", "milestones", "success"), [
    ("000", "1:1:1", 5, 0, 5), ("000", "1:1:2", 5, 0, 1), ("000", "1:2:3", 3, 0, 1), ("000", "1:3:4", 3, 0, 1),
    ("000", "1:5:2", 5, 0, 3), ("000", "3:2:1", 5, 0, 4), ("001", "1.1", 0, 4, 0), ("001", "1.5", 4, 1, 0),
    ("001", "1.6", 2, 4, 0),
    ("001", "3.2", 4, 2, 0), ("001", "4.3", 0, 2, 0), ("001", "4.5", 5, 1, 0), ("001", "6.2", 4, 5, 0), ("001", "7.4", 0, 2, 0),
])
def test_lists_are_split_and_rows_put_together(plan, number, steps, milestones, success, real_plan):
    found = action(real_plan(plan), number)
    assert (len(found.steps), len(found.milestones), len(found.success)) == (steps, milestones, success)


@pytest.mark.parametrize(("number", "begins", "ends"), [
    ("1:1:1", "II. Report information annually", "address areas of weakness"),
    ("1:3:4", "II. Identify potential partner organisations", "sustainable employment"),
])
def test_steps_keep_their_labels(number, begins, ends, real_plan):
    step = action(real_plan("000"), number).steps[1]
    assert step.startswith(begins)
    assert step.endswith(ends)


def test_references_to_an_action_that_does_not_exist_are_kept(real_plan):
    broken = [(each.number, reference.target) for path in paths(real_plan("000").sections) for each in path[-1].actions
              for reference in each.cross_references if not reference.found]
    assert broken == [("3:1:2", "2:1:4"), ("3:1:3", "2:1:4"), ("3:2:1", "2:1:4")]


@pytest.mark.parametrize(("plan", "number", "made"), [
    ("001", "2.1", [("1.3", "action", True)]), ("001", "2.3", [("2.2", "action", True)]),
    ("001", "4.3", [("4.1", "action", True), ("4.2", "action", True)]), ("001", "4.5", [("success measures", "section", True)]),
    ("001", "8.1", [("Children's Trust", "plan", False), ("Children's Trust Plan", "plan", False)]),
    ("002", "2.3", [("Connexions targets", "plan", False), ("3.3", "section", True)]),
    ("002", "2.7", [("Connexions targets", "plan", False), ("3.8", "action", True)]),
    ("002", "1.3", [("City NEET targets", "plan", False), ("City Attainment targets", "plan", False)]),
])
def test_references(plan, number, made, real_plan):
    assert [(each.target, each.kind, each.found) for each in action(real_plan(plan), number).cross_references] == made


def test_priorities_say_which_recommendations_they_answer(real_plan):
    answers = {section.number: [answer.target for answer in section.answers]
               for section in real_plan("001").sections if section.kind == "priority"}
    assert answers == {
        "1": ["2", "3"], "2": ["1"], "3": ["1", "2"], "4": ["1"], "5": ["1", "2", "4"], "6": ["1"], "7": ["4", "5"], "8": ["1"],
    }


def test_the_same_figures_stand_under_several_priorities(real_plan):
    measures = real_plan("000").measures
    stated = [each for each in measures if each.baseline and each.target and not each.status]
    assert len(stated) == 16
    assert Counter((each.cohort, each.baseline, each.target, each.direction) for each in stated) == {
        ("Year 12", "91.36%", "rolling average for Nov, Dec, Jan = 98%", "up"): 2, ("Whole cohort", "81.4%", "90%", "up"): 2,
        ("", "6.14%", "5.5%", "down"): 2, ("", "252", "300", "up"): 2, ("Leaving care", "37.5%", "20%", "down"): 2,
        ("YOS", "47%", "25%", "down"): 2, ("Young mothers", "62%", "45%", "down"): 2,
        ("Young people with LLDD", "9%", "5.5%", "down"): 2,
    }
    assert sum(each.target == "in line with statistical neighbours" for each in measures) == 6
    assert sum(each.status == "to be determined" for each in measures) == 4


def test_the_success_measures_in_sentences(real_plan):
    promised = [each for each in real_plan("001").measures if each.section == "Success measures"]
    assert [(each.cohort, each.target, each.due) for each in promised] == [
        ("Early Years Foundation Stage", "maintain and improve on our high ranking nationally for all pupils", ""),
        ("Early Years Foundation Stage", "to be in the top quartile of LAs by September 2018", "September 2018"),
        ("Early Years Foundation Stage", "closed to less than the gap nationally", ""),
        ("Key Stage 1", "maintain and improve on our high ranking nationally for all pupils", ""),
        ("Key Stage 1", "to the top 50% of LAs by September 2018", "September 2018"),
        ("Key Stage 1", "is emulated in outcomes for SEN pupils and boys at higher level writing and maths", ""),
        ("Key Stage 2", "within the top 50% of authorities by September 2018", "September 2018"),
        ("Key Stage 2", "halving of the gaps to their comparators", ""),
        ("Key Stage 4", "within the top 50% of authorities by September 2018", "September 2018"),
        ("Key Stage 4", "halving of the gaps to their comparators", ""),
        ("", "better than those nationally by September 2018", "September 2018"),
        ("", "sustain this improvement and ensure that all schools are good or outstanding by September 2018", "September 2018"),
        ("", "improve performance by at least 5 points and be within the top 50% of authorities", "September 2018"),
        ("", "halve the gaps to national for achievement at Level 2, Level 3 and GCSE English & Maths (for those who didn't "
             "achieve at age 16) by September 2018", "September 2018"),
    ]


def test_seven_targets_year_by_year_with_missing_cells_kept(real_plan):
    tables = [each for each in real_plan("002").measures if each.trajectory]
    assert [(each.number, each.section, each.baseline, each.target, each.due) for each in tables] == [
        ("1", "Participation", "81.6%", "", ""), ("2", "Participation", "9.9%", "7.7 %", "2010 - 2011"),
        ("3", "Attainment", "", "48%", "2008 -2009"), ("4", "Attainment", "65.2%", "73%", "2009 - 2010"),
        ("", "Attainment", "", "51.3%", "2009 - 2010"), ("6", "Attainment", "", "", ""), ("7", "Progression", "", "", ""),
    ]
    assert {tuple((step["kind"], step["period"][:4]) for step in each.trajectory) for each in tables} == {
        (("trajectory", "2004"), ("trajectory", "2005"), ("trajectory", "2006"), ("target", "2007"), ("target", "2008"),
         ("target", "2009"), ("target", "2010")),
    }
    second = tables[1]
    assert [step["printed"] for step in second.trajectory] == ["11.2%", "9.9%", "", "", "8.4%", "8.1%", "7.7 %"]
    assert [step.get("note", "") for step in tables[2].trajectory[3:5]] == ["TLL target", "TLL target"]


def test_a_grid_in_three_groups_with_one_number_twice(real_plan):
    printed = [each for each in real_plan("004").measures if each.trajectory]
    assert Counter(each.status for each in printed) == {"over achieving": 10, "achieving": 7, "requiring improvement": 4}
    assert [each.status for each in printed if each.number == "KPI 8"] == ["over achieving", "requiring improvement"]
    assert {step["kind"] for each in printed for step in each.trajectory} == {"arrow"}


def test_what_became_of_indicators_is_kept(real_plan):
    measures = real_plan("004").measures
    assert [(each.number, each.status) for each in measures if not each.trajectory] == [
        ("KPI 13", "amended"), ("KPI 17", "amended"), ("KPI 7", "deleted"), ("KPI 10", "merged"), ("KPI 16", "amended"),
        ("KPI 6", "deleted"), ("KPI 9", "amended"), ("KPI 14", "amended"),
    ]
    assert [each.number for each in measures if each.trajectory and each.notes] == ["KPI 8", "KPI 18", "KPI 3", "KPI 5", "KPI 1"]


@pytest.mark.parametrize(("number", "target"), [
    ("KPI 2", "reduce by 4000 to below 2008 levels"), ("KPI 3", "Decrease the numbers of SEND NEET (16-18) to 5%"),
    ("KPI 14", "at least 700 apprenticeships taken on each year, at least meeting the public sector target of 2.3%"),
    ("KPI 11", "above the national average and the achievement gap between this group and other students will have reduced "
               "by 10% from the 2012 baseline"),
])
def test_a_target_is_the_words_that_promise(number, target, real_plan):
    found, = (each for each in real_plan("004").measures if each.number == number and each.trajectory)
    assert found.target == target


@pytest.mark.parametrize(("plan", "text", "why"), [
    ("001", "d u • Ir p", "these marks stand in the row and fit none of its columns"),
    ("001", "206/17", "the time is kept as printed and not understood"),
    ("001", "HIS", "a code that the document's glossary does not explain"),
    ("001", "school", "stands beside the title of a section and is no part of one we know"),
    ("002", "engageme nt strategies and targets", "runs on from the cell above it"),
    ("002", "18 th June Partnership meeting onwards", "the time is kept as printed and not understood"),
])
def test_what_could_not_be_read_is_listed_with_why(plan, text, why, real_plan):
    assert (text, why) in [(each.text, each.why) for each in real_plan(plan).unread]


def test_a_plan_that_prints_everything_well_leaves_nothing_over(real_plan):
    assert real_plan("000").unread == []
