"""Which period is the latest, which release of it counts, and what it is compared with."""

from dataclasses import dataclass

import pytest

from tests.analytics.tiny import broken_at, cells, measure
from throughline.analytics.measures.sequence import Issue, crosses_break, sequence
from throughline.core.periods import parse_period


@dataclass(frozen=True)
class Series:
    """The issues of one measure, found again by how their publisher prints them."""

    issues: dict[str, Issue]

    def marked(self, flag: str) -> list[str]:
        return [printed for printed, issue in self.issues.items() if getattr(issue, flag)]

    def previous(self, printed: str) -> str:
        before = self.issues[printed].previous
        return next((name for name, issue in self.issues.items()
                     if before and (issue.period, issue.vintage) == (before.period, before.vintage)), "")


def series(*printed: str, breaks: tuple[str, ...] = (), year_type: str = "academic year") -> Series:
    """Sequence issues as printed; one that closes with “empty” has no value for any area."""
    found = []
    for text in printed:
        period, mark = parse_period(text.removesuffix(" empty"), year_type)
        vintage = mark.value if mark else "final"
        found.append(("m", period.label, period.kind.value, period.start, period.end, vintage, not text.endswith("empty")))
    given = measure("m", breaks=broken_at(*breaks), year_type=year_type)
    issues = sequence(found, {"m": given})
    keys = [(row[3], row[4], row[5]) for row in found]
    order = {key: name.removesuffix(" empty") for key, name in zip(keys, printed, strict=True)}
    return Series({order[issue.period.start, issue.period.end, issue.vintage]: issue for issue in issues})


# what is published | the latest | the newest
LATEST = """
2023; 2024; 2025                     | 2025       | 2025
2025; 2023; 2024                     | 2025       | 2025
2024; 2025 (prov)                    | 2024       | 2025 (prov)
2024; 2025 (prov); 2025 (Rev)        | 2025 (Rev) | 2025 (Rev)
2024; 2025 (prov); 2025 (Rev); 2025  | 2025       | 2025
2024 (prov); 2025 (prov)             | 2025 (prov)| 2025 (prov)
2024; 2025 empty                     | 2024       | 2024
2024; 2025 empty; 2025 (prov)        | 2024       | 2025 (prov)
2024; 2025 empty; 2025 (Rev)         | 2025 (Rev) | 2025 (Rev)
2024 empty; 2025 empty               |            |
2012-14; 2013-15                     | 2013-15    | 2013-15
"""


@pytest.mark.parametrize(("published", "latest", "newest"), cells(LATEST))
def test_the_latest_is_settled_unless_nothing_is(published, latest, newest):
    found = series(*published.split("; "), year_type="calendar year" if "-" in published else "academic year")
    assert found.marked("latest") == [latest] * bool(latest)
    assert found.marked("newest") == [newest] * bool(newest)


# what is published of one period | the release preferred
PREFERRED = """
2025                             | 2025
2025 (prov); 2025 (Rev)          | 2025 (Rev)
2025 (Rev); 2025; 2025 (prov)    | 2025
2025 empty; 2025 (prov)          | 2025 (prov)
2025 empty; 2025 (Rev) empty     | 2025
"""


@pytest.mark.parametrize(("published", "preferred"), cells(PREFERRED))
def test_the_most_settled_release_with_values_is_preferred(published, preferred):
    assert series(*published.split("; ")).marked("preferred") == [preferred]


# what is published | breaks | this period | is compared with
PREVIOUS = """
2024; 2025                     |            | 2025        | 2024
2024; 2025                     |            | 2024        |
2023; 2025                     |            | 2025        |
2023; 2024; 2025               | 2025       | 2025        |
2023; 2024; 2025               | 2025       | 2024        | 2023
2023; 2024; 2025               | 2024       | 2025        | 2024
2023; 2024; 2025               | 2024, 2025 | 2024        |
2024; 2024 (prov); 2025        |            | 2025        | 2024
2024 (prov); 2024 (Rev); 2025 (prov) |      | 2025 (prov) | 2024 (Rev)
2024 (prov); 2025              |            | 2025        | 2024 (prov)
2024; 2025; 2025 (prov)        |            | 2025 (prov) | 2024
2024 empty; 2025               |            | 2025        | 2024
2012-14; 2015-17               |            | 2015-17     |
2014-16; 2015-17; 2016-18      |            | 2016-18     | 2015-17
"""


@pytest.mark.parametrize(("published", "breaks", "period", "previous"), cells(PREVIOUS))
def test_a_period_is_compared_with_the_year_before_and_never_across_a_break(published, breaks, period, previous):
    spans = "-1" in published
    found = series(*published.split("; "), breaks=tuple(breaks.split(", ")) if breaks else (),
                   year_type="calendar year" if spans else "academic year")
    assert found.previous(period) == previous


def test_measures_are_put_in_order_each_by_itself():
    days = {year: parse_period(year, "academic year")[0] for year in ("2024", "2025")}
    found = [(id, p.label, p.kind.value, p.start, p.end, "final", True)
             for id, p in (("a", days["2024"]), ("b", days["2025"]))]
    issues = sequence(found, {"a": measure("a"), "b": measure("b")})
    assert [(issue.measure, issue.latest, issue.previous) for issue in issues] == [("a", True, None), ("b", True, None)]


def test_an_issue_is_a_row_for_the_warehouse():
    later, earlier = (series("2024", "2025").issues[year] for year in ("2025", "2024"))
    row = later.as_row()
    assert (row["previous_period"], row["previous_issue"]) == ("2024", earlier.as_row()["issue"])
    assert row["issue"] != earlier.as_row()["issue"]
    assert {value for name, value in earlier.as_row().items() if name.startswith("previous_")} == {None}


# from | to | breaks | crossed
CROSSED = """
2019 | 2020 | 2020       | yes
2019 | 2021 | 2020       | yes
2020 | 2021 | 2020       | no
2018 | 2019 | 2020       | no
2019 | 2023 | 2020, 2022 | yes
2019 | 2020 |            | no
"""


@pytest.mark.parametrize(("earlier", "later", "breaks", "crossed"), cells(CROSSED))
def test_a_break_lies_before_the_first_period_of_the_new_series(earlier, later, breaks, crossed):
    def start(year):
        return parse_period(year, "academic year")[0].start

    starts = [start(year) for year in breaks.split(", ") if year]
    assert crosses_break(start(earlier), start(later), starts) is (crossed == "yes")
