"""Reports as files to send: their names and media types."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
FIELDS = {"docx": "word", "xlsx": "excel", "pdf": "pdf", "html": "page"}


def file_response(title: str, kind: str, made: bytes) -> HttpResponse:
    """A document as an attachment named after its title."""
    answer = HttpResponse(made, content_type=MEDIA[kind])
    answer["Content-Disposition"] = content_disposition_header(True, f"{slugify(title)[:100] or 'report'}.{kind}")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
