"""How a model says which of its fields are about a person, and how long each stays.

Every model carries an inner class:

    class DataProtection:
        fields = {
            "email": Personal(keep="2 years after the account is closed"),
            "ethnic_group": SpecialCategory(keep="until the learner is 25"),
            "id": NotPersonal(),
        }

A field that is not named there fails the tests of the house.
"""

from dataclasses import dataclass

from django.db.models import Model


@dataclass(frozen=True)
class Personal:
    """The field is, or points at, something about a living person; keep says how long it stays, in words."""

    keep: str
    kind: str = "personal"

    def __post_init__(self) -> None:
        if not self.keep.strip():
            raise ValueError("say how long a personal field is kept")


@dataclass(frozen=True)
class SpecialCategory(Personal):
    """Personal and of a special category: health, ethnicity, religion and the others that the law names."""

    kind: str = "special category"


@dataclass(frozen=True)
class NotPersonal:
    """The field says nothing about a person."""

    keep: str = "as long as its record"
    kind: str = "not personal"


Declaration = Personal | NotPersonal


def not_personal(*names: str) -> dict[str, Declaration]:
    """Fields, by name, that say nothing about a person."""
    return dict.fromkeys(names, NotPersonal())


def personal(keep: str, *names: str) -> dict[str, Declaration]:
    """Fields, by name, that are about a person and stay as long as keep says."""
    return dict.fromkeys(names, Personal(keep=keep))


def declarations(model: type[Model]) -> dict[str, Declaration]:
    """What a model declares of its fields; empty when it declares nothing."""
    return dict(getattr(getattr(model, "DataProtection", None), "fields", {}))


def undeclared(model: type[Model]) -> list[str]:
    """The fields of a model, those to many included, that it has not declared."""
    return sorted(_names(model) - set(declarations(model)))


def declared_in_vain(model: type[Model]) -> list[str]:
    """What a model declares that is not one of its fields."""
    return sorted(set(declarations(model)) - _names(model))


def _names(model: type[Model]) -> set[str]:
    return {field.name for field in [*model._meta.fields, *model._meta.many_to_many]}
