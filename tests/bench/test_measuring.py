"""Ways take turns, readers read everything once, and what was measured is put into words that are true."""

from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bench.given import Given
from bench.page import EMPTY, FIRST, Pages
from bench.readers import read_all
from bench.report import as_page, page_section, ways_section
from bench.turns import Job, Measured, take_turns

ASKED: Counter[str] = Counter()


def appending(given: Given) -> Job:
    """A way that leaves one mark a run."""
    def run(mark: str) -> str:
        with (given.folder / "marks").open("a") as file:
            file.write(mark)
        return mark

    return Job(run, lambda: "x", lambda result: (given.folder / "kept").write_text(result))


def failing(given: Given) -> Job:
    """A way that cannot do its job."""
    raise ValueError("no such table")


@pytest.fixture
def given(tmp_path) -> Given:
    return Given(*[Path()] * 5, folder=tmp_path)


def test_every_way_runs_once_to_warm_up_and_then_as_often_as_asked(given):
    found = take_turns({"one": f"{__name__}:appending", "other": f"{__name__}:appending"}, given, 3)
    assert (given.folder / "marks").read_text() == "x" * 8
    assert (given.folder / "kept").read_text() == "x"
    assert {name: len(way.seconds) for name, way in found.items()} == {"one": 3, "other": 3}
    assert all(way.peak > 1 for way in found.values())


def test_a_way_that_fails_stops_the_measuring(given):
    with pytest.raises(RuntimeError, match="broken stopped"):
        take_turns({"broken": f"{__name__}:failing"}, given, 1)


class Pageful(BaseHTTPRequestHandler):
    """Answers every path but one."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Count it, and answer."""
        ASKED[self.path, self.headers["Cookie"]] += 1
        self.send_response(404 if self.path == "/gone/" else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    ASKED.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pageful)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def test_readers_read_every_page_once(port):
    paths = [f"/{number}/" for number in range(40)]
    took = read_all(port, "sessionid=abc", paths, readers=8, seconds=20)
    assert len(took) == 40
    assert Counter({(path, "sessionid=abc"): 1 for path in paths}) == ASKED


def test_a_page_that_is_not_found_is_no_measurement(port):
    with pytest.raises(RuntimeError, match="/gone/.*404"):
        read_all(port, "", ["/1/", "/gone/"], readers=1, seconds=20)


def test_readers_stop_when_their_time_is_up(port):
    with pytest.raises(RuntimeError, match="no page"):
        read_all(port, "", ["/1/"], readers=2, seconds=0)


TITLES = {"product": "the product", "sql": "hand-written SQL"}


@pytest.mark.parametrize(("seconds", "verdict"), [([1.2, 1.3, 9], "1.30 times. Met."), ([1.2, 1.4, 1.5], "1.40 times. Not met.")])
def test_the_verdict_is_on_the_median_turn(seconds, verdict):
    ways = {"product": Measured(seconds, 90), "sql": Measured([1, 1, 1], 80)}
    section = ways_section("Building", "How.", ways, TITLES)
    assert section.closing == f"Aim: at most 1.3 times the SQL. Measured: {verdict}"
    assert section.rows[1][0] == "hand-written SQL"


def test_turns_are_compared_with_their_own_turn():
    assert Measured([1, 4], 0).against(Measured([2, 2], 0)) == [0.5, 2]


def test_pages_are_compared_with_the_empty_page_of_their_round():
    pages = Pages({EMPTY: [[1.0] * 10, [2.0] * 10], FIRST: [[8.0] * 10, [24.0] * 10]})
    assert pages.times_empty(FIRST) == [8, 12]
    section = page_section("Pages", "How.", pages, FIRST)
    assert section.closing.endswith("Measured: 10.00 times. Met.")
    assert "| an empty page | 20 | 2 ms | 2 ms | 2 ms |" in as_page([section], ["Words."])
