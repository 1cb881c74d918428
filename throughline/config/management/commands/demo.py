"""Shows the whole system working: makes what is missing, prints one authority's figures and serves the site."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from throughline.analytics.measures.areas import UnknownAreaError, find_area
from throughline.apps.accounts.demonstration import shared_password
from throughline.apps.accounts.models import User
from throughline.apps.accounts.roles import ROLES
from throughline.apps.learners.codes import invented_authority
from throughline.apps.performance.figures import warehouse
from throughline.config.demonstration import STEPS
from throughline.config.serving import free_socket, serve
from throughline.config.summary import print_summary

NOT_UNDERSTOOD = 2


class Command(BaseCommand):
    """throughline demo [--area CODE] [--no-serve] [--port N]."""

    help = "Show the whole system working with real published figures and invented people, and serve it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which authority to show, and whether and where to serve."""
        parser.add_argument(
            "--area", default="358", metavar="CODE", help="the authority whose published figures are shown; 358 is Trafford"
        )
        parser.add_argument("--no-serve", action="store_true", help="stop after the summary")
        parser.add_argument("--port", type=int, metavar="N", help="the port to serve on; a free one without it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing, say what was done, show one authority, then serve until stopped."""
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This makes invented people whose password is printed, so it is never for a real installation. "
                "Run ./dev demo, or set THROUGHLINE_DEMONSTRATION=1 first."
            )
        settings.DEMONSTRATED.touch()
        console = Console(highlight=False)
        try:
            _make(console, options["area"])
            print_summary(console, options["area"])
        except UnknownAreaError as error:
            raise CommandError(str(error), returncode=NOT_UNDERSTOOD) from error
        if options["no_serve"]:
            console.print("./dev demo serves this as a site. throughline --help lists what else there is.")
            return
        listening = free_socket(options["port"])
        _print_welcome(console, listening.getsockname()[1], options["area"])
        serve(listening)


def _make(console: Console, area: str) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    done = Table.grid(padding=(0, 2))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=sum(step.parts for step in STEPS))
        for step in STEPS:
            progress.update(task, description=step.title)
            begun = progress.tasks[0].completed
            outcome = step.run(area, lambda: progress.advance(task))
            progress.update(task, completed=begun + step.parts)
            done.add_row(f"[green]✓[/] {step.title}", outcome)
    console.print(done)
    console.print()


def _print_welcome(console: Console, port: int, area: str) -> None:
    site, shown, own = f"http://127.0.0.1:{port}", find_area(warehouse(), area), invented_authority(settings.DEFINITIONS)
    console.print(f"\nThroughline is at [bold]{site}/[/] until you press Ctrl-C.")
    console.print(f"{own['name']} has its scorecard at {site}/authorities/{own['area']}/, {shown.name} at "
                  f"{site}/authorities/{shown.area}/.\n", soft_wrap=True)
    console.print(f"Sign in as any of these invented people of {own['name']}, with the password [bold]{shared_password()}[/]:")
    people = Table.grid(padding=(0, 2))
    people.add_column(no_wrap=True)
    people.add_column()
    for user in User.objects.filter(is_example=True).order_by("pk"):
        people.add_row(user.email, ROLES[user.role].title)
    console.print(Padding(people, (0, 0, 0, 2)))
    console.print("The six-digit code that is asked for next comes from another terminal:")
    console.print("  [bold]./dev code data.officer@example.org[/]\n")
