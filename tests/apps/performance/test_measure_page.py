"""The page of one measure: every part of it, in the words and figures it should have."""

import json
import re

import pytest
from django.core.management import call_command
from django.http import Http404

from tests.apps.performance.reading import close, facts, headings, links, main, number, page_of, table, words
from tests.cast import make_user
from throughline.apps.performance.asked import measure_or_404

HERE = "/authorities/358/measures"


@pytest.fixture
def shown(officer):
    """The page of a measure; of Trafford unless another code is given."""

    def get(id, code="358", **choices):
        answer = officer.get(f"/authorities/{code}/measures/{id}/", choices)
        assert answer.status_code == 200
        return answer

    return get


def _sections(response) -> list[str]:
    return [words(heading) for heading in page_of(response).find(".//main").iter("h2")]


def _pictures(response) -> dict[str, str]:
    """The alternative text of each chart by the part it draws."""
    return {image.get("src").rpartition("/")[2].partition(".")[0]: image.get("alt") for image in page_of(response).iter("img")}


def test_every_part_is_there(shown):
    answer = shown("attainment_8")
    assert _sections(answer) == [
        "Where Trafford stands", "Over time", "All authorities, 2025", "Statistical neighbours", "Gaps between groups",
        "What this measure is",
    ]
    assert set(_pictures(answer)) == {
        "trend", "authorities", "map", "gap-free_school_meals", "gap-disadvantage", "gap-send", "gap-ethnic_group",
        "gap-social_care",
    }


def test_the_facts_are_those_of_the_figures_command(shown, capsys):
    call_command("figures", "attainment_8", "--area", "358", "--format", "json")
    told = json.loads(capsys.readouterr().out)[0]
    said = facts(shown("attainment_8"))
    assert close(said["2025 (academic year 2024/25)"], told["value"], 1)
    assert close(said["England"], told["england"], 1)
    assert close(said["North West"], told["region"], 1)
    assert close(said["Statistical neighbours, mean (2025)"], told["neighbours_mean"], 1)
    assert said["Rank, 1 is best"] == f"{told['rank']} of {told['ranked']} authorities"
    assert said["Change since 2024"] == "▼ down 0.4, worse"
    assert said["Quarter of authorities"] == "A best quarter"
    assert said["Fifth of authorities"] == "1 best fifth"


def test_the_trend_table_is_every_year_with_its_new_series_marked(shown):
    answer = shown("attainment_8")
    assert headings(answer, "trend-table") == ["Period", "Trafford", "England", "North West", "Statistical neighbours (2025)"]
    rows = table(answer, "trend-table")
    assert [row[0] for row in rows] == ["2016", "2017 new series", "2018", "2019", "2020 new series", "2021",
                                        "2022 new series", "2023", "2024", "2025"]
    assert rows[0][1:4] == ["56.7", "50.1", "49.4"]


def test_breaks_are_named_with_their_reasons(shown):
    said = main(shown("attainment_8"))
    assert "Break in the series at 2017. New GCSEs in English and maths" in said
    assert "The series is broken at 2017, 2020, 2022." in _pictures(shown("attainment_8"))["trend"]
    assert "Break in the series" not in main(shown("september_guarantee"))


def test_every_authority_is_listed_best_first_and_this_one_marked(shown):
    answer = shown("neet_or_not_known_16_17")
    rows = table(answer, "authorities-table")
    ranks = [int(row[1]) for row in rows if row[1] != "–"]
    values = [number(row[2]) for row in rows if row[1] != "–"]
    assert ranks == sorted(ranks)
    assert values == sorted(values), "lower is better"
    assert ranks[0] == 1
    assert len(ranks) == 153
    own = page_of(answer).findall(".//table[@id='authorities-table']/tbody/tr[@class='app-own']")
    assert [words(row[0]) for row in own] == ["Trafford"]
    assert words(own[0]) == "Trafford 53 4.2% B 2"


def test_those_without_a_figure_are_listed_last_with_the_reason(shown):
    rows = table(shown("apprenticeships_16_17"), "authorities-table")
    unranked = [row for row in rows if row[1] == "–"]
    assert rows[-len(unranked):] == unranked
    assert ["Luton", "–", "suppressed", "–", "–"] in unranked
    assert all(row[2] for row in unranked)


def test_both_models_of_neighbours_stand_side_by_side(shown):
    answer = shown("attainment_8")
    for model in ("2025", "2021"):
        rows = table(answer, f"neighbours-{model}")
        assert len(rows) == 12
        mean = sum(number(row[2]) for row in rows[:10]) / 10
        assert [row[0] for row in rows[10:]] == ["Mean of the neighbours", "Trafford"]
        assert number(rows[10][1]) == pytest.approx(mean, abs=0.1)
        assert rows[11][2] == "1 of 11"


def test_an_authority_that_the_older_model_does_not_know(shown):
    answer = shown("attainment_8", "942")
    assert len(table(answer, "neighbours-2025")) == 12
    assert "The 2021 model has no neighbours for Cumberland." in main(answer)
    assert page_of(answer).find(".//table[@id='neighbours-2021']") is None
    assert "The choice of model" not in main(answer)


def test_gaps_have_their_direction_said(shown):
    answer = shown("attainment_8")
    assert "A gap above zero is to the group's disadvantage." in main(answer)
    head = headings(answer, "gap-disadvantage-table")
    rows = table(answer, "gap-disadvantage-table")
    assert head == ["Group and period", "Group", "Not disadvantaged", "Gap", "Gap in England"]
    for _, group, reference, gap, _ in rows:
        if number(group) is not None and number(reference) is not None:
            assert number(gap) == pytest.approx(number(reference) - number(group), abs=0.11)
    assert number(rows[-1][3]) > 10


def test_the_facts_of_the_definition_and_its_source(shown):
    said = facts(shown("neet_or_not_known_16_17"))
    assert said["Source"] == "Local Authority Interactive Tool, Department for Education"
    assert said["Release"] == "8 April 2026"
    assert said["Next update due"] == "1 July 2026"
    assert said["Direction"] == "Lower is better"
    assert said["Definition kept by"] == "Participation team"
    assert "whose quality differs from place to place" in main(shown("neet_or_not_known_16_17"))


def test_a_measure_that_is_no_longer_published_says_so(shown):
    assert facts(shown("ks1_writing_greater_depth"))["Next update due"] == "discontinued"


def test_an_authority_is_told_what_a_point_is_worth_and_what_the_model_changes(shown):
    said = main(shown("neet_or_not_known_16_17"))
    assert "If Trafford were one percentage point lower and nobody else moved, it would be 27 places further up." in said
    assert "2025 model Trafford is 5 of 11; of the 2021 model, 6 of 11. The choice of model moves its rank by one place." in said


@pytest.mark.parametrize("area", ["970", "981"])
def test_regions_and_england_have_no_rank_and_no_neighbours(shown, area):
    answer = shown("attainment_8", area)
    said = facts(answer)
    assert not {"Rank, 1 is best", "Quarter of authorities"} & set(said)
    assert "Statistical neighbours" not in _sections(answer)
    assert "nobody else moved" not in main(answer)
    assert len(table(answer, "authorities-table")) > 150
    assert ("England" in headings(answer, "trend-table")[2:]) == (area == "981")


def test_a_measure_without_quartiles_says_why(shown):
    said = facts(shown("ks2_reading_scaled_score"))
    assert said["Quarter of authorities"] == "Authorities' averages lie too close together for bands to say anything."
    assert {row[3] for row in table(shown("ks2_reading_scaled_score"), "authorities-table")} == {"–"}


def test_a_measure_without_a_direction_is_not_ranked(shown):
    answer = shown("pupils_with_an_ehc_plan")
    assert facts(answer)["Rank, 1 is best"] == "not ranked"
    assert {row[1] for row in table(answer, "authorities-table")} == {"–"}
    assert "better" not in facts(answer)["Change since 2024"]


def test_a_period_can_be_chosen_and_stays_chosen(shown):
    answer = shown("phonics_year_1", period="2025")
    assert facts(answer)["2025 (academic year 2024/25)"] == "84.0% provisional"
    chosen = page_of(answer).findall(".//select[@id='period']/option[@selected]")
    assert [option.get("value") for option in chosen] == ["2025"]
    assert f"{HERE}/phonics_year_1/download/trend.csv?period=2025" in links(answer)


@pytest.mark.parametrize("spelling", ["2023/24", "202324"])
def test_a_period_spelt_otherwise_is_the_one_shown_as_chosen(shown, spelling):
    answer = shown("attainment_8", period=spelling)
    assert "2024 (academic year 2023/24)" in facts(answer)
    chosen = page_of(answer).findall(".//select[@id='period']/option[@selected]")
    assert [option.get("value") for option in chosen] == ["2024"]


def test_provisional_figures_asked_for_on_the_scorecard_can_be_turned_off_again(shown):
    answer = shown("phonics_year_1", provisional="1")
    assert "2025 (academic year 2024/25)" in facts(answer)
    assert page_of(answer).find(".//input[@id='provisional']").get("checked") is not None
    assert page_of(shown("phonics_year_1")).find(".//input[@id='provisional']").get("checked") is None
    assert page_of(shown("attainment_8")).find(".//input[@id='provisional']") is None, "nothing of it is provisional"


def test_a_provisional_point_is_drawn_only_when_asked_for(shown):
    settled, asked = shown("phonics_year_1"), shown("phonics_year_1", provisional="1")
    assert [row[0] for row in table(settled, "trend-table")][-1] == "2024"
    assert [row[0] for row in table(asked, "trend-table")][-1] == "2025"
    assert "The figure for 2025 is provisional." in asked.content.decode()


def test_a_period_without_figures_is_answered_and_the_trend_stays(shown):
    answer = shown("attainment_8", period="1987")
    assert "This measure has no figures for 1987." in main(answer)
    assert "All authorities, 1987" not in main(answer)
    assert "Over time" in _sections(answer)
    assert facts(answer)["No period"] == "not published"


def test_an_authority_with_no_figures_at_all(shown):
    answer = shown("apprenticeships_16_17", "201")
    assert "There are no figures to draw for City of London." in main(answer)
    assert facts(answer)["No period"] == "not published"


def test_every_chart_says_in_words_what_it_shows(shown):
    said = _pictures(shown("attainment_8"))
    assert said["trend"].startswith("Line chart of Attainment 8")
    assert "Trafford: 56.7 in 2016, 57.9 in 2025. England in 2025: 46.0." in said["trend"]
    assert "Trafford is at 57.9, 3 of 152" in said["authorities"]
    assert said["map"].endswith("Trafford is in fifth 1.")
    assert said["gap-disadvantage"].startswith("Line chart of the gap by")
    assert min(len(words) for words in said.values()) > 40


def test_every_chart_has_its_table_and_its_files(shown):
    answer = shown("attainment_8")
    followed = links(answer)
    for part in _pictures(answer):
        kinds = {link.rpartition(".")[2] for link in followed if f"/download/{part}." in link}
        assert kinds == {"csv", "xlsx", "svg", "png"}, part
        assert part == "map" or page_of(answer).find(f".//table[@id='{part}-table']") is not None
    assert {link.rpartition(".")[2] for link in followed if "/download/neighbours." in link} == {"csv", "xlsx"}


def test_files_are_not_offered_to_those_who_may_not_take_them(cast):
    answer = cast("administrator").get(f"{HERE}/attainment_8/")
    assert [link for link in links(answer) if "/download/" in link] == []


def test_other_spellings_lead_to_the_page(officer):
    for path in ("E08000009/measures/attainment_8", "358/measures/attainment-8", "trafford/measures/ATTAINMENT_8"):
        assert officer.get(f"/authorities/{path}/?period=2024").url == f"{HERE}/attainment_8/?period=2024"


@pytest.mark.parametrize("path", ["zz/measures/attainment_8/", "358/measures/nett/", "358/measures/attainment_8/?period=banana"])
def test_what_there_is_not_is_not_found(officer, path):
    assert officer.get(f"/authorities/{path}").status_code == 404


def test_the_nearest_measures_are_named(db, warehouse):
    with pytest.raises(Http404, match="Did you mean neet_16_17"):
        measure_or_404(make_user("employer"), "neet_16_71")


def test_neet_as_published_says_the_most_that_it_could_be_by_the_not_known_of_its_own_page(shown):
    """Trafford, its neighbours and every authority: the sum of what the pages of the two measures say."""
    neet, lost = shown("neet_16_17"), shown("not_known_16_17")
    printed = re.compile(r"([\d.]+)%(?: at most ([\d.]+)%)?")
    added = 0
    for id in ("authorities-table", "neighbours-2025"):
        known = {row[0]: printed.match(row[2]) for row in table(lost, id)}
        for name, _, said, *_ in table(neet, id):
            if known.get(name) and (found := printed.match(said)):
                assert float(found[2]) == pytest.approx(float(found[1]) + float(known[name][1]), abs=0.11), name
                added += 1
    assert added > 100
    told = facts(neet)
    assert [name for name, said in told.items() if "at most" in said] == [
        next(iter(told)), "England", "North West", "Statistical neighbours, mean (2025)"]
    assert "NEET as published is the lower end" in main(neet)
    assert "at most" not in main(lost)
