"""Reads the [register] part of a measure's file: what is counted from the register, among whom, and for which months."""

from collections.abc import Iterable, Mapping
from typing import Any

from throughline.analytics.measures.definition import Headline, RegisterSource
from throughline.analytics.participation.breakdowns import BREAKDOWNS, KINDS
from throughline.analytics.participation.standing import Standing
from throughline.analytics.participation.tables import participation_month_table
from throughline.core.nearest import nearest
from throughline.core.problems import Problem

_NEVER_COUNTED_BY = {"month_end", "learner", "area", "neet_since"}
COLUMNS = {  # what a count may ask of, and of which kind: text, integer or flag
    column.name: column.kind for column in participation_month_table(()).columns if column.name not in _NEVER_COUNTED_BY
}
_FLAG = "characteristic_"
_TYPES: Mapping[str, type] = {"text": str, "integer": int, "flag": bool}
_WORDS = {"text": "text in quotes", "integer": "whole numbers", "flag": "true or false"}
_REQUIRED, _OPTIONAL = ("numerator", "denominator", "headline"), ("breakdowns", "comparator")


def check_register(file: str, stated: Mapping[str, Any]) -> Iterable[Problem]:
    """Every fault of a [register] part."""
    for key in _REQUIRED:
        if key not in stated:
            yield Problem(file, None, f"register.{key}", "", "key present", f"add {key} to [register]")
    for key in stated.keys() - {*_REQUIRED, *_OPTIONAL}:
        yield Problem(file, None, f"register.{key}", str(stated[key]), "known key",
                      f"remove it; [register] takes {', '.join((*_REQUIRED, *_OPTIONAL))}")
    for key in ("numerator", "denominator"):
        where = stated.get(key, {})
        if isinstance(where, dict):
            yield from (problem for column, values in where.items() for problem in _check_where(file, key, column, values))
        else:
            yield Problem(file, None, f"register.{key}", str(where), "right type", "give { column = [values] }")
    headlines = [each.value for each in Headline]
    if stated.get("headline", headlines[0]) not in headlines:
        yield Problem(file, None, "register.headline", str(stated["headline"]), "one of the list",
                      f"use one of {', '.join(headlines)}")
    asked = stated.get("breakdowns", [])
    for name in asked if isinstance(asked, list) else [asked]:
        if name not in (*BREAKDOWNS, *KINDS):
            yield Problem(file, None, "register.breakdowns", str(name), "one of the list",
                          f"use one of {', '.join((*BREAKDOWNS, *KINDS))}")
    if not isinstance(stated.get("comparator", ""), str):
        yield Problem(file, None, "register.comparator", str(stated["comparator"]), "right type", "give text in quotes")


def _check_where(file: str, key: str, column: str, values: Any) -> Iterable[Problem]:
    kind = "flag" if column.startswith(_FLAG) and column.removeprefix(_FLAG).isdigit() else COLUMNS.get(column)
    if kind is None:
        meant = nearest(column, COLUMNS, 1)
        yield Problem(file, None, f"register.{key}", column, "a column of participation_month",
                      f"did you mean {meant[0]}?" if meant else f"use one of {', '.join(COLUMNS)}")
        return
    listed = values if isinstance(values, list) else [values]
    if not listed or not all(type(value) is _TYPES[kind] for value in listed):
        yield Problem(file, None, f"register.{key}.{column}", str(values), "right type", f"give {_WORDS[kind]}")
    elif column == "standing" and (unknown := [value for value in listed if value not in list(Standing)]):
        yield Problem(file, None, f"register.{key}.{column}", ", ".join(unknown), "one of the list",
                      f"use one of {', '.join(Standing)}")


def read_register(stated: Mapping[str, Any]) -> RegisterSource:
    """The part as it is meant, once check_register finds nothing wrong with it; a single value may stand without brackets."""
    return RegisterSource(
        _where(stated["numerator"]), _where(stated["denominator"]), Headline(stated["headline"]),
        tuple(stated.get("breakdowns", ())), stated.get("comparator", ""),
    )


def _where(stated: Mapping[str, Any]) -> dict[str, tuple]:
    return {column: tuple(values) if isinstance(values, list) else (values,) for column, values in stated.items()}
