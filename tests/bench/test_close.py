"""A close is measured whole: every step has its time, and the register it is of is said."""

from bench.close import WORDS, section


def test_a_small_register_is_made_and_closed(tmp_path):
    made = section(tmp_path / "close", size=120, times=1)
    assert [row[0] for row in made.rows] == [*WORDS.values(), "the whole close, in a process that runs",
                                              "`throughline close`, from its start to its end"]
    assert all(row[1].endswith(" s") for row in made.rows)
    assert "120 young people" in made.words
