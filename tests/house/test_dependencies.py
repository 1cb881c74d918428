"""Each dependency of pyproject.toml has its reason above it, and stands in the lock."""

import re
import tomllib

from tests.house.tree import ROOT

PROJECT = ROOT / "pyproject.toml"


def test_every_dependency_has_its_reason():
    lines = [line.strip() for line in PROJECT.read_text(encoding="utf-8").splitlines()]
    start = lines.index("dependencies = [")
    end = lines.index("[project.scripts]")
    listed = [number for number in range(start, end) if lines[number].startswith('"')]
    assert len(listed) > 15
    assert [lines[number] for number in listed if not lines[number - 1].startswith("#")] == []


def test_every_dependency_is_locked():
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(each for extra in extras for each in extra)]
    names = {re.match(r"[\w.-]+", each)[0].lower().replace(".", "-") for each in wanted}
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    assert names - locked == set()
