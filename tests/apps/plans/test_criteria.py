"""Success criteria: judged by a named judge on stated evidence, the newest counts, and what is not judged says so."""

import pytest
from django.urls import reverse

from tests.apps.organisations.boxes import boxes
from tests.apps.performance.reading import main
from tests.apps.plans.going import a_plan, an_action, day_boxes, in_days
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.plans.actions.judging import judge_criterion
from throughline.apps.plans.documents import facts_of
from throughline.apps.plans.models import CriterionJudgement, Plan, SuccessCriterion
from throughline.apps.plans.success import success

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(by):
    """A plan with a criterion of the plan, of its section and of an action; that of the section judged twice."""
    plan = a_plan()
    section, action = plan.sections.get(), an_action(plan)
    SuccessCriterion.objects.create(plan=plan, text="The plan as a whole worked")
    SuccessCriterion.objects.create(plan=plan, action=action, text="Every school has signed")
    of_section = SuccessCriterion.objects.create(plan=plan, section=section, text="The register is <b>complete</b>")
    for verdict, days in (("not_met", -30), ("met", -2)):
        judge_criterion(by=by, criterion=of_section, verdict=verdict, judged_by="The board", evidence=f"{verdict}’s paper",
                        on=in_days(days))
    return plan


def test_they_stand_by_section_with_the_latest_verdict_and_what_is_not_judged_says_so(judged):
    assert [(name, [(row.criterion.text, row.of, row.verdict) for row in rows]) for name, rows in success(judged)] == [
        ("The plan as a whole", [("The plan as a whole worked", "The plan", "Not judged yet")]),
        ("Priority 1: Know where every young person is", [
            ("The register is <b>complete</b>", "The section", "Met"),
            ("Every school has signed", "Action 1.1", "Not judged yet")]),
    ]


def test_a_reader_sees_and_downloads_them_and_judges_none(cast, judged):
    client = cast("councillor")
    words = client.get(reverse("plans:success", args=[judged.pk])).content.decode()
    assert "The register is &lt;b&gt;complete&lt;/b&gt;" in words
    assert "Not judged yet" in words
    judge = reverse("plans:judge", args=[judged.pk, SuccessCriterion.objects.first().pk])
    assert judge not in words
    assert client.get(judge).status_code == 403
    assert client.post(judge, {}).status_code == 403
    rows = client.get(reverse("plans:success_download", args=[judged.pk, "csv"])).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 4
    assert ",Met," in rows[2]


def test_the_history_keeps_every_judgement(cast, judged):
    criterion = SuccessCriterion.objects.get(section__isnull=False)
    words = cast("inspector").get(reverse("plans:criterion", args=[judged.pk, criterion.pk])).content.decode()
    assert words.index("met’s paper") < words.index("not_met’s paper")


def test_those_of_the_plan_as_a_whole_are_added_changed_moved_taken_out_and_brought_back(lead, judged):
    page, base = reverse("plans:success", args=[judged.pk]), f"/plans/{judged.pk}/whole/{judged.pk}/criteria/"
    first = SuccessCriterion.objects.get(section=None, action=None)
    assert lead.post(f"{base}add/", {"text": "Nobody is <i>lost</i>"}).url.startswith(page)
    second = SuccessCriterion.objects.get(text="Nobody is <i>lost</i>")
    assert (second.plan, second.section, second.action, second.position) == (judged, None, None, first.position + 1)
    lead.post(f"{base}{second.pk}/change/", {**boxes(lead.get(f"{base}{second.pk}/change/")), "text": "Nobody is out of sight"})
    lead.post(f"{base}{second.pk}/move/up/")

    def whole():
        return [row.criterion.text for name, rows in success(judged) if name == "The plan as a whole" for row in rows]

    assert whole() == ["Nobody is out of sight", "The plan as a whole worked"]
    assert facts_of(judged, in_days(0)).success == ("Nobody is out of sight", "The plan as a whole worked")
    lead.post(f"{base}{second.pk}/remove/")
    assert whole() == ["The plan as a whole worked"]
    assert "Taken out (1)" in main(lead.get(page))
    lead.post(f"{base}{second.pk}/restore/")
    assert whole() == ["Nobody is out of sight", "The plan as a whole worked"]


def test_under_the_whole_plan_are_only_its_own_criteria(lead, cast, judged):
    of_section = SuccessCriterion.objects.get(section__isnull=False)
    base = f"/plans/{judged.pk}/whole/{judged.pk}/"
    assert lead.get(f"{base}criteria/{of_section.pk}/change/").status_code == 404
    assert lead.get(f"{base}steps/add/").status_code == 404
    assert cast("councillor").get(f"{base}criteria/add/").status_code == 403
    assert "Change those of the plan" not in main(cast("councillor").get(reverse("plans:success", args=[judged.pk])))
    closed = a_plan(state=Plan.State.CLOSED)
    lead.post(f"/plans/{closed.pk}/whole/{closed.pk}/criteria/add/", {"text": "Too late"})
    assert not SuccessCriterion.objects.filter(plan=closed).exists()


def test_a_judgement_is_written_down(lead, judged, by):
    criterion = SuccessCriterion.objects.get(action__isnull=False)
    typed = {"verdict": "partly", "judged_by": "School Improvement Board", "evidence": "Minutes of June",
             **day_boxes("on", in_days(-1))}
    assert lead.post(reverse("plans:judge", args=[judged.pk, criterion.pk]), typed).status_code == 302
    made = criterion.judgements.get()
    assert (made.verdict, made.judged_by, made.evidence, made.on, made.by) == (
        "partly", "School Improvement Board", "Minutes of June", in_days(-1), by)
    assert AuditEntry.objects.filter(verb="changed").latest("id").detail == {"success criterion": [None, "Partly met"]}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [({"verdict": ""}, "Say whether it was met"), ({"judged_by": ""}, "Say who judged it"),
     ({"evidence": " "}, "Say on what evidence"), (day_boxes("on", in_days(1)), "not in the future")],
)
def test_what_is_refused(lead, judged, words, sentence):
    criterion = SuccessCriterion.objects.get(action__isnull=False)
    typed = {"verdict": "met", "judged_by": "The board", "evidence": "Minutes", **day_boxes("on", in_days(0)), **words}
    assert sentence in lead.post(reverse("plans:judge", args=[judged.pk, criterion.pk]), typed).content.decode()
    assert CriterionJudgement.objects.count() == 2


def test_another_plans_or_authoritys_criterion_is_not_there(lead, judged):
    elsewhere = a_plan(area="909")
    theirs = SuccessCriterion.objects.create(plan=elsewhere, text="Theirs")
    own = SuccessCriterion.objects.filter(plan=judged).first()
    for plan, criterion in ((elsewhere, theirs), (judged, theirs), (a_plan(title="Another"), own)):
        for page in ("plans:judge", "plans:criterion"):
            assert lead.get(reverse(page, args=[plan.pk, criterion.pk])).status_code == 404
    assert lead.get(reverse("plans:success", args=[elsewhere.pk])).status_code == 404


def test_a_plan_that_is_over_is_judged_no_more(lead, judged):
    Plan.objects.update(state=Plan.State.CLOSED)
    criterion = SuccessCriterion.objects.get(action__isnull=False)
    typed = {"verdict": "met", "judged_by": "The board", "evidence": "Minutes", **day_boxes("on", in_days(0))}
    assert "stays as it was" in lead.post(reverse("plans:judge", args=[judged.pk, criterion.pk]), typed).content.decode()


def test_what_was_taken_out_is_not_judged(judged):
    action = judged.actions.get()
    action.removed_at = "2026-01-01T00:00Z"
    action.save()
    assert "Every school has signed" not in str([row.criterion.text for _, rows in success(judged) for row in rows])


def test_a_plan_without_any_says_what_to_do(lead):
    assert "no success criterion yet" in lead.get(reverse("plans:success", args=[a_plan().pk])).content.decode()
