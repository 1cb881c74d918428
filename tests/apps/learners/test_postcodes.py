"""A directory of postcodes: loaded whole or not at all, used by every address that says no district, never for one that does."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from throughline.analytics.synthetic.whole import synthesise
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.learners import demonstration
from throughline.apps.learners.actions import believing, postcodes
from throughline.apps.learners.actions.identity import move_house
from throughline.apps.learners.actions.postcodes import load_postcodes
from throughline.apps.learners.models import Address, Postcode, PostcodeRelease
from throughline.apps.learners.places import district_at, districts_at
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.core.problems import RefusedFileError

pytestmark = pytest.mark.django_db
HERE, THERE = "E07000001", "E07000002"


@pytest.fixture
def directory(tmp_path):
    """A directory of two postcodes, one of them twice, and of a row that is wrong."""
    path = tmp_path / "directory.csv"
    path.write_text(f"pcds,oslaua\nSA1 1AA,{HERE}\nM1 1AA,{THERE}\nnone,{HERE}\nSA1 1AA,{THERE}\n", encoding="utf-8")
    return path


def load(path, **words):
    return load_postcodes(by=None, path=path, name="August 2026", **words)


def test_it_is_put_in_the_place_of_the_one_before_and_loading_it_again_changes_nothing(directory):
    for _ in range(2):
        loaded = load(directory)
        assert (loaded.postcodes, loaded.placed, [one.line for one in loaded.problems]) == (2, 0, [4])
    assert dict(Postcode.objects.values_list("postcode", "district")) == {"SA1 1AA": HERE, "M1 1AA": THERE}
    assert list(PostcodeRelease.objects.values_list("name", "postcodes")) == [("August 2026", 2)] * 2
    assert AuditEntry.objects.filter(verb="loaded", subject_kind="postcodes").count() == 2
    assert districts_at(["sa11aa", "M1 1AA", "ZZ1 1ZZ", ""]) == {"sa11aa": HERE, "M1 1AA": THERE}
    assert load(directory, districts={THERE}).postcodes == 2  # the row that says otherwise of SA1 1AA is of that district


def test_a_wrong_file_leaves_the_directory_as_it_was(directory, tmp_path):
    load(directory)
    other = tmp_path / "other.csv"
    for text, error in (("pcds,oslaua\nSA1 1AA,\n", RefusedError), ("name,age\n", RefusedFileError)):
        other.write_text(text, encoding="utf-8")
        with pytest.raises(error):
            load(other)
        assert (Postcode.objects.count(), PostcodeRelease.objects.count()) == (2, 1)


def test_an_address_lies_in_the_district_of_its_postcode_unless_another_is_said(directory, enrol):
    load(directory)
    learner = enrol(line_1="1 High Street", postcode="sa11aa")
    assert learner.addresses.get().district == HERE
    assert move_house(by=None, learner=learner, postcode="SA1 1AA", district=THERE).district == THERE
    assert move_house(by=None, learner=learner, postcode="ZZ1 1ZZ").district == ""
    assert move_house(by=None, learner=learner).district == ""


@pytest.mark.parametrize(("postcode", "chosen", "asked"), [
    ("sa11aa", HERE, False), ("SA1 1AA", "", False), ("", THERE, False), ("ZZ1 1ZZ", THERE, False), ("SA1 1AA", THERE, True),
])
def test_a_district_that_the_directory_contradicts_is_asked_about_and_kept_once_it_is_meant(
    directory, learner, cast, settings, tmp_path, postcode, chosen, asked,
):
    settings.WAREHOUSE = tmp_path / "none.duckdb"  # without figures a district is typed, and any may be
    load(directory)
    client, path = cast("tracking_officer"), reverse("learners:move", args=[learner.pk])
    page = client.get(path).content.decode()
    assert "lies_there" not in page
    version = re.search(r'name="version" value="([^"]*)"', page)[1]
    typed = {"line_1": "1 High Street", "postcode": postcode, "district": chosen, "told_by": "Parent or carer",
             "version": version}
    answered = client.post(path, typed)
    assert (answered.status_code == 200) is asked
    if asked:
        assert "The postcode lies in E07000001" in answered.content.decode() and 'name="lies_there"' in answered.content.decode()
        assert not learner.addresses.filter(line_1="1 High Street").exists()
        assert client.post(path, typed | {"lies_there": "on"}).status_code == 302
    assert learner.addresses.known().get(line_1="1 High Street").district == (chosen or HERE)


def test_addresses_that_had_no_district_are_placed_and_stay_known_as_they_were(directory, enrol):
    learner = enrol(line_1="1 High Street", postcode="SA1 1AA")
    said = enrol(line_1="2 High Street", postcode="SA1 1AA", district=THERE)
    assert load(directory).placed == 1
    now = learner.addresses.known().get()
    assert (now.district, now.line_1, str(now.source)) == (HERE, "1 High Street", "Postcodes: August 2026")
    assert learner.addresses.exclude(known_to=None).get().district == ""
    assert said.addresses.get().district == THERE
    assert load(directory).placed == 0
    assert Address.objects.count() == 3


def test_addresses_that_are_placed_take_their_turn_among_changes(directory, enrol, monkeypatch):
    enrol(line_1="1 High Street", postcode="SA1 1AA")
    turns = []
    monkeypatch.setattr(believing, "_take_turn", turns.append)
    load(directory)
    assert turns == ["pg_advisory_xact_lock_shared"]


def test_an_address_that_somebody_leaves_meanwhile_does_not_come_back(directory, enrol, monkeypatch):
    learner = enrol(line_1="1 High Street", postcode="SA1 1AA")

    def moving(wanted):
        move_house(by=None, learner=learner, line_1="2 Low Street")
        return districts_at(wanted)

    monkeypatch.setattr(postcodes, "districts_at", moving)
    with pytest.raises(RefusedError, match="Somebody else changed this"):
        load(directory)
    assert not Address.objects.known().filter(district=HERE).exists()
    assert Postcode.objects.count() == 0


def test_the_command_says_what_came_of_it(directory, enrol, capsys, tmp_path):
    enrol(postcode="M1 1AA", line_1="1 High Street")
    call_command("load_postcodes", directory, release="August 2026")
    said = capsys.readouterr().out
    assert "directory.csv, line 4, column postcode “none”: write it as SA1 1AA" in said
    assert "2 postcodes are loaded, 1 rows could not be used, and 1 addresses have a district now that had none." in said
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_postcodes", tmp_path / "nowhere.csv")


def test_the_invented_authority_has_a_directory_of_every_postcode_that_its_young_people_live_at(settings, tmp_path):
    settings.DEMONSTRATION = True
    synthesise(settings.DEFINITIONS, tmp_path / "made", size=60, files=False)
    demonstration.fill_from(tmp_path / "made" / "truth", area="899")
    held = Address.objects.exclude(postcode="")
    assert held.count() > 50
    assert {(one.postcode, district_at(one.postcode)) for one in held} == {(one.postcode, one.district) for one in held}
