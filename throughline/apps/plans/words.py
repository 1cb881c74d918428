"""How the plans room puts things: where a plan stands, ratings in words, an action in a few words."""

from throughline.apps.plans.models import Action, Plan, Section
from throughline.apps.plans.models.progress import Rag
from throughline.ui.formats import day

VERDICT_COLOURS = {"met": "green", "partly": "orange", "not_met": "red", "too_early": "grey"}  # of GOV.UK's tags
_SHORT = 70


def standing(plan: Plan) -> str:
    """Where a plan stands, in a sentence without its full stop: "Approved by Cabinet on 3 March 2026"."""
    said = str(plan.get_state_display())
    if approved := approval(plan):
        return f"Approved {approved}" if plan.state == Plan.State.APPROVED else f"{said}; approved {approved}"
    return said


def approval(plan: Plan) -> str:
    """By whom and when a plan was approved: "by Cabinet on 3 March 2026"; "" for one that was not."""
    if plan.approved_on is None:
        return ""
    by = f"by {plan.approved_by} " if plan.approved_by else ""
    return f"{by}on {day(plan.approved_on)}"


def rated(rag: str) -> str:
    """A rating in words; no rating is said so, and is not green."""
    return str(Rag(rag).label)


def shortened(text: str, most: int = _SHORT) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


def action_name(action: Action) -> str:
    """An action as a link or a heading names it: its number, or how it begins."""
    return f"Action {action.number}" if action.number else shortened(action.text)


def section_name(section: Section) -> str:
    """A section as a heading has it: "Priority 1: Raise attendance"; a plain part only its title."""
    if not section.number and section.kind == Section.Kind.SECTION:
        return section.title
    return f"{section.get_kind_display()} {section.number}".strip() + f": {section.title}"
