"""What a machine lacks is said in one line each, with the package that brings it in."""

import pytest

from tests.needs import NEEDS, Need, said_of

THERE, MISSING = (lambda: True), (lambda: False)


def _lines(left_out, **needs):
    return said_of(left_out, needs)


def test_tests_left_out_are_counted_and_the_package_is_named():
    needs = {"a": Need("a browser", "the package chromium brings it in", MISSING), "b": Need("B", "buy it", MISSING)}
    assert _lines({"a": 12, "b": 1}, **needs) == [
        "Left out: 12 tests that need a browser; the package chromium brings it in.",
        "Left out: 1 test that needs B; buy it.",
    ]


def test_nothing_is_said_of_what_is_there_or_was_not_asked_for():
    assert _lines({}, a=Need("A", "buy it", THERE), b=Need("B", "buy it", MISSING)) == []


def test_what_no_test_needs_yet_is_said_only_where_it_is_missing():
    assert _lines({}, a=Need("Java", "buy it", THERE, later="the tests on Spark will")) == []
    assert _lines({}, a=Need("Java", "buy it", MISSING, later="the tests on Spark will")) == [
        "Java is not here: no test needs it yet, the tests on Spark will; buy it.",
    ]
    assert _lines({"a": 2}, a=Need("Java", "buy it", MISSING, later="the tests on Spark will")) == [
        "Left out: 2 tests that need Java; buy it.",
    ]


@pytest.mark.parametrize(("marker", "package"), [
    ("browser", "chromium-headless-shell"), ("postgresql", "postgresql"), ("java", "default-jre-headless"),
    ("pango", "libpangoft2-1.0-0"),
])
def test_each_need_names_its_debian_package(marker, package):
    assert package in NEEDS[marker].remedy.split()


def test_what_a_test_needs_already_is_not_called_needed_later(request):
    asked = {marker.name for item in request.session.items for marker in item.iter_markers()}
    assert {marker for marker, need in NEEDS.items() if need.later} & asked == set()
