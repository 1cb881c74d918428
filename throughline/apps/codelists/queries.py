"""The code lists as they hold: their files, with what officers have put right."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from throughline.analytics.participation.codesets import NAMES, CodeSet, load_codeset
from throughline.apps.codelists.models import Amendment

_ASKED: ContextVar[dict[str, CodeSet] | None] = ContextVar("lists asked for once", default=None)

@contextmanager
def each_asked_once() -> Iterator[None]:
    """While it lasts, a list is asked for once and stays so: for what words many rows at once. Decorates a function too."""
    before = _ASKED.set({})
    try:
        yield
    finally:
        _ASKED.reset(before)


def codeset(name: str) -> CodeSet:
    """One list by its name, such as activity."""
    asked = _ASKED.get()
    if asked is None:
        return _as_it_holds(name)
    if name not in asked:
        asked[name] = _as_it_holds(name)
    return asked[name]


def _as_it_holds(name: str) -> CodeSet:
    return _amended(settings.DEFINITIONS, name, _written_at(name), amended_at())


def codesets() -> dict[str, CodeSet]:
    """Every list by its name."""
    return {name: codeset(name) for name in NAMES}


def as_in_file(name: str) -> CodeSet:
    """One list as its file has it, whatever officers have said."""
    return _from_file(settings.DEFINITIONS, name, _written_at(name))


def held(name: str) -> dict[str, Amendment]:
    """The amendments of a list that hold, by code."""
    standing = Amendment.objects.filter(codeset=name, withdrawn_at=None).select_related("made_by").order_by("made_at", "id")
    return {amendment.code: amendment for amendment in standing}


def history(name: str, code: str) -> list[Amendment]:
    """Every amendment of a code, the latest first, withdrawn ones too."""
    return list(Amendment.objects.filter(codeset=name, code=code).select_related("made_by", "withdrawn_by"))


def _written_at(name: str) -> int:
    return (Path(settings.DEFINITIONS) / "codesets" / "learners" / f"{name}.csv").stat().st_mtime_ns


def amended_at() -> tuple:
    """What changes whenever a code is amended or an amendment withdrawn."""
    return tuple(Amendment.objects.aggregate(last=Max("id"), made=Max("made_at"), withdrawn=Max("withdrawn_at")).values())


@lru_cache(maxsize=32)
def _from_file(definitions: Path, name: str, written_at: int) -> CodeSet:
    return load_codeset(definitions, name)


@lru_cache(maxsize=32)
def _amended(definitions: Path, name: str, written_at: int, amended_at: tuple) -> CodeSet:
    return _from_file(definitions, name, written_at).amended({code: each.says for code, each in held(name).items()})
