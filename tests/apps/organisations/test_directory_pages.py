"""The pages of the directory: who may see and keep it, searching, changing, merging, and two people at once."""

import pytest

from tests.apps.organisations.boxes import boxes
from tests.apps.performance.reading import facts, links, main, table
from tests.cast import make_user, signed_in_client
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.organisations.models import Party

pytestmark = pytest.mark.django_db

NEW = {"kind": "post", "name": "Head of Skills", "initials": "HS, HoS", "email": "", "organisation": "", "reports_to": "",
       "user": ""}


def test_an_entry_is_added_found_by_its_code_and_shown(lead, enter):
    enter("Head of Sport", initials="HSP")
    answer = lead.post("/directory/add/", NEW, follow=True)
    assert "Head of Skills is in the directory" in main(answer)
    assert facts(answer)["Initials and codes"] == "HS, HoS"
    lead.post("/directory/", {"words": "hos", "kind": "", "organisation": "", "closed": ""})
    assert [row[:2] for row in table(lead.get("/directory/"), "directory")] == [["Head of Skills", "HS, HoS"]]
    assert b"Head of Sport" not in lead.get("/directory/directory.csv").content
    lead.post("/directory/", {})
    assert len(table(lead.get("/directory/"), "directory")) == 2


def test_an_empty_directory_says_what_to_do(lead, cast):
    assert "you can add them here" in main(lead.get("/directory/"))
    assert "add them here" not in main(cast("inspector").get("/directory/"))


def test_a_search_for_a_persons_name_is_in_no_address(lead, enter):
    enter("J. Larkspur", kind="person")
    answer = lead.post("/directory/", {"words": "Larkspur"})
    assert answer.url == "/directory/"
    assert not AuditEntry.objects.filter(path__contains="Larkspur").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Enter a name"),
        ({"name": "Taken"}, "has an open entry “Taken” already"),
        ({"initials": "TK"}, "“TK” stands for Taken"),
        ({"initials": "a code of far too many letters"}, "too long for a code"),
        ({"email": "not an address"}, "Enter an address such as name@example.org"),
        ({"organisation": "theirs"}, "Select a valid choice"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(lead, enter, wrong, said):
    enter("Taken", initials="TK")
    stranger = enter("Their College", area="202", kind="organisation")
    typed = {**NEW, **{name: str(stranger.pk) if value == "theirs" else value for name, value in wrong.items()}}
    answer = lead.post("/directory/add/", typed)
    assert said in main(answer)
    assert boxes(answer)["initials"] == typed["initials"]
    assert not Party.objects.filter(area="358").exclude(name="Taken").exists()


def test_two_who_change_an_entry_at_once_lose_nothing(lead, enter):
    party = enter("Head of Skills", initials="HS")
    mine = boxes(lead.get(f"/directory/{party.pk}/change/"))
    theirs = dict(mine)
    lead.post(f"/directory/{party.pk}/change/", {**theirs, "email": "theirs@example.org"})
    answer = lead.post(f"/directory/{party.pk}/change/", {**mine, "email": "mine@example.org"})
    said = main(answer)
    assert "Somebody else changed this while you had it open" in said
    assert "Saved by somebody else theirs@example.org" in said
    assert "Typed by you mine@example.org" in said
    assert Party.objects.get().email == "theirs@example.org"
    again = lead.post(f"/directory/{party.pk}/change/", boxes(answer))
    assert again.status_code == 302
    assert Party.objects.get().email == "mine@example.org"


def test_codes_changed_meanwhile_make_a_save_stale(lead, enter):
    party = enter("Head of Skills", initials="HS")
    mine = boxes(lead.get(f"/directory/{party.pk}/change/"))
    lead.post(f"/directory/{party.pk}/change/", {**mine, "initials": "HS, HoS"})
    assert "Somebody else changed this" in main(lead.post(f"/directory/{party.pk}/change/", {**mine, "name": "Head of Work"}))
    assert Party.objects.get().initials == "HS, HoS"


def test_an_entry_is_closed_and_opened_from_its_page(lead, enter):
    party = enter("Head of Skills")
    assert "You can open the entry again" in main(lead.post(f"/directory/{party.pk}/close/", follow=True))
    assert "The directory is empty" in main(lead.get("/directory/"))
    assert "is open again" in main(lead.post(f"/directory/{party.pk}/reopen/", follow=True))


def test_a_merger_is_previewed_done_and_undone(lead, enter):
    kept, twin = enter("Head of Skills"), enter("Hd of Skills", initials="HoS")
    first = lead.post(f"/directory/{twin.pk}/merge/", {"into": kept.pk})
    assert "Merge this entry into Head of Skills?" in main(first)
    assert "party code: party: 1" in main(first)
    assert Party.objects.get(pk=twin.pk).closed_on is None
    lead.post(f"/directory/{twin.pk}/merge/", {"into": kept.pk, "sure": "yes"})
    answer = lead.get(f"/directory/{twin.pk}/")
    assert "Merged into Head of Skills" in main(answer)
    assert f"/directory/{kept.pk}/" in links(answer)
    assert facts(lead.get(f"/directory/{kept.pk}/"))["Initials and codes"] == "HoS"
    assert "is an entry of its own again" in main(lead.post(f"/directory/{twin.pk}/undo-merger/", follow=True))
    assert lead.post(f"/directory/{twin.pk}/undo-merger/").status_code == 404


def test_markup_in_a_name_is_shown_and_not_run(lead, enter):
    party = enter("O'Dell & <b>Sons</b>", kind="organisation")
    assert "O'Dell & <b>Sons</b>" in main(lead.get("/directory/"))
    assert b"<b>Sons" not in lead.get(f"/directory/{party.pk}/").content


@pytest.mark.parametrize("path", ["", "change/", "merge/"])
def test_another_authoritys_entry_is_not_there(neighbour, enter, path):
    party = enter("Head of Skills")
    assert neighbour.get(f"/directory/{party.pk}/{path}").status_code == 404
    assert "Head of Skills" not in main(neighbour.get("/directory/"))
    assert b"Head of Skills" not in neighbour.get("/directory/directory.csv").content


@pytest.mark.parametrize("path", ["close/", "reopen/", "undo-merger/"])
def test_another_authoritys_entry_is_not_changed(neighbour, enter, path):
    party = enter("Head of Skills")
    assert neighbour.post(f"/directory/{party.pk}/{path}").status_code == 404
    assert Party.objects.get().closed_on is None


def test_who_only_reads_is_offered_no_change(cast, enter):
    party = enter("Head of Skills")
    inspector = cast("inspector")
    assert f"/directory/{party.pk}/change/" not in links(inspector.get(f"/directory/{party.pk}/"))
    assert inspector.post(f"/directory/{party.pk}/close/").status_code == 403
    assert Party.objects.get().closed_on is None


@pytest.mark.parametrize("path", ["/directory/", "/boards/", "/meetings/", "/decisions/", "/scrutiny/", "/consultations/"])
def test_somebody_of_no_authority_is_told_so(path):
    make_user("strategy_lead", email="nowhere@example.org", area="")
    answer = signed_in_client("strategy_lead", email="nowhere@example.org").get(path)
    assert (answer.status_code, "You work for no authority" in main(answer)) == (403, True)
