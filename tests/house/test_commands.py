"""Every command of ours can be followed from its --help alone, and the generated pages say what is true."""

from argparse import SUPPRESS

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from throughline.config.reference_pages import pages

OURS = sorted(name for name, app in get_commands().items() if app.startswith("throughline."))


@pytest.mark.parametrize("name", OURS)
def test_a_command_says_what_it_does_and_takes(name):
    command = load_command_class(get_commands()[name], name)
    assert command.help.strip()[:1].isupper()
    assert command.help.strip().endswith(".")
    silent = [
        action.dest
        for action in command.create_parser("throughline", name)._actions
        if not action.help and action.help != SUPPRESS
    ]
    assert silent == []


def test_the_reference_pages_are_current():
    held = {path.name: path.read_text(encoding="utf-8") for path in (settings.ROOT / "docs" / "reference").glob("*.md")}
    made = pages()
    assert set(held) == set(made), "run ./dev docs, and remove what it no longer makes"
    assert [name for name, words in made.items() if held[name] != words] == [], "run ./dev docs"
