"""Definitions in which codes turn in the middle of a year: lists of which something else is said of some codes from a day on."""

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

# By list and code, from which day on which columns say something else.
TURNS = {
    "activity": {
        "530": {"2026-03-01": {"group": "neet"}, "2026-09-15": {"group": "participating", "duty_class": "participating",
                                                                "participation_type": "other_training"}},
        "619": {"2026-09-01": {"group": "other"}, "2027-02-01": {"group": "neet"}},
        "330": {"2026-08-31": {"group": "neet", "duty_class": "working_towards"}},
        "230": {"2026-09-30": {"duty_class": "working_towards"}, "2027-02-01": {"participation_type": "other_training"}},
        "710": {"2026-09-02": {"group": "neet", "duty_class": "not_participating"}},
        "810": {"2026-03-31": {"group": "other"}, "2026-08-30": {"group": "neet"}},
        "640": {"2026-09-01": {"label": "Ill"}},
    },
    "gender": {"U": {"2026-09-01": {"published_as": "female"}}},
    "ethnic_group": {"CHNE": {"2027-01-01": {"group": "other"}}},
    "cohort_status": {"G": {"2026-09-30": {"in_cohort": "yes"}}, "T": {"2026-08-01": {"in_cohort": "yes"},
                                                                      "2026-09-01": {"in_cohort": "no"}}},
    "characteristic": {"120": {"2026-09-10": {"vulnerable": "yes"}, "2027-01-01": {"young_mother": "no"}},
                       "110": {"2027-01-01": {"vulnerable": "no"}}},
}


def turned(definitions: Path, to: Path) -> Path:
    """A copy of the code lists and rules, with those turns."""
    for folder in ("codesets", "rules"):
        shutil.copytree(definitions / folder, to / folder)
    for name, turns in TURNS.items():
        path = to / "codesets" / "learners" / f"{name}.csv"
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            for row in rows:
                writer.writerows(_lines(row, turns.get(row["code"], {})))
    return to


def _lines(row: dict[str, str], turns: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    lines = [row]
    for day, says in turns.items():
        until = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        lines[-1:] = [lines[-1] | {"valid_to": until}, lines[-1] | says | {"valid_from": day}]
    return lines
