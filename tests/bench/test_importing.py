"""The measuring of imports runs, takes every record in, and says what memory a record takes."""

from bench.importing import section


def test_a_small_measurement(tmp_path):
    drawn = section(tmp_path, small=40, large=80)
    assert [row[0].split(",")[0] for row in drawn.rows] == ["40 records", "80 records"]
    assert "bytes for a further record" in drawn.closing
