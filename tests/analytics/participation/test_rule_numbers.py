"""Every file of rules refuses a number that it cannot have, in a sentence for whoever typed it."""

from datetime import date

import pytest
from django.conf import settings

from throughline.analytics.intake.rules import load_rules as load_intake
from throughline.analytics.participation.cohort import load_cohort
from throughline.analytics.participation.contacting import load_contacting
from throughline.analytics.participation.currency import load_currency
from throughline.analytics.participation.retention import load_retention
from throughline.analytics.participation.stated import Amended, Place
from throughline.analytics.participation.worklists import load_casework, load_worklists
from throughline.core.problems import RefusedFileError

OLDER, OLD = date(2015, 4, 1), date(2016, 9, 1)


def worklists(definitions, amended):
    return load_worklists(definitions / "rules" / "worklists.toml", load_cohort(definitions), amended)


@pytest.mark.parametrize(("load", "day", "path", "was", "now", "said"), [
    (load_currency, OLDER, "rule.310.months", 12, 61, "The months must be a whole number from 1 to 60"),
    (load_currency, OLDER, "rule.310.months", 12, 0, "The months must be a whole number from 1 to 60"),
    (load_currency, OLDER, "rule.260.undated.months", 6, 0, "The months must be a whole number from 1 to 60"),
    (load_currency, OLDER, "rule.260.days", 28, -1, "The days must be a whole number from 0 to 731"),
    (load_currency, OLDER, "rule.260.days", 28, 2.5, "The days must be a whole number from 0 to 731"),
    (load_cohort, OLD, "ages.0", 16, 8, "An age must be a whole number from 14 to 25"),
    (load_cohort, OLD, "ages.0", 16, 17, "Each age that is tracked must be another one"),
    (load_cohort, OLD, "ages.0", 16, 15, "The headline figures count young people at the academic age of 16"),
    (load_cohort, OLD, "ages_with_a_plan.0", 18, 25, "The ages with a plan must go from the younger to the older"),
    (load_cohort, None, "headline.three_months.0", 12, 13, "A month must be a whole number from 1 to 12"),
    (load_cohort, None, "headline.three_months.0", 12, 1, "Each month that an average is of must be another one"),
    (load_cohort, None, "headline.three_months_older.2", 1, 11, "Each month that an average is of must be another one"),
    (load_cohort, None, "contact.priority_days", 28, 91, "A contact is due before it is overdue"),
    (load_retention, OLD, "years_after", 3, 0, "The years must be a whole number from 1 to 30"),
    (load_retention, OLD, "last_age", 24, 60, "The age must be a whole number from 16 to 25"),
    (load_contacting, None, "channel.letter.reached", 0.06, 1.5, "letter: minutes must be above 0"),
    (load_contacting, None, "worth.neet_overdue", 0.5, 2.0, "What an answer is worth must be from 0 to 1"),
    (load_contacting, None, "worth.lapse_horizon_days", 60, 0, "The days must be a whole number from 1 to 366"),
    (load_intake, OLD, "kept_days", 90, 0, "The days must be a whole number from 1 to 366"),
    (load_intake, OLD, "same_start_days", 31, 400, "The days must be a whole number from 0 to 366"),
    (worklists, OLDER, "list.about_to_lapse.days", 30, -3, "The days must be a whole number from 0 to 731"),
    (worklists, OLDER, "likeness.drawn_by", 20, -1, "The number of people must be a whole number from 0 to 1000"),
    (load_casework, None, "sustained_weeks", 13, 0, "The weeks must be a whole number from 1 to 104"),
])
def test_a_number_that_cannot_be_is_refused_in_a_sentence(load, day, path, was, now, said):
    with pytest.raises(RefusedFileError) as refused:
        load(settings.DEFINITIONS, (Amended(Place(day, tuple(path.split("."))), was, now),))
    assert refused.value.problems[0].remedy.startswith(said)


def test_a_headline_of_no_age_is_refused(tmp_path):
    (tmp_path / "rules").mkdir()
    said = (settings.DEFINITIONS / "rules" / "cohort.toml").read_text()
    (tmp_path / "rules" / "cohort.toml").write_text(said.replace("headline_ages = [16, 17]", "headline_ages = []"))
    with pytest.raises(RefusedFileError) as refused:
        load_cohort(tmp_path)
    assert refused.value.problems[0].remedy.startswith("The headline figures must count young people of one age at least")


def test_numbers_that_may_be_hold():
    amended = (Amended(Place(OLDER, ("rule", "310", "months")), 12, 9),)
    assert load_currency(settings.DEFINITIONS, amended).on(OLD).rules["320"].months == 9
    assert load_currency(settings.DEFINITIONS).on(OLD).rules["320"].months == 12
