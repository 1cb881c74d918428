"""Printed words as they are kept: spaces made plain, soft hyphens gone, and the mark a line is listed under set apart."""

import re

BULLET = "•"

# Letters of Symbol and Wingdings arrive under numbers of their own (U+F020 to U+F0FF).
_PICTURED = {0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0E0: "→", 0xF0E8: "→", 0xF076: "•", 0xF06E: "•",
             0xF06C: "•", 0xF071: "•", 0xF0A8: "•", 0xF02D: "-", 0xF0B0: "°", 0xF0B3: "≥", 0xF0A3: "≤", 0xF0FB: "✗"}
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft", 0xFB06: "st"}
_UNSEEN = [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x200E, 0x2010), *range(0x202A, 0x202F)]
_CONTROLS = [number for number in (*range(0x20), *range(0x7F, 0xA0)) if chr(number) not in "\t\n\r\f\v\x85"]
_HALVES = range(0xD800, 0xE000)  # of letters beyond the first 65,536, which alone are no letters
_PRINTED = {**_PICTURED, **_LIGATURES, **dict.fromkeys([*_UNSEEN, *_CONTROLS, *_HALVES])}

_SYMBOLS = "•·▪●○◦‣⁃∙■□◼◻◾◆◇⚫➢➤►✓✔❖♦"
_MARK = re.compile(
    rf"(?P<symbol>[{_SYMBOLS}])\s*(?=\S)"
    r"|(?P<dash>[-–—*»])(?:\s+(?=\S)|(?=[A-Za-z]))"
    r"|(?P<letter>[o§])\s+(?=\S)"
    r"|(?P<number>\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5})[.)])\s+(?=\S)"
)


def clean(text: str) -> str:
    """Text with every run of blanks made one space and every line stripped; empty lines are dropped."""
    lines = (" ".join(line.split()) for line in text.translate(_PRINTED).splitlines())
    return "\n".join(line for line in lines if line)


def split_mark(text: str) -> tuple[str, str]:
    """The mark a line is listed under, "" where it has none, and the line without it.

    A mark is a bullet, a dash, or one number or letter with its stop or bracket ("1.", "(a)", "IV."); the letters
    that Word prints as bullets in fonts of its own are given as "•". "1.1" and "KPI 8" are names, not marks.
    """
    found = _MARK.match(text)
    if not found:
        return "", text
    mark = BULLET if found["letter"] else found[0].strip()
    return mark, text[found.end():]


def marked(mark: str, text: str) -> str:
    """A line of a cell: its mark in front, where it has one."""
    return f"{mark} {text}".strip() if mark else text


def typed_items(text: str) -> list[str]:
    """A paragraph of several lines cut before each that begins with a mark: a list typed with line breaks."""
    items: list[str] = []
    for line in text.split("\n"):
        if items and not split_mark(line)[0]:
            items[-1] += f"\n{line}"
        else:
            items.append(line)
    return items
