"""What the throughline command says of itself: its list of commands, an unknown name, and refused input."""

from collections.abc import Sequence

from django.apps import apps
from django.core.management import get_commands, load_command_class
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from throughline.core.nearest import nearest
from throughline.core.problems import Problem

_SHOWN_PROBLEMS = 50  # a screenful or two; the file is usually wrong in one way throughout


def commands_by_room() -> dict[str, dict[str, str]]:
    """Our commands as {room in words: {name as typed: first sentence of its help}}, highest room first."""
    rooms: dict[str, dict[str, str]] = {}
    known = get_commands()
    for config in apps.get_app_configs():
        names = sorted(name for name, app in known.items() if app == config.name)
        if config.name.startswith("throughline.") and names:
            words = {typed(name): summary(load_command_class(config.name, name).help) for name in names}
            rooms[str(config.verbose_name)] = words
    return rooms


def typed(name: str) -> str:
    """A command's name as a person types it."""
    return name.replace("_", "-")


def summary(help_text: str) -> str:
    """The first sentence of a command's help, without its full stop."""
    return help_text.strip().split(". ")[0].split("\n")[0].removesuffix(".")


def print_commands(console: Console) -> None:
    """Print how to call the command, ours by room, and the names of Django's own."""
    console.print(Text("Usage: throughline COMMAND [options]"))
    console.print(Text("       throughline COMMAND --help   says what a command does and takes\n"))
    ours = commands_by_room()
    width = max(len(name) for commands in ours.values() for name in commands)
    for room, commands in ours.items():
        console.print(Text(room, style="bold"))
        grid = Table.grid(padding=(0, 2))
        grid.add_column(width=width)
        for name, words in commands.items():
            grid.add_row(Text(name, style="cyan"), Text(words))
        console.print(Padding(grid, (0, 0, 1, 2)))
    shown = {name for commands in ours.values() for name in commands}
    theirs = sorted({typed(name) for name in get_commands()} - shown)
    console.print(Text("Django's own, for administrators", style="bold"))
    console.print(Padding(Text(" ".join(theirs), style="dim"), (0, 0, 0, 2)))


def print_unknown(console: Console, name: str) -> None:
    """Print that there is no such command, with the nearest that there are."""
    near = nearest(typed(name), [typed(known) for known in get_commands()])
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    console.print(Text(f"There is no command “{name}”.{meant} throughline --help lists them all."), soft_wrap=True)


def print_problems(console: Console, problems: Sequence[Problem]) -> None:
    """Print refused input row by row: where, what was there, and what would be right."""
    count = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
    console.print(f"Refused, and nothing was changed: {count}.", highlight=False)
    table = Table("File", "Line", "Column", "Value", "What would be right", "Rule")
    for problem in problems[:_SHOWN_PROBLEMS]:
        line = "" if problem.line is None else str(problem.line)
        cells = (problem.file, line, problem.field, problem.value, problem.remedy, problem.rule)
        table.add_row(*[Text(cell) for cell in cells])
    console.print(table)
    if len(problems) > _SHOWN_PROBLEMS:
        console.print(f"… and {len(problems) - _SHOWN_PROBLEMS:,} more.", highlight=False)
