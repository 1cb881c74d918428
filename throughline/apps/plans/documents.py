"""A plan as a document to send on: Word, Excel or PDF, with its latest updates."""

from collections.abc import Callable
from datetime import date

from throughline.analytics.measures.areas import all_areas
from throughline.analytics.planreading.tree import Plan as Tree
from throughline.analytics.planwriting.excel import write_excel
from throughline.analytics.planwriting.facts import Facts, Update
from throughline.analytics.planwriting.pdf import write_pdf
from throughline.analytics.planwriting.word import write_word
from throughline.apps.performance import figures
from throughline.apps.plans.models import Plan, SuccessCriterion
from throughline.apps.plans.models import Update as Progress
from throughline.apps.plans.queries import latest_updates
from throughline.apps.plans.trees import actions_in_order, plan_tree
from throughline.apps.plans.words import standing

WRITERS: dict[str, tuple[Callable[[Tree, Facts], bytes], str]] = {
    "docx": (write_word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (write_excel, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": (write_pdf, "application/pdf"),
}


def plan_document(plan: Plan, kind: str, on: date) -> tuple[bytes, str]:
    """The bytes of a plan's document and their media type. Raises PdfUnavailableError for a PDF this machine cannot lay out."""
    write, media_type = WRITERS[kind]
    return write(plan_tree(plan), facts_of(plan, on)), media_type


def facts_of(plan: Plan, on: date) -> Facts:
    """What the title page says, the criteria of the whole plan, and the latest update of every action by its place in it."""
    actions = actions_in_order(plan)
    latest = latest_updates(actions)
    updates = {
        place: Update(_rated(latest[action.pk]), latest[action.pk].narrative, latest[action.pk].as_at)
        for place, action in enumerate(actions) if action.pk in latest
    }
    area = all_areas(figures.warehouse()).get(plan.area)
    success = tuple(SuccessCriterion.objects.filter(plan=plan, section=None, action=None).values_list("text", flat=True))
    return Facts(area.name if area else "", standing(plan), on, success=success, updates=updates)


def _rated(update: Progress) -> str:
    """A rating as it is read, "" for none, which a document says in words of its own."""
    return update.get_rag_display() if update.rag else ""
