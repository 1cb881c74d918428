"""The handbook: pages by service with editions of which none is lost, past review said, and pages shown beside tasks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import facts, links, main, page_of, table, words
from tests.apps.plans.going import a_plan, an_action
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.handbook import actions
from throughline.apps.handbook.models import HandbookPage, PageEdition
from throughline.apps.handbook.queries import beside, editions_in_force
from throughline.apps.handbook.tasks import all_tasks
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans.forms.links import HandbookForm

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def _typed(**words):
    return {"title": "Closing", "service": "tracking  TEAM", "audience": "", "body": "Do it",
            "tasks": ["close_month"], "owner": "", **day_in("starts_on", TODAY()),
            **day_in("review_on", TODAY() + timedelta(days=9)), **words}


def test_a_page_is_added_and_stands_under_its_service_as_that_is_spelt(lead, page):
    answer = lead.post("/handbook/add/", _typed(), follow=True)
    assert facts(answer)["Shown beside"] == "Closing a month"
    assert [row[:2] for row in table(lead.get("/handbook/"), "service-1")] == [
        ["Closing", "Closing a month"], ["When nobody answers For tracking officers", "Worklist: Not known"]]


def test_an_edition_stays_as_it_was_when_the_next_is_saved(lead, page):
    path = f"/handbook/{page.pk}/change/"
    opened = boxes(lead.get(path))
    assert [opened.get(f"{name}_day") for name in ("starts_on", "review_on")] == [str(TODAY().day), ""]
    typed = {**opened, "tasks": ["not_known", "contact"], "body": "Try four times.\n\n- by telephone",
             **day_in("review_on", TODAY())}
    assert "Enter a day to come" in main(lead.post(path, typed))
    typed |= day_in("review_on", TODAY() + timedelta(days=300))
    assert "Say what changed" in main(lead.post(path, typed))
    lead.post(path, {**typed, "change": "Once more"})
    first, second = PageEdition.objects.filter(page=page).order_by("number")
    assert (first.body, second.body) == ("Try three times.\n\n- by telephone\n- by text", typed["body"])
    assert "Try four times." in main(lead.get(f"/handbook/{page.pk}/"))
    now = main(lead.get(f"/handbook/{page.pk}/editions/2/"))
    assert "Once more" in now
    assert "Tasks: Worklist: Not known, now Worklist: Not known; Logging a contact" in now
    assert "Lines that went Try three times. - by text Lines that came Try four times." in now
    assert "which is not in force: edition 2 has held since" in main(lead.get(f"/handbook/{page.pk}/editions/1/"))
    before = {**boxes(lead.get(path)), **day_in("starts_on", TODAY() - timedelta(days=1)), "change": "Late",
              **day_in("review_on", TODAY() + timedelta(days=300))}
    assert "Edition 2 holds all the same" in main(lead.post(path, before, follow=True))
    assert "which is not in force: edition 2 has held since" in main(lead.get(f"/handbook/{page.pk}/editions/3/"))


def test_an_edition_holds_from_its_day(page, says):
    later = {**says, "title": "Later", "starts_on": TODAY() + timedelta(days=10), "review_on": TODAY() + timedelta(days=20)}
    actions.add_edition(by=None, page=page, change="From next week", **later)
    earlier = {**says, "title": "Earlier", "starts_on": says["starts_on"] - timedelta(days=9)}
    actions.add_edition(by=None, page=page, change="It had been said before", **earlier)
    on = {days: [each.title for each in editions_in_force("358", TODAY() + timedelta(days=days))] for days in (-39, -30, 0, 10)}
    assert on == {-39: ["Earlier"], -30: ["When nobody answers"], 0: ["When nobody answers"], 10: ["Later"]}
    assert page.in_force(TODAY()).title == "When nobody answers"


def test_what_is_past_its_review_is_said(lead, page):
    page.editions.update(review_on=TODAY() - timedelta(days=1))
    assert "1 page is past its review." in main(lead.get("/handbook/"))
    assert "Past its review" in facts(lead.get(f"/handbook/{page.pk}/"))["Next review"]


@pytest.mark.parametrize("wrong", [{"review_on": TODAY() - timedelta(days=30)}, {"change": " "}])
def test_what_cannot_be_is_refused(page, says, wrong):
    with pytest.raises(RefusedError):
        actions.add_edition(by=None, page=page, **{**says, "change": "Something", **wrong})
    assert page.editions.count() == 1


def test_two_who_open_the_same_edition_do_not_both_follow_it(lead, page):
    path = f"/handbook/{page.pk}/change/"
    review = day_in("review_on", TODAY() + timedelta(days=300))
    opened = {**boxes(lead.get(path)), "change": "Said", "tasks": ["not_known"], **review}
    lead.post(path, {**opened, "body": "Theirs"})
    answer = main(lead.post(path, {**opened, "body": "Mine"}))
    assert "Saved by somebody else Theirs Typed by you Mine" in answer
    assert page.newest.body == "Theirs"
    opened = {**boxes(lead.get(path)), "change": "Looked over", "tasks": ["not_known"], **review}
    lead.post(path, opened)
    assert "Somebody else changed this" in main(lead.post(path, opened))
    assert page.newest.number == 3


def test_a_page_is_taken_away_and_brought_back(lead, page, says):
    assert "Taken away (1)" in main(lead.post(f"/handbook/{page.pk}/remove/", follow=True))
    assert lead.get(f"/handbook/{page.pk}/").status_code == 404
    with pytest.raises(RefusedError):
        actions.add_edition(by=None, page=HandbookPage.objects.get(), change="Said", **says)
    lead.post(f"/handbook/{page.pk}/bring-back/")
    assert "Try three times." in main(lead.get("/handbook/whole/"))
    assert [entry.verb for entry in AuditEntry.objects.filter(subject_kind="handbook page", verb__in=["removed", "changed"])
            .order_by("id")] == ["removed", "changed"]


def test_an_authority_without_a_page_is_told_so(lead):
    assert "The handbook has no page in force yet" in main(lead.get("/handbook/"))
    assert "The handbook has no page in force yet" in main(lead.get("/handbook/whole/"))


def test_the_audit_says_how_much_was_written_and_not_what(page):
    said = AuditEntry.objects.get(subject_kind="handbook page")
    assert said.detail["body"] == [None, "9 words"]
    assert "telephone" not in str(said.detail)


def test_it_is_downloaded(lead, page):
    assert b"When nobody answers" in lead.get("/handbook/handbook.csv").content


def test_a_longer_handbook_asks_no_more(lead, page, says):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            lead.get("/handbook/")
            [str(label) for _, label in HandbookForm(record=action).fields["pages"].choices]
        return len(found)

    action = an_action(a_plan(), "1.1")
    actions.remove_page(by=None, page=actions.add_page(by=None, area="358", **says))
    few = asked()
    for n in range(3):
        actions.add_page(by=None, area="358", **{**says, "title": f"Page {n}"})
        actions.remove_page(by=None, page=actions.add_page(by=None, area="358", **{**says, "title": f"Gone {n}"}))
    assert asked() == few
    assert "Gone 2" in main(lead.get("/handbook/"))


def test_every_task_is_one_of_the_site(page):
    assert list(all_tasks()) == ["not_known", "about_to_lapse", "neet_overdue", "agreed_start_passed", "without_next_place",
                                 "contact", "close_month"]


def test_a_page_is_shown_beside_its_task_and_no_other(cast, page, warehouse):
    officer = cast("tracking_officer")
    opened = page_of(officer.get("/follow-up/lists/not_known/")).find(".//main/details")
    assert words(opened).startswith("Handbook: When nobody answers Try three times.")
    assert "Handbook:" not in main(officer.get("/follow-up/lists/neet_overdue/"))
    assert "Handbook:" not in main(officer.get("/months/close/"))


def test_several_pages_are_links(cast, page, says, warehouse):
    other = actions.add_page(by=None, area="358", **{**says, "title": "Another", "tasks": ["close_month", "not_known"]})
    actions.add_page(by=None, area="202", **{**says, "title": "A neighbour’s"})
    answer = cast("tracking_officer").get("/follow-up/lists/not_known/")
    assert "Handbook: 2 pages about this Another When nobody answers" in main(answer)
    assert f"/handbook/{other.pk}/" in links(answer)
    assert "Handbook: Another Do" not in main(answer)


def test_nobody_reads_the_handbook_of_another_authority(cast, page):
    from tests.cast import make_user

    assert cast("strategy_lead", email="lead.of.another@example.org", area="202").get(f"/handbook/{page.pk}/").status_code == 404
    assert [beside(make_user(role), "not_known") for role in ("employer", "administrator")] == [[], []]
    assert len(beside(make_user("tracking_officer"), "not_known")) == 1


def test_an_action_of_a_plan_has_pages_beside_it(lead, page, warehouse):
    action = an_action(a_plan(), "1.1")
    path = f"/plans/{action.plan_id}/actions/{action.pk}/"
    lead.post(f"{path}handbook/", {**boxes(lead.get(f"{path}handbook/")), "pages": [page.pk]})
    assert "Handbook: When nobody answers Try three times." in main(lead.get(path))
    assert "Action 1.1" in main(lead.get(f"/handbook/{page.pk}/actions/"))
    actions.remove_page(by=None, page=page)
    assert "Handbook:" not in main(lead.get(path))
    lead.post(f"{path}handbook/", boxes(lead.get(f"{path}handbook/")))
    actions.restore_page(by=None, page=page)
    assert "Handbook:" in main(lead.get(path))
