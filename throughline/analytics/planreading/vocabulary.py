"""The words by which a plan's parts are known, as the files of definitions/plan_templates list them."""

import re
import tomllib
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from throughline.core.problems import Problem, RefusedFileError

_FOLDER = "plan_templates"
# Every list that reading asks for, so that a missing one is said when the files are read and not in the middle of a plan.
_NEEDED: dict[str, dict[str, tuple[str, ...]]] = {
    "bullets": {"symbols": ("anywhere", "line_start", "letters"), "labels": ("roman",)},
    "columns": {"actions": ("number", "action"), "measures": ("measure",), "glossary": ("code", "meaning"),
                "recommendations": ("recommendation", "lead"), "rows": ("total",), "cells": ("unrated",)},
    "costs": {"basis": ("per year", "each"), "multiples": ("thousand", "million"), "words": ("source", "costs")},
    "dates": {
        "months": tuple(str(month) for month in range(1, 13)), "terms": ("autumn", "spring", "summer"),
        "binding": ("by", "from", "onwards"), "recurrence": (), "open": ("ongoing", "ditto", "time"),
        "years": ("academic", "financial", "quarter"),
    },
    "measures": {
        "statement": ("baseline", "target", "undecided", "promise", "bound", "whole", "everyone", "intends"),
        "direction": ("up", "down", "keep"), "status": ("groups", "amended", "deleted", "merged"), "number": ("words",),
    },
    "organisations": {"endings": ("anywhere", "opening"), "title": ("words",)},
    "owners": {"kinds": ("post", "organisation", "bodies"), "written": ("separators", "joining", "ends", "to_do", "none")},
    "references": {"cues": ("before_numbers", "before_names", "parts")},
    "sections": {
        "openers": ("recommendation", "priority", "section", "objective", "theme", "numbers"),
        "parts": ("leads", "impact", "success", "objectives", "answers", "recommended", "measures", "glossary", "contents",
                  "captions", "period", "organisations", "recommendations", "obliges"),
        "promises": ("lists", "announced", "future", "will", "done", "words", "verbs", "tables"),
    },
}


class Templates:
    """The vocabularies: lists of words by file, table and key, and the patterns made of them, each made once."""

    def __init__(self, lists: dict[str, dict[str, dict[str, tuple[str, ...]]]]) -> None:
        self._lists = lists
        self._patterns: dict[tuple[str, ...], re.Pattern[str]] = {}

    def words(self, file: str, table: str, key: str) -> tuple[str, ...]:
        """The words of one list, as written in the file."""
        return self._lists[file][table][key]

    def table(self, file: str, table: str) -> dict[str, tuple[str, ...]]:
        """Every list of one table, by key, in the order of the file."""
        return self._lists[file][table]

    def pattern(self, file: str, table: str, *keys: str) -> re.Pattern[str]:
        """A pattern that finds any of the words of the lists named, whole, the longest first, whatever their capitals."""
        known = (file, table, *keys)
        if known not in self._patterns:
            words = [word for key in keys for word in self.words(file, table, key)]
            self._patterns[known] = re.compile(any_of(tuple(words)), re.IGNORECASE)
        return self._patterns[known]

    @cached_property
    def months(self) -> dict[str, int]:
        """The number of a month by each of its names."""
        return {word.casefold(): int(key) for key, words in self.table("dates", "months").items() for word in words}


@lru_cache(maxsize=512)
def any_of(words: tuple[str, ...]) -> str:
    """A pattern for any of the words, whole and the longest first; a space stands for any white space."""
    longest = sorted(dict.fromkeys(words), key=len, reverse=True)
    spaced = (r"\s+".join(re.escape(part) for part in word.split()) for word in longest)
    return r"(?<![^\W_])(?:" + "|".join(spaced) + r")(?![^\W_])"


def load_templates(definitions: Path) -> Templates:
    """The vocabularies of a folder of definitions. Raises RefusedFileError with every fault of every file."""
    lists: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
    problems: list[Problem] = []
    for file, needed in _NEEDED.items():
        path = definitions / _FOLDER / f"{file}.toml"
        raw, found = _parsed(path)
        problems += found or list(_faults(path.name, raw, needed))
        lists[file] = {name: _lists(table) for name, table in raw.items() if isinstance(table, dict)}
    if problems:
        raise RefusedFileError(problems)
    return Templates(lists)


def _parsed(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), []
    except FileNotFoundError:
        remedy = f"put the file back into definitions/{_FOLDER}"
        return {}, [Problem(path.name, None, "", "", "vocabulary present", remedy)]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [Problem(path.name, None, "", "", "readable TOML", f"{error}")]


def _faults(file: str, raw: dict[str, Any], needed: dict[str, tuple[str, ...]]) -> Iterator[Problem]:
    for name, keys in needed.items():
        table = raw.get(name)
        if not isinstance(table, dict):
            yield Problem(file, None, name, "", "table present", f"add a table headed [{name}]")
            continue
        for key in keys:
            if key not in table:
                yield Problem(file, None, f"{name}.{key}", "", "list present", f"add {key} = [\"…\"] under [{name}]")
    for name, table in raw.items():
        for key, words in table.items() if isinstance(table, dict) else ():
            if not isinstance(words, list) or not words or not all(isinstance(word, str) and word.strip() for word in words):
                yield Problem(file, None, f"{name}.{key}", str(words)[:80], "list of words", "give words in quotes, at least one")


def _lists(table: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in table.items() if isinstance(words, list)}
