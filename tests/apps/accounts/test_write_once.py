"""A secret's file is whole or not there, is its owner's alone, and is made once."""

import pytest

from throughline.apps.accounts.write_once import kept_or_made


def test_it_is_made_once_and_read_after(tmp_path):
    kept = tmp_path / "new" / "key"
    assert kept_or_made(kept, lambda: "first") == "first"
    assert kept_or_made(kept, lambda: "second") == "first"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["key"]


def test_a_process_stopped_half_way_leaves_nothing_to_be_read(tmp_path):
    def killed() -> str:
        assert not (tmp_path / "key").exists()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept_or_made(tmp_path / "key", killed)
    assert list(tmp_path.iterdir()) == []


def test_the_first_of_two_at_once_wins(tmp_path):
    def overtaken() -> str:
        (tmp_path / "key").write_text("theirs")
        return "ours"

    assert kept_or_made(tmp_path / "key", overtaken) == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
