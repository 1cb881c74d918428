"""Columns that say yes or no of what holds of somebody, one for each code of the lists, and those of the NCCIS portal."""

import tomllib
from datetime import date

import pytest
from django.conf import settings

from tests.analytics.learnerlists.test_lists import CODES, DAY, WORDS, listed
from throughline.analytics.learnerlists.entries import entries
from throughline.analytics.learnerlists.mapping import guess, missing
from throughline.analytics.learnerlists.vocabulary import load_vocabulary, plain
from throughline.analytics.participation.codesets import load_codeset

# The columns of the NCCIS portal's “Act16to19” download, with what is kept of each.
PORTAL = {
    "stud_id": "young_persons_id", "age": "", "academic_age": "", "support_level": "level_of_need", "looked_after_in_care": "110",
    "caring_for_own_child": "120", "refugee_asylum_seeker": "130", "carer_not_own_child": "140", "substance_misuse": "150",
    "care_leaver": "160", "supervised_by_yots": "", "pregnancy": "180", "parent": "190", "teenage_mother": "",
    "send": "ehc_plan", "alternative_provision": "200", "sensupport": "sen_support", "confirmed_date": "verified",
    "postcode": "postcode", "nccis_code": "activity", "ncciscohort": "", "review_date": "review",
    "predicted_end": "predicted_end", "due_lapse": "", "support_start_date": "",
}


def test_the_portals_columns_are_understood_and_find_people(tmp_path):
    guesses = guess(listed(tmp_path, ",".join(PORTAL) + "\n"), WORDS, CODES, DAY)
    assert {given.heading: given.field for given in guesses} == PORTAL
    assert {given.why for given in guesses if not given.field} == {
        "nothing of it is kept", "a restricted characteristic is recorded on each one’s own page, or comes with the return"}
    assert missing(set(PORTAL.values())) == ""


def test_every_code_of_the_lists_of_traits_has_a_column_by_its_label():
    lists = [load_codeset(settings.DEFINITIONS, name) for name in ("characteristic", "own_trait")]
    labels = {code: lines[-1].label for codes in lists for code, lines in codes.by_code.items()}
    assert {code: WORDS.by_heading.get(plain(label), "") for code, label in labels.items()} == {
        code: "" if code == "170" else code for code in labels}, "what is restricted has none"
    assert {"yot", plain(labels["170"])} <= WORDS.restricted
    stated = tomllib.loads((settings.DEFINITIONS / "mappings" / "learner_lists.toml").read_text(encoding="utf-8"))
    assert set(stated["trait"]) - set(labels) == set()
    assert set(stated["level_of_need"]) == set(load_codeset(settings.DEFINITIONS, "level_of_need").by_code)


def test_of_two_traits_with_one_label_the_first_has_the_heading_and_lists_are_read_all_the_same():
    words = load_vocabulary(settings.DEFINITIONS, {"220": "Care experienced", "care_experienced": "Care experienced"})
    assert words.by_heading["care experienced"] == "220"
    assert "care_experienced" in words.fields


RESTRICTED = ["YOT", "YOT (Y/N)", "YOT worker", "Youth justice involvement", "Worker of the youth offending service",
              "YouthJusticeTeam", "SupervisedByYOTS?", "YOTWorker", "YOTworker", "YOTFlag", "IsYOT", "KnownYOTs", "YOT_Worker"]


@pytest.mark.parametrize("heading", RESTRICTED)
@pytest.mark.parametrize("cells", [("05/11/2009", "06/11/2009"), ("a@example.org", "b@example.org"), ("Yes", "No")])
def test_whatever_speaks_of_what_is_restricted_is_not_used_whatever_stands_under_it(tmp_path, heading, cells):
    guesses = guess(listed(tmp_path, f"{heading},UPN,Name\n{cells[0]},,A\n{cells[1]},,B\n"), WORDS, CODES, DAY)
    assert [given.field for given in guesses] == ["", "upn", "full_name"]
    assert guesses[0].why.startswith("a restricted characteristic")


@pytest.mark.parametrize("heading", ["Toyota owner", "ToyotaOwner", "Youth club", "Known to", "Justice", "In custody",
                                     "Young person"])
def test_other_headings_speak_of_nothing_restricted(heading):
    assert not WORDS.is_restricted(heading)


def test_a_code_that_an_officer_adds_has_a_column_and_takes_no_heading_of_another():
    words = load_vocabulary(settings.DEFINITIONS, {"220": "Bereaved", "230": "Surname", "240": "LAC", "110": "In our care"})
    known = [words.by_heading.get(heading) for heading in ("bereaved", "surname", "lac", "in our care")]
    assert (known, words.fields["230"].title) == (["220", "family_name", "110", "110"], "Surname")


# a cell under “LAC”, what the row says of it: None where nobody can tell, nothing where it says nothing
SAID = [("Yes", True), ("y", True), ("1", True), ("1.0", True), ("T", True), ("✓", True), ("✅", True),
        ("LAC", True), ("Looked after", True),
        ("No", False), ("N", False), ("0", False), ("False", False), ("Not looked after", False), ("None", False),
        ("01/09/2024", date(2024, 9, 1)), ("2024-09-01", date(2024, 9, 1)), ("45536", date(2024, 9, 1)), ("", ...),
        ("banana", None), ("LAC Y/N", None), ("Not looked after Yes/No", None), ("FSM", None), ("31/02/2024", None), ("E", None)]


@pytest.mark.parametrize(("cell", "said"), SAID)
def test_what_a_column_of_yes_and_no_says(tmp_path, cell, said):
    sheet = listed(tmp_path, f"Forename,Surname,DOB,LAC\nAna,Ng,05/11/2009,{cell}\nBo,Li,06/11/2009,Yes\n")
    entry, _ = entries(sheet, {0: "given_name", 1: "family_name", 3: "110"}, WORDS, CODES)
    assert entry.traits == ({} if said in (None, ...) else {"110": said})
    assert [cell.printed for cell in entry.unread] == ([cell] if said is None else [])
