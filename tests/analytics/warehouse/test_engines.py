"""What is counted of the file of people is what is counted of the register it was made from."""

import pytest

from tests.oracles.invented import ENDS, KNOWN, invented, tables_of
from tests.oracles.turned import turned
from throughline.analytics.measures.definition import Kind
from throughline.analytics.measures.disclosure import load_group_rule
from throughline.analytics.measures.load import load_measures
from throughline.analytics.measures.ranges import neet_ranges
from throughline.analytics.measures.register_figures import register_figures
from throughline.analytics.measures.who import keep_people
from throughline.analytics.participation.rules import load_rules
from throughline.analytics.warehouse.engines import OnKept
from throughline.analytics.warehouse.inputs import RegisterRows

PEOPLE = invented(900)


@pytest.mark.parametrize("lists", ["as they are", "turned"])
def test_figures_and_ranges_are_the_same_of_people_who_were_kept(definitions, tmp_path, lists):
    """Whatever the lists say: codes that turn within the year, too."""
    rules = load_rules(definitions if lists == "as they are" else turned(definitions, tmp_path / "turned"))
    register = RegisterRows(tables_of(PEOPLE), ENDS, KNOWN, rules, load_group_rule(definitions))
    measures = {id: each for id, each in load_measures(definitions).items() if each.kind is Kind.REGISTER}
    keep_people(tmp_path / "people.parquet", register)
    kept = OnKept(tmp_path / "people.parquet", rules)
    figures = register_figures(register, measures)
    told = figures.to_pylist()
    asked = {"", "send", "district", "provider", "vulnerable_group"}
    assert {row["breakdown"] for row in told if row["status"] == "final"} > asked
    assert register_figures(register, measures, kept).to_pylist() == told
    ranges = neet_ranges(register, measures, figures).to_pylist()
    assert len(ranges) > 1
    for row, same in zip(neet_ranges(register, measures, figures, kept).to_pylist(), ranges, strict=True):
        # Sums of shares are made in the order in which rows come, and differ in the fifteenth digit.
        assert {**row, "estimate": pytest.approx(row["estimate"])} == same
