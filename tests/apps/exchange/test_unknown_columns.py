"""A list whose headings tell nothing, or that has none, is taken in and asks what its columns hold, whoever gives it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from tests.apps.exchange.browsing import accept_as_shown
from tests.apps.exchange.returns_made import ADE, BO, made, record
from tests.apps.organisations.boxes import boxes
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.actions.forgetting import forget
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.core.ages import days_after

pytestmark = pytest.mark.django_db
NOT_KNOWN = "What the columns of this list hold is not known yet"
FRENCH = "Nom,Prénom,Né le\nO'Brien,Ade,05/11/2009\nNg,Bo,15/01/2010\n".encode()
NO_HEADINGS = b"O'Brien,Ade,05/11/2009,230\nNg,Bo,15/01/2010,230\n"
NAMES = {"column_0": "family_name", "column_1": "given_name"}


def _give(client, content, name="list.csv", at="/files/"):
    return client.post(at, {"file": SimpleUploadedFile(name, content)}, follow=True)


def _words(answer):
    return " ".join(answer.content.decode().split())


def _columns():
    return {column["heading"]: column["field"] for column in Delivery.objects.latest("at").columns}


def test_headings_that_are_not_known_lead_to_the_page_of_columns_which_says_what_is_lacking(cast, accepted, officer):
    accepted(made(record(ADE), record(BO)))
    client = cast("tracking_officer")
    answer = _give(client, FRENCH)
    delivery, page = Delivery.objects.get(kind="list"), _words(answer)
    assert answer.redirect_chain[-1][0] == f"/files/{delivery.pk}/columns/"
    assert f"{NOT_KNOWN}, so nothing of it can be accepted" in page
    assert 'for="id_column_0"> Nom </label>' in page.replace("&nbsp;", " ")
    assert "Say which column holds the names" in page
    assert "Such as: O&#x27;Brien; Ng" in page
    assert _columns() == {"Nom": "", "Prénom": "", "Né le": "date_of_birth"}
    shown = _words(client.get(f"/files/{delivery.pk}/"))
    assert f"{NOT_KNOWN}, so nothing of it can be accepted. Say which column holds the names" in shown
    assert "Accept it into the register" not in shown
    with pytest.raises(RefusedError, match=NOT_KNOWN):
        accept(by=officer, delivery=delivery)
    columns = f"/files/{delivery.pk}/columns/"
    assert "Say which column holds the names" in _words(client.post(columns, {"column_0": "family_name"}))
    said = {**boxes(client.get(columns)), **NAMES}
    assert "The list is read again" in _words(client.post(columns, said, follow=True))
    assert list(delivery.rows.values_list("learner__number", flat=True)) == [1, 2]
    assert "The file is in the register" in _words(accept_as_shown(client, delivery.pk))
    assert "Nothing of the register is changed yet" in _words(_give(client, FRENCH + b"\n", "next.csv"))


def test_days_that_excel_counts_are_shown_as_days(cast, bring):
    delivery = bring(b"Forename,Surname,DOB,Room\nAde,Ng,40353,40353\nBo,Poe,40094,B2\n", "counted.csv")
    page = _words(cast("tracking_officer").get(f"/files/{delivery.pk}/columns/"))
    assert "Such as: 24 June 2010; 8 October 2009" in page
    assert "Such as: 40353; B2" in page


def test_a_first_row_that_is_somebody_is_read_as_one_and_what_the_columns_hold_is_remembered(cast, accepted):
    accepted(made(record(ADE), record(BO)))
    client = cast("tracking_officer")
    assert "The first row of this list is read as a person, since it has no row of" in _words(_give(client, NO_HEADINGS))
    delivery = Delivery.objects.get(kind="list")
    assert _columns() == {"Column 1": "", "Column 2": "", "Column 3": "date_of_birth", "Column 4": ""}
    columns, warned = f"/files/{delivery.pk}/columns/", "read as its headings, as was said of it, though it looks like a person"
    said = {**boxes(client.get(columns)), **NAMES, "column_3": "activity"}
    headed = {name: value for name, value in said.items() if name != "no_headings"}
    assert warned in (page := _words(client.post(columns, headed, follow=True)))
    assert f'href="{columns}#id_no_headings">Say whether the first row is a person' in page
    assert 'id="id_no_headings"' in _words(client.get(columns))
    assert warned not in _words(client.post(columns, said, follow=True))
    assert list(delivery.rows.values_list("line", "learner__number")) == [(1, 1), (2, 2)]
    # The next one begins with somebody whose date of birth is not known; one whose columns hold other things is asked about.
    _give(client, b"Ng,Bo,,230\n" + NO_HEADINGS, "next.csv")
    assert list(_columns().values()) == ["family_name", "given_name", "date_of_birth", "activity"]
    assert Row.objects.filter(delivery__name="next.csv").count() == 3
    _give(client, b"05/11/2009,O'Brien,Ade,230\n", "other.csv")
    assert list(_columns().values()) == ["date_of_birth", "", "", ""]
    dated = {**said, "column_3": "start"}
    _give(client, b"O'Brien,Ade,05/11/2009,01/09/2025\nNg,Bo,15/01/2010,08/09/2025\n", "dated.csv")
    client.post(f"/files/{Delivery.objects.latest('at').pk}/columns/", dated)
    _give(client, b"O'Brien,Ade,02/09/2025,05/11/2009\nNg,Bo,09/09/2025,15/01/2010\n", "turned.csv")
    assert list(_columns().values()) == ["", "", "", "date_of_birth"]
    _give(client, "Nom,Prénom,Né le,Il fait\n".encode() + NO_HEADINGS, "french.csv")
    assert list(_columns()) == ["Nom", "Prénom", "Né le", "Il fait"]


def test_an_officer_says_that_the_first_row_is_a_person_and_that_it_is_not(cast):
    client = cast("tracking_officer")
    _give(client, b"Ng,Bo,7\nO'Brien,Ade,8\n")
    delivery = Delivery.objects.get()
    assert list(_columns()) == ["Ng", "Bo", "7"]
    said = {**boxes(client.get(f"/files/{delivery.pk}/columns/")), **NAMES, "column_2": "young_persons_id"}
    for ticked, headings, rows in (({"no_headings": "on"}, ["Column 1", "Column 2", "Column 3"], 2), ({}, ["Ng", "Bo", "7"], 1)):
        client.post(f"/files/{delivery.pk}/columns/", {**said, **ticked})
        assert (list(_columns()), delivery.rows.count()) == (headings, rows)
        assert ("Such as: Ng; O&#x27;Brien" in _words(client.get(f"/files/{delivery.pk}/columns/"))) == bool(ticked)


def test_a_list_whose_first_row_is_narrower_than_the_others_can_be_put_right(cast):
    client = cast("tracking_officer")
    assert "Column 3, without a heading" in _words(_give(client, b"O'Brien,Ade,\nNg,Bo,15/01/2010\n"))
    delivery = Delivery.objects.get()
    columns = f"/files/{delivery.pk}/columns/"
    given = {**boxes(client.get(columns)), "no_headings": "on"}
    assert (refused := client.post(columns, given)).status_code == 200
    assert boxes(refused)["no_headings"] == "on"
    client.post(columns, {**boxes(refused), **NAMES})
    assert list(_columns().items()) == [("Column 1", "family_name"), ("Column 2", "given_name"), ("Column 3", "date_of_birth")]
    assert [row.named for row in delivery.rows.order_by("line")] == ["Ade O'Brien", "Bo Ng"]


def test_a_list_with_headings_that_are_known_is_not_asked_whether_it_has_any(cast, bring):
    delivery = bring(b"Forename,Surname,DOB\nBo,Ng,15/01/2010\n", "list.csv")
    assert "The first row is a person" not in _words(cast("tracking_officer").get(f"/files/{delivery.pk}/columns/"))


def test_a_sender_is_asked_likewise(cast):
    client = cast("provider_staff", establishment="3584000", organisation="Marlbeck School")
    answer = _give(client, NO_HEADINGS, at="/files/sent/")
    delivery = Delivery.objects.get()
    assert answer.redirect_chain[-1][0] == f"/files/sent/{delivery.pk}/columns/"
    assert NOT_KNOWN in _words(answer)
    assert NOT_KNOWN in _words(client.get(f"/files/sent/{delivery.pk}/"))
    said = {**boxes(client.get(f"/files/sent/{delivery.pk}/columns/")), **NAMES}
    assert "The list is read again" in _words(client.post(f"/files/sent/{delivery.pk}/columns/", said, follow=True))
    assert [row.named for row in delivery.rows.order_by("line")] == ["Ade O'Brien", "Bo Ng"]


SAID = ["--activity", "230", "--as-at", "2026-10-05", "--establishment", "3584000"]


@pytest.mark.parametrize("more", [[], ["--accept"], SAID])
def test_the_command_says_what_to_do_and_leaves_with_one(tmp_path, capsys, more):
    path = tmp_path / "list.csv"
    path.write_bytes(NO_HEADINGS)
    for _ in range(2):
        with pytest.raises(SystemExit) as left:
            call_command("import", str(path), "--area", "358", *more)
        printed = " ".join(capsys.readouterr().out.split())
        assert left.value.code == 1
        assert f"{NOT_KNOWN}, so nothing of it can be accepted. Say which column holds the names" in printed
        assert "Say so on the page of the file, under “What the columns hold”" in printed
        assert "The first row of this list is read as a person" in printed
        assert "line 1" not in printed
        assert "was not kept" not in printed  # the first time it is
    assert Delivery.objects.get().waits
    for said in ([*SAID[:2], "--as-at", "2026-10-06"], ["--activity", "310", *SAID[2:4], "--establishment", "10077777"]):
        with pytest.raises(SystemExit):
            call_command("import", str(path), "--area", "358", *said)
        lost = " ".join(said if more != SAID else [*said[:2], *said[4:]] if "310" in said else said[2:])
        assert f"this was not kept, since it was brought in before: {lost}. Give it again then" in " ".join(
            capsys.readouterr().out.split())


def test_headings_that_may_be_somebody_are_forgotten_with_the_file(bring):
    delivery = bring(b"Ng,Bo,7\nO'Brien,Ade,8\n", "list.csv")
    forget(today=days_after(delivery.at.date(), 400))
    delivery.refresh_from_db()
    assert (delivery.headings, delivery.state) == ([], "discarded")
