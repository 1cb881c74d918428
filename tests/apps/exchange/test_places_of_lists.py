"""Where a list says that everybody on it is, and what becomes of the place that is held where it says nothing of that."""

from contextlib import nullcontext
from datetime import date

import duckdb
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.exchange.returns_made import ADE, BO, made, record
from tests.apps.organisations.boxes import boxes
from throughline.apps.exchange.actions.bringing import set_mapping
from throughline.apps.exchange.actions.deciding import accept
from throughline.apps.exchange.elsewhere import nowhere
from throughline.apps.exchange.forms import MappingForm
from throughline.apps.exchange.models import Delivery
from throughline.apps.learners.models import Learner
from throughline.apps.organisations.actions.amending import RefusedError

pytestmark = pytest.mark.django_db
AS_AT = date(2026, 10, 5)
ADES = "Forename,Surname,DOB,Activity\nAde,O'Brien,05/11/2009,{}\n"


def _words(answer) -> str:
    return " ".join(answer.content.decode().split())


def _last() -> tuple[str, str]:
    """What Ade is held to do last, and where."""
    now = Learner.objects.get().activities.known().latest("start")
    return now.code, now.establishment


@pytest.mark.parametrize(("code", "place", "said"), [
    ("220", "3584000", "new, at the place that is held): Full-time education: sixth form college (220) from 5 October 2026, "
     "at Marlbeck College"),
    ("210", "", "new, at no place, since the list names none): Full-time education: school sixth form (210) from"),
])
def test_a_list_without_a_place_takes_none_away_within_a_kind_and_says_what_will_be(
        accepted, bring, officer, cast, code, place, said):
    accepted(made(record(ADE)))  # 230 at the college
    delivery = bring(ADES.format(code).encode(), "list.csv", as_at=AS_AT)
    assert said in _words(cast("tracking_officer").get(f"/files/{delivery.pk}/"))
    accept(by=officer, delivery=delivery)
    assert _last() == (code, place)


SEVERAL = (b"Forename,Surname,DOB,Activity\nAde,O'Brien,05/11/2009,210\nBo,Ng,15/01/2010,230\nCy,Poe,01/12/2009,230\n"
           b"Di,Roe,01/12/2009,310\nBo,Ng,15/01/2010,230\n")


@pytest.mark.parametrize(("whose", "lines"), [("", [2, 3, 4]), ("3584001", [])])
def test_a_list_that_names_no_place_says_at_the_top_who_would_be_at_none(accepted, bring, cast, whose, lines):
    """Ade was at the college, Bo at no place, and Cy is not known; an apprentice may be at none."""
    accepted(made(record(ADE), record(BO)))
    delivery, client = bring(SEVERAL, "list.csv", as_at=AS_AT, establishment=whose), cast("tracking_officer")
    page, shown = _words(client.get(f"/files/{delivery.pk}/")), _words(client.get(f"/files/{delivery.pk}/rows/nowhere/"))
    assert ("3 rows would put somebody at no school, college or provider" in page) is bool(lines)
    assert ("Say whose list it is</a>" in page) is bool(lines)
    assert [line for line in range(1, 9) if f'data-label="Line">{line}</td>' in shown] == lines
    assert shown.count("They would be at no place, since the list names none") == len(lines[2:])


def test_whose_list_it_is_helps_no_row_of_what_somebody_does_since_they_left(accepted, bring):
    accepted(made(record(ADE), record({**BO, "DOB": "2011-01-15"})))
    text = "Forename,Surname,DOB,Date left,Destination,Activity\nAde,O'Brien,05/11/2009,01/10/2026,210,\nCy,Po,01/12/2009,,,210\n"
    text += "Bo,Ng,15/01/2011,30/09/2026,230,\nDi,Roe,01/12/2010,30/09/2026,210,\n"  # they leave in year 11, and one is held
    delivery = bring(text.encode(), "leavers.csv", as_at=AS_AT)
    assert not any("no place" in change["how"] for row in delivery.rows.all() for change in row.changes)
    assert [row.line for row in delivery.rows.filter(pk__in=nowhere(delivery))] == [3]


@pytest.mark.parametrize(("whose", "lists"), [("3584001", True), ("10077777", True), ("", False)])
def test_the_source_of_a_list_says_whether_it_is_that_of_a_place(accepted, whose, lists):
    assert accepted(ADES.format("220").encode(), "list.csv", as_at=AS_AT, establishment=whose).source.lists_a_place is lists


def test_a_place_for_the_whole_list_is_taken(accepted):
    accepted(made(record(ADE)))
    accepted(ADES.format("220").encode(), "list.csv", as_at=AS_AT, establishment="3584001")
    assert _last() == ("220", "3584001")


@pytest.fixture
def directory(settings, tmp_path):
    """Figures that hold some places: a school, what it was before, a college, a group of two and one without a number."""
    settings.WAREHOUSE = tmp_path / "directory.duckdb"
    with duckdb.connect(settings.WAREHOUSE) as made:
        made.execute("CREATE TABLE school (urn TEXT, laestab TEXT, ukprn TEXT, name TEXT, status TEXT, type TEXT)")
        made.executemany("INSERT INTO school VALUES (?, ?, ?, ?, ?, ?)", [
            ("106001", "3584005", "10012345", "Brook School", "closed", "Community school"),
            ("140001", "3584001", "10012345", "Brook Academy", "open", "Academy converter"),
            ("130001", "3588001", "10004000", "Marl College", "open", "Further education"),
            ("140002", "3584002", "10055555", "North Site", "open", ""),
            ("140003", "3584003", "10055555", "South Site", "open", ""),
            ("140006", "3584006", "10077000", "Trinity Catholic College", "open", "Voluntary aided school"),
            ("140004", None, "10066666", "A centre", "open", ""), ("140005", None, None, "A new school", "proposed to open", "")])


@pytest.mark.parametrize(("number", "establishment", "ukprn"), [
    ("3584001", "3584001", ""), ("358/4001", "3584001", ""), ("140001", "3584001", ""), ("106001", "3584005", ""),
    ("10004000", "3588001", "10004000"), ("1000 4000", "3588001", "10004000"), ("10012345", "3584001", "10012345"),
    ("10077777", "", "10077777"), ("140004", "", "10066666"), ("", "", ""),
])
def test_a_place_is_known_by_any_of_its_numbers(directory, bring, officer, number, establishment, ukprn):
    """An independent training provider is not in the directory; the school that is open is meant, not the one it was."""
    brought = bring(ADES.format("220").encode(), "list.csv", as_at=AS_AT, establishment=number)
    later = set_mapping(by=officer, delivery=bring(ADES.format("230").encode(), "b.csv"), mapping=brought.mapping, constants={},
                        establishment=number)
    for delivery in (brought, later):
        assert (delivery.establishment, delivery.constants) == (establishment, {"ukprn": ukprn} if ukprn else {})
        doing = delivery.rows.get().values["doing"]
        assert (doing.get("establishment", ""), doing.get("ukprn", "")) == (establishment, ukprn)


@pytest.mark.parametrize(("number", "said"), [
    ("140009", "“140009” is the URN of no school or college that we know of. Give its establishment number"),
    ("140005", "is the URN of A new school, of which we know neither an establishment number nor a provider number"),
    ("10055555", "is the provider number of North Site, 3584002 and South Site, 3584003. Give the establishment number"),
    ("20004000", "“20004000” is no provider: A UK provider reference number is eight digits, the first a 1"),
    ("1114001", "“1114001” is no establishment: Its first three digits are an authority’s, and 111 is none"),
    ("12345", "“12345” is no number of a school, college or provider. Give a school’s or college’s establishment number"),
    ("Marl High", "“Marl High” is no number of a school, college or provider"),
])
def test_a_number_that_tells_no_place_is_answered_alike_wherever_it_is_given(directory, bring, officer, number, said):
    held = bring(ADES.format("230").encode(), "held.csv", as_at=AS_AT)
    for say in (lambda: bring(ADES.format("220").encode(), "list.csv", as_at=AS_AT, establishment=number),
                lambda: set_mapping(by=officer, delivery=held, mapping=held.mapping, constants={}, establishment=number)):
        with pytest.raises(RefusedError) as refused:
            say()
        assert said in refused.value.sentence.replace("'", "’")
        assert refused.value.field == "establishment"
    assert Delivery.objects.count() == 1


def test_the_page_takes_a_providers_number_and_says_whose_list_it_is(bring, cast):
    delivery = bring(ADES.format("220").encode(), "list.csv", as_at=AS_AT)
    client, columns = cast("tracking_officer"), f"/files/{delivery.pk}/columns/"
    page = client.post(columns, {**boxes(client.get(columns)), "establishment": "10077777"}, follow=True)
    assert "Whose list it is: 10077777, which no school or college that we know of has" in _words(page)
    assert boxes(client.get(columns))["establishment"] == "10077777"
    page = client.post(columns, {**boxes(client.get(columns)), "establishment": "20004000"})
    assert "“20004000” is no provider" in _words(page)


BROOK, MARL, TRAINER = "3584001", "3588001", "10077777"


# whose list it is, a column, its cell, the establishment and the provider of the row
@pytest.mark.parametrize(("whose", "column", "cell", "establishment", "ukprn"), [
    (TRAINER, "LAESTAB", BROOK, BROOK, ""), (TRAINER, "LAESTAB", "", "", TRAINER),
    (BROOK, "LAESTAB", MARL, MARL, ""), ("10004000", "LAESTAB", MARL, MARL, "10004000"),
    ("10004000", "LAESTAB", BROOK, BROOK, ""),
    (BROOK, "UKPRN", "10012345", BROOK, "10012345"), (BROOK, "UKPRN", "", BROOK, ""),
    ("10004000", "UKPRN", "10004000", MARL, "10004000"),
    ("10004000", "UKPRN", TRAINER, "", TRAINER), (TRAINER, "UKPRN", "10004000", "", "10004000"),
])
def test_a_row_with_a_number_of_another_place_has_nothing_of_the_lists(
        directory, bring, whose, column, cell, establishment, ukprn):
    content = f"Forename,Surname,DOB,Activity,{column}\nAde,O'Brien,05/11/2009,230,{cell}\n"
    doing = bring(content.encode(), "list.csv", as_at=AS_AT, establishment=whose).rows.get().values["doing"]
    assert (doing.get("establishment", ""), doing.get("ukprn", "")) == (establishment, ukprn)


@pytest.mark.parametrize(("day", "fits"), [(date(2018, 3, 31), True), (date(2018, 4, 1), False)])
def test_an_activity_for_a_whole_list_is_one_that_there_was_on_its_day(bring, officer, day, fits):
    """720 was withdrawn from April 2018."""
    content = b"Forename,Surname,DOB\nAde,O'Brien,05/11/1999\n"
    said = "“720” is no activity on 1 April 2018, of which this file speaks"
    with nullcontext() if fits else pytest.raises(RefusedError, match=said):
        bring(content, "a.csv", as_at=day, constants={"activity": "720"})
    held = bring(content + b"\n", "b.csv", as_at=day)
    with nullcontext() if fits else pytest.raises(RefusedError, match=said):
        set_mapping(by=officer, delivery=held, mapping=held.mapping, constants={"activity": "720"})


def test_the_columns_page_offers_the_activities_of_the_lists_own_day(bring):
    for day, offered in ((date(2018, 3, 31), True), (date(2018, 4, 1), False)):
        delivery = bring(ADES.format(day).encode(), f"{day}.csv", as_at=day)
        assert ("720" in dict(MappingForm(delivery=delivery).fields["activity"].choices)) is offered


def test_whose_list_one_that_was_sent_is_stays_whatever_an_officer_saves(cast):
    school = cast("provider_staff", ukprn="10004000", organisation="Marl College")
    school.post("/files/sent/", {"file": SimpleUploadedFile("list.csv", ADES.format("220").encode())})
    delivery, officer = Delivery.objects.get(), cast("data_officer")
    columns = boxes(officer.get(f"/files/{delivery.pk}/columns/"))
    assert "establishment" not in columns
    officer.post(f"/files/{delivery.pk}/columns/", {**columns, "establishment": "3584001"})
    delivery.refresh_from_db()
    assert (delivery.establishment, delivery.constants["ukprn"]) == ("", "10004000")


@pytest.mark.parametrize(("cell", "code"), [("Brook School", "210"), ("MARL COLLEGE", "230"), ("Moss College", ""),
                                           ("Trinity Catholic College", "")])
def test_the_name_of_a_place_of_the_directory_says_what_is_done_there(bring, directory, cell, code):
    rows = f"{ADES.format(cell)}Bo,Ng,15/01/2010,At school\nCy,Poe,01/12/2009,Job\n"
    delivery = bring(rows.encode(), "list.csv", as_at=AS_AT)
    assert delivery.rows.get(line=2).values.get("doing", {}).get("code", "") == code
