"""The landing page counts and names nobody; caseloads and what is due are the reader's own."""

from datetime import timedelta

from tests.apps.followup.conftest import TODAY
from tests.apps.performance.reading import page_of
from throughline.apps.followup.actions.following import claim, set_next_contact
from throughline.apps.followup.models import Following
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


def test_whoever_left_the_cohort_stands_apart_in_a_caseload_until_they_are_let_go(officer, client, enrol):
    here, died = enrol("Here"), enrol("Died")
    for learner in (here, died):
        claim(by=officer, learner=learner)
    Following.objects.update(next_contact=TODAY - timedelta(days=3))
    end_membership(by=officer, learner=died, status="D", left_on=TODAY - timedelta(days=2))
    page = " ".join(client.get("/follow-up/").content.decode().split())
    assert "1 young person, of whom 1 is to be contacted by today" in page
    assert "1 more has left the cohort" in page
    assert "<td class=\"app-number\">1</td>" * 3 in client.get("/follow-up/caseloads/").content.decode()
    shown = page_of(client.get("/follow-up/mine/"))
    rows = {name: [" ".join(" ".join(row.itertext()).split()) for row in shown.findall(f".//table[@id='{name}']/tbody/tr")]
            for name in ("mine", "gone")}
    assert ["Here" in row and "overdue" in row for row in rows["mine"]] == [True]
    assert ["Died" in row and "overdue" not in row and "They left the cohort on 26 November 2026. Left: died." in row
            for row in rows["gone"]] == [True]
    lines = client.get(f"/follow-up/caseloads/{officer.pk}/list.csv").content.decode("utf-8-sig").splitlines()
    assert [line.endswith("Left: died") and "2026-11-25" not in line for line in lines[1:3]] == [False, True]
    client.post(f"/follow-up/learners/{died.pk}/release/")
    assert 'id="gone"' not in client.get("/follow-up/mine/").content.decode()
