"""How a return is written: the elements and their nesting, as definitions/rules/returns/layout-….toml states them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from throughline.analytics.formats.nccis.header import LEAVES
from throughline.analytics.formats.nccis.record import FIELD_OF
from throughline.core.problems import Problem, RefusedFileError


@dataclass(frozen=True)
class Element:
    """An element and what stands within it: others, or else the value called name.

    name is a field of a Record, or of LEAVES in a header. sometimes: left out when all within is empty. many: written
    once for each value.
    """

    tag: str
    within: tuple["Element", ...] = ()
    name: str = ""
    sometimes: bool = False
    many: bool = False


@dataclass(frozen=True)
class Layout:
    """One way of writing returns. otherwise: what is written where a header says nothing, by element."""

    name: str
    declaration: str
    root: str
    record_element: str
    indent: str
    header: tuple[Element, ...]
    record: tuple[Element, ...]
    otherwise: Mapping[str, str]


def load_layout(definitions: Path, name: str) -> Layout:
    """The layout of a year, such as 2019-20. Raises RefusedFileError when there is none, or it names an unknown element."""
    folder = definitions / "rules" / "returns"
    path = folder / f"layout-{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem.removeprefix("layout-") for file in folder.glob("layout-*.toml")))
        raise RefusedFileError([Problem(path.name, None, "layout", name, "a known layout", f"choose one of: {known}")])
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        return Layout(given["name"], given["declaration"], given["root"], given["record_element"], given["indent"],
                      _elements(given["header"], LEAVES), _elements(given["record"], FIELD_OF), given["otherwise"])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, AttributeError) as error:
        remedy = f"correct the layout: {error}"
        raise RefusedFileError([Problem(path.name, None, "layout", name, "a readable layout", remedy)]) from error


def _elements(paths: list[str], known: Mapping[str, str]) -> tuple[Element, ...]:
    """The tree that a list of paths is of; neighbours with the same beginning share it."""
    return _grown([path.split("/") for path in paths], known, "")


def _grown(paths: list[list[str]], known: Mapping[str, str], above: str) -> tuple[Element, ...]:
    grown: list[Element] = []
    while paths:
        head = paths[0][0]
        together = [path[1:] for path in paths if path[0] == head]
        if [path[0] for path in paths[: len(together)]] != [head] * len(together):
            raise KeyError(f"{head} stands in two places")
        paths = paths[len(together):]
        tag, sometimes, many = head.rstrip("?*"), "?" in head, "*" in head
        if together == [[]]:
            grown.append(Element(tag, name=_name(tag, above, known), sometimes=sometimes, many=many))
        else:
            grown.append(Element(tag, _grown(together, known, tag), sometimes=sometimes, many=many))
    return tuple(grown)


def _name(tag: str, above: str, known: Mapping[str, str]) -> str:
    for name in (f"{above}/{tag}".casefold(), tag.casefold()):
        if name in known:
            return name if known is LEAVES else known[name]
    raise KeyError(f"{tag} is no element of the return")
