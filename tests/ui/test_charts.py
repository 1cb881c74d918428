"""The axis of a chart starts at nought, or says that it does not."""

import pytest

from throughline.ui.charts import NOT_FROM_NOUGHT, value_axis


@pytest.mark.parametrize(("values", "from_nought"), [
    ([1.0, 2.7], True), ([2.0, 4.0], True), ([2.1, 4.0], False), ([40.0, 41.0], False), ([-1.0, 2.0], True), ([0.0, 0.0], True),
    ([-4.0, -1.0], True), ([-4.0, -3.0], False), ([3.0], False), ([], True),
])
def test_an_axis_starts_at_nought_where_that_leaves_the_values_half_of_the_room_and_otherwise_says_that_it_does_not(
        values, from_nought):
    axis = value_axis(values, "Per cent")
    assert axis["scale"].to_dict()["zero"] is from_nought
    assert axis["axis"].to_dict()["title"] == ("Per cent" if from_nought else ["Per cent", NOT_FROM_NOUGHT])


@pytest.mark.parametrize(("values", "decimals", "ticks"), [
    ([11, 12], 0, 1), ([1, 3], 0, 3), ([0, 0], 0, 1), ([1, 300], 0, 6), ([11, 12], 1, 6), ([-3, -1], 0, 3)])
def test_what_is_counted_whole_has_no_more_ticks_than_whole_numbers(values, decimals, ticks):
    assert value_axis(values, "", decimals)["axis"].to_dict()["tickCount"] == ticks
