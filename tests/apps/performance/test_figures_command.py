"""throughline figures: what it prints in each format, and how it answers what it does not know."""

import csv
import io
import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

KEYS = ["measure", "title", "area", "area_name", "period", "value", "status", "unit", "polarity", "decimals", "change",
        "previous_period", "england", "region", "neighbours_mean", "neighbours_rank", "rank", "ranked", "quartile",
        "quintile", "source", "release"]
AUTHORITIES = 153
pytestmark = pytest.mark.usefixtures("warehouse")


@pytest.fixture
def typed(capsys):
    """What the command prints for what is typed after its name."""
    def run(*arguments: str) -> str:
        call_command("figures", *arguments)
        return capsys.readouterr().out

    return run


@pytest.fixture
def as_json(typed):
    return lambda *arguments: json.loads(typed(*arguments, "--format", "json"))


@pytest.fixture
def refused(capsys):
    """The sentence and exit status of a refusal."""
    def run(*arguments: str) -> tuple[str, int]:
        with pytest.raises(CommandError) as refusal:
            call_command("figures", *arguments)
        assert capsys.readouterr().out == ""
        return str(refusal.value), refusal.value.returncode

    return run


def test_json_is_a_list_of_objects_with_exactly_these_keys(as_json):
    (found,) = as_json("level_3_by_19", "--area", "370")
    assert list(found) == KEYS
    assert found == {
        "measure": "level_3_by_19", "title": found["title"], "area": "370", "area_name": "Barnsley", "period": "2024",
        "value": 51.749, "status": "final", "unit": "percent", "polarity": "higher_is_better", "decimals": found["decimals"],
        "change": -1.233, "previous_period": "2023", "england": 57.561, "region": 51.74, "neighbours_mean": 49.4113,
        "neighbours_rank": 3, "rank": 112, "ranked": 150, "quartile": "C", "quintile": 4,
        "source": "Local Authority Interactive Tool", "release": "8 April 2026",
    }


@pytest.mark.parametrize("code", ["370", "E08000016", "E08000038", "e08000016", "Barnsley"])
def test_an_area_is_named_by_either_code(as_json, code):
    (found,) = as_json("progress_8", "--area", code)
    assert (found["area"], found["area_name"], found["value"]) == ("370", "Barnsley", -0.32)


def test_several_measures_and_areas_come_in_the_order_typed_and_once_each(as_json):
    found = as_json("progress-8", "attainment_8", "PROGRESS_8", "--area", "202", "370", "E09000007")
    assert [(row["area"], row["measure"]) for row in found] == [
        ("202", "progress_8"), ("202", "attainment_8"), ("370", "progress_8"), ("370", "attainment_8")]


def test_all_areas_are_every_authority_and_no_region(as_json):
    found = as_json("neet_or_not_known_16_17", "--area", "all")
    codes = [row["area"] for row in found]
    assert len(codes) == len(set(codes)) == AUTHORITIES
    assert all(code < "970" for code in codes)


def test_an_abolished_authority_is_among_all_in_the_years_it_had_figures(as_json):
    cumbria = "909"
    assert cumbria not in {row["area"] for row in as_json("attainment_8", "--area", "all")}
    assert cumbria in {row["area"] for row in as_json("attainment_8", "--area", "all", "--period", "2022")}
    (named,) = as_json("attainment_8", "--area", cumbria)
    assert named["value"] is None


def test_all_with_a_region_beside_it(as_json):
    found = as_json("attainment_8", "--area", "970", "all")
    assert (found[0]["area"], found[0]["rank"], len(found)) == ("970", None, AUTHORITIES + 1)


def test_all_measures(as_json):
    found = as_json("all", "--area", "370")
    assert len(found) == len({row["measure"] for row in found}) > 70
    assert {"not_collected"} == {row["status"] for row in found if row["measure"] == "neet_young_mothers"}


@pytest.mark.parametrize("period", ["2022", "2021/22", "2021-22", "202122", "2021/2022", "AY 2021/22", "2022 (Rev)"])
def test_a_period_may_be_spelt_any_way(as_json, period):
    (found,) = as_json("progress_8", "--area", "370", "--period", period)
    assert found["period"] == "2022"
    assert found["value"] is not None


def test_a_period_nobody_published_is_said_to_be_so(as_json):
    (found,) = as_json("progress_8", "--area", "370", "--period", "2025")
    assert (found["period"], found["value"], found["status"]) == ("2025", None, "not_published")


def test_the_other_neighbours_are_asked_for_by_their_year(as_json):
    (usual,) = as_json("progress_8", "--area", "370")
    (same,) = as_json("progress_8", "--area", "370", "--neighbours", "2025")
    (other,) = as_json("progress_8", "--area", "370", "--neighbours", "2021")
    assert usual == same
    assert usual["neighbours_mean"] == pytest.approx(-0.181)
    assert {key for key in KEYS if other[key] != usual[key]} <= {"neighbours_mean", "neighbours_rank"}
    assert other["neighbours_mean"] != usual["neighbours_mean"]


def test_provisional_figures_are_used_only_when_asked_for(as_json):
    settled, newest = (as_json("all", "--area", "970", *more) for more in ((), ("--provisional",)))
    assert {row["status"] for row in settled} & {"provisional"} == set()
    assert "provisional" in {row["status"] for row in newest}


def test_csv_has_the_same_keys_and_cells(typed, as_json):
    asked = ("progress_8", "attainment_8", "--area", "370", "201")
    rows = list(csv.reader(io.StringIO(typed(*asked, "--format", "csv"))))
    assert rows[0] == KEYS
    assert rows[1:] == [["" if row[key] is None else str(row[key]) for key in KEYS] for row in as_json(*asked)]


def test_a_table_is_read_by_a_person(typed):
    printed = typed("progress_8", "neet_or_not_known_16_17", "--area", "370")
    assert "Barnsley" in printed
    assert "131 of 152" in printed
    assert "−0.32" in printed and "−0.16 worse" in printed
    assert max(len(line) for line in printed.splitlines()) <= 160
    several = typed("progress_8", "--area", "370", "201")
    assert "Barnsley" in several and "City of London" in several and "not available" in several


# typed | what the sentence must hold
UNKNOWN = [
    (("atainment_8", "--area", "370"), ["“atainment_8”", "Did you mean attainment_8"]),
    (("attainment_8", "progres_8", "--area", "370"), ["“progres_8”", "progress_8"]),
    (("attainment_8", "--area", "Barnsly"), ["“Barnsly”", "Did you mean Barnsley (370)"]),
    (("attainment_8", "--area", "371", "379"), ["“379”", "Did you mean", "37"]),
    (("attainment_8", "--area", "E08000099"), ["“E08000099”", "Did you mean"]),
    (("attainment_8", "--area", "370", "--period", "next year"), ["“next year”", "2024/25"]),
    (("all", "attainment_8", "--area", "370"), ["“all”"]),
]


@pytest.mark.parametrize(("arguments", "held"), UNKNOWN)
def test_what_is_not_known_is_a_sentence_with_the_nearest_and_status_2(refused, arguments, held):
    sentence, status = refused(*arguments, "--format", "json")
    assert status == 2
    assert [words for words in held if words not in sentence] == []
    assert sentence.endswith((".", "?"))


def test_nothing_is_printed_before_a_refusal(refused):
    assert refused("attainment_8", "no_such_thing_at_all", "--area", "all")[1] == 2


def test_the_command_itself_leaves_with_its_status(warehouse):
    program = "from throughline.config.command import main; main()"

    def run(*arguments: str) -> subprocess.CompletedProcess:
        typed = [sys.executable, "-c", program, "figures", *arguments]
        return subprocess.run(typed, capture_output=True, text=True, check=False, timeout=120)

    good = run("progress_8", "--area", "370", "--format", "json")
    assert good.returncode == 0, good.stderr
    assert json.loads(good.stdout)[0]["value"] == -0.32
    wrong = run("progres_8", "--area", "370", "--format", "json")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    (sentence,) = wrong.stderr.splitlines()
    assert sentence.startswith("No measure is called “progres_8”. Did you mean progress_8")
