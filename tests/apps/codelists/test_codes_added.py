"""A code that is added holds wherever codes do, is changed as others are, and is taken away while nothing is recorded with it."""

import os
import re
import shutil
import tomllib
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from tests.apps.returns.closed import learner
from tests.cast import make_user, signed_in_client
from throughline.analytics.learnerlists.vocabulary import plain
from throughline.analytics.participation.codechanges import HAS_IT_ITSELF, Place
from throughline.analytics.participation.codesets import NAMES
from throughline.analytics.participation.standing import Standing, group_on
from throughline.analytics.participation.stated import Place as PlaceInFile
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.codelists import actions, queries
from throughline.apps.codelists.alike import Current, stay_current
from throughline.apps.codelists.models import Amendment
from throughline.apps.codelists.ruling import in_file
from throughline.apps.exchange.read_by import fault, usable_activities, vocabulary
from throughline.apps.learners.codes import choices, guarded_activities, trait_choices
from throughline.apps.learners.return_rules import codes
from throughline.apps.learners.would_find import errors_of
from throughline.apps.performance.extracts import rules
from throughline.core.problems import RefusedFileError

pytestmark = pytest.mark.django_db
FORM = {"code": "465", "label": "Pilot programme", "family": "training", "group": "participating",
        "participation_type": "work_based_learning", "duty_class": "participating", "sensitive": "no",
        "valid_from": "2027-09-01", "valid_to": "", "confidence": "high", "source": "The requirement of 2027-28, page 3",
        "reason": "New in that year"}
SAYS = {column: value for column, value in FORM.items() if column not in {"code", "reason"}}
CODE, LIST = ["activity", "465"], ["activity"]
BEFORE, AFTER = date(2027, 8, 31), date(2027, 9, 1)


def add(codeset: str = "activity", code: str = "465", **says: str) -> None:
    bare = {"label": "New", "valid_from": "", "valid_to": "", "confidence": "low", "source": "Ours"}
    said = SAYS if codeset == "activity" else bare
    actions.add_code(by=make_user("data_officer"), codeset=codeset, code=code, says=said | says, reason="New in that year")


def posted(form: dict[str, str], name: str = "codelists:add", args: list[str] = LIST):
    return signed_in_client("data_officer").post(reverse(name, args=args), form, follow=True)


def took_away(args: list[str] = CODE) -> str:
    return posted({}, "exchange:take_code_away", args).content.decode()


def test_a_new_code_holds_everywhere_from_its_day_on_and_no_longer_once_it_is_taken_away():
    def held() -> list[list[bool]]:
        return [["465" in dict(choices("activity", day)), "465" in usable_activities(day), "465" in codes().on("activity", day),
                 group_on("465", day, rules().activities) is Standing.PARTICIPATING] for day in (BEFORE, AFTER)]

    nowhere = [[False] * 4] * 2
    assert held() == nowhere
    add()
    assert held() == [[False] * 3 + [True], [True] * 4]  # what is recorded with it counts as it says on any day
    assert "was taken away" in took_away()
    assert held() == nowhere


@pytest.mark.parametrize(("value", "guarded"), [("no", False), ("yes", True)])
def test_what_only_some_may_be_told_is_said_of_a_new_code(value, guarded):
    add(sensitive=value)
    assert ("465" in guarded_activities()) is guarded


def test_a_new_authority_gives_out_pupil_numbers_and_a_new_trait_is_offered():
    assert fault("upn", "K950200025001") is not None
    add("upn_authority", "950", valid_from="2019-04-01")
    assert fault("upn", "K950200025001") is None
    add("own_trait", "young_carer", sensitive="yes")
    assert ("young_carer", "New") in trait_choices(AFTER)


def test_an_officer_looks_a_new_code_over_and_adds_it():
    shown = posted(FORM).content.decode()
    assert "It may be used from 1 September 2027" in shown
    assert queries.codeset("activity").by_code.get("465") is None
    assert 'value="The requirement of 2027-28, page 3"' in posted(FORM | {"back": "1"}).content.decode()
    page = posted(FORM | {"confirm": "1"}).content.decode()
    assert "Code 465 was added" in page and "Added here on" in page and "New in that year" in page
    [line] = queries.codeset("activity").by_code["465"]
    assert line.printed == {"code": "465", **SAYS}
    entry = AuditEntry.objects.get(room="codelists", verb="created")
    assert (entry.subject_label, entry.detail) == ("activity 465", {"columns": sorted(SAYS)})


@pytest.mark.parametrize(("field", "value", "told"), [
    ("code", "250", "The list has the code 250 already"), ("code", "46", "A code of this list is 3 digits, such as 110"),
    ("code", "", "Enter code"), ("group", "", "Choose"), ("group", "happy", "happy is not one of the available choices"),
    ("sensitive", "alike", "alike is not one of the available choices"), ("participation_type", "", "Choose"),
    ("valid_to", "2027-08-31", "give a day from 2027-09-01 on"), ("valid_from", "1 September", "Write the date as 2020-04-01"),
    ("source", "", "Enter source"), ("reason", "", "Enter why it is added"),
    ("group", "neet", "with the group “NEET”: with that family it is other or participating"),
    ("participation_type", "none", "with the participation type “none”"), ("duty_class", "excluded", "Choose what goes together"),
    ("label", " supported Internship", "Code 460 means “supported Internship” already"),
])
def test_what_the_list_cannot_take_is_refused_beside_its_box(field, value, told):
    answer = posted(FORM | {field: value, "confirm": "1"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert told in page and f'id="id_{field}-error"' in page
    assert (reverse("codelists:code", args=["activity", "250"]) in page) is (value == "250")
    assert not queries.standing("activity").holds


TRAIT = {name: "no" if name == "sensitive" else FORM[name] for name in ("sensitive", "confidence", "source", "reason")}


@pytest.mark.parametrize(("code", "label", "field", "told"), [
    ("town", "Twinned", "code", "Lists of young people have “Town” under this code"),
    ("upn", "Twinned", "code", "have “UPN” under this code"),
    ("activity", "Twinned", "code", "under this code, so none could say it"),
    ("twinned", "Surname", "label", "a column with this heading holds “Surname”"),
    ("twinned", "Care leaver", "label", "a column with this heading holds “Care leaver”"),
    ("twinned", "Child-in-need!", "label", "holds “Child in need”"),
    ("twinned", "Open to YOT", "label", "with this heading holds"),
    ("twinned", "House", "label", "a column with this heading is not used"),
    ("twinned", "Has a twin", "", ""), ("lac", "Ours", "", ""),
])
def test_a_trait_that_no_list_could_say_is_refused_beside_its_box(code, label, field, told):
    form = TRAIT | {"code": code, "label": label, "valid_from": "", "valid_to": "", "confirm": "1"}
    answer = posted(form, args=["own_trait"])
    page = answer.content.decode()
    assert (answer.status_code, code in queries.codeset("own_trait").by_code) == ((400, False) if field else (200, True))
    assert told in page and (not field or f'id="id_{field}-error"' in page)
    assert field or vocabulary().by_heading[plain(label)] == code


def test_nor_can_a_trait_be_called_as_another_when_it_is_changed():
    with pytest.raises(RefusedFileError, match="holds “Has SEN support”"):
        actions.amend(by=None, codeset="own_trait", place=Place("child_in_need", None), says={"label": "SEN support"},
                      reason="Ours")


def test_a_column_may_be_said_to_be_empty_and_nothing_is_chosen_for_the_officer():
    shown = signed_in_client("data_officer").get(reverse("codelists:add", args=LIST)).content.decode()
    assert not re.search(r"\bchecked\b", shown)
    assert shown.count("Choose one") == 4
    posted(FORM | {"participation_type": "none", "group": "other", "duty_class": "not_applicable", "confirm": "1"})
    assert queries.codeset("activity").as_on(AFTER)["465"].facts["participation_type"] == ""


def test_the_return_takes_a_new_neet_code_as_neet_at_once():
    add(code="655", family="neet_not_available", group="neet", participation_type="", duty_class="temporary_break", valid_from="")
    found = {error.rule.number for error in errors_of(learner(code="655")) or ()}
    assert found & {201, 224, 226, 243} == set()


def test_a_code_may_be_called_as_one_that_is_gone_by_then():
    add(label="Refugee or asylum seeker")
    assert "465" in queries.codeset("activity").by_code
    with pytest.raises(RefusedFileError):
        add(code="466", label="Refugee or asylum seeker", valid_from="2018-03-31", valid_to="2018-03-31")


OF = {
    "training": {},
    "neet": {"family": "neet_not_available", "group": "neet", "participation_type": "none", "duty_class": "temporary_break"},
    "custody": {"family": "other", "group": "excluded", "participation_type": "none", "duty_class": "excluded"},
    "work": {"family": "employment", "participation_type": "employment_with_study"},
}
LOOK_AT = "Rules that may have to name it"


@pytest.mark.parametrize(("of", "named", "unnamed"), [
    ("training", ["/rules/worklists/2015-04-01/early_leavers.as_intended.211/", "/rules/intake/"],
     ["/rules/currency/", "/rules/cohort/", "Rule 253", "Rule 255"]),  # each of one code alone
    ("custody", ["Rule 262"], ["Rule 236", "/rules/currency/"]),  # 236 was of 720 until 2018 alone
])
def test_what_would_change_leads_to_the_rules_that_name_codes_of_its_family_one_by_one(of, named, unnamed):
    shown = posted(FORM | OF[of]).content.decode()
    told = shown[shown.index(LOOK_AT):]
    assert [each for each in named if each not in told] == []
    assert [each for each in unnamed if each in told] == []


def test_a_code_that_no_rule_has_to_name_leads_to_none():
    shown = posted(FORM | OF["neet"]).content.decode()
    assert "It may be used from" in shown
    assert [each for each in (LOOK_AT, "Rule 233", "Rule 234", "Rule 235", "/rules/cohort/") if each in shown] == []


@pytest.mark.parametrize(("of", "said", "lapse"), [
    ("training", "name it in the rule of those that it is like", [
        ("410, 430, 440, 450, 460", "on the predicted end of the programme", "410")]),
    ("neet", "so it never lapses, and neither do the codes of the same family.", [
        ("620, 630, 640, 650, 660, 670, 680", "never", "540")]),
    ("work", "name it in the rule of those that it is like", [
        ("350", "28 days after the review date", "260"), ("310, 320", "12 months after it was last confirmed", "310"),
        ("330, 340, 360, 380, 381, 550", "6 months after it was last confirmed", "330")]),
])
def test_how_long_codes_like_a_new_one_stay_current_is_told_first(of, said, lapse):
    shown = posted(FORM | OF[of]).content.decode()
    told = shown[shown.index("How long it stays current"):].partition(LOOK_AT)[0]
    row = r'rowheader">([\d, ]+)</th><td [^>]+>([^<]+)</td><td .+?/rules/currency/2015-04-01/rule\.(\d+)\.codes/'
    assert said in told
    assert re.findall(row, told) == lapse


def test_how_long_is_told_as_officers_say_it_on_the_first_day_of_the_code():
    def told(**says: str) -> list[tuple[str, str]]:
        return [(" ".join(each.codes), each.lapse) for each in how_long(SAYS | says)]

    say = {"by": None, "file": "currency", "reason": "A test"}
    actions.amend_rule(place=PlaceInFile(date(2015, 4, 1), ("rule", "530", "months")), value=4, since=AFTER, **say)
    again = {"family": "reengagement", "group": "other", "participation_type": "", "duty_class": "working_towards"}
    assert told(**again) == [("530", "4 months after it was last confirmed")]
    assert told(**again, valid_from="2027-08-01") == [("530", "3 months after it was last confirmed")]
    add(code="531", label="Another", **again)
    assert told(**again) == [("530", "4 months after it was last confirmed"), ("531", "never")]


def test_nothing_is_told_of_a_code_that_a_rule_of_the_file_names_already(settings, tmp_path):
    shutil.copytree(settings.DEFINITIONS, folder := tmp_path / "definitions")
    settings.DEFINITIONS = folder
    path = folder / "rules" / "currency.toml"
    assert how_long(SAYS)
    path.write_text(path.read_text(encoding="utf-8").replace('["530"]', '["530", "465"]'), encoding="utf-8")
    later = path.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(later, later))
    assert how_long(SAYS) == []


def how_long(says: dict[str, str]) -> list[Current]:
    """How long codes like a new one 465 stay current."""
    listed = queries.codeset("activity")
    [(_, new)] = queries.tried_new("activity", "465", says).lines_of("465")
    return stay_current(listed, new)


def test_nothing_is_told_of_a_list_whose_codes_do_not_lapse():
    form = {"code": "96", "label": "It was moved", "sensitive": "no", "valid_from": "", "valid_to": "", "confidence": "low",
            "source": "Ours", "reason": "New"}
    shown = posted(form, args=["leaving_reason"]).content.decode()
    assert "It may be used always" in shown and LOOK_AT in shown and "stays current" not in shown


@pytest.mark.parametrize(("codeset", "code", "says"), [
    ("activity", "250", {}), ("activity", "46", {}), ("activity", "465", {"group": "happy"}),
    ("activity", "465", {"sensitive": ""}), ("activity", "465", {"family": "neet_not_available"}),
    ("activity", "465", {"label": "Traineeship"}),
    ("activity", "465", {"confidence": ""}), ("characteristic", "999", {}), ("gender", "X", {}), ("cohort_status", "Q", {}),
])
def test_the_action_refuses_by_itself(codeset, code, says):
    with pytest.raises(RefusedFileError):
        add(codeset, code, **says)
    assert not queries.standing(codeset).holds


@pytest.mark.parametrize("name", NAMES)
def test_a_list_offers_the_form_or_says_why_not(name):
    client = signed_in_client("data_officer")
    page, form = (client.get(reverse(f"codelists:{of}", args=[name])) for of in ("list", "add"))
    taken = name not in queries.NO_NEW_CODES
    stated = tomllib.loads((settings.DEFINITIONS / "mappings" / "learner_lists.toml").read_text(encoding="utf-8"))
    assert (form.status_code == 200) is taken
    words = page.content.decode()
    assert ("Add a code" in words, "New codes of this list come with" in words) == (taken, not taken)
    by_words = name in stated and name != "activity"
    assert (by_words, "learner_lists.toml" in form.content.decode()) == (name in queries.KNOWN_BY_WORDS,) * 2
    assert "Add a code" not in signed_in_client("councillor").get(reverse("codelists:list", args=[name])).content.decode()


@pytest.mark.parametrize(("name", "of_the_department", "returned", "counted", "ruled"), [
    ("activity", True, True, True, True), ("ethnic_group", True, True, True, False),
    ("guarantee_status", True, True, False, False), ("authority_number", True, True, False, False),
    ("level_of_need", True, True, False, False), ("intended_destination", True, True, False, True),
    ("leaving_reason", True, False, False, True), ("own_trait", False, False, False, False),
    ("upn_authority", False, False, False, False),
])
def test_the_form_says_of_each_list_what_its_codes_are_for_and_where_they_hold(name, of_the_department, returned, counted, ruled):
    form = signed_in_client("data_officer").get(reverse("codelists:add", args=[name])).content.decode()
    words = ("the department has brought in", " and returned at once", "Figures know it", "See the rules")
    assert [each in form for each in words] == [of_the_department, returned, counted, ruled]


def test_a_new_code_is_changed_as_others_are_and_what_was_changed_is_taken_back_alone():
    add()
    posted(SAYS | {"label": "Pilot course", "when": "always", "reason": "Its name", "confirm": "1"}, "learners:amend_code",
           [*CODE, "2027-09-01"])
    place = Place("465", date(2028, 9, 1), onward=True)
    actions.amend(by=None, codeset="activity", place=place, says={"group": "other"}, reason="Read there")
    lines = queries.codeset("activity").by_code["465"]
    assert [(line.label, line.facts["group"]) for line in lines] == [("Pilot course", "participating"), ("Pilot course", "other")]
    for line in ("2027-09-01", "since-2028-09-01"):
        posted({}, "codelists:withdraw", [*CODE, line])
    assert [line.printed for line in queries.codeset("activity").by_code["465"]] == [{"code": "465", **SAYS}]


def test_what_was_changed_of_an_always_known_code_is_taken_back_without_the_code():
    add(valid_from="")
    actions.amend(by=None, codeset="activity", place=Place("465", None), says={"label": "Pilot course"}, reason="Its name")
    actions.withdraw(by=None, codeset="activity", place=Place("465", None))
    assert [line.label for line in queries.codeset("activity").by_code["465"]] == ["Pilot programme"]


def test_taking_a_code_away_takes_what_was_changed_of_it_and_it_can_be_added_again():
    add()
    actions.amend(by=None, codeset="activity", place=Place("465", AFTER), says={"label": "Pilot course"}, reason="Its name")
    took_away()
    assert (queries.standing("activity").holds, queries.standing("activity").void) == ({}, ())
    assert AuditEntry.objects.get(room="codelists", verb="removed").subject_label == "activity 465"
    assert signed_in_client("data_officer").get(reverse("codelists:code", args=CODE)).status_code == 404
    add(label="Course")
    assert [line.label for line in queries.codeset("activity").by_code["465"]] == ["Course"]
    assert len(queries.history("activity", "465")) == 3


def test_the_file_says_which_codes_were_added_here():
    add()
    client = signed_in_client("data_officer")
    assert "Added here on" in client.get(reverse("codelists:list", args=LIST)).content.decode()
    heading, *rows = client.get(reverse("codelists:download", args=["activity", "csv"])).content.decode("utf-8-sig").splitlines()
    assert heading.endswith(",added_here")
    assert [row.split(",")[0] for row in rows if row.endswith(",yes")] == ["465"]
    places = [row.split(",")[0] for row in rows]
    assert places == sorted(places)


def test_a_file_that_has_the_code_itself_holds_and_what_was_added_is_taken_back(settings, tmp_path):
    add()
    shutil.copytree(settings.DEFINITIONS, folder := tmp_path / "definitions")
    settings.DEFINITIONS = folder
    path = folder / "codesets" / "learners" / "activity.csv"
    path.write_text(path.read_text(encoding="utf-8") + "465,The file’s,training,other,,not_applicable,no,,,high,Its source\n",
                    encoding="utf-8")
    later = path.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(later, later))
    assert [line.label for line in queries.codeset("activity").by_code["465"]] == ["The file’s"]
    page = signed_in_client("data_officer").get(reverse("codelists:code", args=CODE)).content.decode()
    assert HAS_IT_ITSELF in page and "This code was added here" not in page
    took_away()
    assert queries.standing("activity").void == ()
    assert "none that was added here" in took_away()


def test_a_code_that_a_rule_was_said_to_be_of_stays():
    add()
    place = PlaceInFile(date(2015, 4, 1), ("rule", "530", "codes"))
    of = [*in_file("currency")[place].value, "465"]
    actions.amend_rule(by=None, file="currency", place=place, value=of, reason="It lapses too")
    page = took_away()
    assert "Code 465 stays. These rules are of it:" in page and "Activities that lapse so" in page
    assert "465" in queries.codeset("activity").by_code
    actions.withdraw_rule(by=None, file="currency", place=place)
    assert "was taken away" in took_away()


def test_a_code_that_holds_no_more_because_of_another_change_still_has_its_page_and_can_be_taken_back():
    add()
    Amendment.objects.create(codeset="activity", code="250", says={"confidence": "certain"}, reason="Another file said so")
    assert "465" not in queries.codeset("activity").by_code
    assert signed_in_client("data_officer").get(reverse("codelists:code", args=CODE)).status_code == 200
    assert "was taken away" in took_away()
    assert [each.code for each, _ in queries.standing("activity").void] == ["250"]
