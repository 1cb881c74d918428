"""Any day as known at any moment: hundreds of invented sequences of actions against a plain list of beliefs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughline.apps.learners import extracts
from throughline.apps.learners.actions import activities
from throughline.apps.learners.actions.learners import amend_details
from throughline.apps.learners.actions.undoing import last_change, undo_last_change
from throughline.apps.learners.models import PARTICULARS
from throughline.apps.learners.queries import activity_on, particulars_of
from throughline.apps.organisations.actions.amending import RefusedError

pytestmark = pytest.mark.django_db

STARTS = [date(2026, 9, 1) + timedelta(days=7 * week) for week in range(4)]
CODES = ("210", "310", "619", "810")
STEPS = st.lists(st.tuples(st.sampled_from(("record", "correct", "move", "withdraw", "undo")), st.integers(0, 3),
                           st.sampled_from(STARTS), st.sampled_from(CODES)), max_size=8)
BEGAN = datetime(2026, 11, 1, tzinfo=UTC)


class Oracle:
    """What is believed after each step: a plain list of {start: code}, one for each moment."""

    def __init__(self):
        self.believed = [{}]

    def step(self, what, which, start, code):
        """The next state, or None when the step is refused."""
        now = self.believed[-1]
        starts = sorted(now)
        one = starts[which] if which < len(starts) else None
        if what == "record":
            after = None if start in now else {**now, start: code}
        elif what == "undo":
            after = self.believed[-2] if len(self.believed) > 1 else None
        elif one is None:
            return None
        elif what == "correct":
            after = {**now, one: code}
        elif what == "move":
            after = None if start in now and start != one else {**{s: c for s, c in now.items() if s != one}, start: now[one]}
        else:
            after = {s: c for s, c in now.items() if s != one}
        if after is not None:
            self.believed.append(after)
        return after


def do(learner, what, which, start, code):
    """The same step by the room's own actions."""
    if what == "record":
        return activities.record_activity(by=None, learner=learner, code=code, start=start)
    if what == "undo":
        change = last_change(learner)
        if change is None:
            raise RefusedError("nothing")
        return undo_last_change(by=None, learner=learner, at=change.at)
    held = list(learner.activities.known().order_by("start"))
    if which >= len(held):
        raise RefusedError("nothing")
    words = {"correct": {"code": code}, "move": {"start": start}}.get(what)
    if words is None:
        return activities.withdraw_activity(by=None, activity=held[which])
    return activities.correct_activity(by=None, activity=held[which], **words)


@given(STEPS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_day_is_answered_as_it_was_known(enrol, monkeypatch, steps):
    from django.utils import timezone

    clock = [BEGAN]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: clock[0])
        learner, oracle, moments = enrol(), Oracle(), [BEGAN]
        for step in steps:
            clock[0] += timedelta(hours=1)
            expected = oracle.step(*step)
            if expected is None:
                with pytest.raises(RefusedError):
                    do(learner, *step)
            else:
                do(learner, *step)
                moments.append(clock[0])
        for moment, believed in zip(moments, oracle.believed, strict=True):
            for day in [STARTS[0] - timedelta(days=1), *STARTS, date(2026, 10, 31)]:
                begun = [start for start in believed if start <= day]
                found = activity_on(learner, day, known=moment + timedelta(minutes=30))
                assert (found.start, found.code) == (max(begun), believed[max(begun)]) if begun else found is None
            handed = [row for row in extracts.register("358", moment + timedelta(minutes=30))["activity"].to_pylist()
                      if row["learner"] == learner.pk]
            assert {row["start"]: row["code"] for row in handed} == believed
            assert {row["known_to"] for row in handed} <= {None}
        assert {one.start: one.code for one in learner.activities.known()} == oracle.believed[-1]


AMENDED = {"born": [date(2010, 2, 28), date(2009, 3, 4)], "gender": ["F", "M"], "ethnic_group": ["BAFR", "NOBT"],
           "school_at_16": ["3584001", ""], "intended_destination": ["111", ""]}
AMENDS = st.lists(st.one_of(*(st.tuples(st.just(name), st.sampled_from(values)) for name, values in AMENDED.items()),
                            st.tuples(st.just("undo"), st.none())), max_size=8)


def in_the_extract(known):
    """What the figures are handed of everybody: what LEARNER has, without the key."""
    return [tuple(row.values())[1:] for row in extracts.register("358", known)["learner"].to_pylist()]


@given(AMENDS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_particulars_are_answered_as_they_were_known_and_the_learner_repeats_the_last(enrol, steps):
    from django.utils import timezone

    from throughline.apps.learners.models import Learner

    clock = [BEGAN]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: clock[0])
        Learner.objects.all().delete()
        learner = enrol()
        believed = [(BEGAN, tuple(getattr(learner, name) for name in PARTICULARS))]
        for name, value in steps:
            clock[0] += timedelta(hours=1)
            before = dict(zip(PARTICULARS, believed[-1][1], strict=True))
            if name != "undo" and before[name] != value:
                assert amend_details(by=None, learner=learner, **{name: value})
                believed.append((clock[0], tuple((before | {name: value}).values())))
            elif name != "undo":
                assert amend_details(by=None, learner=learner, **{name: value}) == {}
            elif change := last_change(learner):
                undo_last_change(by=None, learner=learner, at=change.at)
                believed.append((clock[0], believed[-2][1]))
            learner.refresh_from_db()
            assert tuple(getattr(learner, name) for name in PARTICULARS) == believed[-1][1]
        for moment, said in believed:
            held = particulars_of(learner, moment + timedelta(minutes=30))
            assert tuple(getattr(held, name) for name in PARTICULARS) == said
            born, gender, group, school, *_ = said
            assert in_the_extract(moment + timedelta(minutes=30)) == [(born, gender, group, school or None)]
        assert in_the_extract(BEGAN - timedelta(minutes=1)) == []
        assert particulars_of(learner, BEGAN - timedelta(minutes=1)) is None
