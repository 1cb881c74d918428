"""Many actions in one grid: what stands in it, what somebody typed into it, and what would change.

A grid is sent whole, so a page of it holds no more rows than a form may have fields; a long plan has several pages.
"""

import copy
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.models import Party
from throughline.apps.organisations.queries import resolve
from throughline.apps.plans.actions.updating import needs_reason
from throughline.apps.plans.forms.update import NONE, RATINGS
from throughline.apps.plans.models import Action, ActionOwner, Plan, Section, Update
from throughline.apps.plans.proposing import Proposal, propose_all
from throughline.apps.plans.queries import latest_updates
from throughline.apps.plans.timing import NOT_UNDERSTOOD, action_timed, meaning
from throughline.apps.plans.trees import actions_in_order
from throughline.apps.plans.words import action_name, section_name

A_PAGE = 100  # rows of eight fields each, under the thousand that Django reads of one form
FIELDS = ("rag", "narrative", "next_step", "state", "when", "owners")
OWNERS_APART = ";"


@dataclass
class Line:
    """One action of the grid as it is now."""

    action: Action
    section: str
    owners: list[ActionOwner]
    latest: Update | None

    @property
    def owners_said(self) -> str:
        """The owners in one line, as the grid has them."""
        return f"{OWNERS_APART} ".join(owner.printed for owner in self.owners)

    @property
    def held(self) -> dict[str, str]:
        """What the boxes of the row hold before anybody types."""
        return {"rag": "", "narrative": "", "next_step": "", "state": self.action.state, "when": self.action.when_printed,
                "owners": self.owners_said}

    @property
    def version(self) -> str:
        """A digest of what the row showed, by which a row that somebody changed meanwhile is known."""
        latest = self.latest.pk if self.latest else 0
        parts = (latest, self.action.state, self.action.when_printed, self.owners_said)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


@dataclass
class Said:
    """One change of one field, as the preview shows it: what it is of, before and after, and a remark on it."""

    label: str
    before: str
    after: str
    remark: str = ""


@dataclass(eq=False)
class Draft:
    """What somebody typed into one row.

    stale says that somebody else changed the action meanwhile; warned that the reader has been shown so, and anyway that
    they want theirs saved all the same. owners is who would own the action: rows that stay as they are, and entries of
    the directory to be added.
    """

    line: Line
    typed: dict[str, str]
    reason: str = ""
    stale: bool = False
    warned: bool = False
    anyway: bool = False
    proposal: Proposal = field(default_factory=lambda: Proposal("", ""))
    owners: list[ActionOwner | Party] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)

    def differs(self, name: str) -> bool:
        """Whether a field was typed into."""
        return _one_line(self.typed[name]) != _one_line(self.line.held[name])

    @property
    def changed(self) -> bool:
        """Whether anything was typed into the row."""
        return any(self.differs(name) for name in FIELDS)

    @property
    def update(self) -> bool:
        """Whether it says how the action is going."""
        return any(self.typed[name].strip() for name in ("rag", "narrative", "next_step"))

    @property
    def rag(self) -> str:
        """The rating that the update would have: the one chosen, otherwise that of the latest update, which may be none."""
        if self.typed["rag"]:
            return "" if self.typed["rag"] == NONE else self.typed["rag"]
        return self.line.latest.rag if self.line.latest else ""

    @property
    def wants_reason(self) -> bool:
        """Whether the update rates otherwise than the system proposes."""
        return self.update and needs_reason(self.rag, self.proposal)

    @property
    def saved(self) -> bool:
        """Whether the row would be saved: one that somebody else changed meanwhile only when that was asked for."""
        return self.changed and (not self.stale or self.warned and self.anyway)

    @property
    def unseen(self) -> bool:
        """Whether somebody else changed the action and the reader has not been told."""
        return self.changed and self.stale and not self.warned


def pages(plan: Plan, user: Any) -> list[list[Action]]:
    """The actions that a person may update, in pages of whole sections; a section longer than a page is cut.

    Those who edit plans have every action, everybody else those they own. Actions that are done or stopped come too, so
    that they can be opened again.
    """
    actions = actions_in_order(plan)
    if not may(user, Permission.EDIT_PLANS):
        own = set(ActionOwner.objects.filter(action__plan=plan, party__user=user).values_list("action_id", flat=True))
        actions = [action for action in actions if action.pk in own]
    made: list[list[Action]] = []
    for together in _by_section(actions):
        if made and len(made[-1]) + len(together) <= A_PAGE:
            made[-1] += together
        else:
            made += [together[at:at + A_PAGE] for at in range(0, len(together), A_PAGE)]
    return made


def _by_section(actions: Iterable[Action]) -> list[list[Action]]:
    found: dict[int, list[Action]] = {}
    for action in actions:
        found.setdefault(action.section_id, []).append(action)
    return list(found.values())


def page_names(made: Iterable[list[Action]]) -> list[str]:
    """What each page holds: "1.1.1 to 1.2.4"."""
    return [f"{action_name(page[0])} to {action_name(page[-1])}" if len(page) > 1 else action_name(page[0]) for page in made]


def lines(plan: Plan, actions: list[Action]) -> list[Line]:
    """The rows of a grid; four queries."""
    names = {section.pk: section_name(section) for section in Section.objects.filter(plan=plan)}
    owners: dict[int, list[ActionOwner]] = {}
    for owner in ActionOwner.objects.filter(action__in=actions).select_related("party"):
        owners.setdefault(owner.action_id, []).append(owner)
    latest = latest_updates(actions)
    return [Line(action, names[action.section_id], owners.get(action.pk, []), latest.get(action.pk)) for action in actions]


def drafts(grid: list[Line], data: Mapping[str, str], user: Any, on: date) -> list[Draft]:
    """What was typed into each row, checked, with the rating that the system would propose for it then.

    A field that was not sent stays as it is; so do those that a person who only updates their own actions may not change.
    """
    found = [_draft(line, data, may(user, Permission.EDIT_PLANS)) for line in grid]
    changed = [draft for draft in found if draft.changed]
    for draft in changed:
        _check(draft)
    proposals = propose_all([_as_it_would_be(draft) for draft in changed], on)
    for draft in changed:
        draft.proposal = proposals[draft.line.action.pk]
        if not draft.reason:
            draft.reason = _reason_before(draft)
    return found


def _draft(line: Line, data: Mapping[str, str], edits: bool) -> Draft:
    pk, typed = line.action.pk, dict(line.held)
    for name in FIELDS if edits else FIELDS[:3]:
        typed[name] = data.get(f"r{pk}-{name}", typed[name])
    stale = data.get(f"r{pk}-version", line.version) != line.version
    warned = data.get(f"r{pk}-warned") == line.version
    return Draft(line, typed, data.get(f"r{pk}-reason", "").strip(), stale, warned, data.get(f"r{pk}-anyway") == "on")


def _check(draft: Draft) -> None:
    """Note what cannot be saved as it was typed, by field."""
    typed = draft.typed
    if typed["rag"] and typed["rag"] not in dict(RATINGS):
        draft.problems["rag"] = "choose one of the ratings"
    if typed["state"] not in Action.State.values:
        draft.problems["state"] = "choose whether it is open, done or stopped"
    elif draft.differs("state") and typed["state"] == Action.State.STOPPED and not typed["narrative"].strip():
        draft.problems["narrative"] = "say why it was stopped"
    if draft.differs("owners"):
        _find_owners(draft)
    if draft.update and not draft.rag and not (typed["narrative"].strip() or typed["next_step"].strip()):
        draft.problems["narrative"] = "say how it is going, or give a rating"


def _find_owners(draft: Draft) -> None:
    there = {_one_line(owner.printed).casefold(): owner for owner in draft.line.owners}
    area = draft.line.action.plan.area
    for name in filter(None, map(_one_line, draft.typed["owners"].split(OWNERS_APART))):
        found = there.get(name.casefold()) or resolve(area, name)
        if found is None or isinstance(found, Party) and found.closed_on:
            unknown = f"nobody in the directory is called “{name}”. Add them there first, or leave the owners as they are"
            draft.problems["owners"] = unknown
        elif found not in draft.owners:
            draft.owners.append(found)


def _as_it_would_be(draft: Draft) -> Action:
    """The action with what was typed laid over it, never to be saved."""
    action = copy.copy(draft.line.action)
    if draft.differs("state") and "state" not in draft.problems:
        action.state, action.state_on = draft.typed["state"], None
    if draft.differs("when"):
        for name, value in action_timed(draft.typed["when"]).items():
            setattr(action, name, value)
    return action


def _reason_before(draft: Draft) -> str:
    """Somebody who rates as before, against the same proposal as before, need not give the reason again."""
    latest = draft.line.latest
    same = latest and latest.rag == draft.rag and latest.proposed_rag == draft.proposal.rag
    return latest.override_reason if latest and same else ""


def said(draft: Draft) -> list[Said]:
    """Exactly what would change, field by field."""
    line, typed, rows = draft.line, draft.typed, []
    words = {**dict(RATINGS), "": "Not rated"}
    if draft.update:
        before = words[line.latest.rag] if line.latest else "No update"
        rows.append(Said("Rating", before, words[draft.rag], "" if typed["rag"] else "As before: none was chosen"))
        rows += [Said(label, "", typed[name].strip()) for label, name in (("How it is going", "narrative"), ("Next", "next_step"))
                 if typed[name].strip()]
    if draft.differs("state"):
        states = dict(Action.State.choices)
        rows.append(Said("State", states[line.action.state], states.get(typed["state"], typed["state"])))
    if draft.differs("when"):
        before, after = line.action.when_printed or "No date", typed["when"].strip() or "No date"
        rows.append(Said("When", before, after, _meaning(typed["when"])))
    if draft.differs("owners"):
        names = [owner.printed if isinstance(owner, ActionOwner) else owner.name for owner in draft.owners]
        rows.append(Said("Owners", line.owners_said or "No owner", f"{OWNERS_APART} ".join(names) or "No owner"))
    return rows


def _meaning(words: str) -> str:
    if not words.strip():
        return ""
    read = meaning(action_timed(words.strip())["when"])
    return read if read == NOT_UNDERSTOOD else f"Read as: {read}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
