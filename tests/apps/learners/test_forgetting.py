"""Young people whose records are kept no longer are forgotten whole, once, and nobody else is."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from tests.apps.organisations.boxes import boxes
from tests.apps.performance.reading import page_of
from tests.cast import make_user
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.codelists.actions import amend_rule, withdraw_rule
from throughline.apps.codelists.ruling import in_file
from throughline.apps.learners import keeping
from throughline.apps.learners.actions import activities, circumstances, forgetting, looking
from throughline.apps.learners.actions.membership import end_membership, rejoin
from throughline.apps.learners.models import FACTS, Learner, Opening
from throughline.apps.learners.queries import kept_no_longer
from throughline.apps.organisations.actions.amending import RefusedError

pytestmark = pytest.mark.django_db
LEFT = date(2026, 3, 2)
LAST_DAY = date(2029, 3, 2)
AFTER = LAST_DAY + timedelta(days=1)


@pytest.fixture
def gone(enrol, officer):
    """Ade Okafor, of whom something of everything is known, who left on LEFT."""
    found = enrol(line_1="1 High Street")
    activities.record_activity(by=officer, learner=found, code="619", start=date(2025, 9, 1))
    circumstances.add_trait(by=officer, learner=found, trait="ehc_plan")
    circumstances.add_contact(by=officer, learner=found, phone="01632 960001")
    looking.open_restricted(by=officer, learner=found, reason="They telephoned to ask where they should go")
    looking.record_look(by=officer, learner=found, path="/learners/1/")
    end_membership(by=officer, learner=found, status="E", left_on=LEFT)
    return found


def of(learner):
    """How many rows of any room are of a learner, by table."""
    pk, found = learner.pk, {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model is Learner:
                found[model.__name__] = model._base_manager.filter(**{field.attname: pk}).count()
    return {name: many for name, many in found.items() if many}


def forget(day: date, area: str = "358") -> int:
    return forgetting.forget_learners(by=None, area=area, day=day)


def test_whoever_left_is_kept_to_the_last_day_and_then_forgotten_whole(gone, learner):
    assert forget(LAST_DAY) == 0
    assert {"Activity", "Trait", "Contact", "Particulars", "Name", "Membership", "Opening"} <= set(of(gone))
    assert forget(AFTER) == 1
    assert of(gone) == {}
    assert list(Learner.objects.values_list("pk", flat=True)) == [learner.pk]
    assert all(model.objects.filter(learner=learner).exists() for model in FACTS[:2])


def test_the_audit_says_who_by_number_and_keeps_the_looks(gone):
    forget(AFTER)
    entry = AuditEntry.objects.filter(verb="removed").get()
    assert (entry.subject_kind, entry.detail) == ("learners", {"forgotten": [gone.number]})
    assert AuditEntry.objects.filter(subject_kind="learner", subject_label=str(gone.number), verb="looked").exists()
    opening = Opening.objects.get()
    assert (opening.learner, opening.number) == (None, gone.number)
    assert "Okafor" not in str(list(AuditEntry.objects.values_list("subject_label", "detail")))


def test_again_it_forgets_nobody(gone):
    assert (forget(AFTER), forget(AFTER)) == (1, 0)
    assert AuditEntry.objects.filter(verb="removed").count() == 1


def test_who_came_back_and_whoever_is_of_another_authority_is_kept(gone, enrol):
    end_membership(by=None, learner=enrol(area="202"), status="E", left_on=LEFT)
    rejoin(by=None, learner=gone, since=date(2026, 5, 1))
    assert forget(AFTER) == 0


def test_who_grew_up_is_forgotten_though_nobody_said_that_they_left(enrol):
    of_25 = enrol(born=date(2001, 9, 1))
    Learner.objects.filter(pk=of_25.pk).update(born=date(1998, 8, 31))  # 25 on the last day of the year of academic age 24
    assert forget(date(2026, 8, 31)) == 0
    assert forget(date(2026, 9, 1)) == 1


def test_stopped_half_way_each_is_there_whole_or_forgotten_whole(gone, enrol, monkeypatch):
    others = [enrol() for _ in range(4)]
    for one in others:
        end_membership(by=None, learner=one, status="E", left_on=LEFT)
    monkeypatch.setattr(forgetting, "_AT_ONCE", 2)

    def stop(_many):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        forgetting.forget_learners(by=None, area="358", day=AFTER, step=stop)
    left = [one for one in (gone, *others) if Learner.objects.filter(pk=one.pk).exists()]
    assert len(left) == 3
    assert all("Name" in of(one) for one in left)
    real = forgetting.record
    monkeypatch.setattr(forgetting, "record", stop)
    with pytest.raises(TypeError):
        forget(AFTER)
    assert Learner.objects.count() == 3
    monkeypatch.setattr(forgetting, "record", real)
    assert forget(AFTER) == 3


def test_the_page_says_what_will_be_forgotten_when_and_what_was(cast, gone, enrol):
    governance = cast("information_governance_officer", area="358")
    enrol(born=date(2010, 3, 4))
    words = " ".join(" ".join(page_of(governance.get("/learners/kept/")).find(".//main").itertext()).split())
    assert "March 2029 1 0 0 1" in words
    assert "August 2038 0 1 0 1" in words
    assert "Nobody has been forgotten yet" in words
    assert "Okafor" not in words
    csv = governance.get("/learners/kept/ending.csv").content.decode("utf-8-sig").splitlines()
    assert csv[1:3] == ["2029-03,1,0,0,1", "2038-08,0,1,0,1"]
    Learner.objects.filter(pk=gone.pk).update(kept_until=timezone.localdate() - timedelta(days=1))
    assert "due now,1,0,0,1" in governance.get("/learners/kept/ending.csv").content.decode()
    forget(timezone.localdate())
    assert f"{timezone.localdate()},,1" in governance.get("/learners/kept/forgotten.csv").content.decode()


def words_of(answer) -> str:
    return " ".join(" ".join(page_of(answer).find(".//main").itertext()).split())


@pytest.fixture
def due(gone):
    """The same, whose record is kept no longer today."""
    Learner.objects.filter(pk=gone.pk).update(kept_until=timezone.localdate() - timedelta(days=1))
    return gone


def confirmed(client, **boxes):
    """What comes of ticking the box on the page as it is now."""
    page = page_of(client.get("/learners/kept/over/"))
    held = {box.get("name"): box.get("value") for box in page.findall(".//main//input[@type='hidden']")}
    return client.post("/learners/kept/over/", {"these": held["these"], "sure": "on", **boxes})


def test_whoever_may_forget_sees_who_it_would_be_and_confirms(cast, due, learner, enrol):
    grown = enrol("Zoë", "Grown")
    Learner.objects.filter(pk=grown.pk).update(born=date(1998, 8, 31))
    officer = cast("data_officer")
    told = words_of(officer.get("/learners/kept/over/"))
    assert 'class="govuk-button govuk-button--warning"' in officer.get("/learners/kept/over/").content.decode()
    assert "Left the cohort 1 Grew up 1 Kept longer, until now 0" in told
    assert "Okafor, Ade" in told
    assert "The term after growing up" in told
    assert AuditEntry.objects.latest("id").detail == {"learners": sorted([due.number, grown.number])}
    rows = officer.get("/learners/kept/over.csv").content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows[1:3]] == [str(grown.number), str(due.number)]
    unsure = officer.post("/learners/kept/over/", {"these": "x"})
    assert (unsure.status_code, Learner.objects.count()) == (400, 3)
    assert "Tick the box" in unsure.content.decode()
    assert confirmed(officer).status_code == 302
    assert list(Learner.objects.values_list("pk", flat=True)) == [learner.pk]
    assert AuditEntry.objects.filter(verb="removed").get().who.role == "data_officer"
    assert "There is no record to forget today" in words_of(officer.get("/learners/kept/over/"))


def test_nobody_is_forgotten_who_was_not_shown(cast, due, enrol):
    officer = cast("data_officer")
    other = enrol("Zoë", "Late")
    page = page_of(officer.get("/learners/kept/over/"))
    shown = page.find(".//main//input[@name='these']").get("value")
    Learner.objects.filter(pk=other.pk).update(kept_until=timezone.localdate() - timedelta(days=1))
    answer = officer.post("/learners/kept/over/", {"these": shown, "sure": "on"})
    assert "Look again at the list" in answer.content.decode()
    assert Learner.objects.count() == 2
    assert page_of(answer).find(".//main//input[@name='sure']").get("checked") is None
    assert confirmed(officer).status_code == 302
    assert not Learner.objects.exists()


def test_a_restricted_record_is_told_by_its_number(cast, due):
    Learner.objects.filter(pk=due.pk).update(restricted=True)
    told = words_of(cast("data_officer").get("/learners/kept/over/"))
    assert f"Restricted record {due.number}" in told
    assert "Okafor" not in told


def test_a_record_is_kept_longer_for_a_reason_and_no_longer_for_another(cast, due, officer):
    client, page, day = cast("data_officer"), f"/learners/{due.pk}/keep-longer/", timezone.localdate() + timedelta(days=400)
    typed = {"until_day": day.day, "until_month": day.month, "until_year": day.year, "reason": "A complaint is open"}
    assert client.post(page, typed).status_code == 302
    assert forget(timezone.localdate()) == 0
    assert forget(day) == 0
    told = words_of(client.get(f"/learners/{due.pk}/"))
    assert "as somebody decided" in told
    assert "A complaint is open" in told
    governance = cast("information_governance_officer", area="358")
    kept = words_of(governance.get("/learners/kept/"))
    assert f"{due.number} {day.day} {day:%B %Y} A complaint is open" in kept
    assert "Okafor" not in kept
    assert f"{day:%Y-%m},0,0,1,1" in governance.get("/learners/kept/ending.csv").content.decode()
    assert "A complaint is open" in governance.get("/learners/kept/longer.csv").content.decode()
    assert client.post(page, {"reason": "The complaint is settled"}).status_code == 302
    assert [one.until for one in due.kept_longer.all()] == [None, day]
    assert forget(timezone.localdate()) == 1


def test_what_is_kept_longer_is_forgotten_when_that_is_over(due, officer):
    forgetting.keep_longer(by=officer, learner=due, until=timezone.localdate() + timedelta(days=9), reason="A claim")
    assert forget(timezone.localdate() + timedelta(days=9)) == 0
    assert forget(timezone.localdate() + timedelta(days=10)) == 1


@pytest.mark.parametrize(("until", "reason", "field"), [
    (timezone.localdate(), "A claim", "until"), (None, "A claim", "until"), (date(2050, 1, 2), "  ", "reason"),
])
def test_a_record_is_not_kept_longer_for_no_time_or_no_reason(due, officer, until, reason, field):
    with pytest.raises(RefusedError) as refused:
        forgetting.keep_longer(by=officer, learner=due, until=until, reason=reason)
    assert refused.value.field == field
    assert forget(timezone.localdate()) == 1


def test_the_second_of_two_who_decide_at_once_is_told(cast, due, officer):
    client, page = cast("data_officer"), f"/learners/{due.pk}/keep-longer/"
    typed = boxes(client.get(page)) | {"until_day": "2", "until_month": "1", "until_year": "2050", "reason": "A claim"}
    forgetting.keep_longer(by=officer, learner=due, until=date(2040, 1, 2), reason="Another claim")
    assert "Somebody else changed this while you had it open" in client.post(page, typed).content.decode()
    assert due.kept_longer.count() == 1


def test_a_changed_rule_reaches_those_who_left_before_it_and_its_withdrawal_too(cast, gone):
    officer, day = make_user("data_officer"), date(2027, 6, 1)
    years = next(place for place in in_file("retention") if place.dotted.endswith("years_after"))
    amend_rule(by=officer, file="retention", place=years, value=1, reason="As our records office decided")
    assert list(kept_no_longer("358", day)) == [gone]
    assert not kept_no_longer("358", LEFT.replace(year=2027)).exists(), "to the end of the last day"
    assert keeping.last_day_of(gone) == (LEFT.replace(year=2027), keeping.LEFT)
    withdraw_rule(by=officer, file="retention", place=years)
    assert not kept_no_longer("358", day).exists()
    assert keeping.last_day_of(gone) == (LAST_DAY, keeping.LEFT)


def test_of_those_who_left_before_it_was_kept_when_they_did_it_is_said_by_the_migration(gone, learner):
    Learner.objects.filter(pk=gone.pk).update(kept_until=LAST_DAY, left_on=None)
    import_module("throughline.apps.learners.migrations.0008_left_on").say_when_they_left(apps, None)
    assert dict(Learner.objects.values_list("pk", "left_on")) == {gone.pk: LEFT, learner.pk: None}
    assert not Learner.objects.exclude(kept_until=None).exists()
