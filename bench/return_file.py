"""Reading a monthly return with every rule run, and writing it, beside a parser that does nothing with the same bytes."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from xml.parsers import expat

from bench.given import ROOT
from bench.report import Section
from bench.return_made import HEADER, records
from bench.turns import Job, Measured, apart, take_turns
from throughline.analytics.formats.nccis.check import check_file
from throughline.analytics.formats.nccis.document import Document
from throughline.analytics.formats.nccis.edition import load_editions
from throughline.analytics.formats.nccis.known import load_codes
from throughline.analytics.formats.nccis.layout import load_layout
from throughline.analytics.formats.nccis.writing import write_return

DEFINITIONS = ROOT / "definitions"
RECORDS, LARGE, SMALL = 40_000, 200_000, 2_000
REPEATED = 5
TIMES_BARE = 3  # reading with all rules, and writing, may each take so many times the bare pass
MORE_MEMORY = 64  # MiB that a file a hundred times as large may take beyond the small one
BARE, HANDLERS, CHECK, WRITE = "bare", "handlers", "check", "write"
TITLES = {CHECK: "the product: read, every rule run", WRITE: "the product: written", BARE: "expat, no handlers",
          HANDLERS: "expat, handlers in Python that do nothing"}
_BLOCK = 1 << 18


@dataclass(frozen=True)
class Given:
    """The file that is read, and the one that is written over."""

    file: Path
    out: Path


def make(file: Path, count: int) -> int:
    """Write a file of so many records, and say how many bytes it has."""
    with file.open("wb") as stream:
        write_return(stream, HEADER, records(count), load_layout(DEFINITIONS, "2019-20"))
    return file.stat().st_size


def check(given: Given) -> Job:
    """Read and run every rule."""
    editions, codes = load_editions(DEFINITIONS), load_codes(DEFINITIONS, frozenset({"899"}))
    return Job(lambda _: check_file(given.file, editions, codes))


def write(given: Given) -> Job:
    """Write the records, which are in memory already."""
    layout = load_layout(DEFINITIONS, "2019-20")
    with given.file.open("rb") as stream:
        held = list(Document(stream, given.file.name))

    def run(_: Any) -> None:
        with given.out.open("wb") as out:
            write_return(out, HEADER, held, layout)

    return Job(run)


def bare(given: Given) -> Job:
    """The bytes through the parser, and nothing done."""
    return Job(lambda _: _parsed(given.file, expat.ParserCreate()))


def handlers(given: Given) -> Job:
    """The bytes through the parser, with a call for every element and text."""

    def run(_: Any) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, attributes: None
        parser.EndElementHandler = lambda name: None
        parser.CharacterDataHandler = lambda data: None
        _parsed(given.file, parser)

    return Job(run)


def _parsed(file: Path, parser: expat.XMLParserType) -> None:
    with file.open("rb") as stream:
        for block in iter(lambda: stream.read(_BLOCK), b""):
            parser.Parse(block)
    parser.Parse(b"", True)


def peak_of_checking(file: Path) -> float:
    """Peak memory in MiB of reading a file and running every rule, but keeping no error."""
    return take_turns({CHECK: "bench.return_file:check"}, Given(file, file), 1)[CHECK].peak


def section(folder: Path) -> Section:
    """Measure both ways of the product beside the bare pass, and memory on a small and a large file."""
    file = folder / "return.xml"
    size = apart("bench.return_file:make", file, RECORDS)
    ways = {name: f"bench.return_file:{name}" for name in (CHECK, WRITE, BARE, HANDLERS)}
    measured = take_turns(ways, Given(file, folder / "written.xml"), REPEATED)
    small, large = folder / "small.xml", folder / "large.xml"
    apart("bench.return_file:make", small, SMALL)
    bytes_large = apart("bench.return_file:make", large, LARGE)
    grown = peak_of_checking(large) - peak_of_checking(small)
    return drawn(measured, size, bytes_large, grown)


def drawn(measured: dict[str, Measured], size: int, large: int, grown: float) -> Section:
    """The table; size and large are bytes, grown is MiB."""
    columns = ("way", "median", "least", "most", "MB a second", "of the bare pass", "of the pass with handlers")
    rows = []
    for name, way in measured.items():
        seconds = [f"{each * 1000:,.0f} ms" for each in (way.middle, min(way.seconds), max(way.seconds))]
        beside = [f"{median(way.against(measured[other])):.2f}" for other in (BARE, HANDLERS)]
        rows.append([TITLES[name], *seconds, f"{size / way.middle / 1e6:,.0f}", *beside])
    words = (f"{RECORDS:,} invented records, {size / 1e6:,.0f} MB. One record in fifty lacks something, and each error is kept. "
             f"Checking a file of {large / 1e6:,.0f} MB takes {grown:,.0f} MiB more at its peak than one of a hundredth of it.")
    takes = {name: median(measured[name].against(measured[BARE])) for name in (CHECK, WRITE)}
    met = all(each <= TIMES_BARE for each in takes.values()) and grown <= MORE_MEMORY
    closing = (f"Aim: each at most {TIMES_BARE} times the bare pass, and at most {MORE_MEMORY} MiB for a hundred times the file. "
               f"Measured: {takes[CHECK]:.2f} and {takes[WRITE]:.2f} times, {grown:,.0f} MiB. {'Met' if met else 'Not met'}.")
    return Section("The monthly return read, checked and written", words, columns, rows, closing)


