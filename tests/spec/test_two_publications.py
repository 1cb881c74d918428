"""Where another file publishes a figure that the interactive tool's store has too, the two are held against each other."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.analytics.tiny import cells
from tests.oracles.test_store import REFERENCE
from tests.spec.scorecard_files import Store, read_scorecard, read_store

# file | its column | the store's indicator | the store's period | half of the last digit printed | authorities that have both
SAME = """
scorecard 2025 | NEET_not_known_percent                               | 16-17_not known_NEET | 2025 | 0.05  | 151
scorecard 2025 | NEET_percent                                         | 16-17 NEET           | 2025 | 0.05  | 151
scorecard 2025 | Notknown_percent                                     | 16-17_not known      | 2025 | 0.05  | 151
scorecard 2025 | TOTAL_participating_in_education_and_training_percent | 16-17Ed&Training    | 2025 | 0.05  | 150
scorecard 2025 | September_guarantee_Offer_made_percent               | Sept_Guarantee       | 2024 | 0.05  | 151
scorecard 2025 | Level_3                                              | Level3Age19          | 2024 | 0.05  | 149
scorecard 2025 | avg_att8                                             | AVG_Attain8_Score    | 2024 | 0.05  | 151
scorecard 2025 | pt_l2basics_94                                       | EngMaths9-4          | 2024 | 0.05  | 151
scorecard 2025 | sess_overall_percent                                 | SecTotAbs            | 2024 | 0.05  | 151
scorecard 2025 | enrolments_pa_10_exact_percent                       | SFSecPerAbNew        | 2024 | 0.05  | 151
scorecard 2021 | NEET_not_known_percent                               | 16-17_not known_NEET | 2021 | 0.05  | 149
scorecard 2021 | NEET_percent                                         | 16-17 NEET           | 2021 | 0.05  | 149
scorecard 2021 | Notknown_percent                                     | 16-17_not known      | 2021 | 0.05  | 149
scorecard 2021 | TOTAL_participating_in_education_and_training_percent | 16-17Ed&Training    | 2021 | 0.05  | 149
scorecard 2021 | September_guarantee_Offer_made_percent               | Sept_Guarantee       | 2020 | 0.05  | 148
scorecard 2021 | avg_att8                                             | AVG_Attain8_Score    | 2020 | 0.05  | 149
scorecard 2021 | pt_l2basics_94                                       | EngMaths9-4          | 2020 | 0.05  | 149
key stage 4 2018 | t_att8                                             | AVG_Attain8_Score    | 2018 | 0.05  | 151
key stage 4 2018 | t_l2basics_94                                      | EngMaths9-4          | 2018 | 0.05  | 151
key stage 4 2018 | t_l2basics_95                                      | EngMaths9-5          | 2018 | 0.05  | 151
key stage 4 2018 | t_ebaccaps                                         | EngBacAvgPointScore  | 2018 | 0.005 | 151
key stage 4 2018 | t_ebacc_e_ptq_ee                                   | EngBacEntries        | 2018 | 0.05  | 151
key stage 4 2018 | t_p8score                                          | AVG_Prog8_Score      | 2018 | 0.005 | 151
absence 2017   | State-funded primary sess_overall_percent            | PriTotAbs            | 2017 | 0.05  | 151
absence 2017   | State-funded secondary sess_overall_percent          | SecTotAbs            | 2017 | 0.05  | 151
absence 2017   | Special sess_overall_percent                         | total_absence_special | 2017 | 0.05 | 149
absence 2017   | State-funded secondary sess_unauthorised_percent     | SecUnauth            | 2017 | 0.05  | 151
care leavers 2021 | Total in education, employment or training        | CareLeaverEET        | 2021 | 0     | 150
care leavers 2022 | Total in education, employment or training        | CareLeaverEET        | 2022 | 0     | 151
care leavers 2023 | Total in education, employment or training        | CareLeaverEET        | 2023 | 0     | 151
care leavers 2024 | Total in education, employment or training        | CareLeaverEET        | 2024 | 0     | 152
care leavers 2025 | Total in education, employment or training        | CareLeaverEET        | 2025 | 0     | 152
care leavers 2024 | Total not in education, employment or training    | CareLeaversNEET      | 2024 | 0     | 151
care leavers 2024 | Higher education i.e. studies beyond A level      | LAC_19_HE            | 2024 | 0     | 56
Trafford 2018/19 | NEET or not known                                  | 16-17_not known_NEET | 2019 | 0.05  | 17
Trafford 2019/20 | NEET or not known                                  | 16-17_not known_NEET | 2020 | 0.05  | 17
Trafford 2020/21 | NEET or not known                                  | 16-17_not known_NEET | 2021 | 0.05  | 17
Trafford 2021/22 | NEET or not known                                  | 16-17_not known_NEET | 2022 | 0.05  | 17
Trafford 2022/23 | NEET or not known                                  | 16-17_not known_NEET | 2023 | 0.05  | 17
Trafford 2019  | NEET                                                 | 16-17 NEET           | 2019 | 0.05  | 17
Trafford 2023  | NEET                                                 | 16-17 NEET           | 2023 | 0.05  | 17
"""
# Differences of the table above: file | column | authority | file's | store's. Key stage 4 of 2024 is a tenth apart in nine
# places, each printed to a tenth on both sides: the scorecard was made from an earlier release of that year than the store.
DIFFERS = """
scorecard 2025 | avg_att8       | 806 | 39.4 | 39.5
scorecard 2025 | avg_att8       | 812 | 39.8 | 39.9
scorecard 2025 | avg_att8       | 850 | 45.5 | 45.6
scorecard 2025 | pt_l2basics_94 | 866 | 62.5 | 62.6
scorecard 2025 | pt_l2basics_94 | 894 | 57.8 | 57.9
scorecard 2025 | pt_l2basics_94 | 929 | 63.9 | 64.0
scorecard 2025 | pt_l2basics_94 | 931 | 65.6 | 65.7
scorecard 2025 | pt_l2basics_94 | 933 | 61.2 | 61.3
scorecard 2025 | pt_l2basics_94 | 936 | 73.9 | 74.0
"""
# Attainment by 19 is matched afresh every year from several sources, so an older release of a cohort is near the store and
# not the same. file | column | indicator | period | largest mean difference | largest difference | authorities that have both
NEAR = """
scorecard 2025 | L2_em_GCSE_othL2          | L2Age19_E&M_not16 | 2024 | 1.1  | 2.8 | 149
scorecard 2021 | Level_3                   | Level3Age19       | 2020 | 0.36 | 1.6 | 146
scorecard 2021 | L2_em_GCSE_othL2          | L2Age19_E&M_not16 | 2020 | 0.19 | 1.4 | 146
by 19 2022     | l2_by19_rate              | Level2Age19       | 2022 | 0.31 | 1.5 | 147
by 19 2022     | l3_by19_rate              | Level3Age19       | 2022 | 0.65 | 2.0 | 147
by 19 2022     | l2_with_em_by19_rate      | Level2Age19_E&M   | 2022 | 0.26 | 1.5 | 147
by 19 2022     | l2_em_by19_belowat16_rate | L2Age19_E&M_not16 | 2022 | 0.21 | 2.6 | 147
by 19 2022     | l2_by19_rate gap          | L2Age19Gap        | 2022 | 0.36 | 2.6 | 147
by 19 2022     | l3_by19_rate gap          | L3Age19Gap        | 2022 | 0.6  | 2.3 | 147
by 19 2018     | l3_by19_rate              | Level3Age19       | 2018 | 0.22 | 1.9 | 150
by 19 2018     | l3_by19_rate gap          | L3Age19Gap        | 2018 | 0.3  | 2.2 | 150
state-funded 2018 | l2by19                 | Level2Age19       | 2018 | 0.2  | 2.0 | 150
state-funded 2018 | l3by19                 | Level3Age19       | 2018 | 0.41 | 3.3 | 150
state-funded 2018 | l2_with_emby19         | Level2Age19_E&M   | 2018 | 0.43 | 5.7 | 150
state-funded 2017 | l3by19                 | Level3Age19       | 2017 | 0.2  | 2.0 | 150
"""
Values = dict[str, float]


@dataclass(frozen=True)
class Other:
    """The other publications, read plainly: each name in a table's first column, less its year, is a method."""

    sources: object

    def of(self, name: str, column: str) -> Values:
        kind, _, year = name.rpartition(" ")
        readers: dict[str, Callable] = {
            "scorecard": self.scorecard, "key stage 4": self.key_stage_4, "absence": self.absence,
            "care leavers": self.care_leavers, "Trafford": self.trafford, "by 19": self.by_19,
            "state-funded": self.state_funded,
        }
        return readers[kind](year, column)

    def scorecard(self, year, column):
        return numbers((row["old_la_code"], row[column]) for row in read_scorecard(self.sources, int(year)))

    def key_stage_4(self, year, column):
        """Totals over pupils added up by free school meals, and divided by pupils; the test file has no total row."""
        rows = self.zipped("ees/KS4_2018_LA_Char_Testdata.zip", "KS4_2018_LA_Char_Testdata.csv")
        rows = rows[(rows["breakdown"] == "Free_school_meals") & (rows["geographic_level"] == "Local authority")]
        among = "t_inp8calc" if column == "t_p8score" else "t_pupils"
        sums = rows.assign(top=pd.to_numeric(rows[column]), bottom=pd.to_numeric(rows[among]))
        sums = sums.groupby("old_la_code")[["top", "bottom"]].sum()
        scale = 100 if column in ("t_l2basics_94", "t_l2basics_95", "t_ebacc_e_ptq_ee") else 1
        return dict(scale * sums["top"] / sums["bottom"])

    def absence(self, year, column):
        rows = self.zipped("ees/absence_by_term.zip", "absence_by_term.csv")
        school, _, column = column.rpartition(" ")
        rows = rows[(rows["time_period"] == f"{int(year) - 1}{year[2:]}") & (rows["term"] == "Total")]
        rows = rows[(rows["geographic_level"] == "Local authority") & (rows["school_type"] == school)]
        return numbers(zip(rows["old_la_code"], rows[column], strict=True))

    def care_leavers(self, year, column):
        with (self.sources / "csc/la_care_leavers_activity.csv").open(encoding="utf-8-sig", newline="") as file:
            return numbers(
                (row["old_la_code"], row["care_leaver_percent"]) for row in csv.DictReader(file)
                if (row["time_period"], row["breakdown"], row["care_leaver_age"]) == (year, column, "19 to 21 years")
                and row["geographic_level"] == "Local authority")

    def trafford(self, period, column):
        code_of = {row["code"]: row["area"] for row in pq.read_table(REFERENCE / "area_code.parquet").to_pylist()}
        with (self.sources / "council_kpi/trafford/neet.csv").open(encoding="utf-8", newline="") as file:
            return numbers(
                (code_of[row["area_code"]], row["value"]) for row in csv.DictReader(file)
                if row["period"] == period and ("not known" in row["indicator"]) == (column == "NEET or not known"))

    def by_19(self, year, column):
        rows = pd.read_csv(self.sources / "level23_at19/LA_Dashboard_2022_without_Scilly.csv", dtype=str)
        rows = rows[(rows["cohort_19_in"] == year) & (rows["gender"] == "ALL") & (rows["sen"] == "ALL")]
        rows = rows[rows["la_code_3"] != "ALL"]
        by_meals = {meals: numbers(zip(part["la_code_3"], part[column.removesuffix(" gap")], strict=True))
                    for meals, part in rows.groupby("fsm")}
        if not column.endswith(" gap"):
            return by_meals["ALL"]
        poorer, others = by_meals["Eligible for FSM"], by_meals["Not eligible for FSM"]
        return {code: others[code] - poorer[code] for code in poorer.keys() & others.keys()}

    def state_funded(self, year, column):
        """The first row called Total of each authority is of everyone."""
        rows = self.zipped("ees/level_2_3_sfla.zip", "level_2_3_sfla.csv")
        rows = rows[(rows["time_period"] == f"{int(year) - 1}{year[2:]}") & (rows["characteristic"] == "Total")]
        rows = rows[rows["geographic_level"] == "Local authority"].drop_duplicates("old_la_code")
        return numbers(zip(rows["old_la_code"], rows[column], strict=True))

    def zipped(self, path: str, member: str) -> pd.DataFrame:
        with zipfile.ZipFile(self.sources / path) as packed:
            return pd.read_csv(io.BytesIO(packed.read(member)), dtype=str, keep_default_na=False)


def numbers(pairs) -> Values:
    """The cells that are numbers, by code; symbols and blanks are left out."""
    found = {}
    for code, text in pairs:
        try:
            found[code] = float(text)
        except ValueError:
            continue
    return {code: value for code, value in found.items() if code and value == value}


@pytest.fixture(scope="module")
def store(sources) -> Store:
    return read_store(sources)


@pytest.fixture(scope="module")
def other(sources) -> Other:
    return Other(sources)


def both(other: Other, store: Store, name: str, column: str, indicator: str, period: str) -> dict[str, tuple[float, float]]:
    theirs, ours = other.of(name, column), store.values(indicator, period)
    return {code: (theirs[code], ours[code]) for code in sorted(theirs.keys() & ours.keys())}


@pytest.mark.parametrize("row", cells(SAME), ids=lambda row: f"{row[0]}, {row[1]}")
def test_the_same_figure_to_the_last_digit_printed(other, store, row):
    name, column, indicator, period, half, compared = row
    pairs = both(other, store, name, column, indicator, period)
    apart = {code: pair for code, pair in pairs.items() if abs(pair[0] - pair[1]) > float(half) + 1e-7}
    expected = {code: (float(a), float(b)) for file, named, code, a, b in cells(DIFFERS) if (file, named) == (name, column)}
    assert apart == expected
    assert len(pairs) == int(compared)


@pytest.mark.parametrize("row", cells(NEAR), ids=lambda row: f"{row[0]}, {row[1]}")
def test_an_older_release_is_near_and_nearer_than_any_other_year(other, store, row):
    name, column, indicator, period, mean, most, compared = row
    pairs = both(other, store, name, column, indicator, period)
    apart = [abs(a - b) for a, b in pairs.values()]
    assert len(pairs) == int(compared)
    assert sum(apart) / len(apart) <= float(mean)
    assert max(apart) <= float(most)
    for year in {str(int(period) - 1), str(int(period) + 1)}:
        elsewhere = [abs(a - b) for a, b in both(other, store, name, column, indicator, year).values()]
        assert not elsewhere or sum(elsewhere) / len(elsewhere) > 2 * sum(apart) / len(apart)


def test_what_trafford_printed_of_itself(store):
    assert [store.values(name, "2023")["358"] for name in ("16-17_not known_NEET", "16-17 NEET", "16-17_not known")] == [
        4.3, 1.9, pytest.approx(2.3, abs=0.051)]


def test_attainment_8_of_2018_rebuilt(other):
    rebuilt = other.of("key stage 4 2018", "t_att8")
    assert {code: round(rebuilt[code], 1) for code in ("890", "886", "358")} == {"890": 38.5, "886": 47.1, "358": 56.8}
