"""A plan as a document that can be sent on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from throughline.analytics.planwriting.pdf import PACKAGES, PdfUnavailableError
from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.documents import plan_document
from throughline.apps.plans.views.plan import of_request


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def document(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The whole plan with its latest updates, as Word, Excel or PDF."""
    plan = of_request(request, pk)
    try:
        written, media_type = plan_document(plan, kind, timezone.localdate())
    except PdfUnavailableError:
        return render(request, "plans/no_pdf.html", {"plan": plan, "packages": PACKAGES.split()}, status=503)
    response = HttpResponse(written, content_type=media_type)
    name = f"{slugify(plan.title)[:100] or 'plan'}.{kind}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
