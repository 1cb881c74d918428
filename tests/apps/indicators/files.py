"""A downloaded table as a reader's spreadsheet has it."""

import csv
import io

from django.http import HttpResponse


def lines_of(response: HttpResponse) -> list[dict[str, str]]:
    """The lines of a CSV by their headings."""
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
