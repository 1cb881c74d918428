"""Evidence: files of known kinds, by their content; handed over to be saved and never to be run; taken away and back."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import Workbook

from tests.apps.plans.going import a_party, a_plan, an_action, owned_by
from tests.cast import make_user
from throughline.apps.plans.evidence_kinds import LARGEST
from throughline.apps.plans.models import Action, Evidence

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%words"


def _saved(made) -> bytes:
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def _zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return held.getvalue()


GOOD = {
    "minutes.pdf": (PDF, "application/pdf"),
    "notes.txt": ("Naïve – café".encode("cp1252"), "text/plain"),
    "table.CSV": ("a,b\r\n1,2\r\n".encode("utf-16"), "text/csv"),
    "shot.png": (b"\x89PNG\r\n\x1a\nxx", "image/png"),
    "photo.jpeg": (b"\xff\xd8\xff\xe0xx", "image/jpeg"),
    "report.docx": (_saved(Document()), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "sheet.xlsx": (_saved(Workbook()), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
BAD = {
    "page.html": (b"<script>", "Choose a file of one of these kinds"),
    "run.exe": (b"MZ", "Choose a file of one of these kinds"),
    "none": (b"words", "Choose a file of one of these kinds"),
    "fake.pdf": (b"<script>alert(1)</script>", "is not what its name says"),
    "fake.docx": (_saved(Workbook()), "is not what its name says"),
    "macro.xlsx": (_zipped("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "is not what its name says"),
    "broken.docx": (b"PK\x03\x04rubbish", "is not what its name says"),
    "binary.txt": (b"a\x00b", "is not what its name says"),
    "empty.pdf": (b"", "The file is empty"),
}


def _add(client, action, name, content, title="Minutes of June"):
    upload = SimpleUploadedFile(name, content, content_type="text/html")
    return client.post(reverse("plans:add_evidence", args=[action.plan_id, action.pk]), {"title": title, "upload": upload})


def _file(action, evidence):
    return reverse("plans:evidence", args=[action.plan_id, action.pk, evidence.pk])


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_kept_and_handed_over_to_be_saved(lead, cast, name):
    action = an_action(a_plan())
    content, media_type = GOOD[name]
    assert _add(lead, action, name, content, "What was <b>agreed</b>").status_code == 302
    kept = Evidence.objects.get()
    assert (kept.name, kept.media_type, kept.size, bytes(kept.content)) == (name, media_type, len(content), content)
    reader = cast("inspector")
    page = reader.get(reverse("plans:action", args=[action.plan_id, action.pk])).content.decode()
    assert "What was &lt;b&gt;agreed&lt;/b&gt;" in page
    answer = reader.get(_file(action, kept))
    assert answer.content == content
    assert answer["Content-Type"].startswith(media_type)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", BAD)
def test_a_file_of_another_kind_is_refused(lead, name):
    content, sentence = BAD[name]
    assert sentence in _add(lead, an_action(a_plan()), name, content).content.decode()
    assert not Evidence.objects.exists()


def test_a_file_that_is_too_large_is_refused(lead):
    action = an_action(a_plan())
    assert "larger than 10 MB" in _add(lead, action, "big.pdf", PDF.ljust(LARGEST + 1, b"x")).content.decode()
    assert _add(lead, action, "big.pdf", PDF.ljust(LARGEST, b"x")).status_code == 302


def test_the_form_warns_that_no_young_person_may_be_named(lead):
    action = an_action(a_plan())
    words = lead.get(reverse("plans:add_evidence", args=[action.plan_id, action.pk])).content.decode()
    assert "must name no young person" in words


def test_a_path_in_the_name_is_cut_off_and_a_strange_name_breaks_no_header(lead):
    action = an_action(a_plan())
    _add(lead, action, "a\"b’s.pdf", PDF)
    kept = Evidence.objects.get()
    assert "\n" not in lead.get(_file(action, kept))["Content-Disposition"]
    assert "/" not in kept.name


def test_taking_away_and_bringing_back(lead):
    action = an_action(a_plan())
    _add(lead, action, "minutes.pdf", PDF)
    kept = Evidence.objects.get()
    lead.post(reverse("plans:turn_evidence", args=[action.plan_id, action.pk, kept.pk, "remove"]))
    assert lead.get(_file(action, kept)).status_code == 404
    assert "Bring back" in lead.get(reverse("plans:action", args=[action.plan_id, action.pk])).content.decode()
    lead.post(reverse("plans:turn_evidence", args=[action.plan_id, action.pk, kept.pk, "restore"]))
    assert lead.get(_file(action, kept)).status_code == 200


def test_an_owner_adds_to_their_own_action_and_a_reader_to_none(cast):
    plan = a_plan()
    own, other = an_action(plan, "1"), an_action(plan, "2")
    owned_by(own, a_party("College", make_user("provider_staff")))
    client = cast("provider_staff")
    assert _add(client, own, "minutes.pdf", PDF).status_code == 302
    assert _add(client, other, "minutes.pdf", PDF).status_code == 403
    assert _add(cast("councillor"), own, "minutes.pdf", PDF).status_code == 403
    kept = Evidence.objects.get()
    assert cast("councillor").post(reverse("plans:turn_evidence", args=[plan.pk, own.pk, kept.pk, "remove"])).status_code == 403


def test_another_authoritys_file_is_not_there(cast):
    action = an_action(a_plan(area="909"))
    kept = Evidence.objects.create(action=action, title="Theirs", name="a.pdf", media_type="application/pdf", size=3, content=PDF)
    assert cast("strategy_lead").get(_file(action, kept)).status_code == 404
    own: Action = an_action(a_plan())
    assert cast("strategy_lead").get(_file(own, kept)).status_code == 404
