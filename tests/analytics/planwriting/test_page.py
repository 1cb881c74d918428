"""The web page is one that any browser and any screen reader can follow, and holds words as words."""

from lxml import html

from tests.analytics.planwriting.marlshire import facts, plan
from throughline.analytics.planwriting.composition import plan_report
from throughline.analytics.planwriting.page import report_html
from throughline.analytics.planwriting.report import Column, Heading, Paragraph, Report, Table


def page(report: Report) -> html.HtmlElement:
    """The report's page, parsed."""
    return html.document_fromstring(report_html(report))


def test_language_title_and_headings():
    shown = page(plan_report(plan(), facts()))
    assert shown.get("lang") == "en-GB"
    assert shown.findtext("head/title") == "Marlshire 14-24 plan"
    assert [heading.text for heading in shown.iter("h1")] == ["Marlshire 14-24 plan"]
    assert [heading.text for heading in shown.iter("h3")][0] == "Priority One: Know how well young people do"


def test_contents_lead_to_every_part():
    shown = page(plan_report(plan(), facts()))
    targets = [link.get("href").removeprefix("#") for link in shown.iterfind(".//nav//a")]
    assert len(targets) == 8
    assert [shown.get_element_by_id(target).text for target in targets] == [
        link.text for link in shown.iterfind(".//nav//a")]


def test_contents_leave_out_what_every_part_has():
    given = plan()
    given.sections = [inner for outer in given.sections for inner in outer.sections] * 2
    entries = [link.text for link in page(plan_report(given, facts())).iterfind(".//nav//a")]
    assert entries.count("Priority Two: Publish") == 2
    assert "How will we know?" not in entries


def test_a_short_report_has_no_contents():
    assert page(Report("Short", blocks=(Heading("Only"),))).find(".//nav") is None


def test_tables_have_scoped_headings_in_a_head_that_repeats():
    for table in page(plan_report(plan(), facts())).iter("table"):
        assert {head.get("scope") for head in table.iterfind("thead/tr/th")} == {"col"}
        assert table.get("aria-label")


def test_words_are_words_and_never_markup():
    rude = '<script>alert("1")</script> & \x00co'
    table = Table((Column(rude),), ((rude,),), rude, rude)
    report = Report(rude, rude, rude, ((rude, rude),), (Heading(rude), Paragraph(rude, rude), table), (rude,), rude)
    written = report_html(report)
    assert "<script" not in written and written[written.index("</style"):][:8] == "</style>"
    assert written.count("</style") == 1
    assert page(report).findtext("body/main/table/tbody/tr/td") == '<script>alert("1")</script> & co'


def test_nothing_is_fetched():
    written = report_html(plan_report(plan(), facts()))
    assert "url(" not in written and "http" not in written and "@import" not in written
