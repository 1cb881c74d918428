"""What was found in a return, as JSON for a program: errors are put by in a file as they are found, not held in memory."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TextIO

from throughline.analytics.formats.nccis.check import Report, check_file
from throughline.analytics.formats.nccis.checking import Error
from throughline.analytics.formats.nccis.edition import Editions
from throughline.analytics.formats.nccis.known import Codes

_HELD = 1 << 20  # characters of errors in memory, before they go to a file that has no name and ends with its use


def write_checked(path: Path, editions: Editions, codes: Codes, out: TextIO) -> Report:
    """Check a file and write {"records": …, "rejected": …, "errors": […]}; the report returned has no errors in it.

    Raises OSError when the file cannot be opened; nothing is written then.
    """
    with SpooledTemporaryFile(_HELD, "w+", encoding="utf-8", newline="") as found:

        def put_by(errors: Sequence[Error]) -> None:
            for error in errors:
                found.write(",\n    " if found.tell() else "\n    ")
                found.write(_json(error.as_dict()).replace("\n", "\n    "))

        report = check_file(path, editions, codes, put_by)
        out.write(f'{{\n  "records": {_json(report.records)},\n  "rejected": {_json(report.rejected)},\n  "errors": [')
        any_found = bool(found.tell())
        found.seek(0)
        shutil.copyfileobj(found, out)
        out.write("\n  ]\n}\n" if any_found else "]\n}\n")
    return report


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
