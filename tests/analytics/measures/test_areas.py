"""An area is found by any code it has had or by its name, and what is not found is answered with the nearest."""

import pytest

from tests.analytics.tiny import AREAS, Tiny, measure
from throughline.analytics.measures.areas import UnknownAreaError, all_areas, authorities, find_area


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    tiny = Tiny(areas=AREAS + "301 | Aldshire | authority | 982 | | 2024-04-01 | 101 102\n").add("area | 2025\n101 | 1")
    return tiny.build(tmp_path_factory.mktemp("areas"), measure())


@pytest.mark.parametrize("asked", ["101", " 101 ", "E09001010", "e09001010", "Ashby", "ASHBY", " ashby "])
def test_an_area_is_found_by_code_or_name(built, asked):
    assert find_area(built, asked).name == "Ashby"


def test_a_whole_name_goes_before_those_it_is_part_of(built):
    assert find_area(built, "London").area == "986"


def test_what_an_area_is(built):
    gone, borough, england = (find_area(built, code) for code in ("301", "201", "970"))
    assert (gone.successors, str(gone.abolished_on), gone.is_authority) == (("101", "102"), "2024-04-01", True)
    assert (borough.region, borough.wider_region, borough.successors) == ("987", "986", ())
    assert (england.kind, england.is_authority, england.region) == ("country", False, None)


@pytest.mark.parametrize(
    ("asked", "named"),
    [("Asby", "Ashby (101)"), ("mottinghan", "Mottingham (202)"), ("111", "Ashby (101)")],
)
def test_what_is_not_found_is_answered_with_the_nearest(built, asked, named):
    with pytest.raises(UnknownAreaError, match="No area has the code or name") as refusal:
        find_area(built, asked)
    assert asked in str(refusal.value)
    assert named in str(refusal.value)


def test_a_nine_character_code_is_answered_with_the_nearest_too(built):
    with pytest.raises(UnknownAreaError) as refusal:
        find_area(built, "E09001011")
    assert "Did you mean" in str(refusal.value)


def test_at_most_three_are_offered_and_none_when_none_is_alike(built):
    with pytest.raises(UnknownAreaError) as refusal:
        find_area(built, "10")
    assert str(refusal.value).count("(") <= 3
    with pytest.raises(UnknownAreaError) as refusal:
        find_area(built, "Xyzzyx")
    assert "Did you mean" not in str(refusal.value)


def test_authorities_are_in_order_of_name_with_those_abolished_last(built):
    names = [area.name for area in authorities(built)]
    assert names[:2] == ["Ashby", "Barwick"]
    assert names[-1] == "Aldshire"
    assert names[:-1] == sorted(names[:-1])
    assert len(all_areas(built)) == len(names) + 5
