"""The commands that close a month and hand its return over: what they print, write and refuse."""

from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.apps.returns.test_closing import OCTOBER, learner
from tests.cast import signed_in_client
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.accounts.places import authority_name
from throughline.apps.exchange.models import Delivery
from throughline.apps.learners.actions import activities, identity
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.history import looks_at
from throughline.apps.learners.models import Opening
from throughline.apps.performance import figures
from throughline.apps.returns.actions.closing import close_month
from throughline.apps.returns.actions.exporting import export
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import content_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _figures_stay(monkeypatch):
    """The command counts other pages' figures again, which the tests of other rooms share."""
    monkeypatch.setattr(figures, "rebuild", lambda: None)


def test_the_commands_close_and_export(tmp_path, capsys):
    learner(code="110")  # past compulsory schooling
    call_command("close", month="2026-10")
    told = " ".join(capsys.readouterr().out.split())
    assert "October 2026 is closed" in told
    assert "Every file that came in is decided on" in told
    assert "How far NEET or not known could fall and rise at most, were it put right" in told
    assert "A tracking officer 2 1 0.0 points 100.0 points" in told
    Delivery.objects.create(area="358", name="leavers.csv", kind=Delivery.Kind.LIST, digest="x", size=1, as_at=OCTOBER)
    with pytest.raises(CommandError, match="Give --reason"):
        call_command("close", month="2026-10")
    call_command("close", month="2026-10", reason="A list came")
    assert "Not in it: 1 file to be looked over, and 0 rows" in " ".join(capsys.readouterr().out.split())
    out = tmp_path / "return.xml"
    call_command("export_return", month="2026-10", out=out)
    assert out.read_bytes() == content_of(MonthClose.objects.get(version=2))
    assert [path.name for path in tmp_path.iterdir()] == ["return.xml"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fails", [False, True])
def test_all_of_a_close_is_said_before_other_pages_figures_are_counted_again(capsys, monkeypatch, settings, tmp_path, fails):
    settings.WAREHOUSE, told = tmp_path / "warehouse.duckdb", []
    learner()
    figures.fall_behind()

    def count():
        told.append(capsys.readouterr())
        if fails:
            raise OSError("no space left on device")

    monkeypatch.setattr(figures, "rebuild", count)
    with pytest.raises(CommandError, match="It was saved") if fails else nullcontext():
        call_command("close", month="2026-10")
    [printed] = told
    assert "October 2026 is closed" in printed.out and "Who can put it right" in printed.out
    assert "Counting again what other pages show" in printed.err
    assert MonthClose.objects.exists()


def test_closing_says_that_the_month_before_counts_otherwise_than_when_it_was_closed(capsys):
    lost = learner()
    call_command("close", month="2026-09")
    assert "Counted again" not in capsys.readouterr().out
    activities.record_activity(by=None, learner=lost, code="810", start=date(2026, 9, 20), ascertained=date(2026, 9, 20),
                               verified=date(2026, 9, 20))
    call_command("close", month="2026-10")
    assert ("September 2026 was closed with 0.0% NEET or not known. Counted again, as the register was known when October was "
            "closed, it is 100.0%") in " ".join(capsys.readouterr().out.split())


def test_an_earlier_version_is_exported_as_well(tmp_path, capsys):
    found = learner()
    first = close_month(by=None, area="358", month_end=OCTOBER)
    identity.rename(by=None, learner=found, given="Zoe", family="Bryan", since=date(2026, 10, 1))
    second = close_month(by=None, area="358", month_end=OCTOBER, reason="A test")
    for asked, close in (({"version": 1}, first), ({"version": 2}, second), ({}, second)):
        call_command("export_return", month="2026-10", out=tmp_path / "return.xml", **asked)
        assert (tmp_path / "return.xml").read_bytes() == content_of(close)
        assert f"of version {close.version}" in capsys.readouterr().out
    assert content_of(first) != content_of(second)
    with pytest.raises(CommandError, match="October 2026 has no version 3: the newest is 2") as refused:
        call_command("export_return", month="2026-10", out=tmp_path / "none.xml", version=3)
    assert refused.value.returncode == 2
    assert not (tmp_path / "none.xml").exists()


@pytest.mark.parametrize(("asked", "why"), [({}, "no reason was given"), ({"reason": "It is sent\n today"}, "It is sent today")])
def test_what_a_command_takes_away_is_told_on_each_restricted_record_and_in_the_audit(tmp_path, capsys, asked, why):
    people = {who: learner() for who in ("restricted", "home", "open to all")}
    elsewhere = learner()
    elsewhere.area, elsewhere.number = "850", people["restricted"].number
    elsewhere.save(update_fields=["area", "number"])
    close_month(by=None, area="358", month_end=OCTOBER)
    set_restriction(by=None, learner=people["restricted"], restricted=True, protected_address=False, reason="A test")
    set_restriction(by=None, learner=people["home"], restricted=False, protected_address=True, reason="A test")
    call_command("export_return", month="2026-10", area="358", out=tmp_path / "return.xml", **asked)
    told = capsys.readouterr().err
    assert "2 records of which something is restricted" in told
    assert ("written all the same, and recorded without a reason" in told) is not bool(asked)
    taken = [("By the command export-return", "downloaded", "the return of October 2026, version 1")]
    looks = {who: [(look.who, look.did, look.what) for look in looks_at(found)] for who, found in people.items()}
    assert looks == {"restricted": taken, "home": taken, "open to all": []}
    assert looks_at(elsewhere) == []
    client = signed_in_client("information_governance_officer")
    said = client.get("/learners/openings/").content.decode()
    file = "Return of October 2026, version 1, by the command export-return"
    assert said.count(f"{file}: {why}") == said.count("A command</td>") == 1
    assert "<summary>2 records</summary>" in said
    audit = client.get(f"/audit/?learner={people['home'].number}").content.decode()
    assert "By the command export-return" in audit
    file = client.get(f"/audit.csv?learner={people['home'].number}").content.decode()
    assert f",By the command export-return,{authority_name('358')}," in file


def test_nothing_is_said_to_be_taken_away_where_no_file_is_written_nor_on_a_record_where_nothing_is_restricted(tmp_path, capsys):
    found = learner()
    close_month(by=None, area="358", month_end=OCTOBER)
    with pytest.raises(CommandError):
        call_command("export_return", month="2026-10", out=tmp_path)
    assert not AuditEntry.objects.filter(verb="downloaded").exists()
    call_command("export_return", month="2026-10", out=tmp_path / "return.xml")
    assert AuditEntry.objects.get(verb="downloaded").detail == {"authority": "358"}
    assert looks_at(found) == []
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("when", ["it is told", "it is written"])
def test_a_file_with_restricted_records_is_told_of_before_it_is_written_and_is_not_there_where_that_is_broken_off(
        tmp_path, monkeypatch, when):
    found, told = learner(), []
    close = close_month(by=None, area="358", month_end=OCTOBER)
    set_restriction(by=None, learner=found, restricted=True, protected_address=False, reason="A test")

    def stop(*_):
        raise KeyboardInterrupt

    def tell(many):
        told.append((many, list(tmp_path.iterdir())))
        if when == "it is told":
            stop()

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        export(by=None, close=close, out=tmp_path / "return.xml", command="export-return", tell=tell)
    assert (told, list(tmp_path.iterdir())) == ([(1, [])], [])
    assert not Opening.objects.exists()
    assert not AuditEntry.objects.filter(verb="downloaded").exists()


@pytest.mark.parametrize(("command", "asked", "told"), [
    ("close", {"month": "October"}, "is no month"), ("close", {"month": "2999-10"}, "not over yet"),
    ("close", {"month": "2026-10", "area": "850"}, "no young people of “850”"),
    ("close", {"month": "2019-01"}, "Nobody was in the cohort at the end of January 2019.* bring in a file first"),
    ("export_return", {"month": "2026-10"}, "is not closed"),
])
def test_the_commands_answer_what_they_cannot_do(tmp_path, command, asked, told):
    learner()
    if command == "export_return":
        asked = asked | {"out": tmp_path / "return.xml"}
    with pytest.raises(CommandError, match=told) as refused:
        call_command(command, **asked)
    assert refused.value.returncode == 2
