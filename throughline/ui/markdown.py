"""What officers write as Markdown, as a safe part of a page: paragraphs, lists, steps, headings, bold, quotations and links.

Markup that was typed stands on the page as it was typed. Pictures are left out, since a page of ours asks nobody else's server
for anything; so are blocks of code, since a line that somebody indented is no program.
"""

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_LEFT_OUT = ["image", "code", "fence", "html_block", "html_inline", "backticks", "lheading", "reference"]
_CLASSES = {
    "paragraph_open": "govuk-body", "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number", "blockquote_open": "govuk-inset-text", "link_open": "govuk-link",
    "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
}
_LOWEST = 6


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(_LEFT_OUT)


def markdown(text: str, level: int = 2) -> SafeString:
    """The text as HTML in GOV.UK's classes; level is that of its highest headings, so that the page's outline has no hole."""
    tokens = _reader().parse(text)
    highest = min((_level(token) for token in tokens if token.type == "heading_open"), default=1)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            shown = min(_level(token) - highest + level, _LOWEST)
            token.tag = f"h{shown}"
            if token.type == "heading_open":
                token.attrSet("class", "govuk-heading-m" if shown <= 2 else "govuk-heading-s")
        for each in [token, *(token.children or [])]:
            _dress(each)
    return mark_safe(_reader().renderer.render(tokens, _reader().options, {}))


def _level(token: Token) -> int:
    return int(token.tag[1:])


def _dress(token: Token) -> None:
    if token.type in _CLASSES:
        token.attrSet("class", _CLASSES[token.type])
    if token.type == "link_open":
        token.attrSet("rel", "noreferrer noopener")
