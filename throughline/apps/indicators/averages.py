"""The rolling average that a target is held of, period by period, with what each was made of."""

from throughline.analytics.targets.averages import Rolling, averages_for
from throughline.analytics.targets.language import Average, Target
from throughline.apps.indicators.judgements import Result


def averages_of(result: Result) -> list[Rolling]:
    """The averages the target defines, earliest first; [] where it defines none, or the measure is that average already.

    One over a break in the series is blank, and says why.
    """
    evidence = result.evidence
    if evidence is None or evidence.average_of or not isinstance(result.meaning, Target):
        return []
    held = next((aim for aim in result.meaning.parts if isinstance(aim, Average)), None)
    if held is None:
        return []
    return averages_for(held, evidence, result.points)


def already_averaged(result: Result) -> tuple[str, ...]:
    """The months that each of the measure's own figures averages; () where it averages none."""
    return result.evidence.average_of if result.evidence else ()
