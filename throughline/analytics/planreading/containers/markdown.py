"""Reads Markdown as its specification does, tables and pieces of HTML included, each part with the lines it stands on."""

import re
from pathlib import Path

from markdown_it import MarkdownIt

from throughline.analytics.planreading.containers.html import LINE, document_of
from throughline.analytics.planreading.containers.refusal import LARGEST_MARKUP, check_size, refusing_damage
from throughline.analytics.planreading.containers.tsv import text_of
from throughline.analytics.planreading.document import Document, Source

_HEAD = re.compile(r"---[ \t]*\n(?P<fields>(?:.*\n)*?)---[ \t]*(?:\n|$)")


def read(path: Path) -> Document:
    """The document in a Markdown file; sources name lines of the file, and rows of tables as well.

    The title is that of the fields between two rows of dashes at the top of the file, where there are any; the other
    fields are named in unread. Raises RefusedFileError when the file is no text, empty or too large.
    """
    check_size(path, LARGEST_MARKUP)
    text = text_of(path)
    with refusing_damage(path, "a Markdown file", "save the file as plain text; its parts are nested beyond reading"):
        head = _HEAD.match(text)
        fields = head["fields"].split("\n") if head else []
        body = text[head.end():] if head else text
        # Indented text is a paragraph of a plan, never a program.
        parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("code")
        tokens = parser.parse(body)
        before = head[0].count("\n") if head else 0
        for token in tokens:
            if token.map and token.nesting >= 0:
                token.attrSet(LINE, f"{token.map[0] + 1 + before}-{token.map[1] + before}")
        held = document_of(path, parser.renderer.render(tokens, parser.options, {}))
        title = next((line.split(":", 1)[1].strip(" \"'") for line in fields if line.lower().startswith("title:")), held.title)
        rest = tuple((Source(line=number), f"“{line}” stands among the fields at the top of the file")
                     for number, line in enumerate(fields, 2) if line.strip() and not line.lower().startswith("title:"))
        return Document(held.blocks, title, None, (*held.unread, *rest))
