"""Tables under headings that nobody foresaw, or on their side: read by what they hold, and said to be."""

import docx
import openpyxl

from throughline.analytics.planreading.read import read_plan_file

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


def test_an_owner_and_a_time_in_each_others_columns_are_put_right_and_listed(reading):
    plan = reading(f"{TITLE}No\tActions\tWhen\tCost\tWho\n1.1\tVisit each school\tHead of Inclusion\t£5\tTermly\n")
    assert found(plan) == [("1.1", "Visit each school", ["Head of Inclusion"], "Termly", "£5")]
    assert told(plan) == {"Termly | Head of Inclusion":
                          "out of line with the headings, and read by what it says: “Termly” as When; “Head of Inclusion” as Who"}


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
    said = f"{TITLE}How will we know?\n\n- All schools good\n- No school closed\n\n## Measures\n\nMeasure\tPriority\n"
    assert len(reading(f"{said}All schools good\t1\n").measures) == 2


def test_a_years_cell_keeps_what_stands_in_brackets_apart(reading):
    measure, = reading("# Plan\n\nIndicator\t2025\tDirection 2026\tTarget\nTaking part\t91% (provisional)\tUp\t–\n").measures
    assert measure.trajectory == [{"period": "2025", "printed": "91%", "kind": "trajectory", "note": "provisional"},
                                  {"period": "2026", "printed": "Up", "kind": "arrow"}]
    assert measure.target == ""


def test_a_total_is_no_action_and_numbers_under_pounds_are_amounts(reading):
    plan = reading(f"{TITLE}No\tActions\tWho\tCost (£)\n1.1\tOpen a centre\tAda Marl\t5,000\n\tTotal\t\t5,000\n")
    action, = plan.sections[0].actions
    assert (action.text, action.cost.printed) == ("Open a centre", "5,000")
    assert [each["pounds"] for each in action.cost.amounts] == [5000]
    assert told(plan) == {"Total | 5,000": "adds up the rows above it, and is no action"}
    plan = reading(f"{TITLE}No\tActions\tWho\tCost (£000)\n1.1\tOpen a centre\tAda Marl\t5\n")
    assert plan.sections[0].actions[0].cost.amounts == []


def test_an_owner_whose_cell_reaches_over_two_rows_has_both(definitions, tmp_path):
    """In a web page, a Word document and a workbook alike; a cost that does is counted once."""
    rows = [("No", "Action", "Who", "When", "Cost"), ("1", "Open a centre", "Ada Marl", "June 2026", "£5"),
            ("2", "Visit", "", "Termly", "")]
    cells = [[f"<td>{cell}</td>" for cell in row] for row in rows]
    for place in (2, 4):
        cells[1][place] = cells[1][place].replace("<td>", "<td rowspan=2>")
        cells[2][place] = ""
    page = tmp_path / "plan.html"
    page.write_text(f"<h1>A plan</h1><table><tr>{'</tr><tr>'.join(''.join(row) for row in cells)}</table>", encoding="utf-8")
    word, book = docx.Document(), openpyxl.Workbook()
    table = word.add_table(rows=3, cols=5)
    for down, row in enumerate(rows):
        for along, cell in enumerate(row):
            table.cell(down, along).text = cell
            book.active.cell(down + 1, along + 1, cell or None)
    for along in (2, 4):
        table.cell(1, along).merge(table.cell(2, along))
        book.active.merge_cells(start_row=2, end_row=3, start_column=along + 1, end_column=along + 1)
    word.save(tmp_path / "plan.docx")
    book.save(tmp_path / "plan.xlsx")
    for ending in ("html", "docx", "xlsx"):
        plan = read_plan_file(tmp_path / f"plan.{ending}", definitions)
        assert found(plan) == [("1", "Open a centre", ["Ada Marl"], "June 2026", "£5"),
                               ("2", "Visit", ["Ada Marl"], "Termly", None)]
        assert str(plan.sections[0].actions[1].fields["owners"]) == str(plan.sections[0].actions[0].source)
