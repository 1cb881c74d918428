"""Characteristics, level of need and support in a list: taken as a return's are, and told to those alone who may be told."""

import html
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.exchange.returns_made import ADE, BO, made, record
from throughline.analytics.intake.said import Said, from_json
from throughline.analytics.learnerlists.mapping import signature
from throughline.apps.codelists.actions import add_code
from throughline.apps.exchange import words
from throughline.apps.exchange.actions.bringing import set_mapping
from throughline.apps.exchange.actions.codes import take_code_away
from throughline.apps.exchange.comparing import Compared, Findings
from throughline.apps.exchange.files import problem_rows
from throughline.apps.exchange.forms import MappingForm
from throughline.apps.exchange.models import Delivery, RememberedMapping
from throughline.apps.exchange.queries import problems_of
from throughline.apps.exchange.readers import Reader, told_trait
from throughline.apps.exchange.register import everybody
from throughline.apps.exchange.saying import said_lines
from throughline.apps.exchange.staging import compared, kept_sheet
from throughline.apps.learners.models import Learner

pytestmark = pytest.mark.django_db
AS_AT = date(2026, 10, 5)
HELD = "Forename,Surname,DOB,Looked after,Care leaver,YOT,Level of need,FSM,EHCP\n"
PORTAL = ("stud_id,academic_age,support_level,looked_after_in_care,supervised_by_yots,teenage_mother,send,sensupport,"
          "confirmed_date,postcode,nccis_code,ncciscohort,review_date,due_lapse\n"
          "3580000000001,16,Intensive,No,No,No,Yes,No,01/10/2026,ZZ1 1AA,230,Yes,01/03/2027,31/08/2027\n"
          "3580000000002,16,2,Yes,No,No,No,Yes,02/10/2026,ZZ1 1AA,619,Yes,,\n"
          "3580000000009,16,2,Yes,No,No,No,Yes,02/10/2026,ZZ1 1AA,619,Yes,,\n")


def _traits(given):
    learner = Learner.objects.get(names__given=given)
    return {trait.trait: trait.starts for trait in learner.traits.known()}, learner.levels_of_need.known().get(ends=None).level


def test_a_list_says_what_holds_and_ends_nothing_that_it_says_no_of_or_leaves_out(accepted):
    accepted(made(record(ADE, "110", "140"), record(BO)))
    begun = date(2026, 9, 30)
    delivery = accepted((HELD + "Ade,O'Brien,05/11/2009,No,Yes,,1,y,\nBo,Ng,15/01/2010,01/06/2024,,1,,N,Yes\n").encode(),
                        "list.csv", as_at=AS_AT)
    assert _traits("Ade") == ({"110": begun, "140": begun, "160": AS_AT, "free_school_meals": AS_AT}, "1")
    assert _traits("Bo") == ({"110": AS_AT, "ehc_plan": AS_AT}, "2")
    assert [[(each["field"], each["value"]) for each in row.problems if not each["who"]] for row in delivery.rows.order_by("line")
            ] == [[("trait", "110")], []]
    again = accepted((HELD + "Ade,O'Brien,05/11/2009,,,,,,\nBo,Ng,15/01/2010,05/11/2026,,,,,\n").encode(), "later.csv",
                     as_at=date(2026, 11, 4))
    assert _traits("Ade") == ({"110": begun, "140": begun, "160": AS_AT, "free_school_meals": AS_AT}, "1")
    assert [row.outcome for row in again.rows.order_by("line")] == ["same", "same"]
    assert again.rows.last().problems[0]["rule"] == "a day that has come"


def test_the_portals_file_is_understood_and_accepted_by_its_identifiers(accepted):
    accepted(made(record({**ADE, "SENDFlag": "N"}), record(BO)))
    delivery = accepted(PORTAL.encode(), "Act16to19 Oct 26.csv", as_at=AS_AT)
    assert [row.outcome for row in delivery.rows.order_by("line")] == ["changed", "changed", "unmatched"]
    assert _traits("Ade") == ({"ehc_plan": AS_AT}, "1")
    assert _traits("Bo") == ({"110": AS_AT, "sen_support": AS_AT}, "2")
    ade = Learner.objects.get(names__given="Ade").activities.known().get()
    assert (ade.verified, ade.review) == (date(2026, 10, 1), date(2027, 3, 1))


LISTED = ("Forename,Surname,DOB,Level of need,Pregnant,Substance misuse,YOT,AP,Care leaver,Mental health,YOT worker\n"
          "Ade,O'Brien,05/11/2009,1,Yes,Since Easter,Order of 3 May,Some days,No,Since Whitsun,Mx Hartley\n"
          "Cy,Poe,05/11/2009,3,Yes,Yes,Y,Yes,,,\n"
          "Bo,Ng,15/01/2010,3,,N,N,N,No,,\n")
# what nobody who reads a file is told, what those alone who may see what is sensitive are, and what everybody is
NOBODY = ("Order of 3 May", "Mx Hartley", "Supervised by the youth offending team", "(170)", "“170”",
          "a restricted characteristic")
SENSITIVE = ("Since Easter", "Since Whitsun", "Pregnant", "Disclosed substance misuse", "Care leaver")
EVERYBODY = ("Some days", "Intensive support", "Minimum support", "Alternative provision")


def _all_told(delivery: Delivery, reader: Reader) -> str:
    """What is told of a list's rows: their changes, who they may be about, their problems and what their columns hold."""
    rows = list(delivery.rows.order_by("line"))
    form = MappingForm(delivery=delivery, guards=reader.guards)
    told = [words.shown(row, reader, {}) for row in rows] + [said_lines(row, from_json(row.values), reader) for row in rows]
    told += [problem_rows(each.problem for each in problems_of(delivery, reader)), [form[name].help_text for name in form.fields]]
    return str([list(each) for each in told])


@pytest.mark.parametrize("sensitive", [True, False])
def test_what_is_not_for_everybody_is_told_to_those_alone_who_may_see_it(accepted, bring, sensitive):
    accepted(made(record(ADE, "160"), record(BO, "160", "170")))
    told = _all_told(bring(LISTED.encode(), "list.csv", as_at=AS_AT), Reader(sensitive, frozenset(), frozenset()))
    assert [said for said in NOBODY if said in told] == []
    assert [said for said in SENSITIVE if said in told] == (list(SENSITIVE) if sensitive else [])
    assert [said for said in EVERYBODY if said not in told] == []
    assert ("a sensitive characteristic" in told) is not sensitive
    assert told_trait("of_no_list", date(2026, 9, 1), sensitive) == ("of_no_list" if sensitive else "a sensitive characteristic")
    assert told.count("yes is held") == 2


@pytest.mark.parametrize("sensitive", [True, False])
def test_a_cell_of_a_trait_that_was_taken_away_is_told_as_of_one_of_no_list(accepted, bring, officer, sensitive):
    accepted(made(record(ADE), record(BO)))
    add_code(by=officer, codeset="own_trait", code="bereaved", says={
        "label": "Lost a parent", "sensitive": "yes", "valid_from": "", "valid_to": "", "confidence": "high", "source": "s"},
        reason="A test")
    columns = {"0": "given_name", "1": "family_name", "2": "date_of_birth", "3": "bereaved", "4": "start"}
    delivery = set_mapping(by=officer, constants={}, mapping=columns, delivery=bring(
        b"Forename,Surname,DOB,Told,From\nAde,O'Brien,05/11/2009,Since Easter,Whenever\n", "list.csv", as_at=AS_AT))
    take_code_away(by=officer, codeset="own_trait", code="bereaved")
    told = _all_told(delivery, Reader(sensitive, frozenset(), frozenset()))
    assert (told.count("Since Easter") > 0, "Whenever" in told) == (sensitive, True)


@pytest.mark.parametrize("said", ["Yes", "No", "01/09/2026", "Order of 3 May"])
@pytest.mark.parametrize("remembered", [False, True])
def test_nothing_of_a_list_tells_who_has_a_restricted_characteristic(accepted, bring, said, remembered):
    accepted(made(record(ADE), record(BO, "170")))
    sheet = f"Forename,Surname,DOB,YOT\nAde,O'Brien,05/11/2009,{said}\nBo,Ng,15/01/2010,{said}\n".encode()
    if remembered:  # from when a list could say it
        before = kept_sheet(bring(sheet.partition(b"Bo,")[0], "before.csv", as_at=AS_AT))
        columns = {"0": "given_name", "1": "family_name", "2": "date_of_birth", "3": "170"}
        RememberedMapping.objects.create(area="358", signature=signature(before), mapping=columns)
    delivery = bring(sheet, "list.csv", as_at=AS_AT)
    ade, bo = delivery.rows.order_by("line")
    assert (ade.outcome, ade.changes, ade.problems) == (bo.outcome, bo.changes, bo.problems) == ("same", [], [])
    assert delivery.columns[3]["why"].startswith("a restricted characteristic is recorded on each one’s own page")
    assert "170" not in dict(MappingForm(delivery=delivery).fields["column_3"].choices)


@pytest.mark.parametrize("says", [{"traits": frozenset({"170"})}, {"ended": frozenset({"170"})}])
def test_nor_does_a_row_that_was_read_when_a_list_could_say_it(accepted, bring, says):
    accepted(made(record(ADE), record(BO, "170")))
    delivery = bring(LISTED.encode(), "list.csv", as_at=AS_AT)
    rows = [Compared(1, 1, Said(given="Ade", family="O'Brien", born=date(2009, 11, 5), **says)),
            Compared(2, 2, Said(given="Bo", family="Ng", born=date(2010, 1, 15), **says))]
    told = [row for each in compared(delivery, rows, Findings(rows, everybody("358"), delivery.as_at)) for row in each.rows]
    assert [(row.outcome, row.changes, row.notes) for row in told] == [("same", [], [])] * 2


def test_a_page_and_the_senders_own_tell_likewise(cast, accepted):
    accepted(made(record(ADE), record(BO, "170")))
    school = cast("provider_staff", establishment="3584000", organisation="Marlbeck School")
    school.post("/files/sent/", {"file": SimpleUploadedFile("list.csv", LISTED.encode())})
    sent = Delivery.objects.get(kind="list")
    officer, row = cast("tracking_officer"), sent.rows.get(line=3)
    pages = [f"/files/{sent.pk}/{page}" for page in ("", "columns/", "problems/", "problems.csv")] + [f"/files/rows/{row.pk}/"]
    told = html.unescape("".join(officer.get(page).content.decode() for page in pages))
    assert ("Order of 3 May" in told, "Since Easter" in told) == (False, True)
    assert ("not used: a restricted characteristic is recorded" in told, OPTION in told) == (True, False)
    own = "".join(school.get(f"/files/sent/{sent.pk}/{page}").content.decode() for page in ("", "columns/", "problems.csv"))
    assert ("Order of 3 May" in own, "a list ends nothing" in own) == (True, False), "it is what the school wrote"


OPTION = '<option value="170">Supervised by the youth offending team</option>'
