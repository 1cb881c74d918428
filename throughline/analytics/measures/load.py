"""Reads definitions/measures into Measure objects, and answers a faulty file in words."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from throughline.analytics.measures.definition import (
    Break,
    Breakdown,
    EnteredSource,
    Kind,
    Measure,
    Provenance,
    PublishedSource,
    Unit,
)
from throughline.analytics.measures.registered import check_register, read_register
from throughline.core.nearest import nearest
from throughline.core.periods import YEAR_CONVENTIONS, UnreadablePeriodError, parse_period
from throughline.core.polarity import Polarity
from throughline.core.problems import Problem, RefusedFileError

_REQUIRED = {"title": str, "theme": str, "description": str, "why": str, "kind": str, "unit": str, "polarity": str,
             "decimals": int, "provenance": dict}
_OPTIONAL = {"point": (int, float), "year_type": str, "keywords": list, "caveats": list, "no_quartiles": str,
             "no_england": str, "not_known": str, "order": int, "published": dict, "entered": dict, "register": dict,
             "breaks": list, "breakdowns": list}
_TABLES: dict[str, tuple[set[str], set[str]]] = {  # table: required keys, optional keys
    "provenance": ({"owner", "reviewed", "next_review"}, set()),
    "published": ({"dataset", "indicator"}, {"breakdown", "group"}),
    "entered": ({"collected_by", "frequency"}, {"numerator", "denominator", "counts"}),
    "breaks": ({"period", "reason"}, set()),
    "breakdowns": ({"id", "title", "reference", "groups"}, {"dataset"}),
}


@dataclass(frozen=True)
class Theme:
    """A heading of the scorecard."""

    id: str
    title: str


def load_themes(definitions: Path) -> list[Theme]:
    """The themes of definitions/themes.toml, in the order they are printed."""
    with (definitions / "themes.toml").open("rb") as file:
        return [Theme(**theme) for theme in tomllib.load(file)["themes"]]


def load_measures(definitions: Path) -> dict[str, Measure]:
    """Every measure of definitions/measures by its id, in the order of themes and then of titles.

    Raises RefusedFileError naming every fault of every file.
    """
    themes = [theme.id for theme in load_themes(definitions)]
    problems: list[Problem] = []
    measures: list[Measure] = []
    for path in sorted((definitions / "measures").glob("*.toml")):
        try:
            measures.append(read_measure(path, themes))
        except RefusedFileError as refused:
            problems.extend(refused.problems)
    problems.extend(_check_comparators(measures))
    if problems:
        raise RefusedFileError(problems)
    measures.sort(key=lambda measure: (themes.index(measure.theme), measure.order, measure.title))
    return {measure.id: measure for measure in measures}


def _check_comparators(measures: Iterable[Measure]) -> Iterable[Problem]:
    published = {measure.id for measure in measures if measure.kind is Kind.PUBLISHED}
    for measure in measures:
        beside = measure.register.comparator if measure.register else ""
        for key, named in (("register.comparator", beside), ("not_known", measure.not_known)):
            if named and named not in published:
                meant = nearest(named, published, 1)
                yield Problem(f"{measure.id}.toml", None, key, named, "a published measure",
                              f"did you mean {meant[0]}?" if meant else "name the id of a published measure, or leave it out")


def read_measure(path: Path, themes: Iterable[str]) -> Measure:
    """One measure from its file. Raises RefusedFileError with every fault found in it."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RefusedFileError([Problem(path.name, None, "", "", "readable TOML", f"{error}")]) from error
    problems = list(_check(path.name, raw, list(themes)))
    if problems:
        raise RefusedFileError(problems)
    return _measure(path.stem, raw)


def _check(file: str, raw: dict[str, Any], themes: list[str]) -> Iterable[Problem]:
    yield from _check_keys(file, raw)
    yield from _check_choice(file, raw, "kind", [kind.value for kind in Kind])
    yield from _check_choice(file, raw, "unit", [unit.value for unit in Unit])
    yield from _check_choice(file, raw, "polarity", [polarity.value for polarity in Polarity])
    yield from _check_choice(file, raw, "theme", themes)
    yield from _check_choice(file, raw, "year_type", list(YEAR_CONVENTIONS))
    kind = raw.get("kind")
    if kind in list(Kind) and kind not in raw:
        yield Problem(file, None, kind, "", "source stated", f"add a [{kind}] table: kind is {kind}")
    for entered in _tables(raw, "entered"):
        yield from _check_choice(file, entered, "counts", ["people", "things"])
    for counted in _tables(raw, "register"):
        yield from check_register(file, counted)
    yield from _check_lists(file, raw)
    yield from _check_values(file, raw)
    for name, (required, optional) in _TABLES.items():
        for table in _tables(raw, name):
            yield from _check_table(file, name, table, required, optional)
    yield from _check_breaks(file, raw)
    for breakdown in _tables(raw, "breakdowns"):
        yield from _check_groups(file, breakdown.get("groups"))
        if isinstance(breakdown.get("groups"), dict) and breakdown.get("reference") not in breakdown["groups"]:
            yield Problem(file, None, "breakdowns.reference", str(breakdown.get("reference")), "reference is a group",
                          f"name one of {', '.join(breakdown['groups'])}")


def _check_lists(file: str, raw: dict[str, Any]) -> Iterable[Problem]:
    for key, kind, words in (("keywords", str, "text in quotes"), ("caveats", str, "text in quotes"),
                             ("breaks", dict, "tables headed [[breaks]]"), ("breakdowns", dict, "tables headed [[breakdowns]]")):
        entries = raw.get(key)
        for entry in entries if isinstance(entries, list) else []:
            if not isinstance(entry, kind):
                yield Problem(file, None, key, str(entry), "right type", f"give {words}")


def _check_values(file: str, raw: dict[str, Any]) -> Iterable[Problem]:
    for key in ("title", "description", "why"):
        if isinstance(raw.get(key), str) and not raw[key].strip():
            yield Problem(file, None, key, "", "something said", f"write the {key} in plain words")
    if isinstance(raw.get("decimals"), int) and not 0 <= raw["decimals"] <= 4:
        yield Problem(file, None, "decimals", str(raw["decimals"]), "0 to 4", "give how many decimal places to print")
    if isinstance(raw.get("point"), int | float) and raw["point"] <= 0:
        yield Problem(file, None, "point", str(raw["point"]), "more than zero", "give how much one point is")
    for kept in _tables(raw, "provenance"):
        reviewed, following = kept.get("reviewed"), kept.get("next_review")
        if isinstance(reviewed, date) and isinstance(following, date) and f"{following}" <= f"{reviewed}":
            yield Problem(file, None, "provenance.next_review", str(following), "after the review", "give a later date")


def _check_groups(file: str, groups: Any) -> Iterable[Problem]:
    if groups is not None and not isinstance(groups, dict):
        yield Problem(file, None, "breakdowns.groups", str(groups), "right type", "give a table of group = indicator")
        return
    for label, source in (groups or {}).items():
        if isinstance(source, dict):
            required, optional = _TABLES["published"]
            yield from _check_table(file, f"breakdowns.groups.{label}", source, required - {"dataset"}, optional | {"dataset"})
        elif not isinstance(source, str):
            yield Problem(file, None, f"breakdowns.groups.{label}", str(source), "right type", "name an indicator in quotes")


def _check_keys(file: str, raw: dict[str, Any]) -> Iterable[Problem]:
    known: Mapping[str, Any] = _REQUIRED | _OPTIONAL
    for key, value in raw.items():
        if key not in known:
            meant = nearest(key, known, 1)
            remedy = f"remove it, or did you mean {meant[0]}?" if meant else "remove it"
            yield Problem(file, None, key, "", "known key", remedy)
        elif not isinstance(value, known[key]) or isinstance(value, bool):
            yield Problem(file, None, key, str(value), "right type", f"give {_type_words(known[key])}")
    for key in _REQUIRED:
        if key not in raw:
            yield Problem(file, None, key, "", "key present", f"add {key} = …")


def _check_choice(file: str, raw: dict[str, Any], key: str, choices: list[str]) -> Iterable[Problem]:
    value = raw.get(key)
    if isinstance(value, str) and value not in choices:
        yield Problem(file, None, key, value, "one of the list", f"use one of {', '.join(choices)}")


def _type_words(kind: Any) -> str:
    words = {str: "text in quotes", int: "a whole number", list: "a list", dict: "a table", (int, float): "a number"}
    return words[kind]


def _tables(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = raw.get(name, [])
    return [table for table in (value if isinstance(value, list) else [value]) if isinstance(table, dict)]


def _check_table(
    file: str, name: str, table: dict[str, Any], required: set[str], optional: set[str]
) -> Iterable[Problem]:
    for key in sorted(required - table.keys()):
        yield Problem(file, None, f"{name}.{key}", "", "key present", f"add {key} to [{name}]")
    for key in sorted(table.keys() - required - optional):
        yield Problem(file, None, f"{name}.{key}", str(table[key]), "known key",
                      f"remove it; [{name}] takes {', '.join(sorted(required | optional))}")
    for key, value in table.items():
        if key in ("reviewed", "next_review"):
            if type(value) is not date:
                yield Problem(file, None, f"{name}.{key}", str(value), "a date", "write it as 2026-09-01, unquoted")
        elif key in required | optional and key != "groups" and not isinstance(value, str):
            yield Problem(file, None, f"{name}.{key}", str(value), "right type", "give text in quotes")


def _check_breaks(file: str, raw: dict[str, Any]) -> Iterable[Problem]:
    for entry in _tables(raw, "breaks"):
        try:
            parse_period(str(entry.get("period", "")), str(raw.get("year_type", "calendar year")))
        except UnreadablePeriodError as error:
            yield Problem(file, None, "breaks.period", str(entry.get("period")), "readable period", str(error))


def _measure(id: str, raw: dict[str, Any]) -> Measure:
    dataset = raw.get("published", {}).get("dataset", "")
    return Measure(
        id=id,
        **{key: raw[key].strip() for key in ("title", "theme", "description", "why")},
        kind=Kind(raw["kind"]),
        unit=Unit(raw["unit"]),
        polarity=Polarity(raw["polarity"]),
        decimals=raw["decimals"],
        provenance=Provenance(**raw["provenance"]),
        point=float(raw.get("point", 1)),
        year_type=raw.get("year_type", "calendar year"),
        keywords=tuple(raw.get("keywords", ())),
        caveats=tuple(raw.get("caveats", ())),
        no_quartiles=raw.get("no_quartiles", ""),
        no_england=raw.get("no_england", ""),
        not_known=raw.get("not_known", ""),
        order=raw.get("order", 100),
        published=PublishedSource(**raw["published"]) if "published" in raw else None,
        entered=EnteredSource(**raw["entered"]) if "entered" in raw else None,
        register=read_register(raw["register"]) if "register" in raw else None,
        breaks=tuple(Break(**entry) for entry in raw.get("breaks", ())),
        breakdowns=tuple(_breakdown(entry, dataset) for entry in raw.get("breakdowns", ())),
    )


def _breakdown(entry: dict[str, Any], dataset: str) -> Breakdown:
    """A group's source is an indicator's name, or a table with breakdown and group within an indicator."""
    dataset = entry.get("dataset", dataset)
    groups = {label: _source(source, dataset) for label, source in entry["groups"].items()}
    return Breakdown(entry["id"], entry["title"], entry["reference"], groups)


def _source(source: str | dict[str, str], dataset: str) -> PublishedSource:
    if isinstance(source, str):
        return PublishedSource(dataset, source)
    return PublishedSource(**{"dataset": dataset, **source})
