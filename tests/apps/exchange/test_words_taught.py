"""What a word for an activity means is said once by whoever reads the list; the next list with these headings knows it."""

from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from tests.apps.exchange.returns_made import ADE, BO, made, record
from tests.apps.organisations.boxes import boxes
from throughline.apps.exchange import forms
from throughline.apps.exchange.actions.bringing import set_mapping
from throughline.apps.exchange.actions.deciding import accept, discard
from throughline.apps.exchange.actions.forgetting import forget
from throughline.apps.exchange.forms import MappingForm
from throughline.apps.exchange.models import Delivery, RememberedMapping
from throughline.apps.exchange.queries import problems_of, problems_of_reading, words_unknown
from throughline.apps.exchange.readers import reader_of
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.models import Learner

pytestmark = pytest.mark.django_db
FEW = (b"Forename,Surname,DOB,Activity\nAde,O'Brien,05/11/2009,Plumbing (level 2)\nBo,Ng,15/01/2010,plumbing level 2\n"
        b"Cy,Poe,01/12/2009,230\nDi,Roe,02/12/2009,???\nEd,Roe,03/12/2009,310\n")
LIST = FEW + b"".join(f"Fay,Roe{number},04/12/2009,230\n".encode() for number in range(3))
PLUMBING = "plumbing level 2"
MAPPED = {"0": "given_name", "1": "family_name", "2": "date_of_birth", "3": "activity"}


@pytest.fixture
def known(accepted):
    """Ade and Bo in the register."""
    accepted(made(record(ADE), record(BO)))


def _words(answer) -> str:
    return " ".join(answer.content.decode().split())


def _codes(delivery) -> dict[int, str]:
    return {row.line: row.values.get("doing", {}).get("code", "") for row in delivery.rows.all()}


def _word(delivery, word: str = PLUMBING) -> str:
    """The box of a word on the page of the columns."""
    return next(name for name, offered in MappingForm(delivery=delivery)._words.items() if offered == word)


def test_a_word_that_is_not_known_is_said_on_the_page_of_columns_and_remembered(known, bring, cast):
    delivery, client = bring(LIST, "list.csv"), cast("tracking_officer")
    assert "2 words or phrases in the column of activities are not known, so 3 rows say nothing" in _words(
        client.get(f"/files/{delivery.pk}/"))
    columns = f"/files/{delivery.pk}/columns/"
    page = client.get(columns)
    assert "What “plumbing level 2” means" in _words(page)
    assert "It stands in 2 rows" in _words(page)
    client.post(columns, {**boxes(page), _word(delivery): "230"})
    delivery.refresh_from_db()
    assert _codes(delivery) == {2: "230", 3: "230", 4: "230", 5: "", 6: "310", 7: "230", 8: "230", 9: "230"}
    again = bring(LIST + b"\n", "next.csv")
    assert _codes(again) == _codes(delivery)
    left = _words(client.get(f"/files/{again.pk}/"))
    assert "1 word or phrase in the column of activities is not known, so 1 row says" in left
    assert f'href="/files/{again.pk}/columns/#id_{_word(again, "???")}">Say what it means' in left
    assert f'id="id_{_word(again, "???")}"' in _words(client.get(f"/files/{again.pk}/columns/"))


@pytest.mark.parametrize("taken", ["", "activity"])
def test_a_column_that_is_mostly_words_we_do_not_know_is_used_once_they_are_said(known, bring, cast, taken):
    delivery, client = bring(FEW, "list.csv"), cast("tracking_officer")
    assert "3" not in delivery.mapping
    columns = f"/files/{delivery.pk}/columns/"
    client.post(columns, {**boxes(client.get(columns)), "column_3": taken, _word(delivery): "230"})
    assert _codes(Delivery.objects.get(pk=delivery.pk)) == {2: "230", 3: "230", 4: "230", 5: "", 6: "310"}


@pytest.mark.parametrize(("said", "code", "remembered"), [("310", "310", {PLUMBING: "310"}), ("", "", {})])
def test_what_a_word_means_is_shown_next_time_and_can_be_put_right(known, bring, officer, cast, said, code, remembered):
    first = bring(LIST, "list.csv")
    set_mapping(by=officer, delivery=first, mapping=first.mapping, constants={}, words={PLUMBING: "230"})
    again, client = bring(LIST + b"\n", "next.csv"), cast("tracking_officer")
    columns = f"/files/{again.pk}/columns/"
    page = client.get(columns)
    assert boxes(page)[_word(again)] == "230"
    client.post(columns, {**boxes(page), _word(again): said})
    assert _codes(Delivery.objects.get(pk=again.pk))[2] == code
    assert RememberedMapping.objects.get().words == remembered


def test_saying_something_else_of_a_list_forgets_no_word_of_others(known, bring, officer):
    early, later = bring(LIST, "list.csv"), bring(LIST + b"\n", "next.csv")
    for delivery, words in ((later, {PLUMBING: "230"}), (early, {"?": "619"}), (early, {})):
        set_mapping(by=officer, delivery=delivery, mapping=delivery.mapping, constants={}, words=words)
    assert RememberedMapping.objects.get().words == {PLUMBING: "230", "?": "619"}


def test_a_page_that_offered_no_word_forgets_none(known, bring, officer, cast):
    delivery, client = bring(LIST, "list.csv"), cast("tracking_officer")
    columns = f"/files/{delivery.pk}/columns/"
    old = {name: said for name, said in boxes(client.get(columns)).items() if not name.startswith("word_")}
    set_mapping(by=officer, delivery=delivery, mapping=delivery.mapping, constants={}, words={PLUMBING: "230"})
    client.post(columns, old)
    assert RememberedMapping.objects.get().words == {PLUMBING: "230"}


@pytest.mark.parametrize(("decide", "officers", "senders"), [
    (None, "say what it means under “What the columns hold”", "say what it means under “Say otherwise what the columns hold"),
    (accept, "whoever follows them up can record on their page", "write its three-figure code, such as 230"),
    (discard, "nothing of this file stands: when you bring it in again", "write its three-figure code, such as 230"),
])
def test_what_is_to_be_done_about_a_word_can_be_done_by_whoever_reads_it(known, bring, officer, decide, officers, senders):
    delivery = bring(LIST, "list.csv")
    if decide:
        delivery = decide(by=officer, delivery=delivery)
    told = [each.problem for each in problems_of(delivery, reader_of(officer, delivery.area)) if each.problem.value == "???"]
    assert [problem.remedy[:len(officers)] for problem in told] == [officers]
    theirs = [problem.remedy for problem in problems_of_reading(delivery) if problem.value == "???"]
    assert [remedy[:len(senders)] for remedy in theirs] == [senders]
    assert "whoever sent" not in theirs[0]


@pytest.mark.parametrize(("as_at", "codes", "told"), [
    (date(2014, 11, 5), {2: "420", 3: "551", 4: "330"}, []),
    (date(2026, 11, 5), {2: "", 3: "", 4: "330"}, ["420", "551 Employment"]),
])
def test_a_code_that_is_no_activity_on_the_day_of_the_list_is_answered(known, bring, officer, cast, as_at, codes, told):
    rows = b"Ade,O'Brien,05/11/2009,420\nBo,Ng,15/01/2010,551 Employment\nCy,Poe,01/12/2009,330\n"
    delivery = bring(b"Forename,Surname,DOB,Activity\n" + rows, "list.csv", as_at=as_at)
    assert _codes(delivery) == codes
    problems = [each.problem for each in problems_of(delivery, reader_of(officer, delivery.area))]
    assert [each.value for each in problems if each.rule == "a known activity"] == told
    if told:
        assert problems[0].remedy.startswith("it is no activity on 5 November 2026: say what it means under")
        theirs = next(each.remedy for each in problems_of_reading(delivery))
        assert theirs.startswith("it is no activity on 5 November 2026: say what it means under “Say otherwise")
        cast("tracking_officer").post(f"/files/{delivery.pk}/columns/", {
            **boxes(cast("tracking_officer").get(f"/files/{delivery.pk}/columns/")), _word(delivery, "420"): "410"})
        assert _codes(delivery)[2] == "410"


@pytest.mark.parametrize(("cell", "is_code"), [
    ("420", True), ("420: training", True), ("2 days a week", False), ("16-19 programme", False), ("230/310", False),
    ("1234", False), ("5 GCSEs and 420", False)])
def test_only_a_cell_that_begins_with_one_code_is_said_to_be_no_activity(known, bring, officer, cell, is_code):
    cells = (cell, "230", "230")
    rows = "".join(f"Ade,O'Brien,0{number}/11/2009,{said}\n" for number, said in enumerate(cells, 1)).encode()
    problems = problems_of_reading(bring(b"Forename,Surname,DOB,Activity\n" + rows, "list.csv", as_at=date(2026, 11, 5)))
    told = next(each.remedy for each in problems if each.value == cell)
    assert told.startswith("it is no activity on 5 November 2026: " if is_code else "say what it means")


BESIDE = b"Forename,Surname,DOB,%b\nAde,O'Brien,05/11/2009,Wants apprenticeship\nBo,Ng,15/01/2010,Apprenticeship\n"
SAYS_WANTS = "beside “apprenticeship” it says “Wants”, so it was not read: "


@pytest.mark.parametrize("decide", [None, accept])
def test_a_cell_with_more_than_words_for_an_activity_is_answered_with_what_else_it_says(known, bring, officer, decide):
    delivery = set_mapping(by=officer, delivery=bring(BESIDE % b"Activity", "list.csv"), constants={}, mapping=MAPPED)
    assert _codes(delivery) == {2: "", 3: "310"}
    if decide:
        delivery = decide(by=officer, delivery=delivery)
    told = [each.problem.remedy for each in problems_of(delivery, reader_of(officer, delivery.area))]
    theirs = [problem.remedy for problem in problems_of_reading(delivery)]
    assert [remedy.startswith(SAYS_WANTS) for remedy in (*told, *theirs)] == [True, True]


@pytest.mark.parametrize(("day", "cell", "code", "said"), [
    (date(2026, 11, 5), "started college nov 2026", "230", []), (date(2026, 10, 5), "started college nov 2026", "", ["nov 2026"]),
    (date(2026, 11, 5), "left college started nov 2026", "", ["left"])])
def test_what_a_cell_says_to_have_begun_after_the_day_of_the_list_has_not(known, bring, officer, day, cell, code, said):
    content = BESIDE.replace(b"Wants apprenticeship", cell.encode()) % b"Activity"
    delivery = set_mapping(by=officer, delivery=bring(content, "list.csv", as_at=day), constants={}, mapping=MAPPED)
    assert _codes(delivery) == {2: code, 3: "310"}
    assert list(MappingForm(delivery=delivery)._words.values()) == [cell] * len(said)
    told = [each.remedy for each in problems_of_reading(delivery) if "so it was not read" in each.remedy]
    assert [remedy.partition(", so")[0] for remedy in told] == [f"beside “college” it says “{words}”" for words in said]


def test_what_else_a_cell_says_is_not_told_to_whoever_may_not_see_the_cell(known, bring, officer):
    delivery = set_mapping(by=officer, delivery=bring(BESIDE % b"YOT", "list.csv"), constants={}, mapping=MAPPED)
    [told] = [each.problem for each in problems_of(delivery, reader_of(officer, delivery.area))]
    assert (told.value, told.remedy[:len("say what it means")]) == ("", "say what it means")


def test_a_sender_teaches_the_words_of_their_own_lists(known, cast, bring):
    school = cast("provider_staff", establishment="3584000", organisation="Marlbeck School")
    school.post("/files/sent/", {"file": SimpleUploadedFile("list.csv", LIST)})
    delivery = Delivery.objects.get(sent=True)
    columns = f"/files/sent/{delivery.pk}/columns/"
    assert f'href="{columns}#id_{_word(delivery)}">Say what they mean' in _words(school.get(f"/files/sent/{delivery.pk}/"))
    school.post(columns, {**boxes(school.get(columns)), _word(delivery): "230"})
    assert _codes(Delivery.objects.get(pk=delivery.pk))[2] == "230"
    assert _codes(bring(LIST + b"\n", "ours.csv"))[2] == "", "what a school says holds for its own lists"


def test_what_columns_hold_is_shown_by_their_first_cells_but_of_nobody_who_is_shut(known, bring, cast):
    delivery, client = bring(LIST, "list.csv"), cast("tracking_officer")
    columns = f"/files/{delivery.pk}/columns/"
    assert "Such as: O'Brien; Ng; Poe" in unescape(_words(client.get(columns)))
    set_restriction(by=None, learner=Learner.objects.get(number=1), restricted=True, protected_address=False, reason="A test")
    page = _words(client.get(columns))
    assert "Such as: Ng; Poe; Roe" in page
    assert "It stands in 1 row<" in page.replace(" <", "<")


def test_the_command_says_how_a_word_is_taught(known, tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_bytes(LIST)
    call_command("import", str(path), "--area", "358")
    printed = " ".join(capsys.readouterr().out.split())
    assert "2 words for activities not known, in 3 rows: say on the page of the file, under “What the columns hold”" in printed


def test_words_of_a_list_are_forgotten_with_its_rows(known, bring, officer):
    delivery = bring(LIST, "list.csv")
    set_mapping(by=officer, delivery=delivery, mapping=delivery.mapping, constants={}, words={PLUMBING: "230"})
    forget(today=delivery.at.date().replace(year=delivery.at.year + 1))
    assert Delivery.objects.get(pk=delivery.pk).words == {}


def test_what_is_too_long_to_be_a_word_is_counted_and_the_page_leads_to_no_box_of_it(known, bring, cast):
    told = " ".join(["comes in on most mornings and says that something may come up soon"] * 3)
    more = f"Bo,Ng,15/01/2010,{told}\n".encode() * 3 + b"Gus,Roe,04/12/2009,230\n" * 9
    delivery = bring(LIST + more, "list.csv")
    assert words_unknown(delivery) == (3, 6, _word(delivery))
    few = LIST.replace(b"???", b"230").replace(b"Plumbing (level 2)", b"230").replace(PLUMBING.encode(), b"230")
    delivery = bring(few + more, "long.csv")
    assert words_unknown(delivery) == (1, 3, "")
    assert "It is too long for a meaning to be kept: ask for" in _words(cast("tracking_officer").get(f"/files/{delivery.pk}/"))


def test_words_beyond_those_that_are_offered_are_counted_on_the_last(known, bring, monkeypatch):
    monkeypatch.setattr(forms, "_WORDS_OFFERED", 1)
    delivery = bring(LIST, "list.csv")
    form = MappingForm(delivery=delivery)
    assert [form.fields[name].help_text for name in form._words] == [
        "We do not know this activity. It stands in 2 rows. 1 more word is offered once these are saved"]
