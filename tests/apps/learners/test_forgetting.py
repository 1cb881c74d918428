"""Young people whose records are kept no longer are forgotten whole, once, and nobody else is."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from tests.apps.performance.reading import page_of
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.learners.actions import activities, circumstances, forgetting, looking
from throughline.apps.learners.actions.membership import end_membership, rejoin
from throughline.apps.learners.models import FACTS, Learner, Opening

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
    assert "March 2029 1 0 1" in words
    assert "August 2038 0 1 1" in words
    assert "Nobody has been forgotten yet" in words
    assert "Okafor" not in words
    csv = governance.get("/learners/kept/ending.csv").content.decode("utf-8-sig").splitlines()
    assert csv[1:3] == ["2029-03,1,0,1", "2038-08,0,1,1"]
    Learner.objects.filter(pk=gone.pk).update(kept_until=timezone.localdate() - timedelta(days=1))
    assert "due now,1,0,1" in governance.get("/learners/kept/ending.csv").content.decode()
    forget(timezone.localdate())
    assert f"{timezone.localdate()},,1" in governance.get("/learners/kept/forgotten.csv").content.decode()
