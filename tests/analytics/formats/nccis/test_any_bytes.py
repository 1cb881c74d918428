"""Whatever bytes are given, the answer is a report: a rejection in words, or records checked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.formats.nccis.made import GOOD, checked, file_xml
from tests.analytics.formats.nccis.test_flat import row, written

XML = file_xml([GOOD] * 4).encode()
FLAT = written([row(GOOD)] * 4)
ODD = [b"\xff\xfe", b"\x00", b"\"", b"\n", b",", b"<", b"&", b"\xc3", b"9999-12-31"]
BYTES = st.one_of(st.binary(max_size=6), st.sampled_from(ODD))
CUTS = st.tuples(st.integers(0, 20_000), st.integers(0, 40), BYTES)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(content):
    assert checked(content).rejected


@settings(max_examples=250, deadline=None)
@given(st.sampled_from([XML, FLAT]), st.lists(CUTS, min_size=1, max_size=4))
def test_spoiled_bytes(content, cuts):
    for place, length, instead in cuts:
        place %= len(content)
        content = content[:place] + instead + content[place + length:]
    report = checked(content)
    assert report.rejected is None or report.rejected.startswith("return.xml")
    assert report.records <= 8


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([XML, FLAT]), st.integers(0, 20_000))
def test_a_file_cut_short(content, length):
    report = checked(content[: length % len(content)])
    assert report.rejected or content is FLAT


def test_a_file_that_is_cut_off_anywhere_says_that_it_ends_too_soon():
    whole = file_xml([GOOD._replace(given_name="Zoë"), GOOD]).encode()
    for end in (*range(whole.index(b"<NCCIS>") + 7, len(whole) - 1, 37), whole.index("ë".encode()) + 1, len(whole) - 1):
        assert "the file ends too soon, as one does that was not copied whole: export it again" in checked(whole[:end]).rejected
