"""Writing a plan of sixty pages as each kind of document that is sent on; for the PDF, beside making its web page alone."""

from bench.plan_made import plan_of
from bench.plan_reading import ACTIONS, MEASURES
from bench.turns import Job

KINDS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "html": "the web page that the PDF is laid out from", "txt": "plain text"}


def write(kind: str, actions: int = ACTIONS, measures: int = MEASURES) -> Job:
    """The product writes a plan of so many actions and measures; what fresh makes is the plan."""
    from throughline.analytics.planwriting.composition import plan_report
    from throughline.analytics.planwriting.excel import write_excel
    from throughline.analytics.planwriting.facts import Facts
    from throughline.analytics.planwriting.page import report_html
    from throughline.analytics.planwriting.pdf import write_pdf
    from throughline.analytics.planwriting.text import write_text
    from throughline.analytics.planwriting.word import write_word

    facts = Facts(authority="Marlshire County Council", status="Draft")
    writers = {"pdf": write_pdf, "docx": write_word, "xlsx": write_excel, "txt": write_text,
               "html": lambda plan, facts: report_html(plan_report(plan, facts))}
    return Job(lambda plan: writers[kind](plan, facts), fresh=lambda: plan_of(actions, measures))


def pdf(_: None) -> Job:
    """As a PDF."""
    return write("pdf")


def docx(_: None) -> Job:
    """As Word."""
    return write("docx")


def xlsx(_: None) -> Job:
    """As Excel."""
    return write("xlsx")


def html(_: None) -> Job:
    """As a web page."""
    return write("html")


def txt(_: None) -> Job:
    """As text."""
    return write("txt")
