"""A page takes its pieces from its own room and those beneath it, as the modules do; upwards it only links, by name."""

import re
import tomllib

import pytest

from tests.house.tree import ROOT, shown

_TAKES = re.compile(r"""\{%-?\s*(?:include|extends|from|import)\s+['"](\w+)/|include\s+\[?['"](\w+)/""")


def _floors() -> dict[str, int]:
    """How high each room of the apps is, 0 the highest, as pyproject.toml orders them; what is none of them is beneath."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["id"] == "rooms")
    return {room.strip(" ()"): height for height, layer in enumerate(layers) for room in re.split(r"[|:]", layer)}


def _upward(room: str, text: str, floors: dict[str, int]) -> list[str]:
    """The rooms above a room from which a text takes pieces."""
    taken = {one or other for one, other in _TAKES.findall(text)}
    return sorted(each for each in taken if floors.get(each, len(floors)) < floors[room])


def test_no_template_takes_from_a_room_above():
    floors = _floors()
    found = {
        shown(path): above
        for room in floors
        for path in (ROOT / "throughline" / "apps" / room).rglob("*.html")
        if (above := _upward(room, path.read_text(encoding="utf-8"), floors))
    }
    assert found == {}


@pytest.mark.parametrize(("takes", "above"), [
    ("{% include 'commissioning/_of_action.html' ignore missing %}", ["commissioning"]),
    ('{%- extends "reports/report.html" %}', ["reports"]), ("{% from 'reports/_pieces.html' import a %}", ["reports"]),
    ("{% from 'handbook/_pieces.html' import beside with context %}{% extends 'ui/page.html' %}", []),
])
def test_the_pattern_finds_what_it_is_for(takes, above):
    assert _upward("plans", takes, _floors()) == above
