"""Measures the product beside pandas, SQL and Polars by hand, an empty page, a bare parser and the aims: ./dev bench."""

import os
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bench import close, contacts, importing, page, plans, return_file
from bench.cluster.section import section as cluster_section
from bench.given import ROOT, Given
from bench.participation.section import section as participation_section
from bench.report import Section, as_page, machine, page_section, show, ways_section
from bench.turns import apart, take_turns

PAGE = ROOT / "docs" / "benchmarks.md"
TITLES = {"product": "the product", "pandas": "plain pandas", "sql": "hand-written SQL",
          "ready_made": "SQL that reads ready-made comparisons"}
BUILDS, SCORECARDS = 5, 9  # how often each is repeated
BUILDING, CARDS, PAGES, PLANS, CONTACTS, RETURN = "building", "scorecards", "page", "plans", "contacts", "return"
PARTICIPATION, CLOSE, IMPORT, CLUSTER = "participation", "close", "import", "cluster"
PARTS = (BUILDING, CARDS, PAGES, PLANS, CONTACTS, RETURN, IMPORT, PARTICIPATION, CLOSE, CLUSTER)


def main() -> None:
    """Measure, print the tables and, when everything was measured, write the page."""
    parser = ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="measure one thing, and write no page")
    only = parser.parse_args().only
    console, load = Console(highlight=False), os.getloadavg()[0]
    with TemporaryDirectory(prefix="throughline-bench-") as scratch:
        sections = _measure(Path(scratch), only, lambda words: console.print(f"{words} …", style="dim"))
    show(console, sections)
    console.print(machine(load))
    if not only:
        PAGE.write_text(as_page(sections, _introduction(load)), encoding="utf-8")
        console.print(f"Written to {PAGE.relative_to(ROOT)}.")


def _measure(folder: Path, only: str | None, say: Callable[[str], None]) -> list[Section]:
    sections = []
    if only in (None, BUILDING, CARDS):
        given, rows, source = apart("bench.preparing:lay_out", folder)
        say(f"Building the warehouse from {rows:,} rows of {source}")
        sections.append(_building(given, rows, source))
        if only != BUILDING:
            say("Scorecards of one authority and of all")
            sections += _scorecards(given)
    if only in (None, PAGES):
        say(f"Pages, with {page.READERS} readers at once")
        sections.append(_pages(folder / "site"))
    if only in (None, PLANS):
        say("A plan of 60 pages, read from each kind of file")
        files = apart("bench.plan_reading:lay_out", folder)
        sections.append(plans.reading_section(files))
        say("The same plan, written as each kind of document")
        sections.append(plans.writing_section(files.pages))
        say("A plan of 500 actions, judged and drawn")
        sections.append(plans.judged_section(folder / "plans"))
    if only in (None, CONTACTS):
        say("A month of contacts, in two orders")
        sections.append(contacts.section())
    if only in (None, RETURN):
        say(f"A monthly return of {return_file.RECORDS:,} records")
        sections.append(return_file.section(folder))
    if only in (None, IMPORT):
        say(f"Returns of {importing.SMALL:,} and {importing.LARGE:,} records brought in")
        sections.append(importing.section(folder / "import"))
    if only in (None, CLOSE):
        say(f"A month of {close.SIZE:,} young people closed")
        sections.append(close.section(folder / "close"))
    if only in (None, PARTICIPATION):
        say("A nation's participation, four ways")
        sections.append(participation_section(folder / "participation"))
    if only in (None, CLUSTER):
        say("The register's figures on DuckDB and on a Spark cluster")
        sections.append(cluster_section(folder / "on-two-engines"))
    return sections


def _building(given: Given, rows: int, source: str) -> Section:
    measured = take_turns({way: f"bench.building:{way}" for way in ("product", "pandas", "sql")}, given, BUILDS)
    cells = _agreed("check_building", given)
    words = (f"From the interactive tool's {rows:,} rows, its dictionary, the areas, the neighbours and the definitions to "
             "files that hold the published figures, the measures' figures, and every area compared with the others and "
             "with its neighbours. The product alone also answers each row it cannot read and looks for rows said twice. "
             f"{cells:,} cells were held against each other and none differed.")
    return ways_section(f"Building the warehouse from {source}", words, measured, TITLES)


def _scorecards(given: Given) -> list[Section]:
    ways = ("product", "pandas", "sql", "ready_made")
    one = take_turns({way: f"bench.scorecard:{way}_one" for way in ways}, given, SCORECARDS)
    every = take_turns({way: f"bench.scorecard:{way}_all" for way in ways}, given, SCORECARDS)
    cells = _agreed("check_scorecards", given)
    words = (
        "Every measure's latest figure with change, England, region, neighbours, rank, bands and what a point is worth{}. "
        "The product reads the comparisons its warehouse holds, with no query remembered. Pandas and the hand-written SQL "
        "compare the figures afresh, pandas from a table already in memory; the last way merely reads what the product "
        "reads, as plain rows. Opening the file is in no way's time. {}"
    )
    return [
        ways_section("A full scorecard of one authority", words.format(", and every measure's trend", ""), one, TITLES),
        ways_section("A full scorecard of every authority",
                     words.format("", f"{cells:,} cells of both were held against each other and none differed."), every, TITLES),
    ]


def _pages(folder: Path) -> Section:
    folder.mkdir()
    words = (f"The site as `throughline demo` serves it, two workers, on the same cores as the readers: {page.READERS} at once, "
             "signed in with a second factor, each on a connection that stays open, over the scorecards of every current "
             f"authority. {page.ROUNDS} rounds, the server started afresh for each. Every look is recorded in the audit, the "
             "empty page's too; the first line is what the server takes without either.")
    return page_section("The scorecard page beside an empty page", words, page.measure(folder), page.FIRST)


def _agreed(check: str, given: Given) -> int:
    """How many cells the ways have in common. Raises SystemExit when any differs, since no ratio is then worth having."""
    agreement = apart(f"bench.agreement:{check}", given)
    if agreement.differences:
        raise SystemExit("The ways do not agree, so no ratio is given:\n" + "\n".join(agreement.differences))
    return agreement.cells


def _introduction(load: float) -> list[str]:
    return [
        "Written by `./dev bench`. Read the ratios, not the times: everything below was measured in one run, the ways of "
        "one job taking turns in processes of their own, after a warm-up. A median comes with the least and the most. "
        "Peak memory is that of the whole process, the interpreter and its libraries included.",
        f"Measured on {machine(load)}",
    ]


if __name__ == "__main__":
    main()
