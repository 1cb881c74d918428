"""throughline synthesise: what it prints, and how it answers what it cannot do."""

import pytest

from throughline.config import command


def test_it_says_what_it_made(tmp_path, capsys):
    folder = tmp_path / "saltmere"
    assert command.run(["synthesise", "--seed", "3", "--size", "200", "--out", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "truth/learner.parquet" in printed
    assert "monthly_return_2026-10.xml" in printed
    assert "nobody in it is real" in printed
    assert (folder / "files" / "monthly_return_2026-09.xml").is_file()


def test_the_truth_can_be_had_alone(tmp_path, capsys):
    folder = tmp_path / "saltmere"
    assert command.run(["synthesise", "--size", "60", "--no-files", "--out", str(folder)]) == 0
    assert "What the files have wrong" not in capsys.readouterr().out
    assert [path.name for path in folder.iterdir()] == ["truth"]


@pytest.mark.parametrize(("options", "words"), [
    (["--size", "0"], "A size of 0 cannot be made"),
    (["--area", "352"], "not the number of an invented authority"),
    (["--until", "yesterday"], "write it as 2026-10-31"),
    (["--until", "1066-10-14"], "too far off"),
    (["--seed", "-1"], "nought or more"),
])
def test_what_cannot_be_made_is_answered_in_a_sentence(tmp_path, capsys, options, words):
    assert command.run(["synthesise", *options, "--out", str(tmp_path / "never")]) == 2
    assert words in " ".join(capsys.readouterr().err.split())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_empty_is_kept(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert command.run(["synthesise", "--size", "60", "--out", str(tmp_path)]) == 2
    assert "not empty" in " ".join(capsys.readouterr().err.split())
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
