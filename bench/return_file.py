"""Reading a monthly return with every rule run, and writing it, beside a parser that does nothing with the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from xml.parsers import expat

from bench.given import ROOT
from bench.report import Section
from bench.return_made import HEADER, ODD, records
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


def make_odd(file: Path, count: int, how: str) -> None:
    """Write a file of so many records with one of ODD in each."""
    make(file, count)
    there, instead = ODD[how]
    file.write_text(file.read_text(encoding="utf-8").replace(there, instead), encoding="utf-8")


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
    odd = {how: _of_odd(folder / "odd.xml", how) for how in ODD}
    small, large = folder / "small.xml", folder / "large.xml"
    apart("bench.return_file:make", small, SMALL)
    bytes_large = apart("bench.return_file:make", large, LARGE)
    grown = peak_of_checking(large) - peak_of_checking(small)
    return drawn(measured, odd, size, bytes_large, grown)


def _of_odd(file: Path, how: str) -> dict[str, Measured]:
    """Reading and checking a file of odd records beside the parsers with the same bytes."""
    apart("bench.return_file:make_odd", file, RECORDS, how)
    return take_turns({name: f"bench.return_file:{name}" for name in (CHECK, BARE, HANDLERS)}, Given(file, file), REPEATED)


def drawn(measured: dict[str, Measured], odd: Mapping[str, dict[str, Measured]], size: int, large: int, grown: float) -> Section:
    """The table; odd are the files of odd records, size and large are bytes, grown is MiB."""
    columns = ("way", "median", "least", "most", "MB a second", "of the bare pass", "of the pass with handlers")
    rows = [_row(TITLES[name], way, measured, size) for name, way in measured.items()]
    rows[1:1] = [_row(f"the same, with {how}", ways[CHECK], ways, size) for how, ways in odd.items()]
    words = (f"{RECORDS:,} invented records, {size / 1e6:,.0f} MB. One record in fifty lacks something, and each error is kept. "
             f"Checking a file of {large / 1e6:,.0f} MB takes {grown:,.0f} MiB more at its peak than one of a hundredth of it.")
    takes = {name: median(measured[name].against(measured[BARE])) for name in (CHECK, WRITE)}
    takes_odd = max(median(ways[CHECK].against(ways[BARE])) for ways in odd.values())
    met = all(each <= TIMES_BARE for each in (*takes.values(), takes_odd)) and grown <= MORE_MEMORY
    closing = (f"Aim: each at most {TIMES_BARE} times the bare pass, and at most {MORE_MEMORY} MiB for a hundred times the file. "
               f"Measured: {takes[CHECK]:.2f} and {takes[WRITE]:.2f} times, {takes_odd:.2f} with odd records, {grown:,.0f} MiB. "
               f"{'Met' if met else 'Not met'}.")
    return Section("The monthly return read, checked and written", words, columns, rows, closing)


def _row(title: str, way: Measured, beside: Mapping[str, Measured], size: int) -> list[str]:
    """A line of the table: size is the plain file's bytes, which an odd one has nearly as many of."""
    seconds = [f"{each * 1000:,.0f} ms" for each in (way.middle, min(way.seconds), max(way.seconds))]
    times = [f"{median(way.against(beside[other])):.2f}" for other in (BARE, HANDLERS)]
    return [title, *seconds, f"{size / way.middle / 1e6:,.0f}", *times]


