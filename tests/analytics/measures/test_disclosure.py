"""Small counts of people are hidden; zero and unknown are not."""

import pytest

from throughline.analytics.measures.disclosure import SmallNumbers, load_small_numbers


@pytest.mark.parametrize(
    ("count", "hidden"), [(None, False), (0, False), (0.5, False), (1, True), (3, True), (5, True), (5.5, False), (6, False)]
)
def test_from_least_to_most_is_hidden(count, hidden):
    assert SmallNumbers(1, 5).hides(count) is hidden


def test_the_rule_is_read_from_its_file(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "disclosure.toml").write_text("[small_numbers]\nleast = 2\nmost = 9\n", encoding="utf-8")
    assert load_small_numbers(tmp_path) == SmallNumbers(2, 9)


def test_the_rule_that_ships_hides_one_and_never_zero(definitions):
    rule = load_small_numbers(definitions)
    assert rule.hides(1)
    assert not rule.hides(0)
    assert rule.most >= 4
