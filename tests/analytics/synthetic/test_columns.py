"""Every column of every list that an invented authority is sent is taken for what its sender meant by it."""

import tomllib
from pathlib import Path

from tests.analytics.synthetic.plain import UNTIL, Invented
from throughline.analytics.learnerlists.mapping import guess
from throughline.analytics.learnerlists.sheet import read_sheet
from throughline.analytics.learnerlists.vocabulary import load_vocabulary, plain
from throughline.analytics.participation.codesets import load_codeset

# What the synthesiser calls a column, where a mapping calls it otherwise.
OURS = {"given": "given_name", "middle": "middle_name", "family": "family_name", "birth": "date_of_birth", "line_1": "address",
        "line_2": "address_2", "end": "predicted_end", "left": "leaving", "reason": "leaving_reason"}


def meant(definitions: Path) -> dict[str, dict[str, str]]:
    """By what sort of sender it is, the field that each heading stands for."""
    headings = tomllib.loads((definitions / "synthetic" / "headings.toml").read_text(encoding="utf-8"))
    stated = {sender: {heading: OURS.get(field, field) for field, several in headings[sender].items() for heading in several}
              for sender in ("school", "college", "survey")}
    for sender, fields in stated.items():
        what = "activity" if sender == "survey" else "intended_destination"
        stated[sender] = {heading: what if field == "destination" else field for heading, field in fields.items()}
    return stated


def sender_of(path: Path) -> str:
    """What sort of sender a list is from: the folder says so."""
    return {"schools": "school", "colleges": "college", "providers": "college"}.get(path.parent.name, "survey")


def test_every_column_of_every_list_is_guessed_as_it_was_meant(invented: Invented, definitions: Path):
    words, codes = load_vocabulary(definitions), frozenset(load_codeset(definitions, "activity").by_code)
    stated = meant(definitions)
    lists = [path for path in sorted((invented.folder / "files").rglob("*.*")) if "return" not in path.name]
    wrong = []
    for path in lists:
        for each in guess(read_sheet(path, words), words, codes, UNTIL):
            if each.heading and each.field != stated[sender_of(path)][each.heading]:
                wrong.append((path.name, each.heading, each.field, each.why))
    assert len(lists) > 10
    assert wrong == []


def test_every_heading_a_sender_may_choose_is_known(definitions: Path):
    words = load_vocabulary(definitions)
    known = {heading: field for fields in meant(definitions).values() for heading, field in fields.items()}
    assert {heading: words.by_heading.get(plain(heading)) for heading in known} == known

