"""The rules of the room as their files state them: worklists, outcomes of contacts, casework, contacting and risk."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.analytics.participation.contacting import Contacting
from throughline.analytics.participation.risk import Risk, load_risk
from throughline.analytics.participation.worklists import Casework, Outcome, Worklists, named
from throughline.apps.codelists.ruling import amended_at as numbers_amended_at
from throughline.apps.codelists.ruling import rule
from throughline.apps.codelists.written import written_at
from throughline.core.editions import held_on


def worklists(day: date) -> Worklists:
    """The edition of the lists that holds on a day; the oldest for a day before any."""
    return held_on(rule("worklists"), day)


def outcomes() -> Mapping[str, Outcome]:
    """What may come of a contact, by id."""
    return _outcomes(settings.DEFINITIONS, written_at("rules"))


def sent_twice_within() -> timedelta:
    """Within how long the very same contact of the same person is taken to have been sent twice."""
    return _sent_twice_within(settings.DEFINITIONS, written_at("rules"))


def casework() -> Casework:
    """The rules of support cases."""
    return rule("casework")


def contacting() -> Contacting:
    """What it takes to reach somebody."""
    return rule("contacting")


def risk() -> Risk:
    """The rules about the risk of becoming NEET."""
    return _risk(settings.DEFINITIONS, written_at("rules"))


def stamp() -> tuple:
    """What changes when any rule or file of a code list does, or a number is said otherwise than a file of rules does."""
    return max(map(written_at, ("rules", "codesets/learners"))), numbers_amended_at()


def _stated(definitions: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((definitions / "rules" / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _outcomes(definitions: Path, written_at: int) -> Mapping[str, Outcome]:
    return named(_stated(definitions, "contact_outcomes.toml")["outcome"])


@lru_cache(maxsize=4)
def _sent_twice_within(definitions: Path, written_at: int) -> timedelta:
    return timedelta(minutes=_stated(definitions, "contact_outcomes.toml")["sent_twice_within_minutes"])


@lru_cache(maxsize=4)
def _risk(definitions: Path, written_at: int) -> Risk:
    return load_risk(definitions)
