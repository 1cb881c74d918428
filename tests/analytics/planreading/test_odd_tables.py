"""Tables under headings that nobody foresaw, or on their side: read by what they hold, and said to be."""

TITLE = "A plan for Marlshire\n\nPriority 1: Attendance\n\n"
UNKNOWN = TITLE + """Pt	Undertaking	Champion	Finish	Risk
1.1	Open a centre for young people	Ada Marl	By June 2026	High
1.2	Visit each school	Head of Inclusion	Termly	Low
"""
ON_ITS_SIDE = TITLE + """Action	Open a centre	Visit each school
Lead	Ada Marl	TBC
By when	June 2026	Termly
Cost	£3,000	nil
"""
HALF_KNOWN = TITLE + """No	Actions	Who	When	Equality impact
1.1	Open a centre	Ada Marl	By June 2026	None expected
"""


def told(plan):
    """The reasons for what is unread, by its words."""
    return {each.text: each.why for each in plan.unread}


def found(plan):
    """The actions of the first section: number, words, owners, time and cost as printed."""
    return [
        (each.number, each.text, [owner.printed for owner in each.owners], each.when and each.when.printed,
         each.cost and each.cost.printed) for each in plan.sections[0].actions
    ]


def test_a_table_under_headings_that_we_do_not_know_is_told_by_what_it_holds(reading):
    plan = reading(UNKNOWN)
    assert found(plan) == [("1.1", "Open a centre for young people", ["Ada Marl"], "By June 2026", None),
                             ("1.2", "Visit each school", ["Head of Inclusion"], "Termly", None)]
    assert told(plan) == {
        "Pt | Undertaking | Champion | Finish | Risk": "headings that we do not know; the columns were told by what they hold",
        "High": "stands under “Risk”, a heading that we do not know", "Low": "stands under “Risk”, a heading that we do not know",
    }


def test_a_table_on_its_side_is_an_action_a_column(reading):
    plan = reading(ON_ITS_SIDE)
    assert found(plan) == [("", "Open a centre", ["Ada Marl"], "June 2026", "£3,000"),
                             ("", "Visit each school", [], "Termly", "nil")]
    assert told(plan) == {"TBC": "nobody is named yet"}
    assert str(plan.sections[0].actions[1].source) == "lines 5-8"


def test_a_heading_known_in_part_is_not_guessed_in_silence(reading):
    plan = reading(HALF_KNOWN)
    assert plan.sections[0].actions[0].success == ["None expected"]
    assert told(plan) == {"Equality impact": "a heading that we do not know, read as “successful if”"}


def test_a_dash_for_a_number_sets_a_row_apart_from_the_one_above(reading):
    text = TITLE + "No\tActions\tWho\tWhen\n1.1\tOpen a centre\tAda Marl\tBy June 2026\n{}\tand another\tAda Marl\t\n"
    assert [(number, words) for number, words, *_ in found(reading(text.format("–")))] == [
        ("1.1", "Open a centre"), ("", "and another")]
    assert [words for _, words, *_ in found(reading(text.format("")))] == ["Open a centre and another"]


def test_a_criterion_that_the_table_of_measures_has_too_is_one_measure_and_two_rows_alike_are_two(reading):
    row = "All schools good\t100%\n"
    plan = reading(f"{TITLE}How will we know?\n\n- All schools good\n- No school closed\n\nMeasure\tTarget\n{row}{row}")
    assert [(measure.text, measure.target) for measure in plan.measures if measure.text.startswith("All")] == [
        ("All schools good", "All schools good"), ("All schools good", "100%"), ("All schools good", "100%")]
    same = reading(f"{TITLE}How will we know?\n\n- All schools good\n- No school closed\n\nMeasure\nAll schools good\n")
    assert sorted(measure.text for measure in same.measures) == ["All schools good", "No school closed"]


def test_a_years_cell_keeps_what_stands_in_brackets_apart(reading):
    measure, = reading("# Plan\n\nIndicator\t2025\tDirection 2026\tTarget\nTaking part\t91% (provisional)\tUp\t–\n").measures
    assert measure.trajectory == [{"period": "2025", "printed": "91%", "kind": "trajectory", "note": "provisional"},
                                  {"period": "2026", "printed": "Up", "kind": "arrow"}]
    assert measure.target == ""
