"""Whatever checks a return goes by the lists as officers have put them right; where there is no database, by the files."""

import contextlib
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import OperationalError

from tests.analytics.formats.nccis.made import GOOD, file_xml
from tests.cast import make_user
from throughline.analytics.participation.codechanges import Place
from throughline.apps.codelists.actions import amend
from throughline.apps.learners import return_rules
from throughline.apps.learners.return_rules import codes, codes_of_files


def ended(day: str) -> None:
    """Say that code 450 was last used on a day."""
    amend(by=make_user("data_officer"), codeset="activity", place=Place("450", None), says={"valid_to": day}, reason="It ended")


@pytest.mark.django_db
def test_an_amendment_is_checked_by_and_the_files_stay_as_they_are():
    ended("2023-07-31")
    ends = [str(held.lists["activity"].as_on(date.max)["450"].valid_to) for held in (codes(), codes_of_files())]
    assert ends == ["2023-07-31", "None"]
    assert codes().lists.keys() == codes_of_files().lists.keys()


@pytest.mark.django_db
def test_the_command_checks_by_it_too(tmp_path, capsys):
    """Code 450 is of the return of April 2019; said to have ended the year before, it is no code of that month."""
    path = tmp_path / "return.xml"
    path.write_text(file_xml([GOOD._replace(activity_code="450")]), encoding="utf-8")

    def unknown_code() -> bool:
        with contextlib.suppress(SystemExit):
            call_command("check_return", path, format="json")
        return 201 in {error["rule"] for error in json.loads(capsys.readouterr().out)["errors"]}

    assert not unknown_code()
    ended("2018-03-31")
    assert unknown_code()


def test_without_a_database_the_files_hold(monkeypatch):
    def nowhere():
        raise OperationalError("no such table")

    monkeypatch.setattr(return_rules, "codesets", nowhere)
    assert return_rules.codes_held().lists.keys() == codes_of_files().lists.keys()
