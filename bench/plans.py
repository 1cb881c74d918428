"""What is measured of plans: one of sixty pages read and written, and one of five hundred actions judged and drawn."""

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import plan_writing
from bench.page import LONGEST, environment_of, python, served
from bench.plan_reading import KINDS, PlanFiles
from bench.report import Section
from bench.turns import Measured, take_turns

SECONDS, MILLISECONDS = 3, 300  # the aims
READINGS, WRITINGS, LOOKS, SERVERS = 7, 3, 15, 3  # how often each is repeated
JUDGING, PLAN = "judging", "plan"
FIRST = "first"
NAMES = {JUDGING: "the 100 indicators judged, nothing drawn", PLAN: "the plan's page, all of it, its indicators judged on it",
         "register": "the indicator register, judged", "grid": "the indicator grid, judged"}


def reading_section(files: PlanFiles, readings: int = READINGS) -> Section:
    """Each kind of file read, beside taking out its words alone. Raises SystemExit when an action or measure is missed."""
    ways = {f"{what} {kind}": f"bench.plan_reading:{what}_{kind}" for kind in files.kinds for what in ("read", "words")}
    measured = take_turns(ways, files, readings)
    whole = {"actions": files.actions, "measures": files.measures}
    if missed := [f"{KINDS[kind]}: {files.found(kind)} of {whole}" for kind in files.kinds if files.found(kind) != whole]:
        raise SystemExit("The plan does not read back as it was written, so no time is given:\n" + "\n".join(missed))
    return drawn_reading(files, measured)


def drawn_reading(files: PlanFiles, measured: dict[str, Measured]) -> Section:
    """The table of what was measured; measured is by "read pdf", "words pdf" and so on."""
    rows = []
    for kind in files.kinds:
        read, words = measured[f"read {kind}"], measured[f"words {kind}"]
        size = f"{files.path(kind).stat().st_size / 1024:,.0f} KiB"
        pages = f"{files.pages} pages, {size}" if kind == "pdf" else size
        ratio = f"{median(read.against(words)):,.0f}" if kind != "txt" else ""
        rows.append([KINDS[kind], pages, f"{files.found(kind)['actions']:,}", *_seconds(read), f"{read.peak:,.0f} MiB",
                     f"{words.middle:,.2f} s", ratio])
    columns = ("file", "pages and size", "actions found", "median", "least", "most", "peak memory", "its words alone, median",
               "reading takes, of that")
    long = f"{files.pages} pages" if files.pages else "sixty pages, were it a PDF (Pango, which lays one out, is not here)"
    words = (f"One plan of {files.actions} actions and {files.measures} indicators, {long}, written by the product as each kind "
             "of file, and read by `read_plan_file`, each in a process of its own. Its words alone are what the same library "
             "gives when asked for nothing but text: PDFium's text, python-docx's paragraphs and cells, openpyxl's cells, the "
             "file itself. Every action and every numbered indicator was found again in each.")
    slowest = max(files.kinds, key=lambda kind: measured[f"read {kind}"].middle)
    took = measured[f"read {slowest}"].middle
    closing = f"Aim: under {SECONDS} seconds. Measured: {took:.2f} s for the slowest, {KINDS[slowest]}. {_met(took < SECONDS)}"
    return Section("A plan of 60 pages read", words, columns, rows, closing)


def writing_section(pages: int | None, writings: int = WRITINGS) -> Section:
    """The same plan written as each kind of document; no PDF where pages is None, since this machine cannot lay one out."""
    kinds = [kind for kind in plan_writing.KINDS if kind != "pdf" or pages]
    return drawn_writing(take_turns({kind: f"bench.plan_writing:{kind}" for kind in kinds}, None, writings), pages)


def drawn_writing(measured: dict[str, Measured], pages: int | None) -> Section:
    """The table of what was measured, by kind of document."""
    rows = [[plan_writing.KINDS[kind], *_seconds(took), f"{took.peak:,.0f} MiB"] for kind, took in measured.items()]
    words = ("The same plan written, each kind in a process of its own. The PDF is laid out by WeasyPrint, box by box and tagged "
             "for screen readers, from a page that takes next to nothing to make. No rule of its style changes that: it was "
             "measured without hyphens, markers, borders, counters and leaders. So a report's files are made before anything "
             "is locked, and nobody waits for them but whoever asked.")
    each = f"A page of the PDF takes {1000 * measured['pdf'].middle / pages:,.0f} ms." if pages else ""
    closing = each or "No PDF: Pango is not here."
    return Section("A plan of 60 pages written", words, ("document", "median", "least", "most", "peak memory"), rows, closing)


def _seconds(measured: Measured) -> list[str]:
    return [f"{each:,.2f} s" for each in (measured.middle, min(measured.seconds), max(measured.seconds))]


@dataclass(frozen=True)
class Judged:
    """Milliseconds of judging and of each page: inside one process, and over the served site, where first is the first visit."""

    inside: dict[str, list[float]]
    outside: dict[str, list[float]]

    @property
    def together(self) -> list[float]:
        """Judging and the plan's page, turn by turn; the page judges once more by itself."""
        return [judging + page for judging, page in zip(self.inside[JUDGING], self.inside[PLAN], strict=True)]


def judged_section(folder: Path) -> Section:
    """A large plan judged and drawn. Raises RuntimeError when a page fails."""
    return drawn_judging(measure(folder))


def measure(folder: Path, size: tuple[int, int] | None = None, looks: int = LOOKS, servers: int = SERVERS) -> Judged:
    """Make a site in folder with a plan of so many actions and indicators, 500 and 100 without, and look at its pages."""
    (folder / "static").mkdir(parents=True)  # WhiteNoise warns of a folder that is not there
    environment = environment_of(folder)
    made = json.loads(python("bench.plan_site", "make", *map(str, size or ()), environment=environment))
    inside = json.loads(python("bench.plan_site", "measure", str(looks), environment=environment))
    outside: dict[str, list[float]] = {name: [] for name in (FIRST, *made["paths"])}
    for _ in range(servers):
        with served(environment) as port:
            asked = {"port": port, "cookie": made["cookie"], "readers": 1, "seconds": LONGEST}
            _read(asked, ["/health/"])  # once the server is up
            outside[FIRST] += _read(asked, [made["paths"][PLAN]])
            _read(asked, list(made["paths"].values()) * 4)  # until either worker has shown each
            for name, path in made["paths"].items():
                outside[name] += _read(asked, [path] * looks)
    return Judged(inside, outside)


def _read(asked: dict[str, object], paths: list[str]) -> list[float]:
    return json.loads(python("bench.readers", given=json.dumps(asked | {"paths": paths})))


def drawn_judging(judged: Judged) -> Section:
    """The table of what was measured."""
    rows = [[NAMES[name], "in one process", *_milliseconds(took)] for name, took in judged.inside.items()]
    rows.append(["judged, and then the plan's page", "in one process", *_milliseconds(judged.together)])
    rows.append(["the plan's page, first visit after a start", "served", *_milliseconds(judged.outside[FIRST])])
    rows += [[NAMES[name], "served", *_milliseconds(took)] for name, took in judged.outside.items() if name != FIRST]
    words = ("A plan of 500 actions, each with an update in every month of a year, and 100 indicators that follow published "
             "measures, with a target of every kind. One reader, signed in with a second factor; every look is recorded in the "
             f"audit. In one process, {LOOKS} turns after one to warm up; served as `throughline demo` serves it, {LOOKS} looks "
             f"at each page, the server started {SERVERS} times. “Judged, and then the plan's page” judges twice, since the page "
             "judges by itself.")
    took, over = median(judged.together), median(judged.outside[PLAN])
    closing = (f"Aim: judged and drawn in under {MILLISECONDS} ms. Measured: {took:,.0f} ms in one process; the page as served, "
               f"{over:,.0f} ms. {_met(max(took, over) < MILLISECONDS)}")
    return Section("A plan of 500 actions and 100 indicators judged and drawn", words,
                   ("what", "where", "median", "least", "most"), rows, closing)


def _milliseconds(took: list[float]) -> list[str]:
    return [f"{each:,.0f} ms" for each in (median(took), min(took), max(took))]


def _met(met: bool) -> str:
    return "Met." if met else "Not met."
