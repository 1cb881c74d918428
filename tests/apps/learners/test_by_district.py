"""Whoever has no district that is known is a choice of the search, beside the districts, for whoever may be told of homes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.performance.reading import page_of
from tests.cast import make_user, sign_in
from throughline.apps.learners.actions.identity import move_house
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.queries import districts_of, find_learners

SCHOOL, HERE, NOWHERE = "3584001", "E07000001", "not_known"


@pytest.fixture
def people(officer, enrol):
    """Learners of a school by where they live."""
    home = {"line_1": "1 High Street", "district": HERE}
    found = {
        "here": enrol("Ade", "Here", school_at_16=SCHOOL, **home), "nowhere": enrol("Bo", "Nowhere", school_at_16=SCHOOL),
        "no district": enrol("Cy", "Lane", school_at_16=SCHOOL, line_1="2 High Street"),
        "left it": enrol("Di", "Gone", school_at_16=SCHOOL, **home),
        "refuge": enrol("Ed", "Refuge", school_at_16=SCHOOL, line_1="3 High Street", protected=True),
        "guarded": enrol("Flo", "Guarded", school_at_16=SCHOOL), "restricted": enrol("Gus", "Shut", school_at_16=SCHOOL),
        "another authority's": enrol("Hal", "Theirs", area="202", school_at_16=SCHOOL),
    }
    move_house(by=officer, learner=found["left it"], since=timezone.localdate() - timedelta(days=3))
    set_restriction(by=officer, learner=found["guarded"], restricted=False, protected_address=True, reason="A court said so")
    set_restriction(by=officer, learner=found["restricted"], restricted=True, protected_address=False, reason="A court said so")
    return found


def _found(user, people, **asked) -> set[str]:
    called = {learner.pk: name for name, learner in people.items()}
    return {called[each.pk] for each in find_learners(user, **asked)}


def test_those_of_no_district_are_found_and_nobody_whose_home_is_told_to_few(officer, people):
    assert _found(officer, people, district=NOWHERE) == {"nowhere", "no district", "left it"}
    assert _found(officer, people, district=HERE) == {"here"}
    assert districts_of(officer) == [HERE, NOWHERE]


def test_a_school_neither_finds_by_it_nor_is_offered_it(people):
    school = make_user("provider_staff", establishment=SCHOOL, organisation="Marlbeck School")
    assert _found(school, people, district=NOWHERE) == set()
    assert districts_of(school) == []
    client = sign_in(Client(), school)
    assert page_of(client.get("/learners/")).find(".//select[@id='id_district']") is None
    everybody = client.get("/learners/learners.csv").content
    client.post("/learners/", {"district": NOWHERE})
    assert client.get("/learners/learners.csv?search=kept").content == everybody  # whom it sees anyhow, narrowed by nothing


def test_the_page_offers_it_last_and_the_file_is_of_those_found(officer, people):
    client = sign_in(Client(), officer)
    options = page_of(client.get("/learners/")).findall(".//select[@id='id_district']/option")
    assert [(one.attrib["value"], one.text) for one in options] == [("", "Any"), (HERE, HERE), (NOWHERE, "Not known")]
    answer = client.post("/learners/", {"district": NOWHERE}, follow=True)
    shown = " ".join(page_of(answer).find(".//main//table").itertext())
    assert ("3 learners" in shown, "Nowhere, Bo" in shown, "Here, Ade" in shown) == (True, True, False)
    table = client.get("/learners/learners.csv?search=kept").content.decode("utf-8-sig")
    names = ("Nowhere", "Lane", "Gone", "Here", "Refuge", "Guarded", "Shut")
    assert [name for name in names if name in table] == ["Nowhere", "Lane", "Gone"]
