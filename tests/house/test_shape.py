"""Modules say what they are for, and neither they nor their functions outgrow a reader."""

import ast

from tests.house.tree import modules, parsed, shown

WRITTEN = modules("throughline", "tests", "bench")
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40


def test_every_module_opens_with_what_it_is_for():
    assert [shown(path) for path in WRITTEN if not ast.get_docstring(parsed(path))] == []


def test_no_module_is_too_long():
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in WRITTEN}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_is_too_long():
    lengths = {
        f"{shown(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in WRITTEN
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
