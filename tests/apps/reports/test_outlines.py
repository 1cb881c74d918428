"""An outline that cannot be used is refused with the file, the part and what would be right."""

import pytest

GOOD = 'title = "T"\nabout = "A"\n[[part]]\nid = "a"\nheading = "A"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "mine.toml"),
        ('title = "T"\nabout = "A"\n', "part"),
        (GOOD + '[[part]]\nid = "a"\nheading = "B"\n', "two parts are called a"),
        (GOOD + 'fill = "magic"\n', "“magic” is not something that can be filled in"),
        ('measures = ["nothing"]\n' + GOOD, "nothing is no measure"),
        (GOOD + 'colour = "red"\n', "colour"),
        (GOOD + 'fill = "commissioned"\n', "“commissioned” is filled in from a commissioning plan"),
        ('needs = ["commissioning"]\n' + GOOD + 'fill = "overdue"\n', "“overdue” is filled in from a plan"),
    ],
)
def test_a_bad_outline_is_refused(settings, tmp_path, monkeypatch, text, said):
    from throughline.apps.performance import figures
    from throughline.apps.reports.outlines import OutlineError, outlines

    monkeypatch.setattr(figures, "measures", dict)

    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "mine.toml").write_text(text, encoding="utf-8")
    settings.DEFINITIONS = tmp_path
    with pytest.raises(OutlineError, match="mine.toml") as refused:
        outlines()
    assert said in str(refused.value)


def test_the_outlines_that_come_with_the_project_can_all_be_used():
    from throughline.apps.reports.outlines import outlines

    assert list(outlines()) == ["annual", "commissioning", "committee", "highlight", "neet_monitoring"]
