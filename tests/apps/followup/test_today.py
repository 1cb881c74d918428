"""The landing page counts and names nobody; caseloads and what is due are the reader's own."""

from datetime import timedelta

from django.test import Client

from tests.apps.followup.conftest import TODAY
from tests.apps.performance.reading import page_of
from tests.cast import sign_in
from throughline.apps.followup.actions.following import claim, set_next_contact
from throughline.apps.followup.models import Following
from throughline.apps.learners.actions.believing import believe
from throughline.apps.learners.actions.membership import end_membership


def _count_of(page: str, title: str) -> str:
    """The number that stands beside a list's title."""
    return page.partition(f">{title}</a>")[2].partition('data-label="Young people">')[2].partition("<")[0]


def test_each_list_is_counted_and_nobody_is_named(client, enrol):
    enrol("Zebedee", ago=91)
    enrol("Bo", code="810", ago=5)
    enrol("Cy", code="810", ago=5)
    page = client.get("/follow-up/").content.decode()
    counted = {title: _count_of(page, title) for title in ("Not known", "About to lapse", "NEET and contact overdue")}
    assert counted == {"Not known": "2", "About to lapse": "0", "NEET and contact overdue": "1"}
    assert "Zebedee" not in page


def test_ones_own_caseload_and_what_is_due_in_it(officer, colleague, client, enrol):
    due, later, others = enrol("Due"), enrol("Later"), enrol("Others")
    for by, learner, days in ((officer, due, 0), (officer, later, 1), (colleague, others, 0)):
        claim(by=by, learner=learner)
        set_next_contact(by=by, learner=learner, on=TODAY + timedelta(days=days))
    page = " ".join(client.get("/follow-up/").content.decode().split())
    assert "2 young people, of whom 1 is to be contacted by today" in page
    mine = client.get("/follow-up/mine/").content.decode()
    assert ("Okafor, Due" in mine, "Okafor, Later" in mine, "Okafor, Others" in mine) == (True, True, False)
    assert mine.index("Okafor, Due") < mine.index("Okafor, Later")
    assert "Okafor, Others" in client.get(f"/follow-up/caseloads/{colleague.pk}/").content.decode()


def test_whoever_is_not_of_the_cohort_stands_apart_in_a_caseload_until_they_are_let_go(officer, colleague, client, enrol):
    here, died, held = enrol("Here"), enrol("Died"), enrol("Held")
    for learner in (here, died, held):
        claim(by=officer, learner=learner)
    joined = held.memberships.get()
    believe(by=None, learner=held, ceased=[joined], came=[joined.again(status="G")], what="held for the September Guarantee")
    Following.objects.update(next_contact=TODAY - timedelta(days=3))
    end_membership(by=officer, learner=died, status="D", left_on=TODAY - timedelta(days=2))
    page = " ".join(client.get("/follow-up/").content.decode().split())
    assert "1 young person, of whom 1 is to be contacted by today" in page
    assert "2 more are not of the cohort" in page
    totals = " ".join(" ".join(page_of(client.get("/follow-up/caseloads/")).find(".//main").itertext()).split())
    assert ("Not of the cohort" in totals, "Olu Officer 1 1 2" in totals, "Left the cohort" in totals) == (True, True, False)
    shown = page_of(client.get("/follow-up/mine/"))
    rows = {name: [" ".join(" ".join(row.itertext()).split()) for row in shown.findall(f".//table[@id='{name}']/tbody/tr")]
            for name in ("mine", "gone")}
    assert ["Here" in row and "overdue" in row for row in rows["mine"]] == [True]
    assert ["Died" in row and "overdue" not in row and "They left the cohort on 26 November 2026. Left: died." in row
            for row in rows["gone"]] == [True, False]
    assert "They are not of the cohort: September Guarantee record only, since 1 September 2025." in rows["gone"][1]
    assert "Left the cohort" not in " ".join(shown.find(".//main").itertext())
    lines = client.get(f"/follow-up/caseloads/{officer.pk}/list.csv").content.decode("utf-8-sig").splitlines()
    assert [line.endswith("Left: died") and "2026-11-25" not in line for line in lines[1:3]] == [False, True]
    assert lines[0].endswith("Not of the cohort since,Why not of it")
    assert "Held\",Not of the cohort,,," in lines[3]
    assert lines[3].endswith(",2025-09-01,September Guarantee record only")
    client.post(f"/follow-up/learners/{died.pk}/release/")
    theirs = sign_in(Client(), colleague)
    page = page_of(theirs.get(f"/follow-up/caseloads/{officer.pk}/"))
    assert [[form.get("action") for form in page.findall(f".//table[@id='{name}']//form")] for name in ("mine", "gone")] == [
        [], [f"/follow-up/learners/{held.pk}/release/"]]
    for learner in (here, held):
        theirs.post(f"/follow-up/learners/{learner.pk}/release/")
    assert 'id="gone"' not in client.get("/follow-up/mine/").content.decode()
    assert list(Following.objects.exclude(officer=None).values_list("learner", flat=True)) == [here.pk]
