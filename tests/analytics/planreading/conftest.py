"""What the tests of reading stand on: the vocabularies, a plan written here, and the five real plans where they are."""

from collections.abc import Callable
from pathlib import Path

import pytest

from throughline.analytics.planreading.containers.text import document_of, read_text
from throughline.analytics.planreading.document import Document
from throughline.analytics.planreading.read import read_plan
from throughline.analytics.planreading.tree import Plan
from throughline.analytics.planreading.vocabulary import Templates, load_templates


@pytest.fixture(scope="session")
def templates(definitions: Path) -> Templates:
    """The vocabularies that the project ships."""
    return load_templates(definitions)


@pytest.fixture(scope="session")
def reading(templates: Templates) -> Callable[[str], Plan]:
    """Reads a plan from the text of one."""
    return lambda text: read_plan(document_of(text), templates)


@pytest.fixture(scope="session")
def real_document(sources: Path) -> Callable[[str], Document]:
    """One of the five real plans by its number; tests that ask for it are left out where the plans are not."""
    def document(number: str) -> Document:
        found = sorted((sources.parent / "plans").glob(f"{number}_*.txt"))
        if not found:
            pytest.skip("needs the five plans as text; put them in a folder named plans beside the publishers' own files")
        return read_text(found[0])

    return document


@pytest.fixture(scope="session")
def real_plan(real_document: Callable[[str], Document], templates: Templates) -> Callable[[str], Plan]:
    """One of the five real plans, read; each is read once."""
    read: dict[str, Plan] = {}

    def plan(number: str) -> Plan:
        if number not in read:
            read[number] = read_plan(real_document(number), templates)
        return read[number]

    return plan
