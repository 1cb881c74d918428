"""What the how-to pages say is so: their links lead somewhere, their examples are understood as they print them."""

import re
import tomllib

import pytest

from tests.house.tree import ROOT
from throughline.analytics.measures.definition import Unit
from throughline.analytics.targets.language import Target
from throughline.analytics.targets.parse import Hints, parse_target
from throughline.analytics.targets.rules import load_rules
from throughline.analytics.targets.say import say
from throughline.apps.reports.fills import FILLS
from throughline.apps.reports.outlines import Part

PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
LINK = re.compile(r"\]\(([^)#]+)\)")
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def _words(name: str) -> str:
    return (ROOT / "docs" / "how-to" / name).read_text(encoding="utf-8")


def _targets() -> list[tuple[str, str]]:
    """The table of targets: as somebody writes them, and as they are said back."""
    table = _words("write-a-target.md").partition("## What can be said")[2].partition("## ")[0]
    return [(said, back) for _, said, back in ROW.findall(table) if not said.startswith("as you") and "---" not in said]


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md", ROOT / "docs" / "map.md"], ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page):
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).resolve().exists()] == []


def test_every_page_is_named_by_the_map():
    said = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f"how-to/{page.name}" not in said] == []


@pytest.mark.parametrize(("written", "back"), _targets())
def test_a_target_is_said_back_as_the_page_prints_it(written, back):
    read = parse_target(written, load_rules(ROOT / "definitions"), Hints(unit=Unit.PERCENT))
    assert isinstance(read, Target)
    assert say(read) == back


def test_there_are_examples_of_targets():
    assert len(_targets()) > 12


def test_every_vocabulary_of_plans_is_told_of():
    files = {path.name for path in (ROOT / "definitions" / "plan_templates").glob("*.toml")}
    assert set(re.findall(r"`(\w+\.toml)` \|", _words("read-a-plan-in.md"))) == files


def test_the_example_of_a_report_would_do():
    said = tomllib.loads(_words("issue-a-report.md").partition("```toml")[2].partition("```")[0])
    parts = [Part(**part) for part in said["part"]]
    assert all(part.fill in FILLS for part in parts)
    assert said["title"]
    assert said["about"]
