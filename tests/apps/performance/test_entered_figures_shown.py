"""What becomes of an entered figure once the warehouse is rebuilt: who sees it, and what is hidden of small numbers."""

import csv
import io
import json

import pytest
from django.core.management import call_command

from tests.apps.performance.reading import facts, links, main, table
from tests.cast import make_user
from throughline.analytics.measures.load import load_measures
from throughline.apps.performance import actions
from throughline.apps.performance.models import EnteredFigure

ADVISERS, MOTHERS = "schools_with_an_enterprise_adviser", "neet_young_mothers"
HEADING = "Schools and colleges working with an enterprise adviser"
SECRET = "7,654"  # a value that would stand out wherever it leaked


@pytest.fixture
def enter(rebuilt, definitions):
    """Enter figures as (measure, area, period, fields) and rebuild once."""
    measures = load_measures(definitions)

    def all_of(*figures):
        with rebuilt():
            for measure, area, period, fields in figures:
                actions.enter_figure(by=make_user("data_officer", email=f"{area}@example.org", area=area),
                                     measure=measures[measure], area=area, period=period, **{"status": "final", **fields})

    return all_of


def _cells(response, title) -> list[str]:
    return next(row for row in table(response, "scorecard") if row[0].startswith(title))


def test_a_figure_is_on_the_scorecard_once_it_is_saved_and_gone_once_it_is_withdrawn(cast, rebuilt):
    own = cast("strategy_lead", area="358")
    assert _cells(own.get("/authorities/358/"), HEADING)[1] == "not collected"
    for value, status in (("12", "provisional"), ("14", "final")):
        with rebuilt() as waiting:
            own.post(f"/entered/{ADVISERS}/", {"area": "358", "period": "2024/25", "value": value, "status": status})
        assert len(waiting) == 1, "rebuilt once, after the figure is safe"
        shown = f"{value} provisional" if status == "provisional" else value
        assert _cells(own.get("/authorities/358/"), HEADING)[:2] == [f"{HEADING} 2024/25, number", shown]
    for step, shown in (("withdraw", "not collected"), ("restore", "14")):
        with rebuilt():
            own.post(f"/entered/{ADVISERS}/358/2024/25/{step}/")
        assert _cells(own.get("/authorities/358/"), HEADING)[1] == shown


def test_nothing_is_rebuilt_for_a_figure_that_was_refused(cast, rebuilt):
    with rebuilt() as waiting:
        cast("strategy_lead", area="358").post(f"/entered/{ADVISERS}/", {"area": "358", "period": "2024/25", "value": ""})
    assert waiting == []


def test_small_numbers_of_people_are_hidden_on_the_page_and_kept_in_the_record(cast, enter):
    enter((MOTHERS, "358", "2024/25", {"value": 25.0, "numerator": 3, "denominator": 12}),
          (MOTHERS, "358", "2023/24", {"value": 40.0, "numerator": 8, "denominator": 20}),
          (MOTHERS, "358", "2022/23", {"value": 0.0, "numerator": 0, "denominator": 20}),
          (MOTHERS, "358", "2021/22", {"value": 75.0, "numerator": 3, "denominator": 4}))
    own = cast("strategy_lead", area="358")
    answer = own.get(f"/authorities/358/measures/{MOTHERS}/")
    assert table(answer, "trend-table") == [
        ["2021/22", "–", "–", "suppressed"], ["2022/23", "0", "20", "0.0%"], ["2023/24", "8", "20", "40.0%"],
        ["2024/25", "–", "–", "suppressed"]]
    suppressed = facts(own.get(f"/authorities/358/measures/{MOTHERS}/?period=2024/25"))
    assert "suppressed" in suppressed.values()
    assert [("Counted" in said, "Among" in said) for said in (facts(answer), suppressed)] == [(True, True), (False, False)]
    assert "25.0%" not in main(answer)
    downloaded = own.get(f"/authorities/358/measures/{MOTHERS}/download/trend.csv").content.decode()
    assert "25" not in downloaded.replace("2024/25", "")
    record = EnteredFigure.objects.get(period="2024/25")
    assert (record.value, record.numerator, record.denominator) == (25.0, 3, 12)
    assert "3 of 12" in main(own.get(f"/entered/{MOTHERS}/358/2024/25/"))


def test_who_sees_the_figures_of_an_authority(cast, enter):
    enter((ADVISERS, "358", "2024/25", {"value": 7654}))
    seeing = {
        "data_officer": ("358", True), "councillor": ("358", True), "inspector": ("202", False), "tracking_officer": ("", False),
        "provider_staff": ("358", False), "employer": ("", False), "young_person_or_parent": ("358", False),
        "administrator": ("358", False), "information_governance_officer": ("", False),
    }
    for role, (area, sees) in seeing.items():
        client = cast(role, area=area)
        for path in ("/authorities/358/", "/authorities/358/scorecard.csv", "/compare/?area=358"):
            shown = client.get(path).content.decode()
            assert ("7,654" in shown or "7654" in shown) == sees, (role, path)
        assert (client.get(f"/authorities/358/measures/{ADVISERS}/").status_code == 200) == sees, role
        downloaded = client.get(f"/authorities/358/measures/{ADVISERS}/download/trend.csv").status_code
        assert (downloaded == 200) == sees, role


def test_ones_own_figure_is_never_set_beside_what_others_entered(cast, enter):
    """Hertfordshire, 919, is a statistical neighbour of Trafford."""
    enter((ADVISERS, "358", "2024/25", {"value": 12}), (ADVISERS, "919", "2024/25", {"value": 7654}))
    own = cast("data_officer", area="358")
    page = f"/authorities/358/measures/{ADVISERS}/"
    shown = own.get(page)
    assert facts(shown)["2024/25 (academic year 2024/25)"] == "12"
    assert "are not set beside one another" in main(shown)
    assert not {"Rank, 1 is best", "Quarter of authorities"} & set(facts(shown))
    leaks = [path for path in (page, f"{page}?neighbours=2021", f"{page}trend.svg", f"{page}download/trend.csv",
                               f"{page}download/authorities.csv", f"{page}download/neighbours.csv", "/authorities/358/",
                               "/authorities/358/scorecard.csv", "/compare/?area=358", "/compare/comparison.csv?area=358")
             if any(value in own.get(path).content.decode() for value in (SECRET, "7654"))]
    assert leaks == []
    assert own.get(f"{page}authorities.svg").status_code == own.get(f"{page}map.svg").status_code == 404
    row = _cells(own.get("/authorities/358/"), HEADING)
    assert row[4:7] == ["–", "–", "–"]
    [typed] = [row for row in csv.DictReader(io.StringIO(own.get("/authorities/358/scorecard.csv").content.decode("utf-8-sig")))
               if row["Measure id"] == ADVISERS]
    assert (typed["Value"], typed["Rank"], typed["Statistical neighbours, mean"]) == ("12.0", "", "")


def test_published_figures_are_compared_for_everybody(cast, rebuilt):
    own = cast("data_officer", area="358")
    assert _cells(own.get("/authorities/358/"), "Attainment 8: average")[5] == "3 of 152"
    page = "/authorities/358/measures/attainment_8/"
    assert f"{page}download/authorities.csv" in links(own.get(page))


def test_the_command_and_the_page_agree_on_an_entered_figure(cast, enter, capsys):
    enter((ADVISERS, "358", "2024/25", {"value": 12}))
    call_command("figures", ADVISERS, "--area", "358", "--format", "json")
    [told] = json.loads(capsys.readouterr().out)
    assert (told["value"], told["status"], told["source"], told["period"]) == (12, "final", "Entered by the authority", "2024/25")
    assert _cells(cast("councillor", area="358").get("/authorities/358/"), HEADING)[1] == "12"
