"""Points said otherwise: one's own authority only, the effect shown first, with a reason, and the published ones again."""

import pytest

from throughline.apps.accounts.models import AuditEntry
from throughline.apps.followup import points, scores
from throughline.apps.followup.actions.risk import amend_points, decide_on_risk, withdraw_points
from throughline.apps.followup.models import PointsAmendment, RiskDecision
from throughline.apps.organisations.actions.amending import RefusedError

RULES, CHANGE = "/follow-up/risk/rules/", "/follow-up/risk/rules/change/"


@pytest.fixture
def data_officer(db):
    from tests.cast import make_user

    return make_user("data_officer", email="data@example.org", full_name="Dee Data")


@pytest.fixture
def client(data_officer):
    from django.test import Client

    from tests.cast import sign_in

    return sign_in(Client(), data_officer)


def _typed(**changed) -> dict[str, str]:
    """What the form posts: every value as it holds, but for those given, by the last words of their names."""
    standing = points.held("358")
    said = {**points.edition("358").values(), **{name.replace("_", "-", 1): value for name, value in changed.items()}}
    return {**{name: str(value) for name, value in said.items()}, "reason": "Ours weigh more",
            "instead_of": str(standing.pk) if standing else ""}


def _points(user, learner) -> tuple[int, str]:
    score = scores.scored(user, [learner])[0].score
    return score.points, score.band


def test_points_said_otherwise_hold_in_ones_own_authority_only(data_officer, enrol):
    from tests.cast import make_user

    ours, theirs = enrol(traits=["110"]), enrol(traits=["110"], area="202")
    stranger = make_user("data_officer", email="stranger@example.org", area="202")
    amend_points(by=data_officer, says={"factor-looked_after-points": 5, "band-substantial-from": 5}, reason="Ours weigh more")
    assert (_points(data_officer, ours), _points(stranger, theirs)) == ((5, "substantial"), (2, "additional"))


def test_only_what_differs_from_the_published_points_is_kept(data_officer):
    says = {**points.published().values(), "factor-carer-points": 3}
    assert amend_points(by=data_officer, says=says, reason="x").says == {"factor-carer-points": 3}


def test_the_published_points_hold_again_once_withdrawn_and_what_held_stays_known(data_officer, enrol):
    learner = enrol(traits=["110"])
    amend_points(by=data_officer, says={"factor-looked_after-points": 5}, reason="First")
    amend_points(by=data_officer, says={"factor-looked_after-points": 7}, reason="Second", instead_of=points.held("358").pk)
    assert _points(data_officer, learner)[0] == 7
    assert withdraw_points(by=data_officer)
    assert _points(data_officer, learner)[0] == 2
    assert [(each.reason, bool(each.withdrawn_at)) for each in points.history("358")] == [("Second", True), ("First", True)]
    assert not withdraw_points(by=data_officer)
    assert AuditEntry.objects.filter(subject_kind="points").count() == 3


@pytest.mark.parametrize(("says", "field"), [
    ({"factor-carer-points": 21}, "factor-carer-points"), ({"factor-carer-points": -1}, "factor-carer-points"),
    ({"band-substantial-from": 2}, "band-substantial-from"), ({"band-offer-from": 0}, "band-offer-from"),
    ({"factor-attendance-below-0-step": 91}, "factor-attendance-below-1-step"),
    ({"factor-attendance-below-1-points": 3}, "factor-attendance-below-1-step"),
    ({"factor-suspended-above-1-step": 60}, "factor-suspended-above-1-step"),
])
def test_points_that_make_no_sense_are_refused(data_officer, says, field):
    with pytest.raises(RefusedError) as refused:
        amend_points(by=data_officer, says=says, reason="x")
    assert (refused.value.field, PointsAmendment.objects.count()) == (field, 0)


def test_whoever_was_slower_is_told_and_nothing_is_lost(data_officer):
    first = amend_points(by=data_officer, says={"factor-carer-points": 3}, reason="First")
    with pytest.raises(RefusedError, match="Somebody else changed the points"):
        amend_points(by=data_officer, says={"factor-carer-points": 4}, reason="Slower")
    assert points.held("358") == first


@pytest.mark.parametrize("says", [{}, {"factor-carer-points": 2}])
def test_nothing_new_is_refused(data_officer, says):
    with pytest.raises(RefusedError, match="Nothing would change"):
        amend_points(by=data_officer, says=says, reason="x")


def test_a_decision_keeps_the_score_by_the_points_of_its_day(data_officer, enrol):
    learner = enrol(traits=["110"])
    decide_on_risk(by=data_officer, learner=learner, score=scores.scored(data_officer, [learner])[0].score, decision="support",
                   reason="A mentor")
    amend_points(by=data_officer, says={"factor-looked_after-points": 9}, reason="x")
    assert RiskDecision.objects.get().points == 2


def test_nothing_is_saved_before_its_effect_was_seen(client, enrol):
    for traits in (["110"], ["110"], []):
        enrol(traits=traits)
    typed = _typed(**{"factor_looked_after-points": 4})
    page = client.post(CHANGE, typed).content.decode()
    assert PointsAmendment.objects.count() == 0
    cells = page.partition('id="effect"')[2].replace("</tr>", "\n").replace("</td>", " ").replace("</th>", " ")
    import re

    rows = [re.sub("<[^>]*>", "", row).split() for row in cells.splitlines() if "<tr>" in row]
    assert ["Additional", "support", "2", "0"] in rows
    assert ["Substantial", "support", "0", "2"] in rows
    assert "2 in a higher band, 0 in a lower one" in page
    assert client.post(CHANGE, {**typed, "confirm": "1"}).url == RULES
    assert points.held("358").says == {"factor-looked_after-points": 4}
    rules = client.get(RULES).content.decode()
    assert "Ours weigh more" in rules
    assert "never used to decide anything by itself" in rules


def test_what_is_wrong_is_said_at_its_box(client):
    answer = client.post(CHANGE, {**_typed(**{"band_substantial-from": 1}), "confirm": "1"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Substantial support begins at more points than Additional support" in page
    assert 'href="#id_band-substantial-from"' in page
    assert PointsAmendment.objects.count() == 0


def test_points_that_make_no_sense_are_said_beside_a_missing_reason(client):
    page = client.post(CHANGE, {**_typed(**{"band_substantial-from": 1}), "reason": ""}).content.decode()
    assert ("Say why they are changed" in page, "Substantial support begins at more points" in page) == (True, True)


def test_a_tracking_officer_sees_the_points_and_changes_none(officer):
    from django.test import Client

    from tests.cast import sign_in

    tracking = sign_in(Client(), officer)
    assert "Change the points" not in tracking.get(RULES).content.decode()
    assert [tracking.get(CHANGE).status_code, tracking.post(f"{RULES}withdraw/").status_code] == [403, 403]


def test_the_file_is_what_the_page_says(client, data_officer):
    amend_points(by=data_officer, says={"factor-carer-points": 3}, reason="x")
    table = client.get(f"{RULES}points.csv").content.decode("utf-8-sig")
    assert "Caring for somebody,3,2" in table
    assert "Attendance,2 when below 85%; 1 when below 90%," in table
