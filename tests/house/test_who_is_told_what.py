"""No page, list or file tells anybody what is not for them: words for few are planted, and every answer to every role is read."""

import html
import io
import zipfile

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import make_user, sign_in
from tests.house.routes import GUARDED, SIGNED_IN, walk
from tests.house.stage import bring_on, set_stage
from tests.house.told_to_few import (
    AT_SCHOOL,
    CUSTODY,
    ELSEWHERE,
    FOREIGN,
    LAST_PLACE,
    OF_THE_LIST,
    TOLD,
    WORKLIST,
    Told,
    pages_of,
    plant,
    relabelled,
    shut,
)
from throughline.analytics.measures.who import keep_people
from throughline.apps.accounts.permissions import Permission as P
from throughline.apps.accounts.roles import ALL_ROLES, ROLES, Role
from throughline.apps.learners.models import Learner
from throughline.apps.performance import figures
from throughline.apps.performance.extracts import register_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse", "_nothing_remembered")]

FOUND = {found.key: found for found in walk()}
READING = {key: route for key, route in GUARDED.items() if route.gets}
Answers = list[tuple[str, str, str]]  # the name of the route, the address, and all that it says
ALL_THAT_IS_TOLD = ROLES["data_officer"]
each_role = pytest.mark.parametrize("role", ALL_ROLES, ids=lambda role: role.id)


@pytest.fixture(scope="module")
def definitions(tmp_path_factory):
    """The definitions, with names of sensitive codes that stand nowhere else."""
    from django.conf import settings

    return relabelled(settings.DEFINITIONS, tmp_path_factory.mktemp("told") / "definitions")


@pytest.fixture(scope="module")
def beside(tmp_path_factory, warehouse):
    """Where a warehouse stands that others do not share, so that whom its figures count may stand beside it."""
    path = tmp_path_factory.mktemp("counted") / "warehouse.duckdb"
    path.symlink_to(warehouse.path)
    return path


@pytest.fixture
def planted(definitions, settings, beside):
    """Every record on the stage, what only some may be told among them, and the figures' file of whom they count.

    The stage is the same each time, so that one file holds for all of these tests.
    """
    settings.DEFINITIONS, settings.WAREHOUSE = definitions, beside
    set_stage()
    plant()
    if not figures.people_file().exists():
        keep_people(figures.people_file(), register_rows(figures.measures()))


def _client(role: Role) -> Client:
    return sign_in(Client(), bring_on(make_user(role.id)))


def _words(answer: HttpResponse) -> str:
    """All that an answer says: a page, a text, or every part of a workbook or document."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"\n".join(parts.read(name) for name in parts.namelist())
    return html.unescape(content.decode("utf-8", errors="replace"))


def _addresses(key: str) -> list[str]:
    """The example of a route, and the same as a workbook where it is a file."""
    route = READING[key]
    kinds = [route.args | {"kind": kind} for kind in ("csv", "xlsx")] if route.args.get("kind") == "csv" else [route.args]
    return [FOUND[key].address(1, args) + route.query for args in kinds]


def _worklist() -> list[tuple[str, str]]:
    """The list on which learner ONE stands, its grid and its file."""
    return [(key, FOUND[key].address(1, {**READING[key].args, "name": WORKLIST}))
            for key in ("followup:worklist", "followup:grid", "followup:worklist_download")]


def _answers(client: Client, role: Role) -> Answers:
    """What a role is answered by everything that it may read, and by the pages of everybody it might have heard of."""
    paths = [(key, path) for key, route in READING.items() if route.needs <= role.permissions for path in _addresses(key)]
    paths += [(key, FOUND[key].address(1)) for key, status in SIGNED_IN.items() if status == 200]
    paths += [("learners:learner", path) for pk in (*AT_SCHOOL, ELSEWHERE, FOREIGN) for path in pages_of(pk)]
    return [(key, path, _words(client.get(path))) for key, path in (*paths, *_worklist())]


def _of_the_list(key: str, words: str) -> bool:
    """Whether words stand there because a code list does, and not because of anybody."""
    return words in OF_THE_LIST and (key.startswith("codelists:") or key in OF_THE_LIST[words])


def _told(answers: Answers) -> dict[str, list[str]]:
    """The words that were told, each with where."""
    found: dict[str, list[str]] = {}
    for key, path, said in answers:
        for each in TOLD:
            if each.words in said and not _of_the_list(key, each.words):
                found.setdefault(each.words, []).append(path)
    return found


def _may(role: Role, told: Told) -> bool:
    return told.to is not None and told.to in role.permissions


@each_role
def test_each_role_is_told_only_what_it_may_be_and_nothing_of_a_restricted_record(role, planted):
    client = _client(role)
    allowed, found = {each.words for each in TOLD if _may(role, each)}, _told(_answers(client, role))
    assert {words: where for words, where in found.items() if words not in allowed} == {}
    if role == ALL_THAT_IS_TOLD:  # what some may be told is told: else nothing above is looked for where it would stand
        assert {each.words for each in TOLD if _may(role, each) and not each.nowhere} - set(found) == set()
    if still := {each.words for each in TOLD if _may(role, each) and each.once_shut}:  # nobody else is told less by shutting
        shut()
        allowed -= still
        assert {words: where for words, where in _told(_answers(client, role)).items() if words not in allowed} == {}


def test_the_pages_of_whom_the_figures_count_are_not_empty(planted):
    """What is read for planted words is a list of people and of figures: an empty page tells nobody anything."""
    client = _client(ROLES["data_officer"])
    said = {key: _words(client.get(_addresses(key)[0])) for key in
            ("performance:people", "performance:people_download", "indicators:counted")}
    assert "Robin" in said["performance:people"]
    assert "Robin" in said["performance:people_download"]
    assert 'id="counted"' in said["indicators:counted"]


def test_a_worklist_offers_the_last_place_of_somebody_on_it(planted):
    """What is read for planted words is a list with them on it, and choices of where they are: those of nobody tell nothing."""
    said = _words(_client(ROLES["tracking_officer"]).get(_worklist()[0][1]))
    assert f'value="{LAST_PLACE}"' in said
    assert said.count("Vexloria centre") == 2  # among the choices, and in their row


def test_a_school_is_told_of_its_own_all_the_same(planted):
    role = ROLES["provider_staff"]
    client = _client(role)
    assert {each.words for each in TOLD if each.to == P.SEE_LEARNERS} <= set(_told(_answers(client, role)))
    assert {pk: client.get(f"/learners/{pk}/").status_code for pk in (*AT_SCHOOL, ELSEWHERE, FOREIGN)} == \
        dict.fromkeys(AT_SCHOOL, 200) | {ELSEWHERE: 404, FOREIGN: 404}


def test_a_school_finds_nobody_by_what_it_may_not_see(planted):
    client, everybody = _client(ROLES["provider_staff"]), Learner.objects.get(pk=CUSTODY)
    assert client.get("/learners/?").status_code == 200
    listed = _words(client.post("/learners/", {"standing": "excluded", "records": "cohort"}))  # no such choice, whoever there is
    assert "Nobody is listed until the search is put right" in listed
    assert str(everybody.number) not in listed
    found = client.post("/learners/", {"district": "E07999977", "records": "cohort"}, follow=True)
    assert str(everybody.number) in _words(found)


def test_whoever_opens_a_record_is_told_what_is_restricted(planted):
    shut()
    role = ROLES["tracking_officer"]
    client = _client(role)
    for pk in ("7001", "7006"):
        client.post(f"/learners/{pk}/open/", {"reason": "They telephoned to ask where they should go on Monday"})
    found = _told([("", path, _words(client.get(path))) for pk in AT_SCHOOL for path in pages_of(pk)])
    assert {"Vexlorina", "Vexlorine order", "Vexloria order teller", "9 Vexloria refuge", "Vexlorine habit"} <= set(found)
