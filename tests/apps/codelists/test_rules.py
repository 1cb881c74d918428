"""Rules on their pages: every value said with its source, numbers said otherwise with a reason, void and taken back."""

import os
import re
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.codelists.of_rules import ARGS, CHANGE, EDITION, FROM_NOVEMBER, MONTHS, NOVEMBER, TYPED, amend, months, page
from tests.cast import signed_in_client
from throughline.analytics.formats.nccis.edition import load_editions
from throughline.analytics.participation.codechanges import Place as PlaceInList
from throughline.analytics.participation.stated import Place
from throughline.apps.accounts.models import AuditEntry, User
from throughline.apps.accounts.roles import ROLES
from throughline.apps.codelists import actions, ruling, wording
from throughline.apps.codelists.asked import AskedOnceAPage, each_asked_once
from throughline.apps.codelists.models import RuleAmendment
from throughline.apps.codelists.queries import codeset
from throughline.apps.codelists.written import written_at
from throughline.apps.learners.codes import cohort, rules
from throughline.apps.learners.return_rules import editions
from throughline.apps.performance.figures import measures
from throughline.core.problems import RefusedFileError

pytestmark = pytest.mark.django_db


def test_every_value_has_words_a_source_and_a_confidence():
    assert [line.says for name in wording.files() for line in wording.lines(name) if line.says == line.place.dotted] == []
    unsaid = [(name, line.place.dotted) for name in wording.files() for line in wording.lines(name)
              for time in line.times if time.confidence not in ("high", "medium", "low") or not time.source]
    assert unsaid == []
    assert {name for name, known in wording.files().items() if "fixed" not in known} == set(ruling.AMENDABLE)


def test_every_line_of_the_wording_names_a_value():
    for name, known in wording.files().items():
        said = {line.says for line in wording.lines(name)}
        assert [pattern for pattern, each in known["says"].items() if each["says"] not in said] == []


def test_an_amendment_holds_at_once_and_its_withdrawal_brings_the_file_back():
    assert months() == 12
    amend(9)
    amend(8)
    assert months() == 8
    assert actions.withdraw_rule(by=None, file="currency", place=MONTHS) == 2
    assert months() == 12
    assert [each.value for each in ruling.history("currency", MONTHS)] == [8, 9]
    assert actions.withdraw_rule(by=None, file="currency", place=MONTHS) == 0


def test_only_the_very_number_changes():
    before = {place: one.value for place, one in ruling.in_file("currency").items()}
    amend()
    after = {line.place: time.holds for line in wording.lines("currency") for time in line.times}
    assert {place: value for place, value in after.items() if before[place] != value} == {MONTHS: 9}


def test_an_officer_says_which_activities_a_rule_is_of_and_the_first_that_names_one_counts():
    """Temporary employment, by the review date in the file, is put among those that lapse after the day last confirmed."""
    client = signed_in_client("data_officer")
    change = reverse("learners:amend_rule", args=[*ARGS, "rule.260.codes"])
    told = client.post(change, TYPED | {"value": "260, 290,710 720"}, follow=True).content.decode()
    assert "260, 290, 710, 720" in told
    assert "350" not in ruling.rule("currency").on(date(2026, 10, 31)).rules
    amend(["330", "340", "360", "380", "381", "550", "350"], Place(EDITION, ("rule", "330", "codes")))
    amend(["310", "320", "330"], Place(EDITION, ("rule", "310", "codes")))
    amend(10)  # by the first code of the file's, which another change may have taken away
    rules = ruling.rule("currency").on(date(2026, 10, 31)).rules
    assert {code: rules[code].months for code in ("310", "330", "340", "350")} == {"310": 10, "330": 10, "340": 6, "350": 6}
    entry = AuditEntry.objects.filter(subject_id__endswith="rule.260.codes").latest("pk")
    assert entry.detail == {"in_file": "260, 290, 710, 720, 350", "value": "260, 290, 710, 720"}
    assert "when the file said 260, 290, 710, 720, 350" in client.get(change).content.decode()


@pytest.mark.parametrize(("typed", "told"), [
    ("", "Enter at least one code"), (" , ", "Enter at least one code"), ("260, 26O", "26O is not in the list of codes"),
    ("999 abc", "999 and abc are not in the list of codes"), ("999, 260 abc 1", "999, abc and 1 are not in the list of codes"),
])
def test_codes_that_there_are_not_are_answered_at_their_box(typed, told):
    change = reverse("learners:amend_rule", args=[*ARGS, "rule.260.codes"])
    answer = signed_in_client("data_officer").post(change, TYPED | {"value": typed})
    assert (answer.status_code, RuleAmendment.objects.count()) == (400, 0)
    assert told in answer.content.decode()


def test_whom_a_rule_exempts_is_ticked_and_may_be_nobody():
    """Whether the department exempts anybody from rule 40 is not known: an officer who reads that it does not says so."""
    args = ["returns", "2019-04-01", "rule.40.exempt"]
    client, change = signed_in_client("data_officer"), reverse("learners:amend_rule", args=args)
    form = client.get(change).content.decode()
    assert "A Left: reached the upper age" in form and "Not of these (optional)" not in form
    ticks = re.findall(r'<input [^>]*name="value"[^>]*>', form)
    assert [re.findall('value="(.)"', each) for each in ticks] == [[code] for code in codeset("cohort_status").by_code]
    assert [each for each in ticks if "checked" in each] == [each for each in ticks if 'value="A"' in each]
    looked_at = {name: value for name, value in TYPED.items() if name not in ("confirm", "value")}
    shown = client.post(change, looked_at | {"value": ["A", "T"]}).content.decode()
    assert re.findall(r'<input type="hidden" name="value" value="(.*?)"', shown) == ["A", "T"]
    shown = client.post(change, looked_at).content.decode()
    assert "<strong>none</strong>" in shown and 'name="value"' not in shown
    client.post(change, looked_at | {"confirm": "1"})
    assert {rule.number: rule.given["exempt"] for rule in editions().on(date(2026, 10, 31)).rules if "exempt" in rule.given} == {
        9: ["A"], 40: []}
    assert "none as it always was, when the file said A" in client.get(change).content.decode()
    assert AuditEntry.objects.get(verb="changed").detail == {"in_file": "A", "value": "none"}
    assert "Not of these: none" in page("rule_edition", ["returns", "2015-04-01"]), "rule 33 of that edition"


def test_codes_that_a_file_has_otherwise_now_are_void_and_said_in_words(rewrite):
    amend(["530", "540"], Place(EDITION, ("rule", "530", "codes")))
    assert "540" in ruling.rule("currency").on(date(2026, 10, 31)).rules
    rewrite("currency", 'codes = ["530"]', 'codes = ["530", "550"]')
    shown = page("rules")
    assert "530, 540, when the file said 530" in shown
    assert "The file now says 530, 550" in shown


@pytest.mark.parametrize(("file", "place", "value", "error"), [
    ("currency", MONTHS, -1, RefusedFileError), ("currency", MONTHS, 2.5, RefusedFileError),
    ("currency", Place(EDITION, ("rule", "999", "months")), 9, KeyError),
    ("currency", Place(EDITION, ("rule", "310", "lapses")), 9, KeyError),
    ("currency", Place(EDITION, ("rule", "310", "lapses")), "sometimes", KeyError),  # no such word
    ("currency", Place(EDITION, ("rule", "410", "lapses")), "verified", RefusedFileError),  # and no months to count
    ("currency", Place(EDITION, ("rule", "410", "lapses")), "review", RefusedFileError),
    ("currency", MONTHS, "never", KeyError), ("worklists", Place(EDITION, ("list", "not_known", "about")), "x", KeyError),
    ("returns", Place(EDITION, ("rule", "18", "who")), "data_officer", KeyError),
    ("terms", Place(date(1990, 9, 1), ("term", "autumn", "begins")), 9, KeyError),
])
def test_what_the_rule_cannot_have_is_refused_and_nothing_is_kept(file, place, value, error):
    with pytest.raises(error):
        amend(value, place, file)
    assert RuleAmendment.objects.count() == 0


def test_a_file_that_says_something_else_there_makes_the_amendment_void_and_says_so(rewrite):
    amend(9)
    rewrite("currency", "months = 12", "months = 10")
    assert months() == 10
    assert "The file now says 10" in page("rules") and 'name="list"' in page("rules", role="data_officer")
    assert "Appendix A, page 4" not in page("rule_edition", ARGS)
    back = reverse("codelists:rule_withdraw", args=CHANGE[1])
    assert signed_in_client("data_officer").post(back, {"list": "1"}).url == reverse("codelists:rules")


def test_a_file_without_that_edition_makes_the_amendment_void_and_it_can_be_taken_away(rewrite):
    amend(9)
    rewrite("currency", "from = 2015-04-01", "from = 2026-04-01")
    assert months() == 12
    client = signed_in_client("data_officer")
    shown = client.get(reverse("codelists:rules")).content.decode()
    assert ruling.NO_LONGER_THERE in shown
    assert CHANGE[1][2] in shown
    after = client.post(reverse("codelists:rule_withdraw", args=CHANGE[1]), follow=True).content.decode()
    assert ruling.NO_LONGER_THERE not in after


def test_a_file_that_makes_no_sense_with_what_was_changed_holds_alone(rewrite):
    due = Place(None, ("contact", "priority_days"))
    amend(80, due, "cohort")
    assert ruling.rule("cohort").priority_days == 80
    rewrite("cohort", "overdue_days = 90", "overdue_days = 60")
    assert (ruling.rule("cohort").priority_days, ruling.rule("cohort").overdue_days) == (28, 60)
    assert "A contact is due before it is overdue" in page("rules")


def test_numbers_of_the_cohort_reach_the_worklists():
    amend(120, Place(None, ("contact", "overdue_days")), "cohort")
    [edition] = ruling.rule("worklists")
    assert edition.lists["neet_overdue"].days == 120


OLD, WHOLE = date(2015, 4, 1), date(2019, 4, 1)
MONTHS_OF_RETURNS = (date(2016, 10, 31), date(2019, 10, 31), date(2026, 10, 31))


def age_of(edition: date, rule: str) -> Place:
    """Where the rules of the return have the age of a rule."""
    return Place(edition, ("rule", rule, "age"))


def ages(number: int) -> list[int | None]:
    """The age that a rule counts with in the returns of three months, None where an edition does not have it."""
    held = [{rule.number: rule.given.get("age") for rule in editions().on(end).rules} for end in MONTHS_OF_RETURNS]
    return [rules.get(number) for rules in held]


def test_a_number_of_the_return_holds_at_once_in_every_edition_that_has_the_rule_of_that_one():
    assert (ages(9), ages(33)) == ([25, 25, 25], [20, None, None])
    amend(26, age_of(WHOLE, "9"), "returns")
    amend(21, age_of(OLD, "33"), "returns")
    assert (ages(9), ages(33)) == ([26, 26, 26], [21, None, None])
    actions.withdraw_rule(by=None, file="returns", place=age_of(WHOLE, "9"))
    actions.withdraw_rule(by=None, file="returns", place=age_of(OLD, "33"))
    assert editions() == load_editions(settings.DEFINITIONS)


@pytest.mark.parametrize(("key", "value"), [("age", 31), ("age", -1), ("priority", 4), ("priority", 0)])
def test_a_number_that_no_rule_of_the_return_can_have_is_refused(key, value):
    with pytest.raises(RefusedFileError):
        amend(value, Place(WHOLE, ("rule", "9", key)), "returns")


def test_the_page_of_an_edition_has_every_rule_that_holds_in_it_with_the_edition_that_states_it():
    amend(26, age_of(WHOLE, "9"), "returns")
    shown = page("rule_edition", ["returns", "2026-04-01"], "data_officer")
    assert f"{len(editions().on(date(2026, 10, 31)).rules)} rules" in shown
    assert "This edition is not known in full" in shown
    assert "as in the edition from 1 April 2019" in shown
    assert "in the file 25" in shown
    assert reverse("learners:amend_rule", args=["returns", "2019-04-01", "rule.9.age"]) in shown
    assert "Change<" not in page("rule_edition", ["returns", "2026-04-01"])


@pytest.mark.parametrize("path", ["rule.9.number", "rule.9.message", "rule.19.pattern"])
def test_what_is_no_number_to_change_of_the_return_has_no_page(path):
    answer = signed_in_client("data_officer").get(reverse("learners:amend_rule", args=["returns", "2019-04-01", path]))
    assert answer.status_code == 404


def test_a_day_of_any_year_is_said_as_one():
    shown = page("rule_edition", ["terms", "1990-09-01"], "councillor")
    assert ">1 September<" in shown and "09-01<" not in shown


def test_a_file_of_which_nothing_is_changed_says_why():
    for name, known in wording.files().items():
        if "fixed" in known:
            [edition, *_] = wording.editions(name)
            assert known["fixed"][:20] in page("rule_edition", [name, str(edition or "always")], "data_officer")


def test_an_officer_says_a_number_otherwise_on_its_page():
    client = signed_in_client("data_officer")
    shown = client.post(reverse(CHANGE[0], args=CHANGE[1]), TYPED, follow=True).content.decode()
    assert "The rule was changed for all days" in shown
    assert "in the file 12 months" in shown
    assert shown.count(f'href="{reverse("learners:amend_rule", args=CHANGE[1])}#history">Take it back') == 1
    assert "Appendix A" in shown
    assert TYPED["source"] in shown
    assert months() == 9
    entry = AuditEntry.objects.filter(room="codelists", verb="changed").get()
    assert (entry.subject_label, entry.detail) == ("currency 2015-04-01/rule.310.months", {"in_file": 12, "value": 9})
    back = client.get(reverse(CHANGE[0], args=CHANGE[1])).content.decode()
    assert "9 months as it always was, when the file said 12" in back
    assert "Take back" in back
    assert 'id="history"' in back


@pytest.mark.parametrize(("field", "value", "told"), [
    ("value", "99", "The months must be a whole number from 1 to 60"), ("value", "nine", "Enter a whole number"),
    ("value", "", "Enter a number"), ("when", "", "Since when is it so?"),
    ("reason", "", "Enter why it is changed"), ("source", "", "Enter source"), ("confidence", "", "How sure is this?"),
    ("since", ("onward", "1", "4", "2015"), "Enter a day after 1 April 2015: what you change"),
    ("since", ("onward", "31", "11", "2026"), "must be a real day"),
    ("since", ("onward", "", "", ""), "Enter the day from which it is so"),
    ("since", ("always", "1", "11", "2026"), "It cannot be both as it always was and from a day on. Clear"),
    ("since", ("always", "31", "11", "2026"), "must be a real day"),
])
def test_bad_input_is_answered_at_its_box_and_changes_nothing(field, value, told):
    amend(5, Place(EDITION, ("rule", "530", "months")))
    given = dict(zip(FROM_NOVEMBER, value, strict=True)) if field == "since" else {field: value}
    answer = signed_in_client("data_officer").post(reverse(CHANGE[0], args=CHANGE[1]), TYPED | given)
    assert answer.status_code == 400
    assert f'href="#id_{field}' in answer.content.decode()
    assert told in answer.content.decode() and "in the way" not in answer.content.decode()
    assert months() == 12


def test_the_ages_of_the_headline_are_the_measures_own_and_nobody_says_them_otherwise_here():
    """What a measure asks and is called says its ages: a number changed on the site would hold for the close alone."""
    edition = cohort().on(date(2026, 10, 31))
    officer = signed_in_client("data_officer")
    args = ["cohort", edition.starts.isoformat()]
    page = officer.get(reverse("codelists:rule_edition", args=args)).content.decode()
    assert "Counted in the headline figures" in page
    assert "headline_ages" not in page, "no link leads to changing it"
    assert officer.get(reverse("learners:amend_rule", args=[*args, "headline_ages.0"])).status_code == 404
    asked = {where["academic_age"] for measure in measures().values() if measure.register
             for where in (measure.register.numerator, measure.register.denominator)}
    assert asked == {edition.headline_ages}


@pytest.mark.parametrize("role", [name for name, role in ROLES.items() if "edit_code_lists" not in role.permissions])
def test_no_other_role_says_anything_otherwise(role):
    client = signed_in_client(role)
    amend(9)
    for name in (CHANGE[0], "codelists:rule_withdraw"):
        answer = client.post(reverse(name, args=CHANGE[1]), TYPED | {"value": "5"})
        assert answer.status_code in (403, 404)
    assert months() == 9


def test_the_page_says_how_sure_each_value_is_and_offers_no_change_to_readers():
    shown = page("rule_edition", ["retention", "2016-09-01"])
    assert "deleted within three" in shown
    assert "low" in shown
    assert "Change" not in shown.split("<tbody")[1]


def test_the_download_says_what_holds_and_what_the_file_has():
    amend(9, since=NOVEMBER)
    url = reverse("codelists:rule_download", args=[*ARGS, "csv"])
    rows = signed_in_client("councillor").get(url).content.decode("utf-8-sig").splitlines()
    [changed] = [row for row in rows if "Appendix A, page 4" in row]
    assert "2026-11-01,,9 months,12 months,medium" in changed
    assert any(",,2026-10-31,12 months,12 months,medium" in row for row in rows)


@pytest.mark.parametrize(("name", "args"), [
    ("rule_edition", ["nothing", "always"]), ("rule_edition", ["currency", "always"]),
    ("rule_edition", ["currency", "2015-13-01"]),
    ("learners:amend_rule", [*ARGS, "rule.999.months"]),
    ("learners:amend_rule", ["worklists", "2015-04-01", "list.not_known.about"]),
    ("learners:amend_rule", ["terms", "1990-09-01", "term.autumn.begins"]),
])
def test_there_is_no_other_rule(name, args):
    address = reverse(name if ":" in name else f"codelists:{name}", args=args)
    assert signed_in_client("data_officer").get(address).status_code == 404


def test_what_is_kept_of_a_folder_is_read_again_when_anything_in_it_is_written_added_or_taken_away(settings, tmp_path):
    settings.DEFINITIONS = tmp_path
    beneath, older, old = tmp_path / "rules" / "returns" / "2019-20.toml", tmp_path / "rules" / "older.toml", 1_700_000_000

    def after(change) -> bool:
        """Whether a change is noticed; the folder is as old as before again afterwards."""
        change()
        noticed = written_at("rules") > old * 10**9
        for path in (*beneath.parents[:2], *(path for path in (beneath, older) if path.exists())):
            os.utime(path, (old, old))
        assert written_at("rules") == old * 10**9
        return noticed

    assert after(lambda: (beneath.parent.mkdir(parents=True), beneath.touch()))
    assert not after(lambda: None)
    assert after(lambda: beneath.write_text("months = 9", encoding="utf-8"))
    assert after(lambda: (older.touch(), os.utime(older, (old - 9, old - 9))))
    assert after(older.unlink)


def test_a_page_asks_for_a_rule_once_and_what_is_posted_reads_it_as_it_is():
    """Rules of the register are wanted for each measure that the form of an indicator offers."""
    rules()  # read before, so that all that is asked is whether they changed since
    with CaptureQueriesContext(connection) as queries:
        assert signed_in_client("strategy_lead").get(reverse("indicators:add")).status_code == 200
    table = RuleAmendment._meta.db_table
    asked = [query["sql"] for query in queries if table in query["sql"] and "MAX(" in query["sql"]]  # when it last changed
    assert 0 < len(asked) <= 3  # currency, cohort and how NEET once was adjusted
    with each_asked_once():
        before = months()
        amend(before + 1)
        assert months() == before
    assert months() == before + 1

    def answer(request):
        amend(months() + 1)
        return months()

    asking = AskedOnceAPage(answer)
    assert asking(RequestFactory().post("/")) == before + 2
    assert asking(RequestFactory().get("/")) == before + 2  # as it was when it was asked for first
    assert months() == before + 3


def test_a_change_says_whose_it_is_and_everybody_else_is_told_the_authority(trafford_and_bury):
    amend(by=trafford_and_bury)
    for name, args in (("rule_edition", ARGS), CHANGE):
        assert "Tara Ford, Trafford" in page(name, args, "data_officer"), name
    told = page("rule_edition", ARGS, "employer")
    assert " by Trafford: Appendix A, page 4" in told
    assert "Tara Ford" not in told


def test_a_change_of_a_code_says_whose_it_is(trafford_and_bury):
    actions.amend(by=trafford_and_bury, codeset="activity", place=PlaceInList("250", None), says={"confidence": "high"},
                  reason="Read there")
    assert page("code", ["activity", "250"], "data_officer").count("Tara Ford, Trafford") == 2
    assert " by Trafford: Read there" in page("list", ["activity"], "employer")


def test_before_it_is_saved_a_change_says_for_which_authorities_it_holds(trafford_and_bury):
    said = "It holds for all authorities whose people use this site, which are 2: Bury and Trafford."
    code = ("learners:amend_code", ["activity", "250", "always"])
    assert said in page(*CHANGE, "data_officer")
    assert said in page(*code, "data_officer")
    User.objects.filter(area="351").update(is_active=False)
    assert "every authority whose people use this site: now Trafford alone." in page(*code, "data_officer")
