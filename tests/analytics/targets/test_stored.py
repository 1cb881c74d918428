"""A target kept as plain values comes back whole: its meaning, its printed words, what was not read and what is in doubt."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.targets.generated import targets
from throughline.analytics.targets.parse import parse_target
from throughline.analytics.targets.stored import UnreadableTargetError, from_dict, to_dict

words = st.lists(st.text(max_size=12), max_size=3).map(tuple)


@settings(max_examples=300, deadline=None)
@given(targets, st.text(max_size=20), words, words)
def test_nothing_is_lost(target, printed, unread, doubts):
    whole = replace(target, printed=printed, unread=unread, doubts=doubts)
    kept = json.loads(json.dumps(to_dict(whole)))
    back = from_dict(kept)
    assert back == whole
    assert (back.printed, back.unread, back.doubts) == (printed, unread, doubts)
    assert to_dict(back) == to_dict(whole)


def test_the_plans_words_for_due_and_baseline_are_kept(rules):
    target = parse_target("current figure = 6.14%. Target = 5.5% by Sept 2018", rules)
    back = from_dict(to_dict(target))
    assert back.due.printed == "by Sept 2018"
    assert back.baseline.printed == "current figure = 6.14%"


@pytest.mark.parametrize("stored", [
    {}, {"is": "Target"}, {"is": "Nothing"}, {"is": "Due", "by": "2018-09-30"}, {"is": "Target", "aim": {"is": "Level"}},
    {"is": "Target", "aim": {"is": "Milestone", "words": "x"}, "due": {"is": "Due", "by": "soon"}},
])
def test_what_is_no_target_is_refused(stored):
    with pytest.raises(UnreadableTargetError):
        from_dict(stored)
