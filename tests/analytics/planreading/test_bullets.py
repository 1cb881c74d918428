"""Lists in every disguise, taken apart."""

import pytest

from throughline.analytics.planreading.bullets import lead_and_entries, mark_and_rest, split_entries


@pytest.mark.parametrize(("text", "entries"), [
    ("Say it • once • and again", ["Say it", "once", "and again"]),
    ("• Say\n• Do", ["Say", "Do"]),
    ("\uf0b7 Say\n\uf0b7 Do", ["Say", "Do"]),
    ("❖ Say ❖ Do", ["Say", "Do"]),
    ("- Say\n- Do", ["Say", "Do"]),
    ("to include:\n-Names of people -Names of places", ["to include:", "Names of people", "Names of places"]),
    ("- 14-19 plan – agreed", ["14-19 plan – agreed"]),
    ("* Say\n* Do", ["Say", "Do"]),
    ("o Say it o Do it", ["Say it", "Do it"]),
    ("o Open offices", ["Open offices"]),
    ("I. Say II. Do III. Rest", ["I. Say", "II. Do", "III. Rest"]),
    ("II. Say IV. Do", ["II. Say", "IV. Do"]),
    ("(a) Say (b) Do (c) Rest", ["(a) Say", "(b) Do", "(c) Rest"]),
    ("1. Say 2. Do by 3. May", ["1. Say", "2. Do by", "3. May"]),
    ("1. Say it on May 9. Then rest 2. Do", ["1. Say it on May 9. Then rest", "2. Do"]),
    ("1. Say in 2010. Then rest 2. Do", ["1. Say in 2010. Then rest", "2. Do"]),
    ("Plain words, 5 A*-C, in 2. parts", ["Plain words, 5 A*-C, in 2. parts"]),
    ("a. Say b. Do c. Rest", ["a. Say", "b. Do", "c. Rest"]),
    ("A) Say B) Do", ["A) Say", "B) Do"]),
    ("1.Say 2.Do", ["1.Say", "2.Do"]),
    ("1 - Say 2 - Do", ["1 - Say", "2 - Do"]),
    ("14 - 19 plan 15 - 16 plan", ["14 - 19 plan 15 - 16 plan"]),
    ("A. Marl and B. Clay", ["A. Marl and B. Clay"]),
    ("\uf076 Say \uf076 Do", ["Say", "Do"]),
    ("§ Say\n§ Do", ["Say", "Do"]),
    ("-> Say\n-> Do", ["Say", "Do"]),
    ("¾ of schools", ["¾ of schools"]),
    ("One paragraph\n\nand another", ["One paragraph", "and another"]),
    ("", []),
])
def test_a_list_is_split(text, entries, templates):
    assert split_entries(text, templates) == entries


@pytest.mark.parametrize(("text", "lead", "entries"), [
    ("Train heads to:\n• Say\n• Do", "Train heads to:", ["Say", "Do"]),
    ("• Train heads to:\n• Say", "Train heads to:", ["Say"]),
    ("Set up: • A scheme where\nresults are weak • A hub", "Set up:", ["A scheme where", "results are weak", "A hub"]),
    ("Plain\nwords", "Plain words", []),
])
def test_what_stands_before_a_list(text, lead, entries, templates):
    assert lead_and_entries(text, templates) == (lead, entries)


@pytest.mark.parametrize(("line", "mark", "rest"), [
    ("• Say", "•", "Say"), ("IV. Say", "IV.", "Say"), ("Say", "", "Say"), ("- Say", "-", "Say"),
])
def test_the_mark_of_a_line(line, mark, rest, templates):
    assert mark_and_rest(line, templates) == (mark, rest)
