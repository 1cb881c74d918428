"""Who was in a closed month's return is forgotten when its term is over; the figures stay, and nobody is named again."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from tests.apps.performance.reading import page_of
from tests.apps.returns.test_closing import OCTOBER, SEPTEMBER, learner
from tests.cast import signed_in_client
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.learners.actions.membership import end_membership
from throughline.apps.learners.models import Learner
from throughline.apps.returns.actions.closing import close_month
from throughline.apps.returns.actions.forgetting import forget_months
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import content_of

pytestmark = pytest.mark.django_db
LAST_DAY, AFTER = date(2029, 10, 1), date(2029, 10, 2)


@pytest.fixture
def closed() -> MonthClose:
    """October, in which somebody is NEET and an error is found."""
    learner(code="619")
    close_month(by=None, area="358", month_end=SEPTEMBER)
    close_month(by=None, area="358", month_end=OCTOBER)
    return close_month(by=None, area="358", month_end=OCTOBER, reason="Again")


def test_a_month_is_kept_to_its_last_day_and_then_only_its_figures(closed):
    assert forget_months(by=None, area="358", day=LAST_DAY) == 1  # September
    assert b"Brien" in content_of(closed)
    assert forget_months(by=None, area="358", day=AFTER) == 2  # both versions of October
    assert forget_months(by=None, area="358", day=AFTER) == 0
    now = MonthClose.objects.get(pk=closed.pk)
    assert (bytes(now.content), now.errors, now.moved, now.leavers) == (b"", [], [], [])
    assert (now.figures, now.digest, now.records) == (closed.figures, closed.digest, 1)
    assert AuditEntry.objects.filter(verb="removed", subject_kind="month").count() == 3


def test_what_is_forgotten_is_said_to_be_and_is_handed_to_nobody(closed, tmp_path):
    forget_months(by=None, area="358", day=AFTER)
    client = signed_in_client("data_officer", area="358")
    page = client.get(reverse("returns:month", args=[closed.pk])).content.decode()
    assert "Who was in this return was forgotten on" in page
    assert "Nothing: every record passes every rule" not in page
    assert "Download the return" not in page
    assert client.get(reverse("returns:return_file", args=[closed.pk])).status_code == 404
    assert client.get(reverse("returns:list_download", args=[closed.pk, "errors", "csv"])).status_code == 404
    with pytest.raises(CommandError, match="was forgotten on"):
        call_command("export_return", month="2026-10", out=tmp_path / "return.xml", area="358")


def test_the_command_forgets_both_and_a_dry_run_neither(closed, capsys, monkeypatch):
    gone = Learner.objects.get()
    end_membership(by=None, learner=gone, status="E", left_on=date(2026, 10, 5))
    with pytest.raises(CommandError, match="still to come"):
        call_command("forget_learners", as_of="2036-01-01")
    with pytest.raises(CommandError, match="is no day"):
        call_command("forget_learners", as_of="soon")
    call_command("forget_learners", as_of="2036-01-01", dry_run=True)
    said = capsys.readouterr().out
    assert f"358: 1 learners and 3 returns would be forgotten. Numbers {gone.number}. Nothing was changed." in said
    assert (Learner.objects.count(), MonthClose.objects.filter(forgotten_at=None).count()) == (1, 3)
    call_command("forget_learners")
    assert "358: 0 learners and 0 returns were forgotten." in capsys.readouterr().out
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2036, 1, 1))
    call_command("forget_learners")
    assert "358: 1 learners and 3 returns were forgotten." in capsys.readouterr().out
    call_command("forget_learners")
    assert "358: 0 learners and 0 returns were forgotten." in capsys.readouterr().out


def test_a_data_officer_sees_which_returns_are_over_and_confirms(closed, monkeypatch):
    client = signed_in_client("data_officer", area="358")
    assert "There is no return to forget today" in client.get(reverse("returns:over")).content.decode()
    monkeypatch.setattr(timezone, "localdate", lambda value=None, *args: value.date() if value else AFTER)
    page = page_of(client.get(reverse("returns:over")))
    assert [" ".join(row.itertext()).split() for row in page.findall(".//table[@id='over']/tbody/tr")] == [
        ["October", "2026", "2", "1"], ["October", "2026", "1", "1"], ["September", "2026", "1", "1"]]
    these = page.find(".//main//input[@name='these']").get("value")
    assert client.post(reverse("returns:over"), {"these": these}).status_code == 400
    assert client.post(reverse("returns:over"), {"these": "others", "sure": "on"}).status_code == 400
    assert not MonthClose.objects.exclude(forgotten_at=None).exists()
    told = client.post(reverse("returns:over"), {"these": these, "sure": "on"}, follow=True).content.decode()
    assert "3 returns are forgotten" in told
    assert not MonthClose.objects.filter(forgotten_at=None).exists()
    assert signed_in_client("tracking_officer", area="358").get(reverse("returns:over")).status_code == 403
