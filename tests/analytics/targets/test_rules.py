"""The rules that ship are sound, and a faulty file is answered in words."""

import pytest

from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.language import Against, Direction
from throughline.analytics.targets.parse import parse_target
from throughline.analytics.targets.rules import load_rules
from throughline.analytics.targets.say import say
from throughline.core.problems import RefusedFileError


def changed(definitions, tmp_path, old, new):
    """A copy of the rules with one thing changed."""
    (tmp_path / "rules").mkdir()
    text = (definitions / "rules" / "targets.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "rules" / "targets.toml").write_text(text.replace(old, new), encoding="utf-8")
    return tmp_path


def test_the_rules_that_ship_cover_every_unit_verb_and_comparator(rules):
    assert {unit for unit in Unit if unit is not Unit.NUMBER} == set(rules.thresholds.in_line)
    assert set(rules.words.verbs) == set(Direction)
    assert set(rules.words.comparators) == set(Against)
    assert 0 < rules.thresholds.behind_share < 1
    assert rules.thresholds.margin(Unit.NUMBER, -100.0) == 100 * rules.thresholds.in_line_share


def test_no_verb_goes_two_ways_and_no_cohort_has_two_names(rules):
    verbs = [verb for words in rules.words.verbs.values() for verb in words]
    names = [name.lower() for names in rules.words.cohorts for name in set(names)]
    assert len(verbs) == len(set(verbs))
    assert len(names) == len(set(names))


def test_a_word_added_to_the_file_is_read_at_once(definitions, tmp_path):
    rules = load_rules(changed(definitions, tmp_path, '"similar authorities"', '"similar authorities", "family group"'))
    assert say(parse_target("better than our family group", rules)) == "Better than the average of statistical neighbours."


@pytest.mark.parametrize(("old", "new", "said"), [
    ("behind_share = 0.1", "", "behind_share"),
    ('met = "green"', 'met = "blue"', "must be one of green, amber, red, none"),
    ("percent = 1.0", 'percent = "near"', "near"),
    ('words = [\n  "published"', 'words = []\nothers = [\n  "published"', "a list of words is empty"),
])
def test_a_faulty_file_says_what_is_wrong(definitions, tmp_path, old, new, said):
    with pytest.raises(RefusedFileError) as refused:
        load_rules(changed(definitions, tmp_path, old, new))
    assert said in str(refused.value)
    assert refused.value.problems[0].file == "rules/targets.toml"
