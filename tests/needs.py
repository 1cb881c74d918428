"""What some tests need and a machine may lack, which package brings it in, and what is said when it is not there."""

import os
import shutil
from collections.abc import Callable, Mapping
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = Path(os.environ.get("THROUGHLINE_SOURCES", ROOT.parent / "shared" / "data"))
# The shell without windows paints the same pages in half the time; the whole browser will do where it is all there is.
CHROMIUM = next(filter(Path.exists, map(Path, ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium"))), Path())


@dataclass(frozen=True)
class Need:
    """One such thing, and whether it is there; a test that uses one of the fixtures has the marker unasked.

    later says what will need it where no test does yet.
    """

    what: str
    remedy: str
    met: Callable[[], bool]
    fixtures: frozenset[str] = frozenset()
    later: str = ""


NEEDS = {
    "browser": Need(
        "a browser", "the Debian package chromium-headless-shell brings it in",
        CHROMIUM.is_file, frozenset({"page", "browser", "context"}),
    ),
    "postgresql": Need(
        "PostgreSQL", "the Debian package postgresql brings it in",
        lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")), frozenset({"postgresql"}),
    ),
    "pango": Need(
        "Pango, which sets the text of PDF files", "the Debian packages libpango-1.0-0 and libpangoft2-1.0-0 bring it in",
        lambda: all(find_library(name) for name in ("pango-1.0", "pangoft2-1.0")), frozenset({"pango"}),
    ),
    "java": Need(
        "Java", "the Debian package default-jre-headless brings it in",
        lambda: shutil.which("java") is not None, frozenset({"spark"}),
    ),
    "sources": Need(
        "the publishers' own files (the interactive tool's store, the NEET scorecard and the like)",
        f"put them in {os.path.relpath(SOURCES, ROOT)}, or say where they are in THROUGHLINE_SOURCES",
        SOURCES.is_dir, frozenset({"sources"}),
    ),
}


def said_of(left_out: Mapping[str, int], needs: Mapping[str, Need]) -> list[str]:
    """One line for each thing that is missing; left_out has how many tests were left out for want of each."""
    lines = []
    for marker, need in needs.items():
        if count := left_out.get(marker, 0):
            tests = "1 test that needs" if count == 1 else f"{count} tests that need"
            lines.append(f"Left out: {tests} {need.what}; {need.remedy}.")
        elif need.later and not need.met():
            lines.append(f"{need.what} is not here: no test needs it yet, {need.later}; {need.remedy}.")
    return lines
