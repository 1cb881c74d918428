"""The points of the risk of NEET as they hold in an authority: the published ones, with what its officers say otherwise."""

from datetime import date

from django.utils import timezone

from throughline.analytics.participation.risk import Edition, UnfitPointsError
from throughline.apps.followup import rules
from throughline.apps.followup.models import PointsAmendment


def published(day: date | None = None) -> Edition:
    """The rules that hold on a day (today) as their file has them, whatever officers have said."""
    return rules.risk().on(day or timezone.localdate())


def edition(area: str, day: date | None = None) -> Edition:
    """The rules that hold in an authority on a day (today).

    The published ones hold again where a new edition of the file makes no sense with what was said otherwise.
    """
    standing = held(area)
    try:
        return published(day).amended(standing.says) if standing else published(day)
    except UnfitPointsError:
        return published(day)


def held(area: str) -> PointsAmendment | None:
    """What an authority says otherwise than the published points, if anything."""
    return PointsAmendment.objects.filter(area=area).standing().last()


def history(area: str) -> list[PointsAmendment]:
    """Everything that an authority ever said otherwise, the latest first, what was withdrawn too."""
    return PointsAmendment.objects.filter(area=area).history()


def in_words(known: Edition) -> dict[str, str]:
    """What each value of an edition is about, by its name."""
    words: dict[str, str] = {}
    for factor in known.factors:
        if not factor.fact:
            words[f"factor-{factor.id}-points"] = factor.title
        for way in ("below", "above"):
            for at, _ in enumerate(getattr(factor, way)):
                name, said = f"factor-{factor.id}-{way}-{at}", f"{factor.title}, step {at + 1}"
                words |= {f"{name}-step": f"{said}: {way}", f"{name}-points": f"{said}: points"}
    for _, band, title in known.bands:
        words |= {f"band-{band}-from": f"{title}: from", f"band-{band}-title": f"Name of “{title}”"}
    return words
