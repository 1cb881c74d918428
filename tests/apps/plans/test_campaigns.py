"""Campaigns: messages by term with the gaps plain, what went out, what people said; in the calendar, its file and on actions."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import facts, headings, links, main, table
from tests.apps.plans.going import a_party, a_plan, an_action
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans.actions import campaigns as actions
from throughline.apps.plans.campaigns import by_term, campaigns_of
from throughline.apps.plans.cycle import Year
from throughline.apps.plans.feed import cycle_calendar
from throughline.apps.plans.models import Campaign, CampaignMessage, CampaignResearch
from throughline.apps.plans.terms import terms_of

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 20)
YEAR = Year(2026)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day is 20 January 2027, wherever the room asks."""
    monkeypatch.setattr(timezone, "localdate", lambda value=None, *args: value.date() if value else TODAY)


@pytest.fixture
def campaign(db) -> Campaign:
    """One that runs in the academic year 2026/27, with a message in autumn and none after."""
    runs = {"starts_on": date(2026, 9, 1), "ends_on": date(2027, 7, 20)}
    made = actions.add_campaign(by=None, area="358", title="Here every day", **runs)
    _message(made, date(2026, 9, 7))
    return made


def _message(campaign, planned_on, **words) -> CampaignMessage:
    given = {"text": "Every day counts", "channel": "Letter home", **words}
    return actions.add_message(by=None, campaign=campaign, planned_on=planned_on, **given)


def _asked(campaign, **words) -> CampaignResearch:
    given = {"asked_on": date(2026, 10, 5), "question": "What would help?", "method": "A form", "answered": 200,
             "figures": [["A bus", 130], ["A text", 50]], "said": "A bus above all", **words}
    return actions.add_research(by=None, campaign=campaign, **given)


def test_the_terms_are_the_whole_of_the_year():
    terms = terms_of(YEAR.first, YEAR.last)
    assert [(term.name, term.first, term.last) for term in terms] == [
        ("autumn", date(2026, 9, 1), date(2027, 1, 3)), ("spring", date(2027, 1, 4), date(2027, 4, 15)),
        ("summer", date(2027, 4, 16), date(2027, 8, 31))]
    days = [YEAR.first + timedelta(days=n) for n in range(365)]
    assert {sum(term.holds(day) for term in terms) for day in days} == {1}


def test_a_year_whose_first_term_begins_late_still_counts_its_first_days_to_it(settings, tmp_path):
    (tmp_path / "rules").mkdir()
    terms = "".join(f'[[edition.term]]\nbegins = "{begins}"\nhalf = "{half}"\n' for begins, half in (("09-04", "11-02"),
                                                                                                  ("01-08", "02-19")))
    (tmp_path / "rules" / "terms.toml").write_text(f"[[edition]]\nfrom = 2026-09-01\n{terms}")
    settings.DEFINITIONS = tmp_path
    assert [(term.name, term.first, term.last) for term in terms_of(date(2026, 9, 1), date(2027, 8, 31))] == [
        ("term 1", date(2026, 9, 1), date(2027, 1, 7)), ("term 2", date(2027, 1, 8), date(2027, 8, 31))]


def test_a_campaign_is_planned_on_the_page_and_its_gaps_are_plain(cast):
    lead = cast("strategy_lead")
    typed = {"title": "Here every day", "aim": "Less absence", "budget": "£4,500", "lead": a_party("Head of Inclusion").pk,
             **day_in("starts_on", date(2026, 9, 1)), **day_in("ends_on", date(2027, 7, 20))}
    answer = lead.post("/campaigns/add/", typed, follow=True)
    assert {name: facts(answer)[name] for name in ("Who leads it", "Budget", "Plan")} == {
        "Who leads it": "Head of Inclusion", "Budget": "£4,500", "Plan": "No one plan"}
    path = f"/campaigns/{Campaign.objects.get().pk}/"
    planned = {"text": "Every day <b>counts</b>", "channel": "Radio", **day_in("planned_on", date(2027, 2, 1))}
    lead.post(f"{path}messages/add/", planned)
    answer = lead.get(path)
    assert "Nothing planned for autumn 2026/27." in main(answer)
    assert "Nothing planned for summer 2026/27." in main(answer)
    assert "Nothing planned for spring" not in main(answer)
    assert table(answer, "messages-2")[0][:4] == ["1 February 2027", "Every day <b>counts</b> Radio", "Nobody yet", "Planned"]


@pytest.mark.parametrize(("ends", "field"), [(date(2026, 8, 31), "ends_on"), (date(2036, 9, 2), "ends_on")])
def test_a_campaign_that_ends_too_soon_or_too_late_is_refused(ends, field):
    with pytest.raises(RefusedError) as refused:
        actions.add_campaign(by=None, area="358", title="T", starts_on=date(2026, 9, 1), ends_on=ends)
    assert refused.value.field == field


@pytest.mark.parametrize("far", [date(9999, 12, 1), date(207, 1, 2)])
def test_a_day_that_nobody_can_mean_is_refused_wherever_it_is_given(campaign, far):
    message, research = campaign.messages.get(), _asked(campaign)
    for give in (
        lambda: _message(campaign, far), lambda: actions.change_message(by=None, message=message, planned_on=far),
        lambda: actions.log_message(by=None, message=message, sent_on=min(far, date(207, 1, 2))),
        lambda: _asked(campaign, asked_on=far),
        lambda: actions.change_research(by=None, research=research, asked_on=far, figures=[]),
        lambda: actions.add_campaign(by=None, area="358", title="T", starts_on=far, ends_on=far),
    ):
        with pytest.raises(RefusedError) as refused:
            give()
        assert refused.value.sentence == "Enter a day from 1990 to 2099"


@pytest.mark.parametrize(("starts", "ends", "terms"), [
    (date(2026, 8, 25), date(2026, 12, 1), ["Autumn term 2026/27"]),
    (date(2026, 7, 22), date(2026, 9, 1), ["Summer term 2025/26", "Autumn term 2026/27"]),
    (date(2026, 8, 1), date(2026, 8, 20), ["Summer term 2025/26"]),
    (date(2026, 12, 22), date(2027, 1, 4), ["Spring term 2026/27"]),
])
def test_a_campaign_runs_in_a_term_when_it_runs_on_a_school_day_of_it(db, starts, ends, terms):
    made = actions.add_campaign(by=None, area="358", title="T", starts_on=starts, ends_on=ends)
    assert [each.label for each in by_term(made)] == terms


def test_the_calendar_has_every_campaign_of_the_year_by_term(cast, campaign):
    _message(campaign, date(2026, 11, 2))
    actions.log_message(by=None, message=_message(campaign, date(2027, 1, 15)), sent_on=date(2027, 1, 18))
    other = {"title": "Before", "starts_on": date(2025, 10, 1), "ends_on": date(2026, 10, 30)}
    actions.add_campaign(by=None, area="358", **other)
    actions.add_campaign(by=None, area="202", **{**other, "title": "Theirs"})
    councillor = cast("councillor")
    answer = councillor.get("/campaigns/")
    assert headings(answer, "campaigns")[1] == "Autumn term from 1 September 2026"
    assert [row[1:] for row in table(answer, "campaigns")] == [
        ["Nothing planned", "Not running", "Not running"],
        ["2 planned, 0 went out, 2 not logged 7 September 2026: Letter home 2 November 2026: Letter home",
         "1 planned, 1 went out 15 January 2027: Letter home", "Nothing planned"]]
    [before] = table(councillor.get("/campaigns/?year=2025"), "campaigns")
    assert before[0] == "Before 1 October 2025 to 30 October 2026"
    assert "No campaign runs in 2027/28" in main(councillor.get("/campaigns/?year=2027"))
    lines = councillor.get("/campaigns/campaigns.csv").content.decode()
    assert lines.count("Nothing planned") == 2
    assert "Theirs" not in lines


def test_every_message_stands_in_one_term(campaign):
    days = [date(2026, 6, 1) + timedelta(days=17 * n) for n in range(30)]
    for day in days:
        _message(campaign, day)
    shown = by_term(campaigns_of("358").get())
    assert sorted(message.planned_on for each in shown for message in each.messages) == sorted([*days, date(2026, 9, 7)])
    assert all(each.term.holds(message.planned_on) for each in shown for message in each.messages)
    assert [each.label for each in shown if not each.runs] == ["Summer term 2025/26", "Autumn term 2027/28"]


def test_a_message_is_logged_put_right_and_taken_back(cast, campaign):
    lead = cast("strategy_lead")
    message = campaign.messages.get()
    path = f"/campaigns/messages/{message.pk}/"
    typed = {**day_in("sent_on", date(2027, 1, 20)), "reach": "4100", "reach_how": "Letters posted", "address": "https://example.org/a",
             "upload": SimpleUploadedFile("letter.txt", b"Dear parents")}
    lead.post(f"{path}log/", typed)
    page = lead.get(f"/campaigns/{campaign.pk}/")
    assert table(page, "messages-1")[0][3:5] == [
        "Went out 20 January 2027, in another term",
        "4,100 Letters posted What was sent , the message of 7 September 2026 letter.txt (1 KB)"]
    handed = lead.get(f"{path}material/")
    assert (handed.content, handed["X-Content-Type-Options"]) == (b"Dear parents", "nosniff")
    assert handed["Content-Disposition"] == 'attachment; filename="letter.txt"'
    lead.post(f"{path}log/", {**boxes(lead.get(f"{path}log/")), "reach": ""})
    message.refresh_from_db()
    assert (message.reach, message.name, bytes(message.content)) == (None, "letter.txt", b"Dear parents")
    lead.post(f"{path}unlog/")
    message.refresh_from_db()
    assert (message.sent_on, message.state, message.name) == (None, "Not logged", "letter.txt")


@pytest.mark.parametrize(("typed", "said"), [
    (day_in("sent_on", date(2027, 1, 21)), "cannot be to come"),
    ({**day_in("sent_on", date(2027, 1, 2)), "upload": SimpleUploadedFile("a.pdf", b"no PDF")}, "not what its name says"),
    ({**day_in("sent_on", date(2027, 1, 2)), "address": "javascript:alert(1)"}, "begins with https://"),
])
def test_what_cannot_be_logged_is_refused(cast, campaign, typed, said):
    message = campaign.messages.get()
    assert said in main(cast("strategy_lead").post(f"/campaigns/messages/{message.pk}/log/", typed))
    message.refresh_from_db()
    assert message.sent_on is None


def test_research_is_kept_with_its_figures(cast, campaign):
    lead = cast("strategy_lead")
    path = f"/campaigns/{campaign.pk}/research/add/"
    typed = {**day_in("asked_on", date(2026, 10, 5)), "question": "What would help?", "method": "A form", "answered": "200",
             "figures": "A bus at 8: 15: 130\nA text:50\n", "said": "A bus"}
    lead.post(path, typed)
    held = CampaignResearch.objects.get()
    assert held.figures == [["A bus at 8: 15", 130], ["A text", 50]]
    assert table(lead.get(f"/campaigns/{campaign.pk}/"), f"answers-{held.pk}") == [
        ["A bus at 8: 15", "130", "65"], ["A text", "50", "25"]]
    assert b"A text,50,25" in lead.get(f"/campaigns/{campaign.pk}/research.csv").content
    for wrong, said in (("A bus: many", "Line 1, “A bus: many”"), ("A bus: 201", "More gave the answer “A bus” than answered"),
                        ("A: ,", "Line 1, “A: ,”")):
        assert said in main(lead.post(path, {**typed, "figures": wrong}))
    assert CampaignResearch.objects.count() == 1


def test_messages_stand_in_the_planning_cycle_and_its_files(cast, campaign):
    gone = _message(campaign, date(2026, 9, 8), text="Taken away")
    actions.remove(by=None, kept=gone)
    _message(actions.add_campaign(by=None, area="202", title="Theirs", starts_on=TODAY, ends_on=TODAY), date(2026, 9, 9))
    lead = cast("strategy_lead")
    pages = [lead.get(path) for path in ("/calendar/?year=2026", "/calendar/month/2026-09/", "/calendar/cycle.csv?year=2026")]
    said = [main(pages[0]), main(pages[1]), pages[2].content.decode(), cycle_calendar("358", timezone.now()).decode()]
    assert ["Here every day: Every day counts" in words for words in said] == [True] * 4
    assert ["Taken away" in words or "Theirs" in words for words in said] == [False] * 4
    assert f"/campaigns/{campaign.pk}/" in links(pages[0])
    assert "Make next year’s cycle" not in said[0]
    actions.remove(by=None, kept=campaign)
    assert "Here every day" not in main(lead.get("/calendar/?year=2026"))


def test_a_campaign_leads_to_the_actions_of_its_plan_and_back(cast, campaign):
    lead, mine = cast("strategy_lead"), an_action(a_plan(title="Ours"), "3.5")
    other = an_action(a_plan(title="Another"), "9.9")
    path = f"/campaigns/{campaign.pk}/"
    assert "The campaign is for no plan yet" in main(lead.get(f"{path}actions/"))
    lead.post(f"{path}change/", {**boxes(lead.get(f"{path}change/")), "plan": mine.plan_id})
    lead.post(f"{path}actions/", {**boxes(lead.get(f"{path}actions/")), "actions": [mine.pk]})
    assert facts(lead.get(path))["Actions of the plan"].startswith("Action 3.5")
    assert path in links(lead.get(f"/plans/{mine.plan_id}/actions/{mine.pk}/"))
    campaign.refresh_from_db()
    with pytest.raises(RefusedError):
        actions.set_actions(by=None, campaign=campaign, actions=[other])
    answer = lead.post(f"{path}change/", {**boxes(lead.get(f"{path}change/")), "plan": other.plan_id}, follow=True)
    assert "It no longer carries out 1 action of the plan before." in main(answer)
    assert not campaign.actions.exists()


def test_what_is_taken_away_comes_back(cast, campaign):
    lead, asked = cast("strategy_lead"), _asked(campaign)
    path = f"/campaigns/{campaign.pk}/"
    lead.post(f"/campaigns/research/{asked.pk}/remove/")
    lead.post(f"/campaigns/messages/{campaign.messages.get().pk}/remove/")
    assert "Taken out (2)" in main(lead.get(path))
    assert "Message of 7 September 2026: Every day counts Bring back" in main(lead.get(path))
    assert "Market research of 5 October 2026: What would help? Bring back" in main(lead.get(path))
    lead.post(f"/campaigns/research/{asked.pk}/bring-back/")
    assert "What would help?" in main(lead.get(path))
    assert "Taken out (1)" in main(lead.post(f"{path}remove/", follow=True))
    assert lead.get(path).status_code == 404
    assert main(lead.post(f"{path}bring-back/", follow=True)).count("Here every day") == 2


def test_two_who_change_a_message_at_once_see_both(cast, campaign):
    lead, path = cast("strategy_lead"), f"/campaigns/messages/{campaign.messages.get().pk}/change/"
    opened = boxes(lead.get(path))
    lead.post(path, {**opened, "text": "Theirs"})
    assert "Saved by somebody else Theirs Typed by you Mine" in main(lead.post(path, {**opened, "text": "Mine"}))


def test_another_authority_finds_nothing_and_gives_nobody(cast, campaign):
    neighbour = cast("strategy_lead", email="lead.of.another@example.org", area="202")
    message = campaign.messages.get()
    for path in (f"{campaign.pk}/", f"messages/{message.pk}/log/", f"messages/{message.pk}/material/"):
        assert neighbour.get(f"/campaigns/{path}").status_code == 404
    with pytest.raises(RefusedError):
        actions.change_message(by=None, message=message, who=a_party("Theirs", area="202"))


def test_the_audit_says_how_much_was_said_and_not_what(campaign):
    _asked(campaign)
    said = AuditEntry.objects.get(subject_kind="market research")
    assert said.detail["said"] == [None, "4 words"]
    assert said.detail["figures"] == [None, "2 entries"]
    assert "bus above" not in f"{said.subject_label}{said.detail}"
