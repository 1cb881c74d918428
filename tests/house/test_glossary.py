"""The glossary is in order, says each word once, and holds no word that nobody uses."""

import re

from tests.house.tree import ROOT, text_files

GLOSSARY = ROOT / "GLOSSARY.md"
TERM = re.compile(r"^### +(.+)$", re.MULTILINE)


def terms() -> list[str]:
    """The words defined, as printed."""
    return TERM.findall(GLOSSARY.read_text(encoding="utf-8"))


def test_terms_are_in_alphabetical_order():
    found = [term.casefold() for term in terms()]
    assert found == sorted(found)


def test_each_term_is_defined_once():
    found = [term.casefold() for term in terms()]
    assert len(found) > 10
    assert [term for term in set(found) if found.count(term) > 1] == []


def test_each_term_is_used():
    folders = ("throughline", "definitions", "docs")
    words = "\n".join(
        path.read_text(encoding="utf-8") for path in text_files() if path.relative_to(ROOT).parts[0] in folders
    ).casefold()
    unused = [term for term in terms() if not any(spelling in words for spelling in _spellings(term))]
    assert unused == []


def _spellings(term: str) -> list[str]:
    """A term with and without what stands in brackets, in prose and as a name in code."""
    full = term.casefold()
    bare = re.sub(r"\s*\([^)]*\)", "", full)
    inside = re.findall(r"\(([^)]*)\)", full)
    return [spelling for word in (full, bare, *inside) for spelling in (word, re.sub(r"[\s-]+", "_", word))]
