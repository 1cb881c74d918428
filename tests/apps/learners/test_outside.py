"""Who is outside the cohort on a day, since when and why: a table of what is believed, and what is said of it."""

from datetime import date

import pytest

from throughline.apps.learners.models import Learner, Membership
from throughline.apps.learners.outside import outside, outside_of
from throughline.apps.learners.queries import belongs

MAY, JUNE, JULY = date(2026, 5, 20), date(2026, 6, 1), date(2026, 7, 31)
TOLD = [
    # what is believed: status, first and last day               the day           what is said
    ("P 2025-09-01",                                             JUNE,             None),
    ("P 2026-06-02",                                             JUNE,             "They are not of the cohort."),
    ("",                                                         JUNE,             "They are not of the cohort."),
    ("P 2025-09-01 2026-05-31, D 2026-06-01 2026-06-30",         date(2026, 5, 31), None),
    ("P 2025-09-01 2026-05-31, D 2026-06-01 2026-06-30",         JUNE,
     "They left the cohort on 1 June 2026. Left: died."),
    ("P 2025-09-01 2026-05-31, D 2026-06-01 2026-06-30",         JULY,
     "They left the cohort on 1 June 2026. Left: died."),
    ("P 2025-09-01 2026-05-31, T 2026-06-01 2026-06-30",         JULY,
     "They left the cohort on 1 June 2026. Left: transferred to another authority (999)."),
    ("P 2025-09-01 2026-05-31",                                  JULY,
     "They left the cohort on 1 June 2026. Why is not recorded."),
    ("G 2025-09-01",                                             JUNE,
     "They are not of the cohort: September Guarantee record only, since 1 September 2025."),
    ("P 2025-09-01 2025-10-31, E 2025-11-01 2025-11-30, P 2026-06-01", MAY,
     "They left the cohort on 1 November 2025. Left: moved out of England."),
    ("P 2025-09-01 2025-10-31, E 2025-11-01 2025-11-30, P 2026-06-01", JUNE,       None),
]


def _learner(number: int, believed: str) -> Learner:
    """Somebody of whom this is believed; whoever went to another authority is at one that no warehouse names."""
    learner = Learner.objects.create(area="358", number=number, born=date(2010, 3, 4))
    for span in filter(None, believed.split(", ")):
        status, starts, *ends = span.split()
        Membership.objects.create(learner=learner, area="358", status=status, starts=starts, ends=ends[0] if ends else None,
                                  transferred_to="999" if status == "T" else "")
    return learner


@pytest.mark.parametrize(("believed", "day", "said"), TOLD)
def test_what_is_said_of_somebody_on_a_day(db, monkeypatch, believed, day, said):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda *_: day)
    learner = _learner(1, believed)
    told = outside(learner.pk, day)
    assert (told and told.sentence()) == said
    assert Learner.objects.filter(belongs()).exists() == (told is None), "one answer, for one and for a list"
    if told and told.left:
        assert (told.words, told.sentence(reason=False)) == ("Left the cohort", said[:said.index(".") + 1])


def test_many_are_asked_about_at_once(db):
    people = [_learner(1, "P 2025-09-01"), _learner(2, ""), _learner(3, "P 2025-09-01 2026-05-31")]
    assert set(outside_of([one.pk for one in people], JUNE)) == {people[1].pk, people[2].pk}
