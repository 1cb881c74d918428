"""What a plan says has become of its indicators: amended, merged or deleted, with the note kept as printed."""

import re

from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.tree import Measure, Plan, Unread
from throughline.analytics.planreading.vocabulary import Templates
from throughline.analytics.planreading.words import known_by, plain

_STATES = {"amended": "amended", "merged": "merged", "deleted": "deleted"}


def status_note(text: str, source: Source, plan: Plan, templates: Templates) -> bool:
    """Keep a note on an indicator, if the text is one; whether it was.

    The note goes to the indicator of that number in the grid just above. Where that grid has none of the number, as when
    a plan is renumbered and its notes are not, the note stands as an entry of its own and is listed.
    """
    line = plain(text)
    named = "|".join(map(re.escape, templates.words("measures", "number", "words")))
    note = rf"(?P<word>{named})\s*(?P<numbers>\d+(?:\s*(?:,|and|&)\s*\d+)*)\s+ha(?:s|ve) been"
    found = re.match(note, line, re.IGNORECASE)
    state = next((state for key, state in _STATES.items() if templates.pattern("measures", "status", key).search(line)), "")
    if not found or not state:
        return False
    group = plan.measures[-1].section if plan.measures else ""
    for each in re.findall(r"\d+", found["numbers"]):
        _keep(f"{found['word'].rstrip('sS').upper()} {each}", state, line, source, plan, group)
    return True


def _keep(number: str, state: str, note: str, source: Source, plan: Plan, group: str) -> None:
    wanted = known_by(number)
    named = [measure for measure in plan.measures if known_by(measure.number) == wanted and measure.section == group]
    if named and state != "deleted":
        named[-1].notes.append(note)
        return
    plan.measures.append(Measure(note, source, number=number, status=state, section=group, notes=[note]))
    elsewhere = any(known_by(measure.number) == wanted for measure in plan.measures[:-1])
    if elsewhere:
        why = f"{number} is printed with a different meaning, or in another group; this may be its old number"
        plan.unread.append(Unread(source, note, why))
