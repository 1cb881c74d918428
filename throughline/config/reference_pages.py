"""The pages of docs/reference, made from what the program itself declares, so that they cannot drift from it."""

from argparse import SUPPRESS, Action
from collections.abc import Iterable

from django.conf import settings
from django.core.management import BaseCommand, get_commands, load_command_class

from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.load import load_measures, load_themes
from throughline.analytics.warehouse.tables import TABLES, Table
from throughline.apps.accounts.roles import roles_reference
from throughline.config.command_words import commands_by_room

_MADE = "<!-- Made by ./dev docs; do not edit. -->\n\n"


def pages() -> dict[str, str]:
    """Every page as {file name: Markdown}."""
    made = {
        "commands.md": _commands(),
        "measures.md": _measures(),
        "roles.md": roles_reference(),
        "warehouse.md": _warehouse(),
    }
    return {name: _MADE + words for name, words in made.items()}


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(headings), *[list(row) for row in rows]]
    lines.insert(1, ["---"] * len(lines[0]))
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _warehouse() -> str:
    words = "# The warehouse, table by table\n\nBuilt by `throughline build-warehouse`, read-only ever after.\n"
    return words + "".join(_warehouse_table(table) for table in TABLES)


def _warehouse_table(table: Table) -> str:
    rows = [
        (f"`{column.name}`", column.kind, "" if column.required else "may be empty", column.holds)
        for column in table.columns
    ]
    key = f"\nA row is known by {', '.join(f'`{name}`' for name in table.key)}.\n" if table.key else ""
    return f"\n## {table.name}\n\n{table.holds}\n\n" + _table(("Column", "Type", "", "Holds"), rows) + key


def _measures() -> str:
    measures = load_measures(settings.DEFINITIONS)
    words = f"# The measures\n\n{len(measures)} measures, each one file in `definitions/measures` named as its id.\n"
    for theme in load_themes(settings.DEFINITIONS):
        held = [_measure(measure) for measure in measures.values() if measure.theme == theme.id]
        if held:
            words += f"\n## {theme.title}\n\n" + _table(("Id", "Title", "Unit", "Direction", "From"), held)
    return words


def _measure(measure: Measure) -> tuple[str, ...]:
    unpublished = "counted from the register" if measure.register else "entered by the authority"
    origin = f"`{measure.published.dataset}`" if measure.published else unpublished
    return f"`{measure.id}`", measure.title, measure.unit.words, measure.polarity.words, origin


def _commands() -> str:
    words = "# The throughline command\n\n`throughline COMMAND --help` says the same of each.\n"
    for room, commands in commands_by_room().items():
        words += f"\n## {room}\n"
        for name in commands:
            words += _command(name)
    return words


def _command(name: str) -> str:
    module = name.replace("-", "_")
    command = load_command_class(get_commands()[module], module)
    of_every_command = {action.dest for action in BaseCommand().create_parser("throughline", name)._actions}
    actions = command.create_parser("throughline", name)._actions
    rows = [_argument(action) for action in actions if action.dest not in of_every_command and action.help != SUPPRESS]
    takes = "\n" + _table(("Takes", "Meaning"), rows) if rows else ""
    return f"\n### {name}\n\n{command.help.strip()}\n{takes}"


def _argument(action: Action) -> tuple[str, str]:
    choices = " or ".join(map(str, action.choices or ()))
    value = choices or str(action.metavar or action.dest.upper()) if action.nargs != 0 else ""
    name = " or ".join(action.option_strings)
    return f"`{' '.join(part for part in (name, value) if part)}`", action.help or ""
