"""The landing page counts and names nobody; caseloads and what is due are the reader's own."""

from datetime import timedelta

from tests.apps.followup.conftest import TODAY
from throughline.apps.followup.actions.following import claim, set_next_contact


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
