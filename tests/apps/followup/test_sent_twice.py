"""Forms that are sent twice: what the very same words would add stands once, and whoever sent them is told."""

from functools import partial

import pytest

from tests.apps.followup.conftest import TODAY
from tests.apps.organisations.boxes import boxes
from tests.apps.performance.reading import page_of
from throughline.analytics.participation.risk import Score
from throughline.apps.followup.actions.cases import close_case, open_case
from throughline.apps.followup.actions.meetings import decide, finish_decision, prepare_meeting
from throughline.apps.followup.actions.risk import decide_on_risk
from throughline.apps.followup.models import MeetingDecision, SupportCase
from throughline.apps.followup.scores import scored
from throughline.apps.learners.actions.circumstances import add_contact
from throughline.apps.organisations.actions.amending import RefusedError, SavedAlreadyError


@pytest.fixture
def sent(officer, enrol):
    """Each action that adds something, with what it is about and the words that are sent."""
    learner = enrol(code="810")
    case = open_case(by=officer, learner=enrol("Bo"), worker=None, plan="Speak to them")
    meeting = prepare_meeting(by=officer, district="E07999901", month=TODAY.replace(day=1))
    return {
        "decide": (partial(decide, listed=meeting.listed.get(learner=case.learner)),
                   {"text": "Visit them", "who": "The youth service", "due_on": None}),
        "decide_on_risk": (partial(decide_on_risk, learner=learner, score=scored(officer, [learner])[0].score),
                           {"decision": "support", "reason": "A mentor", "review_on": TODAY}),
        "open_case": (partial(open_case, learner=learner), {"worker": officer, "plan": "Speak each week"}),
        "add_contact": (partial(add_contact, learner=learner), {"who": "parent", "phone": "07700 900123", "name": "Ann"}),
    }


@pytest.mark.parametrize("name", ["decide", "decide_on_risk", "open_case", "add_contact"])
def test_the_very_same_stands_once(officer, sent, name):
    action, words = sent[name]
    made = action(by=officer, **words)
    with pytest.raises(SavedAlreadyError, match="stands? once") as again:
        action(by=officer, **words)
    assert again.value.made == made


@pytest.mark.parametrize(("name", "differs"), [
    ("decide", {"text": "Write to them"}), ("decide", {"who": "The school"}), ("decide", {"due_on": TODAY}),
    ("decide_on_risk", {"decision": "no_action"}), ("decide_on_risk", {"reason": "Her tutor"}),
    ("decide_on_risk", {"review_on": None}), ("decide_on_risk", {"score": Score(99, "high", "High", (), (), 99)}),
    ("add_contact", {"phone": "07700 900124"}), ("add_contact", {"name": "Bea"}),
])
def test_what_differs_is_added(officer, sent, name, differs):
    action, words = sent[name]
    made = action(by=officer, **words)
    assert action(by=officer, **{**words, **differs}) != made


def test_another_plan_is_no_case_that_is_sent_twice(officer, sent):
    action, words = sent["open_case"]
    case = action(by=officer, **words)
    for other in ({"plan": "Another"}, {"worker": None}):
        with pytest.raises(RefusedError, match="open already") as refused:
            action(by=officer, **{**words, **other})
        assert not isinstance(refused.value, SavedAlreadyError)
    close_case(by=officer, case=case, outcome="declined")
    action(by=officer, **words)
    assert SupportCase.objects.filter(learner=case.learner).count() == 2


def test_a_decision_that_was_done_can_be_minuted_anew(officer, sent):
    action, words = sent["decide"]
    finish_decision(by=officer, decision=action(by=officer, **words), outcome="Nobody was in")
    action(by=officer, **words)
    assert MeetingDecision.objects.count() == 2


@pytest.fixture
def listed(officer, enrol):
    """Somebody with an open case on the list of a meeting."""
    learner = open_case(by=officer, learner=enrol("Bo"), worker=None, plan="Speak to them").learner
    return prepare_meeting(by=officer, district="E07999901", month=TODAY.replace(day=1)).listed.get(learner=learner)


@pytest.mark.parametrize(("address", "typed", "done", "told"), [
    ("/follow-up/learners/{free}/open-case/", {"plan": "Speak each week"}, "The support case is open", "You opened it a moment"),
    ("/learners/{free}/contacts/add/", {"phone": "07700 900123", "told_by": "The young person"},
     "It is kept whom to speak to", "They are recorded"),
    ("/follow-up/listed/{listed}/decide/", {"text": "Visit them", "who": "The school"}, "The decision is minuted", "The same"),
    ("/follow-up/risk/{free}/decide/", {"decision": "support", "reason": "A mentor"}, "Your decision is recorded", "You rec"),
])
def test_whoever_sends_a_form_twice_comes_to_where_the_first_led(client, enrol, listed, address, typed, done, told):
    page = address.format(free=enrol().pk, listed=listed.pk)
    typed = {**boxes(client.get(page)), **typed}
    first, again = (client.post(page, typed, follow=True) for _ in range(2))
    assert again.redirect_chain == first.redirect_chain
    banners = [page_of(answer).findall(".//div[@data-module='govuk-notification-banner']") for answer in (first, again)]
    said = [" ".join(" ".join(each.itertext()) for each in every) for every in banners]
    assert [told in each for each in said] == [False, True]
    assert [done in each for each in said] == [True, False]
