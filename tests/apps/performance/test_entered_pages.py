"""Entering, correcting, withdrawing and restoring a figure: whose it may be, what is kept, what the audit says."""

import csv
import io

import pytest
from django.test import Client

from tests.apps.performance.reading import links, main, page_of, table
from tests.cast import make_user, sign_in, signed_in_client
from throughline.analytics.measures.load import load_measures
from throughline.apps.accounts.models import AuditEntry, Verb
from throughline.apps.performance import actions
from throughline.apps.performance.models import EnteredFigure

ADVISERS, MOTHERS = "schools_with_an_enterprise_adviser", "neet_young_mothers"
TYPED = {"area": "358", "period": "2024/25", "value": "12", "status": "final", "evidence": "The careers hub's list"}
HISTORY = f"/entered/{ADVISERS}/358/2024/25/"


@pytest.fixture
def own(cast):
    """The strategy lead of Trafford."""
    return cast("strategy_lead", area="358")


@pytest.fixture
def measure(definitions):
    return load_measures(definitions)[ADVISERS]


def _kept() -> list[tuple]:
    rows = EnteredFigure.objects.order_by("id")
    return list(rows.values_list("area", "period", "value", "status", "withdrawn", "entered_by__role"))


def _changes() -> list[tuple[str, str, dict]]:
    said = AuditEntry.objects.filter(verb__in=(Verb.CREATED, Verb.CHANGED, Verb.REMOVED), room="performance").order_by("id")
    return [(entry.verb, entry.subject_label, entry.detail) for entry in said]


def test_a_figure_is_entered_and_listed(own):
    answer = own.post(f"/entered/{ADVISERS}/", TYPED, follow=True)
    assert "the figure for 2024/25 was saved and the scorecard rebuilt" in main(answer)
    [row] = table(answer, ADVISERS)
    assert row[:2] == ["Trafford, 2024/25", "12"]
    assert "Strategy lead Example" in row[2]
    assert HISTORY in links(answer)
    assert _kept() == [("358", "2024/25", 12.0, "final", False, "strategy_lead")]
    assert _changes() == [
        ("created", f"{ADVISERS}, 358, 2024/25", {"value": [None, 12.0], "status": [None, "final"]}),
    ]


def test_counts_are_kept_with_the_value_they_give(own):
    typed = {"area": "358", "period": "2025", "numerator": "12", "denominator": "48", "status": "provisional"}
    own.post(f"/entered/{MOTHERS}/", typed)
    kept = EnteredFigure.objects.get()
    assert (kept.numerator, kept.denominator, kept.value, kept.status) == (12, 48, 25.0, "provisional")
    assert "12 of 48" in main(own.get(f"/entered/{MOTHERS}/358/2025/"))


def test_a_refused_form_keeps_what_was_typed_and_nothing_else(own):
    answer = own.post(f"/entered/{ADVISERS}/", {**TYPED, "value": "", "period": "banana"})
    said = main(answer)
    assert "There is a problem" in said
    assert "“banana” is not a year we can read" in said
    assert "Enter value, number" in said
    assert page_of(answer).find(".//input[@name='evidence']").get("value") == "The careers hub's list"
    assert (_kept(), _changes()) == ([], [])
    assert {"#id_period", "#id_value"} <= set(links(answer))


def test_a_correction_keeps_what_was_there_before(own):
    own.post(f"/entered/{ADVISERS}/", TYPED)
    own.post(f"/entered/{ADVISERS}/", {**TYPED, "value": "14", "evidence": "Two more found"})
    assert [kept[2] for kept in _kept()] == [12.0, 14.0]
    assert _changes()[-1][::2] == ("changed", {"value": [12.0, 14.0], "status": ["final", "final"]})
    rows = table(own.get(HISTORY), "history")
    assert [(row[2], row[3]) for row in rows] == [("14", "Two more found"), ("12", "The careers hub's list")]
    [listed] = table(own.get("/entered/"), ADVISERS)
    assert listed[1] == "14"


def test_another_spelling_of_the_period_corrects_the_same_figure(own):
    for spelling, value in (("2024/25", "12"), ("2025", "13"), ("202425", "14"), ("2024-25", "15")):
        own.post(f"/entered/{ADVISERS}/", {**TYPED, "period": spelling, "value": value})
    assert {kept[1] for kept in _kept()} == {"2024/25"}
    assert [row[:2] for row in table(own.get("/entered/"), ADVISERS)] == [["Trafford, 2024/25", "15"]]


def test_a_term_is_not_the_year(own):
    for spelling in ("2024/25", "2024/25 autumn term", "2024/25 Autumn Term"):
        own.post(f"/entered/{ADVISERS}/", {**TYPED, "period": spelling})
    assert [kept[1] for kept in _kept()] == ["2024/25", "2024/25 autumn term", "2024/25 autumn term"]


def test_correcting_begins_with_the_authority_and_the_period(own):
    own.post(f"/entered/{ADVISERS}/", TYPED)
    address = next(link for link in links(own.get("/entered/")) if "?" in link)
    assert page_of(own.get(address)).find(".//input[@name='period']").get("value") == "2024/25"


def test_a_figure_is_withdrawn_and_restored(own):
    own.post(f"/entered/{ADVISERS}/", TYPED)
    answer = own.post(f"{HISTORY}withdraw/", follow=True)
    assert "the figure for 2024/25 was withdrawn" in main(answer)
    assert "Restore this figure" in main(answer)
    assert "Nothing has been entered yet" in main(own.get("/entered/"))
    answer = own.post(f"{HISTORY}restore/", follow=True)
    assert "the figure for 2024/25 was restored" in main(answer)
    assert [(kept[2], kept[4]) for kept in _kept()] == [(12.0, False), (12.0, True), (12.0, False)]
    assert [change[0] for change in _changes()] == ["created", "removed", "changed"]
    assert _changes()[1][2] == {"value": [12.0, None]}


def test_what_is_withdrawn_already_or_never_was_changes_nothing(own):
    own.post(f"/entered/{ADVISERS}/", TYPED)
    assert "Nothing was changed" in main(own.post(f"{HISTORY}restore/", follow=True))
    own.post(f"{HISTORY}withdraw/")
    assert "Nothing was changed" in main(own.post(f"{HISTORY}withdraw/", follow=True))
    assert len(_kept()) == 2
    assert own.post(f"/entered/{ADVISERS}/358/1999/withdraw/", follow=True).status_code == 404


def test_another_authoritys_figures_are_out_of_reach(own, measure):
    theirs = make_user("data_officer", area="202")
    actions.enter_figure(by=theirs, measure=measure, area="202", period="2024/25", value=31, status="final")
    assert "31" not in main(own.get("/entered/"))
    answer = own.post(f"/entered/{ADVISERS}/", {**TYPED, "area": "202"})
    assert "Select a valid choice" in main(answer)
    for path in ("", "withdraw/", "restore/"):
        address = f"/entered/{ADVISERS}/202/2024/25/{path}"
        assert (own.post if path else own.get)(address).status_code == 404
    assert [kept[2] for kept in _kept()] == [31.0]


def test_one_may_enter_for_ones_own_authority_and_for_no_other(cast):
    def offered(area: str) -> list[str]:
        client = cast("data_officer", area=area, email=f"officer{area}@example.org")
        return [option.get("value") for option in page_of(client.get(f"/entered/{ADVISERS}/")).find(".//select")]

    assert offered("358") == ["358"]
    assert offered("") == offered("909") == offered("970") == [], "no one authority, one abolished, England"


def test_somebody_of_no_one_authority_is_told_so(cast):
    assert "You work for no one authority" in main(cast("data_officer", area="").get("/entered/"))


@pytest.mark.parametrize("id", ["attainment_8", "no_such_measure"])
def test_only_a_measure_that_is_entered_can_be_entered(officer, id):
    assert officer.get(f"/entered/{id}/").status_code == 404
    assert officer.post(f"/entered/{id}/", TYPED).status_code == 404


def test_a_published_measure_is_refused_by_the_action_itself(db, definitions):
    published = load_measures(definitions)["attainment_8"]
    with pytest.raises(ValueError, match="is published"):
        actions.enter_figure(by=make_user("data_officer"), measure=published, area="358", period="2025", value=1, status="final")
    assert (_kept(), _changes()) == ([], [])


def test_what_is_typed_as_evidence_is_shown_as_typed(own):
    own.post(f"/entered/{ADVISERS}/", {**TYPED, "evidence": "<b>bold</b>"})
    assert table(own.get(HISTORY), "history")[0][3] == "<b>bold</b>"


def test_of_two_officers_at_once_the_later_counts_and_the_earlier_is_kept(own):
    """Both open the form while there is nothing, and each saves what they know."""
    other = sign_in(signed_in_client("data_officer").__class__(), make_user("data_officer", email="b@example.org", area="358"))
    for reader in (own, other):
        assert reader.get(f"/entered/{ADVISERS}/").status_code == 200
    own.post(f"/entered/{ADVISERS}/", TYPED)
    other.post(f"/entered/{ADVISERS}/", {**TYPED, "value": "20"})
    assert [(kept[2], kept[5]) for kept in _kept()] == [(12.0, "strategy_lead"), (20.0, "data_officer")]
    assert _changes()[-1][2]["value"] == [12.0, 20.0]
    assert [row[1] for row in table(own.get(HISTORY), "history")] == ["Data officer Example", "Strategy lead Example"]


def test_of_two_who_withdraw_at_once_the_second_is_told(own, cast):
    other = cast("data_officer", area="358")
    own.post(f"/entered/{ADVISERS}/", TYPED)
    own.post(f"{HISTORY}withdraw/")
    assert "there is no such figure to withdraw" in main(other.post(f"{HISTORY}withdraw/", follow=True))


def test_what_is_entered_is_handed_over_without_what_was_corrected_or_is_anothers(own):
    assert "/entered/entered.csv" not in links(own.get("/entered/")), "there is nothing to hand over yet"
    own.post(f"/entered/{ADVISERS}/", {**TYPED, "value": "11"})
    own.post(f"/entered/{ADVISERS}/", TYPED)
    elsewhere = sign_in(Client(), make_user("strategy_lead", email="camden@example.org", area="202"))
    elsewhere.post(f"/entered/{ADVISERS}/", {**TYPED, "area": "202", "value": "99"})
    [offered] = [link for link in links(own.get("/entered/")) if link.endswith(".csv")]
    [row] = csv.DictReader(io.StringIO(own.get(offered).content.decode("utf-8-sig")))
    assert (row["Area"], row["Period"], row["Value"], row["Status"]) == ("Trafford", "2024/25", "12.0", "final")
    assert (row["Where it comes from"], row["Entered by"]) == ("The careers hub's list", "Strategy lead Example")
    assert own.get("/entered/entered.xlsx").status_code == 200
