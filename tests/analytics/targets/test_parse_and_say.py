"""What is said of a target is read as the same target, and any text at all gets an answer."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.targets.generated import targets
from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.language import NotUnderstood, Target
from throughline.analytics.targets.parse import Hints, parse_target
from throughline.analytics.targets.rules import Rules
from throughline.analytics.targets.say import say

SCRAPS = st.sampled_from([
    "at least", "no more than", "by", "to", "10%", "4,000", "2008", "2016/17", "the", "gap", "gaps", "halve", "reduced",
    "national average", "top", "quartile", "50%", "of", "LAs", "and", ";", ".", "baseline", "from", "in line with",
    "statistical neighbours", "rolling average", "Nov, Dec, Jan", "September 2018", "all", "no", "schools", "year on year",
    "improving", "trend", "two", "Target =", "current figure =", "¤", "\x00", "“", "”", "(", ")", "KPI 2:", "KS4",
    "16-18 year olds", "maintain", "ranking", "between", "each year", "milestone:",
])


@settings(max_examples=600, deadline=None)
@given(target=targets)
def test_what_is_said_is_read_the_same(rules: Rules, target: Target):
    words = say(target)
    read = parse_target(words, rules)
    assert read == target, words
    assert read.unread == (), words


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.lists(SCRAPS, max_size=25).map(" ".join)), unit=st.sampled_from([None, *Unit]))
def test_any_text_is_answered(rules: Rules, text: str, unit: Unit | None):
    hints = Hints(unit, text[:40], text[:40], text[:40])
    answer = parse_target(text, rules, hints)
    if isinstance(answer, NotUnderstood):
        assert answer.why.endswith(".")
        assert answer.wording
    else:
        assert say(replace(answer, printed="")).endswith(".")
