"""Thirteen authorities' figures, read from the store one at a time by hand, against what the command prints.

Each row was taken from the interactive tool's own files of 8 April 2026 with pandas, apart from the product: the value as
printed, the rank and the count by comparing it with the other authorities' values, the band with numpy's percentile, the
mean over the ten neighbours named in the tool's workbook of May 2025.
"""

import json

import pytest
from django.core.management import call_command

from tests.analytics.tiny import cells

# code | authority | measure | period | value | rank | of | band | neighbours' mean; a dash where there is none
BY_HAND = """
370 | Barnsley               | neet_or_not_known_16_17                        | 2025    |      6.2 | 107 | 153 | C | 7.0200
370 | Barnsley               | participation_16_17                            | 2025    |    92.17 |  77 | 152 | C | 89.5100
370 | Barnsley               | september_guarantee                            | 2025    |    99.63 |   5 | 153 | A | 95.2590
370 | Barnsley               | attainment_8                                   | 2025    |     44.0 | 106 | 152 | C | 44.1000
370 | Barnsley               | progress_8                                     | 2024    |    -0.32 | 131 | 152 | D | -0.1810
370 | Barnsley               | a_level_points_per_entry                       | 2025    |    34.07 |  80 | 151 | C | 33.4980
202 | Camden                 | neet_or_not_known_16_17                        | 2025    |      2.9 |  20 | 153 | A | 3.9900
202 | Camden                 | progress_8                                     | 2024    |    -0.14 |  97 | 152 | C | 0.3410
202 | Camden                 | a_level_points_per_entry                       | 2025    |    32.01 | 126 | 151 | D | 37.1500
202 | Camden                 | level_3_by_19                                  | 2024    |   70.631 |  17 | 150 | A | 69.5666
383 | Leeds                  | september_guarantee                            | 2025    |     93.6 | 116 | 153 | D | 90.6380
383 | Leeds                  | attainment_8                                   | 2025    |     45.5 |  72 | 152 | B | 45.1700
383 | Leeds                  | overall_absence                                | 2025    |     7.02 | 103 | 153 | C | 7.1450
383 | Leeds                  | suspensions                                    | 2023/24 | 12.75783 |  98 | 153 | C | 13.5342
886 | Kent                   | participation_16_17                            | 2025    |    89.22 | 132 | 152 | D | 90.8680
886 | Kent                   | level_2_by_19_fsm_gap                          | 2024    |    26.83 | 136 | 150 | D | 23.5750
886 | Kent                   | suspensions                                    | 2023/24 |  8.12653 |  52 | 153 | B | 13.4771
886 | Kent                   | neet_or_not_known_16_17                        | 2025    |      8.1 | 139 | 153 | D | 6.1400
358 | Trafford               | neet_or_not_known_16_17                        | 2025    |      4.2 |  53 | 153 | B | 4.8700
358 | Trafford               | attainment_8                                   | 2025    |     57.9 |   3 | 152 | A | 49.1200
358 | Trafford               | level_3_by_19                                  | 2024    |   72.853 |  11 | 150 | A | 62.8300
358 | Trafford               | overall_absence                                | 2025    |     5.38 |   2 | 153 | A | 6.5430
890 | Blackpool              | attainment_8                                   | 2025    |     37.0 | 151 | 152 | D | 42.6700
890 | Blackpool              | progress_8                                     | 2024    |    -0.96 | 152 | 152 | D | -0.3840
890 | Blackpool              | suspensions                                    | 2023/24 | 14.25197 | 113 | 153 | C | 22.0333
890 | Blackpool              | care_leavers_in_education_employment_training  | 2025    |     46.0 | 129 | 152 | D | 51.6000
908 | Cornwall               | september_guarantee                            | 2025    |    93.14 | 119 | 153 | D | 90.8440
908 | Cornwall               | level_3_by_19                                  | 2024    |   53.667 | 102 | 150 | C | 54.5927
908 | Cornwall               | overall_absence                                | 2025    |     7.06 | 108 | 153 | C | 6.9480
908 | Cornwall               | a_level_points_per_entry                       | 2025    |    34.99 |  56 | 151 | B | 33.9380
330 | Birmingham             | neet_or_not_known_16_17                        | 2025    |      6.4 | 109 | 153 | C | 6.2700
330 | Birmingham             | participation_16_17                            | 2025    |    93.35 |  60 | 152 | B | 90.7640
330 | Birmingham             | level_2_by_19_fsm_gap                          | 2024    |    13.68 |  25 | 150 | A | 21.1980
330 | Birmingham             | care_leavers_in_education_employment_training  | 2025    |     55.0 |  71 | 152 | B | 52.5000
940 | North Northamptonshire | neet_or_not_known_16_17                        | 2025    |      2.5 |  12 | 153 | A | 6.7900
940 | North Northamptonshire | september_guarantee                            | 2025    |    98.81 |  16 | 153 | A | 90.2580
940 | North Northamptonshire | attainment_8                                   | 2025    |     42.9 | 124 | 152 | D | 44.6400
940 | North Northamptonshire | suspensions                                    | 2023/24 | 18.03369 | 135 | 153 | D | 14.5699
942 | Cumberland             | participation_16_17                            | 2025    |    89.89 | 116 | 152 | D | 90.2810
942 | Cumberland             | progress_8                                     | 2024    |    -0.28 | 125 | 152 | D | -0.1570
942 | Cumberland             | overall_absence                                | 2025    |     6.55 |  57 | 153 | B | 6.7020
942 | Cumberland             | level_3_by_19                                  | 2024    |        - |   - | 150 | - | 50.9379
821 | Luton                  | participation_16_17                            | 2025    |        - |   - | 152 | - | 93.8580
821 | Luton                  | neet_or_not_known_16_17                        | 2025    |      5.0 |  82 | 153 | C | 4.9100
821 | Luton                  | a_level_points_per_entry                       | 2025    |    30.39 | 143 | 151 | D | 32.5190
821 | Luton                  | care_leavers_in_education_employment_training  | 2025    |     51.0 |  97 | 152 | C | 55.8000
201 | City of London         | attainment_8                                   | 2025    |        - |   - | 152 | - | 49.9300
201 | City of London         | neet_or_not_known_16_17                        | 2025    |      0.0 |   1 | 153 | A | 4.4100
201 | City of London         | progress_8                                     | 2024    |        - |   - | 152 | - | 0.2420
201 | City of London         | overall_absence                                | 2025    |     4.08 |   1 | 153 | A | 6.9500
420 | Isles of Scilly        | overall_absence                                | 2025    |      6.5 |  49 | 153 | B | 6.5070
420 | Isles of Scilly        | attainment_8                                   | 2025    |     48.7 |  32 | 152 | A | 48.5300
420 | Isles of Scilly        | level_3_by_19                                  | 2024    |        - |   - | 150 | - | 62.0297
"""
ROWS = cells(BY_HAND)


def shown(value: object) -> str:
    return "-" if value is None else str(value)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[1]}, {row[2]}")
def test_the_command_prints_what_was_read_by_hand(warehouse, capsys, row):
    code, name, measure, period, value, rank, ranked, band, mean = row
    call_command("figures", measure, "--area", code, "--format", "json")
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["measure"], found["area"], found["area_name"], found["period"]) == (measure, code, name, period)
    assert found["value"] is None if value == "-" else found["value"] == pytest.approx(float(value), abs=1e-9)
    assert [shown(found[key]) for key in ("rank", "ranked", "quartile")] == [rank, ranked, band]
    assert found["neighbours_mean"] == pytest.approx(float(mean), abs=0.00005001)


def test_there_are_enough_of_them():
    assert len({row[0] for row in ROWS}) >= 10
    assert len({row[2] for row in ROWS}) >= 10
    assert {"A", "B", "C", "D", "-"} == {row[7] for row in ROWS}
