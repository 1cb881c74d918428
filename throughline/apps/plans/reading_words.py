"""The fields of what was read as boxes that can be typed in: one thing a line, and back to what reading would give."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from throughline.analytics.planreading.costs import read_cost
from throughline.analytics.planreading.dates import read_when
from throughline.analytics.planreading.front import heading_year
from throughline.analytics.planreading.owners import read_owners
from throughline.analytics.planreading.references import Held
from throughline.analytics.planreading.tree import Owner
from throughline.apps.plans.reading_pieces import ACTION, FRONT, MEASURE, SECTION, Piece, kind_named
from throughline.apps.plans.vocabulary import templates


@dataclass(frozen=True)
class Around:
    """What is known of the plan when a box is read: its codes, its period and what it holds that can be named."""

    glossary: Mapping[str, str]
    period: str
    held: Held


LABELS: dict[str, dict[str, str]] = {
    FRONT: {"title": "Title", "period": "Period", "organisations": "Whose plan it is", "glossary": "Codes and what they mean"},
    SECTION: {
        "kind": "What the plan calls it", "number": "Number", "title": "Title", "leads": "Accountable leads",
        "impact": "What difference will this make?", "success": "How will we know?", "answers": "Recommendations it answers",
        "under": "It stands under",
    },
    ACTION: {
        "number": "Number", "text": "What is to be done", "why": "Why", "steps": "Steps", "owners": "Who", "when": "When",
        "milestones": "Milestones", "cost": "Cost", "success": "Successful if", "cross_references": "Refers to",
        "rag": "Rating as printed", "under": "Section",
    },
    MEASURE: {
        "number": "Number", "text": "What is measured", "cohort": "Of whom", "baseline": "Baseline", "target": "Target",
        "unit": "Unit", "due": "Due", "direction": "Which way", "status": "Status", "trajectory": "Year by year",
        "notes": "Notes", "under": "It stands under",
    },
}

WAYS = {"up": "Up", "down": "Down", "keep": "Keep as it is"}


def typed(name: str, value: Any) -> str:
    """A field as it stands in a box."""
    if name in ("when", "cost"):
        return " ".join(value["printed"].split()) if value else ""
    if name == "glossary":
        return "\n".join(f"{code}: {meaning}" for code, meaning in value.items())
    if name == "trajectory":
        return "\n".join(_year(step) for step in value)
    if name in ("owners", "leads"):
        return "\n".join(_line(each["printed"]) for each in value)
    if name in ("cross_references", "answers"):
        return "\n".join(by_words(value))
    return "\n".join(_line(each) for each in value) if isinstance(value, list) else str(value or "")


def understood(name: str, text: str, before: Any, around: Around) -> Any:
    """What a box says, as reading would have given it; what stood there word for word keeps what was known of it."""
    if name in ("owners", "leads"):
        return [_kept(line, before, "printed") or _owner(line, around) for line in _lines(text)]
    if name in ("cross_references", "answers"):
        kept = by_words(before or [])
        return [each for line in dict.fromkeys(_lines(text)) for each in kept.get(line) or [_reference(name, line, around)]]
    if name in _READ:
        return _READ[name](text, before, around)
    return _lines(text) if isinstance(before, list) else text.strip()


def _when(text: str, _before: Any, around: Around) -> Any:
    return asdict(read_when(text, templates(), heading_year(around.period))) if text.strip() else None


def _cost(text: str, _before: Any, _around: Around) -> Any:
    return asdict(read_cost(text, templates())) if text.strip() else None


def _glossary(text: str, _before: Any, _around: Around) -> Any:
    parted = (line.partition(":") for line in _lines(text))
    return {code.strip(): meaning.strip() for code, _, meaning in parted if code.strip() and meaning.strip()}


def _trajectory(text: str, before: Any, _around: Around) -> Any:
    held = {_year(step): step for step in before}
    return [held.get(line) or _step(line) for line in _lines(text)]


_READ: dict[str, Callable[[str, Any, Around], Any]] = {
    "when": _when, "cost": _cost, "glossary": _glossary, "trajectory": _trajectory,
}
_KINDS = ("trajectory", "target", "arrow")


def _year(step: Mapping[str, str]) -> str:
    """A year of a table in one line: "2016/17: 85%", "2017/18 target: 90%"."""
    kind = "" if step["kind"] == "trajectory" else f" {step['kind']}"
    return _line(f"{step['period']}{kind}: {step['printed']}")


def _step(line: str) -> dict[str, str]:
    period, _, printed = line.partition(":")
    *before, last = period.split() or [""]
    kind = last.casefold() if last.casefold() in _KINDS else "trajectory"
    return {"period": " ".join(before if kind == last.casefold() else [*before, last]), "printed": printed.strip(), "kind": kind}


def _owner(line: str, around: Around) -> dict[str, str]:
    """One line is one owner, however many the reader would make of it."""
    read = read_owners(line, templates(), around.glossary)
    return asdict(read[0] if len(read) == 1 else Owner(line))


def _reference(name: str, line: str, around: Around) -> dict[str, Any]:
    """What a line refers to: its last word where that names something ("see 1.2.3"), else the whole of it."""
    for target in (line, line.split()[-1]):
        if kind := kind_named(target, around.held):
            return {"printed": line, "target": target, "kind": kind, "found": True}
    number = line.split()[-1]
    numbered = number[:1].isdigit()
    kind = SECTION if name == "answers" else ACTION if numbered else "plan"
    return {"printed": line, "target": number if numbered else line, "kind": kind, "found": False}


def by_words(references: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """References by the words that make them: "areas 2 & 3" is one line and names two."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in references:
        found.setdefault(_line(each["printed"]), []).append(dict(each))
    return found


def _kept(line: str, before: list[dict[str, Any]], name: str) -> dict[str, Any] | None:
    return next((each for each in before if _line(each[name]) == line), None)


def _lines(text: str) -> list[str]:
    return [_line(line) for line in text.splitlines() if line.strip()]


def _line(text: str) -> str:
    return " ".join(text.split())


def called(key: str, piece: Piece) -> str:
    """A piece in a few words, by its number where it has one: "Action 1.2", "Section: Raise attendance"."""
    if piece["what"] == FRONT:
        return "The plan as a whole"
    what = piece["kind"] if piece["what"] == SECTION else piece["what"]
    if piece.get("number"):
        return f"{what.capitalize()} {piece['number']}"
    text = _line(piece.get("title") or piece.get("text") or "")
    return f"{what.capitalize()} “{text if len(text) <= 50 else text[:50].rsplit(' ', 1)[0] + ' …'}”"
