"""Whether definitions/synthetic holds all that an invented authority is made from, and nothing that would be misread."""

from collections.abc import Iterator, Mapping
from typing import Any

from throughline.analytics.participation.codesets import CodeSet
from throughline.analytics.synthetic.files.smudges import KINDS
from throughline.analytics.synthetic.settings import Settings
from throughline.analytics.synthetic.ways import SETTINGS_OF_TABLES, WORDS
from throughline.core.problems import Problem

# The tables of each file, and the keys that each must have; a table of weights has keys of its own.
_TABLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "people": {
        "ages": (), "gender": (), "ethnic_group": (), "trait": (),
        "households": ("sibling", "twin", "former_name", "middle_name", "second_parent", "moved", "no_upn", "no_uln"),
        "moves": ("into", "out", "left_england", "died", "to"), "plan": ("kept_each_year", "at_special_schools"),
    },
    "histories": {
        "groups": (), "september": (), "in_year": (), "agreed": ("weeks",), "neet": (), "needs": (), "not_known": (),
        "hidden": (), "custody": ("share",),
        "risk": ("person_pull", "year_13", "boys", "area_neet_spread", "area_not_known_spread", "most"),
        "news": ("education", "work", "neet", "not_known", "at_once", "longest", "corrected", "correction_days"),
        "confirmed": ("education",), "programme": ("two_years", "ends_in_july", "training_days", "reviewed_days"),
    },
    "errors": {
        "values": ("return", "flat", "school", "college", "survey"), "rows": ("return", "flat", "school", "college", "survey"),
        "files": ("workbook", "title_rows", "totals_row", "windows", "byte_order_mark", "trailing_commas"),
    },
    "headings": {
        "school": (), "college": (), "survey": (), "titles": (), "dates": ("forms",), "destinations": (), "answers": (),
        "courses": (),
    },
}
_TABLES_OF_WEIGHTS = ("agreed", "neet", "not_known", "hidden")


def problems_of(settings: Settings, activities: CodeSet) -> list[Problem]:
    """Everything that is wrong with what was read, file by file; tables that are missing hide what is in them."""
    missing = list(_missing(settings))
    return missing or [*_unknown_names(settings), *_unknown_codes(settings, activities), *_unknown_kinds(settings)]


def _missing(settings: Settings) -> Iterator[Problem]:
    for file, tables in _TABLES.items():
        stated: Mapping[str, Any] = getattr(settings, file)
        for table, keys in tables.items():
            if table not in stated:
                yield Problem(f"{file}.toml", None, table, "", "table present", f"add a table headed [{table}]")
                continue
            for key in keys:
                if key not in stated[table]:
                    yield Problem(f"{file}.toml", None, f"{table}.{key}", "", "key present", f"add {key} to [{table}]")
    for name, rows in settings.lists.items():
        if not rows:
            yield Problem(f"{name}.csv", None, "", "", "rows present", "add at least one row beneath the headings")


def _unknown_names(settings: Settings) -> Iterator[Problem]:
    """Origins without names, and ethnic groups without origins."""
    lists = settings.lists
    for file in ("given_names", "family_names"):
        named = {row["origin"] for row in lists[file]}
        for line, row in enumerate(lists["origins"], 2):
            if row["origin"] not in named:
                yield Problem("origins.csv", line, "origin", row["origin"], "known origin", f"add its names to {file}.csv")
    with_names = {row["ethnic_group"] for row in lists["origins"]}
    for group in settings.people["ethnic_group"]:
        if group not in with_names:
            yield Problem("people.toml", None, "ethnic_group", group, "group with names", "add its origins to origins.csv")


def _unknown_codes(settings: Settings, activities: CodeSet) -> Iterator[Problem]:
    """Codes of activities that no list has."""
    stated = settings.histories
    tables = {f"{name}.{group}": table for name in ("september", "in_year") for group, table in stated[name].items()}
    for name, table in (tables | {name: stated[name] for name in _TABLES_OF_WEIGHTS}).items():
        for code in table.keys() - SETTINGS_OF_TABLES - WORDS.keys() - activities.by_code.keys():
            yield Problem("histories.toml", None, name, code, "known activity", "use a code of the list of activities")


def _unknown_kinds(settings: Settings) -> Iterator[Problem]:
    """Kinds of mistakes that nobody makes."""
    for sender, kinds in settings.errors["values"].items():
        for kind in kinds.keys() - KINDS.keys():
            yield Problem("errors.toml", None, f"values.{sender}", kind, "known kind", f"use one of {', '.join(sorted(KINDS))}")
