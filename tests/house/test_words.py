"""Nothing in the project ties it to one machine or one registry, and no file is left unfinished."""

import re

import pytest

from tests.house.tree import modules, shown, text_files

# Each pattern is spelt so that it does not find itself here.
FORBIDDEN = {
    "a package registry's host": r"\b(pypi|npmjs|pythonhosted|yarnpkg)\.(org|com|io)\b",
    "a path of one machine": r"(?<![\w.])/(work|root|home)/\w",
    "a folder outside the checkout": r"\.\./\bshared\b",
    "work left unfinished": r"\b(TO(?:DO)|FIX(?:ME)|XX(?:X))\b",
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "service", "services"}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{shown(path)}:{number}: {line.strip()[:80]}"
        for path in text_files(locks=True)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a package registry's host", "https://files.pythonhosted" + ".org/packages"),
        ("a path of one machine", "open('/ro" + "ot/notes')"),
        ("a folder outside the checkout", "../sha" + "red/data"),
        ("work left unfinished", "# TO" + "DO: later"),
    ],
)
def test_the_patterns_find_what_they_are_for(what, line):
    assert re.search(FORBIDDEN[what], line)


def test_locks_name_no_address():
    locks = [path for path in text_files(locks=True) if path.name in ("requirements.lock", "package-lock.json")]
    assert len(locks) == 2
    address = re.compile(r'"resolved"|--index-url|://[^"]*\.(whl|tgz|tar\.gz)')
    assert [shown(path) for path in locks if address.search(path.read_text(encoding="utf-8"))] == []


def test_no_module_has_a_vague_name():
    written = modules("throughline", "tests", "bench")
    assert [shown(path) for path in written if VAGUE & {path.stem, path.parent.name}] == []
