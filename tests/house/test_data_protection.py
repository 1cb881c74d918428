"""Every field that we keep is declared personal, special category or neither, with how long it stays."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from throughline.apps.accounts.dataprotection import (
    NotPersonal,
    Personal,
    SpecialCategory,
    declarations,
    declared_in_vain,
    undeclared,
)

OURS = [model for model in apps.get_models() if model.__module__.startswith("throughline.")]


def test_there_are_models_to_look_at():
    assert "User" in {model.__name__ for model in OURS}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_declared(model):
    assert undeclared(model) == []
    assert declared_in_vain(model) == []
    for name, said in declarations(model).items():
        assert isinstance(said, Personal | NotPersonal), name


@isolate_apps("throughline.apps.accounts")
def test_silence_is_found():
    class Visit(models.Model):
        learner = models.CharField(max_length=10)
        school = models.CharField(max_length=10)

        class Meta:
            app_label = "accounts"

        class DataProtection:
            fields = {"id": NotPersonal(), "learner": SpecialCategory(keep="1 year"), "colour": NotPersonal()}

    assert undeclared(Visit) == ["school"]
    assert declared_in_vain(Visit) == ["colour"]


def test_a_personal_field_says_how_long_it_stays():
    with pytest.raises(ValueError, match="how long"):
        Personal(keep=" ")
