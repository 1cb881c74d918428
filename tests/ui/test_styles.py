"""Councils may use neither the crown, nor the GDS Transport font, nor GOV.UK's header."""

import json
import re
from importlib.metadata import metadata
from pathlib import Path

import pytest
from django.conf import settings

UI = settings.ROOT / "throughline" / "ui"
BUILT = UI / "static" / "built" / "throughline.css"
FORBIDDEN = re.compile(r"gds transport|crown|crest|govuk-header|@font-face", re.IGNORECASE)


def shipped() -> list[Path]:
    return [*(UI / "templates").rglob("*.html"), *(UI / "static").rglob("*.svg"), *([BUILT] if BUILT.exists() else [])]


@pytest.mark.parametrize("file", shipped(), ids=lambda file: file.name)
def test_nothing_that_is_gov_uks_own_is_shipped(file):
    assert FORBIDDEN.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", ["GDS Transport", "govuk-crest.svg", ".govuk-header{", "@font-face{"])
def test_the_pattern_finds_what_it_is_for(name):
    assert FORBIDDEN.search(name)


def test_the_styles_are_those_that_the_components_were_written_for():
    """The components name the release of GOV.UK Frontend they follow on the face of their package."""
    wanted = json.loads((settings.ROOT / "package.json").read_text())["dependencies"]["govuk-frontend"]
    assert f"Frontend-v{wanted}-" in metadata("govuk-frontend-jinja").get_payload()
