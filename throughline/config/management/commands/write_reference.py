"""Writes docs/reference from what the program says of itself, or checks that it is still true."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from throughline.config.reference_pages import pages


class Command(BaseCommand):
    """throughline write-reference [--check]."""

    help = "Write the reference pages of docs/reference: commands, measures, roles and the warehouse's tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check writes nothing."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each page whose words have changed, or name those that have."""
        folder = settings.ROOT / "docs" / "reference"
        written = pages()
        stale = [name for name, words in written.items() if _held(folder / name) != words]
        if options["check"]:
            if stale:
                raise CommandError(f"Out of date in docs/reference: {', '.join(stale)}. Run ./dev docs.")
            self.stdout.write(f"docs/reference: all {len(written)} pages are current")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (folder / name).write_text(written[name], encoding="utf-8")
        self.stdout.write(f"docs/reference: {', '.join(stale) if stale else 'nothing had changed'}")


def _held(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
