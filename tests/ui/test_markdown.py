"""What officers write as Markdown: GOV.UK's classes, headings without a hole, and nothing that runs or is fetched."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.ui.markdown import markdown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("One\n\ntwo", '<p class="govuk-body">One</p>\n<p class="govuk-body">two</p>\n'),
        ("- one", '<ul class="govuk-list govuk-list--bullet">\n<li>one</li>\n</ul>\n'),
        ("1. one", '<ol class="govuk-list govuk-list--number">\n<li>one</li>\n</ol>\n'),
        ("**bold**", '<p class="govuk-body"><strong>bold</strong></p>\n'),
        ("    indented", '<p class="govuk-body">indented</p>\n'),
        ("[a](/due/)", '<p class="govuk-body"><a href="/due/" class="govuk-link" rel="noreferrer noopener">a</a></p>\n'),
        ("", ""),
    ],
)
def test_what_it_makes(typed, shown):
    assert markdown(typed) == shown


@pytest.mark.parametrize(("typed", "level", "tags"), [
    ("# a\n\n## b", 2, ["h2", "h3"]), ("### a\n\n#### b", 2, ["h2", "h3"]), ("## a", 4, ["h4"]),
    ("# a\n\n###### b", 4, ["h4", "h6"]),
])
def test_headings_begin_where_the_page_has_come_to(typed, level, tags):
    assert re.findall(r"<(h\d)", markdown(typed, level)) == tags


@pytest.mark.parametrize("typed", [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![a](https://example.org/a.png)", "[a](javascript:alert(1))",
    "[a](data:text/html,x)", "<https://example.org/\"onclick=x>", "`<b>`", "```\n<b>\n```",
])
def test_nothing_runs_and_nothing_is_fetched(typed):
    made = markdown(typed)
    assert not re.search(r"<(script|img|b|code|pre)|href=\"(javascript|data)", made)


@given(st.text(alphabet="<>a\"'&-#*[]()!: \n1.`/=", max_size=80))
def test_only_these_elements_are_ever_made(typed):
    allowed = {"p", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "strong", "em", "a", "blockquote", "hr", "br"}
    assert set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", markdown(typed))) <= allowed
