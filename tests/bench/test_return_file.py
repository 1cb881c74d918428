"""What is measured of the return is the right thing: a file in order, read whole by every rule, and written the same."""

from bench import return_file
from bench.return_file import BARE, CHECK, HANDLERS, WRITE, Given, drawn, make
from bench.return_made import HEADER, records
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
    def of(check, write, grown):
        ways = {CHECK: check, WRITE: write, BARE: 1.0, HANDLERS: 2.5}
        measured = {name: Measured([seconds] * 3, 50.0) for name, seconds in ways.items()}
        return drawn(measured, 1_000_000, 100_000_000, grown).closing

    assert of(2.0, 1.5, 10.0).endswith("2.00 and 1.50 times, 10 MiB. Met.")
    assert of(3.1, 1.5, 10.0).endswith("Not met.")
    assert of(2.0, 3.1, 10.0).endswith("Not met.")
    assert of(2.0, 1.5, 65.0).endswith("Not met.")
