"""What officers say of codes holds everywhere, as it always was or from a day on, with its source, and can be taken back."""

import os
import re
import shutil
from datetime import date

import pytest
from django.urls import reverse

from tests.cast import make_user, signed_in_client
from throughline.analytics.participation.codechanges import NO_LINE, Place
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.codelists import actions, queries
from throughline.apps.exchange.read_by import fault
from throughline.apps.learners.codes import trait_label, upn_authorities
from throughline.apps.learners.return_rules import codes
from throughline.core.problems import RefusedFileError

pytestmark = pytest.mark.django_db
FORM = {"label": "Part-time education", "family": "education", "group": "participating",
        "participation_type": "part_time_education", "duty_class": "participating", "sensitive": "no", "valid_from": "",
        "valid_to": "", "confidence": "high", "source": "The requirement of 2026-27, page 12", "when": "always",
        "reason": "Read in the new requirement"}
ONWARD = FORM | {"when": "onward", "since_day": "1", "since_month": "9", "since_year": "2026"}
CODE = ("codelists:code", ["activity", "250"])
ADDRESS = ("learners:amend_code", ["activity", "250", "always"])
ALWAYS, SEPTEMBER = Place("250", None), Place("250", date(2026, 9, 1), onward=True)
BEFORE, AFTER = date(2026, 8, 31), date(2026, 9, 1)


def duty(day: date = AFTER) -> str:
    return queries.codeset("activity").as_on(day)["250"].facts["duty_class"]


def amended(place: Place = ALWAYS, **says: str) -> None:
    actions.amend(by=None, codeset="activity", place=place, says=says, reason="Read in the requirement")


def withdrawn(place: Place = ALWAYS) -> int:
    return actions.withdraw(by=make_user("data_officer"), codeset="activity", place=place)


def posted(form: dict[str, str], address: tuple = ADDRESS):
    return signed_in_client("data_officer").post(reverse(address[0], args=address[1]), form, follow=True)


@pytest.fixture
def rewrite(settings, tmp_path):
    """Write a line of the list of activities anew, in a copy of the definitions."""
    shutil.copytree(settings.DEFINITIONS, folder := tmp_path / "definitions")
    settings.DEFINITIONS = folder

    def written(old: str, new: str) -> None:
        path = folder / "codesets" / "learners" / "activity.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        later = path.stat().st_mtime_ns + 10**9
        os.utime(path, ns=(later, later))

    return written


def test_a_correction_holds_for_every_day_and_its_withdrawal_brings_the_file_back():
    amended(duty_class="participating")
    assert (duty(date(2016, 9, 1)), duty()) == ("participating", "participating")
    assert queries.as_in_file("activity").as_on(AFTER)["250"].facts["duty_class"] == "working_towards"
    assert withdrawn() == 1
    assert duty() == "working_towards"
    assert len(queries.history("activity", "250")) == 1


def test_what_holds_from_a_day_on_leaves_the_days_before_as_they_were():
    amended(SEPTEMBER, duty_class="participating")
    assert (duty(BEFORE), duty(AFTER)) == ("working_towards", "participating")
    assert withdrawn(SEPTEMBER) == 1
    assert duty() == "working_towards"


def test_a_correction_and_a_change_from_a_day_on_stand_beside_each_other():
    amended(SEPTEMBER, duty_class="participating")
    amended(label="Study, part-time")
    lines = [(line.label, line.facts["duty_class"]) for _, line in queries.standing("activity").laid.lines_of("250")]
    assert lines == [("Study, part-time", "working_towards"), ("Study, part-time", "participating")]
    withdrawn(SEPTEMBER)
    assert [line.label for _, line in queries.standing("activity").laid.lines_of("250")] == ["Study, part-time"]


@pytest.mark.parametrize("place", [ALWAYS, SEPTEMBER])
def test_the_latest_amendment_of_a_place_holds_whole(place):
    amended(place, duty_class="participating", label="Part-time study")
    amended(place, label="Study, part-time")
    code = queries.codeset("activity").as_on(AFTER)["250"]
    assert (code.label, code.facts["duty_class"]) == ("Study, part-time", "working_towards")


def test_a_correction_keeps_the_days_that_a_later_line_takes_away():
    amended(SEPTEMBER, duty_class="participating")
    assert queries.line_at("activity", ALWAYS).valid_to is None
    posted(FORM | {"label": "Study", "duty_class": "working_towards", "confirm": "1"})
    assert (duty(BEFORE), duty(AFTER)) == ("working_towards", "participating")
    assert queries.standing("activity").void == ()


@pytest.mark.parametrize(("place", "says", "error"), [
    (ALWAYS, {"valid_from": "2020-13-01"}, RefusedFileError), (SEPTEMBER, {"confidence": "certain"}, RefusedFileError),
    (Place("250", date(2019, 4, 1)), {"label": "Study"}, KeyError), (Place("999", None), {"label": "Study"}, KeyError),
    (Place("720", date(2026, 9, 1), onward=True), {"label": "Refugee"}, KeyError),  # withdrawn from April 2018
])
def test_what_the_list_could_not_hold_is_refused_and_nothing_is_kept(place, says, error):
    with pytest.raises(error):
        amended(place, **says)
    assert queries.standing("activity").holds == {}


def test_other_codes_and_lists_stay_as_they_are():
    before = queries.as_in_file("activity")
    amended(SEPTEMBER, duty_class="participating")
    after = queries.codeset("activity")
    assert [line for line in after.lines if line.code != "250"] == [line for line in before.lines if line.code != "250"]


def test_an_officer_looks_a_correction_over_and_saves_it():
    shown = posted(FORM).content.decode()
    assert "A correction." in shown
    assert "working towards → <strong>participating</strong>" in shown
    assert duty() == "working_towards"
    page = posted(FORM | {"confirm": "1"}).content.decode()
    assert "Code 250 was changed" in page
    assert "Read in the new requirement" in page
    assert duty(date(2016, 9, 1)) == "participating"
    entry = AuditEntry.objects.filter(room="codelists", verb="changed").get()
    assert (entry.subject_label, entry.detail) == ("activity 250", {"columns": ["confidence", "duty_class", "source"]})


def test_an_officer_looks_over_what_holds_from_a_day_on_saves_it_and_takes_it_back():
    shown = posted(ONWARD).content.decode()
    assert "From 1 September 2026 on." in shown
    assert "until 31 August 2026" in shown
    page = posted(ONWARD | {"confirm": "1"}).content.decode()
    assert "Code 250 was changed from 1 September 2026 on. Everybody who uses this site goes by it from now on." in page
    assert (duty(BEFORE), duty(AFTER)) == ("working_towards", "participating")
    assert "From 1 September 2026 on" in page
    again = posted(FORM | {"duty_class": "working_towards", "valid_from": "2026-09-01", "confirm": "1"},
                   (ADDRESS[0], ["activity", "250", "since-2026-09-01"]))
    assert again.status_code == 200
    assert duty(AFTER) == "working_towards"
    posted({}, ("codelists:withdraw", ["activity", "250", "since-2026-09-01"]))
    assert len(queries.codeset("activity").by_code["250"]) == 1


def test_going_back_keeps_what_was_typed():
    form = posted(ONWARD | {"back": "1"}).content.decode()
    assert "The requirement of 2026-27, page 12" in form
    assert 'value="2026" selected' in form or 'value="2026"' in form
    assert duty() == "working_towards"


@pytest.mark.parametrize(("form", "field", "value", "told"), [
    (FORM, "valid_from", "1 April", "Write the date as 2020-04-01"),
    (FORM, "group", "happy", "happy is not one of the available choices"),
    (FORM, "reason", "", "Enter why it is changed"), (FORM, "when", "", "Answer “Since when is it so?”"),
    (FORM | {"valid_from": "2020-04-01"}, "valid_to", "2019-04-01", "give a day from 2020-04-01 on"),
    (ONWARD, "since_year", "", "must be a real day"),
    (ONWARD | {"since_day": "", "since_month": ""}, "since_year", "", "Enter the day from which it is so"),
    (ONWARD, "when", "always", "It cannot be both as it always was and from a day on. Clear the three boxes"),
])
def test_bad_input_is_answered_and_changes_nothing(form, field, value, told):
    answer = posted(form | {field: value, "confirm": "1"})
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert queries.standing("activity").holds == {}


@pytest.mark.parametrize("line", ["always", "since-2026-09-01"])
@pytest.mark.parametrize(("name", "code", "column", "in_file"), [
    ("own_trait", "child_in_need", "sensitive", "yes"), ("own_trait", "ehc_plan", "sensitive", "no"),
    ("activity", "250", "sensitive", "no"), ("leaving_reason", "2", "sensitive", "no"),
    ("characteristic", "110", "sensitive", "yes"), ("characteristic", "110", "restricted", "no"),
])
def test_what_only_some_are_told_of_becomes_more_here_and_never_less(name, code, column, in_file, line):
    place = Place(code, None) if line == "always" else Place(code, AFTER, onward=True)

    def said(value: str) -> str:
        actions.amend(by=None, codeset=name, place=place, says={column: value, "label": "Otherwise"}, reason="Read there")
        return queries.codeset(name).as_on(AFTER)[code].facts[column]

    assert queries.as_in_file(name).as_on(AFTER)[code].facts[column] == in_file
    assert [said(value) for value in (in_file, "yes")] == [in_file, "yes"]
    for less in ("no", ""):
        with pytest.raises(RefusedFileError, match="not to be no again"):
            said(less)
    shown = signed_in_client("data_officer").get(reverse("learners:amend_code", args=[name, code, line])).content.decode()
    assert "not to be no again" in shown
    offered = [re.search(f'<input [^>]*name="{column}"[^>]*value="{value}"', shown) is not None for value in ("yes", "no")]
    assert offered == [True, False]
    actions.withdraw(by=None, codeset=name, place=place)
    assert queries.codeset(name).as_on(AFTER)[code].facts[column] == in_file


def test_what_is_said_already_is_no_change():
    as_held = queries.codeset("activity").as_on(AFTER)["250"].printed
    assert "this is what is said now" in posted(as_held | {"when": "always", "reason": "None"}).content.decode()


def test_a_day_that_the_line_is_not_of_is_refused():
    amended(SEPTEMBER, duty_class="participating")
    answer = posted(ONWARD | {"duty_class": "not_participating"}, (ADDRESS[0], ["activity", "250", "since-2026-09-01"]))
    assert "Enter a day after 1 September 2026" in answer.content.decode()


def test_a_file_without_that_line_makes_the_amendment_void_and_says_so(rewrite):
    amended(duty_class="participating")
    rewrite("part_time_education,working_towards,no,,", "part_time_education,working_towards,no,2019-04-01,")
    assert duty() == "working_towards"
    client = signed_in_client("data_officer")
    assert "1 change made here no longer holds" in client.get(reverse("codelists:list", args=["activity"])).content.decode()
    assert NO_LINE in client.get(reverse(CODE[0], args=CODE[1])).content.decode()
    withdrawn()
    assert queries.standing("activity").void == ()


def test_a_file_that_makes_no_sense_with_what_was_changed_holds_alone(rewrite):
    amended(valid_from="2019-04-01")
    line = "250,Part-time education,education,participating,part_time_education,"
    rewrite(f"{line}working_towards,no,,", f"{line}participating,no,,2018-03-31,high,Ours\n{line}working_towards,no,2018-04-01,")
    assert (duty(date(2018, 3, 31)), duty()) == ("participating", "working_towards")
    [(_, why)] = queries.standing("activity").void
    assert "from 2019-04-01" in why


def test_what_another_change_needs_is_not_taken_back_before_it_and_the_refusal_names_it():
    """Code 720 may be used until March 2018; said to go on, it can be said otherwise from a later day on."""
    amended(label="Study, part-time")
    gone, later = Place("720", None), Place("720", date(2026, 9, 1), onward=True)
    actions.amend(by=None, codeset="activity", place=gone, says={"valid_to": ""}, reason="It goes on")
    actions.amend(by=None, codeset="activity", place=later, says={"label": "Refugee"}, reason="As it is called")
    told = posted({}, ("codelists:withdraw", ["activity", "720", "always"])).content.decode()
    assert "Nothing is taken back. 720: The list says nothing of that day any more." in told
    assert "officers said otherwise: code 720, from 1 September 2026 on. Change or take that back first" in told
    assert set(queries.standing("activity").holds) == {ALWAYS, gone, later}
    for place in (later, gone):
        assert actions.withdraw(by=None, codeset="activity", place=place) == 1
    assert set(queries.standing("activity").holds) == {ALWAYS}


def test_what_makes_room_for_another_change_is_not_taken_back_before_it(rewrite):
    """Of two lines the first is said to end earlier, and then the second to begin earlier: the days would be said twice."""
    line = "250,Part-time education,education,participating,part_time_education,"
    rewrite(f"{line}working_towards,no,,", f"{line}participating,no,,2018-03-31,high,Ours\n{line}working_towards,no,2018-04-01,")
    first, second = Place("250", None), Place("250", date(2018, 4, 1))
    amended(first, valid_to="2017-03-31")
    amended(second, valid_from="2017-04-01")
    with pytest.raises(RefusedFileError, match="officers said otherwise: code 250, from 1 April 2018 on, as it always was"):
        withdrawn(first)
    assert duty(date(2017, 9, 1)) == "working_towards"
    assert (withdrawn(second), withdrawn(first)) == (1, 1)
    assert duty(date(2017, 9, 1)) == "participating"


def test_what_somebody_took_back_already_is_said_to_be_so():
    amended(duty_class="participating")
    back = ("codelists:withdraw", ["activity", "250", "always"])
    assert "What was changed is taken back" in posted({}, back).content.decode()
    again = posted({}, back)
    assert "It was taken back already, on " in again.content.decode()
    assert again.redirect_chain[-1][0] == reverse(CODE[0], args=CODE[1])


@pytest.mark.parametrize(("name", "told"), [
    ("guarantee_status", "label inferred"), ("cohort_status", "is an open question"), ("authority_number", "label inferred"),
    ("upn_authority", "local government changes"), ("own_trait", "the return does not ask for it"),
])
def test_the_page_says_how_sure_each_code_is(name, told):
    page = signed_in_client("councillor").get(reverse("codelists:list", args=[name])).content.decode()
    assert told in page
    assert "Change" not in page.split("<tbody")[1]


def test_authorities_and_our_own_traits_are_put_right_as_every_list_is():
    said = {"authority_number": ("001", {"valid_to": "2020-03-31"}), "upn_authority": ("943", {"valid_to": "2025-03-31"}),
            "own_trait": ("child_in_need", {"label": "Child of concern"})}
    for name, (code, says) in said.items():
        [place] = [place for place, _ in queries.standing(name).laid.lines_of(code)]
        actions.amend(by=None, codeset=name, place=place, says=says, reason="Read in the requirement")
    assert [("001" in codes().authorities(day, pseudo=True)) for day in (date(2020, 3, 31), date(2020, 4, 1))] == [True, False]
    assert trait_label("child_in_need") == "Child of concern"
    assert upn_authorities(AFTER)["943"] == date(2025, 3, 31)
    begun = {"942", "943"}
    assert [begun & set(upn_authorities(date(2023, month, day))) for month, day in ((3, 31), (4, 1))] == [set(), begun]
    assert [fault("upn", number) is None for number in ("V943200025001", "F943200026001")] == [True, False]
    shown = signed_in_client("councillor").get(reverse("codelists:lists")).content.decode()
    assert ">UPN authority<" in shown and ">Own trait<" in shown


def test_the_list_and_its_file_have_a_line_for_each_time():
    amended(SEPTEMBER, duty_class="participating")
    client = signed_in_client("councillor")
    page = client.get(reverse("codelists:list", args=["activity"])).content.decode()
    assert "until 31 August 2026" in page
    assert "from 1 September 2026" in page
    assert ">NEET available<" in page
    rows = client.get(reverse("codelists:download", args=["activity", "csv"])).content.decode("utf-8-sig").splitlines()
    assert len([row for row in rows if row.startswith("250,")]) == 2


@pytest.mark.parametrize(("name", "args"), [
    ("list", ["nothing"]), ("code", ["activity", "999"]), ("learners:amend_code", ["activity", "999", "always"]),
    ("learners:amend_code", ["activity", "250", "2019-04-01"]), ("learners:amend_code", ["activity", "250", "since-always"]),
    ("learners:amend_code", ["activity", "250", "since-2026-09-01"]), ("learners:amend_code", ["activity", "250", "yesterday"]),
])
def test_there_is_no_other_list_code_or_line(name, args):
    address = reverse(name if ":" in name else f"codelists:{name}", args=args)
    assert signed_in_client("data_officer").get(address).status_code == 404
