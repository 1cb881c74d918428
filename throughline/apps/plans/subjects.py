"""How the audit names what it is about in the plans room: never an owner, and no more of a text than its number."""

from throughline.apps.plans.models import Action, Inspection, Plan, Section

Subject = tuple[str, str, str]


def subject_of(kept: Plan | Section | Action | Inspection) -> Subject:
    """A plan, a section, an action or an inspection as the subject of an audit entry."""
    if isinstance(kept, Plan):
        return "plan", str(kept.pk), kept.title
    if isinstance(kept, Inspection):
        return "inspection", str(kept.pk), kept.title
    kind = "section" if isinstance(kept, Section) else "action"
    return kind, str(kept.pk), f"{kept.number or 'Unnumbered'}, {kept.plan.title}"
