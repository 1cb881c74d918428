"""When the figures cannot be rebuilt after a change: what is said, and the mark that stays until they are."""

import pytest
from django.core.management import call_command

from tests.apps.performance.reading import main
from throughline.apps.codelists.asked import answered
from throughline.apps.codelists.queries import codeset
from throughline.apps.performance import figures as room
from throughline.apps.performance.models import EnteredFigure

BEHIND = "the figures do not show yet"
ADVISERS = "schools_with_an_enterprise_adviser"
TYPED = {"area": "358", "period": "2024/25", "value": "12", "status": "final"}


def _fail(*_) -> None:
    raise OSError("no space left on device")


@pytest.fixture
def mend(rebuilt, monkeypatch):
    """A warehouse whose rebuilding fails, as when the disk is full, until this is called."""
    sound = room.read_reference
    monkeypatch.setattr(room, "read_reference", _fail)
    return lambda: monkeypatch.setattr(room, "read_reference", sound)


@pytest.mark.usefixtures("mend")
def test_it_is_said_that_the_change_was_saved_and_what_to_do():
    with pytest.raises(room.RebuildFailedError) as failed:
        room.rebuild_after_change()
    assert str(failed.value) == (
        "It was saved, but the figures could not be rebuilt and are as they were before. "
        "An administrator can run throughline build-warehouse."
    )
    assert isinstance(failed.value.__cause__, OSError), "the log says why"


def test_the_mark_stays_until_a_rebuild_succeeds(mend, settings):
    before = settings.WAREHOUSE.read_bytes()
    assert not room.are_behind()
    for _ in range(2):
        with pytest.raises(room.RebuildFailedError):
            room.rebuild_after_change()
        assert room.are_behind()
    with pytest.raises(OSError, match="no space"):
        room.rebuild()
    assert room.are_behind(), "a rebuild by hand that fails takes no mark away"
    assert settings.WAREHOUSE.read_bytes() == before
    mend()
    room.rebuild()
    assert not room.are_behind()


def test_it_counts_by_the_lists_as_they_hold_when_it_begins(rebuilt, monkeypatch):
    sound, seen = room.register_rows, []
    monkeypatch.setattr(room, "register_rows", lambda held: seen.append(codeset("activity")) or sound(held))
    with answered({("list", "activity"): "as it was when a file was brought in"}):
        room.rebuild()
    assert seen == [codeset("activity")]


def test_a_rebuild_that_succeeds_leaves_no_mark(rebuilt):
    room.rebuild_after_change()
    assert not room.are_behind()


def test_the_mark_stands_while_the_rebuild_runs(rebuilt, monkeypatch):
    sound, seen = room.read_reference, []

    def look(folder):
        seen.append(room.are_behind())
        return sound(folder)

    monkeypatch.setattr(room, "read_reference", look)
    room.rebuild_after_change()
    assert seen == [True], "a server that stops half-way leaves the mark"


@pytest.mark.django_db(transaction=True)
def test_an_officer_reads_it_on_the_page_and_on_data_freshness(cast, rebuilt, monkeypatch):
    own = cast("strategy_lead", area="358")
    monkeypatch.setattr(room, "rebuild", _fail)
    assert BEHIND not in main(own.get("/freshness/"))
    answer = own.post(f"/entered/{ADVISERS}/", TYPED, follow=True)
    assert "It was saved, but the figures could not be rebuilt" in main(answer)
    assert EnteredFigure.objects.get().value == 12
    assert BEHIND in main(own.get("/freshness/"))


def test_what_is_kept_while_the_figures_are_built_leaves_them_behind(rebuilt, monkeypatch):
    sound = room.entered_figures

    def meanwhile(measures):
        rows = sound(measures)
        room.fall_behind()
        return rows

    monkeypatch.setattr(room, "entered_figures", meanwhile)
    room.rebuild_after_change()
    assert room.are_behind()
    monkeypatch.setattr(room, "entered_figures", sound)
    room.catch_up()
    assert not room.are_behind()


def test_figures_that_show_everything_are_not_built_again(rebuilt, settings, capsys):
    before = settings.WAREHOUSE.stat().st_ino
    call_command("build_warehouse", "--if-behind")
    assert "Nothing was built" in capsys.readouterr().out
    assert settings.WAREHOUSE.stat().st_ino == before


@pytest.mark.django_db(transaction=True)
def test_several_changes_together_are_counted_once_at_their_end(rebuilt, monkeypatch):
    built = []
    monkeypatch.setattr(room, "rebuild", lambda: built.append(room.are_behind()))
    with room.counted_once():
        for _ in range(3):
            room.fall_behind()
            room.catch_up()
        assert built == []
    assert built == [True]
    room.catch_up()
    assert built == [True, True], "on its own again"


def test_changes_that_fail_half_way_leave_the_figures_behind_and_are_not_counted(rebuilt, monkeypatch):
    monkeypatch.setattr(room, "rebuild", _fail)
    with pytest.raises(LookupError), room.counted_once():
        room.fall_behind()
        raise LookupError
    assert room.are_behind()
    with pytest.raises(room.RebuildFailedError):
        room.catch_up()
