"""What was believed of a learner is added and ceased to be believed, and by no road overwritten or taken away."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.apps.learners.models import FACTS, Activity, Opening, Trait, WriteOnceError
from throughline.apps.learners.models.fact import WriteOnceQuerySet

WAYS = {
    "saving a row again": lambda rows: rows.get().save(),
    "deleting a row": lambda rows: rows.get().delete(),
    "updating many": lambda rows: rows.update(code="210"),
    "deleting many": lambda rows: rows.delete(),
    "updating many by their rows": lambda rows: type(rows.get()).objects.bulk_update([rows.get()], ["code"]),
    "adding over those that are there": lambda rows: type(rows.get()).objects.bulk_create(
        [rows.get()], update_conflicts=True, unique_fields=["id"], update_fields=["code"]),
}


@pytest.fixture
def activity(learner):
    return Activity.objects.create(learner=learner, start=date(2026, 9, 1), code="619")


@pytest.mark.parametrize("way", WAYS)
def test_no_road_overwrites_a_belief(activity, way):
    with pytest.raises(WriteOnceError):
        WAYS[way](Activity.objects.filter(pk=activity.pk))
    assert Activity.objects.values_list("code", "known_to").get(pk=activity.pk) == ("619", None)


def test_every_belief_is_of_a_learner_and_write_once():
    assert [model for model in FACTS if model._meta.get_field("learner").remote_field.model.__name__ != "Learner"] == []
    assert all(issubclass(type(model.objects.all()), WriteOnceQuerySet) for model in (*FACTS, Opening))


def test_a_belief_ceases_once(activity):
    first, later = timezone.now(), timezone.now()
    assert Activity.objects.filter(pk=activity.pk).cease(first) == 1
    assert Activity.objects.filter(pk=activity.pk).cease(later) == 0
    assert Activity.objects.get(pk=activity.pk).known_to == first


def test_two_activities_of_one_start_are_not_believed_at_once(activity):
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.create(learner=activity.learner, start=activity.start, code="210")
    Activity.objects.filter(pk=activity.pk).cease(timezone.now())
    assert Activity.objects.create(learner=activity.learner, start=activity.start, code="210").pk


def test_nothing_ends_before_it_starts(learner):
    with pytest.raises(IntegrityError), transaction.atomic():
        Trait.objects.create(learner=learner, trait="110", starts=date(2026, 9, 1), ends=date(2026, 8, 31))


def test_a_learner_who_is_deleted_when_their_time_is_over_takes_all_of_it_away(learner, activity):
    learner.delete()
    assert not Activity.objects.exists()
