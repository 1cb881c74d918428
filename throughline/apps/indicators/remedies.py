"""What would let a target be judged that cannot be, in words an officer can act on."""

from throughline.analytics.targets.evidence import Evidence
from throughline.analytics.targets.judging.verdicts import Judgement
from throughline.analytics.targets.language import Milestone, NotUnderstood, Target
from throughline.apps.indicators.models import Indicator

# What stands in a reason, in lower case, and what then helps; the first that fits counts.
_BY_REASON = (
    ("shown only to those", "Somebody who works for the authority sees how it stands."),
    ("to be determined", "Enter the baseline once it is known."),
    ("baseline", "Enter the baseline: its value and the period it is of."),
    ("broken", "Nothing can be compared across the break: set a new baseline after it."),
    ("suppressed", "The publisher holds the figure back to protect individuals; a wider group or area may be published."),
    ("it starts on", "Nothing yet: it is judged from that day on."),
    ("rank within the region", "Word it as a place among all authorities or among statistical neighbours."),
    ("already an average", "Follow a measure with monthly figures, enter the months by hand, or leave the average out."),
    ("average", "Enter the figures of each of those months."),
    ("group", "Follow a measure that is published for the group, or enter both groups' figures by hand."),
    ("no rank", "Follow a published measure that authorities are ranked by, or enter the rank by hand."),
    ("comparator", "Follow a published measure, or enter the comparator's figure beside the authority's."),
    ("average for", "Follow a published measure, or enter the comparator's figure beside the authority's."),
    ("no figure", "Enter a figure, or follow a measure that has them."),
    ("not published", "Wait for the release, or enter a figure from another source."),
)


def remedy_for(indicator: Indicator, meaning: Target | NotUnderstood, evidence: Evidence | None, judgement: Judgement) -> str:
    """A sentence or two that say what to do about a judgement that says nothing."""
    if isinstance(meaning, NotUnderstood):
        if not indicator.target_words:
            return "Give it a target, in words or year by year."
        return f"{meaning.wording[:1].upper()}{meaning.wording[1:]}. Or let a person judge it as it stands."
    if all(isinstance(aim, Milestone) for aim in meaning.parts):
        return "A person says whether it was done, and on what evidence."
    if evidence is None:
        return "Choose a measure for it to follow, enter its values by hand, or let a person judge it."
    if not evidence.points:
        return ("The measure it follows has no figures for this authority: follow another, or none and enter values by hand."
                if indicator.measure else "Enter its values by hand, or choose a measure for it to follow.")
    said = judgement.reason.lower()
    if evidence.kind == "entered" and "suppressed" in said:
        return "So few could be told apart. If it counts schools, places or the like, not young people, say so in the indicator."
    if evidence.kind == "register" and "suppressed" in said:
        return "So few could be told apart. Follow the measure for everyone, or for a larger group of young people."
    return next((help for words, help in _BY_REASON if words in said),
                "Look at its sum: the target's words, the measure it follows or its baseline may need putting right.")
