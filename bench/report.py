"""Puts what was measured into tables: on the console, and on the page docs/benchmarks.md."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median

from rich.console import Console
from rich.table import Table

from bench.page import EMPTY, Pages
from bench.turns import Measured

SLOWER_BY = 1.3  # the product may take so many times the hand-written SQL
TIMES_EMPTY = 10  # and the scorecard page so many times an empty one, at the 95th percentile
_PACKAGES = ("duckdb", "ibis-framework", "pandas", "polars", "pyarrow", "django", "gunicorn", "pypdfium2", "python-docx")


@dataclass(frozen=True)
class Section:
    """One comparison: its heading, what was done, the table, and how it stands to its aim."""

    heading: str
    words: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    closing: str


def ways_section(heading: str, words: str, measured: Mapping[str, Measured], titles: Mapping[str, str],
                 of_the_quickest: float | None = None) -> Section:
    """Ways of doing one job; the first of measured is the product. Its aim is held to the SQL, or to the quickest other way."""
    product = next(iter(measured.values()))
    rows = []
    for name, way in measured.items():
        multiple = "" if way is product else _spread(product.against(way), "{:.2f}")
        seconds = [f"{each * 1000:,.0f} ms" for each in (way.middle, min(way.seconds), max(way.seconds))]
        rows.append([titles[name], *seconds, f"{way.peak:,.0f} MiB", multiple])
    columns = ("way", "median", "least", "most", "peak memory", "the product takes, of this")
    if of_the_quickest is None:
        return Section(heading, words, columns, rows, _verdict(median(product.against(measured["sql"])), SLOWER_BY, "the SQL"))
    quickest = min((way for way in measured.values() if way is not product), key=lambda way: way.middle)
    return Section(heading, words, columns, rows,
                   _verdict(median(product.against(quickest)), of_the_quickest, "the quickest written by hand"))


def page_section(heading: str, words: str, pages: Pages, held_to_aim: str) -> Section:
    """Kinds of page of one server; held_to_aim is the kind that the aim is about."""
    rows = [
        [kind, f"{pages.count(kind):,}", *(f"{pages.share(kind, percent):,.0f} ms" for percent in (50, 95, 99)),
         "" if kind == EMPTY else _spread(pages.times_empty(kind), "{:.1f}")]
        for kind in pages.rounds
    ]
    columns = ("page", "read", "half within", "95% within", "99% within", "95th percentile, of the empty page's")
    return Section(heading, words, columns, rows,
                   _verdict(median(pages.times_empty(held_to_aim)), TIMES_EMPTY, "an empty page"))


def _spread(values: Sequence[float], form: str) -> str:
    middle, least, most = (form.format(each) for each in (median(values), min(values), max(values)))
    return f"{middle} ({least} to {most})"


def _verdict(measured: float, aim: float, beside: str) -> str:
    met = "met" if measured <= aim else "not met"
    return f"Aim: at most {aim:g} times {beside}. Measured: {measured:.2f} times. {met.capitalize()}."


def machine(load: float) -> str:
    """The machine in words, without its name; load is what was already running on it before, in processes."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()}, Python {platform.python_version()}, "
            f"{versions}. Before it began, {load:.1f} other processes were running or waiting to.")


def show(console: Console, sections: Sequence[Section]) -> None:
    """Print every table."""
    for section in sections:
        table = Table(title=section.heading, title_justify="left", caption=section.closing, caption_justify="left")
        for number, column in enumerate(section.columns):
            table.add_column(column, justify="right" if number else "left")
        for row in section.rows:
            table.add_row(*row)
        console.print(table)
        console.print()


def as_page(sections: Sequence[Section], introduction: Sequence[str]) -> str:
    """The page of docs, in Markdown."""
    parts = ["# Benchmarks", *introduction]
    for section in sections:
        lines = ["| " + " | ".join(section.columns) + " |", "|---|" + "---:|" * (len(section.columns) - 1)]
        lines += ["| " + " | ".join(row) + " |" for row in section.rows]
        parts += [f"## {section.heading}", section.words, "\n".join(lines), section.closing]
    return "\n\n".join(parts) + "\n"
