"""A grid of which something changed while it was open: who changed it, who left the cohort, and what is so already."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.followup.conftest import TODAY
from tests.apps.followup.test_bulk import GRID, SOON
from tests.apps.followup.test_bulk import _kept as kept
from tests.apps.followup.test_bulk import _problems as problems
from tests.apps.followup.test_bulk import _shown as shown
from tests.apps.followup.test_bulk import _typed as typed_into
from tests.apps.followup.test_bulk import _words as words
from tests.apps.organisations.boxes import boxes
from tests.apps.performance.reading import page_of
from tests.cast import sign_in
from throughline.apps.accounts.models import User
from throughline.apps.followup import grid
from throughline.apps.followup.actions.bulk import apply_bulk
from throughline.apps.followup.actions.following import claim, hand_over, set_next_contact
from throughline.apps.followup.models import BulkUpdate, Following
from throughline.apps.learners.actions.activities import confirm_activity
from throughline.apps.learners.actions.believing import cease, hold
from throughline.apps.learners.actions.membership import end_membership
from throughline.apps.organisations.actions.amending import RefusedError

GONE = "They left the cohort on 28 November 2026. Left: moved out of England. Nothing that you typed for them is saved"


@pytest.fixture
def two(enrol):
    return [enrol("Ade", ago=100), enrol("Bo", ago=120)]


@pytest.mark.parametrize("for_all", [False, True])
@pytest.mark.parametrize("after_preview", [False, True])
def test_whoever_left_meanwhile_is_said_to_have_left_and_nothing_of_them_is_saved(
    client, two, officer, for_all, after_preview,
):
    ade, bo = two
    given = {"officer": str(officer.pk), "next_contact": SOON, "confirm": "yes"}
    typed = {**boxes(client.get(GRID)), **({"all-tick": "yes"} if for_all else {}),
             **{(f"all-{name}" if for_all else f"r{each.pk}-{name}"): value for name, value in given.items() for each in two}}
    if after_preview:
        typed = {**boxes(client.post(GRID, typed)), "confirm": "1"}
    end_membership(by=officer, learner=ade, status="E", left_on=TODAY)
    answer = client.post(GRID, typed)
    assert (problems(answer), list(shown(answer)), kept()) == ([f"Okafor, Ade: {GONE}"], ["Okafor, Bo"], [])
    back = client.post(GRID, {**boxes(answer), "back": "1"})
    assert "Left: moved out of England. Nothing is due of them, so nothing is changed here." in words(back)
    assert (f"r{ade.pk}-officer" in boxes(back), f"r{bo.pk}-officer" in boxes(back)) == (False, True)
    again = client.post(GRID, {**boxes(back), "all-tick": "yes", "all-next_contact": SOON})
    assert (problems(again), list(shown(again))) == ([], ["Okafor, Bo"]), "whoever had no box to tick is not told of again"
    client.post(GRID, {**boxes(answer), "confirm": "1"})
    assert kept() == [(bo.pk, officer.pk, TODAY + timedelta(days=7))]
    assert ade.activities.count() == 1


def test_where_all_who_were_typed_of_have_left_the_grid_says_so(client, two, officer):
    typed = typed_into(two, confirm=True, **{f"r{two[0].pk}": {"next_contact": SOON}})
    end_membership(by=officer, learner=two[0], status="E", left_on=TODAY)
    answer = client.post(GRID, typed)
    assert (problems(answer), "Nothing in the grid differs" in words(answer)) == ([f"Okafor, Ade: {GONE}"], False)
    typed = grid.drafts(grid.lines([two[0].pk]), typed, [officer], TODAY)
    with pytest.raises(RefusedError, match="They left the cohort"):
        apply_bulk(by=officer, area="358", drafts=typed)
    assert Following.objects.count() == 0


def _other_page(client, learner, **typed):
    client.post(GRID, typed_into([learner], confirm=True, **{f"r{learner.pk}": typed}))


def _undo_there(client):
    client.post(f"/follow-up/bulk/{BulkUpdate.objects.latest('at').pk}/undo/")


def _by_a_file(by, held):
    """What a file changes is in one entry of the audit for all, which names nobody."""
    moment = timezone.now()
    cease([held], moment)
    hold([held.again(verified=TODAY)], by=by, moment=moment)


# what somebody did between the preview and saving, to the first of the two; who is said to have changed them
@pytest.mark.parametrize(("meanwhile", "who"), [
    (lambda mine, theirs, ade, by: claim(by=by, learner=ade), "Cass Colleague"),
    (lambda mine, theirs, ade, by: set_next_contact(by=by, learner=ade, on=TODAY), "Cass Colleague"),
    (lambda mine, theirs, ade, by: confirm_activity(by=by, activity=ade.activities.known().get()), "Cass Colleague"),
    (lambda mine, theirs, ade, by: _other_page(theirs, ade, next_contact=TODAY), "Cass Colleague"),
    (lambda mine, theirs, ade, by: _other_page(mine, ade, next_contact=TODAY), "you, in another page"),
    (lambda mine, theirs, ade, by: (_other_page(mine, ade, next_contact=TODAY), claim(by=by, learner=ade)),
     "Cass Colleague and you, in another page"),
    (lambda mine, theirs, ade, by: (_other_page(mine, ade, next_contact=TODAY), _other_page(mine, ade, next_contact=SOON),
                                    _undo_there(theirs)), "Cass Colleague"),
    (lambda mine, theirs, ade, by: (User.objects.filter(pk=by.pk).update(area="202"), claim(by=by, learner=ade)), "somebody"),
    (lambda mine, theirs, ade, by: _by_a_file(by, ade.activities.known().get()), "Cass Colleague"),
    (lambda mine, theirs, ade, by: confirm_activity(by=None, activity=ade.activities.known().get()), "somebody"),
])
def test_the_box_after_a_refused_save_says_how_many_were_changed_by_whom(client, two, officer, colleague, meanwhile, who):
    ade, bo = two
    day = (TODAY + timedelta(days=9)).isoformat()
    seen = client.post(GRID, typed_into(two, **{f"r{each.pk}": {"officer": officer.pk, "next_contact": day, "confirm": "yes"}
                                            for each in two}))
    assert problems(seen) == []
    meanwhile(client, sign_in(Client(), colleague), ade, colleague)
    answer = client.post(GRID, {**boxes(seen), "confirm": "1"})
    said = (f"Nothing was saved, because 1 young person was changed by {who} since you looked. See below what would change now, "
            "and save again")
    assert problems(answer) == [said]
    assert page_of(answer).find(f".//h2[@id='r{ade.pk}-heading']") is not None
    assert f"Changed by {who} while you had the grid open" in words(answer)
    assert not Following.objects.filter(learner=bo).exists()
    client.post(GRID, {**boxes(answer), "confirm": "1"})
    assert [one[1:] for one in kept()] == [(officer.pk, TODAY + timedelta(days=9))] * 2


@pytest.mark.parametrize("for_all", [False, True])
def test_what_is_so_already_is_told_alone_and_beside_what_is_saved(client, two, officer, colleague, for_all):
    ade, bo = two
    given = {f"r{each.pk}": {"tick": "yes"} if for_all else {"officer": colleague.pk} for each in two}
    seen = boxes(client.post(GRID, typed_into(two, **given, all={"officer": colleague.pk if for_all else ""})))
    hand_over(by=colleague, learner=ade, officer=colleague)
    so = "Already so, and there is nothing to save: Okafor, Ade (officer)"
    saved = client.post(GRID, {**seen, "confirm": "1"}, follow=True)
    assert ("1 young person saved." in saved.content.decode(), so in saved.content.decode()) == (True, True)
    assert client.post(GRID, {**seen, "confirm": "1"}).url == saved.redirect_chain[0][0], "sent twice, it is saved once"
    _undo_there(client)
    hand_over(by=colleague, learner=bo, officer=colleague)
    idle = client.post(GRID, {**seen, "confirm": "1"})
    assert (f"{so}; Okafor, Bo (officer)." in words(idle), problems(idle)) == (True, [])
    title = page_of(idle).find(".//title").text
    assert (title.startswith("Error"), "Nothing in the grid differs" in words(idle)) == (False, False)
    assert BulkUpdate.objects.count() == 1
    assert "Already so" not in words(client.post(GRID, boxes(idle)))


LATER = (TODAY + timedelta(days=9)).isoformat()


# what happened between the first press and the second, to the first of the two; whether the second leads to what was saved
@pytest.mark.parametrize(("meanwhile", "once"), [
    (lambda mine, ade, by: None, True),
    (lambda mine, ade, by: hand_over(by=by, learner=ade, officer=by), False),
    (lambda mine, ade, by: set_next_contact(by=by, learner=ade, on=TODAY), False),
    (lambda mine, ade, by: confirm_activity(by=by, activity=ade.activities.known().get()), False),
    (lambda mine, ade, by: _undo_there(mine), False),
])
@pytest.mark.parametrize("given", ["each", "all"])
def test_the_same_grid_sent_twice_is_saved_once_and_told_as_saved(client, two, officer, colleague, given, meanwhile, once):
    ade, bo = two
    asked = {"officer": officer.pk, "next_contact": SOON, "confirm": "yes"}
    typed = ({f"r{each.pk}": asked for each in two} if given == "each" else
             {"all": asked, f"r{ade.pk}": {"tick": "yes"}, f"r{bo.pk}": {"tick": "yes", "next_contact": LATER}})
    sent = {**boxes(client.post(GRID, typed_into(two, **typed))), "confirm": "1"}
    first = client.post(GRID, sent)
    meanwhile(client, ade, colleague)
    second = client.post(GRID, sent, follow=True)
    assert (second.redirect_chain == [(first.url, 302)]) == once
    assert ("You saved this already, so it stands once." in words(second)) == once
    assert BulkUpdate.objects.count() == 1


@pytest.mark.parametrize("otherwise", [{"next_contact": ""}, {"next_contact": LATER}, {"confirm": "yes"}])
def test_what_is_sent_again_otherwise_than_it_was_saved_is_not_told_as_saved(client, two, officer, otherwise):
    row = f"r{two[0].pk}"
    sent = {**boxes(client.post(GRID, typed_into(two, **{row: {"officer": officer.pk, "next_contact": SOON}}))), "confirm": "1"}
    client.post(GRID, sent)
    again = {**sent, **{f"{row}-{name}": value for name, value in otherwise.items()}}
    assert "so it stands once" not in words(client.post(GRID, again, follow=True))


def test_what_somebody_else_saved_is_not_told_as_saved_by_the_reader(client, two, officer, colleague):
    sent = {**boxes(client.post(GRID, typed_into(two, **{f"r{two[0].pk}": {"confirm": "yes"}}))), "confirm": "1"}
    sign_in(Client(), colleague).post(GRID, sent)
    assert problems(client.post(GRID, sent))[0].startswith("Nothing was saved, because 1 young person was changed by Cass")
