"""Where a plan says it starts from: "current figure = 91.36%", "baseline 252 (2013/14)", "to be determined"."""

import re
from dataclasses import replace

from throughline.analytics.targets.language import Baseline, TargetUnit
from throughline.analytics.targets.wording.draft import Draft
from throughline.analytics.targets.wording.numbers import quantity, read_quantity
from throughline.analytics.targets.wording.phrases import PERIOD, compiled, squeezed

_DETERMINED_LATER = compiled(
    r"\(?\b(?:baseline|bench ?mark|starting point|specific data|data)\b[^;.=]{0,40}?"
    r"\b(?:to be (?:determined|established|set|confirmed|agreed|added)|tbd|tbc|not (?:yet )?known)\b[^).;]*\)?"
)
_WHEN = rf"(?: ?\((?P<label>[^()]{{1,40}})\)| in (?P<period>{PERIOD})\b)?"
_NAMED = compiled(rf"\bbaseline(?: (?:value|figure|position))?(?: (?:is|of|was))? ?[:=]? ?{quantity('n')}{_WHEN}")
_CURRENT = compiled(
    rf"\b(?:current|present|existing|starting|latest)\b[^;=:.]{{0,70}}?(?:=|:|\bis\b|\bof\b) ?{quantity('n')}{_WHEN}"
)
_FROM = compiled(rf"(?:(?:up|down) )?\bfrom {quantity('n')}{_WHEN}(?= to {quantity('to')})")
_PERIOD_ONLY = compiled(rf"\bbaseline(?: is| year is| year)?:? in (?P<period>{PERIOD})\b")
_BARE = compiled(rf" ?{quantity('n')}{_WHEN} ?")


def take_baseline(draft: Draft) -> Baseline | None:
    """The baseline stated in a target's words, struck out of them; None where none is."""
    if later := _DETERMINED_LATER.search(draft.left):
        draft.strike(*later.span())
        return Baseline(to_be_determined=True, printed=draft.text[later.start():later.end()])
    for pattern in (_NAMED, _CURRENT, _FROM):
        if found := pattern.search(draft.left):
            draft.strike(*found.span())
            return replace(_read(found, found.groupdict().get("to_unit")), printed=draft.text[found.start():found.end()])
    if found := _PERIOD_ONLY.search(draft.left):
        draft.strike(*found.span())
        return Baseline(period=squeezed(found["period"]), printed=found[0])
    return None


def read_baseline(text: str) -> Baseline | None:
    """What a cell that holds nothing but a baseline says: "91.36%", "252 (2013/14)", "to be determined"; None if nothing."""
    draft = Draft(" ".join(text.split()))
    if bare := _BARE.fullmatch(draft.left):
        return replace(_read(bare, None), printed=draft.text)
    if re.search(r"to be (?:determined|confirmed|set|agreed|established)|\btb[cd]\b", draft.left, re.IGNORECASE):
        return Baseline(to_be_determined=True, printed=draft.text)
    return take_baseline(draft)


def _read(match: re.Match[str], unit_after: str | None) -> Baseline:
    value, unit = read_quantity(match, "n")
    if unit is None and unit_after == "%":
        unit = TargetUnit.PERCENT
    period = squeezed(match["period"]) if match["period"] else (match["label"] or "").strip()
    return Baseline(value, unit or TargetUnit.NUMBER, period)
