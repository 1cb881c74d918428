"""What is measured of the return is the right thing: a file in order, read whole by every rule, and written the same."""

import pytest

from bench import return_file
from bench.return_file import BARE, CHECK, HANDLERS, WRITE, Given, drawn, make, make_odd
from bench.return_made import HEADER, ODD, records
from bench.turns import Measured
from throughline.analytics.formats.nccis.document import Document


def test_the_records_are_the_same_each_time_and_nearly_all_in_order():
    assert list(records(300)) == list(records(300))
    assert list(records(300)) != list(records(300, seed=2))


def test_what_is_timed_is_the_whole_file(tmp_path):
    given = Given(tmp_path / "return.xml", tmp_path / "written.xml")
    make(given.file, 400)
    report = return_file.check(given).run(None)
    assert (report.records, report.rejected) == (400, None)
    assert 0 < len(report.errors) < 40
    return_file.write(given).run(None)
    assert given.out.read_bytes() == given.file.read_bytes()
    with given.file.open("rb") as stream:
        document = Document(stream, "return.xml")
        assert document.header == HEADER
        assert [record._replace(line=0) for record in document] == list(records(400))


@pytest.mark.parametrize(("how", "noted"), list(zip(ODD, ([], ["known element"]), strict=True)))
def test_the_odd_files_hold_the_same_records(tmp_path, how, noted):
    make(tmp_path / "plain.xml", 60)
    make_odd(tmp_path / "odd.xml", 60, how)
    assert (tmp_path / "odd.xml").stat().st_size >= (tmp_path / "plain.xml").stat().st_size + 60 * len(' version="2"')
    with (tmp_path / "odd.xml").open("rb") as stream:
        document = Document(stream, "return.xml")
        assert [record._replace(line=0) for record in document] == list(records(60))
        assert [note.rule.removeprefix("a ") for note in document.notes] == noted


def test_the_parsers_beside_it_read_all_of_it(tmp_path):
    given = Given(tmp_path / "return.xml", tmp_path / "written.xml")
    make(given.file, 50)
    return_file.bare(given).run(None)
    return_file.handlers(given).run(None)
    given.file.write_bytes(given.file.read_bytes()[:-1_000])
    for way in (return_file.bare, return_file.handlers):
        try:
            way(given).run(None)
        except return_file.expat.ExpatError:
            continue
        raise AssertionError("a file cut short was not noticed")


def test_the_aim_is_held_against_the_bare_pass():
    def of(check, write, grown, odd=2.0):
        ways = {CHECK: check, WRITE: write, BARE: 1.0, HANDLERS: 2.5}
        measured = {name: Measured([seconds] * 3, 50.0) for name, seconds in ways.items()}
        ways = {**measured, CHECK: Measured([odd] * 3, 50.0)}
        drawing = drawn(measured, {"a tail": ways, "a hat": {**ways, CHECK: Measured([1.0] * 3, 50.0)}}, 1_000_000, 1, grown)
        assert [row[0] for row in drawing.rows][:3] == ["the product: read, every rule run", "the same, with a tail",
                                                        "the same, with a hat"]
        assert drawing.rows[1][5] == f"{odd:.2f}"
        return drawing.closing

    assert of(2.0, 1.5, 10.0, 2.5).endswith("2.00 and 1.50 times, 2.50 with odd records, 10 MiB. Met.")
    assert of(2.0, 1.5, 10.0, 3.1).endswith("Not met.")
    assert of(3.1, 1.5, 10.0).endswith("Not met.")
    assert of(2.0, 3.1, 10.0).endswith("Not met.")
    assert of(2.0, 1.5, 65.0).endswith("Not met.")
