"""Every setting that can be made stands in the page that a council runs Throughline by, and no other does."""

import re

from tests.house.tree import ROOT

NAME = re.compile(r"THROUGHLINE_[A-Z][A-Z_]*[A-Z]")
PAGE = (ROOT / "docs" / "how-to" / "run-it.md").read_text(encoding="utf-8")
READ = set(NAME.findall((ROOT / "throughline" / "config" / "settings.py").read_text(encoding="utf-8")))


def test_every_setting_has_a_row_and_every_row_is_a_setting():
    assert len(READ) > 10
    assert sorted(re.findall(r"^\| `(THROUGHLINE_\w+)` \|", PAGE, re.MULTILINE)) == sorted(READ)


def test_the_page_names_no_other():
    assert set(NAME.findall(PAGE)) - READ <= {"THROUGHLINE_OIDC"}, "the settings that begin so are named together"
