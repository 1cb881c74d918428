"""Reads a plan from a document and prints what was understood, as text or JSON."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from throughline.analytics.planreading.asjson import as_json
from throughline.analytics.planreading.outline import as_text
from throughline.analytics.planreading.read import read_plan_file
from throughline.core.problems import RefusedFileError

REFUSED = 2


class Command(BaseCommand):
    """Print the sections, actions and measures of a plan, with where each was read and what could not be."""

    help = "Read a plan from a Word, Excel, PDF, web page, Markdown or text file, and print what was understood. Nothing is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be typed after the command's name."""
        parser.add_argument("file", metavar="FILE", type=Path, help="the plan: .docx, .xlsx, .pdf, .html, .md, .txt or .tsv")
        parser.add_argument("--format", choices=("json", "text"), default="text",
                            help="an outline to read, or JSON for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file and print it; one that cannot be read is answered with every problem in it."""
        try:
            plan = read_plan_file(options["file"], settings.DEFINITIONS)
        except RefusedFileError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        if options["format"] == "json":
            json.dump(as_json(plan), sys.stdout, indent=2, ensure_ascii=False)
            sys.stdout.write("\n")
        else:
            sys.stdout.write(as_text(plan))
