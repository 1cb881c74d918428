"""What is measured of plans is the right thing: whole plans are read, every page holds the whole plan, and verdicts are true."""

import http.client
import json
import re
from statistics import median

import pytest

from bench import plan_reading, plan_writing, plans
from bench.page import environment_of, python, served
from bench.plan_made import TARGETS, plan_of
from bench.plans import FIRST, JUDGING, PLAN, Judged, drawn_judging, drawn_reading, drawn_writing
from bench.turns import Job, Measured
from throughline.analytics.planreading.read import read_plan_file
from throughline.analytics.planreading.tree import Action, Plan, Section
from throughline.analytics.targets.language import Aim, Target
from throughline.analytics.targets.parse import parse_target
from throughline.analytics.targets.rules import load_rules


def actions_of(plan: Plan) -> list[Action]:
    pending, found = list(plan.sections), []
    while pending:
        section: Section = pending.pop()
        pending += section.sections
        found += section.actions
    return found


def test_a_plan_is_as_large_as_asked_and_its_numbers_are_its_own():
    plan = plan_of(101, 33)
    numbers = [action.number for action in actions_of(plan)]
    assert len(numbers) == len(set(numbers)) == 101
    assert len(plan.measures) == 33
    assert {len(action.owners) for action in actions_of(plan)} == {0, 1, 2}
    assert {reference.found for action in actions_of(plan) for reference in action.cross_references} == {True, False}


def test_the_targets_are_of_every_kind(definitions):
    rules = load_rules(definitions)
    read = [parse_target(words, rules) for words, _ in TARGETS]
    assert [words for (words, _), target in zip(TARGETS, read, strict=True) if not isinstance(target, Target)] == []
    assert {type(aim) for target in read for aim in target.parts} == set(Aim.__args__)


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> plan_reading.PlanFiles:
    """A small plan as every kind of file, each read once by either way."""
    made = plan_reading.lay_out(tmp_path_factory.mktemp("files"), actions=9, measures=4)
    for kind in made.kinds:
        for what in ("read", "words"):
            _do(getattr(plan_reading, f"{what}_{kind}")(made))
    return made


def _do(job: Job) -> None:
    job.keep(job.run(job.fresh()))


def test_every_file_reads_back_whole(files):
    assert {"docx", "xlsx", "txt"} <= set(files.kinds)
    assert {kind: files.found(kind) for kind in files.kinds} == dict.fromkeys(files.kinds, {"actions": 9, "measures": 4})


def test_the_pdf_has_pages(files, pango):
    assert "pdf" in files.kinds
    assert 3 <= files.pages <= 12


def test_the_words_alone_are_all_the_words(files):
    """Whatever the library, an action's twenty words and more are there: none is measured doing nothing."""
    counted = {kind: json.loads((files.folder / f"found-words-{kind}.json").read_text())["words"] for kind in files.kinds}
    assert min(counted.values()) > 9 * 60
    assert max(counted.values()) < 2 * min(counted.values())


@pytest.mark.parametrize("kind", [kind for kind in plan_writing.KINDS if kind != "pdf"])
def test_every_document_is_of_the_whole_plan(kind, tmp_path, definitions):
    job = plan_writing.write(kind, actions=9, measures=4)
    made = job.run(job.fresh())
    path = tmp_path / f"plan.{kind}"
    path.write_bytes(made if isinstance(made, bytes) else made.encode())
    assert len(actions_of(read_plan_file(path, definitions))) == 9


def test_a_page_of_the_pdf_is_a_share_of_the_whole():
    measured = {"pdf": Measured([6.0, 6.2, 9.0], 200), "docx": Measured([0.5, 0.6, 0.7], 90)}
    section = drawn_writing(measured, 62)
    assert [row[:2] for row in section.rows] == [["PDF", "6.20 s"], ["Word", "0.60 s"]]
    assert section.closing == "A page of the PDF takes 100 ms."
    assert drawn_writing({"docx": measured["docx"]}, None).closing == "No PDF: Pango is not here."


@pytest.mark.parametrize(("seconds", "verdict"), [([2.0, 2.5, 9.0], "2.50 s for the slowest, Word. Met."),
                                                  ([2.0, 3.1, 3.2], "3.10 s for the slowest, Word. Not met.")])
def test_the_verdict_on_reading_is_on_the_slowest_kind(files, seconds, verdict):
    measured = {f"{what} {kind}": Measured([0.5, 1.0, 1.5] if what == "read" else [0.1, 0.1, 0.1], 50)
                for kind in files.kinds for what in ("read", "words")}
    section = drawn_reading(files, measured | {"read docx": Measured(seconds, 90)})
    assert section.closing == f"Aim: under 3 seconds. Measured: {verdict}"
    word = next(row for row in section.rows if row[0] == "Word")
    assert word[2:] == ["9", f"{seconds[1]:.2f} s", f"{seconds[0]:.2f} s", f"{seconds[2]:.2f} s", "90 MiB", "0.10 s",
                        f"{seconds[1] * 10:.0f}"]


def test_a_plan_that_does_not_read_back_is_no_measurement(monkeypatch, files):
    (files.folder / "found-txt.json").write_text('{"actions": 8, "measures": 4}')
    monkeypatch.setattr(plans, "take_turns", lambda *_: {})
    with pytest.raises(SystemExit, match="plain text: {'actions': 8, 'measures': 4} of {'actions': 9, 'measures': 4}"):
        plans.reading_section(files)


def test_judged_and_drawn_is_the_sum_of_each_turn():
    inside = {JUDGING: [40.0, 10.0, 30.0], PLAN: [100.0, 250.0, 260.0], "register": [1.0] * 3, "grid": [2.0] * 3}
    outside = {FIRST: [900.0], PLAN: [200.0] * 3, "register": [5.0] * 3, "grid": [6.0] * 3}
    section = drawn_judging(Judged(inside, outside))
    assert ["judged, and then the plan's page", "in one process", "260 ms", "140 ms", "290 ms"] in section.rows
    assert section.closing.endswith("Measured: 260 ms in one process; the page as served, 200 ms. Met.")
    slow = drawn_judging(Judged(inside, outside | {PLAN: [310.0] * 3}))
    assert slow.closing.endswith("the page as served, 310 ms. Not met.")


def test_the_pages_that_are_measured_hold_the_whole_plan(tmp_path):
    """A site is made as it is for the measuring, only smaller, and its pages are read through its server."""
    environment = environment_of(tmp_path)
    made = json.loads(python("bench.plan_site", "make", "20", "16", environment=environment))
    took = json.loads(python("bench.plan_site", "measure", "2", environment=environment))
    assert {name: len(each) for name, each in took.items()} == dict.fromkeys((JUDGING, *made["paths"]), 2)
    assert min(median(each) for each in took.values()) > 0
    with served(environment) as port:
        pages = {name: _page(port, made, name) for name in made["paths"]}
    for number in {action.number for action in actions_of(plan_of(20))}:
        assert f">{number}</a>" in pages["plan"]
    for place in range(1, 17):
        for page in pages.values():
            assert f"Indicator {place} of how young people are doing" in page
    judged = re.findall(r"(Met|On track|Off track|Missed)\b", re.sub(r"<[^>]+>", " ", pages["register"]))
    assert len(judged) >= 8


def _page(port: int, made: dict, name: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", made["paths"][name], headers={"Cookie": made["cookie"]})
    answer = connection.getresponse()
    assert answer.status == 200
    return answer.read().decode()
