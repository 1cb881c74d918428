"""A plan as Word, Excel and PDF: named after it, with its latest updates; a server that cannot make a PDF says so."""

import io
from datetime import date

import pytest
from docx import Document

from tests.apps.performance.reading import main
from throughline.analytics.planwriting.pdf import PdfUnavailableError
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.plans.documents import facts_of
from throughline.apps.plans.models import Action, Update

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("kind", "begins"), [("docx", b"PK"), ("xlsx", b"PK")])
def test_the_plan_is_handed_over_under_its_own_name(lead, plan, kind, begins):
    answer = lead.get(f"/plans/{plan.pk}/plan.{kind}")
    assert answer["Content-Disposition"] == f'attachment; filename="marlshire-post-16-plan.{kind}"'
    assert answer.content.startswith(begins)
    assert AuditEntry.objects.latest("id").verb == "downloaded"


def test_the_document_holds_the_latest_update_where_it_belongs(lead, plan):
    second = Action.objects.get(text="Publish the prospectus")
    Update.objects.create(action=second, rag="amber", narrative="The printer is late", as_at=date(2026, 9, 1))
    said = facts_of(plan, date(2026, 10, 1)).updates[3]
    assert (said.rag, said.narrative) == ("Amber", "The printer is late")
    document = Document(io.BytesIO(lead.get(f"/plans/{plan.pk}/plan.docx").content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("The printer is late" in cell for cell in cells)


def test_a_server_without_the_library_names_the_package(lead, plan, monkeypatch):
    def fails(*_: object) -> None:
        raise PdfUnavailableError

    monkeypatch.setattr("throughline.apps.plans.views.download.plan_document", fails)
    answer = lead.get(f"/plans/{plan.pk}/plan.pdf")
    assert answer.status_code == 503
    assert "libpango-1.0-0" in main(answer)
